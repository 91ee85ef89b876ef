"""Tabs and forms of which no row can be used: asked about once, and remembered when let pass."""

from pydantic import TypeAdapter, ValidationError

from flows.desk import Desk
from models.roll import Facts
from models.unread import Unread, news, unread

NOTE = "sources that say nothing"
_ROWS = TypeAdapter(dict[str, int])


def not_told_yet(desk: Desk, facts: Facts) -> tuple[Unread, ...]:
    """The sources that a person is to be asked about before the night goes by the others."""
    found = unread(facts.boxes, facts.review)
    return news(found, _let_pass(desk), desk.chapter.guards.unread_at_least)


def let_pass(desk: Desk, facts: Facts) -> None:
    """Remember those of this night, which came past its guards."""
    known = _let_pass(desk)
    now = {one.key: one.rows for one in unread(facts.boxes, facts.review)}
    # As many as when somebody was asked: else twice as many would never be reached.
    kept = {key: rows if rows >= 2 * known.get(key, 0) else known[key] for key, rows in now.items()}
    if kept != known:
        desk.ledger.set_note(NOTE, _ROWS.dump_json(kept).decode())


def _let_pass(desk: Desk) -> dict[str, int]:
    held = desk.ledger.note(NOTE)
    try:
        return _ROWS.validate_json(held) if held else {}
    except ValidationError:
        return {}
