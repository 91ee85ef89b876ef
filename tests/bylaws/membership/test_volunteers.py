"""Volunteers: calls to action go to the people who said how they want to help."""

from models.intake.people import PersonId
from models.membership.voter_roll import VoterRoll
from models.year.calls import CallToAction, segment
from models.year.profiles import profiles_of
from tests.models.invented import entry, gathered, registered
from tests.models.year.tabs import read

ANN, BEN, CY = "ann@example.org", "ben@example.org", "cy@example.org"
FACTS = gathered(
    today="2026-02-10",
    registrations=[
        registered("Ann Alder", ANN), registered("Ben Birch", BEN), registered("Cy Cedar", CY),
    ],
)  # fmt: skip


def reached(*, offers: tuple[str, ...] = (), **answers: str) -> list[PersonId]:
    """Whom a call goes to, where Ann offers to canvass and Ben to telephone, both with consent."""
    rows = [(ANN, "canvass"), (BEN, "phone bank")]
    book = read(
        profiles=[
            {"at": "2026-01-05", "address": who, "offers": what, "wants_email": "yes"} | answers
            for who, what in rows
        ]
    )
    willing = profiles_of(book.profiles, FACTS.known.people.values()).willing()
    roll: VoterRoll = FACTS.roll(FACTS.today)
    return segment(CallToAction(offers=offers), willing, roll)


def test_a_call_to_action_reaches_those_who_offered_that_help_and_nobody_else() -> None:
    """ST-2"""
    assert reached(offers=("canvass",)) == [entry(FACTS, ANN).person.id]
    assert set(reached()) == {entry(FACTS, one).person.id for one in (ANN, BEN)}


def test_a_call_to_action_reaches_nobody_whose_profile_lacks_the_consent() -> None:
    """ST-2, DP-4"""
    assert reached(wants_email="no") == reached(wants_email="") == []
