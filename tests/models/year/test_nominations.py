"""Nominations row by row: what counts, and what is asked (SC-2)."""

from datetime import date
from typing import Any

import pytest

from models.intake.locations import Weight
from models.intake.tables import Cell
from models.privacy import Email
from models.year.nominations import Nominated, nominated, of_earlier_years
from tests.models.year.tabs import asked, read

ANN: dict[str, Cell] = {
    "at": "2026-01-05",
    "name": "Ann Alder",
    "address": "ann@example.org",
    "bio": "Of Green Street.",
    "summary": "Knocked on doors.",
    "activities": "A forum.",
    "committees": "elections",
    "registered_voter": "yes",
}
WAIVER: dict[str, Cell] = {
    "name": "Ann Alder", "address": "ann@example.org", "exception": "dues",
    "exception_reason": "greater diversity", "exception_by": "the committee",
    "exception_on": "2026-02-01",
}  # fmt: skip


def people(*rows: dict[str, Cell]) -> list[Nominated]:
    book = read(nominations=list(rows))
    assert asked(book) == []
    return nominated(book.nominations)


def test_who_nominates_themselves_agrees() -> None:
    (ann,) = people(ANN)
    assert (ann.name, ann.agrees, ann.committees, ann.registered_voter) == (
        "Ann Alder", True, ("Elections",), True,
    )  # fmt: skip
    assert "ann@" not in repr(ann)
    assert "Ann" not in repr(ann)


def test_the_newest_row_counts_field_by_field() -> None:
    later = {
        "at": "2026-01-09",
        "name": "Ann B. Alder",
        "address": "ANN@example.org",
        "bio": "New.",
    }
    for rows in ((ANN, later), (later, ANN)):
        (ann,) = people(*rows)
        assert (ann.name, ann.bio, ann.summary) == ("Ann B. Alder", "New.", "Knocked on doors.")


def test_of_one_day_the_later_time_counts() -> None:
    early, late = {**ANN, "at": "2026-01-05 09:00:00"}, {**ANN, "at": "2026-01-05 21:00:00"}
    assert people({**late, "bio": "Late."}, {**early, "bio": "Early."})[0].bio == "Late."


def test_an_empty_no_is_no_answer_and_a_no_is_one() -> None:
    (ann,) = people(ANN, {**ANN, "at": "2026-01-06", "registered_voter": "no"})
    assert ann.registered_voter is False


@pytest.mark.parametrize(("consents", "agrees"), [(None, None), ("yes", True), ("no", False)])
def test_who_is_nominated_by_another_must_agree(consents: Cell, agrees: bool | None) -> None:
    (ann,) = people({**ANN, "other_address": "bo@example.org", "consents": consents})
    assert ann.agrees is agrees


def test_who_takes_it_back_or_comes_round_is_taken_at_the_last_word() -> None:
    other: dict[str, Cell] = {**ANN, "other_address": "bo@example.org"}
    (ann,) = people(other, {**ANN, "at": "2026-01-06"})
    assert ann.agrees is True, "nominated themselves after another had"
    (ann,) = people(ANN, {**other, "at": "2026-01-06"})
    assert ann.agrees is True, "another's later row says nothing of it"
    (ann,) = people(ANN, {**ANN, "at": "2026-01-06", "consents": "no"})
    assert ann.agrees is False


def test_two_people_of_one_name_are_two_by_their_addresses() -> None:
    found = people(ANN, {**ANN, "address": "other.ann@example.org", "bio": "Of Centre Street."})
    assert [one.bio for one in found] == ["Of Green Street.", "Of Centre Street."]


def test_a_household_shares_an_address_and_stays_two() -> None:
    found = people(ANN, {**ANN, "name": "Bob Alder", "bio": "Of the garden."})
    assert [(one.name, one.bio) for one in found] == [
        ("Ann Alder", "Of Green Street."),
        ("Bob Alder", "Of the garden."),
    ]


def test_two_addresses_of_one_person_are_one_nominee() -> None:
    book = read(nominations=[ANN, {**ANN, "at": "2026-01-06", "address": "a.alder@example.org"}])
    (ann,) = nominated(book.nominations, lambda _: "p-ann")
    assert ann.addresses == (Email.parse("a.alder@example.org"), Email.parse("ann@example.org"))


def test_an_exception_nominates_nobody_and_counts_beside_a_nomination() -> None:
    assert people(WAIVER) == []
    (ann,) = people({**ANN, "other_address": "bo@example.org"}, WAIVER)
    assert [(one.criterion, one.by) for one in ann.waivers] == [("dues", "the committee")]
    assert ann.agrees is None, "whoever writes the exception down does not agree for the nominee"


@pytest.mark.parametrize(
    ("row", "weight", "cell", "reason"),
    [
        ({"at": None}, "question", "A2", "no day, so nobody knows for which slate it is"),
        ({"address": None}, "question", "C2", "this nominee has no address, so their events"),
        ({"address": "ann at home"}, "set aside", "C2", ""),
        ({"name": None}, "set aside", "B2", "the nominee's name is missing"),
        ({"name": "Ann | Alder"}, "set aside", "B2", "a ballot cannot show this as a name"),
        ({"at": "2026-02-11"}, "question", "A2", "this day has not come"),
    ],
)
def test_a_row_that_nominates_nobody_says_why(
    row: dict[str, Cell], weight: str, cell: str, reason: str
) -> None:
    book = read(nominations=[ANN | row, {**ANN, "address": "bo@example.org"}])
    assert len(book.nominations) == 1
    ((told, place, why),) = asked(book)
    assert (told, place) == (weight, f"Nominations!{cell}")
    assert reason in why


@pytest.mark.parametrize(
    ("row", "weight", "cell", "reason"),
    [
        (
            {"committees": "Election; Forums"},
            "question", "I2", "the bylaws list no committee of this name; the nearest is Elections",
        ),
        (
            {"committees": "Zoology"},
            "question", "I2",
            ("the bylaws list no committee of this name; they are Elections, Volunteers, Diversity "
            "and Inclusion, Issue Working Groups, Governance, Forums"),
        ),
        (
            {"bio": "x" * 1001},
            "question", "F2", "this text has 1,001 characters; a ballot shows at most 1,000",
        ),
        ({"registered_voter": "maybe"}, "note", "J2", "this is neither yes nor no"),
        ({"consents": "perhaps"}, "note", "E2", "this is neither yes nor no"),
        (
            {"exception": "due"},
            "question", "K2", "there is no criterion of this name; the nearest is “dues”",
        ),
        ({"exception": "dues"}, "question", "L2", "an exception needs its reason"),
        (
            {**WAIVER, "exception_by": None},
            "question", "M2", "an exception needs the name of whoever decided it",
        ),
        (
            {**WAIVER, "exception_on": None},
            "question", "N2", "an exception needs the day on which it was decided",
        ),
        ({**WAIVER, "exception_on": "2026-02-11"}, "question", "N2", "this day has not come"),
        (
            {**WAIVER, "exception_reason": "x" * 501},
            "question", "L2", "the reason, or who decided, has more than 500 characters",
        ),
    ],
)  # fmt: skip
def test_what_a_row_can_do_without_is_asked_about_and_the_row_stays(
    row: dict[str, Any], weight: str, cell: str, reason: str
) -> None:
    book = read(nominations=[ANN | row])
    (ann,) = nominated(book.nominations)
    assert (ann.name, ann.waivers) == ("Ann Alder", ())
    assert asked(book) == [(weight, f"Nominations!{cell}", reason)]


def test_a_text_or_exception_at_the_border_is_taken() -> None:
    (ann,) = people({**ANN, **WAIVER, "bio": "x" * 1000, "exception_on": "2026-02-10"})
    assert len(ann.bio) == 1000
    assert len(ann.waivers) == 1


def test_no_committee_is_no_question() -> None:
    (ann,) = people({**ANN, "committees": "none; n/a"})
    assert ann.committees == ()


def test_nothing_that_is_asked_says_who() -> None:
    book = read(nominations=[{**ANN, "committees": "Ann's own", "exception": "ann@example.org"}])
    assert len(book.review) == 2
    assert not any("Ann" in str(one) or "example" in str(one) for one in book.review)


def test_a_row_of_an_earlier_year_nominates_nobody_and_is_asked_about() -> None:
    """SC-2: a year before the confirmation, to the day."""
    undated = {**WAIVER, "exception_on": "2025-02-01"}
    rows = read(nominations=[ANN, {**ANN, "at": "2025-02-09"}, undated, WAIVER]).nominations
    day = date(2026, 2, 10)
    assert [row.is_before(day) for row in rows] == [False, False, True, False]
    assert [row.is_before(date(2026, 2, 11)) for row in rows] == [False, True, True, False]
    assert not rows[0].model_copy(update={"day": None}).is_before(date.max)
    (asked_of,) = of_earlier_years(rows, day)
    assert (str(asked_of.place), asked_of.weight, asked_of.rule) == (
        str(rows[2].place), Weight.QUESTION, "SC-2",
    )  # fmt: skip
    assert "earlier year" in asked_of.reason
