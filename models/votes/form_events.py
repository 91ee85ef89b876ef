"""What becomes of the ballot form of a vote, for its record; titles of questions, and no answer."""

from typing import Literal

from models.ballots.drift import Drift
from models.base import Value


class FormDrifted(Value):
    """The ballot form is not what it was when the vote was approved, or opened (BA-4)."""

    kind: Literal["form-drifted"] = "form-drifted"
    drift: Drift
    """All of it, each time that it is another."""


class FormMended(Value):
    """The ballot form is again what it was."""

    kind: Literal["form-mended"] = "form-mended"
