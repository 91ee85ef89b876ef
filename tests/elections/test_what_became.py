"""`clerk explain --election`: what became of one voter's ballot, and never what it said (BA-8)."""

import json
from datetime import timedelta
from typing import Any

import pytest

from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from flows.privacy.retention import apply
from models.errors import ClerkError, FixTheData, FixTheSettings, Refused
from models.intake.people import PersonId
from models.unmask import reveal
from models.votes.events import BallotAskedAfter
from models.votes.history import each
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, Poll, ranks
from tests.elections.test_commands import Clerk, told
from tests.elections.test_commands import clerk as clerk

ASKED = ("--by", OFFICER, "--reason", "asked by phone")
DAY = timedelta(days=1)


def explained(clerk: Clerk, who: str, *more: str) -> str:
    """What the terminal says of somebody's ballot, after their standing."""
    said = told(clerk("explain", who, "--election", NAME, *more))
    return said[max(said.find("Ballot:"), 0) :]


def by_script(clerk: Clerk, who: str, *more: str) -> Any:
    return json.loads(told(clerk("explain", who, "--election", NAME, "--json", *more)))["ballot"]


def requests(poll: Poll) -> list[BallotAskedAfter]:
    """Those on record."""
    with poll.town.ledger() as ledger:
        return list(each(ledger.votes.lines(NAME), BallotAskedAfter))


def leaves_the_sheets(poll: Poll, person: PersonId) -> None:
    """All rows that name them are taken out, and a night reads that."""
    with poll.context() as context:
        who = (
            facts_of(context, known_sources(context.ledger))
            .roll(context.today)
            .entries[person]
            .person
        )
    assert who.name
    named = {reveal(who.name).casefold(), *map(reveal, who.addresses)}
    for tab in ("Sign-ins", "Volunteering", "Registrations"):
        with poll.town.edit(tab) as rows:
            rows[:] = [row for row in rows if not named & {str(cell).casefold() for cell in row}]
    poll.town.night(approve=poll.town.night(apply=False).plan.fingerprint)


def test_before_the_close_one_named_request_is_answered_and_recorded(
    poll: Poll, clerk: Clerk
) -> None:
    assert by_script(clerk, min(poll.people())) is None  # it has not opened
    poll.opened()
    voted, other, *_ = sorted(poll.invited())
    poll.votes(voted, ranks("Cy Rivers"))
    assert "to an officer who gives a name and a reason" in explained(clerk, voted)
    assert by_script(clerk, voted) is None
    for half in (
        ("--by", OFFICER),
        ("--reason", "asked by phone"),
        ("--by", OFFICER, "--reason", " "),
    ):
        refused = clerk("explain", voted, "--election", NAME, *half)
        assert isinstance(refused.exception, Refused)
        assert "BA-8" in str(refused.exception)
    assert requests(poll) == []
    assert explained(clerk, voted, *ASKED) == "Ballot: one has arrived (BA-8).\n"
    assert explained(clerk, other, *ASKED) == "Ballot: none has arrived (BA-8).\n"
    assert by_script(clerk, voted, *ASKED)["arrived"] is True
    assert requests(poll) == [BallotAskedAfter(reason="asked by phone")] * 3
    history = told(clerk("election", "history", NAME))
    assert "asked whether one voter's ballot arrived" in history
    assert "reason: asked by phone" in history
    with poll.town.ledger() as ledger:
        record = str(ledger.votes.lines(NAME))
    assert poll.people()[voted] not in record


def test_before_the_close_neither_time_nor_box_nor_a_typing_error_is_told(
    poll: Poll, clerk: Clerk
) -> None:
    """EN-R8: only whether one has arrived."""
    poll.opened()
    voted, mistyped, *_ = sorted(poll.invited())
    for _ in range(2):
        poll.votes(voted, ranks("Cy Rivers"))
    poll.answers(poll.invited()[mistyped][:-1], ranks("Cy Rivers"))
    for who, arrived in ((voted, True), (mistyped, False)):
        said = by_script(clerk, who, *ASKED)
        assert said == {
            "arrived": arrived, "rows": [], "one_typing_error_away": [],
            "changed_since_the_count": False,
        }  # fmt: skip


def test_an_address_in_the_reason_is_refused(poll: Poll, clerk: Clerk) -> None:
    """DP-6: a sealed line cannot be taken out again."""
    poll.opened()
    who = min(poll.invited())
    more = ("--by", OFFICER, "--reason", f"asked by {who}")
    assert isinstance(clerk("explain", who, "--election", NAME, *more).exception, ClerkError)
    assert requests(poll) == []


def test_after_the_close_each_ballot_is_told_with_its_box(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    twice, late, mistyped, struck, none, *_ = sorted(poll.invited())
    poll.votes(twice, ranks("Cy Rivers"), OPENS + DAY)
    poll.votes(twice, ranks("Ada Park"), OPENS + 2 * DAY)
    poll.votes(late, ranks("Cy Rivers"), CLOSES + timedelta(minutes=1))
    poll.answers(poll.invited()[mistyped][:-1], ranks("Cy Rivers"), OPENS + 3 * DAY)
    poll.votes(struck, ranks("Cy Rivers"), OPENS + DAY)
    words = (
        "election",
        "exception",
        NAME,
        struck,
        "--remove",
        "--reason",
        "moved",
        "--by",
        OFFICER,
    )
    assert "Recorded" in told(clerk(*words))
    poll.at(CLOSES)
    assert "Sat, April 4, 2026, 9:00 AM EDT: will be counted (BA-1)" in explained(clerk, twice)
    poll.at(COUNTS)
    assert explained(clerk, twice).splitlines() == [
        "Ballot: arrived Fri, April 3, 2026, 9:00 AM EDT: replaced by a later one (BA-1).",
        "Ballot: arrived Sat, April 4, 2026, 9:00 AM EDT: counted (BA-1).",
    ]
    assert explained(clerk, late).splitlines() == [
        (
            "Ballot: arrived Sun, April 12, 2026, 9:01 PM EDT: not counted, because voting had "
            "closed (BA-2)."
        )
    ]
    assert explained(clerk, mistyped).splitlines() == [
        "Ballot: none has arrived with their code (BA-8).",
        (
            "Ballot: one arrived Sun, April 5, 2026, 9:00 AM EDT with a code that differs "
            "from theirs by one typo; no one has that code, so it does not count (BA-2)."
        ),
    ]
    assert "not counted, because the voter was removed from the voter roll" in explained(
        clerk, struck
    )
    silent = poll.people()[none]
    assert explained(clerk, silent) == "Ballot: none has arrived with their code (BA-8).\n"
    assert "this person has no code" in explained(clerk, poll.stranger())
    said = by_script(clerk, twice)
    assert [row["box"] for row in said["rows"]] == ["superseded", "counted"]
    assert (said["arrived"], said["changed_since_the_count"]) == (None, False)
    assert requests(poll) == []
    for who in (twice, late, mistyped, struck, silent):
        whole = told(clerk("explain", who, "--election", NAME))
        assert not [name for name in ("Ada Park", "Cy Rivers", "response") if name in whole]


def test_answers_removed_after_the_count_are_not_passed_off_as_none(
    poll: Poll, clerk: Clerk
) -> None:
    poll.opened()
    who, *_ = sorted(poll.invited())
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    assert "counted (BA-1)" in explained(clerk, who)
    poll.form.responses.clear()
    said = told(clerk("explain", who, "--election", NAME))
    assert "no longer has the ballots that were counted" in said
    assert by_script(clerk, who)["changed_since_the_count"] is True


def test_who_left_the_sheets_is_found_on_the_frozen_roll(poll: Poll, clerk: Clerk) -> None:
    """VM-R3: the roll decides, whatever the sheets say since."""
    poll.opened()
    who, *_ = sorted(poll.invited())
    person = poll.people()[who]
    poll.votes(who, ranks("Ada Park"))
    leaves_the_sheets(poll, person)
    missing = clerk("explain", person)
    assert isinstance(missing.exception, FixTheData)
    for wanted in (person, who):
        said = told(clerk("explain", wanted, "--election", NAME, *ASKED))
        assert "no longer name this person" in said
        assert "Evidence on the voter roll:" in said
        assert "Ballot: one has arrived (BA-8)." in said
        script = json.loads(told(clerk("explain", wanted, "--election", NAME, "--json")))
        assert (script["on_roll"], script["by_the_sheets"]) == (True, None)
    assert isinstance(
        clerk("explain", "nobody@example.org", "--election", NAME).exception, FixTheData
    )


def test_a_script_is_told_what_the_roll_says_though_the_form_is_out_of_reach(
    poll: Poll, clerk: Clerk
) -> None:
    poll.opened()
    voter, *_ = sorted(poll.invited())
    poll.form.shared_with.clear()
    found = clerk("explain", voter, "--election", NAME, "--json", *ASKED)
    assert isinstance(found.exception, FixTheSettings)
    said = json.loads(found.stdout)
    assert (said["on_roll"], said["ballot"]) == (True, None)


def test_once_the_roll_is_destroyed_it_says_so_and_why(poll: Poll, clerk: Clerk) -> None:
    """DP-6"""
    poll.opened()
    who, *_ = sorted(poll.invited())
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    poll.published()
    poll.clock.at = COUNTS + timedelta(days=400)
    with poll.context() as context:
        apply(context)
    gone = clerk("explain", who, "--election", NAME)
    assert isinstance(gone.exception, FixTheData)
    assert "deleted on May 17, 2027" in str(gone.exception)
    assert "can no longer tell who was on it" in str(gone.exception)
    assert "DP-6" in str(gone.exception)


def test_what_is_held_says_of_a_vote_that_it_has_ended_and_of_no_ballot_that_it_counted(
    poll: Poll, clerk: Clerk
) -> None:
    """The vote's own state read like the end of a ballot."""
    poll.opened()
    person, line = (
        poll.people()[min(poll.invited())],
        f"an entry of the frozen voter roll of {NAME}",
    )
    assert f"{line} (voting is open)" in told(clerk("person", "show", person))
    poll.at(COUNTS)
    said = told(clerk("person", "show", person))
    assert f"{line} (voting has ended)" in said
    assert "counted)" not in said
    assert line not in told(clerk("person", "show", poll.people()[poll.stranger()]))


@pytest.mark.parametrize("option", ["--by", "--reason"])
def test_a_ballot_is_asked_after_in_a_vote(clerk: Clerk, option: str) -> None:
    alone = clerk("explain", "x", option, "Thea Novak")
    assert alone.exit_code == 2
    assert "--election" in alone.output
