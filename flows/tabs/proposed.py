"""The tab of proposals: number, text, and the committee's decision; nobody's name (SC-7)."""

from collections.abc import Iterator

from connectors.google import Rows
from flows.committee.proposals import judged, number_new
from flows.context import ChapterContext
from flows.nightly.kept import standing
from flows.tabs.written import still_stands, write
from models.year.moderation import Moderation

HEADER = ("Number", "Proposal", "Decision of the committee")
NONE_YET = "No proposal counts yet."
ABOUT = "Chapter Clerk rewrites this tab. The committee decides in its own tab, by these numbers."


def update(context: ChapterContext) -> str:
    """Number what is new, and write the tab; what the log may say of it.

    Numbers are given whether or not there is a tab to show them in.
    """
    tab = context.chapter.own_tab("proposed")
    with context.ledger.alone():
        basis = standing(context)
        if tab and still_stands(context, tab, basis):
            return ""
        new = number_new(context)
        if tab:
            write(context, tab, content_of(context), basis=basis * (not new))
    return f"proposals: {new} new" if new else ""


def content_of(context: ChapterContext) -> Rows:
    """The whole tab."""
    found = judged(context)
    decided = dict(_decisions(found.moderation))
    lines = [
        (str(number), text, decided.get(number, "")) for number, text in found.numbered.items()
    ]
    return Rows(rows=(HEADER, *(lines or [("", NONE_YET, "")]), ("", ABOUT, "")))


def _decisions(made: Moderation) -> Iterator[tuple[int, str]]:
    for one in made.kept:
        yield one.number, "kept"
        for number in one.merged:
            yield number, f"merged with {one.number}"
    for number in made.dropped:
        yield number, "dropped"
