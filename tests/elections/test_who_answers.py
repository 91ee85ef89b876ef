"""Can voters open the form, who sees its answers, and what only a person can see of it."""

import json
from typing import Any

import pytest

from connectors.sandbox.google import forms as google_forms
from flows.doctor.sharing import who_can_open
from flows.doctor.votes import ballot_forms
from flows.sharing.look import files, look
from flows.views.election import show_reasons
from flows.votes.check import check_form
from models.ballots.drift import Drift
from models.errors import FixTheData, FixTheSettings
from models.membership.reasons import Reason
from models.votes.election import ElectionState
from tests.elections.polls import BALLOT, COUNTS, Poll, ranks
from tests.elections.test_watch import look as strike
from tests.elections.test_watch import news, shown

ONE_ORGANISATION = "only accounts of one organization can respond"


def check(poll: Poll) -> list[Reason]:
    """What `check` says of the live form."""
    with poll.context() as context:
        return list(check_form(context, poll.election(context)))


def doctor(poll: Poll) -> str:
    with poll.context() as context:
        ((_, look),) = ballot_forms(context)
        return look()


@pytest.mark.parametrize(
    ("responders", "said"),
    [
        (["domain"], ONE_ORGANISATION),
        (["domain", "user"], ONE_ORGANISATION),
        (["user"], "only the people it is shared with can respond"),
        ([], "only the people it is shared with can respond"),
    ],
    ids=[
        "an organization",
        "and somebody named",
        "only the people it is shared with can respond",
        "nobody",
    ],
)
def test_a_form_that_some_voters_cannot_open_does_not_pass_and_says_the_way_out(
    poll: Poll, responders: list[str], said: str
) -> None:
    poll.form.responders = responders
    (bad,) = [one for one in check(poll) if not one.holds]
    assert said in bad.fact
    assert "Publish → Responders → “Anyone with the link”" in bad.fact


def test_the_clock_and_doctor_say_so_of_a_form_of_one_organisation(poll: Poll) -> None:
    """A work account moves the form into its organisation on the second day."""
    poll.opened()
    poll.form.responders = ["domain"]
    strike(poll)
    (letter,) = news(poll)
    assert ONE_ORGANISATION in letter.text
    (line,) = shown(poll)
    assert line.startswith(f"not everyone who has the link can respond: {ONE_ORGANISATION}")
    with pytest.raises(FixTheData, match=ONE_ORGANISATION):
        doctor(poll)
    poll.form.responders = ["domain", "anyone"]
    strike(poll)
    assert "OVER" in news(poll)[0].text
    assert "open to everyone who has the link" in doctor(poll)


def test_an_approval_waits_for_a_form_that_all_can_open(poll: Poll) -> None:
    poll.form.responders = ["domain"]
    with pytest.raises(Exception, match=ONE_ORGANISATION):
        poll.approved()
    poll.form.responders = ["anyone"]
    poll.approved()


def test_a_form_of_the_old_kind_is_named_as_unknown(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(google_forms, "_publish_settings", lambda _: {})
    told = [one for one in check(poll) if "cannot check whether everyone" in one.fact]
    assert [(one.holds, one.look) for one in told] == [(True, True)]
    assert "an older form" in told[0].fact
    poll.opened()
    assert "the program cannot check whether everyone who has the link can" in doctor(poll)
    assert strike(poll) == []


def test_what_only_a_person_can_see_is_named_and_asked_for_a_look(poll: Poll) -> None:
    poll.form.shared_with |= {"ann@example.org", "ben@example.org"}
    (asked,) = [one for one in show_reasons(check(poll)) if "EN-R8" in one]
    assert asked.startswith("  ! EN-R8")
    assert "“Limit to 1 response” is off" in asked
    assert "“View results summary”" in asked
    assert "3 people can edit the form and see each response as it comes" in asked
    assert "example.org" not in asked


def test_how_many_see_the_ballots_of_a_tab_is_told_too(poll: Poll) -> None:
    heads = ["Timestamp", "Ballot code", *(f"Mayor [{one}]" for one in ranks("Ada Park"))]
    book = poll.town.sandbox.google.add_workbook("answers", "Answers", {"Ballots": [heads]})
    book.viewers.add("ann@example.org")
    with poll.context() as context:
        election = poll.election(context)
        tab = {"form": "", "workbook": "answers", "tab": "Ballots", "link": "https://e.org/?c="}
        source = election.ballots.model_copy(update=tab)
        told = list(check_form(context, election.model_copy(update={"ballots": source})))
    (seen,) = [one for one in told if one.rule == "EN-R8"]
    assert seen.look
    assert "sees the ballots before voting closes: 1 editor, 1 viewer" in seen.fact


def test_who_sees_the_workbook_into_which_a_ballot_forms_answers_go_is_told(poll: Poll) -> None:
    poll.form.linked_sheet_id = "linked"
    linked = poll.town.sandbox.google.add_workbook("linked", "Answers", {"Form Responses 1": []})
    (seen,) = [one for one in check(poll) if "also gets the responses" in one.fact]
    assert seen.look
    assert seen.fact.endswith("sees the ballots before voting closes: 1 editor, 0 viewers")
    linked.grants.append({"type": "anyone", "role": "reader"})
    (bad,) = [one for one in check(poll) if not one.holds]
    assert bad.fact.startswith("the ballots are open to everyone who has the link")
    linked.shared_with.clear()
    (seen,) = [one for one in check(poll) if "also gets the responses" in one.fact]
    assert "Google does not show how many: check under Share" in seen.fact


@pytest.mark.parametrize(
    "grant",
    [{"type": "anyone", "role": "writer"}, {"type": "domain", "role": "reader"}],
    ids=["to change", "an organization"],
)
def test_ballots_that_lie_open_are_no_ballots_to_vote_on(poll: Poll, grant: dict[str, Any]) -> None:
    poll.form.grants.append(grant)
    (bad,) = [one for one in check(poll) if not one.holds]
    assert bad.rule == "BA-5"
    assert "the ballots are open to everyone" in bad.fact
    assert "Share → General access → Restricted" in bad.fact


def test_what_holds_ballots_is_looked_at_until_the_result_can_be_contested_no_more(
    poll: Poll,
) -> None:
    def places() -> list[str]:
        with poll.context() as context:
            return [one.place for one in files(context)]

    assert "vote-spring" not in places()  # a folder is no vote yet
    poll.opened()
    assert "vote-spring" in places()
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    poll.form.grants.append({"type": "anyone", "role": "reader"})
    with poll.context() as context:
        vote = context.ledger.votes.get("spring")
        assert vote
        assert vote.state is ElectionState.COUNTED
        (ballots,) = [one for one in look(context) if one.file.place == "vote-spring"]
        assert not ballots.is_closed
        look_again = dict(who_can_open(context))[f"form {BALLOT}: who can open it"]
        with pytest.raises(FixTheSettings, match="open to everyone who has the link"):
            look_again()
        del poll.town.sandbox.google.forms[BALLOT]  # an officer deletes them, as they should
        assert "vote-spring" not in [one.file.place for one in look(context)]
    poll.clock.go(days=31)
    assert "vote-spring" not in places()


def test_a_record_of_before_says_nothing_of_organisations(poll: Poll) -> None:
    """Lines that an earlier version wrote are read as they stand."""
    assert Drift.model_validate(json.loads('{"restricted": true}')) == Drift(restricted=True)
