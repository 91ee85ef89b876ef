"""A candidate withdraws, a question is cancelled, while people vote: told, counted so, published.

EN-R11. One life of a vote, to its publication; what may not be done, apart.
"""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.ledger.mailings import Mailings
from connectors.sandbox.mailchimp.letters import Letter
from connectors.sandbox.server import Sandbox
from flows.views import election as election_views
from flows.votes.cancelling import cancel_race, withdraw_candidate
from flows.votes.lifecycle import extend
from flows.votes.publish import announcement_words
from flows.votes.tally.audit import audit
from flows.votes.tally.recount import recount
from models.errors import FixTheSettings, Refused
from models.votes.audit_log import AuditLogEntry
from models.votes.election import ElectionState
from models.votes.events import CandidateWithdrawn, RaceCancelled
from models.votes.history import each
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, REMINDERS, Poll
from tests.elections.test_disturbed import dying

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ILL, ILL_ES = "Ada Park is ill.", "Ada Park está enferma."
OFF, OFF_ES = "A court struck it from the ballot.", "Un tribunal la quitó."
WITHDRAWS, CANCELS = OPENS + 2 * DAY, OPENS + 3 * DAY
PRAISE, PRAISE_ES = "She organised the tenants.", "Organizó a quienes alquilan."
MANY: tuple[dict[str, Any], ...] = (
    {
        "id": "mayor", "title": "Mayor", "title_es": "Alcaldía", "kind": "ranked",
        "office": "Mayor", "candidates": ["Ada Park", "Bea Stone", "Cy Rivers"],
        "recommendation": "Ada Park", "statement": PRAISE, "statement_es": PRAISE_ES,
    },
    {"id": "question-6", "title": "Question 6", "kind": "question", "scope": "state",
     "explanation": "Whether the city may cap rents.",
     "recommendation": "Yes"},
    {"id": "council", "title": "Council", "kind": "single-choice",
     "office": "City Council – District", "candidates": ["Dee Lake", "Eve Hill"],
     "recommendation": "Dee Lake"},
)  # fmt: skip
FIRST = {"Mayor [Ada Park]": "1st", "Mayor [Bea Stone]": "2nd", "Question 6": "Yes"}
ALONE = {"Mayor [Ada Park]": "1st", "Council": "Dee Lake"}
OTHER = {"Mayor [Bea Stone]": "1st", "Question 6": "No", "Council": "Dee Lake"}


def withdraw(poll: Poll, race: str = "mayor", who: str = "Ada Park") -> None:
    with poll.context() as context:
        withdraw_candidate(context, NAME, race, who, OFFICER, ILL, ILL_ES)


def cancel(poll: Poll, race: str = "question-6") -> None:
    with poll.context() as context:
        cancel_race(context, NAME, race, OFFICER, OFF, OFF_ES)


def of_kind(poll: Poll, kind: str) -> list[Letter]:
    outbox = poll.town.sandbox.mailchimp.outbox
    return [one for one in outbox if one.title.startswith(f"clerk: {NAME} {kind}")]


@pytest.fixture(scope="module")
def lived(services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory) -> Poll:
    """A candidate withdraws on day 3, a question is cancelled on day 4; published in the end."""
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    empty(sandbox)
    poll = Poll.prepare(sandbox, clock, tmp_path_factory.mktemp("b") / "chapter", races=MANY)
    poll.opened()
    voters = sorted(poll.invited())
    assert len(voters) > 14
    for voter in voters[:6]:
        poll.votes(voter, FIRST)
    for voter in voters[6:9]:
        poll.votes(voter, ALONE)
    poll.clock.at = WITHDRAWS
    withdraw(poll)
    poll.strike()
    poll.clock.at = CANCELS
    cancel(poll)
    poll.strike()
    for voter in voters[9:14]:
        poll.votes(voter, OTHER)
    for moment in (*REMINDERS, CLOSES, COUNTS):
        poll.at(moment)
    poll.published()
    return poll


def result(poll: Poll) -> Any:
    found = poll.vote.result
    assert found
    return found


def public(poll: Poll, file: str) -> str:
    return (poll.town.folder / "public" / NAME / file).read_text("utf-8")


def test_the_count_passes_over_a_withdrawn_candidate(lived: Poll) -> None:
    """Six go on to their second choice; three ranked nobody else and stay in the base (EN-R1)."""
    mayor = result(lived).races["mayor"]
    assert str(mayor.outcome) == "endorsed: Bea Stone"
    assert [dict(one) for one in mayor.rounds] == [
        {"Bea Stone": 11, "Cy Rivers": 0, "No endorsement": 0}
    ]
    report = json.loads((lived.folder("tellers") / "mayor.json").read_text("utf-8"))
    assert report["results"][0]["inactiveBallots"]["exhaustedChoices"] == "3"
    assert report["clerk"]["secondCount"] == "agrees"
    assert report["clerk"]["candidates"] == [
        {"name": "Ada Park", "excluded": True},
        {"name": "Bea Stone", "excluded": False},
        {"name": "Cy Rivers", "excluded": False},
        {"name": "No endorsement", "excluded": False},
    ]


def test_a_cancelled_race_is_not_counted_and_the_others_are(lived: Poll) -> None:
    assert result(lived).races.keys() == {"mayor", "council"}
    assert str(result(lived).outcomes["council"]) == "endorsed: Dee Lake"
    for kind in ("pages", "tellers"):
        assert not [f for f in lived.folder(kind).iterdir() if f.name.startswith("question-6")]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("withdrawn candidate", ("Ada Park has withdrawn from “Mayor”", ILL, "Alcaldía", ILL_ES)),
        ("cancelled race", ("The contest “Question 6” in the election", OFF, "se canceló", OFF_ES)),
    ],
)
def test_everybody_on_the_roll_is_told_once(lived: Poll, kind: str, said: tuple[str, ...]) -> None:
    letters = of_kind(lived, kind)
    assert sorted(one.to for one in letters) == sorted(lived.invited())
    for text in (letters[0].text, letters[0].html):
        assert [one for one in said if one not in text] == []
    assert all(lived.invited()[one.to] in one.text for one in letters)


def test_later_reminders_say_both(lived: Poll) -> None:
    letter = of_kind(lived, "reminder 1")[0]
    for text in (letter.text, letter.html):
        for said in ("Withdrawn: Ada Park", ILL, ILL_ES, "not counted: Question 6", OFF, OFF_ES):
            assert said in text


def test_the_page_says_both_with_reason_and_who_decided(lived: Poll) -> None:
    page, spanish = public(lived, "index.html"), public(lived, "index.es.html")
    assert f"“Question 6” was canceled on April 5, 2026 by {OFFICER} and was not counted" in page
    assert OFF in page
    assert "Ada Park withdrew from “Mayor” on April 4, 2026" in page
    assert ILL in page
    for said in ("se canceló el 5 de abril de 2026", OFF_ES, "se retiró de «Alcaldía»", ILL_ES):
        assert said in spanish
    for said in ("Withdrawn: Ada Park.", "Ada Park withdrew from “Mayor” on April 4, 2026", ILL):
        assert said in public(lived, "mayor.html")
    assert ILL_ES in public(lived, "mayor.es.html")
    assert "Se retiraron: Ada Park." in public(lived, "mayor.es.html")
    assert "Withdrawn" not in public(lived, "council.html")


def test_the_tellers_and_the_officers_are_told(lived: Poll) -> None:
    look = "\n".join(result(lived).look_at)
    assert "“Question 6” was canceled" in look
    assert "Ada Park withdrew" in look
    (report,) = lived.town.sandbox.mailchimp.test_outbox
    assert "“Question 6” was canceled" in report.text


def test_the_announcement_says_what_was_cancelled(lived: Poll) -> None:
    letter = of_kind(lived, "announcement")[0]
    assert "Question 6: canceled" in letter.text
    assert OFF in letter.text
    assert OFF_ES in letter.text


def test_the_announcement_says_who_withdrew_and_why(lived: Poll) -> None:
    letter = of_kind(lived, "announcement")[0]
    for text in (letter.text, letter.html):
        assert "Mayor: Ada Park withdrew; votes for this person are not counted" in text
        assert "Alcaldía: Ada Park se retiró y no cuenta para nadie" in text
        assert ILL in text
        assert ILL_ES in text
    assert "en inglés" not in letter.text


def test_a_reason_that_nobody_translated_is_marked_in_the_announcement(lived: Poll) -> None:
    vote = lived.vote
    lines = (line.model_dump() for line in vote.changes.lines)
    english = [
        AuditLogEntry.model_validate(one | {"said": one["said"] | {"reason_es": ""}})
        for one in lines
    ]
    changed = replace(vote, changes=replace(vote.changes, lines=tuple(english)))
    with lived.context() as context:
        words = announcement_words(context, changed, vote.election.contests)
    assert f"El motivo (en inglés): {OFF}" in words.text
    assert f'El motivo (en inglés): <span lang="en">{OFF}</span>' in words.html


def test_who_calls_a_voter_reads_out_the_vote_as_it_stands(lived: Poll) -> None:
    with lived.context() as context:
        said = list(election_views.what_is_asked(context, NAME))
    assert said[0] == "On this ballot:"
    assert said[1].startswith("Mayor: Candidates: Bea Stone and Cy Rivers. ")
    assert "Ada Park" not in said[1]
    assert said[2] == f"  Ada Park withdrew. Votes for this candidate do not count. Reason: {ILL}"
    assert said[-1] == f"Question 6: canceled and not counted. Reason: {OFF}"
    assert PRAISE not in "\n".join(said)


def test_the_record_holds_and_the_definition_is_what_was_approved(lived: Poll) -> None:
    with lived.context() as context:
        lines = context.ledger.votes.lines(NAME)
        assert list(each(lines, CandidateWithdrawn)) == [
            CandidateWithdrawn(race="mayor", candidate="Ada Park", reason=ILL, reason_es=ILL_ES)
        ]
        assert list(each(lines, RaceCancelled)) == [
            RaceCancelled(race="question-6", reason=OFF, reason_es=OFF_ES)
        ]
        audit(context)
        assert recount(context, lived.vote) == []
        audit(context)


def test_no_code_stays(lived: Poll) -> None:
    assert lived.codes_on_the_list == set()
    kinds = {kind for _, kind in lived.letters()}
    assert len(kinds) == 7
    assert not any(lived.segment(kind) for kind in kinds)


# What may not be done


@pytest.fixture
def three(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    return Poll.prepare(sandbox, clock, tmp_path / "chapter", people=14, races=MANY).opened()


def test_with_fewer_than_two_left_the_race_is_to_be_cancelled(three: Poll) -> None:
    withdraw(three)
    for race, who in (("mayor", "Bea Stone"), ("council", "Eve Hill")):
        with pytest.raises(Refused, match="fewer than two") as refused:
            withdraw(three, race, who)
        assert f"clerk election cancel {NAME} {race}" in refused.value.next_step
    assert three.record().count("recorded that a candidate withdrew") == 1


def test_the_last_race_is_cancelled_as_the_whole_vote(three: Poll) -> None:
    cancel(three, "mayor")
    cancel(three, "council")
    with pytest.raises(Refused, match="is the only contest left in this election") as refused:
        cancel(three)
    assert "cancel the whole election: `clerk election cancel" in refused.value.next_step


def test_what_there_is_not_is_told_with_what_there_is(three: Poll) -> None:
    withdraw(three)
    for race, who, fact in (
        ("governor", "Ada Park", "mayor, question-6, council"),
        ("mayor", "Dee Lake", "Bea Stone, Cy Rivers"),
        ("mayor", "No endorsement", "Bea Stone, Cy Rivers"),
    ):
        with pytest.raises(FixTheSettings, match=fact):
            withdraw(three, race, who)
    with pytest.raises(Refused, match="has no candidates"):
        withdraw(three, "question-6", "Yes")
    with pytest.raises(FixTheSettings, match="no such contest"):
        cancel(three, "governor")


def test_a_name_is_taken_whatever_its_case(three: Poll) -> None:
    withdraw(three, who="  ada  PARK ")
    assert three.vote.changes.candidates[0][1].candidate == "Ada Park"


def test_what_could_not_be_counted_without_somebody_is_not_announced_so(
    three: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.tally.rehearsal.check", lambda *_: ("the rounds differ",))
    with pytest.raises(Refused, match="this contest could not be counted: the rounds differ"):
        withdraw(three)
    assert three.vote.changes.candidates == []


def test_after_the_close_nothing_changes(three: Poll) -> None:
    three.clock.at = CLOSES
    for verb in (withdraw, cancel):
        with pytest.raises(Refused, match="past its close"):
            verb(three)
    three.strike()
    for verb in (withdraw, cancel):
        with pytest.raises(Refused, match="so nothing can be canceled or withdrawn"):
            verb(three)
    three.at(COUNTS)
    assert result(three).races.keys() == {"mayor", "question-6", "council"}


def test_a_later_close_goes_with_what_was_cancelled(three: Poll) -> None:
    cancel(three)
    with three.context() as context:
        extend(context, NAME, CLOSES + DAY, OFFICER, "The form was down.")
    three.strike()
    for text in ((letter := of_kind(three, "extension")[0]).text, letter.html):
        assert "not counted: Question 6" in text
    assert three.vote.election.closes == three.vote.approved.closes == CLOSES + DAY


# Before the opening, and around the invitation


def test_what_changed_before_the_opening_stands_in_the_invitation(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", people=14, races=MANY).approved()
    withdraw(poll)
    cancel(poll)
    poll.form.items = [one for one in poll.form.items if one["title"] != "Question 6"]
    poll.at(OPENS)
    assert {kind for _, kind in poll.letters()} == {"invitation"}
    letter = of_kind(poll, "invitation")[0]
    for text in (letter.text, letter.html):
        assert "Withdrawn: Ada Park" in text
        assert "not counted: Question 6" in text
        assert "recommends: Ada Park" not in text
        assert PRAISE not in text  # above her rivals' names
        assert PRAISE_ES not in text
        assert "Candidates: Bea Stone and Cy Rivers." in text
    with poll.context() as context:
        audit(context)


def test_who_is_invited_late_is_told_of_it_as_well(poll: Poll) -> None:
    """The invitation may have gone, as it was written before the change, without our knowing."""
    poll.approved()
    with dying(Mailings, "settle"):
        poll.at(OPENS)
    withdraw(poll)
    poll.at(OPENS + MINUTE)
    told = {kind.split()[0] for _, kind in poll.letters()}
    assert told == {"invitation", "withdrawn"}
    assert set(poll.letters().values()) == {1}


def test_an_approval_taken_back_takes_its_changes_with_it(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", people=14, races=MANY).approved()
    cancel(poll)
    assert [one.id for one in poll.vote.election.contests] == ["mayor", "council"]
    with poll.context() as context:
        context.ledger.votes.withdraw(NAME, OFFICER, poll.clock.at)
    poll.opened()
    assert len(poll.vote.election.contests) == 3
    assert poll.vote.state is ElectionState.OPEN


def test_status_says_both(lived: Poll) -> None:
    with lived.context() as context:
        said = election_views.status(context, NAME)
    assert said["cancelled_races"] == {
        "question-6": {"at": "Sun, April 5, 2026, 9:00 AM EDT", "by": OFFICER, "reason": OFF}
    }
    assert said["withdrawn"][0]["candidate"] == "Ada Park"
    assert "note" not in said
    assert [one["letter"] for one in said["letters"]][1:3] == [
        "withdrawn candidate Ada Park (mayor)", "cancelled race question-6"
    ]  # fmt: skip


def test_a_reminder_keeps_its_distance_from_the_news(three: Poll) -> None:
    """Two letters in one morning make people leave the list (EN-R7)."""
    three.clock.at = REMINDERS[0] - timedelta(minutes=1)
    cancel(three)
    (news,) = three.strike()
    assert news.what.startswith("sent cancelled race")
    assert three.at(REMINDERS[0]) == []
    (reminder,) = three.at(REMINDERS[0] + timedelta(days=1))
    assert reminder.what.startswith("sent reminder 1")


@pytest.mark.parametrize("takes_it_out", [True, False])
def test_a_race_cancelled_before_the_opening_may_stay_on_the_form(
    poll: Poll, takes_it_out: bool
) -> None:
    poll.approved()
    cancel(poll)
    if takes_it_out:
        assert poll.form.items.pop()["title"] == "Question 6"
    assert [one.what for one in poll.at(OPENS)] == ["opened", "invited 21"]
