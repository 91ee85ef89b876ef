"""What becomes of nights is told to the officers: once, when it is worse, and once when it is over.

Nights come by the schedule's own job here, without its scheduler; strikes by the clock's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.ledger.alerts import Alerts
from connectors.mailchimp import Campaigns
from connectors.sandbox.google.cells import Cell
from connectors.sandbox.mailchimp.letters import Letter
from flows.alerts.told import Record
from flows.cli.main import app
from flows.context import open_chapter
from flows.doctor.nights import alerts as _alerts
from flows.nightly import sync as eligibility
from flows.service import election_flow as vote_clock
from flows.service import nightly_flow as nightly
from models.errors import FixTheSettings, Refused, TryAgainLater
from models.mail.plans import UnsafePlan
from tests.conftest import Clock
from tests.flows.town import Town

pytestmark = pytest.mark.usefixtures("no_scheduler")
GUARD = "A safety limit stopped the nightly run, and nothing was changed. Of"


class Killed(BaseException):
    """Nothing of ours catches it."""


@pytest.fixture
def settled(town: Town) -> Town:
    """After its first night."""
    town.night()
    return town


def night(town: Town) -> list[str]:
    """A night of the schedule, on the next day; what its log says, and how it ended."""
    said: list[str] = []
    town.clock.go(days=1)  # type: ignore[attr-defined]  # a clock moved by hand
    try:
        nightly._night(town.clock, said.append)
    except (UnsafePlan, TryAgainLater) as fault:
        said.append(type(fault).__name__)
    return said


def strike(town: Town) -> list[str]:
    said: list[str] = []
    vote_clock._strike(town.clock, False, said.append)
    return said


def news(town: Town) -> list[Letter]:
    """The officers' letters since the last look."""
    box = town.sandbox.mailchimp.test_outbox
    found = list(box)
    box.clear()
    return found


@contextmanager
def emptied(town: Town) -> Iterator[list[list[Cell]]]:
    """Somebody empties the sign-in tab, and puts its rows back."""
    with town.edit("Sign-ins") as rows:
        kept = rows[1:]
        del rows[1:]
    yield kept
    with town.edit("Sign-ins") as rows:
        rows += kept


@contextmanager
def broken(place: Any, name: str, fault: BaseException) -> Iterator[None]:
    def fails(*_: object, **__: object) -> None:
        raise fault

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, name, fails)
        yield


def down() -> Any:
    """Google does not answer."""
    return broken(nightly, "sync", TryAgainLater("down", where="Google"))


def test_a_refused_night_is_told_once_and_once_that_it_is_over(settled: Town) -> None:
    with emptied(settled) as rows:
        assert night(settled)[-1] == "UnsafePlan"
        (letter,) = news(settled)
        with settled.context() as context:
            assert letter.to == context.chapter.mailchimp.reply_to
        assert letter.subject == "Rivertown Progressives: 1 thing to check"
        assert GUARD in letter.text
        assert f"{len(rows)} rows are missing from the sheets." in letter.text
        assert "Next: `clerk review` shows what to check and who is affected" in letter.text
        assert GUARD in letter.html
        for _ in range(2):
            assert night(settled) == ["UnsafePlan"]
            assert strike(settled) == []
        assert news(settled) == []
    assert "emailed the officers: 1 over" in night(settled)
    (letter,) = news(settled)
    assert letter.subject == "Rivertown Progressives: 1 over"
    assert "OVER" in letter.text
    assert "Next" not in letter.text
    night(settled)
    assert news(settled) == []
    with emptied(settled):
        night(settled)
        (letter,) = news(settled)
        assert GUARD in letter.text


def test_failed_nights_are_told_again_when_they_are_twice_as_many(settled: Town) -> None:
    told = []
    with down():
        for _ in range(5):
            night(settled)
            told += [(letter.subject, "in a row" in letter.text) for letter in news(settled)]
    look = "Rivertown Progressives: 1 thing to check"
    assert told == [(look, False), (look, True), (look, True)]  # the first, second and fourth
    night(settled)
    (letter,) = news(settled)
    assert "The nightly run failed, 5 in a row." in letter.text
    assert "OVER" in letter.text


def test_a_failed_night_says_nothing_of_what_a_guard_would_say(settled: Town) -> None:
    """Of the sheets that were not read nobody knows; the refusal stands."""
    with emptied(settled):
        night(settled)
        news(settled)
        with down():
            night(settled)
        (letter,) = news(settled)
        assert "OVER" not in letter.text
        night(settled)  # the services answer again, and the guard says the same
        (letter,) = news(settled)
        assert letter.subject == "Rivertown Progressives: 1 over"


def test_all_news_of_a_run_is_one_letter(settled: Town) -> None:
    with emptied(settled):
        night(settled)
        with down():
            night(settled)
    news(settled)
    night(settled)
    (letter,) = news(settled)
    assert letter.subject == "Rivertown Progressives: 2 over"


def test_a_letter_holds_nobody(settled: Town) -> None:
    with emptied(settled):
        night(settled)
    (letter,) = news(settled)
    said = (letter.subject + letter.text + letter.html).lower()
    addresses = {member.email_address for member in settled.audience.members.values()}
    assert not [address for address in addresses - {letter.to} if address in said]


def test_a_mail_that_fails_stops_no_night_and_is_tried_by_the_next_strike(settled: Town) -> None:
    refuses = broken(Campaigns, "send_test", TryAgainLater("down", where="Mailchimp"))
    with emptied(settled), refuses:
        said = night(settled)
        assert said[-1] == "UnsafePlan"
        assert said[0].startswith(
            "the officers could not be emailed; the next scheduled check tries"
        )
        assert strike(settled)[0].startswith(
            "the officers could not be emailed; the next scheduled check tries"
        )
    assert news(settled) == []
    assert strike(settled) == ["emailed the officers: 1 thing to check"]
    assert len(news(settled)) == 1
    assert strike(settled) == []


def test_a_mail_that_is_refused_is_not_tried_at_every_strike(settled: Town) -> None:
    """It is said by doctor, and tried again after hours, and at the end of the next night."""
    tried: list[object] = []

    def refuse(*_: object) -> None:
        tried.append(settled.clock())
        raise Refused("no more test letters today")

    with emptied(settled), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Campaigns, "send_test", refuse)
        night(settled)
        for _ in range(12 * 12):
            settled.clock.go(minutes=5)  # type: ignore[attr-defined]  # a clock moved by hand
            strike(settled)
        assert 4 <= len(tried) <= 5
        with (
            settled.context() as context,
            pytest.raises(FixTheSettings, match="no more test letters"),
        ):
            _alerts(context)
        before = len(tried)
        night(settled)
        assert len(tried) == before + 1
    settled.clock.go(minutes=400)  # type: ignore[attr-defined]  # a clock moved by hand
    assert strike(settled)[0].startswith("emailed the officers")
    with settled.context() as context:
        assert "fails" not in _alerts(context)


def test_a_bug_in_it_stops_no_night(settled: Town) -> None:
    for place, name in ((Alerts, "reconcile"), (Alerts, "open")):
        with broken(place, name, RuntimeError("ann@example.org")):
            said = night(settled)
        assert any("changes," in line for line in said)
        assert "a bug, RuntimeError" in said[0]
        assert "ann@" not in " ".join(said)


def test_no_address_for_officers_is_told_in_the_log(settled: Town) -> None:
    reply_to = 'reply_to = "hello@rivertown.example.org"'
    settled.rewrite(reply_to, 'reply_to = "hello"')
    with emptied(settled):
        assert (
            "the officers could not be emailed; the next scheduled check tries again"
            in night(settled)[0]
        )


@pytest.mark.parametrize("place", ["send_test", "mark"])
def test_a_job_that_dies_in_between_is_followed_by_the_letter(settled: Town, place: str) -> None:
    """Told at least once; twice only if it died between the sending and the writing down."""
    with emptied(settled):
        owner = Campaigns if place == "send_test" else Record
        with broken(owner, place, Killed()), pytest.raises(Killed):
            night(settled)
        first = len(news(settled))
        assert first == (place == "mark")
        assert strike(settled) == ["emailed the officers: 1 thing to check"]
        assert len(news(settled)) == 1
        assert strike(settled) == []


def test_a_job_that_dies_after_the_writing_down_is_followed_by_none(settled: Town) -> None:
    with emptied(settled):
        with broken(Alerts, "mark_told", Killed()), pytest.raises(Killed):
            night(settled)
        assert len(news(settled)) == 1
        assert strike(settled) == []
        with settled.context() as context:
            assert "not emailed" not in _alerts(context)


def test_what_stays_so_is_told_again_after_days(settled: Town) -> None:
    settled.rewrite("[network]", "[alerts]\nagain_after_days = 3\n\n[network]")
    told = []
    with emptied(settled):
        for _ in range(8):
            night(settled)
            told.append([letter.text for letter in news(settled)])
    assert [len(letters) for letters in told] == [1, 0, 0, 1, 0, 0, 1, 0]
    assert "STILL SO" in told[3][0]
    assert "Since Wed, Apr 1, 2026" in told[3][0]
    assert "Next: `clerk review`" in told[3][0]


def test_while_another_job_is_at_work_it_waits(settled: Town) -> None:
    with emptied(settled):
        with broken(Campaigns, "send_test", TryAgainLater("down", where="Mailchimp")):
            night(settled)
        with settled.ledger() as ledger, ledger.alone():
            strike(settled)
        assert news(settled) == []
        strike(settled)
        assert len(news(settled)) == 1


def test_a_night_by_hand_ends_it_too(settled: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    with emptied(settled):
        night(settled)
    news(settled)
    monkeypatch.setattr(
        "flows.context.open_chapter", lambda folder: open_chapter(folder, settled.clock)
    )
    done = CliRunner().invoke(app, ["sync", "--apply", "-c", str(settled.folder)])
    assert done.exit_code == 0
    (letter,) = news(settled)
    assert "OVER" in letter.text


def test_doctor_shows_what_is_still_so(settled: Town) -> None:
    def found() -> str:
        with settled.context() as context:
            return _alerts(context)

    assert found() == "no open alerts"
    with emptied(settled):
        with broken(Campaigns, "send_test", TryAgainLater("down", where="Mailchimp")):
            night(settled)
        assert GUARD in found()
        assert found().endswith("not emailed yet")
        strike(settled)
        assert GUARD in found()
        assert "Since Wed, Apr 1, 2026" in found()
        assert "not told" not in found()


def test_a_machine_that_dies_every_night_is_told_of_again(settled: Town, clock: Clock) -> None:
    told = []
    for _ in range(4):
        clock.at += timedelta(days=1)
        with broken(eligibility, "deliver", Killed()), pytest.raises(Killed):
            settled.night(full=True)  # a quiet one would pass by what kills it
        strike(settled)
        told.append([letter.text for letter in news(settled)])
    assert [len(letters) for letters in told] == [1, 1, 0, 1]  # the first, second and fourth
    assert "A nightly run was interrupted. The program" in told[0][0]
    assert "A nightly run was interrupted, 4 in a row. The program" in told[3][0]
    night(settled)
    (letter,) = news(settled)
    assert letter.subject == "Rivertown Progressives: 1 over"


def test_a_night_cut_short_is_told_once_it_is_finished_and_over_after_the_next(
    settled: Town, clock: Clock
) -> None:
    clock.at += timedelta(days=1)
    with broken(eligibility, "deliver", Killed()), pytest.raises(Killed):
        settled.night()
    assert "emailed the officers: 1 thing to check" in strike(settled)
    (letter,) = news(settled)
    assert "A nightly run was interrupted. The program finished it later" in letter.text
    assert strike(settled) == []
    night(settled)
    (letter,) = news(settled)
    assert "OVER" in letter.text
    night(settled)
    assert news(settled) == []
