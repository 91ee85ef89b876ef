"""A roster on the services: read by the night, kept in the ledger, changed and read again."""

from datetime import timedelta

import pytest

from connectors.sandbox.invented import FORM, serial
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from tests.conftest import Clock
from tests.flows.town import Town

ANN, BO = "ann@example.org", "bo@example.org"
MEETINGS = (200, 120, 60)
"""Days that the meetings lie back."""


@pytest.fixture
def roster(town: Town, clock: Clock) -> Town:
    """A chapter of two people whose sign-ins are a roster with a title above it."""
    days = [serial(clock.today - timedelta(days=ago)) for ago in MEETINGS]
    for tab in ("Registrations", "Volunteering", "Exceptions"):
        with town.edit(tab) as rows:
            del rows[1:]
    town.sandbox.google.forms[FORM].responses.clear()
    with town.edit("Events") as rows:
        rows[1:] = [[day, f"Meeting {day}", "monthly meeting", "", ""] for day in days]
    with town.edit("Sign-ins") as rows:
        rows[:] = [
            ["Who came in 2026"],
            ["First name", "Last name", "Email address", *days],
            ["Ann", "Alder", ANN, "x", True, "x"],
            ["Bo", "Burns", BO, "x", False, "?"],
        ]
    return town


def test_a_roster_gives_the_vote_night_after_night(roster: Town, clock: Clock) -> None:
    first = roster.night()
    assert len(first.roll.voting()) == 1
    said = [f"{i.place} {i.reason}" for i in first.facts.review if str(i.place)[:8] == "Sign-ins"]
    assert said == [
        "Sign-ins!F4 this mark does not clearly say whether the person came",
        (
            "Sign-ins!2:2 read as a roster: one row per person, one column per meeting; it has 3 "
            "meetings"
        ),
    ]
    with roster.context() as context:
        assert facts_of(context, known_sources(context.ledger)).review == first.facts.review
    clock.go(days=1)
    with roster.edit("Sign-ins") as rows:
        rows[3][4] = rows[3][5] = "✓"
    assert len(roster.night().roll.voting()) == 2
