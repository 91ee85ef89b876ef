"""What the terminal shows of a list from a file: counts, headers, and cells; nobody's address."""

from collections.abc import Iterator
from typing import Any

from flows.lists.attendees import Attendees
from flows.lists.dues import DuesFile
from flows.lists.keeping import Change
from models.intake.imported import ImportedList
from models.text import formats


def show_attendees(found: Attendees) -> Iterator[str]:
    """What a partner's list says, and what it would change."""
    yield from found.remarks
    if found.columns:
        yield from _columns(found.columns)
        yield f"{_rows(found.change.rows)} with a person."
        if found.out:
            why = "of people who were erased, or of a day whose rows are not kept any more (DP-6)"
            yield f"{_rows(found.out)} {why}: not kept."
        yield (
            f"At this event by the list alone: {_people(found.known + found.new)} "
            f"({found.known} known, {found.new} new)."
        )
        if found.others:
            yield f"{_rows(found.others)} of people who had signed in already, or appear twice."
        yield "Nobody is subscribed by a list: it is no consent to email (DP-4)."
    if found.gain or found.lose:
        yield f"Voting members: {found.gain} more, {found.lose} fewer."


def show_dues(found: DuesFile) -> Iterator[str]:
    """What a file of dues says of those whom a rule asks about, in counts."""
    if not found.columns:
        return
    yield from _columns(found.columns)
    are = "is" if found.paid == 1 else "are"
    yield f"A rule asks about {_people(found.asked)}; {found.paid} of them {are} in the file."
    yield f"{_rows(found.unmatched)} of nobody whom a rule asks about: not kept (DP-5)."
    if found.unreadable:
        yield f"{_rows(found.unreadable)} without an address that can be read: not kept."


def show_change(change: Change) -> Iterator[str]:
    """What becomes of what is kept."""
    if change.after is None:
        yield f"The list that is kept has {_rows(change.had)}; it would be removed."
    elif change.replaces:
        yield f"It replaces a list with {_rows(change.had)}."


def as_json(found: Attendees | DuesFile) -> dict[str, Any]:
    """The same for a script."""
    change = found.change
    told: dict[str, Any] = {
        "about": change.about,
        "rows": change.rows,
        "had": change.had,
        "gone": change.gone,
        "needs_approval": change.needs_approval,
        "fingerprint": change.fingerprint,
        "left_out": list(found.columns.left_out) if found.columns else [],
        "review": [
            {"where": str(i.place), "what": i.weight.shown, "why": i.reason, "next": i.next_step}
            for i in found.review
        ],
    }
    names = ("out", "known", "new", "gain", "lose", "asked", "paid", "unmatched", "unreadable")
    return told | {name: getattr(found, name) for name in names if hasattr(found, name)}


def _columns(read: ImportedList) -> Iterator[str]:
    both = (f"{field} from column {column}" for field, column in read.read)
    yield f"Read: {formats.listed([*both])}."
    if read.left_out:
        yield f"Left out: {formats.listed([f'“{one}”' for one in read.left_out])} (DP-5)."
    if many := read.rows_left_out:
        have, are = ("has", "is") if many == 1 else ("have", "are")
        yield (
            f"{_rows(many)} {have} nothing in these columns, and {are} left out. If a column of "
            'names or addresses is missing here, name it: --column name="…"'
        )


def _rows(many: int) -> str:
    return formats.amount(many, "row")


def _people(many: int) -> str:
    return formats.amount(many, "person", "people")
