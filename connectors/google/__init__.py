"""The chapter's own Google workbooks and forms.

Reads: the tabs and forms that `chapter.toml` names. Writes: the tabs that it names for that
(review, status, roll), and the items of an empty ballot form when asked to build it. Owns: those
tabs.

answers        what Google answers, call by call
beside         tabs of a spreadsheet that are not read and that a form writes to
hosts          Google's hosts and scopes, and what each is for
refusing       what a refusal of Google's means
credentials    who the program is to Google
client         gspread's HTTP client with our checks
paging         a list from Google, page by page
drive_answers  what Drive answers about who can open a file
drive          who can open a file of the chapter's, by Drive's own permissions
form_answers   what Google answers about a form
form_columns   which of a form's questions hold each field
payloads       all that is ever written to Google, each as a type
responses      a form's responses, page by page, and never none by mistake
forms          a form's responses as a table, read incrementally
tabs           a spreadsheet's tabs by the names in a chapter's settings
own_tabs       the tabs that the program writes
sheets         a spreadsheet's tabs as tables
wire           a form and a tab's cells as the program's own values
ballots        the chapter's ballot form: its items, its rows, and building it
"""

from connectors.google.ballots import Arrived as Arrived
from connectors.google.ballots import BallotForms as BallotForms
from connectors.google.ballots import LiveForm as LiveForm
from connectors.google.drive import Drive as Drive
from connectors.google.forms import FormQuestions as FormQuestions
from connectors.google.forms import FormResponses as FormResponses
from connectors.google.forms import Forms as Forms
from connectors.google.hosts import FORM_BUILDER as FORM_BUILDER
from connectors.google.hosts import KEY as KEY
from connectors.google.hosts import KINDS as KINDS
from connectors.google.hosts import SCOPES as SCOPES
from connectors.google.hosts import SERVICE as SERVICE
from connectors.google.hosts import exits as exits
from connectors.google.own_tabs import OwnTabs as OwnTabs
from connectors.google.payloads import RollLine as RollLine
from connectors.google.payloads import RollRows as RollRows
from connectors.google.payloads import Rows as Rows
from connectors.google.refusing import Gone as Gone
from connectors.google.refusing import MayNotShare as MayNotShare
from connectors.google.refusing import NotOpen as NotOpen
from connectors.google.sheets import Workbooks as Workbooks
from connectors.net.retries import NotLetIn as NotLetIn
