"""An officer's approval where the chapter asks for more than one, for the record."""

from typing import Literal

from models.base import Value

Act = Literal["open", "publish", "call"]
"""What is approved: that a vote opens, that its result is published, or that a call is sent."""


class ApprovalGiven(Value):
    """An officer approved it; it waits for another until enough have."""

    kind: Literal["approval-given"] = "approval-given"
    act: Act
    of: str
    """The digest of what was approved: of the definition, the result, or the call."""
