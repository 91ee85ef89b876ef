"""A whole vote is cancelled until it closes: not counted, told, published; a new one may open.

EN-R11. Nobody gets a letter who was not invited, and nobody who was invited goes without.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from flows.doctor.votes import ballot_forms
from flows.privacy.retention import apply, due
from flows.votes.cancelling import cancel_vote
from flows.votes.lifecycle import approve, extend
from flows.votes.moments import next_moments
from flows.votes.roll_exceptions import correct_roll
from flows.votes.sending import is_cleared
from flows.votes.tally.audit import audit
from models.errors import FixTheData, FixTheSettings, Refused
from models.votes.election import ElectionState
from models.votes.events import VoteCancelled
from models.votes.history import each
from tests.elections.polls import (
    CLOSES,
    COUNTS,
    NAME,
    OFFICER,
    OPENS,
    REMINDERS,
    Poll,
    ranks,
)
from tests.elections.test_commands import Clerk, clerk, told
from tests.elections.test_overlaps import second

__all__ = ["clerk"]
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SECOND_DAY = OPENS + DAY + HOUR
WHY, WHY_ES = "A form of last year was sent out.", "Se envió un formulario viejo."
MARKS = ranks("Ada Park") | {"Question 6": "Yes"}


def cancelled(poll: Poll, reason_es: str = WHY_ES) -> None:
    """An officer's word, and a strike of the clock."""
    with poll.context() as context:
        cancel_vote(context, poll.name, OFFICER, WHY, reason_es)
    poll.strike()


@pytest.fixture
def off(poll: Poll) -> Poll:
    """A vote that was cancelled on its second day, when some had voted."""
    poll.opened()
    poll.votes(min(poll.invited()), MARKS)
    poll.clock.at = SECOND_DAY
    cancelled(poll)
    return poll


def public(poll: Poll, file: str = "index.html") -> str:
    return (poll.town.folder / "public" / poll.name / file).read_text("utf-8")


def test_everybody_who_was_invited_is_told_with_the_reason_and_nobody_else(off: Poll) -> None:
    letters = off.letters("cancellation")
    assert {to for to, _ in letters} == off.invited().keys()
    assert set(letters.values()) == {1}
    outbox = off.town.sandbox.mailchimp.outbox
    letter = next(one for one in outbox if "cancellation" in one.title)
    for said in (WHY, WHY_ES, "is canceled", "se canceló", "Spring endorsements"):
        assert said in letter.text
        assert said in letter.html
    assert off.invited()[letter.to] not in letter.text


def test_it_is_not_counted_and_no_reminder_goes(off: Poll) -> None:
    for moment in (*REMINDERS, CLOSES, COUNTS):
        assert off.at(moment) == []
    assert off.vote.state is ElectionState.CANCELLED
    assert off.vote.result is None
    assert off.letters("reminder") == {}
    assert set(off.record()).isdisjoint({"closed voting", "counted the votes"})


def test_its_codes_go_off_the_mailing_list_at_once(off: Poll) -> None:
    assert off.codes_on_the_list == set()
    assert off.segment("invitation") == off.segment("cancellation") == set()
    off.town.sandbox.reset()
    assert off.strike() == []
    assert off.town.sandbox.journal == []


def test_a_page_says_that_it_is_cancelled_why_and_by_whom(off: Poll) -> None:
    page = public(off)
    for said in ("This election was canceled. Nothing is decided.", WHY, OFFICER, "April 3, 2026"):
        assert said in page
    assert "Esta votación se canceló" in public(off, "index.es.html")
    assert WHY_ES in public(off, "index.es.html")
    assert "Ada Park" not in page


def test_a_reason_that_was_not_translated_is_marked_as_english(poll: Poll) -> None:
    poll.opened()
    cancelled(poll, reason_es="")
    assert f'El motivo (en inglés): <span lang="en">{WHY}</span>' in public(poll, "index.es.html")
    letter = poll.town.sandbox.mailchimp.outbox[-1]
    assert f'El motivo (en inglés): <span lang="en">{WHY}</span>' in letter.html


def test_the_record_holds_and_says_it(off: Poll) -> None:
    with off.context() as context:
        lines = context.ledger.votes.lines(NAME)
        assert list(each(lines, VoteCancelled)) == [VoteCancelled(reason=WHY, reason_es=WHY_ES)]
        audit(context)
    assert off.record()[-4:] == [
        "canceled the election", "sent an email", "published that the election is canceled",
        "removed the codes from the mailing list",
    ]  # fmt: skip


def test_a_page_of_it_that_somebody_edits_is_noticed(off: Poll) -> None:
    page = off.town.folder / "public" / NAME / "index.html"
    page.write_text(page.read_text("utf-8").replace("canceled", "counted"))
    with off.context() as context, pytest.raises(FixTheData, match="published pages of spring"):
        audit(context)


def test_a_record_that_loses_the_line_is_noticed(off: Poll) -> None:
    """What the ledger holds of it says otherwise."""
    with off.context() as context, context.ledger._database.writing() as db:
        db.execute(text("update elections set state = 'open'"))
    with (
        off.context() as context,
        pytest.raises(
            FixTheData,
            match=r"but its audit log ends "
            r"differently \(VM-R3\)",
        ),
    ):
        audit(context)


def test_a_new_vote_opens_in_the_same_hour(off: Poll) -> None:
    opens = SECOND_DAY + HOUR / 2
    again = second(off, opens, CLOSES).approved()
    again.at(opens)
    assert again.invited().keys() == off.invited().keys()
    assert again.codes_on_the_list == set(again.invited().values())
    assert set(off.invited().values()).isdisjoint(again.invited().values())
    again.everybody_votes(MARKS)
    again.at(COUNTS)
    assert again.vote.result
    assert again.vote.result.counted == len(again.invited())
    with off.context() as context:
        audit(context)


def test_who_takes_their_old_code_to_the_new_vote_is_told_so(off: Poll, clerk: Clerk) -> None:
    """BA-1, BA-8: before the close and after it; the letter had said that the code is dead."""
    outbox = off.town.sandbox.mailchimp.outbox
    letter = next(one for one in outbox if "cancellation" in one.title)
    for body in (" ".join(letter.text.split()), letter.html):
        assert "you can ignore the link and the code we sent you" in body
        assert "el enlace y el código que recibió ya no sirven" in body
    opens = SECOND_DAY + HOUR / 2
    again = second(off, opens, CLOSES).approved()
    again.at(opens)
    again.clock.at = opens + HOUR
    voter, other = sorted(off.invited())[:2]
    again.answers(off.invited()[voter], MARKS)
    old = (
        "one has arrived with their code of another election, spring; it does not count here (BA-1)"
    )
    asked = ("--by", OFFICER, "--reason", "the voter asked")
    said = told(clerk("explain", voter, "--election", again.name, *asked))
    assert "Ballot: none has arrived (BA-8)." in said
    assert f"{old}. The link in this election's email has the right one." in said
    assert old not in told(clerk("explain", other, "--election", again.name, *asked))
    again.at(COUNTS)
    said = told(clerk("explain", voter, "--election", again.name))
    assert "none has arrived with their code" in said
    assert old in said


def test_a_new_vote_waits_for_codes_that_cannot_go_yet(poll: Poll) -> None:
    """Its letters would carry them (BA-1)."""
    poll.opened()
    poll.clock.at = SECOND_DAY
    opens = SECOND_DAY + HOUR / 2
    again = second(poll, opens, CLOSES)
    mailchimp = poll.town.sandbox.mailchimp
    mailchimp.delivery = HOUR
    try:
        cancelled(poll)
        poll.clock.at = opens
        with (
            again.context() as context,
            pytest.raises(Refused, match="needs the mailing list's field for codes until"),
        ):
            approve(context, again.name, OFFICER)
    finally:
        mailchimp.delivery = timedelta()
    again.at(SECOND_DAY + 2 * HOUR)
    with again.context() as context:
        assert is_cleared(context.ledger, NAME)
        assert approve(context, again.name, OFFICER)


def test_what_officers_do_with_an_open_vote_is_refused_kindly(off: Poll) -> None:
    person = off.people()[off.stranger()]
    with off.context() as context:
        for verb in (
            lambda: extend(context, NAME, CLOSES + DAY, OFFICER, "more time"),
            lambda: correct_roll(context, NAME, person, OFFICER, "was there", remove=False),
            lambda: cancel_vote(context, NAME, OFFICER, "again"),
            lambda: approve(context, NAME, OFFICER),
        ):
            with pytest.raises(Refused, match="canceled") as refused:
                verb()
            assert refused.value.next_step
        assert next_moments(context, 30 * DAY) == []


def test_status_and_history_say_it_and_what_is_left_to_do(off: Poll, clerk: Clerk) -> None:
    off.form.accepting = False
    said = told(clerk("election", "status", NAME))
    assert "Spring endorsements: canceled. Next: nothing; it is canceled" in said
    assert f"Canceled Fri, April 3, 2026, 10:00 AM EDT by {OFFICER}: {WHY}" in said
    status = json.loads(told(clerk("election", "status", NAME, "--json")))
    assert status["cancelled"] == {"at": "Fri 2026-04-03 10:00", "by": OFFICER, "reason": WHY}
    assert "outcomes" not in status
    assert f"canceled the election\treason: {WHY}" in told(clerk("election", "history", NAME))
    assert clerk("election", "tally", NAME).exit_code == 0
    read_out = told(clerk("election", "calls", NAME))
    assert f"The election is canceled, and no ballot is counted. Reason: {WHY}" in read_out
    assert "On this ballot" not in read_out
    assert "canceled" in told(clerk("election", "publish", NAME, "--by", OFFICER))
    assert "no result yet" in told(clerk("election", "recount", NAME))
    assert "The audit log is intact" in told(clerk("audit"))


def test_the_command_says_that_the_form_is_to_stop_accepting(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    words = ("election", "cancel", NAME, "--by", OFFICER, "--reason", WHY)
    said = told(clerk(*words))
    assert "stop accepting responses now (Publish → Published → Accepting" in said
    still = (
        "Next: stop its form from accepting responses; it is canceled, and a new election can open"
    )
    assert still in said
    assert "cannot email" in said
    assert still in told(clerk("election", "status", NAME))
    with poll.context() as context:
        ((_, check),) = ballot_forms(context)
        with pytest.raises(
            FixTheSettings,
            match="is canceled, but its form still accepts responses, so people might",
        ):
            check()
    assert "spring: stop its form" in told(clerk("tick"))
    with poll.context() as context:
        poll.form.accepting = False
        assert list(ballot_forms(context)) == []
    del poll.town.sandbox.google.forms[poll.form_id]
    assert "Next: nothing" in told(clerk("election", "status", NAME))
    assert told(clerk("tick")) == "Nothing is due. No election is running.\n"
    assert poll.letters("cancellation")
    assert "already canceled, since Thu, April 2, 2026, 9:00 AM EDT" in told(clerk(*words))


def test_whoever_asks_after_their_ballot_is_told_that_none_counts(off: Poll, clerk: Clerk) -> None:
    """BA-8: it is in no box, whenever it came."""
    voter = min(off.invited())
    said = told(clerk("explain", voter, "--election", NAME))
    assert "the election was canceled, and no ballot is counted (EN-R11)." in said
    assert "will be counted" not in said
    assert said.startswith("“Spring endorsements” was canceled Fri, April 3, 2026, 10:00 AM EDT.")
    assert " could vote in " in said
    ballot = json.loads(told(clerk("explain", voter, "--election", NAME, "--json")))["ballot"]
    assert (ballot["cancelled"], ballot["rows"], ballot["arrived"]) == (True, [], None)


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_cancelled(poll: Poll, clerk: Clerk, reason: str) -> None:
    poll.opened()
    said = told(clerk("election", "cancel", NAME, "--by", OFFICER, "--reason", reason))
    assert "the reason is missing; everyone who was invited will read it" in said
    assert poll.vote.state is ElectionState.OPEN


# Before it opens, and after it has closed


def test_of_a_vote_that_has_not_opened_nobody_is_told(poll: Poll, clerk: Clerk) -> None:
    poll.approved()
    said = told(clerk("election", "cancel", NAME, "--by", OFFICER, "--reason", WHY))
    assert "No one was invited, so no one gets an email." in said
    poll.town.sandbox.reset()
    for moment in (OPENS, REMINDERS[0], COUNTS):
        assert poll.at(moment) == []
    assert poll.letters() == {}
    assert poll.town.sandbox.journal == []
    assert not (poll.town.folder / "public" / NAME).exists()
    with poll.context() as context:
        audit(context)


def test_a_cancelled_approval_touches_no_code_of_another_vote(poll: Poll) -> None:
    """One field holds the codes of all votes (BA-1)."""
    other = second(poll, COUNTS + DAY).approved()
    poll.opened()
    with poll.context() as context:
        cancel_vote(context, other.name, OFFICER, WHY)
    poll.strike()
    assert poll.codes_on_the_list == set(poll.invited().values())


def test_after_the_close_nothing_is_cancelled(poll: Poll) -> None:
    """Nobody can discard a result they dislike."""
    poll.opened()
    for moment in (CLOSES, COUNTS):
        poll.clock.at = moment
        with poll.context() as context, pytest.raises(Refused, match="can be canceled") as refused:
            cancel_vote(context, NAME, OFFICER, WHY)
        assert refused.value.rule == "EN-R11"
        poll.strike()
    assert poll.vote.state is ElectionState.COUNTED


def test_a_draft_cannot_be_cancelled(poll: Poll) -> None:
    with poll.context() as context, pytest.raises(Refused, match="not been approved yet"):
        cancel_vote(context, NAME, OFFICER, WHY)


# What is kept


def test_its_roll_is_destroyed_when_the_contest_window_is_over(off: Poll, tmp_path: Path) -> None:
    """DP-6"""
    off.clock.at = CLOSES + DAY
    with off.context() as context:
        assert due(context).votes == ()
    off.clock.at = CLOSES + 400 * DAY
    with off.context() as context:
        assert due(context).votes == (NAME,)
        apply(context)
        assert context.ledger.votes.roll(NAME) == []
        assert due(context).votes == ()
        audit(context)
    assert off.strike() == []
