"""What was asked of a slate's nominees: shown, erased, and gone when the vote opens.

Rules: DP-6, SC-2.
"""

from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.privacy import person
from flows.views.election import status
from flows.votes.ballot_form import build_form
from flows.votes.cancelling import cancel_race, cancel_vote
from flows.votes.tally.audit import audit
from models.errors import Refused
from models.unmask import reveal
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.elections.polls import NAME, OFFICER, OPENS, RACES, Poll
from tests.elections.test_slate import NOMINEES, SLATE, WAIVER, adds

WAIVED = NOMINEES.replace("dues_paid = false\n", "dues_paid = false\n" + WAIVER)
FILES = f"elections/{NAME}/contests"


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """An approved slate; its third nominee pays no dues and is in the chapter's sheets."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", races=[SLATE])
    adds(poll, WAIVED.replace("Nominee 3", third(poll)[1].upper()))
    return poll.approved()


def third(poll: Poll) -> tuple[str, str]:
    """The address and the name of somebody in the sheets."""
    with poll.context() as context:
        address = min(poll.people())
        name = person.find(context, address).person.name
    assert name
    return address, reveal(name)


def shown(poll: Poll) -> dict[str, str]:
    """Where something is held on them as a nominee, and what."""
    with poll.context() as context:
        held = person.held_on(context, person.find(context, third(poll)[0]))
    return {one.where: one.what for one in held if one.what.startswith("nominee")}


def test_a_nominee_is_shown_what_was_asked_of_them(poll: Poll) -> None:
    assert sorted(shown(poll)) == [FILES, "ledger"]
    for what in shown(poll).values():
        for fact in ("dues not paid", "a registered voter", "active in Elections", "diversity"):
            assert fact in what


def test_an_erased_nominee_is_gone_from_the_ledger_and_the_file_is_named(poll: Poll) -> None:
    address, name = third(poll)
    with poll.context() as context:
        done = person.forget(context, person.find(context, address), OFFICER)
        audit(context)
    assert done.counts["nominations"] == 1
    assert any(FILES in what and "yourself" in what for what in done.remains)
    (slate,) = poll.vote.election.contests
    assert name.casefold() not in slate.model_dump_json().casefold()
    assert len(slate.model_dump()["nominees"]) == 4
    with pytest.raises(Refused, match="4 nominees; 5 to 15 are allowed"):
        poll.at(OPENS)


def test_when_the_vote_opens_the_ledger_holds_nothing_of_them(poll: Poll) -> None:
    poll.at(OPENS)
    assert poll.vote.state is ElectionState.OPEN
    assert sorted(shown(poll)) == [FILES]
    assert "dues" not in poll.vote.election.model_dump_json()
    with poll.context() as context:
        audit(context)


def test_what_the_ballot_says_of_them_is_shown_as_long_as_the_vote_has_it(poll: Poll) -> None:
    """EN-R14, DP-6"""
    poll.at(OPENS)
    with poll.context() as context:
        held = person.held_on(context, person.find(context, third(poll)[0]))
    (said,) = [one.what for one in held if one.what.startswith("on the ballot")]
    assert said.startswith(f"on the ballot of {NAME}: bio: Of Green Street, number 3.; summary:")


@pytest.fixture
def two(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """The same beside a question."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", races=[SLATE, RACES[1]])
    file = next(poll.folder("contests").glob("*slate.toml"))
    file.write_text(file.read_text() + WAIVED.replace("Nominee 3", third(poll)[1].upper()))
    poll.form.items.clear()
    with poll.context() as context:
        build_form(context, poll.election(context))
    return poll.approved()


@pytest.mark.parametrize("whole", [True, False])
def test_of_what_is_cancelled_before_it_opens_the_ledger_holds_nothing_of_them(
    two: Poll, whole: bool
) -> None:
    """Nobody reads such a ballot: neither what was asked of them is kept, nor what it said."""
    name = third(two)[1]
    assert sorted(shown(two)) == [FILES, "ledger"]
    with two.context() as context:
        if whole:
            cancel_vote(context, NAME, OFFICER, "No room.")
        else:
            cancel_race(context, NAME, "slate", OFFICER, "No room.")
    assert sorted(shown(two)) == [FILES]
    assert name.casefold() not in two.vote.approved.model_dump_json().casefold()
    with two.context() as context:
        audit(context)
        assert "note" not in status(context, NAME)


def test_a_race_that_is_cancelled_while_open_is_shown_to_whom_it_names(two: Poll) -> None:
    two.at(OPENS)
    with two.context() as context:
        cancel_race(context, NAME, "slate", OFFICER, "No room.")
        held = person.held_on(context, person.find(context, third(two)[0]))
    assert any(one.what.startswith("on the ballot") for one in held)
