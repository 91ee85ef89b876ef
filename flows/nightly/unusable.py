"""Tabs and forms of which no row can be used: asked about once, and remembered when let pass."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pydantic import TypeAdapter

from connectors.ledger import Ledger, Snapshot
from flows.context import ChapterContext
from flows.nightly.facts import facts_of
from flows.nightly.sources import Sources
from flows.notes import noted
from models.errors import ClerkError, FixTheData
from models.intake.tables import Table
from models.intake.unusable import Unusable, news, unusable
from models.membership.voter_roll import Facts

NOTE = "sources that say nothing"
_ROWS = TypeAdapter(dict[str, int])


def not_told_yet(context: ChapterContext, facts: Facts) -> tuple[Unusable, ...]:
    """The sources that a person is to be asked about before the night goes by the others."""
    found = unusable(facts.boxes, facts.review)
    return news(found, _let_pass(context.ledger), context.chapter.safety_limits.unusable_at_least)


def refuse_unusable(context: ChapterContext, tables: Sequence[Table]) -> None:
    """Look at tables by themselves, as doctor does with one workbook or form.

    Raises:
        FixTheData: no row of one of them can be used.
    """
    found = Sources({"": Snapshot("", "", tuple(tables), {})}, ())
    try:
        facts = facts_of(context, found)
    except ClerkError:
        return  # the checks of the ledger and the bylaws say what is wrong with them
    if not any(table.kind == "events" for table in tables):
        facts.boxes = [replace(box, strange=Counter()) for box in facts.boxes]  # known elsewhere
    if silent := not_told_yet(context, facts):
        raise FixTheData(
            "; ".join(f"none of the {one.rows} rows of “{one.source}” can be used: {one.reason}"
                      for one in silent),
            rule="VM-1",
            next_step="; ".join(dict.fromkeys(one.next_step for one in silent)),
        )  # fmt: skip


def let_pass(ledger: Ledger, facts: Facts) -> None:
    """Remember those of this night, which came past its guards."""
    known = _let_pass(ledger)
    now = {one.key: one.rows for one in unusable(facts.boxes, facts.review)}
    # As many as when somebody was asked: else twice as many would never be reached.
    kept = {key: rows if rows >= 2 * known.get(key, 0) else known[key] for key, rows in now.items()}
    if kept != known:
        ledger.set_note(NOTE, _ROWS.dump_json(kept).decode())


def _let_pass(ledger: Ledger) -> dict[str, int]:
    return noted(ledger, NOTE, _ROWS, {})
