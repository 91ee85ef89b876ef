"""An account and an audience that are set wrong in every way, before the first night.

One run of `clerk doctor` tells all of it; each fix followed, nothing is left for the first night
and for the first letter of a vote.
"""

from collections.abc import Callable

import pytest

from connectors.mailchimp import CODE_TAG
from connectors.sandbox.mailchimp.state import Domain, MergeField
from flows.doctor import Check, examine
from models.errors import FixTheSettings
from tests.flows.test_own_fields import fill_up
from tests.flows.town import MARKS, Town

SENDER = "rivertown.example.org"


def plant(town: Town) -> None:
    """Seven things that nobody has set up, or has set up otherwise."""
    mailchimp, audience = town.sandbox.mailchimp, town.audience
    mailchimp.role = "author"
    mailchimp.domains = {SENDER: Domain(verified=False), "elsewhere.example.org": Domain()}
    audience.contact |= {"address1": "", "city": " "}
    audience.fields[50] = MergeField(50, MARKS.events, "Events", "number")
    audience.fields[51] = MergeField(51, CODE_TAG, "Code", "dropdown", options={"choices": ["A"]})
    audience.fields[52] = MergeField(52, MARKS.until, "Until", "date")
    fill_up(town, 30)


def wrong(town: Town) -> dict[str, Check]:
    """What doctor tells, but that there was no night yet."""
    return {check.what: check for check in examine(town.folder) if not check.fine}


def tell(checks: dict[str, Check], what: str, *said: str) -> bool:
    found = checks[what]
    return all(one in found.found + found.next_step for one in said) and bool(found.next_step)


def test_everything_that_would_stop_the_first_letter_is_told_in_one_run(town: Town) -> None:
    plant(town)
    told = wrong(town)
    assert tell(
        told,
        "Mailchimp account",
        "role “author”",
        "create a key as the account's owner, an admin, or a manager: Account,",
    )
    assert tell(told, "email sender", f"the domain {SENDER} is not verified", "Domains")
    assert tell(told, "postal address in emails", "lacks the street and the city", "fill in")
    fields = (
        f"{MARKS.until} is a date",
        f"{MARKS.events} is a number",
        f"{CODE_TAG} is a drop-down",
        "30 of 30 fields are used, and the program needs 1 more",
        "delete 1 fields that no one uses",
    )
    assert tell(told, "merge fields", *fields)
    assert {check.exit_code for check in told.values()} == {FixTheSettings.exit_code}
    assert town.writes() == []


def test_each_fix_followed_leaves_nothing_for_the_first_night(town: Town) -> None:
    plant(town)
    mailchimp, audience = town.sandbox.mailchimp, town.audience
    mailchimp.role = "manager"
    assert "Mailchimp account" not in wrong(town)
    mailchimp.domains[SENDER] = Domain()
    assert "email sender" not in wrong(town)
    audience.contact |= {"address1": "1 Centre Street", "city": "Boston"}
    assert "postal address in emails" not in wrong(town)
    for number in (50, 51, 52, max(audience.fields)):
        del audience.fields[number]
    assert not wrong(town)
    town.night(tell_everyone=True)
    assert town.letters()


def is_viewer(town: Town) -> None:
    town.sandbox.mailchimp.role = "viewer"


def has_no_verified_domain(town: Town) -> None:
    town.sandbox.mailchimp.domains = {}


def has_no_street(town: Town) -> None:
    town.audience.contact["address1"] = ""


WHY = {
    "is_viewer": "“User action not permitted: User does not have access",
    "has_no_verified_domain": "Replies (Verify the domain of your From address.)",
    "has_no_street": "Postal address (Your campaign lacks a postal address.)",
}
"""In Mailchimp's own words."""


@pytest.mark.parametrize("planted", [is_viewer, has_no_verified_domain, has_no_street])
def test_what_doctor_tells_would_have_stopped_the_first_letters(
    town: Town, planted: Callable[[Town], None]
) -> None:
    planted(town)
    assert len(wrong(town)) == 1
    with pytest.raises(FixTheSettings) as told:
        town.night(tell_everyone=True)
    assert town.letters() == {}
    assert WHY[planted.__name__] in told.value.fact


CLOSED = (403, "User Disabled", "This account has been deactivated.")
REVIEWED = (500, "Compliance Related", "Your account is under review.")


@pytest.mark.parametrize("trouble", [CLOSED, REVIEWED])
def test_an_account_that_is_closed_is_told_once(town: Town, trouble: tuple[int, str, str]) -> None:
    """All the other checks at Mailchimp fail for the same reason, and say so."""
    town.sandbox.mailchimp.trouble = trouble
    told = wrong(town)
    assert trouble[1] in told["Mailchimp account"].found
    own = [what for what, check in told.items() if not check.same_as]
    assert own == ["Mailchimp account"]


def test_what_stands_in_no_letters_way_is_said_and_is_no_fault(town: Town) -> None:
    mailchimp = town.sandbox.mailchimp
    mailchimp.plan, mailchimp.domains[SENDER].authenticated = "forever_free", False
    town.audience.double_optin = True
    town.audience.fields[60] = MergeField(60, "WARD", "Ward", required=True)
    found = {check.what: check for check in examine(town.folder)}
    assert all(check.fine for check in found.values())
    assert "24 test emails a day" in found["Mailchimp account"].found
    assert "not authenticated" in found["email sender"].found
    assert "double opt-in is on" in found["Mailchimp audience"].found
    assert "left empty by the program: WARD" in found["merge fields"].found
