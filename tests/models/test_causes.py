"""What a row that was set aside takes with it is told with its cause; names are folded alike."""

import pytest

from models.intake.locations import Weight
from models.intake.tables import Cell
from models.membership.voter_roll import Facts
from tests.models.invented import (
    Line,
    entries,
    entry,
    exception,
    gathered,
    held,
    said,
    signed_in,
    table,
    volunteered,
)

ANN, BEN = "ann@example.org", "ben@example.org"
TODAY = "2025-12-01"
FORUM = held("2025-10-14", "Housing forum", kind="Forum")
SPOILT = [
    (held("soon", "Picnic"), "Events!A2, this is not a date"),
    (held("", "Picnic"), "Events!A2, the date is missing"),
    (held("2025-10-14", "Picnic", counts="half"), "Events!D2, this is neither yes nor no"),
    (
        held("2025-10-14", "Picnic", status="hm"),
        ("Events!E2, this cell does not clearly say whether the event was held"),
    ),
    ({**held("", ""), "Kind": "Forum", "Sign-in tab": "Picnic"}, "Events!A2, the date is missing"),
    ({**held("", ""), "Kind": "Forum", "Also called": "Tea; Picnic"}, "Events!A2, the date is"),
]


def night(*events: Line, sign_ins: tuple[Line, ...] = ()) -> Facts:
    """What a night makes of some events and sign-ins."""
    return gathered(today=TODAY, events=events, sign_ins=sign_ins)


def questions(facts: Facts) -> list[str]:
    """What is asked, by place."""
    asked = (item for item in facts.review if item.weight is Weight.QUESTION)
    return [f"{item.place}: {item.reason} -> {item.next_step}" for item in asked]


# ── an event's row that was set aside ──


@pytest.mark.parametrize(("row", "cause"), SPOILT)
def test_a_sign_in_for_an_event_whose_row_was_set_aside_says_so(row: Line, cause: str) -> None:
    (asked,) = questions(night(row, FORUM, sign_ins=(signed_in("picnic", ANN),)))
    assert asked.startswith(f"Sign-ins!2:2: the event's row was skipped: {cause}")
    assert "fix that row first: " in asked


def test_a_whole_tab_of_such_an_event_says_so_once() -> None:
    tab = table("event_sign_ins", [{"Email address": ANN}] * 40, tab_event="Picnic")
    facts = gathered(tab, today=TODAY, events=[held("soon", "Picnic")])
    (asked,) = questions(facts)
    assert "all 40 rows wait: the event's row was skipped: Events!A2, this is not a" in asked


@pytest.mark.parametrize("what", ["attended", "did not attend"])
def test_an_exception_about_such_an_event_says_so(what: str) -> None:
    facts = gathered(
        today=TODAY,
        events=[held("soon", "Picnic")],
        exceptions=[exception(what, ANN, event="Picnic")],
    )
    assert "Exceptions!2:2: the event's row was skipped: Events!A2" in questions(facts)[0]


def test_an_activity_of_the_log_waits_for_such_a_row_which_may_say_that_it_does_not_count() -> None:
    spoilt = held("2025-10-18", "Phone bank", kind="Volunteer activity", counts="??")
    facts = gathered(
        today=TODAY,
        events=[spoilt],
        volunteers=[volunteered("2025-10-18", "phone bank", ANN),
                    volunteered("2025-11-18", "Phone bank", BEN)],
    )  # fmt: skip
    assert "Volunteers!2:2: the event's row was skipped: Events!D2" in questions(facts)[0]
    assert entries(facts, ANN) == []
    assert entry(facts, BEN).standing.can_vote


def test_a_day_that_two_events_share_is_no_others_when_one_row_is_set_aside() -> None:
    """A roster names the day alone: its mark may be of either."""
    spoilt = held("2025-10-14", "Planning", kind="Forum", status="weather?")
    canvass = held("2025-10-14", "Canvass", kind="Volunteer activity")
    mark = signed_in("2025-10-14", ANN, at="2025-10-14")
    facts = night(spoilt, canvass, sign_ins=(mark,))
    assert "Sign-ins!2:2: the event's row was skipped: Events!E2" in questions(facts)[0]
    assert entries(facts, ANN) == []


@pytest.mark.parametrize("typed", ["Canvas", "Canvass with Transit Riders", "canvasss"])
@pytest.mark.parametrize("why", [{"Partner": "Transit Riders"}, {"Counts": "no"}, {"Held": "no"}])
def test_a_slip_in_the_log_makes_no_activity_beside_an_event_that_may_not_count(
    typed: str, why: dict[str, str]
) -> None:
    """VM-R6: who wrote the name with a slip has no more by it."""
    facts = gathered(
        today=TODAY,
        events=[{**held("2025-10-18", "Canvass", kind="Volunteer activity"), **why}],
        volunteers=[volunteered("2025-10-18", typed, ANN),
                    volunteered("2025-10-18", "Phone bank", BEN)],
    )  # fmt: skip
    assert "Volunteers!2:2: this name is almost “" in questions(facts)[0]
    assert entries(facts, ANN) == []
    assert entry(facts, BEN).standing.can_vote


def test_an_activity_that_was_called_off_by_its_own_name_is_asked_about() -> None:
    rows = [volunteered("2025-10-18", "Phone bank - cancelled", ANN),
            volunteered("2025-10-18", "Dropped leaflets", BEN)]  # fmt: skip
    facts = gathered(today=TODAY, volunteers=rows)
    assert "Volunteers!2:2: its name says that this activity was canceled" in questions(facts)[0]
    assert entries(facts, ANN) == []
    assert entry(facts, BEN).standing.can_vote


MEETING = held("2025-10-14", "Meeting")


@pytest.mark.parametrize(
    ("lost", "at", "credited"),
    [
        ("soon", "2025-10-14", True),
        ("soon", "2025-11-11", False),
        ("soon", "", False),
        ("2025-11-11", "2025-11-11", False),
        ("2025-11-11", "2025-10-14", True),
    ],
)
def test_a_row_of_a_lost_event_is_never_credited_to_another_of_its_name(
    lost: str, at: str, credited: bool
) -> None:
    facts = night(
        MEETING,
        held(lost, "Meeting", status="hm"),
        sign_ins=(signed_in("Meeting", ANN, at=at),),
    )
    assert bool(entries(facts, ANN)) is credited
    assert ("the event's row was skipped" in said(facts)) is not credited


def test_an_event_that_is_called_off_by_its_own_name_is_asked_about() -> None:
    """And so are its sign-ins, by the name that it had: nobody is told to call it that."""
    row = held("2025-10-14", "CANCELLED: Winter forum", kind="Forum")
    facts = night(row, sign_ins=(signed_in("Winter forum", ANN),))
    assert "Events!B2 [set aside] the event's name says that it was called off" in said(facts)
    assert "Sign-ins!2:2: the event's row was skipped: Events!B2" in questions(facts)[0]
    (event,) = night({**row, "Held": "yes"}).events
    assert not event.cancelled


def test_a_row_without_a_name_is_the_cause_of_what_is_lost_on_its_day() -> None:
    row = held("2025-10-14", "", kind="Forum")
    facts = night(row, sign_ins=(signed_in("Housing forum", ANN, at="2025-10-14"),))
    assert "Sign-ins!2:2: the event's row was skipped: Events!B2" in questions(facts)[0]


def test_two_events_of_one_day_and_name_are_told_apart_by_their_names() -> None:
    """Their date before the name is the same for both."""
    two = [held("2025-10-14", "Housing forum", kind=kind) for kind in ("Forum", "Monthly meeting")]
    facts = night(*two, sign_ins=(signed_in("Housing forum", ANN, at="2025-10-14"),))
    (asked,) = questions(facts)
    assert asked.startswith("Sign-ins!2:2: 2 events on one day have this name")
    assert "give them different names in the Events tab; if they were one event," in asked


# ── names that only a keyboard tells apart ──


@pytest.mark.parametrize(
    ("event", "written"),
    [
        ("Women’s forum", "Women's forum"),
        ("Women's forum", "women‘s  forum"),
        ("Get-out-the-vote meeting", "Get\u2011out\u2011the\u2011vote meeting"),
        ("Candidates’ night – Council", "Candidates' night - Council"),
        ("Candidates' night - Council", "Candidates’ night\u00a0– Council"),
        ("Café night", "Cafe\u0301 night"),
        ("Housing forum", "Hous\u00ading\u200b forum"),
        ("“Know your rights”", '"Know your rights"'),
        ("Forum 🏳️‍🌈", "Forum 🏳‍🌈"),
        ("No 5", "№ 5"),
    ],
)
def test_names_that_only_a_keyboard_tells_apart_are_one_event(event: str, written: str) -> None:
    facts = night(held("2025-10-14", event), sign_ins=(signed_in(written, ANN),))
    assert len(entry(facts, ANN).standing.counted) == 1
    assert said(facts) == ""


@pytest.mark.parametrize(
    ("event", "written", "tells"),
    [
        ("Forum", "F\u043erum", "“о” CYRILLIC SMALL LETTER O"),
        ("Café night", "Cafe night", "“é” LATIN SMALL LETTER E WITH ACUTE"),
    ],
)
def test_names_that_look_alike_are_asked_about_with_the_character_by_its_name(
    event: str, written: str, tells: str
) -> None:
    (asked,) = questions(night(held("2025-10-14", event), sign_ins=(signed_in(written, ANN),)))
    assert f"no event has this name; from “{event}” it differs by " in asked
    assert tells in asked


# ── an option that was renamed ──


def test_an_option_that_was_renamed_is_asked_about_and_never_credited_by_guess() -> None:
    old = signed_in("Fall meeting", ANN)
    facts = night(held("2025-10-14", "Fall general meeting"), sign_ins=(old,))
    (asked,) = questions(facts)
    assert "no event has this name; did you mean “2025-10-14 Fall general meeting”?" in asked
    assert "or write it under “Also called” of its event" in asked
    assert entries(facts, ANN) == []


@pytest.mark.parametrize("also", ["Fall meeting", "Autumn; FALL  meeting", "a;;Fall meeting;"])
def test_what_old_answers_call_an_event_can_be_written_beside_it(also: Cell) -> None:
    event = {**held("2025-10-14", "Fall general meeting"), "Also called": also}
    rows = signed_in("Fall meeting", ANN), signed_in("Fall general meeting", ANN)
    facts = night(event, sign_ins=rows)
    assert len(entry(facts, ANN).standing.counted) == 1
    assert said(facts) == ""


@pytest.mark.parametrize("joint", [", ", "; ", ","])
def test_several_events_in_one_cell_are_asked_about_as_such(joint: str) -> None:
    """A form's ticks stand side by side in its sheet; a name may hold a comma of its own."""
    both = held("2025-10-14", "Fall meeting"), held("2025-11-14", "Picnic, indoors")
    (asked,) = questions(
        night(*both, sign_ins=(signed_in(f"Fall meeting{joint}FALL meeting", ANN),))
    )
    assert "one cell has 2 events -> write one row per event" in asked
    alone = night(*both, sign_ins=(signed_in("Picnic, indoors", ANN),))
    assert len(entry(alone, ANN).standing.counted) == 1


def test_a_sheet_of_one_event_does_not_hide_that_the_usual_one_gets_no_more_answers() -> None:
    """Its form was linked anew; a canvass in the spring had a tab of its own."""
    facts = gathered(
        table("event_sign_ins", [{"Email address": BEN}], tab_event="Canvass"),
        today=TODAY,
        events=[
            held("2025-08-05", "August meeting"),
            held("2025-09-02", "September meeting"),
            held("2025-10-07", "October meeting"),
            held("2025-11-04", "Canvass"),
        ],
        sign_ins=[signed_in("August meeting", ANN), signed_in("September meeting", ANN)],
    )
    assert [event.name for event in facts.unsigned] == ["October meeting"]
    assert "its last sign-in is from September 2, 2025; later events have none" in said(facts)


def test_nobody_is_said_to_be_missing_while_the_rows_of_a_sheet_wait_for_its_event() -> None:
    """Whoever followed that note would write of a forum with sign-ins that it was not held."""
    events = [held("2025-08-05", "August meeting"), held("2025-10-07", "Climate forum")]
    sign_ins = [signed_in("August meeting", ANN)]

    def facts(*lines: Line) -> Facts:
        waiting = table("event_sign_ins", lines, tab_event="Forum on climate")
        return gathered(waiting, today=TODAY, events=events, sign_ins=sign_ins)

    assert facts({"Email address": BEN}).unsigned == []
    assert "all 1 rows wait" in said(facts({"Email address": BEN}))
    assert [event.name for event in facts().unsigned] == ["Climate forum"]
    assert "rows wait" not in said(facts())
