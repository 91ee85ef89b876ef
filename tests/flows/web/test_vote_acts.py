"""What officers do to a vote by clicking: what the page says, what the ledger then holds."""

import re

from models.votes.election import ElectionState
from tests.elections.polls import NAME
from tests.flows.web.ballots import HERE, VoteDesk
from tests.flows.web.desk import LOOKS, words

BESIDE = ("/language", "/sign-out")
WHY = {"reason": "The polling place had no power.", "reason_es": "No hubo luz."}


def test_extending_shows_the_email_first_and_sends_it_then(vote: VoteDesk) -> None:
    asked = vote.press("/extend", {"closes": "2026-04-14T20:00", **WHY})
    said = words(asked)
    assert "Voting closes Tuesday, April 14, at 8:00 PM instead of Sunday, April 12" in said
    assert "The polling place had no power." in said  # as members will read it
    assert not vote.poll.letters("extension")
    assert "Voting now closes Tuesday, April 14, at 8:00 PM." in vote.confirm(asked)
    assert len(vote.poll.letters("extension")) == len(vote.poll.invited())
    assert "Ana Reyes: Extended" in vote.record()


def test_an_earlier_close_is_refused_beside_what_was_typed(vote: VoteDesk) -> None:
    asked = vote.press("/extend", {"closes": "2026-04-11T20:00", **WHY})
    assert asked.status_code == 409
    assert "The closing time can only be moved later." in words(asked)
    assert 'value="2026-04-11T20:00"' in asked.text
    assert "The polling place had no power." in asked.text


def test_nothing_is_done_without_the_tick(vote: VoteDesk) -> None:
    asked = vote.press("/cancel", {"race": "*", **WHY})
    handle = asked.url.rpartition("/")[2]
    again = vote.press(f"/confirm/{handle}", {}, "/confirm")
    assert "Tick the box first" in words(again)
    assert vote.poll.vote.state is ElectionState.OPEN


def test_canceling_the_whole_vote_tells_everybody(vote: VoteDesk) -> None:
    asked = vote.press("/cancel", {"race": "*", **WHY})
    assert "No ballot is counted" in words(asked)
    said = vote.confirm(asked)
    assert "This vote is canceled. No ballot is counted." in said
    assert "stop accepting responses: Publish" in said
    assert len(vote.poll.letters("cancellation")) == len(vote.poll.invited())
    assert "Ana Reyes: VoteCancelled" in vote.record()


def test_canceling_a_contest_leaves_the_others(vote: VoteDesk) -> None:
    said = vote.confirm(vote.press("/cancel", {"race": "question-6", **WHY}))
    assert "“Question 6” is canceled." in said
    assert "Canceled: Question 6 Ana Reyes, Thursday, April 2, at 9:00 AM." in said
    assert [one.id for one in vote.poll.vote.election.contests] == ["mayor"]
    assert vote.poll.letters("cancelled race")


def test_a_contest_must_be_chosen(vote: VoteDesk) -> None:
    assert "Nothing is chosen to cancel." in words(vote.press("/cancel", WHY))


def test_a_candidate_who_withdraws(vote: VoteDesk) -> None:
    asked = vote.press("/withdraw-candidate", {"candidate": "mayor/Cy Rivers", **WHY})
    assert "Votes for Cy Rivers in “Mayor” do not count." in words(asked)
    assert "Do not change the ballot form" in words(asked)
    assert "Recorded: Cy Rivers withdrew." in vote.confirm(asked)
    assert "Ana Reyes: CandidateWithdrawn" in vote.record()
    assert vote.poll.letters("withdrawn candidate")


def test_a_reason_names_nobody(vote: VoteDesk) -> None:
    asked = vote.press("/cancel", {"race": "*", "reason": "Ask sam@example.org."})
    assert asked.status_code == 409
    assert "looks like an email address" in words(asked)
    assert "sam@" not in asked.text


def test_an_email_is_shown_in_a_frame_that_can_do_nothing(vote: VoteDesk) -> None:
    asked = vote.press("/cancel", {"race": "*", **WHY})
    frame = asked.text.partition(f'src="{HERE}/email/')[2].partition('"')[0]
    shown = vote.desk.get(f"{HERE}/email/{frame}")
    assert "The polling place had no power." in shown.text
    assert "sandbox" in shown.headers["content-security-policy"]


def test_who_may_look_sees_no_button(vote: VoteDesk) -> None:
    vote.desk.sign_in(LOOKS)
    for page in ("", "/calls", "/history"):
        shown = vote.desk.get(HERE + page)
        assert shown.status_code == 200
        harmless = (*BESIDE, f"{HERE}/emails")
        forms = re.findall(r'<form method="post" action="([^"]+)"', shown.text)
        assert [one for one in forms if one not in harmless] == []
    assert "Extend voting" not in vote.text()


def test_what_an_officer_writes_is_text(vote: VoteDesk) -> None:
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    asked = vote.press("/withdraw-candidate", {"candidate": "mayor/Cy Rivers", "reason": bad})
    for page in (asked.text, vote.desk.get(f"{HERE}/withdraw-candidate").text):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    vote.confirm(asked)
    for path in ("", "/history", "/calls"):
        shown = vote.desk.get(HERE + path).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_the_history_names_the_officer(vote: VoteDesk) -> None:
    vote.confirm(vote.press("/cancel", {"race": "question-6", **WHY}))
    said = vote.text("/history")
    assert "Ana Reyes canceled a contest" in said
    assert "The audit log is intact" in vote.desk.text("/audit")


def test_a_changed_ledger_shows_in_the_audit(vote: VoteDesk) -> None:
    page = vote.poll.folder("pages")
    page.mkdir()
    (page / "index.html").write_text("endorsed!")
    said = vote.desk.text("/audit")
    assert "was changed by someone else than the program" in said
    assert f"There are pages of {NAME}, but it was never counted" in said
