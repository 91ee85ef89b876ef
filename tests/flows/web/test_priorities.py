"""Proposals and votes on priorities on the officers' page, and an ad hoc committee (SC-7, SC-8)."""

import tomllib
from datetime import date

import pytest

from connectors.sandbox.invented import FORM as SIGN_IN
from flows.committee.ad_hoc import Open
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from flows.service.due_steps import run_night
from flows.web.pages import today
from models.membership.reasons import Reason
from models.unmask import reveal
from tests.flows.web.desk import LOOKS, DeskClient, words
from tests.flows.web.test_votes import NEW

FORM = "proposals-form"
OPEN = Open(votes=(), reasons=(Reason("SC-8", "nobody is named", False),))


def night(desk: DeskClient) -> None:
    with desk.town.context() as context:
        run_night(context, lambda _: None)


@pytest.fixture
def moderated(desk: DeskClient) -> DeskClient:
    """A chapter whose committee keeps two of three proposals."""
    night(desk)
    with desk.town.context() as context:
        roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
        voter = reveal(min(one.person.addresses[0] for one in roll.voting()))
    texts = ("Rents", "Trees <b>", "Buses")
    rows = [["2026-03-01", voter, text, None, "Olive"] for text in texts]
    desk.town.add_tab("proposals", *rows)
    night(desk)
    desk.town.add_tab("priorities", [1, "keep", None, "Rents we can pay"], [2, "keep"])
    night(desk)
    return desk.sign_in()


def test_the_list_has_numbers_texts_and_decisions_and_nobody(moderated: DeskClient) -> None:
    answer = moderated.get("/proposals")
    said = words(answer)
    assert "3 proposals count." in said
    assert "1 Rents On the ballot: Rents we can pay kept 2 Trees <b> kept" in said
    assert "3 Buses not moderated yet" in said
    assert "@" not in said
    assert 'href="/proposals"' in moderated.get("/committee").text


def test_both_votes_are_added_to_a_draft_beside_what_is_there(moderated: DeskClient) -> None:
    moderated.press("/votes/new", "/votes/new", NEW)
    add, path = "/votes/autumn/add", "/votes/autumn/priorities"
    moderated.press(add, path, {"vote": "advisory"})
    answer = moderated.press(add, path, {"vote": "priorities"})
    assert "The contest is on the ballot." in words(answer)
    assert "Not moderated yet, and left out: 3." in words(answer)
    files = sorted((moderated.town.folder / "elections/autumn/contests").glob("*.toml"))
    one, two = (tomllib.loads(file.read_text()) for file in files)
    assert one["proposals"] == ["1. Rents we can pay", "2. Trees <b>"]
    assert two["priorities"] == ["Rents we can pay", "Trees <b>"]


def test_without_a_list_nothing_is_added(desk: DeskClient) -> None:
    desk.sign_in().press("/votes/new", "/votes/new", NEW)
    answer = desk.press("/votes/autumn/add", "/votes/autumn/priorities", {"vote": "advisory"})
    assert "he committee keeps too few proposals: 0, at least 2 needed" in words(answer)
    assert not [*(desk.town.folder / "elections/autumn/contests").glob("*.toml")]


def test_the_call_is_seen_approved_and_sent_once(desk: DeskClient) -> None:
    form = desk.town.sandbox.google.add_form(FORM, "Propose a priority")
    for title in ("Email address", "Proposal", "Code"):
        form.add_text(title)
    holds = f'[[forms]]\nid = "{FORM}"\nholds = "proposals"\n\n'
    desk.town.rewrite(f'[[forms]]\nid = "{SIGN_IN}"', f'{holds}[[forms]]\nid = "{SIGN_IN}"')
    night(desk)
    seen = desk.ended(desk.sign_in().press("/proposals", "/calls/proposals"))
    assert "What should we work on in 2026?" in words(seen)
    page = seen.url.removeprefix(desk.home)
    desk.press(page, page)
    assert not _sent(desk), "the box is not ticked"
    done = desk.ended(desk.press(page, page, {"sure": "yes"}))
    many = _sent(desk)
    assert many
    assert f"Sent to {many} members." in words(done)
    assert f"Sent to {many} voting members this year." in words(done)
    again = desk.ended(desk.press(page, page, {"sure": "yes"}))
    assert "was already sent" in words(again)
    assert _sent(desk) == many


def _sent(desk: DeskClient) -> int:
    outbox = desk.town.sandbox.mailchimp.outbox
    return sum("clerk: proposals" in one.title for one in outbox)


def test_an_officer_who_only_looks_sends_nothing(desk: DeskClient) -> None:
    night(desk)
    assert "See the email" not in desk.sign_in(LOOKS).text("/proposals")


def test_today_says_that_an_ad_hoc_committee_is_to_be_formed(
    desk: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.committee.ad_hoc import NoConfidence

    night(desk)
    held = OPEN._replace(votes=(NoConfidence(date(2026, 3, 1), "Priorities"),))
    monkeypatch.setattr(today, "ad_hoc_now", lambda _: held)
    said = desk.sign_in().text("/")
    assert "An ad hoc committee must be formed No confidence: “Priorities”, March 1, 2026." in said
    formed = held._replace(reasons=())
    monkeypatch.setattr(today, "ad_hoc_now", lambda _: formed)
    assert "The ad hoc committee is at work" in desk.text("/")
