"""Members' requests on a town: each kind goes in, and has an end (ST-3)."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest

from connectors.ledger.requests import Requests
from connectors.sandbox.invented import address_of
from flows.committee.nominees import must_be_named, nominees_of
from flows.nightly.facts import facts_of, year_of
from flows.nightly.sources import known_sources
from flows.privacy import person, retention
from flows.requests import deciding
from flows.requests.nightly import bring_on
from flows.requests.queue import QueuedRequest, queue_of
from flows.requests.taking_in import code_of
from models.errors import FixTheData, Refused
from models.unmask import reveal
from models.votes.codes import written
from models.year.request_queue import MOST_TRIES, MemberRequest, RequestState, RequestTold
from tests.flows.town import Town, kept_by_another_version

OFFICER = "Thea"
ANN, BEN, STRANGER = address_of(0), address_of(1), "stranger@example.org"
Cells = list[str | None]


@pytest.fixture
def asking(town: Town) -> Town:
    """A chapter that reads requests, and has none yet."""
    town.add_tab("requests")
    bring(town)
    return town


def ask(town: Town, address: str | None, kind: str, *more: str | None) -> None:
    """Fill in the form: what it is about, a nominee's address, a code."""
    with town.edit("Requests") as rows:
        n = len(rows)
        day = town.clock().date().isoformat()
        rows.append([f"{day} 00:{n // 60:02}:{n % 60:02}", address, kind, *more])
        rows[-1] += [None] * (6 - len(rows[-1]))


def bring(town: Town) -> str:
    """A night, and what follows it."""
    night = town.night()
    with town.context() as context:
        return bring_on(context, night)


def queue(town: Town) -> list[QueuedRequest]:
    with town.context() as context:
        return queue_of(context)


def held(town: Town, number: int = 1) -> MemberRequest:
    return next(one.held for one in queue(town) if one.held.number == number)


def mail(town: Town) -> list[tuple[str, str]]:
    """Who got which email about which request."""
    outbox = town.sandbox.mailchimp.outbox
    return [
        (one.to, " ".join(one.title.split()[1:4]))
        for one in outbox
        if one.title.startswith("clerk: request")
    ]


def code(town: Town, number: int = 1) -> str:
    """The code that was mailed, as the reader sees it."""
    with town.context() as context:
        found = next(one for one in queue_of(context) if one.held.number == number)
        assert found.person
        return written(code_of(context, found.held, found.person.id))


def test_a_status_is_answered_the_same_night_to_the_address_alone(asking: Town) -> None:
    """ST-3: by email, once, with the reader's own numbers, and what a vote asks for."""
    ask(asking, ANN, "my status")
    assert bring(asking) == "requests: 1 new, 1 email sent"
    assert held(asking).state is RequestState.ANSWERED
    assert mail(asking) == [(ANN, "request 1 status")]
    (letter,) = [one for one in asking.sandbox.mailchimp.outbox if "request" in one.title]
    for said in ("Events counted:", "come to 3", "request 1", "Actividades contadas:"):
        assert said in letter.text
    bring(asking)
    assert mail(asking) == [(ANN, "request 1 status")]


def test_a_stranger_gets_nothing_and_stands_in_the_review(asking: Town) -> None:
    """ST-3: the form tells nobody whether an address is a member's."""
    ask(asking, STRANGER, "my status")
    bring(asking)
    assert mail(asking) == []
    assert (held(asking).state, held(asking).told) == (RequestState.OPEN, RequestTold.UNREACHED)
    with asking.context() as context:
        review = facts_of(context, known_sources(context.ledger)).review
    (item,) = [one for one in review if one.rule == "ST-3"]
    assert (str(item.place), item.weight.value) == ("Requests!2:2", "note")
    assert STRANGER not in f"{item.reason} {item.next_step}"


def test_every_row_is_a_request_or_a_question_with_its_cell(asking: Town) -> None:
    ask(asking, ANN, "my status")
    ask(asking, ANN, "My status")
    ask(asking, None, "my status")
    ask(asking, BEN, "sing a song")
    bring(asking)
    assert [one.held.state for one in queue(asking)] == [
        RequestState.ANSWERED,
        RequestState.JOINED,
    ]
    with asking.context() as context:
        facts = facts_of(context, known_sources(context.ledger))
        book = year_of(context)
    (box,) = [one for one in book.boxes if one.kind == "requests"]
    assert (box.rows, box.records, box.set_aside) == (4, 2, 2)
    asked = [str(one.place) for one in facts.review if one.rule == "ST-3"]
    assert asked == ["Requests!B4", "Requests!C5"]
    assert len(mail(asking)) == 1


def test_a_correction_is_one_word_of_an_officer_and_an_exception(asking: Town) -> None:
    """ST-3, VM-R3"""
    with asking.context() as context:
        facts = facts_of(context, known_sources(context.ledger))
        rules = context.bylaws.in_force(facts.today).membership
        past = [
            one for one in facts.events if not (one.of_the_log or one.why_not(rules, facts.today))
        ]
        entry = person.find(context, ANN)
        mine = {str(one) for one in entry.standing.counted}
    event = max((one for one in past if str(one) not in mine), key=str)
    ask(asking, ANN, "correct my attendance", str(event))
    bring(asking)
    assert mail(asking) == [(ANN, "request 1 receipt")]
    before = standing(asking)
    with asking.context() as context:
        deciding.accept(context, 1, OFFICER)
    night = asking.night()
    assert not night.is_quiet
    with asking.context() as context:
        counted = person.find(context, ANN).standing.counted
        assert {str(one) for one in counted} == mine | {str(event)}
        bring_on(context, night)
    assert held(asking).state is RequestState.ANSWERED
    assert mail(asking)[-1] == (ANN, "request 1 end")
    kept_by_another_version(asking, "request %")
    with pytest.raises(FixTheData, match="kept by another version") as stopped:
        asking.night()
    assert "clerk requests take-back" in stopped.value.next_step
    with asking.context() as context:
        deciding.take_back(context, 1, OFFICER)
    asking.night()
    assert standing(asking) == before


def standing(town: Town) -> object:
    with town.context() as context:
        return person.find(context, ANN).standing


@pytest.mark.parametrize("about", ["the meeting in spring", "2026-99-99 Forum"])
def test_an_event_that_is_not_clear_is_not_guessed(asking: Town, about: str) -> None:
    ask(asking, ANN, "correct my attendance", about)
    bring(asking)
    with asking.context() as context, pytest.raises(Refused, match=r"event|date") as refused:
        deciding.accept(context, 1, OFFICER)
    assert "--event" in refused.value.next_step


def test_a_nomination_and_a_priority_become_rows_of_their_tables(asking: Town) -> None:
    """SC-2, SC-7: as if they stood in the tab, with who asked."""
    ask(asking, ANN, "nominate", "Jo Rivera", BEN)
    ask(asking, ANN, "propose a priority", "More buses")
    bring(asking)
    with asking.context() as context:
        for number in (1, 2):
            deciding.accept(context, number, OFFICER)
        book = year_of(context)
        (row,) = book.nominations
        assert (row.name, row.by_another, row.agrees) == ("Jo Rivera", True, None)
        must_be_named(context.chapter)  # no tab of nominations is needed to see them
        assert [one.said.name for one in nominees_of(context).found] == ["Jo Rivera"]
        (proposal,) = book.proposals
        assert (proposal.text, proposal.confirmed_by) == ("More buses", OFFICER)
        assert str(proposal.place) == "Request 2!2:2"


def test_an_endorsement_goes_on_the_agenda_until_it_has_an_end(asking: Town) -> None:
    """EN-2"""
    ask(asking, ANN, "consider an endorsement", "Sheriff")
    bring(asking)
    with asking.context() as context:
        assert deciding.accept(context, 1, OFFICER).state is RequestState.ON_AGENDA
        done = deciding.end(
            context, 1, RequestState.ANSWERED, "The committee takes it up.", OFFICER
        )
    assert done.why == "The committee takes it up."
    bring(asking)
    assert mail(asking)[-1] == (ANN, "request 1 end")
    letter = asking.sandbox.mailchimp.outbox[-1]
    assert "The committee takes it up." in letter.text


def test_who_asks_for_their_data_proves_the_address_by_a_second_answer(asking: Town) -> None:
    """DP-6: the code is mailed, is nowhere in the ledger, and opens one request once."""
    ask(asking, ANN, "see my data")
    bring(asking)
    letter = asking.sandbox.mailchimp.outbox[-1]
    assert (letter.to, code(asking) in letter.text) == (ANN, True)
    with asking.context() as context, pytest.raises(Refused, match="nobody has proved"):
        deciding.end(context, 1, RequestState.ANSWERED, "", OFFICER)
    ask(asking, BEN, "see my data", None, None, code(asking))
    bring(asking)
    assert held(asking).state is RequestState.UNPROVED
    ask(asking, ANN, "see my data", None, None, code(asking).lower())
    bring(asking)
    assert held(asking).state is RequestState.PROVED
    assert asking.member(ANN).merge_fields["CLPROOF"] == ""
    with asking.context() as context:
        assert deciding.end(context, 1, RequestState.ANSWERED, "", OFFICER).state == "answered"


def test_a_code_told_to_an_officer_proves_it_too_and_guessing_ends(asking: Town) -> None:
    ask(asking, ANN, "erase my data")
    ask(asking, BEN, "erase my data")
    bring(asking)
    with asking.context() as context:
        for _ in range(MOST_TRIES):
            with pytest.raises(Refused, match="not the code"):
                deciding.prove(context, 2, "XXXX-XXXX-XXXX", OFFICER)
        with pytest.raises(Refused, match="it has an end already: refused"):
            deciding.prove(context, 2, "XXXX-XXXX-XXXX", OFFICER)
    right = code(asking)
    with asking.context() as context:
        assert deciding.prove(context, 1, right, OFFICER).state is RequestState.PROVED
        with pytest.raises(Refused, match="no code is waited for"):
            deciding.prove(context, 1, right, OFFICER)


def test_a_code_that_nobody_sends_back_expires(asking: Town) -> None:
    ask(asking, ANN, "erase my data")
    bring(asking)
    start = asking.clock
    for days, state in ((7, RequestState.UNPROVED), (8, RequestState.EXPIRED)):
        asking.clock = lambda days=days: start() + timedelta(days=days)  # type: ignore[misc]  # binds the loop's value
        bring(asking)
        assert held(asking).state is state
    assert asking.member(ANN).merge_fields["CLPROOF"] == ""


def test_erasing_the_person_ends_their_request(asking: Town) -> None:
    """DP-6"""
    ask(asking, ANN, "erase my data")
    bring(asking)
    right, mark = code(asking), held(asking).mark
    with asking.context() as context:
        deciding.prove(context, 1, right, OFFICER)
        entry = person.find(context, ANN)
        items = [one for one in person.held_on(context, entry) if "request 1" in one.what]
        assert len(items) == 1
        person.forget(context, entry, OFFICER)
    (one,) = queue(asking)
    assert (one.held.state, one.row) == (RequestState.ANSWERED, None)
    assert one.held.mark != mark
    bring(asking)
    assert Counter(mail(asking)) == {(ANN, "request 1 receipt"): 1}
    assert len(queue(asking)) == 1


def test_an_officer_is_named_and_a_refusal_says_why_without_an_address(asking: Town) -> None:
    ask(asking, ANN, "propose a priority", "More buses")
    bring(asking)
    with asking.context() as context:
        for by, why, fact in (
            ("", "Because.", "who decides"),
            (OFFICER, " ", "a refusal says why"),
            (OFFICER, f"Ask {BEN}", "email address"),
            (OFFICER, "x" * 501, "longer than 500"),
        ):
            with pytest.raises(Refused, match=fact):
                deciding.end(context, 1, RequestState.REFUSED, why, by)
        deciding.end(context, 1, RequestState.REFUSED, "It is the city's.", OFFICER)
        (line,) = context.ledger.votes.lines("")
        assert (line.who, line.event.kind) == (OFFICER, "request-decided")


def test_a_quiet_night_asks_nobody_and_a_new_request_is_seen(asking: Town) -> None:
    """The form's rows are a source like others: one more row is no quiet night."""
    for _ in range(3):
        night = asking.night()
    assert night.is_quiet
    ask(asking, ANN, "my status")
    assert bring(asking) == "requests: 1 new, 1 email sent"


def test_nothing_of_a_request_decides_about_a_vote(asking: Town) -> None:
    before = standing(asking)
    for kind in ("my status", "correct my attendance", "nominate", "erase my data"):
        ask(asking, ANN, kind, "2026-01-10 Meeting", BEN)
    bring(asking)
    assert standing(asking) == before


def test_segments_and_codes_do_not_stay_at_the_mailing_list(asking: Town) -> None:
    ask(asking, ANN, "my status")
    bring(asking)
    bring(asking)
    assert not [one for one in asking.audience.segments.values() if "request" in one.name]
    assert held(asking).segments == ()


def test_a_job_that_dies_once_the_email_is_out_sends_no_second_one(
    asking: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(asking, ANN, "my status")
    night = asking.night()
    with monkeypatch.context() as patch, asking.context() as context:
        patch.setattr(Requests, "change", dies_once_the_email_is_out())
        with pytest.raises(KeyboardInterrupt):
            bring_on(context, night)
    assert mail(asking) == [(ANN, "request 1 status")]
    assert held(asking).state is RequestState.OPEN
    bring(asking)
    assert mail(asking) == [(ANN, "request 1 status")]
    assert held(asking).state is RequestState.ANSWERED


def dies_once_the_email_is_out() -> Callable[[Requests, list[MemberRequest]], None]:
    """The first is what expired, the second is before anything is sent; the third says it is."""
    calls = count()
    whole = Requests.change

    def change(queue: Requests, changed: list[MemberRequest]) -> None:
        if next(calls) > 1:
            raise KeyboardInterrupt
        whole(queue, changed)

    return change


def test_what_was_answered_long_ago_is_no_new_request_after_retention(asking: Town) -> None:
    """DP-6"""
    ask(asking, ANN, "propose a priority", "More buses")
    bring(asking)
    with asking.context() as context:
        deciding.end(context, 1, RequestState.REFUSED, "It is the city's.", OFFICER)
    bring(asking)
    start = asking.clock
    asking.clock = lambda: start() + timedelta(days=900)
    with asking.context() as context:
        retention.apply(context)
    assert held(asking).why == ""
    with asking.context() as context:
        bring_on(context)
    assert [one.held.number for one in queue(asking)] == [1]


def test_the_ledger_holds_no_address_and_no_text_of_a_request(asking: Town) -> None:
    ask(asking, ANN, "propose a priority", "Zebra crossings")
    bring(asking)
    shown = repr([one.held for one in queue(asking)]) + repr(queue(asking))
    assert ANN not in shown
    assert "Zebra" not in shown
    assert reveal(queue(asking)[0].row.address) == ANN  # type: ignore[union-attr]  # it is there
