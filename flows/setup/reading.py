"""A source that was confirmed is read once, by the reading of every night: the two must agree."""

from collections.abc import Callable, Sequence

from flows.setup.columns import ask_what
from flows.setup.face import about
from flows.setup.headers import Use, Wordings
from flows.setup.interview import Interview
from flows.setup.sheet import Sheet
from models.errors import FixTheSettings
from models.intake.layouts import table_of
from models.intake.tables import Columns, Table

_MOST_NOTES = 6


def settled(
    interview: Interview,
    sheet: Sheet,
    wordings: Wordings,
    kinds: Sequence[str],
    look: Callable[[Use, Columns], Table],
    again: Callable[[], Sheet],
) -> Use | None:
    """Ask about a source until it is read as it was confirmed; None if it is not to be read.

    Args:
        look: reads it as a night would.
        again: has it anew, after somebody mended it.
    """
    while True:
        use = ask_what(interview, sheet, wordings, kinds)
        if use is None:
            return None
        before = list(wordings.uses)
        try:
            wordings.add(use)
            _tell(interview, look(use, wordings.columns_of(use.kind)))
            return use
        except FixTheSettings as fault:
            wordings.uses = before
            interview.tell(str(fault), is_warning=True)
        said = interview.choose(
            f"{sheet.key} again",
            f"{sheet.place} cannot be read like this.",
            {"again": "I fixed it: look again", "skip": "do not read it"},
            "again",
            about("again", title=sheet.shown),
        )
        if said == "skip":
            return None
        sheet = again()


def read_tab(sheet: Sheet, use: Use, wanted: Columns) -> Table:
    """The top of a tab, as a night reads it.

    Raises:
        FixTheSettings: it cannot be read, or would be read in another way than was confirmed.
    """
    title = sheet.title if use.kind == "event_sign_ins" else ""
    table = table_of(
        sheet.place, sheet.grid, wanted, sheet.zone, day_first=sheet.day_first, tab_event=title
    )
    if not use.is_roster:
        found: dict[str, tuple[int, ...]] = {}
        for name, place in zip(table.fields, table.columns, strict=True):
            found[name] = (*found.get(name, ()), place)
        if found != dict(use.columns):
            raise FixTheSettings(
                "its headers would be read in another way than was confirmed",
                where=sheet.place,
                next_step="write the headers in row 1, above the data, each of them once",
            )
    return table


def _tell(interview: Interview, table: Table) -> None:
    """What the reading would note of the columns."""
    for cell, fact, *step in table.notes[:_MOST_NOTES]:
        steps = "".join(f" {one}." for one in step if one)
        interview.tell(f"  Note on {cell}: {fact}.{steps}")
