"""What Mailchimp leaves out is empty where its counts prove the answer; else it is another's."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from connectors.mailchimp import Audience
from connectors.mailchimp.answers import Batch, Holders, Members, MergeFields, Moved, SegmentList
from connectors.mailchimp.campaign_answers import CampaignList
from connectors.net.responses import Answer
from connectors.sandbox.faults import STRANGERS
from connectors.sandbox.invented import LIST
from models.errors import TryAgainLater
from tests.connectors.mailchimp.test_audience import audience, emails
from tests.flows.town import Town

PAGE = {"list_id": LIST, "total_items": 0}
MOVED = {"total_added": 0, "total_removed": 0, "error_count": 0}
BATCH = {"total_created": 0, "total_updated": 0, "error_count": 0}
LEFT_OUT: list[tuple[type[Any], dict[str, Any]]] = [
    (Members, PAGE),
    (Holders, PAGE),
    (MergeFields, PAGE),
    (SegmentList, PAGE),
    (CampaignList, {"total_items": 0}),
    (Moved, MOVED),
    (Batch, BATCH),
]


@pytest.mark.parametrize(("kind", "told"), LEFT_OUT)
def test_an_empty_list_may_be_left_out(kind: type[Answer], told: dict[str, Any]) -> None:
    kind.model_validate_json(json.dumps(told))


@pytest.mark.parametrize(
    ("kind", "told"),
    [(kind, told, ) for kind, whole in LEFT_OUT
     for told in ({k: v for k, v in whole.items() if k != part} for part in whole)],
)  # fmt: skip
def test_what_proves_it_may_not(kind: type[Answer], told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate_json(json.dumps(told))


def test_a_page_of_campaigns_carries_no_id_so_its_count_must_be_all_it_says() -> None:
    """Or a stranger's page would tell that no letter was ever made."""
    with pytest.raises(ValidationError):
        CampaignList.model_validate_json(b'{"total_items": 0, "status": "ok"}')


@pytest.mark.parametrize(
    ("method", "path", "told", "call"),
    [
        ("GET", "/members$", PAGE | {"total_items": 3}, Audience.read),
        ("GET", "/merge-fields$", PAGE | {"total_items": 3}, Audience.merge_fields),
        (
            "POST",
            "/segments/[0-9]+$",
            MOVED | {"error_count": 1},
            lambda ours: ours.fill_segment("clerk: test", emails(1)),
        ),
    ],
)
def test_a_list_that_is_left_out_although_its_count_says_more_is_none(
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    told: dict[str, Any],
    call: Callable[[Audience], object],
) -> None:
    stranger = (200, "application/json", json.dumps(told).encode())
    monkeypatch.setitem(STRANGERS, "other-200", stranger)
    with audience(town) as ours:
        town.sandbox.faults.matching(method, path, "other-200")
        with pytest.raises(TryAgainLater, match="this is not Mailchimp answering"):
            call(ours)
