"""Disclosures: whose they are, and from what they may keep a member away (SC-5)."""

from datetime import date

import pytest

from models.intake.tables import Cell
from models.year.disclosures import Conflict, Matter, conflicts, kept_from_forums
from tests.models.year.tabs import TODAY, asked, read

SEATS: list[dict[str, Cell]] = [
    {"name": "Ann Alder", "confirmed": "2026-01-20"},
    {"name": "Ben Birch", "confirmed": "2026-01-20"},
    *({"name": name, "confirmed": "2026-01-20"} for name in ("Di Dogwood", "Eve Elm", "Flo Fir")),
    {"name": "Cy Cedar", "confirmed": "2025-01-20", "left": "2025-06-01"},
]
TIE: dict[str, Cell] = {"name": "Ann Alder", "tie": "Jo Rivera", "kind": "paid work"}
RACE = Matter("Mayor", ("Jo Rivera", "Sam Stone"))


def test_a_disclosure_of_a_member_is_read_whatever_its_case() -> None:
    book = read(committee=SEATS, disclosures=[{**TIE, "name": "ann  ALDER", "kind": "Paid Work"}])
    assert asked(book) == []
    (one,) = book.disclosures
    assert (one.member, one.kind) == ("Ann Alder", "paid work")
    assert not {"Alder", "Rivera", "paid"} & set(repr(one).replace("'", " ").split())


def test_somebody_who_has_left_is_a_note_and_a_stranger_a_question_by_a_cell() -> None:
    rows = [{**TIE, "name": "Cy Cedar"}, {**TIE, "name": "Ann Aldr"}, {**TIE, "name": "Zed Zoo"}]
    book = read(committee=SEATS, disclosures=rows)
    assert [one.member for one in book.disclosures] == ["Cy Cedar"]
    assert asked(book) == [
        ("note", "Disclosures!B2", "whoever disclosed this is no longer on the committee"),
        (
            "question",
            "Disclosures!B3",
            "nobody of this name is on the committee; the nearest name is in Committee!A2",
        ),
        ("question", "Disclosures!B4", "nobody of this name is on the committee"),
    ]


def test_without_a_tab_of_the_committee_names_are_taken_as_typed() -> None:
    book = read(disclosures=[TIE])
    assert asked(book) == []
    assert [one.member for one in book.disclosures] == ["Ann Alder"]


@pytest.mark.parametrize(
    ("row", "weight", "cell", "reason"),
    [
        ({"kind": "paid wrk"}, "question", "E2", "the nearest is “paid work”"),
        ({"kind": "cousin"}, "question", "E2", "there is no kind of tie of this name"),
        ({"kind": None}, "set aside", "E2", "the kind of tie is missing"),
        ({"tie": None}, "set aside", "D2", "the campaign or tie is missing"),
        ({"at": "2026-02-11"}, "question", "A2", "this day has not come"),
        (
            {"since": "2026-02-01", "through": "2026-01-31"},
            "set aside", "G2", "it ends before it begins",
        ),
    ],
)  # fmt: skip
def test_a_row_that_is_no_disclosure_says_why(
    row: dict[str, Cell], weight: str, cell: str, reason: str
) -> None:
    book = read(committee=SEATS, disclosures=[{**TIE, **row}])
    assert book.disclosures == ()
    ((told, place, why),) = asked(book)
    assert (told, place) == (weight, f"Disclosures!{cell}")
    assert reason in why


def touching(tie: str, kind: str = "paid work", on: date = TODAY, **days: Cell) -> list[Conflict]:
    row: dict[str, Cell] = {"name": "Ann Alder", "tie": tie, "kind": kind, **days}
    book = read(committee=SEATS, disclosures=[row])
    assert asked(book) == []
    return conflicts(book.disclosures, RACE, on)


@pytest.mark.parametrize(
    ("tie", "to", "near"),
    [
        ("Jo Rivera", "Jo Rivera", False),
        ("jo  rivera", "Jo Rivera", False),
        ("Jo Rivera campaign", "Jo Rivera", False),
        ("Friends of Jo Rivera", "Jo Rivera", False),
        ("Committee to Elect Jo Rivera", "Jo Rivera", False),
        ("Mayor", "Mayor", False),
        ("Jo Riveraa", "Jo Rivera", True),
        ("Rivera for Mayor", "Mayor", True),
        ("Office of the Deputy Mayor", "Mayor", True),
        ("Jo Rivera's brother, Jo Rivera Senior", "Jo Rivera", True),
    ],
)
def test_a_tie_is_to_a_name_whole_and_what_is_like_one_is_asked(
    tie: str, to: str, near: bool
) -> None:
    assert Conflict("Ann Alder", "paid work", to, near) in touching(tie)
    assert all(one.near is near for one in touching(tie))


@pytest.mark.parametrize("tie", ["Pat Poe", "Transit union", "The mayoral library"])
def test_a_tie_to_something_else_touches_nothing(tie: str) -> None:
    assert touching(tie) == []


def test_a_tie_touches_while_it_holds_both_days_included() -> None:
    days: dict[str, Cell] = {"since": "2026-01-10", "through": "2026-02-01"}
    assert [
        bool(touching("Jo Rivera", on=on, **days))
        for on in (date(2026, 1, 9), date(2026, 1, 10), date(2026, 2, 1), date(2026, 2, 2))
    ] == [False, True, True, False]


def test_a_donation_alone_proposes_no_recusal() -> None:
    """SC-5: formal engagement is “not financial contributions”."""
    assert touching("Jo Rivera", "donation") == []
    assert touching("Jo Rivera", "family tie")


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("paid work", True), ("volunteer work", True), ("fundraising", True),
        ("family tie", False), ("financial tie", False), ("donation", False), ("other", False),
    ],
)  # fmt: skip
def test_who_works_for_a_campaign_works_on_no_forum_of_its_race(kind: str, kept: bool) -> None:
    book = read(committee=SEATS, disclosures=[{**TIE, "kind": kind}])
    assert bool(kept_from_forums(book.disclosures, RACE, TODAY)) is kept
