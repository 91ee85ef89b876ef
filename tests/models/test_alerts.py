"""Alerts: no person has a place in one, and each is told once (DP-3)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from models.mail.alerts import Alert, AlertKind, KnownAlert, News
from models.privacy import Email, Name, Phone

NOW = datetime(2026, 4, 2, 6, tzinfo=UTC)
REFUSED = AlertKind.NIGHT_REFUSED


@pytest.mark.parametrize(
    "place",
    [
        "ann@example.org", "ann%40example.org", "Ann Alder", "ann alder", "617-555-0199",
        "tel-617-555-0199", "", "-", "a--b", "Night", "n" * 65, "a\nb",
        Email("ann@example.org"), Name("ann"), Phone("6175550199"),
    ],
    ids=repr,
)  # fmt: skip
def test_nobody_can_be_put_into_one(place: Any) -> None:
    for fields in ({"place": place}, {"place": "night", "counts": {place: 1}}):
        with pytest.raises(TypeError, match="no such value belongs in") as said:
            Alert(kind=REFUSED, **fields)
        assert "ann" not in str(said.value).lower()
        assert "6175" not in str(said.value)


@pytest.mark.parametrize("count", [-1, 1.5, "1", "ann@example.org", True, None])
def test_a_count_is_a_number_of_things(count: Any) -> None:
    with pytest.raises(TypeError, match="counts"):
        Alert(kind=REFUSED, place="night", counts={"losing": count})


@pytest.mark.parametrize("place", ["night", "endorsements-2026", "a", "google-forms", "a1"])
def test_words_and_names_of_votes_are_places(place: str) -> None:
    assert Alert(kind=REFUSED, place=place).place == place


@pytest.mark.parametrize(
    ("told", "now", "worse"),
    [
        ({"losing": 5}, {"losing": 5}, False),
        ({"losing": 5}, {"losing": 9}, False),
        ({"losing": 5}, {"losing": 10}, True),
        ({"losing": 5}, {"losing": 1}, False),
        ({"losing": 5}, {"losing": 5, "gaining": 1}, False),
        ({"losing": 5}, {"losing": 5, "gaining": 2}, True),
        ({"had": 5}, {"had": 500}, False),
        ({}, {}, False),
    ],
)
def test_it_is_worse_at_twice_what_was_told(
    told: dict[str, int], now: dict[str, int], worse: bool
) -> None:
    assert Alert(kind=REFUSED, place="night", counts=now).is_worse_than(told) is worse


def test_growth_of_what_its_kind_is_not_judged_by_is_no_news() -> None:
    alert = Alert(kind=AlertKind.NIGHT_CUT_SHORT, place="night", counts={"changes": 100})
    assert not alert.is_worse_than({"changes": 1, "nights": 1})


@pytest.mark.parametrize(
    ("known", "news"),
    [
        ({}, News.FOUND),
        ({"told": {"losing": 3}}, None),
        ({"told": {"losing": 4}}, None),
        ({"told": {"losing": 2}}, News.WORSE),
        ({"over": NOW}, News.OVER),
        ({"told": {"losing": 2}, "over": NOW}, News.OVER),
        ({"told": {"losing": 4}, "over": NOW, "told_over": True}, None),
    ],
)
def test_what_there_is_to_tell(known: dict[str, Any], news: News | None) -> None:
    alert = Alert(kind=REFUSED, place="night", counts={"losing": 4})
    assert KnownAlert(id=1, alert=alert, raised=NOW, seen=NOW, **known).news is news
