"""Whom a call to action goes to: those who said so, and whom all of it fits (ST-2, DP-4)."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.intake.locations import SourceLocation
from models.intake.people import Person, PersonId
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import Status, VotingStatus
from models.privacy import Email
from models.year.calls import CallToAction, segment, unlisted
from models.year.profiles import Profiles, VolunteerProfile

ANN, BEN = PersonId("p-ann"), PersonId("p-ben")
DAY = date(2026, 2, 10)


def profile(**said: Any) -> VolunteerProfile:
    offers = {"offers": ("canvass", "phone bank"), "wants_email": True}
    return VolunteerProfile(
        place=SourceLocation("Profiles", "2:2"), address=Email("ann@example.org"), **offers | said
    )


def entry(person: PersonId, district: str, status: Status) -> Entry:
    standing = VotingStatus(
        on=DAY, status=status, counted=(), reasons=tuple, spell=None, edition=""
    )
    return Entry(Person(person, None, (), district=district), standing)


ROLL = VoterRoll(
    DAY,
    {
        ANN: entry(ANN, "10th  suffolk", Status.VOTING),
        BEN: entry(BEN, "15th Suffolk", Status.ONE_AWAY),
    },
)


def called(call: CallToAction, **said: Any) -> list[PersonId]:
    both = Profiles(
        {ANN: profile(**said), BEN: profile(wants_email=False), PersonId("p-x"): profile()}
    )
    return segment(call, both.willing(), ROLL)


@pytest.mark.parametrize(
    ("asked", "reaches"),
    [
        ({}, True),
        ({"offers": ("Canvass",)}, True),
        ({"offers": ("signs", "phone bank")}, True),
        ({"offers": ("signs",)}, False),
        ({"districts": ("10th Suffolk",)}, True),
        ({"districts": ("15th Suffolk",)}, False),
        ({"languages": ("Spanish",)}, True),
        ({"languages": ("French",)}, False),
        ({"times": ("weekends",)}, True),
        ({"times": ("mornings",)}, False),
        ({"status": ("voting member",)}, True),
        ({"status": ("one event away",)}, False),
        ({"status": ("one event away", "voting member")}, True),
        ({"offers": ("canvass",), "districts": ("15th Suffolk",)}, False),
    ],
)
def test_all_that_a_call_asks_for_must_fit(asked: dict[str, Any], *, reaches: bool) -> None:
    """ST-2"""
    found = called(
        CallToAction(**asked), languages=frozenset({"spanish"}), times=frozenset({"weekends"})
    )
    assert found == ([ANN] if reaches else [])


def test_whoever_did_not_consent_or_is_on_no_roll_gets_none() -> None:
    """DP-4"""
    assert called(CallToAction()) == [ANN]
    assert called(CallToAction(), wants_email=False) == []


@pytest.mark.parametrize("key", ["voted", "ballots", "choice", "did_not_vote"])
def test_a_call_cannot_ask_how_or_whether_anybody_voted(key: str) -> None:
    """EN-R8"""
    with pytest.raises(ValidationError):
        CallToAction.model_validate({key: ("Yes",)})


def test_an_offer_that_the_settings_lack_is_found_whatever_its_case() -> None:
    assert unlisted(CallToAction(offers=("Canvass", "knit")), ("canvass",)) == ["knit"]


def test_whom_it_is_for_is_said_in_words() -> None:
    assert CallToAction().whom() == "volunteers"
    call = CallToAction(offers=("canvass", "signs"), status=("one event away",))  # type: ignore[arg-type]  # as TOML has it
    said = "volunteers who offer canvass or signs and with the status one event away"
    assert call.whom() == said
