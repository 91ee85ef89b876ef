"""A ballot form that is no more what was approved is noticed by the next strike, and told once."""

import json
from datetime import timedelta

import pytest

from connectors.sandbox.faults import STRANGERS
from connectors.sandbox.mailchimp.letters import Letter
from flows.alerts.places import place_of
from flows.doctor.votes import ballot_forms
from flows.service import election_flow as vote_clock
from flows.views.election import status
from flows.votes.cancelling import cancel_race, cancel_vote, withdraw_candidate
from flows.votes.check import check_form
from flows.votes.watch import watch
from models.errors import FixTheData, FixTheSettings, TryAgainLater
from models.mail.alerts import Alert, AlertKind
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, Poll, ranks

DRIFTED, MENDED = (
    "found that the ballot form was not as approved",
    "found that the ballot form was as approved again",
)


def look(poll: Poll) -> list[str]:
    """What a strike says of the forms."""
    said: list[str] = []
    with poll.context() as context:
        watch(context, said.append)
    return said


def news(poll: Poll) -> list[Letter]:
    """The officers' letters since the last look."""
    box = poll.town.sandbox.mailchimp.test_outbox
    found = list(box)
    box.clear()
    return found


def shown(poll: Poll) -> list[str]:
    """What status says of the form."""
    with poll.context() as context:
        return list(status(context, NAME).get("form", ()))


def test_a_question_renamed_on_day_two_is_told_once_and_once_that_it_is_over(poll: Poll) -> None:
    poll.opened()
    assert look(poll) == []
    poll.clock.at += timedelta(days=2)
    poll.form.items[1]["title"] = "Mayr"
    assert look(poll) == [
        f"{NAME}: the ballot form is not as approved",
        "emailed the officers: 1 thing to check",
    ]
    (letter,) = news(poll)
    assert "The ballot form of the election “spring” is not as approved: 1 question" in letter.text
    assert "Next: `clerk election status NAME` shows the questions" in letter.text
    assert look(poll) == []
    assert shown(poll) == ["“Mayor” has another title"]
    assert poll.record()[-1] == DRIFTED
    poll.form.items[1]["title"] = "Mayor"
    assert look(poll)[0] == f"{NAME}: the ballot form is as approved again"
    (letter,) = news(poll)
    assert "OVER" in letter.text
    assert shown(poll) == []
    assert poll.record()[-2:] == [DRIFTED, MENDED]
    assert look(poll) == []


def test_the_clock_of_the_votes_looks(poll: Poll, monkeypatch: pytest.MonkeyPatch) -> None:
    poll.opened()
    monkeypatch.setenv("CLERK_CHAPTER", str(poll.town.folder))
    monkeypatch.setattr(vote_clock, "plan", lambda *_: None)
    poll.form.accepting = False
    said: list[str] = []
    vote_clock._strike(poll.clock, False, said.append)
    assert f"{NAME}: the ballot form is not as approved" in said
    assert len(news(poll)) == 1


def test_a_form_that_stops_accepting_answers_is_told(poll: Poll) -> None:
    poll.opened()
    poll.form.accepting = False
    look(poll)
    (letter,) = news(poll)
    assert "it does not accept responses." in letter.text
    assert shown(poll) == ["it does not accept responses"]
    # Another fault on top is told as well, and the record says all that is so.
    poll.form.items[1]["title"] = "Mayr"
    look(poll)
    (letter,) = news(poll)
    assert "1 question differs" in letter.text
    assert shown(poll) == ["it does not accept responses", "“Mayor” has another title"]
    # After the close it may be shut; its questions are still needed for the count.
    poll.at(CLOSES)
    look(poll)
    assert shown(poll) == ["“Mayor” has another title"]


@pytest.mark.parametrize("responders", [[], ["domain"]])
def test_a_form_not_open_to_all_who_have_the_link_is_told(
    poll: Poll, responders: list[str]
) -> None:
    poll.opened()
    poll.form.responders = responders
    look(poll)
    (letter,) = news(poll)
    can = (
        "only accounts of one organization can respond"
        if responders
        else ("not everyone who has the link can respond")
    )
    assert can in letter.text
    (line,) = shown(poll)
    assert line.startswith("not everyone who has the link can respond: only ")


def test_it_blocks_the_opening_too(poll: Poll) -> None:
    poll.form.responders = ["domain"]
    with poll.context() as context:
        (bad,) = [one for one in check_form(context, poll.election(context)) if not one.holds]
    assert bad.fact.startswith("the form: not everyone who has the link can respond; only acc")


def test_what_google_does_not_tell_is_said_and_holds_up_nothing(poll: Poll) -> None:
    mail = poll.form.shared_with.pop()
    poll.form.viewers = {mail}  # Drive tells permissions to editors alone
    with poll.context() as context:
        facts = [one.fact for one in check_form(context, poll.election(context)) if one.holds]
    unseen = [
        one
        for one in facts
        if ("the program cannot check whether everyone who has the link can") in one
    ]
    assert len(unseen) == 1
    poll.opened()
    assert look(poll) == []
    assert "cannot check whether everyone" in doctor(poll)


def doctor(poll: Poll) -> str:
    with poll.context() as context:
        ((_, check),) = ballot_forms(context)
        return check()


def test_doctor_looks_at_it(poll: Poll) -> None:
    poll.approved()
    assert doctor(poll) == (
        "as approved; open to everyone who has the link; Google does not report whether it limits "
        "each account to one response, which makes voters sign in, or whether it shows a results "
        "summary"
    )
    poll.form.settings["emailCollectionType"] = "VERIFIED"
    poll.form.items.pop()
    with pytest.raises(FixTheData) as wrong:
        doctor(poll)
    assert "it collects email addresses together with the votes" in str(wrong.value)
    assert "“Question 6” was deleted" in str(wrong.value)


def test_a_form_that_is_gone_is_told(poll: Poll) -> None:
    poll.opened()
    kept = poll.town.sandbox.google.forms.pop(poll.form_id)
    look(poll)
    (letter,) = news(poll)
    assert "the program cannot read it: it was deleted, is not shared with the" in letter.text
    poll.town.sandbox.google.forms[poll.form_id] = kept
    look(poll)
    assert "OVER" in news(poll)[0].text


def test_a_question_deleted_and_asked_anew_is_told(poll: Poll) -> None:
    """The links of the letters that went out fill in a question that is no more there."""
    poll.opened()
    poll.form.items.pop(0)
    poll.form.add_text("Ballot code")
    poll.form.items[-1]["questionItem"]["question"]["questionId"] = "7e57c0de"
    look(poll)
    assert shown(poll) == [
        "“Ballot code” was deleted and added again, so the links in the emails do not fill it in"
    ]


def test_a_service_that_is_down_says_nothing_of_the_form(poll: Poll) -> None:
    poll.opened()
    poll.form.accepting = False
    look(poll)
    news(poll)
    poll.form.accepting = True
    poll.town.sandbox.faults.matching("GET", "/forms", "500", times=9)
    with pytest.raises(TryAgainLater):
        look(poll)
    assert news(poll) == []
    assert poll.record()[-1] == DRIFTED
    poll.town.sandbox.faults.clear()
    assert shown(poll) == ["it does not accept responses"]
    look(poll)
    assert "OVER" in news(poll)[0].text


def test_a_mailing_service_that_is_down_hides_no_form(poll: Poll) -> None:
    poll.opened()
    poll.form.accepting = False
    poll.town.sandbox.faults.matching("GET", "/campaigns/", "500", times=9)
    with pytest.raises(TryAgainLater):
        look(poll)
    poll.town.sandbox.faults.clear()
    assert poll.record()[-1] == DRIFTED
    assert "it does not accept responses" in news(poll)[0].text


def test_before_the_approval_and_after_the_count_nobody_looks(poll: Poll) -> None:
    poll.form.accepting = False
    assert look(poll) == []
    poll.form.accepting = True
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    look(poll)  # which tells that the result waits, and that no night came
    poll.town.sandbox.reset()
    poll.form.items.pop()
    assert look(poll) == []
    assert poll.town.sandbox.journal == []


def test_after_the_count_status_says_nothing_of_what_the_form_was_like(poll: Poll) -> None:
    """Who mended it right before the count would be told for ever."""
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    question = poll.form.items[-1]
    title, question["title"] = question["title"], "Something else"
    look(poll)
    assert shown(poll)
    question["title"] = title
    poll.at(COUNTS)
    assert shown(poll) == []


def test_the_line_of_the_record_holds_titles_and_no_answer(poll: Poll) -> None:
    poll.opened()
    voter = min(poll.invited())
    poll.votes(voter, ranks("Ada Park"))
    poll.form.items[1]["title"] = f"Mayor, ask {voter}"
    look(poll)
    with poll.town.ledger() as ledger:
        said = str(ledger.votes.lines(NAME)[-1].said)
    assert "Mayor" in said
    assert voter not in said
    assert poll.invited()[voter] not in said


@pytest.mark.parametrize(
    "name", ["spring", "2026-spring", "2026-09-15", "a-", "x--y", "9" * 40, "s" * 64]
)
def test_every_name_of_a_vote_has_a_place(name: str) -> None:
    place = place_of(name)
    assert Alert(kind=AlertKind.FORM_SHUT, place=place).place == place
    assert place_of(name + "b") != place


def test_a_form_that_follows_what_was_decided_has_not_drifted(poll: Poll) -> None:
    """Who withdrew, or a cancelled race, may leave it; nothing else may (EN-R11)."""
    poll.opened()
    with poll.context() as context:
        withdraw_candidate(context, NAME, "mayor", "Bea Stone", OFFICER, "She is ill.")
        cancel_race(context, NAME, "question-6", OFFICER, "A court struck it from the ballot.")
    assert look(poll) == []
    rows = poll.form.items[1]["questionGroupItem"]["questions"]
    gone = next(row for row in rows if row["rowQuestion"]["title"] == "Bea Stone")
    rows.remove(gone)
    question = poll.form.items.pop()
    assert question["title"] == "Question 6"
    assert look(poll) == []
    rows[0]["rowQuestion"]["title"] = "Ada Perk"
    assert look(poll)[0] == f"{NAME}: the ballot form is not as approved"
    assert shown(poll) == ["“Mayor” offers or says something else"]


def test_the_letter_of_a_cancellation_that_is_stopped_is_told(poll: Poll) -> None:
    """Whatever the state of the vote; a week later nothing can be done about it."""
    poll.opened()
    poll.clock.at += timedelta(days=1)
    with poll.context() as context:
        cancel_vote(context, NAME, OFFICER, "The hall burned down.")
    poll.strike()
    campaigns = poll.town.sandbox.mailchimp.campaigns.values()
    (campaign,) = (c for c in campaigns if "cancellation" in c.settings["title"])
    campaign.status = "paused"
    assert look(poll)[0] == f"{NAME}: cancellation was not delivered"
    assert len(news(poll)) == 1
    poll.clock.at += timedelta(days=8)
    assert look(poll) == ["emailed the officers: 1 over"]


def test_an_account_that_may_do_nothing_says_nothing_of_the_form(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An API that was switched off is no form that was taken away."""
    poll.opened()
    off = {"status": "PERMISSION_DENIED", "details": [{"reason": "SERVICE_DISABLED"}]}
    answer = (403, "application/json", json.dumps({"error": off}).encode())
    monkeypatch.setitem(STRANGERS, "other-200", answer)
    poll.town.sandbox.faults.matching("GET", "/forms", "other-200", times=9)
    with pytest.raises(FixTheSettings, match="an API is not switched on"):
        look(poll)
    assert news(poll) == []
    assert DRIFTED not in poll.record()
