"""What voting members propose as priorities, and whose proposal counts (SC-7).

1. A row is a proposal: an address, a text, and the personal code of the link in the member's email.
2. It counts when the address is a voting member's and the code is that member's: then nobody has
   proposed in another's name. Where an officer has asked the member, the row says who did.
3. Everything else is a question. Whoever proposes the same text again has proposed it once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from models.ballots.received import Code
from models.base import Value
from models.intake.locations import ReviewItem, SourceLocation
from models.intake.people import PersonId
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.privacy import Email
from models.text.folding import folded

LONGEST: Final = 1_000
"""Letters of a proposal, as a ballot has room for (EN-R14)."""
ASK_THEM = (
    "ask the member, at an address that you know is theirs, whether the proposal is theirs; if it "
    "is, write who asked into the “Confirmed by” column"
)


THEIR_OTHER = (
    "if it is a member's other address, write the one on the sign-in sheet into the cell; "
    "otherwise leave the row, and answer the person"
)


class PriorityProposal(Value):
    """One row of the tab or form."""

    place: SourceLocation
    address: Email
    text: str
    on: date | None = None
    at: datetime | None = None
    code: Code | None = None
    confirmed_by: str = ""


def read_proposals(
    tables: Iterable[Table], zone: ZoneInfo, tray: RowResults
) -> tuple[PriorityProposal, ...]:
    """The rows that are proposals, in the order in which they came."""
    found = [row for table in tables for row in records(table, zone, tray, _row)]
    return tuple(sorted(found, key=lambda one: (one.on is None, one.on or date.min)))


def _row(row: Row, place: SourceLocation) -> PriorityProposal:
    text = row.text("text", needed="proposal")
    if len(text) > LONGEST:
        raise Unreadable(
            "text",
            f"the proposal has {len(text)} characters; at most {LONGEST} are allowed",
            "ask the member for a shorter text, and write that into the cell",
            "SC-7",
            asks=True,
        )
    return PriorityProposal(
        place=place,
        address=_address(row),
        text=text,
        on=row.if_readable(row.day, "at"),
        at=row.moment("at"),
        code=_code(row.text("code")),
        confirmed_by=row.text("confirmed_by"),
    )


def _address(row: Row) -> Email:
    if found := row.address("address"):
        return found
    raise Unreadable("address", "the address of the member is missing", ASK_THEM, "SC-7")


def _code(typed: str) -> Code | None:
    try:
        return Code.parse(typed) if typed else None
    except ValueError:
        return Code("")  # one that is nobody's


def accepted(
    proposals: Iterable[PriorityProposal],
    voting: Mapping[Email, PersonId],
    code_of: Callable[[PersonId], Code] | None,
    review: list[ReviewItem],
) -> Iterator[PriorityProposal]:
    """The proposals that count; of each other one the question is added to the review.

    Args:
        voting: each address of a voting member.
        code_of: the code in a member's email; None where no email with codes has gone out.
    """
    seen: set[tuple[PersonId, str]] = set()
    for one in proposals:
        person = voting.get(one.address)
        if why := _why_not(one, person, code_of):
            reason, next_step = why
            review.append(ReviewItem.question(one.place, reason, next_step, "SC-7"))
        elif person and (same := (person, folded(one.text))) not in seen:
            seen.add(same)
            yield one


def _why_not(
    one: PriorityProposal, person: PersonId | None, code_of: Callable[[PersonId], Code] | None
) -> tuple[str, str] | None:
    if person is None:
        return (
            "this address is not a voting member's, so the proposal does not count",
            THEIR_OTHER,
        )
    if one.confirmed_by:
        return None
    if one.code is None:
        return "the proposal has no code from an email, so nobody knows who sent it", ASK_THEM
    if code_of is None:
        return "no email with codes was sent yet, so this code is nobody's", ASK_THEM
    if one.code != code_of(person):
        return "the code is not this member's", ASK_THEM
    return None
