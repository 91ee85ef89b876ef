"""A field that a chapter requires and that stands empty is no reason for Mailchimp to refuse ours.

`skip_merge_validation` of the official reference: POST /lists/{list_id}.
"""

import pytest

from connectors.sandbox.mailchimp.state import MergeField
from models.membership.voting_status import Status
from tests.conftest import Clock
from tests.contract.prism import NotHere
from tests.contract.referee_mailchimp import check_mailchimp
from tests.flows.test_delivery import NIA, joins
from tests.flows.town import MARKS, Town


@pytest.fixture
def strict(town: Town) -> Town:
    """A town whose audience requires a field that nobody has filled in."""
    town.audience.fields[99] = MergeField(99, "WARD", "Ward", required=True)
    joins(town)
    return town


def test_a_required_field_of_the_chapters_stands_in_nobodys_way(strict: Town) -> None:
    assert strict.night().refused.total() == 0
    assert strict.member(NIA).merge_fields[MARKS.status] == Status.VOTING
    assert "WARD" not in strict.member(NIA).merge_fields


def test_nothing_is_posted_again_the_night_after(strict: Town, clock: Clock) -> None:
    strict.night(tell_everyone=True)
    clock.go(days=1)
    strict.sandbox.reset()
    strict.night()
    assert [line for line in strict.writes() if "/lists/" in line] == []


def test_the_specification_has_nothing_against_it(strict: Town) -> None:
    strict.night()
    batches = [e for e in strict.sandbox.requests("mailchimp") if e.query and e.method == "POST"]
    assert {("skip_merge_validation", "true")} == {pair for e in batches for pair in e.query}
    try:
        assert [fault for e in batches for fault in check_mailchimp(e)] == []
    except NotHere as absent:
        pytest.skip(str(absent))
