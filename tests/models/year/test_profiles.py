"""Volunteer profiles: what a row says, whose it is, and which answer holds (ST-2, DP-4)."""

import pytest

from models.intake.people import Person, PersonId
from models.intake.tables import Cell
from models.privacy import Email
from models.year.profiles import Profiles, profiles_of
from tests.models.year.tabs import BOXES, TODAY, asked, read

ANN = "ann@example.org"
ROW: dict[str, Cell] = {
    "at": "2026-01-05 10:00", "address": ANN, "offers": "Canvass", "wants_email": "Yes",
}  # fmt: skip
PEOPLE = [
    Person(
        PersonId("p-ann"),
        None,
        (Email(ANN), Email("ann2@example.org")),
        (Email(ANN), Email("ann2@example.org")),
    ),
    Person(PersonId("p-ben"), None, (Email(ANN), Email("ben@example.org"))),
]


def of(*rows: dict[str, Cell]) -> Profiles:
    book = read(profiles=[ROW | row for row in rows])
    assert asked(book) == []
    return profiles_of(book.profiles, PEOPLE, book.profiles_in_doubt)


@pytest.mark.parametrize(
    ("said", "offers"),
    [
        ("Canvass", ("canvass",)),
        ("Phone Bank, CANVASS", ("canvass", "phone bank")),
        ("letters, postcards, canvass", ("canvass", "letters, postcards")),
        ("canvass; canvass", ("canvass",)),
        ("", ()),
    ],
)
def test_offers_are_those_of_the_settings_whatever_their_case(
    said: str, offers: tuple[str, ...]
) -> None:
    """ST-2: also one that has a comma of its own."""
    assert of({"offers": said}).profiles[PersonId("p-ann")].offers == offers


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("canvass, fone bank", "; the nearest is “phone bank”"),
        ("canvass, knitting", ""),
        ("canvass, letters", ""),
    ],
)
def test_an_offer_that_is_not_listed_is_a_note_and_the_others_hold(said: str, why: str) -> None:
    book = read(profiles=[{**ROW, "offers": said}])
    ((weight, cell, reason),) = asked(book)
    assert (weight, cell) == ("note", "Profiles!C2")
    assert reason == f"the settings do not list this offer{why}"
    assert [one.offers for one in book.profiles] == [("canvass",)]


@pytest.mark.parametrize(
    ("said", "wants"), [("Yes", True), (BOXES[0], True), ("No", False), (None, False)]
)
def test_only_a_plain_yes_or_the_box_is_consent(said: Cell, *, wants: bool) -> None:
    """DP-4"""
    assert bool(of({"wants_email": said}).willing()) is wants


def test_what_is_neither_yes_nor_no_is_a_note_and_no_consent() -> None:
    book = read(profiles=[{**ROW, "wants_email": "perhaps"}])
    assert asked(book) == [
        ("note", "Profiles!F2", "this is neither yes nor no; treated as no consent")
    ]
    assert not profiles_of(book.profiles, PEOPLE).willing()


@pytest.mark.parametrize(
    ("row", "weight", "cell", "reason"),
    [
        ({"address": None}, "set aside", "B2", "the email address is missing"),
        ({"address": "ann at example"}, "set aside", "B2", ""),
        ({"at": "2026-02-11"}, "question", "A2", "this day has not come"),
    ],
)
def test_a_row_that_is_no_profile_says_why(
    row: dict[str, Cell], weight: str, cell: str, reason: str
) -> None:
    book = read(profiles=[ROW | row])
    assert book.profiles == ()
    ((told, place, why),) = asked(book)
    assert (told, place) == (weight, f"Profiles!{cell}")
    assert reason in why


def test_a_profile_of_today_is_one() -> None:
    assert of({"at": TODAY.isoformat()}).profiles


def test_the_newest_answer_holds_as_a_whole_in_any_order_of_rows() -> None:
    """An offer or a consent that it lacks is taken back; two addresses are one person's."""
    newer: dict[str, Cell] = {
        "at": "2026-01-05 10:01", "address": "ann2@example.org", "offers": "phone bank",
        "wants_email": "No",
    }  # fmt: skip
    for rows in (({}, newer), (newer, {})):
        found = of(*rows)
        assert [one.offers for one in found.profiles.values()] == [("phone bank",)]
        assert found.willing() == {}
        assert found.review == ()


@pytest.mark.parametrize("at", [None, "2026-01-05"])
def test_which_of_two_answers_is_newer_is_asked_where_nobody_can_tell(at: Cell) -> None:
    found = of({}, {"at": at, "offers": "phone bank"})
    assert found.profiles == {}
    assert [(one.weight.value, str(one.place)) for one in found.review] == [
        ("question", "Profiles!2:2"),
        ("question", "Profiles!3:3"),
    ]


def test_two_answers_that_say_the_same_are_no_question() -> None:
    found = of({}, {"at": None})
    assert [one.offers for one in found.profiles.values()] == [("canvass",)]
    assert found.review == ()


def test_an_address_that_no_sheet_has_is_a_note_and_nobodys_profile() -> None:
    found = of({"address": "zed@example.org"})
    assert found.profiles == {}
    assert [(one.weight.value, str(one.place)) for one in found.review] == [
        ("note", "Profiles!2:2")
    ]


def test_a_households_address_is_that_of_who_gets_its_letters() -> None:
    found = of({}, {"address": "ben@example.org"})
    assert found.profiles.keys() == {"p-ann", "p-ben"}


def test_a_profile_shows_no_words_of_its_own_in_a_log() -> None:
    (one,) = read(profiles=[{**ROW, "languages": "Klingon", "times": "Sundays"}]).profiles
    assert not {"Klingon", "klingon", "sundays", "ann"} & set(repr(one).replace("'", " ").split())
    assert (one.languages, one.times) == ({"klingon"}, {"sundays"})


@pytest.mark.parametrize(
    "newer",
    [
        {"at": f"{TODAY.year + 1}-01-05"},
        {"at": "2026-01-06", "address": f"{ANN}, else@example.org"},
        {"at": "2026-01-06", "address": "ann2@example.org", "wants_email": "No"},
    ],
)
def test_a_newer_answer_that_may_take_consent_back_stops_email(newer: dict[str, Cell]) -> None:
    """DP-4: also where it cannot be read, or has another address of the person."""
    book = read(profiles=[ROW, ROW | {"wants_email": "No"} | newer])
    assert profiles_of(book.profiles, PEOPLE).profiles, "the older one is a yes"
    assert not profiles_of(book.profiles, PEOPLE, book.profiles_in_doubt).willing()
