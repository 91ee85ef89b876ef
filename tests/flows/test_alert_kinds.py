"""A night that did not come, and a key that is not taken: told once, and once that it is over."""

import re

import pytest

from flows.alerts.nights import missed
from flows.doctor.nights import alerts as doctor_says
from flows.service import election_flow as vote_clock
from flows.service import strikes
from flows.service.due_steps import run_due_steps
from models.errors import FixTheSettings, TryAgainLater, combined, keys_refused
from models.mail.alerts import AlertKind
from tests.flows.test_alert_addresses import Board
from tests.flows.test_alert_addresses import board as board
from tests.flows.test_alerts import broken, down, news, night
from tests.flows.town import Town

pytestmark = pytest.mark.usefixtures("no_scheduler")


def strike(town: Town, *, hours: int = 0) -> list[str]:
    """A scheduled check; what its log says, whatever stood in its way."""
    town.clock.go(minutes=60 * hours)  # type: ignore[attr-defined]  # a clock moved by hand
    said: list[str] = []
    try:
        vote_clock._strike(town.clock, False, said.append)
    except FixTheSettings as fault:
        said.append(type(fault).__name__)
    return said


def test_a_night_that_did_not_come_is_told_and_over_with_the_next(town: Town) -> None:
    assert strike(town, hours=100) == []  # a chapter that has had none
    town.night()
    for _ in range(3):
        assert strike(town, hours=8) == []
    assert strike(town, hours=3) == ["emailed the officers: 1 thing to check"]
    (letter,) = news(town)
    assert "The nightly run did not take place." in letter.text
    assert "Next: check that the computer is on and `clerk serve` is running" in letter.text
    assert strike(town, hours=1) == []
    strike(town, hours=24)
    (letter,) = news(town)
    assert "The last 2 nightly runs did not take place." in letter.text
    night(town)
    (letter,) = news(town)
    assert "OVER" in letter.text
    assert strike(town, hours=1) == []


def test_a_night_that_failed_has_come(town: Town) -> None:
    town.night()
    with down():
        for _ in range(4):
            night(town)
            strike(town, hours=1)
    news(town)
    with town.context() as context:
        assert missed(context)[0] == []
        kinds = {one.alert.kind for one in context.ledger.alerts.still_so()}
    assert kinds == {AlertKind.NIGHT_FAILED}


def test_a_timer_of_its_own_sees_it_too(town: Town) -> None:
    said: list[str] = []
    town.night()
    town.clock.go(days=2)  # type: ignore[attr-defined]  # a clock moved by hand
    with town.context() as context:
        run_due_steps(context, said.append)
        assert said == ["emailed the officers: 1 thing to check"]
        run_due_steps(context, said.append, night=True)
        assert "emailed the officers: 1 over" in said[1:]


@pytest.mark.parametrize("service", ["Google", "Mailchimp"])
def test_a_key_that_is_not_taken_is_told_and_over_once_it_is(board: Board, service: str) -> None:
    town = board.town
    town.night()
    sandbox = town.sandbox
    kept = dict(sandbox.google.public_keys), sandbox.mailchimp.api_key
    if service == "Google":
        sandbox.google.public_keys.clear()
        sandbox.google.tokens.clear()
    else:
        sandbox.mailchimp.api_key = "f" * 32 + "-us1"
    with pytest.raises(FixTheSettings):
        night(town)
    for (text,) in board.told():
        assert f"{service} does not accept the chapter's key." in text
        assert "Next: `clerk doctor` shows which key" in text
        assert "The nightly run failed." in text
    strike(town)
    assert board.told() == [[], [], []]
    sandbox.google.public_keys.update(kept[0])
    sandbox.mailchimp.api_key = kept[1]
    night(town)
    for (text,) in board.told():
        assert re.match("Rivertown Progressives: [23] over\r?\nOver\n", text)
        assert f"{service} does not accept the chapter's key." in text
    with town.context() as context:
        assert doctor_says(context) == "no open alerts"


def test_a_scheduled_check_tells_of_a_key_too(board: Board) -> None:
    from connectors.mailchimp.refusing import ApiKeyRefused

    refused = ApiKeyRefused("Mailchimp refused the API key", where="chapter.toml")
    board.town.night()
    with broken(strikes, "watch", refused):
        assert strike(board.town)[-1] == "ApiKeyRefused"
    for (text,) in board.told():
        assert "Mailchimp does not accept the chapter's key." in text


def test_a_key_is_seen_among_several_faults() -> None:
    from connectors.google.refusing import TokenRefused

    several = combined([TryAgainLater("down"), combined([TokenRefused("no"), OSError()])])
    assert keys_refused(several) == {"google"}
    assert keys_refused(TryAgainLater("down")) == set()
    assert keys_refused(OSError()) == set()
