"""What members ask the committee to consider, as far as an officer accepted it (EN-2)."""

from typing import NamedTuple

from flows.context import ChapterContext
from flows.requests.queue import rows_by_key
from models.privacy import redact_addresses
from models.year.request_queue import RequestState


class AgendaItem(NamedTuple):
    """A race or question, in the words of whoever asked; nobody's name."""

    number: int
    """Of the request."""
    about: str

    @property
    def told(self) -> str:
        """The same in a sentence."""
        return f"Members ask the committee to consider: “{self.about}” (request {self.number})"


def agenda(context: ChapterContext) -> list[AgendaItem]:
    """What waits for the committee, in the order of the receipts."""
    under_way = context.ledger.requests.under_way()
    asked = [one for one in under_way if one.state is RequestState.ON_AGENDA]
    rows = rows_by_key(context) if asked else {}
    return [
        AgendaItem(one.number, redact_addresses(rows[one.row].about))
        for one in asked
        if one.row in rows
    ]
