"""Nothing goes wrong without a word: an order of rows, a slip, a tab, a title (VM-R3, VM-2)."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.google import Workbooks
from connectors.mailchimp import Campaigns
from connectors.sandbox.invented import FORM, serial
from connectors.settings import load_chapter
from flows.mail.delivered import known_of_nights
from flows.nightly import sync as eligibility
from flows.privacy.backup import backup
from flows.privacy.restore import restore
from models.errors import TryAgainLater
from models.intake.locations import Weight
from models.privacy import Email
from tests.conftest import Clock
from tests.flows.test_alerts import Killed, broken, settled, strike
from tests.flows.test_delivery import WELCOME, second_night
from tests.flows.test_kept_rows import ANN, _day, village
from tests.flows.test_letters_held import HOUR, news
from tests.flows.town import REVIEW, Town

__all__ = ("second_night", "settled", "village")


def exception(decided: float, what: str) -> list[Any]:
    return [decided, "Thea", what, ANN, None, "Summer meeting", None, None, "said so"]


def counted(town: Town, *rows: list[Any]) -> tuple[bool, list[str]]:
    """Whether Ann is credited with the summer meeting, and what is asked of the exceptions."""
    with town.edit("Exceptions") as all_rows:
        all_rows += rows
    night = town.night(apply=False)
    (ann,) = [e for e in night.roll.entries.values() if Email(ANN) in e.person.addresses]
    asked = [one for one in night.facts.review if one.place.source == "Exceptions"]
    names = [event.name for event in ann.standing.counted]
    return "Summer meeting" in names, [
        str(one.reason) for one in asked if one.weight is not Weight.NOTE
    ]


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_later_exception_goes_before_an_earlier_one_in_any_order(
    village: Town, clock: Clock, newest_first: bool
) -> None:
    day = float(serial(clock.today))
    rows = [exception(day - 20, "did not attend"), exception(day - 5, "attended")]
    assert counted(village, *(reversed(rows) if newest_first else rows)) == (True, [])


def test_two_of_one_day_that_contradict_are_asked_about(village: Town, clock: Clock) -> None:
    day = float(serial(clock.today)) - 5
    _, asked = counted(village, exception(day, "attended"), exception(day, "did not attend"))
    assert asked == ["another exception of the same day says the opposite; this one is not applied"]


@pytest.mark.parametrize("slip", ["ahead", "year"])
def test_one_slip_is_no_sign_in_of_today(village: Town, clock: Clock, slip: str) -> None:
    day = float(serial(clock.today))
    with village.edit("Events") as rows:
        rows.append([day - 10, "Harvest meeting", "forum", "", ""])
        rows.append([day + 200, "Annual meeting", "forum", "", ""])
    assert len(village.night(apply=False).facts.unsigned) == 2
    with village.edit("Sign-ins") as rows:
        ahead = [rows[-1][0], "Annual meeting", ANN, "ann"]
        rows.append(ahead if slip == "ahead" else [day + 3650, "Sumer meating x", ANN, "ann"])
    assert len(village.night(apply=False).facts.unsigned) == 2


def test_a_review_tab_of_another_name_is_made(town: Town, clock: Clock) -> None:
    town.night()
    town.rewrite(f'review = "{REVIEW}"', 'review = "To check"')
    clock.go(days=1)
    town.night()
    assert len(town.rows("To check")) > 1


@pytest.mark.parametrize("full", [True, False])
def test_a_review_tab_that_somebody_emptied_is_written_again(
    town: Town, clock: Clock, full: bool
) -> None:
    town.night()
    town.night()
    with town.edit(REVIEW) as rows:
        del rows[1:]
    for _ in range(1 if full else 14):
        clock.go(days=1)
        town.night(full=full)
    assert len(town.rows(REVIEW)) > 1


def test_a_form_with_another_title_has_no_fewer_answers(town: Town, clock: Clock) -> None:
    town.night()
    town.sandbox.google.forms[FORM].title = "Sign in here"
    town.answer("new@example.org", "New Person")
    clock.go(days=1)
    assert town.night().applied


def test_looks_at_somebody_go_with_them_when_two_ids_are_one(village: Town, clock: Clock) -> None:
    """DP-3, DP-6"""
    other = "anna@example.org"
    at = _day(clock, "Summer meeting") + 0.8
    with village.edit("Sign-ins") as rows:
        rows.append([at, "Summer meeting", other, "Anna"])
    village.night()
    with village.context() as context:
        ids = {claim[0]: person for claim, person in context.ledger.ids().items()}
        for address in (ANN, other):
            context.ledger.officers.looked_at("Olga", [ids[Email(address)]], "x", context.now())
    with village.edit("Exceptions") as rows:
        same = [float(serial(clock.today)), "Thea", "same person", ANN, None, None, None, other]
        rows.append([*same, "her old address"])
    village.night()
    with village.context() as context:
        ids = {claim[0]: person for claim, person in context.ledger.ids().items()}
        assert ids[Email(ANN)] == ids[Email(other)]
        assert len(context.ledger.officers.looks(ids[Email(ANN)])) == 2


@pytest.mark.parametrize("days", [13, 15, 40])
def test_a_letter_that_was_stopped_is_told_however_late(
    second_night: Town, clock: Clock, days: int
) -> None:
    second_night.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    second_night.night()
    clock.go(days=days)
    second_night.night()
    assert news(second_night)
    with second_night.context() as context:
        assert known_of_nights(context.ledger)


def test_after_a_restore_nobody_is_told_again(
    second_night: Town, clock: Clock, tmp_path: Path
) -> None:
    """What has gone out since the backup the ledger does not know."""
    town = second_night
    file = tmp_path / "before.clerk"
    backup(load_chapter(town.folder), file, clock)
    clock.go(days=1)
    town.night()
    assert town.letters()[WELCOME] == 1
    restore(load_chapter(town.folder), file, replace=True)
    for _ in range(2):
        clock.go(days=1)
        town.night()
    assert town.letters()[WELCOME] == 1


def test_a_letter_that_is_turned_off_while_it_waits_goes_to_nobody(
    second_night: Town, clock: Clock
) -> None:
    town = second_night
    down = TryAgainLater("down", where="Mailchimp")
    with broken(Campaigns, "create", down), pytest.raises(TryAgainLater):
        town.night()
    town.rewrite("[network]", '[emails]\nsend = ["one-event-away"]\n[network]')
    for _ in range(3):
        clock.go(days=1)
        town.night()
    assert not [one for one in town.letters() if one[1] == "voting-member"]
    with town.ledger() as ledger:
        assert ledger.pending_letters() == []


def test_a_letter_that_was_canceled_on_its_way_is_short_and_no_alert_for_ever(
    second_night: Town, clock: Clock
) -> None:
    second_night.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    second_night.night()
    clock.go(minutes=70)
    news(second_night)
    for campaign in second_night.sandbox.mailchimp.campaigns.values():
        if campaign.status == "canceled":
            campaign.emails_sent = 1
    for days in (1, 60):
        clock.go(days=days)
        second_night.night()
        told = " ".join(one.text for one in news(second_night))
        assert "went to fewer people than Mailchimp had counted: 2 are missing" in told
    with second_night.context() as context:
        assert context.ledger.alerts.still_so() == []


@pytest.mark.usefixtures("no_scheduler")
def test_a_night_that_is_tried_again_and_again_is_one_night(settled: Town, clock: Clock) -> None:
    clock.at += timedelta(days=1)
    with broken(eligibility, "deliver", Killed()), pytest.raises(Killed):
        settled.night(full=True)
    with broken(Workbooks, "version", TryAgainLater("down", where="Google")):
        for _ in range(5):
            clock.at += timedelta(minutes=5)
            with suppress(TryAgainLater):
                strike(settled)
    with settled.context() as context:
        counts = [one.alert.counts.get("nights", 1) for one in context.ledger.alerts.still_so()]
    assert set(counts) == {1}


def test_after_a_restore_no_kind_of_email_goes_twice(
    town: Town, clock: Clock, tmp_path: Path
) -> None:
    """That a membership ends soon is no news, and is told once all the same."""
    town.rewrite("[network]", '[emails]\nsend = ["status-lapses", "voting-member"]\n[network]')
    town.night()
    file = tmp_path / "before.clerk"
    backup(load_chapter(town.folder), file, clock)
    for _ in range(40):
        clock.go(days=7)
        town.night(full=True)
        if any(kind == "status-lapses" for _, kind in town.letters()):
            break
    before = town.letters()
    assert any(kind == "status-lapses" for _, kind in before)
    restore(load_chapter(town.folder), file, replace=True)
    for _ in range(2):
        town.night()
        clock.go(days=1)
    again = {one for one, many in town.letters().items() if many > 1 and one[1] == "status-lapses"}
    assert again == set()
