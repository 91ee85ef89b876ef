"""Unregistered addresses that may be another's own are asked about, and never joined (VM-R2)."""

from models.intake.locations import SourceLocation
from models.membership.identity import Directory
from models.privacy import Email, Name
from tests.models.test_identity import ANN, BEN, HERE, HOME, WORK, row, same


def test_an_unregistered_address_under_a_known_name_is_asked_about_and_never_joined() -> None:
    """One slip in an address makes a second person, and may cost the vote."""
    people, slip = Directory([row("Ann Alder", ANN, number=3)]), Email.parse("anm@example.org")
    there = SourceLocation("Sign-ins", "7:7")
    assert people.who(slip, None, there) != people.who(ANN, None, HERE)
    people.who(slip, Name.parse("ann  alder"), HERE)  # the name may come in a later row
    (item,) = people.strangers()
    assert item.place == there
    assert item.reason.startswith("has the same name as Registrations!3:3 and an address")
    assert "kept as two people" in item.reason
    decided = Directory([row("Ann Alder", ANN)], [same(ANN, slip)])
    decided.who(slip, Name.parse("Ann Alder"), there)
    assert decided.strangers() == []


def test_two_unregistered_addresses_under_one_whole_name_are_asked_about() -> None:
    people, there = Directory(), SourceLocation("Sign-ins", "7:7")
    for address, name, place in (
        (ANN, "Ann Alder", HERE), (WORK, "Alder, Ann", there), (HOME, "Ben", HERE),
        (BEN, "Ben", there),
    ):  # fmt: skip
        people.who(address, Name.parse(name), place)
    (item,) = people.strangers()
    assert (item.place, str(HERE) in item.reason) == (there, True)


def test_an_accent_in_an_address_is_asked_about() -> None:
    people = Directory([row("Ann Alder", ANN)])
    people.who(Email.parse("ânn@example.org"), None, HERE)
    (item,) = people.strangers()
    assert item.reason == "without its accent, this is another person's address; kept as two people"
