"""The chapter's own Google workbooks and forms.

Reads: the tabs and forms that `chapter.toml` names. Writes: one review tab, and
the items of an empty ballot form when asked to build it. Owns: that tab.

answers        what Google answers, call by call
beside         tabs of a workbook that nobody reads and into which a form answers
credentials    who the program is to Google
client         gspread's HTTP client behind our door
drive_answers  what Drive answers of who can open a file
drive          who can open a file of the chapter's, by Drive's own permissions
form_answers   what Google answers of a form
form_columns   which of a form's questions hold each field
payloads       all that is ever written to Google, each as a type
responses      the answers to a form, page by page, and never none by mistake
forms          a form's answers as a table, read incrementally
tabs           a workbook's tabs under the names that a chapter's settings have for them
review_tab     the one tab that the program writes
sheets         a workbook's tabs as tables
wire           what Google says of a form and of a tab's cells, as our own values
ballots        the chapter's ballot form: its items, its rows, and building it
"""

from connectors.google.ballots import Arrived, BallotForms, LiveForm
from connectors.google.client import (
    FORM_BUILDER,
    SCOPES,
    MayNotShare,
    exits,
)
from connectors.google.credentials import KEY, KINDS, SERVICE
from connectors.google.drive import Drive
from connectors.google.forms import FormResponses, Forms
from connectors.google.review_tab import ReviewTab
from connectors.google.sheets import Workbooks
from connectors.net.http import NotLetIn

__all__ = [
    "FORM_BUILDER",
    "KEY",
    "KINDS",
    "SCOPES",
    "SERVICE",
    "Arrived",
    "BallotForms",
    "Drive",
    "FormResponses",
    "Forms",
    "LiveForm",
    "MayNotShare",
    "NotLetIn",
    "ReviewTab",
    "Workbooks",
    "exits",
]
