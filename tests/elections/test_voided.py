"""The committee voids a counted race by two thirds; the result is published beside the reason.

EN-R11: so nobody can discard a result they dislike.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from connectors.ledger.quiet import RESULT_LINES
from connectors.ledger.votes import Votes
from flows.nightly.rests_on import rests_on
from flows.views import election as election_views
from flows.votes import voiding
from flows.votes.tally.audit import audit
from flows.votes.tally.recount import recount
from models.errors import ClerkError, FixTheData, FixTheSettings, Refused
from models.votes.events import Published, RaceOverruled
from models.votes.history import each
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, Poll, ranks
from tests.elections.test_commands import Clerk, clerk, told
from tests.elections.test_disturbed import dying

__all__ = ["clerk"]
MINUTE = timedelta(minutes=1)
WHY, WHY_ES = "The form left a candidate out.", "En el formulario faltaba una candidatura."
WHERE = "Meeting of April 14, item 3"
PASSED = voiding.Decided(WHERE, yes=6, no=2, abstained=0, active=9)
MARKS = ranks("Ada Park") | {"Question 6": "Yes"}


@pytest.fixture
def counted(poll: Poll) -> Poll:
    """A vote that was counted, and is not public yet."""
    poll.opened()
    poll.everybody_votes(MARKS)
    poll.at(CLOSES)
    poll.at(COUNTS)
    return poll


def void(poll: Poll, race: str = "mayor", decided: voiding.Decided = PASSED) -> None:
    with poll.context() as context:
        voiding.void(context, NAME, race, OFFICER, WHY, WHY_ES, decided)


def public(poll: Poll, file: str) -> str:
    return (poll.town.folder / "public" / NAME / file).read_text("utf-8")


def holds(poll: Poll) -> None:
    """The record, the ledger and all pages fit, and a re-count gives the same files."""
    with poll.context() as context:
        audit(context)
        assert recount(context, poll.vote) == []
        audit(context)


def test_before_the_publication_the_pages_and_the_announcement_say_it(counted: Poll) -> None:
    void(counted)
    holds(counted)
    counted.published()
    page, spanish = public(counted, "mayor.html"), public(counted, "mayor.es.html")
    for said in (
        "Void, by a decision of the Steering Committee (EN-R11).",
        "What was counted: The members endorse Ada Park.",
        "Recorded on April 12, 2026: 6 for, 2 against, 0 abstained (SC-4):",
        WHERE,
        WHY,
    ):
        assert said in page
    for said in ("Nula, por decisión del Comité Directivo", "Lo que se contó:", WHY_ES):
        assert said in spanish
    assert "She comes to every meeting." not in page
    index = public(counted, "index.html")
    assert '<h2 id="group-overruled">Void</h2>' in index
    assert "What was counted: The members endorse Ada Park." in index
    outbox = counted.town.sandbox.mailchimp.outbox
    letter = next(one for one in outbox if "announcement" in one.title)
    assert "Mayor: void, by a decision of the Steering Committee; counted:" in letter.text
    assert "She comes to every meeting." not in letter.text


def test_after_the_publication_the_public_pages_are_made_anew(counted: Poll) -> None:
    counted.published()
    before = public(counted, "question-6.html")
    void(counted)
    assert "Void, by a decision of the Steering Committee" in public(counted, "mayor.html")
    assert public(counted, "question-6.html") == before
    holds(counted)


def test_the_guide_tells_of_no_endorsement_that_was_voided(counted: Poll) -> None:
    """EN-13: it was there when the vote was published, and goes with the pages made anew."""
    counted.published()
    assert "Ada Park" in public(counted, "guide/index.html")
    void(counted)
    assert "Ada Park" not in public(counted, "guide/index.html")
    assert "Question 6" in public(counted, "guide/index.html")
    void(counted, "question-6")
    assert not (counted.town.folder / "public" / NAME / "guide").exists()


def test_the_result_stays_in_the_ledger(counted: Poll) -> None:
    before = counted.vote.result
    void(counted)
    assert before
    assert counted.vote.result == before
    with counted.context() as context:
        (event,) = each(context.ledger.votes.lines(NAME), RaceOverruled)
        assert (event.yes, event.no, event.active, event.decision) == (6, 2, 9, WHERE)
        said = election_views.status(context, NAME)["outcomes"]
    assert said["mayor"] == "voided by the committee; counted: endorsed: Ada Park"
    assert said["question-6"] == "endorsed: Yes"


@pytest.mark.parametrize(
    ("votes", "fact"),
    [
        ({"yes": 5, "no": 3}, "did not decide it: not adopted"),  # 62.5% are no two thirds
        ({"yes": 6, "no": 0}, "did not decide it: no quorum"),  # 6 of 9 are fewer than 70%
        ({"yes": 0, "no": 0, "abstained": 9}, "did not decide it"),
        ({"yes": 9, "no": 1}, "more members are present or recused than active"),
    ],
)
def test_no_officer_voids_what_the_committee_did_not(
    counted: Poll, votes: dict[str, int], fact: str
) -> None:
    decided = voiding.Decided(WHERE, **({"abstained": 0, "active": 9} | votes))
    with pytest.raises(ClerkError, match=fact):
        void(counted, decided=decided)
    assert counted.vote.changes.overruled == {}
    holds(counted)


@pytest.mark.parametrize("names", ["As sam%40example.org was told", "Seen at us@instagram"])
def test_what_names_somebody_or_says_nothing_is_refused_before_anything_is_public(
    counted: Poll, names: str
) -> None:
    """DP-3: the pages would say what no line of the record says."""
    counted.published()
    before = public(counted, "mayor.html")
    for words, fact in (
        ({"reason": names, "decision": WHERE}, "mail address"),
        ({"reason": WHY, "decision": names}, "mail address"),
        ({"reason": WHY, "decision": "  "}, "where the committee's decision is"),
    ):
        decided = replace(PASSED, where=words["decision"])
        with counted.context() as context, pytest.raises(ClerkError, match=fact):
            voiding.void(context, NAME, "mayor", OFFICER, words["reason"], "", decided)
    assert public(counted, "mayor.html") == before
    holds(counted)


def test_a_reason_in_lines_is_one_line_everywhere(counted: Poll) -> None:
    counted.published()
    with counted.context() as context:
        voiding.void(context, NAME, "mayor", OFFICER, "one\r\ntwo", "uno\r\n dos", PASSED)
    assert "one two" in public(counted, "mayor.html")
    assert "uno dos" in public(counted, "mayor.es.html")
    holds(counted)


def test_exactly_two_thirds_are_enough(counted: Poll) -> None:
    void(counted, decided=voiding.Decided(WHERE, yes=4, no=2, abstained=1, active=9, recused=1))
    assert "mayor" in counted.vote.changes.overruled


def test_once_is_enough_and_only_what_was_counted(counted: Poll) -> None:
    void(counted)
    with pytest.raises(Refused, match="is already void"):
        void(counted)
    with pytest.raises(FixTheSettings, match="no such contest"):
        void(counted, "governor")


def test_before_the_count_there_is_nothing_to_void(poll: Poll) -> None:
    poll.opened()
    for moment in (poll.clock.at, CLOSES):
        poll.at(moment)
        with pytest.raises(Refused, match="no result to void"):
            void(poll)


def test_answers_that_changed_since_void_nothing(counted: Poll) -> None:
    """What would stand beside the reason must be what was counted."""
    counted.form.responses.pop()
    with pytest.raises(FixTheData, match="do not give the recorded result"):
        void(counted)
    assert counted.record()[-1] != "voided a counted contest by a decision of the committee"


def test_a_job_that_dies_before_the_line_is_made_good_by_the_next_try(counted: Poll) -> None:
    counted.published()
    with dying(Votes, "overrule"):
        void(counted)
    counted.clock.at += MINUTE
    void(counted)
    holds(counted)


def test_as_an_officer_types_it(counted: Poll, clerk: Clerk) -> None:
    words: Any = ("election", "void", NAME, "mayor", "--by", OFFICER, "--reason", WHY,
                  "--decision", WHERE, "--yes", "6", "--no", "2", "--active", "9")  # fmt: skip
    said = told(clerk(*words))
    assert "Voided: mayor of spring. The page shows the count together with the reason." in said
    history = told(clerk("election", "history", NAME))
    assert "voided a counted contest by a decision of the committee\tcontest: mayor" in history
    assert clerk("audit").exit_code == 0


def test_the_nights_go_by_what_stands_and_by_nothing_else_of_the_vote(counted: Poll) -> None:
    """Whom the chapter has endorsed decides what a night asks; a letter's line does not."""
    seals = [rests(counted)]
    counted.published()
    seals.append(rests(counted))
    counted.clock.at += timedelta(hours=3)
    counted.at(counted.clock.at)  # the announcement's own lines
    assert rests(counted) == seals[-1]
    void(counted)
    seals.append(rests(counted))
    assert len(set(seals)) == 3


def test_the_lines_by_which_results_stand_are_events_of_the_record() -> None:
    assert (Published().kind, RaceOverruled.model_fields["kind"].default) == RESULT_LINES


def rests(poll: Poll) -> str:
    with poll.context() as context:
        return rests_on(context, ())
