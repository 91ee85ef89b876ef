"""Officers see a vote's letters as they will be sent, and try them on themselves."""

import json

import pytest
import typer

from flows.cli.main import _ended
from flows.votes.cancelling import cancel_vote
from models.errors import FixTheData, Refused
from models.votes.election import ElectionState
from tests.elections.polls import COUNTS, NAME, OFFICER, OPENS, Poll, ranks
from tests.elections.test_commands import Clerk, clerk, told

__all__ = ["clerk"]
PUBLIC = '[elections]\npublic_url = "https://results.example.org"\n'


def preview(clerk: Clerk, letter: str) -> str:
    return told(clerk("emails", "preview", letter, "--election", NAME))


def test_the_letters_of_a_vote_are_shown_with_its_own_values(poll: Poll, clerk: Clerk) -> None:
    link = f"/forms/d/e/{poll.form_id}/viewform?usp=pp_url&amp;entry."
    for letter in ("vote-invitation", "vote-reminder", "vote-extended"):
        page = preview(clerk, letter)
        assert "Spring endorsements" in page
        assert "Sunday, April 12, at 9:00\u00a0PM" in page
        assert link in page.replace("&entry", "&amp;entry")
        assert "2345-6789-CDFH" in page
    assert "This is reminder 1 of 3" in preview(clerk, "vote-reminder")
    assert "(the reason that you give)" in preview(clerk, "vote-extended")
    poll.opened()
    assert poll.town.sandbox.mailchimp.test_outbox == []


def test_the_letters_about_a_cancellation_are_shown_before_there_is_one(
    poll: Poll, clerk: Clerk
) -> None:
    """EN-R11"""
    whole = preview(clerk, "vote-cancelled")
    assert "Spring endorsements" in whole
    assert "(the reason that you give)" in whole
    assert "Mayor" in preview(clerk, "vote-race-cancelled")
    assert "Ada Park" in preview(clerk, "vote-candidate-withdrawn")
    poll.opened()
    with poll.context() as context:
        cancel_vote(context, NAME, OFFICER, "The form is broken.", "")
    assert "The form is broken." in preview(clerk, "vote-cancelled")


def test_what_tells_a_result_is_shown_once_there_is_one(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    for letter in ("vote-announcement", "tellers-report"):
        refused = clerk("emails", "preview", letter, "--election", NAME)
        assert isinstance(refused.exception, Refused)
        assert "EN-R8" in told(refused)
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    assert "Ada Park" in preview(clerk, "vote-announcement")
    assert "counted twice" in preview(clerk, "tellers-report")


def test_a_letter_wants_the_name_of_its_vote(clerk: Clerk) -> None:
    for words, said in (
        (("vote-invitation",), "name the election: --election NAME"),
        (("vote-invite",), "vote-invitation, vote-reminder"),
    ):
        refused = clerk("emails", "preview", *words)
        assert isinstance(refused.exception, FixTheData)
        assert said in told(refused)
    assert "voting member" in told(clerk("emails", "preview", "voting-member")).lower()


def test_a_letter_of_a_vote_is_tried_with_a_code_that_nobody_holds(
    poll: Poll, clerk: Clerk
) -> None:
    words = ["emails", "test", "vote-reminder", "--election", NAME]
    assert "Test email sent." in told(clerk(*words, typed="officer@example.org\n"))
    (sent,) = poll.town.sandbox.mailchimp.test_outbox
    assert sent.subject.startswith("[Test]")
    code = sent.text.partition("entry.")[2].partition("=")[2].split()[0]
    poll.opened()
    assert code not in poll.invited().values()
    poll.answers(code, ranks("Cy Rivers"))
    poll.at(COUNTS)
    assert poll.vote.result
    assert poll.vote.result.set_aside == {"unknown code": 1}


def test_open_shows_the_invitation_before_it_approves(poll: Poll, clerk: Clerk) -> None:
    said = told(clerk("election", "open", NAME, "--by", OFFICER))
    letter, approved, after = said.partition("Approved.")
    assert "Subject: " in letter
    assert "Spring endorsements" in letter
    assert "2345-6789-CDFH" in letter
    assert approved
    assert "Next: opens Thu, April 2, 2026, 9:00 AM EDT" in after
    assert poll.letters() == {}


def test_a_form_that_lacks_its_question_is_told_by_the_approval(poll: Poll, clerk: Clerk) -> None:
    poll.form.items.pop(0)
    refused = clerk("election", "open", NAME, "--by", OFFICER)
    assert isinstance(refused.exception, Refused)
    assert "nothing asks “Ballot code”" in told(refused)


@pytest.mark.parametrize("state", ["blocked", "cancelled"])
def test_open_refuses_before_it_shows_a_letter(poll: Poll, clerk: Clerk, state: str) -> None:
    if state == "blocked":
        poll.form.items.pop()
    else:
        poll.approved()
        clerk("election", "cancel", NAME, "--by", OFFICER, "--reason", "A form of last year.")
    refused = clerk("election", "open", NAME, "--by", OFFICER)
    assert isinstance(refused.exception, Refused)
    assert refused.output == ""


def test_no_at_a_question_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    def asks(**_: object) -> None:
        raise typer.Abort

    assert _ended(asks) == Refused.exit_code
    assert "Stopped at a question" in capsys.readouterr().err


def test_publish_asks_when_the_announcement_will_have_no_link(poll: Poll, clerk: Clerk) -> None:
    early = clerk("election", "publish", NAME, "--by", OFFICER)
    assert early.exception is not None
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    for typed in ("", "n\n"):
        asked = clerk("election", "publish", NAME, "--by", OFFICER, typed=typed)
        assert asked.exit_code == 1
        assert "the announcement will have no link" in asked.output
        assert poll.vote.state is ElectionState.COUNTED
    assert poll.letters("announcement") == {}
    assert "Published" in told(clerk("election", "publish", NAME, "--by", OFFICER, typed="y\n"))
    assert poll.letters("announcement")


@pytest.mark.parametrize("with_link", [True, False])
def test_publish_does_not_ask_a_script(poll: Poll, clerk: Clerk, with_link: bool) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    if with_link:
        file = poll.town.folder / "chapter.toml"
        file.write_text(file.read_text() + PUBLIC)
    yes = () if with_link else ("--yes",)
    said = told(clerk("election", "publish", NAME, "--by", OFFICER, *yes))
    assert ("no link" in said) is not with_link
    assert "Published" in said
    link = "https://results.example.org/spring/"
    outbox = poll.town.sandbox.mailchimp.outbox
    assert any(link in letter.text for letter in outbox) is with_link
    status = json.loads(told(clerk("election", "status", NAME, "--json")))
    assert status["state"] == "published"
    assert poll.clock.at > OPENS
