"""The chapter's own Google workbooks and forms.

Reads: the tabs and forms that `chapter.toml` names. Writes: one review tab. Owns: that tab.
"""

from connectors.google.client import SCOPES, GoogleClient, exits
from connectors.google.forms import Answers, Forms
from connectors.google.sheets import Workbooks

__all__ = ["SCOPES", "Answers", "Forms", "GoogleClient", "Workbooks", "exits"]
