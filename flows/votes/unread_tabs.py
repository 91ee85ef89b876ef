"""Tabs that hold ballots of a vote and are not the one that is read (BA-2).

A form that is linked anew answers into a tab of its own. The vote goes on, and whoever voted there
counts nowhere until the rows are copied: an officer is told while there is time.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from connectors.google import Arrived
from flows.context import ChapterContext
from models.errors import FixTheSettings
from models.privacy import redact_addresses
from models.text.sentences import Sentence
from models.votes.election import BallotSource
from models.votes.election_record import ElectionRecord


class UnreadTab(NamedTuple):
    """A tab, and how many ballots it holds that the tab that is read has not."""

    title: str
    ballots: int


def unread_tabs(
    context: ChapterContext, vote: ElectionRecord, arrived: Arrived | None = None
) -> Iterator[UnreadTab]:
    """The tabs with answers that came while the vote was open; copies of what is read are none.

    Args:
        arrived: what the tab that is read holds, if it was read already.
    """
    opened, closes = vote.opened, vote.election.closes
    others = context.ballot_forms.elsewhere(vote.election.ballots) if opened else ()
    if not others or opened is None:
        return
    arrived = arrived or context.ballot_forms.arrived(vote.election.ballots)
    read = {(row.at, _tidy(row.code)) for row in arrived.rows}
    for source in others:
        with suppress(FixTheSettings):  # it has no times: no form writes there
            rows = context.ballot_forms.arrived(source).rows
            inside = (row for row in rows if row.at and opened <= row.at < closes)
            if many := sum((row.at, _tidy(row.code)) not in read for row in inside):
                yield UnreadTab(redact_addresses(source.tab), many)


def how_to_copy(read: BallotSource) -> str:
    """What an officer does with the rows of such a tab."""
    tab = redact_addresses(read.tab)
    return Sentence(
        "copy the rows to the end of “{tab}”, each cell under its header; then delete them here",
        tab=tab,
    )


def _tidy(typed: str) -> str:
    """A code as it is compared: case, spaces and dashes are not part of it."""
    return "".join(filter(str.isalnum, typed.upper()))
