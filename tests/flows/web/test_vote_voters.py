"""Calls to make, links to read out, why somebody may vote, and exceptions: looks are recorded."""

import re

import pytest

from connectors.ledger import PersonLook
from tests.elections.polls import NAME, ranks
from tests.flows.web.ballots import HERE, VoteDesk
from tests.flows.web.desk import ACTS, LOOKS, hidden, words


def looks(vote: VoteDesk) -> list[PersonLook]:
    with vote.poll.town.ledger() as ledger:
        return ledger.officers.looks()


def test_a_call_is_written_down_under_the_officers_name(vote: VoteDesk) -> None:
    page = vote.desk.get(f"{HERE}/calls")
    listed = page.text.count('class="person"')
    assert listed > 0
    assert f"{listed} still to reach." in words(page)
    assert len(looks(vote)) == listed
    said = words(vote.press("/calls", {"end": "no answer"}))
    assert "The call is written down." in said
    assert "no answer Ana Reyes, Thursday, April 2, at 9:00 AM" in said
    (call,) = [one for one in looks(vote) if one.what.startswith("call about")]
    assert (call.officer, call.what) == (ACTS, f"call about {NAME}: no answer")
    assert vote.record() == [one for one in vote.record() if "Call" not in one]


def test_how_a_call_ended_is_on_the_page_of_the_calls_alone(vote: VoteDesk) -> None:
    """DP-4: of few people to call, even a count says who will not vote."""
    vote.press("/calls", {"end": "will not vote"})
    (call,) = [one for one in looks(vote) if one.what.startswith("call about")]
    vote.desk.sign_in(LOOKS)
    assert "will not vote Ana Reyes" in vote.text("/calls")
    found = vote.desk.press("/roll", "/roll/search", {"wanted": call.person})
    assert "/person/" in found.url
    for page in (vote.desk.get("/privacy/access"), found):
        assert f"a call about {NAME}" in words(page)
        assert "will not vote" not in words(page)


def test_a_call_is_gone_with_the_person(vote: VoteDesk) -> None:
    from flows.votes.phone_calls import noted

    vote.press("/calls", {"end": "called"})
    with vote.poll.context() as context:
        (person,) = noted(context, NAME)
        context.ledger.erasing.erase(
            person, [], context.today, [], contacts=0, rows=0, by="x", at=context.now()
        )
        assert noted(context, NAME) == {}


def test_links_are_shown_for_a_reason_and_recorded(vote: VoteDesk) -> None:
    refused = vote.press("/calls", {"reason": " "}, "/codes")
    assert refused.status_code == 409
    shown = vote.press("/calls", {"reason": "the phone bank of Tuesday"}, "/codes")
    assert shown.headers["cache-control"] == "no-store"
    codes = re.findall(r'class="code">([0-9A-Z-]+)<', shown.text)
    assert codes
    assert "Ana Reyes: CodesShown" in vote.record()
    about = [one.person for one in looks(vote) if one.what == f"calls with codes for {NAME}"]
    assert len(set(about)) == len(about) == shown.text.count('class="person"')
    vote.poll.answers(codes[0], ranks("Ada Park"))
    assert codes[0] not in vote.desk.get(f"{HERE}/calls").text


def voters_page(vote: VoteDesk, wanted: str) -> str:
    found = vote.press("/voter", {"wanted": wanted})
    assert found.status_code == 200
    if "/voter/" in found.url:
        return found.url.removeprefix(vote.desk.home)
    return re.findall(rf'href="({HERE}/voter/[^"]+)"', found.text)[0]


def test_why_somebody_may_vote_is_recorded_as_a_look(vote: VoteDesk) -> None:
    address = min(vote.poll.invited())
    page = voters_page(vote, address)
    assert address not in page
    said = vote.desk.text(page)
    assert "can vote in “Spring endorsements”: on the voter roll of" in said
    assert "Evidence on the voter roll:" in said
    newest = looks(vote)[0]
    assert (newest.officer, newest.what) == (ACTS, f"why they may vote in {NAME}")
    assert newest.person == vote.poll.people()[address]


def test_a_ballot_is_asked_after_for_a_reason(vote: VoteDesk) -> None:
    address = min(vote.poll.invited())
    vote.poll.votes(address, ranks("Ada Park"))
    page = voters_page(vote, address)
    asked = vote.desk.press(page, f"{page}/ballot", {"reason": "they asked by phone"})
    assert "Ballot: one has arrived (BA-8)." in words(asked)
    assert "Ana Reyes: BallotAskedAfter" in vote.record()


def test_an_exception_adds_and_removes(vote: VoteDesk) -> None:
    stranger = vote.poll.stranger()
    page = voters_page(vote, stranger)
    assert "not on the voter roll" in vote.desk.text(page)
    no_reason = vote.desk.press(page, page, {"reason": " "})
    assert "The reason is missing" in words(no_reason)
    asked = vote.desk.press(page, page, {"reason": "attested by the chair"})
    assert "Added to the voter roll." in vote.confirm(asked)
    assert stranger in vote.poll.invited()
    assert "Ana Reyes: VoterAdded" in vote.record()
    asked = vote.desk.press(page, page, {"reason": "it was a mistake"})
    assert "A ballot that they sent does not count." in words(asked)
    assert "Removed from the voter roll." in vote.confirm(asked)
    assert "removed from the voter roll" in vote.desk.text(page)


def test_nobody_is_found_by_nothing(vote: VoteDesk) -> None:
    assert "No one in the sheets" in words(vote.press("/voter", {"wanted": "zzzzz"}))
    assert "No one in the sheets" in words(vote.press("/voter", {"wanted": " "}))


def test_who_may_look_sees_whom_to_call_but_no_links(vote: VoteDesk) -> None:
    vote.desk.sign_in(LOOKS)
    page = vote.desk.get(f"{HERE}/calls")
    assert page.status_code == 200
    assert "Show the links" not in page.text
    with pytest.raises(AssertionError, match="no form"):
        hidden(page, f"{HERE}/codes")
