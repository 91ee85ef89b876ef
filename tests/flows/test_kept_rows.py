"""Sheets and forms as people keep them, night after night: nobody loses the vote in silence."""

from datetime import date, timedelta

import pytest

from connectors.sandbox.google_form_state import Form
from connectors.sandbox.invented import FORM, serial
from flows.eligibility import Sync
from models.plans import UnsafePlan
from tests.conftest import Clock
from tests.flows.town import Town

ANN, BO = "ann@example.org", "bo@example.org"
MEETINGS = ("Winter meeting", "Spring forum", "Summer meeting")
HELD = {"Winter meeting": 200, "Spring forum": 120, "Summer meeting": 60, "Fall meeting": 20}
"""Events by the days that they lie back."""


@pytest.fixture
def village(town: Town, clock: Clock) -> Town:
    """A chapter of two people who came to three meetings; the sign-in form is for all events."""
    with town.edit("Events") as rows:
        rows[1:] = [[_day(clock, name), name, "monthly meeting", "", ""] for name in HELD]
    with town.edit("Sign-ins") as rows:
        rows[1:] = [
            [_day(clock, name) + 0.8, name, who, who.partition("@")[0]]
            for name in MEETINGS
            for who in (ANN, BO)
        ]
    for tab in ("Registrations", "Volunteering", "Exceptions"):
        with town.edit(tab) as rows:
            del rows[1:]
    town.sandbox.google.forms[FORM].responses.clear()
    return town


def _day(clock: Clock, event: str) -> float:
    return float(serial(_date(clock, event)))


def _date(clock: Clock, event: str) -> date:
    return clock.today - timedelta(days=HELD[event])


def voters(night: Sync) -> int:
    """How many may vote."""
    return len(night.roll.voting())


def asked(night: Sync) -> str:
    """All that the review says."""
    return "\n".join(f"{i.place} [{i.weight}] {i.reason}" for i in night.facts.review)


def test_a_tab_whose_question_was_asked_anew_costs_nobody_the_vote(
    village: Town, clock: Clock
) -> None:
    assert voters(village.night()) == 2
    clock.go(days=1)
    with village.edit("Sign-ins") as rows:
        rows[0].append("Email Address")
        rows[1:] = [[*row, ""] for row in rows[1:]]
        rows.append([_day(clock, "Fall meeting"), "Fall meeting", "", "ann", ANN])
    night = village.night()
    assert voters(night) == 2
    assert "Sign-ins!1:1 [note] columns C and E hold the address" in asked(night)
    ann = next(e for e in night.roll.entries.values() if len(e.standing.counted) == 4)
    assert ann.standing.may_vote


@pytest.fixture
def by_form(village: Town, clock: Clock) -> Form:
    """The same with the sign-ins in a form."""
    with village.edit("Sign-ins") as rows:
        rows[1:] = [["", "", "", ""]]
    village.rewrite('holds = "event_sign_ins"', 'holds = "sign_ins"')
    village.rewrite('event = "Climate forum"\n', "")
    form = village.sandbox.google.forms[FORM]
    form.items.clear()
    event, address = form.add_text("Event"), form.add_text("Email address")
    now = clock.at
    for name in MEETINGS:
        for who in (ANN, BO):
            clock.at = now - timedelta(days=HELD[name])
            form.submit({event: name, address: who}, clock())
    clock.at = now
    return form


@pytest.mark.parametrize("anew", [False, True])
def test_a_form_whose_question_was_asked_anew_costs_nobody_the_vote(
    village: Town, by_form: Form, clock: Clock, anew: bool
) -> None:
    assert voters(village.night()) == 2
    clock.go(days=1)
    event = by_form.items[0]["questionItem"]["question"]["questionId"]
    again = by_form.ask_anew("Email address")
    by_form.submit({event: "Fall meeting", again: ANN}, clock())
    night = village.night(anew=anew)
    assert voters(night) == 2
    assert "[note] two questions of the form hold the address" in asked(night)


def test_answers_from_before_the_first_night_are_named_with_what_reads_them(
    village: Town, by_form: Form, clock: Clock
) -> None:
    old = by_form.items[1]["questionItem"]["question"]["questionId"]
    by_form.ask_anew("Email address")
    night = village.night()
    assert voters(night) == 0
    told = "6 answers lack something, and say something under a question that is no longer on"
    assert f"{told} the form, {old}" in asked(night)
    more = f'\n[columns.sign_ins]\naddress = ["Email address", "{old}"]\n'
    with (village.folder / "chapter.toml").open("a") as settings:
        settings.write(more)
    assert voters(village.night(approve=village.night(apply=False).plan.fingerprint)) == 2


def test_an_option_renamed_stops_the_night_while_a_vote_hangs_on_it(
    village: Town, clock: Clock
) -> None:
    village.night()
    clock.go(days=1)
    with village.edit("Events") as rows:
        rows[1][1] = "Winter general meeting"
    with pytest.raises(UnsafePlan):
        village.night()
    shown = village.night(apply=False)
    assert asked(shown).count("no event has this name; the closest is") == 2
    with village.edit("Events") as rows:
        rows[0].append("Also called")
        rows[1] = [*rows[1], *[""] * (len(rows[0]) - 1 - len(rows[1])), "Winter meeting"]
    assert voters(village.night()) == 2


def test_an_event_whose_row_is_spoilt_stops_the_night_and_the_rows_say_why(
    village: Town, clock: Clock
) -> None:
    village.night()
    clock.go(days=1)
    with village.edit("Events") as rows:
        rows[1][0] = "last winter"
    with pytest.raises(UnsafePlan):
        village.night()
    assert "Sign-ins!2:2 [question] the event's row was set aside: Events!A2" in asked(
        village.night(apply=False)
    )
