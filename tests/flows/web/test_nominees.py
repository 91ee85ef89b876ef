"""Nominees and disclosed ties on the officers' page, and the slate's draft by a click."""

import tomllib

import pytest

from connectors.sandbox.invented import address_of, name_of
from flows.web.forms import TOKEN, token_of
from tests.elections.test_slate_from_nominations import row
from tests.flows.test_call_for_proposals import night
from tests.flows.test_calls_to_all import went, with_form
from tests.flows.test_committee_year import SEATS, TIES
from tests.flows.web.desk import LOOKS, DeskClient, words
from tests.flows.web.test_votes import NEW


@pytest.fixture
def seated(desk: DeskClient) -> DeskClient:
    """A committee with disclosures, three nominees of whom one declined."""
    town = desk.town
    town.add_tab("committee", *SEATS)
    town.add_tab("disclosures", *TIES)
    town.add_tab("races", ["2026", "Mayor"])
    town.add_tab("candidates", ["2026", "Mayor", "Jo Rivera"])
    declined = row(2, other_address="bo@example.org", consents="no")
    town.add_tab("nominations", row(0), row(1), declined)
    town.add_tab("dues", [address_of(0), "2026-03-01"])
    town.night()
    return desk.sign_in()


def test_each_nominee_with_each_fact_and_the_look_is_recorded(seated: DeskClient) -> None:
    said = seated.sign_in(LOOKS).text("/committee/nominees")
    assert "3 people are nominated" in said
    assert f"{name_of(0)} On the committee since January 20, 2025" in said
    assert "met Dues paid through March 1, 2027. SC-2" in said
    assert "missing Does not agree to be nominated. SC-2" in said
    assert "@" not in said
    with seated.town.context() as context:
        whats = [(one.officer, one.what) for one in context.ledger.officers.looks()]
    assert whats.count((LOOKS, "nominees of the committee")) == 3


def test_the_slate_is_drafted_by_a_click_and_only_once(seated: DeskClient) -> None:
    assert seated.press("/votes/new", "/votes/new", NEW).ok
    answer = seated.press("/votes/autumn/add", "/votes/autumn/slate")
    assert "1 left out: they do not agree to be nominated (SC-2)." in words(answer)
    assert "2 nominees; 5 to 15 are allowed (SC-1)." in words(answer)
    folder = seated.town.folder / "elections" / "autumn" / "contests"
    slate = tomllib.loads((folder / "01-slate.toml").read_text())
    assert [one["name"] for one in slate["nominees"]] == [name_of(0), name_of(1)]
    again = seated.press("/votes/autumn/add", "/votes/autumn/slate")
    assert again.status_code == 409
    assert "This election has a slate already" in words(again)


def test_ties_and_what_is_due_are_on_the_committees_page(seated: DeskClient) -> None:
    said = seated.text("/committee")
    assert f"{name_of(0)}: paid work for Jo Rivera. Ask them to recuse themselves" in said
    assert f"{name_of(0)} can work on no questionnaire or forum of this race." in said
    assert f"{name_of(1)}: family tie, Sam Stone" in said
    assert "Open: The slate: due in the first quarter of 2026. SC-1" in said
    assert "4 things of the committee’s year are due this quarter" in seated.text("/")
    one = seated.press("/committee", "/committee", {"item": "Sam Stone"})
    assert f"{name_of(1)}: family tie for Sam Stone." in words(one)


def test_in_spanish(seated: DeskClient) -> None:
    seated.press("/", "/language", {"language": "es"})
    said = seated.text("/committee")
    assert "trabajo remunerado para Jo Rivera" in said
    assert "Hay 3 personas nominadas" in seated.text("/committee/nominees")


def test_the_call_for_members_is_seen_approved_and_sent_once(seated: DeskClient) -> None:
    with_form(seated.town)
    night(seated.town)
    seen = seated.ended(seated.press("/committee/nominees", "/calls/call-for-members"))
    assert "Nominees meet these criteria" in words(seen)
    page = seen.url.removeprefix(seated.home)
    seated.press(page, page)
    assert not went(seated.town, "members"), "the box is not ticked"
    done = seated.ended(seated.press(page, page, {"sure": "yes"}))
    found = went(seated.town, "members 2026")
    assert set(found.values()) == {1}
    assert f"Sent to {len(found)} members." in words(done)
    again = seated.ended(seated.press(page, page, {"sure": "yes"}))
    assert "was already sent" in words(again)
    assert went(seated.town, "members 2026") == found
    assert "See the email" not in seated.sign_in(LOOKS).text("/committee/nominees")


def test_an_email_that_there_is_not_is_refused_by_its_name(seated: DeskClient) -> None:
    answer = seated.post("/calls/no", {TOKEN: token_of(seated.key, "/calls/no")})
    assert "There is no such email" in words(answer)
