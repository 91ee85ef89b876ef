"""The chapter's own Google workbooks and forms.

Reads: the tabs and forms that `chapter.toml` names. Writes: one review tab, and
the items of an empty ballot form when asked to build it. Owns: that tab.
"""

from connectors.google.ballots import Arrived, BallotForms, LiveForm
from connectors.google.client import (
    FORM_BUILDER,
    SCOPES,
    GoogleClient,
    MayNotShare,
    exits,
)
from connectors.google.credentials import KEY, KINDS, SERVICE
from connectors.google.drive import Drive
from connectors.google.forms import Answers, Forms
from connectors.google.review_tab import ReviewTab
from connectors.google.sheets import Workbooks
from connectors.http import NotLetIn

__all__ = [
    "FORM_BUILDER",
    "KEY",
    "KINDS",
    "SCOPES",
    "SERVICE",
    "Answers",
    "Arrived",
    "BallotForms",
    "Drive",
    "Forms",
    "GoogleClient",
    "LiveForm",
    "MayNotShare",
    "NotLetIn",
    "ReviewTab",
    "Workbooks",
    "exits",
]
