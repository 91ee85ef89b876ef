"""The chapter's own Google workbooks and forms.

Reads: the tabs and forms that `chapter.toml` names. Writes: the tabs that it names for that
(review, status, roll), and the items of an empty ballot form when asked to build it. Owns: those
tabs.

answers        what Google answers, call by call
beside         tabs of a spreadsheet that are not read and that a form writes to
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
from connectors.google.client import FORM_BUILDER as FORM_BUILDER
from connectors.google.client import SCOPES as SCOPES
from connectors.google.client import Gone as Gone
from connectors.google.client import MayNotShare as MayNotShare
from connectors.google.client import NotOpen as NotOpen
from connectors.google.client import exits as exits
from connectors.google.credentials import KEY as KEY
from connectors.google.credentials import KINDS as KINDS
from connectors.google.credentials import SERVICE as SERVICE
from connectors.google.drive import Drive as Drive
from connectors.google.forms import FormQuestions as FormQuestions
from connectors.google.forms import FormResponses as FormResponses
from connectors.google.forms import Forms as Forms
from connectors.google.own_tabs import OwnTabs as OwnTabs
from connectors.google.payloads import RollLine as RollLine
from connectors.google.payloads import RollRows as RollRows
from connectors.google.payloads import Rows as Rows
from connectors.google.sheets import Workbooks as Workbooks
from connectors.net.http import NotLetIn as NotLetIn
