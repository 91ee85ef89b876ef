"""Volunteer profiles on a town: what the review says, and what a person is shown (ST-2, DP-6)."""

import pytest

from connectors.sandbox.invented import address_of
from flows.nightly.facts import facts_of, profiles_on_record
from flows.nightly.sources import known_sources
from flows.privacy import person
from models.errors import FixTheSettings
from models.year.profiles import Profiles
from tests.flows.town import Town

OFFERS = '[volunteers]\noffers = ["canvass", "phone bank"]\n\n'
PROFILES = (
    ["2026-01-05", address_of(0), "canvass", "English", "weekends", "yes"],
    ["2026-01-05", address_of(1), "phone bank, canvas", None, None, "no"],
    ["2026-01-05", "newcomer@example.org", "canvass", None, None, "yes"],
)


@pytest.fixture
def helped(town: Town) -> Town:
    """A chapter with three volunteer profiles, after a night."""
    with_offers(town)
    town.add_tab("profiles", *map(list, PROFILES))
    town.night()
    return town


def with_offers(town: Town) -> None:
    town.rewrite("[[workbooks]]", f"{OFFERS}[[workbooks]]")
    town.settings = town.settings.replace("[[workbooks]]", f"{OFFERS}[[workbooks]]", 1)


def profiles(town: Town) -> Profiles:
    with town.context() as context:
        return profiles_on_record(context)


def test_a_profile_is_its_persons_and_what_is_odd_is_told_by_its_cell(helped: Town) -> None:
    assert sorted(one.offers for one in profiles(helped).profiles.values()) == [
        ("canvass",),
        ("phone bank",),
    ]
    assert len(profiles(helped).willing()) == 1
    with helped.context() as context:
        review = facts_of(context, known_sources(context.ledger)).review
    found = {str(one.place): one.weight.value for one in review if one.rule == "ST-2"}
    assert found == {"Profiles!C3": "note", "Profiles!4:4": "note"}


def test_profiles_without_a_list_of_offers_are_a_fault_of_the_settings(town: Town) -> None:
    town.add_tab("profiles")
    with pytest.raises(FixTheSettings, match="list what people can offer"), town.context():
        pass


@pytest.mark.parametrize("who", [PROFILES[0][1], PROFILES[2][1]])
def test_a_person_is_shown_their_profile_and_it_is_erased_with_them(helped: Town, who: str) -> None:
    """DP-6: also somebody whom nothing but a profile names."""
    with helped.context() as context:
        entry = person.find(context, str(who))
        held = [one for one in person.held_on(context, entry) if "Profiles" in one.where]
        assert ["canvass" in one.what for one in held] == [True]
        gone = person.forget(context, entry, "Thea")
        assert any("Profiles" in place for place in gone.still_named)
    helped.night()
    assert all(one.address != who for one in profiles(helped).profiles.values())
    with helped.context() as context:
        kept = context.ledger.snapshots().values()
    assert str(who) not in str([table.rows for one in kept for table in one.tables])
