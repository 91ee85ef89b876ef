"""A vote's close leaves a backup, whose restore was tried: the record up to the close is in it."""

from datetime import timedelta
from pathlib import Path

from connectors.settings import load_chapter
from flows.privacy.restore_trial import try_restore
from models.votes.election import ElectionState
from tests.elections.polls import CLOSES, COUNTS, REMINDERS, Poll, ranks
from tests.flows.test_scheduled_backups import MADE, names, night, schedule, strike

MINUTE = timedelta(minutes=1)


def prepared(poll: Poll, tmp_path: Path) -> Path:
    """A vote on its way to the close, after a night of the day of its close."""
    (shelf := tmp_path / "shelf").mkdir(mode=0o700)
    poll.opened()
    for moment in REMINDERS:
        poll.at(moment)
    poll.everybody_votes(ranks("Ada Park", "Bea Stone"))
    schedule(poll.town, shelf)
    night(poll.town, days=0)
    assert len(names(shelf)) == 1
    return shelf


def test_the_close_makes_one_once(poll: Poll, tmp_path: Path) -> None:
    shelf = prepared(poll, tmp_path)
    poll.clock.at = CLOSES - MINUTE
    assert strike(poll.town) == []
    poll.clock.at = CLOSES
    assert [line.startswith(MADE) for line in strike(poll.town)] == [True]
    poll.clock.at = CLOSES + MINUTE
    assert strike(poll.town) == []
    assert len(names(shelf)) == 2
    about = try_restore(load_chapter(poll.town.folder), shelf / names(shelf)[-1], poll.clock)
    with poll.context() as context:
        assert poll.vote.state is ElectionState.CLOSED
        assert about.lines == len(context.ledger.votes.lines())


def test_a_counted_and_published_vote_passes_the_trial(poll: Poll, tmp_path: Path) -> None:
    """Its pages, the tellers' files and its record come back as they were."""
    shelf = prepared(poll, tmp_path)
    poll.at(CLOSES)
    poll.at(COUNTS)
    poll.published()
    assert night(poll.town)[0].startswith(MADE)
    said = try_restore(load_chapter(poll.town.folder), shelf / names(shelf)[-1], poll.clock)
    assert (said.lines or 0) > 5


def test_pages_that_somebody_changed_are_found_by_the_trial(poll: Poll, tmp_path: Path) -> None:
    prepared(poll, tmp_path)
    poll.at(CLOSES)
    poll.at(COUNTS)
    page = poll.folder("pages") / "index.html"
    page.write_text(page.read_text() + "<!-- changed -->")
    said = night(poll.town)
    assert said[0].startswith("the backup failed: the audit log: the pages of spring were changed")


def test_a_late_close_makes_one_though_the_night_before_it_did(poll: Poll, tmp_path: Path) -> None:
    """The computer was off: the first check does the night, then closes the vote, in one second."""
    shelf = prepared(poll, tmp_path)
    poll.clock.at = CLOSES + timedelta(days=1)
    said = night(poll.town, days=0)
    assert poll.vote.state is not ElectionState.OPEN
    assert sum(line.startswith(MADE) for line in said) == 2
    poll.clock.at += MINUTE
    assert strike(poll.town) == []
    assert len(names(shelf)) == 3
