"""What the record says of a vote is the same whether or not a job died on the way.

Jobs die here at the ledger's commits, within the test's own process; `test_kills` kills processes,
at the requests as well. Each line is held against the undisturbed twin's, its facts included.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Connection

from connectors.ledger.database import Database
from flows.privacy import person, retention
from models.errors import FixTheData
from tests.elections.polls import COUNTS, OFFICER, Kept, Poll, ranks, said_in
from tests.elections.test_disturbed import Killed

MONTHS = timedelta(days=800)
"""After which a roll is destroyed, and what people did is forgotten."""


@contextmanager
def commits(die_at: int = 0, moment: str = "") -> Iterator[list[None]]:
    """Grows with each commit of the ledger's; at the one named, the job dies before or after it."""
    count: list[None] = []
    writing = Database.writing

    @contextmanager
    def deadly(self: Database, **how: bool) -> Iterator[Connection]:
        count.append(None)
        with writing(self, **how) as db:
            yield db
            if (len(count), moment) == (die_at, "before"):
                raise Killed
        if (len(count), moment) == (die_at, "after"):
            raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "writing", deadly)
        yield count


def whole_record(poll: Poll) -> list[str]:
    """Every line, the chapter's own included."""
    with poll.town.ledger() as ledger:
        return [said_in(line) for line in ledger.votes.lines()]


def lines_that_differ(before: Kept, job: Callable[[Poll], object]) -> dict[str, object]:
    """The record after a job that died at each commit and was asked again, where it is not true."""
    poll = before.restore()
    with commits() as made:
        job(poll)
    true = whole_record(poll)
    assert len(true) > 1
    wrong: dict[str, object] = {}
    for number in range(1, len(made) + 1):
        for moment in ("before", "after"):
            before.restore()
            with commits(number, moment), pytest.raises(Killed):
                job(poll)
            job(poll)
            if (said := whole_record(poll)) != true:
                wrong[f"{moment} commit {number}"] = said
    return wrong


def test_the_close_says_the_same_whenever_it_dies(poll: Poll, tmp_path: Path) -> None:
    """Above all from how many contacts the codes were taken."""
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    assert lines_that_differ(poll.keep(tmp_path / "kept"), lambda poll: poll.at(COUNTS)) == {}


def test_retention_says_the_same_whenever_it_dies(poll: Poll, tmp_path: Path) -> None:
    """How many lines of the frozen roll were destroyed, and what else (DP-6)."""
    poll.opened()
    poll.at(COUNTS)
    poll.clock.at = COUNTS + MONTHS

    def forgets(poll: Poll) -> None:
        with poll.context() as context:
            retention.apply(context)

    assert lines_that_differ(poll.keep(tmp_path / "kept"), forgets) == {}


def test_an_erasure_is_recorded_whole_whenever_it_dies(poll: Poll, tmp_path: Path) -> None:
    """With the contact that had been deleted by then (DP-6)."""
    poll.opened()
    voter = min(poll.invited())

    def forgets(poll: Poll) -> None:
        with (
            poll.context() as context,
            suppress(FixTheData),
        ):  # asked again, there may be nobody left
            person.forget(context, person.find(context, voter), OFFICER)

    assert lines_that_differ(poll.keep(tmp_path / "kept"), forgets) == {}
