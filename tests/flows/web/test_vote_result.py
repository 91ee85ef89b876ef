"""From the close to the published result, by clicking."""

from collections.abc import Iterator

import pytest

from models.tally.drawing import pick
from models.votes.election import ElectionState
from tests.elections.polls import COUNTS, Kept, ranks
from tests.elections.test_ties import BALLOTS
from tests.flows.web.ballots import HERE, VoteDesk, at_the_desk
from tests.flows.web.desk import LOOKS, hidden, words


@pytest.fixture
def counted(kept: Kept) -> Iterator[VoteDesk]:
    """At the minute of the count; the clock has not struck."""
    poll = kept.restore()
    poll.everybody_votes({**ranks("Ada Park", "Bea Stone"), "Question 6": "Yes"})
    poll.clock.at = COUNTS
    with at_the_desk(poll) as vote:
        yield vote


def test_no_result_before_the_count(counted: VoteDesk) -> None:
    answer = counted.desk.get(f"{HERE}/result")
    assert answer.status_code == 409
    assert "There is no result yet: the election is open." in words(answer)


def test_count_look_and_publish(counted: VoteDesk) -> None:
    assert "The count is due" in counted.text()
    said = words(counted.press("", action="/tally"))
    assert "The votes are counted." in said
    assert {"Ana Reyes: Closed", "Ana Reyes: Counted"} <= set(counted.record())
    assert "The result waits for an officer to publish it." in said
    assert "Ada Park" not in said  # no result where it was not asked for
    result = counted.text("/result")
    assert "Only officers see this." in result
    assert "Ada Park" in result
    framed = counted.desk.get(f"{HERE}/page/pages/mayor.html")
    assert "Ada Park" in framed.text
    assert "sandbox" in framed.headers["content-security-policy"]
    asked = counted.press("/result", action="/publish")
    assert "This cannot be undone." in words(asked)
    assert "Ada Park" in words(asked).partition("What members will read")[2]
    assert "Who votes in other districts reads of fewer contests." in words(asked)
    assert counted.poll.vote.state is ElectionState.COUNTED
    assert "The result is published and announced." in counted.confirm(asked)
    assert counted.poll.letters("announcement")
    assert "Ana Reyes: Published" in counted.record()
    again = words(counted.press("/result", action="/recount"))
    assert "every contest matches the recorded result" in again
    assert "The endorsement guide is written." in words(counted.press("/result", action="/guide"))
    asked = counted.press(
        "/void",
        {
            "contest": "question-6",
            "decision": "Meeting of April 20",
            "yes": "7",
            "no": "1",
            "active": "9",
            "reason": "The question was worded wrongly.",
        },
    )
    assert "7 yes, 1 no, 0 abstained, of 9 active members" in words(asked)
    assert "“Question 6” is void." in counted.confirm(asked)


VOID = {
    "contest": "mayor", "decision": "Meeting of April 20", "yes": "7", "no": "1", "active": "9",
    "reason": "A candidate was left out.",
}  # fmt: skip


def test_only_the_result_that_was_shown_is_published(counted: VoteDesk) -> None:
    """Two officers: one has looked and is asked once more, the other voids a contest."""
    counted.press("", action="/tally")
    old = counted.desk.get(f"{HERE}/result")
    asked = counted.press("/result", action="/publish")
    counted.confirm(counted.press("/void", VOID))
    fields = hidden(asked, f"{HERE}/confirm")
    said = counted.desk.post(f"{HERE}/confirm", {**fields, "sure": "yes"})
    assert "The vote was changed after you opened this page" in words(said)
    assert counted.poll.vote.state is ElectionState.COUNTED
    asked = counted.desk.post(f"{HERE}/publish", hidden(old, f"{HERE}/publish"))
    fields = hidden(asked, f"{HERE}/confirm")
    said = counted.desk.post(f"{HERE}/confirm", {**fields, "sure": "yes"})
    assert "The vote was changed after you opened this page" in words(said)
    assert counted.poll.vote.state is ElectionState.COUNTED
    counted.confirm(counted.press("/result", action="/publish"))
    assert counted.poll.vote.state is ElectionState.PUBLISHED


@pytest.mark.parametrize("file", ["rows.txt", "mayor.json", "..%2felection.toml", "nowhere.html"])
def test_only_result_pages_are_shown(counted: VoteDesk, file: str) -> None:
    counted.press("", action="/tally")
    for kind in ("tellers", "pages"):
        assert counted.desk.get(f"{HERE}/page/{kind}/{file}").status_code in (404, 409)


def test_the_officers_report_is_theirs(counted: VoteDesk) -> None:
    counted.desk.sign_in(LOOKS)
    counted.poll.strike()
    said = counted.text("/result/tellers/index.html")
    assert "It shows what the public pages withhold." in said
    assert counted.desk.get(f"{HERE}/page/tellers/index.html").status_code == 200
    assert "Publish the result" not in said


def test_a_look_at_what_is_not_public_is_in_the_audit_log(counted: VoteDesk) -> None:
    """EN-R8: who knew the result before it was public; once for each officer and page."""
    counted.desk.sign_in(LOOKS)
    counted.poll.strike()
    for _ in range(2):
        counted.text("/result")
        counted.text("/result/tellers/index.html")
    assert counted.record()[-2:] == ["Lou Grant: ResultSeen"] * 2
    assert "tellers' report" in counted.text("/history")


@pytest.fixture
def tied(kept: Kept) -> Iterator[VoteDesk]:
    poll = kept.restore()
    voters = sorted(poll.invited())
    assert len(voters) >= len(BALLOTS)
    for address, ranked in zip(voters, BALLOTS, strict=False):
        poll.votes(address, ranks(*ranked))
    poll.at(COUNTS)
    with at_the_desk(poll) as vote:
        yield vote


def test_a_tie_waits_and_is_decided_by_a_vote_of_the_committee(tied: VoteDesk) -> None:
    assert "A tie needs a decision" in tied.text()
    said = tied.text("/tie")
    assert "Bea Stone and Cy Rivers are tied in round 1." in said
    assert "pick the one who goes out, not the one who stays" in said
    assert "Cy Rivers is eliminated : then the result is: endorsed: Bea Stone" in said
    fields = {"picked": "Cy Rivers", "how": "the committee, 7 to 2, on April 13"}
    asked = tied.press("/tie", fields)
    assert "In “Mayor”, Cy Rivers is eliminated: the committee, 7 to 2" in words(asked)
    assert tied.poll.vote.decisions == ()
    assert "The votes are counted." in tied.confirm(asked)
    assert [one.picked for one in tied.poll.vote.decisions] == ["Cy Rivers"]
    for page in ("mayor.html", "index.html"):
        shown = words(tied.desk.get(f"{HERE}/page/pages/{page}"))
        assert "A tie was decided by a recorded decision, not by ballots." in shown


def test_a_tie_is_decided_by_lot_as_the_command_does(tied: VoteDesk) -> None:
    lot = {"picked": "*", "how": "a drawing, announced on April 13"}
    assert "The drawing needs the published text." in words(tied.press("/tie", lot))
    asked = tied.press("/tie", {**lot, "seed": "4 8 15 16 23 42"})
    drawn = pick(["Bea Stone", "Cy Rivers"], "4 8 15 16 23 42")
    assert f"The drawing picked {drawn}." in words(asked)
    tied.confirm(asked)
    (decision,) = tied.poll.vote.decisions
    assert decision.picked == drawn
    assert decision.how.endswith("; a lot from the published text “4 8 15 16 23 42”")


def test_no_tie_no_decision(counted: VoteDesk) -> None:
    answer = counted.desk.get(f"{HERE}/tie")
    assert answer.status_code == 409
    assert "No contest of this election has a tie to decide." in words(answer)
