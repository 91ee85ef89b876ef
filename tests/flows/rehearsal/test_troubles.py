"""Each trouble is seen as its page says, and put back without a trace."""

from pathlib import Path

import pytest

from flows.rehearsal.troubles import CLOSED, EMPTIED, POWER, SLOW
from flows.rehearsal.world import World
from models.errors import FixTheSettings, Refused
from models.membership.voting_status import Status
from tests.flows.rehearsal.stage import begun, next_, real, roll, sat_down


def going_on(world: World) -> list[str]:
    return [one.key for one in world.troubles() if one.going_on]


def test_an_emptied_tab_takes_nobodys_vote(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        next_(world, "night")
        tab = world.sandbox.google.workbooks["rehearsal-workbook-1"].tab("Sign-ins")
        before = list(tab.rows)
        world.begin(EMPTIED)
        assert len(tab.rows) == 1
        assert going_on(world) == [EMPTIED]
        assert any("This stands in the way" in line for line in next_(world, "night"))
        with sat_down(world) as context:
            held = context.ledger.standings().values()
            assert sum(one.spell is not None for one in held) >= 7
        world.end(EMPTIED)
        assert tab.rows == before
        assert not any("stands in the way" in line for line in next_(world, "night"))
        assert roll(world)[Status.VOTING] == 7


def test_a_closed_ballot_form_is_opened_again(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        form = world.sandbox.google.forms["rehearsal-ballot-rehearsal"]
        world.begin(CLOSED)
        assert not form.accepting
        with pytest.raises(Refused, match="goes on already"):
            world.begin(CLOSED)
        world.end(CLOSED)
        assert form.accepting
        with pytest.raises(Refused, match="does not go on"):
            world.end(CLOSED)


def test_what_is_no_trouble_is_said(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world, pytest.raises(FixTheSettings):
        world.begin("earthquake")


@pytest.mark.slow
def test_a_slow_mailchimp_is_waited_for(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        world.begin(SLOW)
        assert any("no answer in time" in line for line in next_(world, "night"))
        assert not world.sandbox.mailchimp.outbox
        world.end(SLOW)
        assert any("changes" in line for line in next_(world, "night"))
        assert roll(world)[Status.VOTING] == 7


@pytest.mark.slow
def test_a_night_that_was_killed_is_finished(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        next_(world, "night")
        world.begin(POWER)
        assert going_on(world) == [POWER]
        with sat_down(world) as context:
            run = context.ledger.last_run()
            assert run
            assert run.finished is None
        world.end(POWER)
        assert going_on(world) == []
        with sat_down(world) as context:
            run = context.ledger.last_run()
            assert run
            assert run.finished
        assert any("interrupted" in one.what for one in world.told())
