"""A sentence of the rules in another language: its fields as that language writes them."""

import pickle
from copy import deepcopy
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from connectors.pages.sentences import Segment, told_in
from models.intake.locations import ReviewItem, SourceLocation, Weight, rows_named
from models.text.sentences import (
    English,
    Joined,
    Sentence,
    SpokenTerm,
    clocked,
    day_said,
    listed,
    named,
    stamped,
    told_by,
)

BOSTON = ZoneInfo("America/New_York")


def spanish(text: str) -> str:
    return "".join(part.text for part in told_in("es", text))


def test_the_english_of_a_sentence_is_its_text() -> None:
    one = Sentence("counted through {last} ({rule})", last=date(2026, 3, 1), rule="VM-R1")
    assert one == "counted through 2026-03-01 (VM-R1)"
    assert told_in("en", one) == [Segment(str(one), "en")]


def test_spanish_says_its_days_as_people_do() -> None:
    one = Sentence("counted through {last} ({rule})", last=date(2026, 3, 1), rule="VM-R1")
    assert told_in("es", one) == [Segment("contó hasta el 1 de marzo de 2026 (VM-R1)", "es")]


def test_a_sentence_within_a_sentence_is_said_too() -> None:
    inner = Sentence("it has not happened yet")
    outer = Sentence("{title}: {fact}", title="Spring vote", fact=inner)
    assert outer == "Spring vote: it has not happened yet"
    assert spanish(outer) == "Spring vote: todavía no ha tenido lugar"


def test_what_is_no_sentence_stays_english_and_is_marked() -> None:
    assert told_in("es", "no such row") == [Segment("no such row", "en")]
    assert told_in("es", Sentence("of no catalogue")) == [Segment("of no catalogue", "en")]


def test_a_part_that_stays_english_is_marked_alone() -> None:
    one = Sentence("{title}: it could not be counted: {why}", title="Mayor", why=English("bug"))
    assert told_in("es", one) == [
        Segment("Mayor: no se podría contar: ", "es"),
        Segment("bug", "en"),
    ]


def test_several_are_joined_by_the_words_of_the_language() -> None:
    both = Joined("; and ", [Sentence("dues not paid"), Sentence("it was canceled")])
    assert both == "dues not paid; and it was canceled"
    assert spanish(both) == "las cuotas no están pagadas; y se canceló"
    assert Joined("; ", []) == ""


@pytest.mark.parametrize(
    ("term", "english", "said"),
    [
        (day_said(date(2026, 3, 4)), "March 4, 2026", "4 de marzo de 2026"),
        (named("meetings", "meeting"), "meetings", "«meeting»"),
        (listed(["Ana", "Iris"]), "Ana and Iris", "Ana e Iris"),
        (
            stamped(datetime(2026, 10, 1, 9, tzinfo=BOSTON)),
            "Thu, Oct 1, 2026, 9:00\u00a0AM",
            "jue 1 oct 2026, 9:00\u00a0a.m.",
        ),
        (
            clocked(datetime(2026, 10, 1, 9, tzinfo=BOSTON)),
            "Thu, October 1, 2026, 9:00 AM EDT",
            "jue 1 de octubre de 2026, 9:00 a.m. EDT",
        ),
    ],
)
def test_a_term_is_written_as_each_language_writes_it(
    term: SpokenTerm, english: str, said: str
) -> None:
    assert term == english
    assert spanish(Sentence("{title}: {fact}", title="x", fact=term)) == f"x: {said}"


def test_a_sentence_of_its_own_begins_with_a_capital_and_ends_with_a_stop() -> None:
    one = Sentence("it was canceled").shaped("It was canceled.", capital=True, stop=True)
    assert one == "It was canceled."
    assert spanish(one) == "Se canceló."
    both = Joined("; ", [Sentence("dues not paid")]).shaped("Dues not paid", capital=True)
    assert spanish(both) == "Las cuotas no están pagadas"


def test_within_a_sentence_it_begins_small() -> None:
    place = Sentence("Form {which} of chapter.toml", which=2)
    small = place.shaped("form 2 of chapter.toml", capital=False)
    assert spanish(small) == "el formulario 2 de chapter.toml"


def test_a_field_can_be_given_anew() -> None:
    build = Sentence("; to build its questions, run `clerk election form {name} --build`", name="x")
    whole = Sentence("the form “{title}” is empty{build}", title="F", build=build)
    assert whole.but(build="") == "the form “F” is empty"


def test_a_value_keeps_a_sentence_and_its_place() -> None:
    reason = Sentence("it was canceled")
    place = SourceLocation("Events", rows_named([3, 8]))
    item = ReviewItem(place=place, weight=Weight.NOTE, reason=reason, next_step="look")
    assert item.reason is reason
    assert str(item.place) == "Events, rows 3 and 8"
    assert spanish(item.place.cell) == "filas 3 y 8"
    assert item.model_dump(mode="json")["reason"] == "it was canceled"


def test_an_error_hands_on_the_sentence_that_it_was_raised_with() -> None:
    reason = Sentence("this is not a date")
    assert told_by(ValueError(reason)) is reason
    assert told_by(ValueError("other")) == "other"
    assert told_by(KeyError()) == ""


def test_a_copy_elsewhere_is_its_english() -> None:
    one = Sentence("counted through {last} ({rule})", last=date(2026, 3, 1), rule="VM-R1")
    assert pickle.loads(pickle.dumps(one)) == str(one)  # noqa: S301 - our own
    assert deepcopy(listed(["Ana"])) == "Ana"
