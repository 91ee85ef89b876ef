"""Two people with one address: what is one's is not the other's, nor erased unasked (DP-6)."""

import pytest

from connectors.sandbox.invented import serial
from flows.privacy import person
from models.errors import Refused
from tests.conftest import Clock
from tests.flows.town import Town
from tests.flows.web.desk import opened, words
from tests.privacy.test_rights import clerk

SHARED, OWN = "the.alders@example.org", "ida.alder@example.org"
IDA, JON = "Ida Alder", "Jon Alder"


@pytest.fixture
def household(town: Town, clock: Clock) -> Town:
    """A couple who registered with one address; both sign in with it."""
    day = serial(clock.today)
    with town.edit("Registrations") as rows:
        rows.append([day - 300, IDA, SHARED, OWN, "617-555-0101", "", "", "", "Yes"])
        rows.append([day - 200, JON, SHARED, "", "617-555-0199", "", "", "", "Yes"])
    with town.edit("Events") as events, town.edit("Sign-ins") as rows:
        for ago, name in ((20, IDA), (13, JON)):
            events.append([day - ago, f"Tea {ago}", "monthly meeting"])
            rows.append([day - ago + 0.8, f"Tea {ago}", SHARED, name])
    town.night(tell_everyone=True)
    return town


def shown(town: Town, name: str) -> str:
    with town.context() as context:
        held = person.held_on(context, person.find(context, name))
    return " / ".join(f"{one.where} {one.what}" for one in held)


def test_each_is_shown_what_is_theirs(household: Town) -> None:
    ida, jon = shown(household, IDA), shown(household, JON)
    assert "617-555-0101" in ida
    assert "617-555-0199" not in ida
    assert "617-555-0199" in jon
    assert "617-555-0101" not in jon
    assert ("Tea 20" in ida, "Tea 13" in ida) == (True, False)
    assert ("Tea 20" in jon, "Tea 13" in jon) == (False, True)
    assert "mailing list" in ida
    assert "mailing list" not in jon, "the one who registered it first has its letters"


def test_a_row_with_an_address_of_ones_own_is_ones_own_whatever_name_is_beside(
    household: Town, clock: Clock
) -> None:
    with household.edit("Sign-ins") as rows:
        rows.append([serial(clock.today) - 20 + 0.9, "Tea 20", OWN, JON])
        place = f"Sign-ins!{len(rows)}:"
    household.night()
    assert place in shown(household, IDA)
    assert place not in shown(household, JON)


def test_nobody_is_erased_with_another_unasked(household: Town) -> None:
    before = household.writes()
    looked = clerk(household, "person", "forget", JON, "--by", "Thea")
    assert f"An address is shared with {IDA}" in looked.stdout
    with household.context() as context, pytest.raises(Refused, match=r"1 other person has one"):
        person.forget(context, person.find(context, JON), "Thea")
    assert household.writes() == before
    assert "Registrations!" in shown(household, IDA)
    done = clerk(household, "person", "forget", JON, "--by", "Thea", "--yes", "--others-too")
    assert done.exit_code == 0, done.output


def test_an_address_finds_both_at_the_officers_page(household: Town) -> None:
    with opened(household) as desk:
        desk.sign_in()
        for page, action in (("/roll", "/roll/search"), ("/privacy", "/privacy/find")):
            said = words(desk.press(page, action, {"wanted": SHARED}))
            assert IDA in said, page
            assert JON in said, page
        found = desk.press("/privacy", "/privacy/find", {"wanted": JON})
        erase = desk.get("/privacy/erase/" + found.url.rpartition("/")[2])
        assert f"An address is shared with {IDA}" in words(erase)
