"""A live form tells each answer by itself, so that a comma in a name parts nothing (BA-4, BA-7)."""

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.votes.tally.collect import sorted_ballots
from flows.votes.tally.count import close
from tests.conftest import Clock
from tests.elections.polls import COUNTS, OPENS, Poll

NAMES = ["Lee", "Lee, Ann"]
RATIFY = "Ann"
RACE = {
    "id": "mayor",
    "title": "Mayor",
    "kind": "ratify-or-prefer",
    "office": "Mayor",
    "candidates": NAMES,
    "recommendation": NAMES[0],
    "ratify": RATIFY,
}


@pytest.mark.parametrize(("answer", "place"), [(NAMES[1], 1), (RATIFY, 3)])
def test_a_comma_in_a_name_parts_nothing(
    sandbox: Sandbox, clock: Clock, tmp_path: Path, answer: str, place: int
) -> None:
    """BA-7: read from a sheet, the same text could be two names."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", races=[RACE]).opened()
    first = min(poll.invited())
    poll.votes(first, {"Mayor": answer}, at=OPENS + timedelta(hours=1))
    poll.clock.at = COUNTS
    with poll.context() as context:
        close(context, poll.vote)
        boxes, _ = sorted_ballots(context, poll.vote)
    assert dict(boxes.race("mayor").rankings) == {(place,): 1}
