"""Whose consent box says what: from the registration's cell to the mailing list (DP-4)."""

import json

import pytest

from connectors.sandbox.invented import address_of, name_of, serial
from connectors.sandbox.mailchimp.state import subscriber_hash
from models.intake.locations import ReviewItem
from models.mail.audience import Unreachable
from models.privacy import Name
from tests.conftest import Clock
from tests.flows.town import Town

IDA = "ida.asks@example.org"
BOX, CASILLA = "I agree to receive mail", "Quiero recibir correo"
EVENTS = ("Candidate forum: Council", "Transit workstream", "Pride march with partners")


def registers(town: Town, cell: str, address: str = IDA, name: str = "Ida Asks") -> None:
    """Somebody who has reached the vote fills in the form."""
    today = serial(town.clock().date())
    with town.edit("Registrations") as rows:
        rows.append([today, name, address, "", "", "", "yes", "", cell])
    with town.edit("Sign-ins") as rows:
        held = [row for row in town.rows("Events") if row[1] in EVENTS]
        rows += [[day, event, address, name] for day, event, *_ in held]


def sets(town: Town, *boxes: str) -> None:
    """The chapter writes its form's boxes into its settings."""
    line = f"consent = {json.dumps(boxes, ensure_ascii=False)}"
    town.rewrite('bylaws = "jp-progressives"', f'bylaws = "jp-progressives"\n{line}')


def on_the_list(town: Town) -> bool:
    return subscriber_hash(IDA) in town.audience.members


def about_consent(review: list[ReviewItem]) -> list[str]:
    return [item.next_step for item in review if "treated as no consent" in item.reason]


@pytest.mark.parametrize(
    ("boxes", "cell"),
    [
        ((), "Yes"),
        ((BOX,), "yes, please"),
        ((BOX,), BOX),
        ((BOX,), f"  {BOX.upper()} "),
        ((BOX, CASILLA), CASILLA),
        (("No thanks, votes only",), "No thanks, votes only"),
    ],
)
def test_who_ticked_a_box_of_the_settings_is_subscribed_and_told(
    town: Town, clock: Clock, boxes: tuple[str, ...], cell: str
) -> None:
    sets(town, *boxes)
    town.night()
    clock.go(days=1)
    registers(town, cell)
    night = town.night()
    assert on_the_list(town)
    assert town.letters()[IDA, "voting-member"] == 1
    assert about_consent(night.facts.review) == []


@pytest.mark.parametrize(
    ("boxes", "cell", "noted"),
    [
        ((), BOX, True),
        ((BOX,), CASILLA, True),
        ((BOX,), f"{BOX}, but not weekly", True),
        ((BOX,), "No", False),
        ((BOX,), "", False),
        ((), "", False),
    ],
)
def test_who_ticked_none_is_left_alone_and_listed_for_a_call(
    town: Town, boxes: tuple[str, ...], cell: str, noted: bool
) -> None:
    sets(town, *boxes)
    registers(town, cell)
    night = town.night(tell_everyone=True)
    assert not on_the_list(town)
    assert town.letters()[IDA, "voting-member"] == 0
    (why,) = (w for e, w in night.wanted.to_call(night.roll) if e.person.name == Name("Ida Asks"))
    assert why is Unreachable.NEVER_ASKED
    steps = about_consent(night.facts.review)
    assert ["set it as `consent`" in step for step in steps] == ([True] if noted else [])


def test_a_box_set_later_is_understood_the_next_night(town: Town, clock: Clock) -> None:
    """No sheet has changed, and none is read again for it."""
    registers(town, BOX)
    town.night()
    assert not on_the_list(town)
    sets(town, BOX)
    clock.go(days=1)
    town.night()
    assert on_the_list(town)


def test_no_box_brings_back_who_has_left(town: Town) -> None:
    sets(town, BOX)
    left = town.member(address_of(1))
    left.status = "unsubscribed"
    registers(town, BOX, address_of(1), name_of(1))
    town.night(tell_everyone=True)
    assert left.status == "unsubscribed"
