"""What cannot be counted does not open; if it was open all the same, it alone is void (EN-R11)."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from connectors.ledger.columns import pack
from connectors.ledger.vote_schema import elections
from connectors.sandbox.server import Sandbox
from flows.votes.check import check
from flows.votes.tally import contest_count as race_count
from flows.votes.tally.audit import audit
from flows.votes.tally.recount import recount
from models.errors import FixTheData, Refused
from models.tally import rehearsal
from models.tally.count import count
from models.tally.outcome import Void, WhyVoid
from models.votes.election import ElectionState, failing
from models.votes.events import RaceVoided
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, NAME, Poll


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """A vote ready to be approved."""
    return Poll.prepare(sandbox, clock, tmp_path / "chapter")


def missing(poll: Poll) -> list[str]:
    with poll.context() as context:
        return failing(check(context, poll.election(context)))


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


def stops_at(race: str) -> Any:
    """A count with a fault that one race alone meets."""

    def counts(contest: Any, *rest: Any, **more: Any) -> Any:
        if contest.id == race:
            raise KeyError(contest.title)
        return count(contest, *rest, **more)

    return counts


@pytest.fixture
def voided(poll: Poll, monkeypatch: pytest.MonkeyPatch) -> Poll:
    """A counted vote whose first race met a bug at the count, which was mended afterwards."""
    poll.opened()
    poll.everybody_votes({"Mayor [Ada Park]": "1st choice", "Question 6": "Yes"})
    poll.at(CLOSES)
    with monkeypatch.context() as patch:
        patch.setattr(race_count, "count", stops_at("mayor"))
        assert "counted" in [one.what for one in poll.at(COUNTS)]
    return poll


def test_a_race_that_fails_at_the_count_does_not_take_the_others_with_it(voided: Poll) -> None:
    result = voided.vote.result
    assert result
    assert str(result.outcomes["mayor"]) == "void"
    assert str(result.outcomes["question-6"]) == "endorsed: Yes"
    assert result.voids["mayor"].why is WhyVoid.COUNT_FAILED
    assert "KeyError" in result.voids["mayor"].fault
    assert result.look_at
    assert result.look_at[0] == "Mayor: void: its count failed. Its report has details (EN-R11)"
    with voided.context() as context:
        events = [line.event for line in context.ledger.votes.lines(NAME)]
        assert RaceVoided(race="mayor", why=WhyVoid.COUNT_FAILED) in events
        audit(context)


def test_the_page_of_a_void_race_says_why_and_shows_no_votes(voided: Poll) -> None:
    voided.published()
    pages = voided.town.folder / "public" / NAME
    assert (pages / "question-6.html").is_file()
    said = (pages / "mayor.html").read_text("utf-8")
    assert "Void: this contest could not be counted (EN-R11)." in said
    assert "Its count failed. The other contests were counted." in said
    assert "Nula: esta contienda no se pudo contar" in (pages / "mayor.es.html").read_text("utf-8")
    assert "<svg" not in said
    assert "KeyError" not in said
    assert "Not counted" in (pages / "index.html").read_text("utf-8")
    report = json.loads(voided.folder("tellers").joinpath("mayor.json").read_text("utf-8"))
    assert "KeyError" in report["clerk"]["secondCount"]


def test_the_announcement_says_that_a_race_is_void(voided: Poll) -> None:
    voided.published()
    letters = [one for one in voided.town.sandbox.mailchimp.outbox if "announcement" in one.title]
    assert letters
    assert all("void, because it could not be counted" in one.html for one in letters)


def test_a_void_race_stays_void_when_a_mended_program_counts_again(voided: Poll) -> None:
    """EN-R11: the result that was recorded stands, and its pages are what they were."""
    with voided.context() as context:
        assert recount(context, voided.vote) == []
        audit(context)


def test_two_counts_that_disagree_make_one_race_void(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    def objects(contest: Any, *_: Any) -> tuple[str, ...]:
        return ("the rounds differ",) if contest.id == "mayor" else ()

    poll.opened()
    poll.everybody_votes({"Mayor [Ada Park]": "1st choice", "Question 6": "Yes"})
    poll.at(CLOSES)
    monkeypatch.setattr(race_count, "check", objects)
    poll.at(COUNTS)
    assert poll.vote.result
    assert poll.vote.result.voids == {"mayor": Void(WhyVoid.COUNTS_DISAGREE, "the rounds differ")}
    assert poll.vote.state is ElectionState.COUNTED


def test_nobody_defines_a_race_anew_when_ballots_are_in(poll: Poll) -> None:
    """EN-R6: neither by the folder, nor by the ledger."""
    poll.opened()
    poll.everybody_votes({"Mayor [Ada Park]": "1st choice"})
    file = poll.folder("contests") / "01-mayor.toml"
    file.write_text(file.read_text().replace("Cy Rivers", "Somebody Else"))
    poll.at(CLOSES)
    changed = poll.vote.election.model_dump(mode="json")
    changed["contests"][0]["candidates"] = ["Ada Park", "Bea Stone", "Somebody Else"]
    with poll.context() as context, context.ledger._database.writing() as db:
        held = db.execute(select(elections.c.definition)).scalar_one()
        db.execute(update(elections).values(definition=pack(changed)))
    with pytest.raises(FixTheData, match="the contests are not the ones that were approved"):
        poll.at(COUNTS)
    with poll.context() as context, context.ledger._database.writing() as db:
        db.execute(update(elections).values(definition=held))
    poll.strike()
    assert poll.vote.result
    assert "Cy Rivers" in poll.vote.result.races["mayor"].rounds[0]
