"""From sheets to the roll: every row in the result or in the review, each with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.intake.locations import Weight
from models.intake.participation import Event
from models.intake.people import PersonId
from models.membership.voting_status import Status
from models.unmask import reveal
from tests.models.invented import (
    BY_CALENDAR_YEAR,
    Line,
    day,
    entry,
    exception,
    gathered,
    held,
    registered,
    said,
    signed_in,
    table,
    volunteered,
)

ANN, BEN = "ann@example.org", "ben@example.org"
FORUM = held("2025-10-14", "Housing forum", kind="Forum")
EVENTS = [FORUM, held("2025-10-14", "Meeting"), held("2025-11-11", "Meeting")]


def after(*sign_ins: Line, events: tuple[Line, ...] = (FORUM,)) -> str:
    """What the review says after some sign-ins."""
    return said(gathered(today="2025-12-01", events=events, sign_ins=sign_ins))


# ── which event was meant ──


@pytest.mark.parametrize(
    "text",
    ["Housing forum", " HOUSING  forum ", "2025-10-14 Housing forum", "housing forum 2025-10-14",
     "Housing forum:"],
)  # fmt: skip
def test_an_event_answers_to_its_name_with_and_without_its_date(text: str) -> None:
    facts = gathered(today="2025-12-01", events=[FORUM], sign_ins=[signed_in(text, ANN)])
    assert len(entry(facts, ANN).standing.counted) == 1


def test_an_event_that_matches_none_is_asked_about_with_the_closest() -> None:
    assert after(signed_in("Housng forum", ANN)) == (
        "Sign-ins!2:2 [question] no event has this name; did you mean “2025-10-14 Housing forum”? "
        "-> correct the name, or write it under “Also called” of its event, or add the event to "
        "the Events tab "
    )


def test_an_event_like_no_other_is_asked_about_without_a_hint() -> None:
    assert "[question] no event has this name ->" in after(signed_in("???", ANN))
    assert "[question] no event has this name ->" in after(signed_in("Picnic", ANN))


def test_a_name_that_two_events_share_is_settled_by_the_rows_day_or_asked() -> None:
    twice = held("2025-10-14", "Meeting"), held("2025-11-11", "Meeting")
    facts = gathered(
        today="2025-12-01",
        events=twice,
        sign_ins=[
            signed_in("Meeting", ANN, at="2025-11-11"),
            signed_in("Meeting", BEN, at="2025-11-12"),
            signed_in("Meeting", "cy@example.org"),
        ],
    )
    assert [str(e.day) for e in entry(facts, ANN).standing.counted] == ["2025-11-11"]
    asked = "2 events have this name, and the row's date does not show which one"
    assert [item.reason for item in facts.review] == [asked, asked]
    assert "write the event's date before its name" in facts.review[0].next_step


def test_a_row_far_from_the_day_of_its_event_is_counted_and_pointed_out_once() -> None:
    rows = [signed_in("Housing forum", who, at="2025-11-11") for who in (ANN, BEN)]
    assert after(*rows) == (
        "Sign-ins!2:2 [note] rows dated November 11, 2025, name the event of October 14, 2025; "
        "they count for that event -> if they were at another event of this name, add it to the "
        "Events tab VM-R2"
    )


@pytest.mark.parametrize("at", ["2025-10-11", "2025-10-14", "2025-10-17"])
def test_a_sheet_typed_in_within_three_days_is_not(at: str) -> None:
    assert after(signed_in("Housing forum", ANN, at=at)) == ""


def test_an_address_in_the_events_name_is_no_hint() -> None:
    events = (held("2025-10-14", "Tea with ann@example.org"),)
    assert ANN not in after(signed_in("Tea with ann@exampl.org", BEN), events=events)


def test_a_tab_of_one_event_needs_no_event_column() -> None:
    tab = table("event_sign_ins", [{"Email address": ANN}], tab_event="Housing forum")
    facts = gathered(tab, today="2025-12-01", events=[FORUM])
    assert len(entry(facts, ANN).standing.counted) == 1


def test_a_tab_whose_event_nobody_knows_is_asked_about_once_and_its_rows_wait() -> None:
    tab = table("event_sign_ins", [{"Email address": ANN}] * 40, tab_event="Picnic")
    facts = gathered(tab, today="2025-12-01", events=[FORUM])
    assert said(facts).startswith("One event [question] all 40 rows wait: no event has this name")
    (box,) = (box for box in facts.boxes if box.source == "One event")
    assert (box.rows, box.records, box.set_aside) == (40, 0, 40)


# ── what becomes of exceptions ──


def test_an_exception_about_an_unknown_event_is_asked_about() -> None:
    facts = gathered(
        today="2025-12-01",
        events=[FORUM],
        exceptions=[exception("attended", ANN, event="Picnic")],
    )
    assert "Exceptions!2:2 [question] no event has this name" in said(facts)


@pytest.mark.parametrize("what", ["attended", "did not attend"])
def test_an_exception_about_a_household_says_who(what: str) -> None:
    facts = gathered(
        today="2025-12-01",
        events=[FORUM],
        registrations=[
            registered("Ann Alder", "home@example.org"),
            registered("Ben Alder", "home@example.org"),
        ],
        exceptions=[exception(what, "home@example.org", event="Housing forum")],
    )
    assert "Exceptions!2:2 [question] several registered people share this address" in said(facts)


def test_an_exception_may_name_somebody_the_sheets_do_not() -> None:
    facts = gathered(
        today="2025-12-01",
        events=[FORUM],
        exceptions=[exception("attended", BEN, name="Ben Birch", event="Housing forum")],
    )
    assert len(entry(facts, BEN).standing.counted) == 1


def test_a_same_person_exception_adds_up_what_two_addresses_attended() -> None:
    meetings = [held(f"2025-{month}-10", f"Meeting {month}") for month in ("09", "10", "11")]
    facts = gathered(
        today="2025-12-01",
        events=meetings,
        sign_ins=[
            signed_in("Meeting 09", ANN),
            signed_in("Meeting 10", ANN),
            signed_in("Meeting 11", "ann.work@example.org"),
        ],
        exceptions=[exception("Same person", ANN, other_address="ann.work@example.org")],
    )
    assert entry(facts, ANN).standing.can_vote
    assert facts.review == []


# ── the roll itself ──


def test_the_roll_counts_everybody_once() -> None:
    facts = gathered(
        today="2025-12-01",
        events=[FORUM, held("2025-11-11", "Meeting")],
        registrations=[registered("Ann Alder", ANN)],
        sign_ins=[signed_in("Housing forum", BEN), signed_in("Meeting", BEN)],
        volunteers=[volunteered("2025-11-15", "Canvass", "cy@example.org")],
    )
    roll = facts.roll(day("2025-12-01"))
    assert roll.counts() == {Status.VOTING: 1, Status.ONE_AWAY: 1, Status.NOT_YET: 1}
    assert [reveal(e.person.addresses[0]) for e in roll.voting()] == ["cy@example.org"]


def test_what_did_not_count_is_told_with_the_reason() -> None:
    events = [
        held("2024-10-14", "Old meeting"),
        held("2025-10-15", "Off", status="cancelled"),
        held("2025-10-16", "Picnic", kind="Picnic"),
        held("2025-10-17", "Party", counts="no"),
        held("2025-12-09", "Next meeting"),
        FORUM,
    ]
    facts = gathered(
        today="2025-12-01",
        events=events,
        sign_ins=[signed_in(str(line["Event"]), ANN) for line in events],
    )
    found = facts.not_counted(entry(facts, ANN).person.id, day("2025-12-01"))
    assert [(event.name, why) for event, why in found] == [
        ("Old meeting", "counted through 2025-10-14 (VM-R1)"),
        ("Off", "it was canceled"),
        ("Picnic", "a picnic does not count unless it is marked as counting"),
        ("Party", "it is marked as not counting"),
        ("Next meeting", "it has not happened yet"),
    ]


def test_what_was_missed_is_what_would_have_counted() -> None:
    """Held, inside the window, of a kind that counts, and no sign-in of theirs (VM-1, VM-R1)."""
    facts = gathered(
        today="2025-12-01",
        events=[
            held("2024-10-14", "Old meeting"),
            held("2025-10-15", "Off", status="cancelled"),
            held("2025-10-16", "Picnic", kind="Picnic"),
            held("2025-12-09", "Next meeting"),
            held("2025-11-11", "Meeting"),
            held("2025-11-18", "Other meeting"),
            FORUM,
        ],
        registrations=[registered("Ann Alder", ANN)],
        sign_ins=[signed_in("Meeting", ANN)],
        volunteers=[volunteered("2025-11-15", "Canvass", BEN)],
    )
    missed = facts.missed(entry(facts, ANN).person.id, day("2025-12-01"))
    assert [event.name for event in missed] == [FORUM["Event"], "Other meeting"]


def test_a_day_before_the_bylaws_is_refused_and_told_what_to_do() -> None:
    facts = gathered(today="2025-12-01", volunteers=[volunteered("2015-05-05", "Canvass", ANN)])
    assert not entry(facts, ANN).standing.can_vote
    with pytest.raises(FixTheSettings) as caught:
        facts.roll(day("2015-06-01"))
    assert "use a day from 2016-01-01 on" in caught.value.next_step


def test_the_review_begins_with_what_could_not_be_used() -> None:
    facts = gathered(
        today="2025-12-01",
        events=[FORUM, held("2025-12-24", "Carols")],
        sign_ins=[signed_in("Carols", ANN), signed_in("Picnic", ANN), signed_in("", ANN)],
    )
    assert [item.weight for item in facts.review] == [
        Weight.SET_ASIDE,
        Weight.QUESTION,
        Weight.NOTE,
    ]


def test_the_window_of_the_edition_rules_the_whole_roll() -> None:
    facts = gathered(
        today="2026-01-02",
        bylaws=BY_CALENDAR_YEAR,
        events=[held(f"2025-12-0{n}", f"Meeting {n}") for n in (1, 2, 3)],
        sign_ins=[signed_in(f"Meeting {n}", ANN) for n in (1, 2, 3)],
    )
    assert entry(facts, ANN, on="2025-12-31").standing.can_vote
    assert not entry(facts, ANN, on="2026-01-01").standing.can_vote


# ── every row accounted for, and none repeated ──

SECRET = "Zyxwvut Qponml", "zyxwvut.qponml@example.org", "zyxwvut.qponml@", "Zyxwvut"
ANYTHING = st.sampled_from([*SECRET, "Housing forum", "2025-10-14", "yes", "attended", ""])


@given(st.data())
def test_nothing_said_about_any_row_repeats_a_name_or_an_address(data: st.DataObject) -> None:
    def tab(kind: str) -> list[Line]:
        headers = COLUMNS[kind].headers.values()
        return data.draw(
            st.lists(st.fixed_dictionaries(dict.fromkeys(headers, ANYTHING)), max_size=4)
        )

    facts = gathered(
        table("event_sign_ins", tab("event_sign_ins"), tab_event="Housing forum"),
        today="2025-12-01",
        events=EVENTS,
        sign_ins=tab("sign_ins"),
        volunteers=tab("volunteers"),
        registrations=tab("registrations"),
        exceptions=tab("exceptions"),
    )
    told = said(facts).casefold() + repr(facts.review).casefold() + repr(facts.known).casefold()
    assert "zyxwvut" not in told
    assert "qponml" not in told


WHO = st.sampled_from([ANN, BEN, "home@example.org", "", "not an address", "a@example.org b@c.d"])
NAMES = st.sampled_from(["", "Ann Alder", "Ben Alder", "ann alder"])
WHAT = st.sampled_from(["Housing forum", "Meeting", "", "Picnic", "2025-11-11 Meeting"])
WHEN = st.sampled_from(["", "2025-10-14", "2025-11-11", "2026-02-30", "soon"])


@given(
    st.lists(st.builds(signed_in, WHAT, WHO, NAMES, at=WHEN), max_size=8),
    st.lists(st.builds(volunteered, WHEN, WHAT, WHO, NAMES), max_size=4),
    st.lists(st.builds(registered, NAMES, WHO), max_size=4),
)
def test_every_row_is_in_the_result_or_in_the_review(
    sign_ins: list[Line], volunteers: list[Line], registrations: list[Line]
) -> None:
    facts = gathered(
        today="2025-12-01",
        events=EVENTS,
        sign_ins=sign_ins,
        volunteers=volunteers,
        registrations=registrations,
    )
    for box in facts.boxes:
        assert box.rows == box.records + box.set_aside + box.unsent
    left = {i.place for i in facts.review if i.weight is not Weight.NOTE}
    left_rows = {"".join(c for c in p.cell.split(":")[0] if c.isdigit()) for p in left
                 if p.source == "Sign-ins"}  # fmt: skip
    people = facts.known.people
    for number, line in enumerate(sign_ins, start=2):
        if not any(text for field, text in line.items() if field != "Event"):
            continue  # nobody sent it
        used = any(
            _is_the_event(facts.events[e], line)
            for n, attended in facts.attended.items()
            if line["Email address"] in {reveal(a) for a in people[n].addresses}
            for e in attended
        )
        assert used or str(number) in left_rows


def _is_the_event(event: Event, line: Line) -> bool:
    return event.name in str(line["Event"])


@given(st.lists(st.builds(signed_in, WHAT, WHO, NAMES, at=WHEN), max_size=8))
def test_the_order_of_the_rows_is_irrelevant_to_the_roll(sign_ins: list[Line]) -> None:
    def standings(lines: list[Line]) -> dict[PersonId, int]:
        facts = gathered(
            today="2025-12-01",
            events=EVENTS,
            sign_ins=lines,
            registrations=[
                registered("Ann Alder", "home@example.org"),
                registered("Ben Alder", "home@example.org"),
            ],
        )
        roll = facts.roll(facts.today)
        return {person: len(e.standing.counted) for person, e in roll.entries.items()}

    assert standings(sign_ins) == standings(sign_ins[::-1])
