"""What an officer decides about a request, and what an accepted one becomes (ST-3).

1. An accepted correction is an exception, a nomination a row of the nominations, a priority a
   proposal that an officer confirmed: a row of just that kind of table, kept as a source like a
   list from a file. So it is read, asked about, shown, and erased as every other.
2. An endorsement to be considered goes on the committee's agenda, until somebody ends it.
3. What is about one's data is answered once the address is proved (DP-6).
4. Each is a line of the audit log, under the officer's name.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from connectors.ledger import Act
from flows.context import ChapterContext
from flows.lists.keeping import list_of
from flows.nightly.people import facts_on_record
from flows.nightly.sources import known_sources, tables_of
from flows.requests.corrections import corrected
from flows.requests.queue import QueuedRequest, receipt_called, refused, request_called
from flows.requests.taking_in import code_of
from models.ballots.received import Code
from models.errors import Refused
from models.intake.cells import Cell
from models.intake.columns import ALL_COLUMNS
from models.intake.imported import REQUEST
from models.intake.rows import Rows
from models.intake.tables import Table, table_from
from models.intake.yearless import with_years
from models.privacy import redact_addresses
from models.votes.events import RequestDecided
from models.year.request_queue import MemberRequest, RequestState, RequestTold, tried
from models.year.requests import RequestKind, request

LONGEST: Final = 500
BECOMES: Final = {
    RequestKind.ATTENDANCE: "exceptions",
    RequestKind.NOMINATION: "nominations",
    RequestKind.PRIORITY: "proposals",
}
"""Kind → the kind of table whose row it becomes."""
ACCEPTED: Final = frozenset((*BECOMES, RequestKind.ENDORSEMENT))
"""What is accepted; the others are answered."""


def accept(
    context: ChapterContext, number: int, by: str, *, event: str = "", stayed_away: bool = False
) -> MemberRequest:
    """Do what a request asks for.

    Args:
        event: which one a correction is about, where its row does not say it as the Events tab.
        stayed_away: the person was not there.

    Raises:
        Refused: it has an end, is of a kind that is answered, or cannot be done as it is.
    """
    with context.ledger.alone():
        asked = _waiting(context, number, by)
        held = asked.held
        if held.kind not in ACCEPTED:
            raise refused(held, "there is nothing to accept", f"`clerk requests answer {number}`")
        if held.kind is RequestKind.ENDORSEMENT:
            return _decide(context, held, RequestState.ON_AGENDA, by)
        cells = _cells(context, asked)
        match held.kind:
            case RequestKind.ATTENDANCE:
                cells = _exception(context, asked, cells, by, event, stayed_away)
            case RequestKind.NOMINATION:
                nominee = {"name": cells["about"], "address": cells["other_address"]}
                cells = {"at": cells["at"], **nominee, "other_address": cells["address"]}
            case _:
                cells = {"at": cells["at"], "address": cells["address"], "text": cells["about"],
                         "confirmed_by": by}  # fmt: skip
        kept = list_of(context, f"{REQUEST}{number}", (_table(context, held, cells),), {})
        done = _ended(context, held, RequestState.ANSWERED)
        context.ledger.requests.carry_out(done, kept, _act(context, done, by))
        return done


def take_back(context: ChapterContext, number: int, by: str) -> MemberRequest:
    """Undo an acceptance: its row is dropped, and the request waits again.

    Raises:
        Refused: nothing was made of it.
    """
    with context.ledger.alone():
        _must_be_named(by)
        held = receipt_called(context, number)
        if not is_made(context, number):
            raise refused(held, "nothing was made of it that could be taken back", _LIST)
        waits = held.model_copy(update={"state": RequestState.OPEN, "ended": None, "why": ""})
        context.ledger.requests.take_back(waits, f"{REQUEST}{number}", _act(context, waits, by))
        return waits


def is_made(context: ChapterContext, number: int) -> bool:
    """Whether a row was made of a request, which can be taken back."""
    return f"{REQUEST}{number}" in context.ledger.versions()


def decided(context: ChapterContext, number: int) -> Iterator[tuple[str, date, str]]:
    """What officers decided about a request, oldest first: who, when, and how it stood then."""
    for line in context.ledger.votes.lines(""):
        if isinstance(line.event, RequestDecided) and line.event.number == number:
            yield line.who, line.at.astimezone(context.chapter.tz).date(), line.event.how


def end(
    context: ChapterContext, number: int, how: RequestState, why: str, by: str
) -> MemberRequest:
    """Answer, refuse, or withdraw a request.

    Args:
        why: what the person reads about it; a refusal needs it.

    Raises:
        Refused: it has an end, its address is not proved, or the words cannot go out.
    """
    with context.ledger.alone():
        held = _waiting(context, number, by).held
        if how is RequestState.ANSWERED and held.state is RequestState.UNPROVED:
            raise refused(held, "nobody has proved that the address is the person's", _CODE)
        if how is RequestState.REFUSED and not why.strip():
            raise refused(held, "a refusal says why", 'add --why "…"')
        if how is RequestState.ANSWERED and held.kind in ACCEPTED and not why.strip():
            raise refused(
                held, "an answer that carries nothing out says what became of it",
                f'add --why "…"; to carry it out: clerk requests accept {number}',
            )  # fmt: skip
        return _decide(context, held, how, by, _sayable(held, why))


def prove(context: ChapterContext, number: int, typed: str, by: str) -> MemberRequest:
    """Try a code that somebody told an officer.

    Raises:
        Refused: no code is waited for, its days are over, or it is wrong.
    """
    with context.ledger.alone():
        asked = _waiting(context, number, by)
        held, person = asked.held, asked.person
        if held.state is not RequestState.UNPROVED or person is None:
            raise refused(held, "no code is waited for", _LIST)
        after = tried(held, _code(typed) == code_of(context, held, person.id), context.today)
        if after == held:
            raise refused(held, "the code is too old", "ask the person to fill in the form again")
        if after.state is RequestState.PROVED:
            context.ledger.requests.decide(after, _act(context, after, by))
            return after
        if not after.waits:
            context.ledger.requests.decide(after, _act(context, after, by))
            raise refused(
                held, f"this is not the code that was sent, and {after.why}, so the request ended",
                "ask the person to fill in the form again",
            )  # fmt: skip
        context.ledger.requests.change([after])
        raise refused(held, "this is not the code that was sent", "ask the person to read it again")


_LIST = "`clerk requests show NUMBER` shows how it stands"
_CODE = "type the code that the person got: `clerk requests code NUMBER CODE --by …`"


def _waiting(context: ChapterContext, number: int, by: str) -> QueuedRequest:
    _must_be_named(by)
    asked = request_called(context, number)
    if not asked.held.waits:
        raise refused(asked.held, f"it has an end already: {asked.held.state}", _LIST)
    return asked


def _must_be_named(by: str) -> None:
    if not by.strip():
        raise Refused(
            "the audit log says who decides about a request", rule="ST-3",
            next_step='add --by "Your Name"',
        )  # fmt: skip


def _sayable(held: MemberRequest, why: str) -> str:
    text = " ".join(why.split())
    if text != text.encode(errors="replace").decode():  # bytes at a terminal that are no text
        raise refused(held, "the words hold something that is no text", "type them again")
    if redact_addresses(text) != text:
        raise refused(held, "the words have an email address in them", "leave it out (DP-3)")
    if len(text) > LONGEST:
        raise refused(held, f"the words are longer than {LONGEST} characters", "shorten them")
    return text


def _code(typed: str) -> Code:
    try:
        return Code.parse(typed)
    except ValueError:
        return Code("")


def _ended(
    context: ChapterContext, held: MemberRequest, how: RequestState, why: str = ""
) -> MemberRequest:
    # Whom its receipt did not reach, its end may.
    told = RequestTold.NOTHING if held.told is RequestTold.UNREACHED else held.told
    facts = {"state": how, "ended": context.today, "why": why, "told": told}
    return held.model_copy(update=facts)


def _decide(
    context: ChapterContext, held: MemberRequest, how: RequestState, by: str, why: str = ""
) -> MemberRequest:
    after = _ended(context, held, how, why)
    if after.waits:
        after = after.model_copy(update={"ended": None})
    if how is RequestState.WITHDRAWN:  # who took it back needs no email about it
        after = after.model_copy(update={"told": RequestTold.END})
    context.ledger.requests.decide(after, _act(context, after, by))
    return after


def _act(context: ChapterContext, held: MemberRequest, by: str) -> Act:
    event = RequestDecided(number=held.number, about=held.kind.value, how=held.state.value)
    return Act(by, context.now(), event)


def _cells(context: ChapterContext, asked: QueuedRequest) -> dict[str, Cell]:
    """What its row says, cell by cell; with the day on which it came."""
    for table in tables_of(known_sources(context.ledger)):
        if table.kind != "requests" or asked.row is None:
            continue
        for row in Rows(with_years(table, context.chapter.tz), context.chapter.tz):
            place = table.place(row.number)
            # The place alone may be that of a tab with the same title in another spreadsheet.
            if place == asked.row.place and request(row, place, context.today) == asked.row:
                said: dict[str, Cell] = dict.fromkeys(_FIELDS)
                for field, cell in zip(table.fields, row.cells, strict=True):
                    said[field] = cell if said.get(field) is None else said[field]
                return said | {"at": asked.row.at.isoformat()}
    raise refused(
        asked.held, "its row is no longer in the sheet",
        "`clerk requests withdraw`, and ask the person to fill in the form again",
    )  # fmt: skip


_FIELDS = ALL_COLUMNS["requests"].headers


def _exception(
    context: ChapterContext,
    asked: QueuedRequest,
    cells: dict[str, Cell],
    by: str,
    event: str,
    stayed_away: bool,
) -> dict[str, Cell]:
    found, kind = corrected(facts_on_record(context), asked, event, stayed_away=stayed_away)
    return {
        "decided": context.today.isoformat(),
        "decided_by": by,
        "reason": f"request {asked.held.number}",
        "kind": kind.value,
        "address": cells["address"],
        "event": found.name,
        "event_day": found.day.isoformat(),
    }


def _table(context: ChapterContext, held: MemberRequest, cells: dict[str, Cell]) -> Table:
    """One row of the kind of table that it becomes, under the usual headers."""
    wanted = ALL_COLUMNS[BECOMES[held.kind]]
    heads = [wanted.titles(field)[0] for field in cells]
    grid: list[list[Cell]] = [list(heads), list(cells.values())]
    return table_from(f"Request {held.number}", grid, wanted, context.chapter.zone)
