"""Sources of which no row can be used: which they are, and when a person is asked."""

from collections import Counter
from dataclasses import replace

import pytest

from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.intake.row_results import RowCounts
from models.intake.unusable import Unusable, news, unusable

BOX = RowCounts("Sign-ins", "sign_ins", rows=40, records=0, set_aside=40)


def item(reason: str, source: str = "Sign-ins", weight: Weight = Weight.SET_ASIDE) -> ReviewItem:
    place = SourceLocation(source, "B2")
    return ReviewItem(place=place, weight=weight, reason=reason, next_step="mend it")


@pytest.mark.parametrize(
    ("box", "is_one"),
    [
        (BOX, True),
        (replace(BOX, records=1, set_aside=39), False),
        (replace(BOX, records=10, set_aside=30, nobody=6, strange=Counter(x=4)), True),
        (replace(BOX, records=10, set_aside=30, nobody=9), False),
        (replace(BOX, records=40, set_aside=0, strange=Counter(x=39, y=1)), True),
        (replace(BOX, records=40, set_aside=0, strange=Counter(x=40)), False),
        (replace(BOX, rows=0, set_aside=0), False),
        (replace(BOX, asked_whole=True), False),
        (replace(BOX, set_aside=0, unsent=40), True),
        (replace(BOX, set_aside=0, unsent=40, asked_whole=True), False),
        (replace(BOX, set_aside=0, records=1, unsent=39), False),
    ],
)
def test_a_source_is_unusable_when_no_row_of_it_says_anything(box: RowCounts, is_one: bool) -> None:
    assert bool(unusable([box], [])) is is_one


def test_it_says_where_how_many_what_and_what_to_do() -> None:
    review = [
        item("the date is impossible"),
        item("no event has this name; did you mean “Forum”?", weight=Weight.QUESTION),
        item("no event has this name; did you mean “Social”?", weight=Weight.QUESTION),
        *[item("of another tab", "Events")] * 5,
        *[item("of no weight", weight=Weight.NOTE)] * 5,
    ]
    (told,) = unusable([BOX], review)
    assert str(told) == (
        "none of the 40 rows of “Sign-ins” can be used: no event has this name; mend it"
    )


def test_of_a_tab_of_helper_values_alone_it_says_that_nobody_stands_there() -> None:
    (told,) = unusable([replace(BOX, set_aside=0, unsent=40)], [])
    assert str(told).startswith(
        "none of the 40 rows of “Sign-ins” can be used: none of them has a time or a person"
    )


def test_what_is_said_of_the_whole_goes_before() -> None:
    whole = ReviewItem(
        place=SourceLocation("Sign-ins", ""),
        weight=Weight.QUESTION,
        reason="a question is gone; perhaps",
        next_step="name it",
    )
    (told,) = unusable([BOX], [item("the date is impossible"), item("no address"), whole])
    assert (told.reason, told.next_step) == ("a question is gone", "name it")


@pytest.mark.parametrize(
    ("rows", "told", "asked"),
    [(1, 0, False), (2, 0, True), (40, 0, True), (40, 40, False), (79, 40, False), (80, 40, True)],
)
def test_a_person_is_asked_once_and_again_at_twice_as_many(
    rows: int, told: int, asked: bool
) -> None:
    one = Unusable("Sign-ins", "sign_ins", rows, "", "")
    known = {one.key: told} if told else {}
    assert bool(news([one], known, at_least=2)) is asked
