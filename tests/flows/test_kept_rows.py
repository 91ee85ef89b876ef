"""Sheets and forms as people keep them, night after night: nobody loses the vote in silence."""

import json
from datetime import date, timedelta

import pytest

from connectors.sandbox.google.form_state import Form
from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import FORM, WORKBOOK, serial
from flows.cli.main import app
from flows.nightly.night import Sync
from flows.service.due_steps import run_due_steps
from models.errors import FixTheData
from models.mail.plans import UnsafePlan
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
    assert "Sign-ins!1:1 [note] columns C and E have the address" in asked(night)
    ann = next(e for e in night.roll.entries.values() if len(e.standing.counted) == 4)
    assert ann.standing.can_vote


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


@pytest.mark.parametrize("full", [False, True])
def test_a_form_whose_question_was_asked_anew_costs_nobody_the_vote(
    village: Town, by_form: Form, clock: Clock, full: bool
) -> None:
    assert voters(village.night()) == 2
    clock.go(days=1)
    event = by_form.items[0]["questionItem"]["question"]["questionId"]
    again = by_form.ask_anew("Email address")
    by_form.submit({event: "Fall meeting", again: ANN}, clock())
    night = village.night(full=full)
    assert voters(night) == 2
    assert "[note] two questions of the form have the address" in asked(night)


def test_two_answers_of_one_person_that_differ_are_a_question(
    village: Town, by_form: Form, clock: Clock
) -> None:
    """An answer that was sent again holds what both questions were told."""
    assert voters(village.night()) == 2
    clock.go(days=1)
    event, old = (item["questionItem"]["question"]["questionId"] for item in by_form.items[:2])
    again = by_form.ask_anew("Email address")
    by_form.submit({event: "Fall meeting", old: ANN, again: ANN.upper()}, clock())
    by_form.submit({event: "Fall meeting", old: ANN, again: BO}, clock())
    night = village.night()
    told = [i for i in night.facts.review if "and disagree here" in i.reason]
    assert [i.weight for i in told] == ["question"]
    assert "if you cannot edit the answer, add an exception" in told[0].next_step
    counted = [len(e.standing.counted) for e in night.roll.entries.values()]
    assert sorted(counted) == [3, 4]


def test_answers_from_before_the_first_night_are_named_with_what_reads_them(
    village: Town, by_form: Form, clock: Clock
) -> None:
    old = by_form.items[1]["questionItem"]["question"]["questionId"]
    by_form.ask_anew("Email address")
    with pytest.raises(UnsafePlan, match="can be used: 6 responses lack something"):
        village.night()
    night = village.night(apply=False)
    assert voters(night) == 0
    told = "6 responses lack something, and have an answer to a question that is no longer on"
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
    assert asked(shown).count("no event has this name; did you mean “") == 2
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
    assert "Sign-ins!2:2 [question] the event's row was skipped: Events!A2" in asked(
        village.night(apply=False)
    )


def test_a_tab_into_which_a_form_answers_and_that_nobody_reads_is_named(village: Town) -> None:
    """A form was linked anew; somebody still signs in on the old tab. Titles tell it (DP-5)."""
    workbook = village.sandbox.google.workbooks[WORKBOOK]
    for number, title in enumerate(("Form Responses 2", "Lists"), 71):
        workbook.tabs.append(Tab(title, village.rows("Sign-ins")[:2], number))
    (told,) = [
        item for item in village.night().facts.review if "that tab is not read" in item.reason
    ]
    assert (str(told.place), told.weight) == ("Sign-ins", "note")
    assert "a form's responses go to the tab “Form Responses 2” of this spreadsheet" in told.reason
    assert 'sign_ins = ["Sign-ins", "Form Responses 2"]' in told.next_step


def test_tabs_named_like_one_that_is_read_are_named_in_one_line(village: Town) -> None:
    """“Sign-ins 2026” was begun beside “Sign-ins”. Titles tell it, and no cell (DP-5)."""
    workbook = village.sandbox.google.workbooks[WORKBOOK]
    for number, title in enumerate(("Sign-ins 2026", "Lists", "Sign-ins (old)"), 71):
        workbook.tabs.append(Tab(title, village.rows("Sign-ins")[:2], number))
    (told,) = [
        item
        for item in village.night().facts.review
        if "a name like a tab that is read" in item.reason
    ]
    assert "“Sign-ins 2026”, “Sign-ins (old)” in this spreadsheet" in told.reason
    assert 'sign_ins = ["Sign-ins", "Sign-ins 2026", "Sign-ins (old)"]' in told.next_step


def test_a_tab_that_gets_no_more_answers_is_told_of(village: Town, clock: Clock) -> None:
    with village.edit("Events") as rows:
        rows.append([float(serial(clock.today)) - 10, "Harvest meeting", "forum", "", ""])
    night = village.night()
    (told,) = [item for item in night.facts.review if "later events have none" in item.reason]
    assert (str(told.place), told.weight) == ("Sign-ins", "note")
    assert "later events have none: " in told.reason
    assert "Fall meeting and 1 more" in told.reason
    assert "“Form Responses 2”" in told.next_step
    assert [event.name for event in night.facts.unsigned] == ["Fall meeting", "Harvest meeting"]


@pytest.mark.parametrize(
    ("ago", "cell", "kind"),
    [(3, "", "forum"), (20, "cancelled", "forum"), (20, "", "house party"), (-5, "", "forum")],
)
def test_an_event_that_may_still_be_typed_in_or_does_not_count_is_no_silence(
    village: Town, clock: Clock, ago: int, cell: str, kind: str
) -> None:
    with village.edit("Events") as rows:
        rows[-1] = [float(serial(clock.today)) - ago, "Fall meeting", kind, "", cell]
    assert village.night(apply=False).facts.unsigned == []


def test_officers_are_told_once_that_sign_ins_stopped_and_once_that_they_came(
    village: Town, clock: Clock
) -> None:
    def told() -> list[str]:
        with village.context() as context:
            lines: list[str] = []
            run_due_steps(context, lines.append, night=True)
        clock.go(days=1)
        return [line for line in lines if "officers" in line or "no one signed in" in line]

    with village.edit("Events") as rows:
        rows.append([float(serial(clock.today)) - 10, "Harvest meeting", "forum", "", ""])
    silent = "no one signed in at the last 2 events: see `clerk review`"
    assert told() == [silent, "emailed the officers: 1 thing to check"]
    assert told() == [silent]
    with village.edit("Sign-ins") as rows:
        rows.append([float(serial(clock.today)) - 12, "Harvest meeting", ANN, "ann"])
    assert told() == ["emailed the officers: 1 over"]


def test_explain_tells_of_rows_that_name_somebody_and_do_not_count_yet(
    village: Town, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with village.edit("Sign-ins") as rows:
        rows[1][1] = "Winter meating"
        rows.append([_day(clock, "Fall meeting"), "", "cy@example.org", "Cy"])
    village.night()
    folder = str(village.folder)
    app(["explain", "ann", "-c", folder], standalone_mode=False)
    said = capsys.readouterr().out
    assert "Rows that name this person, and were skipped or have an open question:" in said
    assert "– Sign-ins!2:2: no event has this name; did you mean" in said
    with pytest.raises(FixTheData):
        app(["explain", "cy@example.org", "-c", folder], standalone_mode=False)
    assert f"– Sign-ins!B{len(village.rows('Sign-ins'))}: the event is" in capsys.readouterr().out
    app(["explain", "ann", "-c", folder, "--json"], standalone_mode=False)
    (one,) = json.loads(capsys.readouterr().out)["waiting"]
    assert (one["where"], one["what"]) == ("Sign-ins!2:2", "question")


def test_a_form_that_gets_no_more_answers_is_told_of_as_a_form(
    village: Town, by_form: Form
) -> None:
    night = village.night()
    (told,) = [item for item in night.facts.review if "later events have none" in item.reason]
    assert told.place.source == by_form.title
    assert told.next_step.startswith(
        "check whether people now use another form, and add that form in"
    )
