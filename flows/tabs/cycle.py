"""The cycle tab: the endorsement cycle as a table by which the committee can hold its meeting.

Candidates for public office are public, so it need not be closed to others; no member is named.
"""

from collections.abc import Iterator

from connectors.google import Rows
from flows.committee.cycle import cycles_of, is_kept
from flows.context import ChapterContext
from flows.requests.agenda import agenda
from flows.views.cycle import HEADERS, row_of, unlisted_told
from models.privacy import redact_addresses

REWRITTEN = "Chapter Clerk rewrites this tab. Nothing that you write here stays."


def content_of(context: ChapterContext) -> Rows:
    """The whole tab, the newest cycle first."""
    return Rows(rows=tuple(tuple(map(redact_addresses, row)) for row in _rows(context)))


def _rows(context: ChapterContext) -> Iterator[tuple[str, ...]]:
    yield HEADERS
    cycles = cycles_of(context)
    for cycle in cycles:
        yield (f"Cycle: {cycle.name}",)
        yield from (row_of(one, line="\n") for one in cycle.races)
        if unlisted := unlisted_told(cycle):
            yield (unlisted,)
    if not cycles:
        tab = "yet" if is_kept(context) else "yet: chapter.toml names no tab with races"
        yield (f"No endorsement cycle has been read {tab}.",)
    yield from ((one.told,) for one in agenda(context))
    yield (REWRITTEN,)
