"""Who asks why somebody has no vote hears of the rows that name them and do not count yet."""

import pytest

from models.intake.people import Person, PersonId
from models.intake.tables import Table
from models.membership.voter_roll import gather
from models.membership.waiting import known_by, typed_as, waiting
from models.privacy import Email, Name
from tests.models.invented import (
    BOSTON,
    JPP,
    KEY,
    day,
    exception,
    held,
    registered,
    signed_in,
    table,
)

ANN = "ann@example.org"
PERSON = Person(PersonId("p-ann"), Name.parse("Ann Alder"), (Email.parse(ANN),))
EVENTS = table("events", [held("2025-10-14", "Forum"), held("soon", "Picnic")])


def told(*tables: Table, who: Person = PERSON) -> list[str]:
    """Which places of the review are told of somebody."""
    every = [EVENTS, *tables]
    review = gather(every, JPP, BOSTON, day("2025-10-16"), {}, KEY).review
    return [str(item.place) for item in waiting(every, BOSTON, review, known_by(who))]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (signed_in("Picnic", ANN), "Sign-ins!2:2"),  # the event's row was set aside
        (signed_in("Nowhere", ANN), "Sign-ins!2:2"),
        (signed_in("", ANN), "Sign-ins!B2"),
        (signed_in("Forum", "ann@", "ann  ALDER"), "Sign-ins!C2"),
        (signed_in("Forum", "", "Ann Alder"), "Sign-ins!2:2"),
    ],
)
def test_a_row_that_names_somebody_and_does_not_count_is_told(
    row: dict[str, str], place: str
) -> None:
    assert told(table("sign_ins", [row])) == [place]


def test_rows_of_others_and_rows_that_count_are_not() -> None:
    rows = [
        signed_in("Forum", ANN, "Quite Other"),  # noted, and counted
        signed_in("Picnic", "ben@example.org", "Ann Alder"),
        signed_in("Forum", "ben@", "Ben Birch"),
    ]
    assert told(table("sign_ins", rows)) == []


def test_other_kinds_of_row_and_whole_tabs_are_told_too() -> None:
    tab = table("event_sign_ins", [{"Email address": ANN}], tab_event="Picnic")
    places = told(
        tab,
        table("registrations", [registered("", ANN)]),
        table("exceptions", [exception("attended", ANN, event="Picnic")]),
    )
    assert places == ["One event", "Registrations!B2", "Exceptions!2:2"]


def test_whoever_is_on_no_roll_is_looked_for_by_what_was_typed() -> None:
    assert typed_as(" Ann  Alder") == [Name.parse("ann alder")]
    assert Email.parse(ANN) in typed_as("ANN@example.org ")
    assert typed_as(" ") == []
