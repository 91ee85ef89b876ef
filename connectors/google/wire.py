"""What Google says of a form and of a tab's cells, as our own values; nothing is asked for."""

from datetime import datetime, timedelta, tzinfo

from connectors.google.form_answers import Choice, Response
from connectors.google.form_answers import Item as FormItem
from models.ballots.drift import FormQuestion
from models.ballots.drift import asked as held
from models.ballots.form import Item, ItemKind
from models.dates import EARLIEST, EPOCH, LATEST
from models.intake.tables import Cell

_KINDS: dict[str, ItemKind] = {"RADIO": "one", "DROP_DOWN": "one", "CHECKBOX": "several"}


def item(item: FormItem) -> Item | None:
    """One of Google's items; a text or the head of a section is a note, pictures say nothing."""
    if group := item.group:
        rows = tuple(question.row.title for question in group.questions)
        return Item(item.title, "grid", _values(group.grid.columns), rows, item.description)
    if item.single is None:
        return Item(item.title, "note", help=item.description) if item.is_read else None
    choice = item.single.question.choice
    if choice is None:
        return Item(item.title, "text", help=item.description)
    return Item(item.title, _KINDS.get(choice.type, "one"), _values(choice), help=item.description)


def _values(choice: Choice) -> tuple[str, ...]:
    return tuple("Other" if each.is_other else each.value for each in choice.options)


def asked(each: FormItem) -> FormQuestion | None:
    """An item as it is held fast, with the ids of its questions."""
    said = item(each)
    return held(said, (name for name, _ in headers(each))) if said else None


def headers(item: FormItem) -> list[tuple[str, str]]:
    """Each question of an item: its id, and the header that a sheet of its answers would have."""
    if group := item.group:
        return [(each.id, f"{item.title} [{each.row.title}]") for each in group.questions]
    return [(item.single.question.id, item.title)] if item.single else []


def moment(response: Response) -> datetime:
    """When an answer was last sent: an answer that was edited is as late as its last edit."""
    return datetime.fromisoformat(response.submitted)


def text(cell: Cell) -> str:
    """A cell as a voter would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def serial(cell: Cell, zone: tzinfo) -> datetime | None:
    """A sheet's moment; None when it is none: a sum would be a day of long ago."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    try:
        day = datetime.combine(EPOCH + timedelta(days=int(cell)), datetime.min.time())
        at = day + timedelta(milliseconds=round(cell % 1 * 86_400_000))
    except (OverflowError, ValueError):
        return None
    return at.replace(tzinfo=zone) if EARLIEST <= at.year <= LATEST else None
