"""The tab with the queue of requests: by receipt, without names and what they say (ST-3)."""

from collections.abc import Iterator

from connectors.google import Rows
from flows.context import ChapterContext
from models.text import formats
from models.year.request_queue import MemberRequest, RequestState

HEADER = ("Receipt", "Request", "How it stands", "Received", "Due", "Ended")
NONE_YET = "There is no request yet."
ABOUT = (
    "Chapter Clerk rewrites this tab. Officers answer on their page, or with `clerk requests list`."
)


def content_of(context: ChapterContext) -> Rows:
    """The whole tab: what waits first, the earliest day first."""
    shown = [one for one in context.ledger.requests.all() if one.state is not RequestState.JOINED]
    shown.sort(key=lambda one: (not one.waits, one.due, one.number))
    return Rows(rows=(HEADER, *(_rows(context, shown)), ("", ABOUT, "", "", "", "")))


def _rows(context: ChapterContext, shown: list[MemberRequest]) -> Iterator[tuple[str, ...]]:
    for one in shown:
        late = ", late" * one.is_late(context.today)
        ended = formats.day(one.ended) if one.ended else ""
        received, due = formats.day(one.received), formats.day(one.due)
        yield str(one.number), one.kind.value, f"{one.state}{late}", received, due, ended
    if not shown:
        yield "", NONE_YET, "", "", "", ""
