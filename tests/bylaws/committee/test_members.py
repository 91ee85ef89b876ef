"""Who sits on the Steering Committee"""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from models.bylaws.counting import CommitteeCount
from models.committee.members import Committee, Member, SlateVote, quorum, size, stepped_aside
from models.committee.nominees import Nominee, Waiver, criteria
from models.committee.terms import Leave, joined, months_after
from models.errors import FixTheData
from tests.cases.reading import EDITION

RULES = EDITION.committee
CONFIRMED = date(2026, 2, 10)
SUMMER = date(2026, 7, 1)
READY: dict[str, Any] = {
    "name": "Lou Lane",
    "events_by_year": {2025: 3},
    "active_in": ("Elections",),
    "dues_paid": True,
    "registered_voter": True,
    "bio": True,
    "summary": True,
}


def member(name: str, **facts: Any) -> Member:
    """A member confirmed in February."""
    return Member(name=name, confirmed=CONFIRMED, **facts)


def sits(one: Member, on: date, *others: Member, rules: CommitteeCount = RULES) -> bool:
    """Whether a member sits on a day, in a committee with others."""
    return one in Committee(members=(one, *others)).sitting(on, rules)


def slate(on: date, many: int = 5) -> tuple[Member, ...]:
    """So many members whom the members confirmed on one day."""
    return tuple(Member(name=f"{on} {number}", confirmed=on) for number in range(many))


def read_otherwise() -> CommitteeCount:
    """The rules with terms that end on their anniversary."""
    terms = RULES.terms.model_copy(update={"value": "anniversary"})
    return RULES.model_copy(update={"terms": terms})


def wrong(*members: Member, on: date = SUMMER) -> list[str]:
    """What the bylaws miss in a committee of these and enough others."""
    others = [member(f"Other {number}") for number in range(5)]
    committee = Committee(members=(*members, *others))
    return [reason.fact for reason in committee.reasons(on, RULES) if not reason.holds]


def failing(**change: Any) -> list[str]:
    """The criteria a nominee misses."""
    return [r.fact for r in criteria(Nominee(**(READY | change)), RULES) if not r.holds]


@pytest.mark.parametrize(("many", "fits"), [(4, False), (5, True), (15, True), (16, False)])
def test_the_committee_has_five_to_fifteen_members(many: int, fits: bool) -> None:
    """SC-1"""
    assert size(many, "members", RULES).holds is fits


def test_a_seat_lasts_until_the_members_confirm_the_next_slate() -> None:
    """SC-1, SC-R5"""
    one, following = member("p"), slate(date(2027, 3, 2))
    assert [sits(one, day) for day in (date(2026, 2, 9), CONFIRMED, date(2027, 3, 1))] == [
        False,
        True,
        True,
    ]
    assert sits(one, date(2027, 3, 1), *following)
    assert not sits(one, date(2027, 3, 2), *following)


def test_who_joins_within_the_year_ends_nobodys_seat() -> None:
    """SC-R5"""
    assert sits(member("p"), SUMMER, Member(name="q", confirmed=date(2026, 6, 2)))


@pytest.mark.parametrize("many", [1, 4])
def test_who_fills_a_vacancy_before_the_annual_meeting_ends_nobodys_seat(many: int) -> None:
    """SC-R5: fewer than a slate has (SC-1), whatever the year."""
    vacancies = slate(date(2027, 1, 15), many)
    assert sits(member("p"), date(2027, 1, 20), *vacancies)
    assert sits(vacancies[0], date(2027, 1, 20), member("p"))
    both = [member("p"), *vacancies, *slate(date(2027, 3, 2))]
    sitting = Committee(members=tuple(both)).sitting(date(2027, 3, 2), RULES)
    assert {one.confirmed for one in sitting} == {date(2027, 3, 2)}


@pytest.mark.parametrize("early", [date(2026, 12, 20), date(2026, 6, 20)])
def test_a_slate_ends_the_seats_of_the_one_before_in_the_same_year(early: date) -> None:
    """SC-1, SC-R5"""
    committee = Committee(members=(*slate(CONFIRMED), *slate(early)))
    for on, confirmed in ((early - timedelta(days=1), CONFIRMED), (early, early)):
        assert {one.confirmed for one in committee.sitting(on, RULES)} == {confirmed}


def test_a_late_slate_ends_with_the_next_one_in_time() -> None:
    """SC-R5"""
    late, following = slate(date(2026, 11, 10)), slate(date(2027, 2, 9))
    committee = Committee(members=(*slate(date(2025, 2, 10)), *late, *following))
    for on, sitting in ((date(2027, 2, 8), late), (date(2027, 2, 9), following)):
        assert committee.sitting(on, RULES) == [*sitting]


@pytest.mark.parametrize(
    ("confirmed", "due"),
    [(date(2026, 9, 30), 2027), (date(2026, 10, 1), 2028), (date(2026, 12, 20), 2028)],
)
def test_a_slate_of_the_last_quarter_is_that_of_the_coming_annual_meeting(
    confirmed: date, due: int
) -> None:
    """SC-R5: so it does not hold over a few months later."""
    committee = Committee(members=slate(confirmed))
    assert committee.seat(committee.members[0], RULES).due == date(due, 4, 1)


def test_a_seat_of_two_years_outlasts_the_slate_in_between() -> None:
    """SC-R5, by another chapter's bylaws"""
    years = RULES.member_term_years.model_copy(update={"value": 2})
    rules = RULES.model_copy(update={"member_term_years": years})
    between, following = slate(date(2027, 3, 9)), slate(date(2028, 1, 20))
    others = (*between, *following)
    assert sits(member("p"), date(2028, 1, 19), *others, rules=rules)
    assert not sits(member("p"), date(2028, 1, 20), *others, rules=rules)
    assert sits(between[0], date(2028, 1, 20), *others[1:], rules=rules)


@pytest.mark.parametrize(("on", "late"), [(date(2027, 3, 31), False), (date(2027, 4, 1), True)])
def test_without_a_slate_in_the_first_quarter_the_members_hold_over(on: date, late: bool) -> None:
    """SC-R5"""
    said = (
        "the first quarter of 2027 brought no choice: 6 members hold over until the members vote "
        "on the next slate"
    )
    assert wrong(member("p"), on=on) == ([said] if late else [])


def test_a_late_slate_ends_what_was_held_over() -> None:
    """SC-R5"""
    one, following = member("p"), slate(date(2027, 5, 4))
    assert sits(one, date(2027, 5, 3), *following)
    assert not sits(one, date(2027, 5, 4), *following)


def test_by_the_other_reading_a_term_lasts_one_year() -> None:
    """SC-1, SC-R5"""
    days = (date(2026, 2, 9), CONFIRMED, date(2027, 2, 9), date(2027, 2, 10))
    rules = read_otherwise()
    assert [sits(member("p"), day, rules=rules) for day in days] == [False, True, True, False]


def test_a_seat_ends_with_resignation_or_recall() -> None:
    """SC-6"""
    gone = member("p", left=date(2026, 6, 1))
    assert sits(gone, date(2026, 5, 31))
    assert not sits(gone, date(2026, 6, 1))


def test_a_slate_that_the_members_confirmed_is_in_the_list() -> None:
    """SC-1"""
    vote = SlateVote(date(2026, 6, 1), confirmed=True)
    said = "the members confirmed a slate on 2026-06-01, and nobody in the list since"
    assert voted(vote) == [said]
    assert voted(vote, on=date(2026, 5, 31)) == []
    assert voted(SlateVote(CONFIRMED, confirmed=True)) == []


def test_who_joined_after_a_slate_does_not_hide_that_the_list_lacks_it() -> None:
    """SC-1"""
    votes = (SlateVote(date(2026, 6, 1), confirmed=True),)
    said = "the members confirmed a slate on 2026-06-01, and only 1 in the list since"
    joined_later = Member(name="p", confirmed=date(2026, 6, 20))
    reasons = Committee(members=(*slate(CONFIRMED), joined_later)).reasons(SUMMER, RULES, votes)
    assert [reason.fact for reason in reasons if not reason.holds] == [said]


def test_a_slate_that_the_members_did_not_confirm_ends_no_seat() -> None:
    """SC-8, SC-R5"""
    no = SlateVote(date(2026, 6, 1), confirmed=False)
    said = "the members did not confirm the slate of 2026-06-01: an ad hoc committee must be formed"
    assert voted(no) == [said]
    assert voted(no, SlateVote(date(2026, 6, 20), confirmed=True), members=date(2026, 6, 21)) == []


def voted(*votes: SlateVote, on: date = SUMMER, members: date = CONFIRMED) -> list[str]:
    """What the members' votes on slates leave to be done for a committee of five."""
    five = tuple(Member(name=f"Other {n}", confirmed=members) for n in range(5))
    reasons = Committee(members=five).reasons(on, RULES, votes)
    return [reason.fact for reason in reasons if not reason.holds]


def test_a_committee_that_has_shrunk_is_told() -> None:
    """SC-1"""
    assert wrong() == []
    left = [member(name, left=SUMMER) for name in "ab"]
    alone = Committee(members=tuple(left))
    assert "0 members; 5 to 15 are allowed" in [r.fact for r in alone.reasons(SUMMER, RULES)]


def test_there_are_three_co_chairs_at_most() -> None:
    """SC-3"""
    chairs = [member(name, co_chair_since=CONFIRMED) for name in "abcd"]
    assert wrong(*chairs[:3]) == []
    assert wrong(*chairs) == ["4 co-chairs; 3 at most"]


@pytest.mark.parametrize(("on", "late"), [(date(2027, 3, 31), False), (date(2027, 4, 1), True)])
def test_co_chairs_are_chosen_every_other_year(on: date, late: bool) -> None:
    """SC-3"""
    chair = Member(name="a", confirmed=date(2027, 1, 9), co_chair_since=date(2025, 2, 1))
    said = "co-chairs are chosen next in the first quarter of 2027"
    others = tuple(Member(name=name, confirmed=date(2027, 1, 9)) for name in "bcde")
    reasons = Committee(members=(chair, *others)).reasons(on, RULES)
    assert [r.fact for r in reasons if not r.holds] == ([said] if late else [])


def test_an_older_co_chair_is_not_hidden_by_a_newer() -> None:
    """SC-3"""
    older = member("a", co_chair_since=date(2025, 2, 1))
    newer = member("b", co_chair_since=date(2026, 3, 1))
    others = tuple(member(name) for name in "cde")
    reasons = Committee(members=(older, newer, *others)).reasons(SUMMER, RULES)
    assert "co-chairs are chosen next in the first quarter of 2027" in [r.fact for r in reasons]


def test_a_co_chair_stays_until_the_next_choice_every_other_year() -> None:
    """SC-3, SC-R5"""
    older = member("a", co_chair_since=date(2025, 2, 1))
    between = member("b", co_chair_since=date(2026, 3, 1))
    following = Member(name="c", confirmed=date(2027, 2, 9), co_chair_since=date(2027, 2, 20))
    again = Member(name="b", confirmed=date(2027, 2, 9), co_chair_since=date(2026, 3, 1))
    before = Committee(members=(older, between))
    assert [*before.chairs(date(2027, 1, 31), RULES)] == ["a", "b"]
    stays = older.model_copy(update={"confirmed": date(2027, 2, 9)})
    after = Committee(members=(stays, again, following))
    assert [*after.chairs(date(2027, 2, 19), RULES)] == ["a", "b"]
    assert [*after.chairs(date(2027, 2, 20), RULES)] == ["b", "c"]
    assert [*before.chairs(date(2027, 1, 31), read_otherwise())] == ["a", "b"]
    assert [*before.chairs(date(2027, 2, 1), read_otherwise())] == ["b"]


def test_a_nominee_who_meets_every_criterion_qualifies() -> None:
    """SC-2"""
    assert failing() == []


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"events_by_year": {2024: 2, 2025: 2}}, "2 events within a calendar year, 3 needed"),
        ({"events_by_year": {}}, "0 events within a calendar year, 3 needed"),
        ({"active_in": ()}, "active in no committee"),
        ({"dues_paid": False}, "dues not paid"),
        ({"registered_voter": False}, "no registered voter"),
        ({"bio": False}, "no bio"),
        ({"summary": False}, "no summary"),
    ],
)
def test_each_criterion_is_asked_for(change: dict[str, Any], fact: str) -> None:
    """SC-2"""
    assert failing(**change) == [fact]


def test_an_exception_is_named_reasoned_and_recorded() -> None:
    """SC-2"""
    waiver = Waiver(
        criterion="dues", reason="greater diversity", by="the committee", on=date(2026, 1, 5)
    )
    change = {"dues_paid": False, "waivers": (waiver,)}
    assert failing(**change) == []
    facts = [r.fact for r in criteria(Nominee(**(READY | change)), RULES)]
    assert "dues not paid; waived on 2026-01-05 by the committee: greater diversity" in facts


def test_a_member_on_leave_is_not_active() -> None:
    """SC-4"""
    away = Leave(first=date(2026, 5, 1), last=date(2026, 5, 31))
    days = (date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1))
    alone = Committee(members=(member("p", leaves=(away,)),))
    assert [len(alone.active(day, RULES)) for day in days] == [1, 0, 0, 1]


def test_a_leave_lasts_six_months_at_most() -> None:
    """SC-4"""
    first = date(2026, 8, 31)
    assert months_after(first, 6) == date(2027, 2, 28)
    assert wrong(member("Pat", leaves=(Leave(first=first, last=date(2027, 2, 27)),))) == []
    too_long = member("Pat", leaves=(Leave(first=first, last=date(2027, 2, 28)),))
    assert wrong(too_long) == ["Pat: a leave longer than 6 months"]


def test_leaves_that_touch_are_one_leave() -> None:
    """SC-R7"""
    spring = Leave(first=date(2026, 3, 1), last=date(2026, 6, 30))
    summer = Leave(first=date(2026, 7, 1), last=date(2026, 9, 30))
    later = Leave(first=date(2026, 7, 2), last=date(2026, 9, 30))
    assert wrong(member("Pat", leaves=(summer, spring))) == ["Pat: a leave longer than 6 months"]
    assert wrong(member("Pat", leaves=(spring, later))) == []
    within = Leave(first=date(2026, 3, 5), last=date(2026, 3, 6))
    assert [*joined((spring, within, later))] == [spring, later]


@pytest.mark.parametrize(
    "facts",
    [
        {"left": CONFIRMED},
        {"left": date(2026, 5, 1), "co_chair_since": date(2026, 5, 2)},
        {"left": date(2026, 5, 1), "leaves": (Leave(first=date(2026, 5, 1), last=SUMMER),)},
    ],
    ids=["before the seat", "before the chair", "before the leave"],
)
def test_nobody_leaves_before_what_they_leave(facts: dict[str, Any]) -> None:
    """SC-6"""
    with pytest.raises(ValidationError, match="`left`"):
        member("p", **facts)


def test_a_leave_ends_after_it_begins() -> None:
    """SC-4"""
    with pytest.raises(ValidationError, match="on or after its first day"):
        Leave(first=date(2026, 5, 2), last=date(2026, 5, 1))


def test_who_is_recused_is_active() -> None:
    """SC-5, SC-R2"""
    away = Leave(first=CONFIRMED, last=date(2026, 12, 31))
    committee = Committee(members=(member("a"), member("b"), member("c", leaves=(away,))))
    active = committee.active(SUMMER, RULES)
    assert len(active) == 2
    assert stepped_aside(active, ["A"], "committee.toml") == 1
    with pytest.raises(FixTheData, match="is not an active member on that day"):
        stepped_aside(active, ["a", "c"], "committee.toml")


def test_quorum_is_of_the_active_who_do_not_step_aside() -> None:
    """SC-4, SC-R2"""
    assert [quorum(active, 0, RULES) for active in (9, 10, 11)] == [7, 7, 8]
    assert quorum(11, 1, RULES) == 7


def test_a_member_sits_once() -> None:
    """SC-1, SC-R2"""
    with pytest.raises(ValidationError, match="members 1 and 3 have the same name"):
        Committee(members=(member("Ann"), member("Bo"), member("ann ")))
    before = Member(name="Ann", confirmed=date(2024, 2, 10), left=date(2025, 1, 5))
    again = Committee(members=(before, member("Ann")))
    assert len(again.active(SUMMER, RULES)) == 1
