"""`clerk explain --election`: why somebody may or may not vote in this vote (VM-R3)."""

import json
from datetime import date
from typing import Any

import pytest

from connectors.files.old_names import OldName
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from models.errors import ClerkError, FixTheData, FixTheSettings
from models.intake.people import PersonId
from models.membership.voter_roll import VoterRoll
from models.text import formats
from tests.elections.polls import NAME, OFFICER, Poll
from tests.elections.test_commands import Clerk, told
from tests.elections.test_commands import clerk as clerk

RECORD_DATE = date(2026, 4, 2)
VOTE = "“Spring endorsements”"


def judged(poll: Poll) -> VoterRoll:
    """Everybody on the record date."""
    with poll.context() as context:
        return facts_of(context, known_sources(context.ledger)).roll(RECORD_DATE)


def somebody(poll: Poll, *, votes: bool) -> PersonId:
    """One who may vote on the record date, or who may not."""
    entries = judged(poll).entries
    return min(p for p, entry in entries.items() if entry.standing.can_vote is votes)


def answer(clerk: Clerk, who: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(told(clerk("explain", who, "--election", NAME, "--json")))
    return loaded


def test_before_the_opening_it_is_the_standing_on_the_record_date(poll: Poll, clerk: Clerk) -> None:
    said = told(clerk("explain", somebody(poll, votes=True), "--election", NAME))
    assert f"{VOTE} has not opened. Its voter roll will be as of April 2, 2026 (VM-R3)" in said
    assert "As of now: " in said
    assert "has been a voting member since" in said
    assert "✓ VM-1" in said
    for_a_script = answer(clerk, somebody(poll, votes=False))
    assert (for_a_script["frozen"], for_a_script["on_roll"]) == (False, None)
    assert for_a_script["by_the_sheets"]["on"] == "2026-04-02"


def test_who_is_on_the_frozen_roll_gets_the_evidence_held_there(poll: Poll, clerk: Clerk) -> None:
    voter = somebody(poll, votes=True)
    poll.opened()
    said = told(clerk("explain", voter, "--election", NAME))
    assert f"can vote in {VOTE}: on the voter roll of April 2, 2026, frozen Thu" in said
    with poll.context() as context:
        line = next(v for v in context.ledger.votes.roll(NAME) if v.person == voter)
    assert line.evidence
    for day, event in line.evidence:
        assert f"  – {event} ({formats.spoken(str(day))})" in said
    assert answer(clerk, voter)["on_roll"] is True


def test_who_is_not_gets_the_reason(poll: Poll, clerk: Clerk) -> None:
    other = somebody(poll, votes=False)
    poll.opened()
    said = told(clerk("explain", other, "--election", NAME))
    assert f"cannot vote in {VOTE}: not on the voter roll of April 2, 2026" in said
    assert "– VM-1" in said
    assert answer(clerk, other)["on_roll"] is False


def test_strike_is_the_old_name_of_remove(poll: Poll, clerk: Clerk) -> None:
    voter = somebody(poll, votes=True)
    poll.opened()
    words = ("election", "exception", NAME, voter, "--reason", "moved", "--by", OFFICER)
    with pytest.warns(OldName, match="--strike is now called --remove"):
        assert "Recorded" in told(clerk(*words, "--strike"))
    assert "removed from the voter roll" in told(clerk("explain", voter, "--election", NAME))


def test_an_exception_is_told(poll: Poll, clerk: Clerk) -> None:
    voter, other = somebody(poll, votes=True), somebody(poll, votes=False)
    poll.opened()
    for who, more in ((voter, ["--remove"]), (other, [])):
        words = ("election", "exception", NAME, who, "--reason", "door list", "--by", OFFICER)
        assert "Recorded" in told(clerk(*words, *more))
    struck = told(clerk("explain", voter, "--election", NAME))
    assert f"cannot vote in {VOTE}: removed from the voter roll" in struck
    assert "exception: " in struck
    assert "door list" in struck
    added = told(clerk("explain", other, "--election", NAME))
    assert f"can vote in {VOTE}: on the voter roll" in added
    assert "door list" in added


def test_a_vote_that_is_unknown_or_whose_roll_is_gone_is_named(poll: Poll, clerk: Clerk) -> None:
    voter = somebody(poll, votes=True)
    assert isinstance(clerk("explain", voter, "--election", "autumn").exception, FixTheSettings)
    poll.opened()
    with poll.context() as context:
        context.ledger.erasing.expire(
            date.min, [], rows=0, by=OFFICER, at=context.now(), rolls=[NAME]
        )
    gone = clerk("explain", voter, "--election", NAME).exception
    assert isinstance(gone, FixTheData)
    assert "DP-6" in str(gone)


def test_a_vote_has_its_own_day(clerk: Clerk) -> None:
    both = clerk("explain", "x", "--election", NAME, "--on", "2026-04-01")
    assert both.exit_code == 2
    assert "record date" in both.output


def test_an_unreachable_form_hides_neither_calendar_nor_faults(poll: Poll, clerk: Clerk) -> None:
    """What is known here is printed before Google refuses."""
    poll.town.sandbox.google.forms.clear()
    stopped = clerk("election", "check", NAME)
    assert isinstance(stopped.exception, ClerkError)
    assert "reminder 1" in stopped.output
    assert "other checks passed; --all shows them." in stopped.output
    assert clerk("election", "check", NAME, "--json").output == ""


def test_audit_names_its_rule_once(poll: Poll, clerk: Clerk) -> None:
    import sqlite3

    poll.opened()
    with sqlite3.connect(poll.town.folder / "ledger" / "clerk.sqlite") as db:
        db.execute("UPDATE voters SET frozen_as = 'p-somebody' WHERE id = 1")
    db.close()
    said = told(clerk("audit"))
    assert "the frozen voter roll of spring is not the one" in said
    assert "(VM-R3) (VM-R3)" not in said
