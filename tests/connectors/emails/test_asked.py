"""What the welcome asks of a newcomer: every condition there is, in numbers, in two languages."""

from typing import Any

import pytest

from models.bylaws.paths import Membership
from models.membership.ways import ways_of
from models.membership.ways_es import ways_es_of
from tests.models.invented import JPP, day
from tests.models.naive_paths import Text
from tests.models.test_standing_paths import FIRST, bylaws_of

YEAR = {"window": "trailing year"}
EVENTS = {"condition": "events", "at_least": 3, **YEAR, "kinds": []}
ONE = {**EVENTS, "at_least": 1}


def membership(*paths: tuple[dict[str, Any], ...]) -> Membership:
    return bylaws_of((Text(FIRST, paths),)).in_force(day("2026-10-01")).membership


def asked_of(rules: Membership, *, dues: bool = False) -> str:
    return ways_of(rules, dues=dues)["asked"]


def asked_es_of(rules: Membership, *, dues: bool = False) -> str:
    return ways_es_of(rules, dues=dues)["asked"]


def test_jp_progressives() -> None:
    rules = JPP.in_force(day("2026-10-01")).membership
    assert asked_of(rules) == "come to 3 events within a year, or volunteer once within a year"
    assert asked_es_of(rules) == (
        "asista a 3 actividades en un año, o haga voluntariado una vez en un año"
    )


@pytest.mark.parametrize(
    ("condition", "english", "spanish"),
    [
        (ONE, "come to 1 event within a year", "asista a una actividad en un año"),
        ({**EVENTS, "window": "6 months"}, "come to 3 events within 6 months",
         "asista a 3 actividades en 6 meses"),
        ({**EVENTS, "window": "1 month"}, "come to 3 events within 1 month",
         "asista a 3 actividades en un mes"),
        ({**EVENTS, "window": "calendar year"}, "come to 3 events within a calendar year",
         "asista a 3 actividades en un mismo año calendario"),
        ({**EVENTS, "window": "ever"}, "come to 3 events", "asista a 3 actividades"),
        ({**EVENTS, "kinds": ["meeting"]}, "come to 3 meetings within a year", ""),
        ({"condition": "last events", "at_least": 2, "of_last": 5},
         "come to 2 of our last 5 events", "asista a 2 de nuestras últimas 5 actividades"),
        ({"condition": "share of events", "share": "25%", **YEAR},
         "come to 25% of our events within a year", ""),
        ({"condition": "share of events", "share": "1/3", **YEAR},
         "come to 1/3 of our events within a year", ""),
        ({"condition": "on the day", "kinds": ["meeting"]},
         "come to the meeting at which we vote", ""),
        ({"condition": "attended", "kinds": ["meeting"], **YEAR},
         "come to our meeting within a year", ""),
        ({"condition": "volunteered", "at_least": 2, **YEAR},
         "volunteer 2 times within a year", "haga voluntariado 2 veces en un año"),
        ({"condition": "registered", "days": 1}, "be registered for 1 day",
         "lleve 1 día en nuestro registro"),
        ({"condition": "dues paid"}, "pay your dues", "pague sus cuotas"),
        ({"condition": "attested", **YEAR}, "have someone record that you take part", ""),
    ],
)  # fmt: skip
def test_each_condition(condition: dict[str, Any], english: str, spanish: str) -> None:
    rules = membership((condition,))
    assert (asked_of(rules, dues=True), asked_es_of(rules, dues=True)) == (english, spanish)


def test_all_of_a_path_and_either_of_two() -> None:
    rules = membership((ONE, {"condition": "registered", "days": 30}), (EVENTS,))
    assert asked_of(rules) == (
        "come to 1 event within a year and be registered for 30 days, "
        "or come to 3 events within a year"
    )
    assert asked_es_of(rules) == (
        "asista a una actividad en un año y lleve 30 días en nuestro registro, "
        "o asista a 3 actividades en un año"
    )


def test_a_way_that_nothing_reads_is_not_offered() -> None:
    rules = membership(({"condition": "dues paid"},), (EVENTS,))
    assert asked_of(rules) == "come to 3 events within a year"
