"""Amendments: an edition of the bylaws judges its own days, a future one changes nothing before."""

import pytest

from models.errors import FixTheSettings
from models.membership.voting_status import Status
from tests.models.invented import (
    BY_CALENDAR_YEAR,
    amended,
    day,
    entry,
    event,
    gathered,
    helped,
    judged,
    said,
    volunteered,
)

FOUR_NEEDED = amended(starting="2026-01-01", events_needed=4)
TWO_NEEDED = amended(starting="2026-01-01", events_needed=2)
THREE = event("2025-09-09"), event("2025-10-14"), event("2025-11-11")


def test_an_amendment_changes_nothing_before_the_day_it_comes_into_force() -> None:
    """VM-1"""
    assert judged(*THREE, on="2025-12-31", bylaws=FOUR_NEEDED).can_vote


def test_an_amendment_judges_from_the_day_it_comes_into_force() -> None:
    """VM-1"""
    standing = judged(*THREE, on="2026-01-01", bylaws=FOUR_NEEDED)
    assert standing.status is Status.ONE_AWAY
    assert standing.edition == "amended"


def test_a_status_known_to_end_with_an_amendment_says_so_beforehand() -> None:
    """VM-1, VM-R5"""
    standing = judged(*THREE, on="2025-12-01", bylaws=FOUR_NEEDED)
    assert standing.spell is not None
    assert str(standing.spell.until) == "2025-12-31"


def test_a_status_that_both_editions_give_runs_on_without_a_break() -> None:
    """VM-1"""
    standing = judged(*THREE, on="2026-02-01", bylaws=TWO_NEEDED)
    assert standing.spell is not None
    assert (str(standing.spell.since), str(standing.spell.until)) == ("2025-11-11", "2026-10-14")


def test_a_status_given_by_the_amendment_begins_with_it() -> None:
    """VM-1"""
    two = THREE[:2]
    assert judged(*two, on="2025-12-31", bylaws=TWO_NEEDED).status is Status.ONE_AWAY
    standing = judged(*two, on="2026-01-01", bylaws=TWO_NEEDED)
    assert standing.spell is not None
    assert str(standing.spell.since) == "2026-01-01"


def test_one_event_away_ends_with_the_edition_that_gives_the_vote() -> None:
    """VM-R5"""
    standing = judged(*THREE[:2], on="2025-12-01", bylaws=TWO_NEEDED)
    assert standing.spell is not None
    assert (str(standing.spell.since), str(standing.spell.until)) == ("2025-10-14", "2025-12-31")


def test_the_window_is_that_of_the_edition_in_force_on_the_day() -> None:
    """VM-R1"""
    both = amended(starting="2026-01-01", window="calendar year")
    assert judged(*THREE, on="2025-12-31", bylaws=both).can_vote
    assert not judged(*THREE, on="2026-01-01", bylaws=both).can_vote
    assert judged(*THREE, on="2025-12-31", bylaws=BY_CALENDAR_YEAR).can_vote


def test_the_kinds_are_those_of_the_edition_in_force_on_the_day() -> None:
    """VM-2"""
    meetings = ["monthly meeting", "volunteer activity"]
    no_forums = amended(starting="2026-01-01", qualifying_kinds=meetings)
    three = (*THREE[:2], event("2025-11-11", kind="forum"))
    assert judged(*three, on="2025-12-31", bylaws=no_forums).can_vote
    assert not judged(*three, on="2026-01-01", bylaws=no_forums).can_vote


@pytest.mark.parametrize(
    ("kinds", "helping"),
    [(["monthly meeting", "canvass"], ["canvass"]), (["canvass", "phone bank"], ["phone bank"])],
)
@pytest.mark.parametrize("before", ["volunteer activity", ""])
def test_what_the_log_names_is_volunteering_whatever_an_amendment_calls_it(
    kinds: list[str], helping: list[str], before: str
) -> None:
    """VM-1, VM-2"""
    log = [volunteered("2025-10-18", "Doors", "ann@example.org")]
    changed = amended(starting="2025-12-01", qualifying_kinds=kinds, volunteer_kinds=helping)
    if not before:  # the amendment is the first to count it
        without = amended(volunteer_kinds=[]).editions[0]
        changed = changed.model_copy(update={"editions": (without, changed.editions[-1])})
    facts = gathered(today="2026-02-01", bylaws=changed, volunteers=log)
    assert entry(facts, "ann@example.org").standing.can_vote
    assert said(facts) == ""


def test_more_volunteer_activities_may_be_asked_for() -> None:
    """VM-1"""
    two_helps = amended(volunteer_activities_needed=2)
    assert not judged(helped("2025-10-18"), on="2025-12-01", bylaws=two_helps).can_vote
    both = helped("2025-10-18"), helped("2025-11-18")
    assert judged(*both, on="2025-12-01", bylaws=two_helps).can_vote


def test_a_day_before_the_first_edition_has_no_answer() -> None:
    """VM-1"""
    with pytest.raises(
        FixTheSettings, match="no version of the bylaws was in effect on 2015-12-31"
    ):
        judged(*THREE, on="2015-12-31")
    assert FOUR_NEEDED.in_force(day("2016-01-01")).name != "amended"


def test_an_activity_older_than_the_first_edition_does_no_harm() -> None:
    """VM-1"""
    assert judged(helped("2015-12-31"), on="2016-01-01").can_vote
