"""Before the members confirm a slate or the priorities"""

from datetime import date
from typing import Any

import pytest

from models.committee.nominees import TimesAttended
from models.contests.offices import before_opening
from models.errors import FixTheSettings
from models.membership.reasons import Reason
from models.privacy import Name
from tests.bylaws.votes import contest
from tests.cases.reading import EDITION

READY: dict[str, Any] = {
    "events_by_year": {"2025": 3},
    "active_in": ["Elections"],
    "dues_paid": True,
    "registered_voter": True,
    "bio": True,
    "summary": True,
}
WAIVER = {"criterion": "dues", "reason": "diversity", "by": "all", "on": date(2026, 1, 5)}
FIVE = [READY | {"name": f"Nominee {number}"} for number in range(1, 6)]


def asked(on: date = date(2026, 3, 31), **table: Any) -> tuple[Reason, ...]:
    """What is asked of a vote on a slate."""
    whole = {"purpose": "slate", "subject": "The slate", "recommendation": "Yes"} | table
    return before_opening(contest("up-or-down", **whole), EDITION, on)


def missing(**table: Any) -> list[str]:
    """What must still be done before it opens."""
    return [reason.fact for reason in asked(**table) if not reason.holds]


def test_a_slate_of_qualified_nominees_opens() -> None:
    """SC-1, SC-2"""
    assert missing(nominees=FIVE) == []
    assert Reason("SC-2", "Nominee 1 meets every criterion", True) in asked(nominees=FIVE)


def test_a_slate_has_five_to_fifteen_nominees() -> None:
    """SC-1"""
    assert missing(nominees=FIVE[:4]) == ["4 nominees; 5 to 15 are allowed"]
    assert missing() == ["0 nominees; 5 to 15 are allowed"]


def test_the_committee_must_put_the_slate_forward() -> None:
    """SC-1"""
    said = ["the committee has not put it forward"]
    assert missing(nominees=FIVE, recommendation="") == said
    assert missing(nominees=FIVE, recommendation="No") == said


def test_a_nominee_who_misses_a_criterion_keeps_the_vote_shut() -> None:
    """SC-2"""
    unpaid = READY | {"name": "Pat", "dues_paid": False}
    assert missing(nominees=[*FIVE, unpaid]) == ["Pat: dues not paid"]


def sheets(attended: dict[int, int], whole_from: int = 2025, **facts: Any) -> list[str]:
    """What Pat misses when the sheets know Pat's events."""
    nominees = [*FIVE, READY | {"name": "Pat", **facts}]
    asked = contest(
        "up-or-down", purpose="slate", subject="It", recommendation="Yes", nominees=nominees
    )
    known = {Name.parse("pat"): TimesAttended(attended, whole_from)}
    on = date(2026, 3, 31)
    return [r.fact for r in before_opening(asked, EDITION, on, on, known) if not r.holds]


def test_what_the_sheets_say_of_a_nominees_events_goes_before_the_file() -> None:
    """SC-2"""
    said = "Pat: 2 events within a calendar year by the sheets, 3 needed; the contest file says 3"
    assert sheets({2025: 2}) == [said]
    assert sheets({2025: 3}, events_by_year={}) == []
    assert sheets({2025: 2}, waivers=[WAIVER | {"criterion": "events"}]) == []


def test_for_a_year_that_the_sheets_do_not_have_whole_the_file_is_asked_too() -> None:
    """SC-2"""
    assert sheets({2025: 2}, whole_from=2026) == []
    assert sheets({2025: 3}, whole_from=2026, events_by_year={"2025": 1}) == []
    assert len(sheets({}, whole_from=2026, events_by_year={"2026": 3})) == 1


def test_what_has_not_come_cannot_have_been_recorded() -> None:
    """SC-2"""
    late = WAIVER | {"on": date(2026, 4, 1)}
    pat = READY | {"name": "Pat", "dues_paid": False, "waivers": [late]}
    assert missing(nominees=[*FIVE, pat]) == ["Pat: dues waived on 2026-04-01, which has not come"]
    pat = READY | {"name": "Pat", "events_by_year": {"2025": 3, "2027": 1}}
    assert missing(nominees=[*FIVE, pat]) == ["Pat: events of 2027, which has not come"]


@pytest.mark.parametrize("said", ["none", "N/A", "–"])
def test_no_committee_is_none(said: str) -> None:
    """SC-2"""
    with pytest.raises(FixTheSettings, match="name the committee, or leave the list empty"):
        asked(nominees=[READY | {"name": "Pat", "active_in": [said]}])


def test_an_exception_opens_it_and_is_shown() -> None:
    """SC-2"""
    pat = READY | {"name": "Pat", "dues_paid": False, "waivers": [WAIVER]}
    shown = asked(nominees=[*FIVE, pat])
    fact = "Pat: dues not paid; waived on 2026-01-05 by all: diversity"
    assert Reason("SC-2", fact, True) in shown


@pytest.mark.parametrize(("on", "said"), [
    (date(2026, 3, 31), Reason("SC-1", "confirmed in the first quarter, as usual", True)),
    (date(2026, 4, 1), Reason("SC-1", "confirmed after the first quarter, in which it usually is",
                              True, look=True)),
])  # fmt: skip
def test_the_annual_meeting_is_in_the_first_quarter(on: date, said: Reason) -> None:
    """SC-1"""
    assert said in asked(on, nominees=FIVE)


def test_the_committee_proposes_the_priorities() -> None:
    """SC-7"""
    assert missing(purpose="priorities", recommendation="") == [
        "the committee has not put it forward"
    ]
    assert missing(purpose="priorities") == []


def test_only_a_slate_has_nominees() -> None:
    """SC-1"""
    with pytest.raises(FixTheSettings, match="only a slate has nominees"):
        missing(purpose="priorities", nominees=FIVE)


def test_a_slate_has_each_nominee_once() -> None:
    """SC-1"""
    with pytest.raises(FixTheSettings, match="nominees 1 and 5 have the same name"):
        asked(nominees=[*FIVE[:4], READY | {"name": "nominee  1"}])


@pytest.mark.parametrize("missing", ["reason", "by"])
def test_an_exception_without_a_name_or_a_reason_is_none(missing: str) -> None:
    """SC-2"""
    waiver = {"criterion": "dues", "reason": "diversity", "by": "the committee", "on": "2026-01-05"}
    with pytest.raises(FixTheSettings, match=f"{missing}: must not be empty"):
        asked(nominees=[READY | {"name": "Pat", "waivers": [waiver | {missing: " "}]}])


def test_a_committee_without_a_name_is_none() -> None:
    """SC-2"""
    with pytest.raises(FixTheSettings, match="must not be empty"):
        asked(nominees=[READY | {"name": "Pat", "active_in": [""]}])
    with pytest.raises(FixTheSettings, match="name is empty"):
        asked(nominees=[READY | {"name": " "}])
