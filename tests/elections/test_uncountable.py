"""What cannot be counted does not open (EN-R11)."""

from pathlib import Path
from typing import Any

import pytest

from connectors.sandbox.server import Sandbox
from flows.election_check import check
from models.elections import failing
from models.errors import Refused
from models.tally import rehearsal
from tests.conftest import Clock
from tests.elections.polls import Poll


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """A vote ready to be approved."""
    return Poll.prepare(sandbox, clock, tmp_path / "chapter")


def missing(poll: Poll) -> list[str]:
    with poll.desk() as desk:
        return failing(check(desk, poll.election(desk)))


def test_a_race_on_which_two_counts_disagree_does_not_open(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    def objects(contest: Any, ballots: Any, *_: Any) -> tuple[str, ...]:
        return ("the rounds differ",) if contest.id == "mayor" and ballots else ()

    assert missing(poll) == []
    monkeypatch.setattr(rehearsal, "check", objects)
    assert missing(poll) == ["Mayor: it could not be counted: the rounds differ (EN-R11)"]
    with pytest.raises(Refused, match="it could not be counted"):
        poll.approved()


def test_a_race_that_stops_the_count_does_not_open(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(contest: Any, ballots: Any, *_: Any) -> Any:
        raise KeyError(contest.title)

    monkeypatch.setattr(rehearsal, "count", stops)
    said = missing(poll)
    assert len(said) == 2
    assert said[0].startswith("Mayor: it could not be counted: a bug, KeyError in stops")
