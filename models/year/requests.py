"""What members ask for by one form: a row is a request, or a question with its cell (ST-3).

1. A request has an address and a day, and is of a closed list of kinds, in the words of the form's
   choices.
2. What cannot be done without a text says what it is about; a nomination names the nominee and the
   nominee's address.
3. A row with a code is the second answer to a request about one's own data: it proves the address.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from pydantic import Field

from models.ballots.received import Code
from models.base import Value
from models.intake.locations import SourceLocation
from models.intake.rows import Row, Unreadable
from models.privacy import Email
from models.text.folding import unmarked
from models.text.sentences import Sentence
from models.year.cells import chosen

LONGEST: Final = 1_000
"""Letters of what a request is about, as of a proposal."""


class RequestKind(StrEnum):
    """What a member can ask for, in the words of the form."""

    STATUS = "my status"
    ATTENDANCE = "correct my attendance"
    ENDORSEMENT = "consider an endorsement"
    NOMINATION = "nominate"
    PRIORITY = "propose a priority"
    SEE = "see my data"
    ERASE = "erase my data"


ABOUT_DATA: Final = frozenset({RequestKind.SEE, RequestKind.ERASE})
"""What only the person may ask: the address is proved first (DP-6)."""
RULE_OF: Final[Mapping[RequestKind, str]] = {
    RequestKind.STATUS: "VM-1",
    RequestKind.ATTENDANCE: "VM-R3",
    RequestKind.ENDORSEMENT: "EN-2",
    RequestKind.NOMINATION: "SC-2",
    RequestKind.PRIORITY: "SC-7",
    RequestKind.SEE: "DP-6",
    RequestKind.ERASE: "DP-6",
}
SPANISH: Final[Mapping[RequestKind, str]] = {
    RequestKind.STATUS: "mi situación",
    RequestKind.ATTENDANCE: "corregir mi asistencia",
    RequestKind.ENDORSEMENT: "considerar un respaldo",
    RequestKind.NOMINATION: "nominar a una persona",
    RequestKind.PRIORITY: "proponer una prioridad",
    RequestKind.SEE: "ver mis datos",
    RequestKind.ERASE: "borrar mis datos",
}
_KINDS: Final = {unmarked(one): one.value for one in RequestKind} | {
    unmarked(said): kind.value for kind, said in SPANISH.items()
}
_NEEDED: Final[Mapping[RequestKind, Sentence]] = {
    RequestKind.ATTENDANCE: Sentence("nothing says which event it is about"),
    RequestKind.ENDORSEMENT: Sentence("nothing says which race or question it is about"),
    RequestKind.NOMINATION: Sentence("nothing says who is nominated"),
    RequestKind.PRIORITY: Sentence("the proposal is missing"),
}
_FILL_IN = Sentence("ask the person, and fill in the cell; until then the row is no request")


class RequestRow(Value):
    """One answer to the form."""

    place: SourceLocation
    address: Email
    kind: RequestKind
    about: str = Field("", repr=False)
    other_address: Email | None = None
    """Of a nominee."""
    code: Code | None = None
    at: date
    moment: datetime | None = None
    """When on that day; None if the sheet says only the day."""

    @property
    def when(self) -> tuple[date, bool, float]:
        """By what rows are put in order: of one day those without a time last, as they stand."""
        return self.at, self.moment is None, self.moment.timestamp() if self.moment else 0.0

    @property
    def proves(self) -> bool:
        """Whether it is the second answer, with the code that was mailed."""
        return self.kind in ABOUT_DATA and self.code is not None


def request(row: Row, place: SourceLocation, today: date) -> RequestRow:
    """A row of the tab or an answer of the form.

    Raises:
        Unreadable: it has no address, no day that has come, no known kind, or lacks what its kind
            needs.
    """
    address = row.address("address")
    if address is None:
        raise _asked("address", Sentence("the email address is missing"), _FILL_IN)
    at = row.day("at")
    if at is None:  # the same words again, months later, could not be told from these
        raise _asked("at", Sentence("nothing says on which day it was asked"), _FILL_IN)
    if at > today:
        raise _asked("at", Sentence("this day has not come"), Sentence("correct the date"))
    said = chosen(row, "kind", _KINDS, "ST-3")
    if not said:
        raise _asked("kind", Sentence("nothing says what is asked for"), _FILL_IN)
    kind = RequestKind(said)
    return RequestRow(
        place=place,
        address=address,
        kind=kind,
        about=_about(row, kind),
        other_address=_nominee(row, kind),
        code=_code(row.text("code")),
        at=at,
        moment=row.moment("at"),
    )


def _about(row: Row, kind: RequestKind) -> str:
    text = row.text("about")
    if kind in _NEEDED and not text:
        raise _asked("about", _NEEDED[kind], _FILL_IN)
    if len(text) > LONGEST:
        many = Sentence("the text has {many} characters; at most {most} are allowed",
                        many=len(text), most=LONGEST)  # fmt: skip
        raise _asked("about", many, Sentence("ask the person for a shorter text"))
    return text


def _nominee(row: Row, kind: RequestKind) -> Email | None:
    if kind is not RequestKind.NOMINATION:
        return None
    if found := row.address("other_address"):
        return found
    raise _asked("other_address", Sentence("the nominee's email address is missing"), _FILL_IN)


def _code(typed: str) -> Code | None:
    try:
        return Code.parse(typed) if typed else None
    except ValueError:
        return Code("")  # one that is nobody's


def _asked(field: str, fact: Sentence, next_step: Sentence) -> Unreadable:
    return Unreadable(field, fact, next_step, "ST-3", asks=True)
