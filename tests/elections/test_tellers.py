"""The tellers' report by mail: to the officers, once, with counts and nothing else."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest

from connectors.mailchimp import Campaigns
from connectors.sandbox.mailchimp.letters import Letter
from flows.views.election import status
from flows.votes.lifecycle import extend
from flows.votes.roll_exceptions import correct_roll
from flows.votes.tally.count import close_and_count
from flows.votes.voiding import Decided, void
from models.errors import ClerkError, Refused
from models.votes.election import ElectionState
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, Poll, ranks
from tests.elections.test_commands import Clerk, clerk, told

__all__ = ["clerk"]
ADA = ranks("Ada Park", "Bea Stone") | {"Question 6": "Yes"}
HOUR = timedelta(hours=1)
REPORTED = "sent the tellers' report to the officers"
MAILBOX = "hello@rivertown.example.org"


def reports(poll: Poll) -> list[Letter]:
    return poll.town.sandbox.mailchimp.test_outbox


def test_the_officers_get_outcomes_sums_and_the_next_step(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ADA)
    poll.clock.at += HOUR
    poll.votes(min(poll.invited()), ADA)
    poll.answers("FFFF-FFFF-2222", ADA)
    many = len(poll.invited())
    poll.at(COUNTS)
    (report,) = reports(poll)
    with poll.context() as context:
        assert report.to == context.chapter.mailchimp.reply_to
    assert report.subject == "The tellers' report: Spring endorsements"
    for line in (
        "- Mayor: endorsed: Ada Park",
        "- Question 6: endorsed: Yes",
        f"- counted: {many}\n",
        "- replaced by a later ballot from the same voter: 1\n",
        "- rejected: 1\n",
        "- Mayor: every marked ballot says the same",
        "- some codes have a typo: their check character does not match (BA-1)",
        f"elections/{NAME}/tellers/index.html",
        f"clerk election publish {NAME} --by YOU",
    ):
        assert line in report.text
    assert "Question 6: endorsed" in report.html.replace("<strong>", "")
    assert poll.folder("tellers").joinpath("index.html").is_file()


def test_it_names_nobody_no_code_and_no_row(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ADA)
    poll.answers("FFFF-FFFF-2222", ADA)
    poll.at(COUNTS)
    (report,) = reports(poll)
    assert "!response " not in report.text
    assert "FFFF-FFFF" not in report.text
    for address, code in poll.invited().items():
        assert address not in report.text.lower() + report.html.lower()
        assert code not in report.text + report.html


def test_it_comes_once_and_also_after_a_decided_tie(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    ballots = [("Ada Park", "Bea Stone")] * 4 + [("Bea Stone", "Ada Park")] * 3
    ballots += [("Cy Rivers", "Bea Stone")] * 3
    for address, ranked in zip(sorted(poll.invited()), ballots, strict=False):
        poll.votes(address, ranks(*ranked))
    poll.at(COUNTS)
    assert reports(poll) == []
    by = ["--how", "the committee, 5 to 2", "--by", OFFICER]
    decided = clerk("election", "decide", NAME, "mayor", "Cy Rivers", *by)
    assert "Counted. The tellers get their report at the next scheduled check." in told(decided)
    poll.strike()
    (report,) = reports(poll)
    assert "Mayor: a tie in round" in report.text
    assert poll.record().count("sent an email") == 2  # the invitation and this


def test_what_calls_for_a_second_look_is_said(poll: Poll) -> None:
    poll.answers("FFFF-FFFF-FFFF", ADA, OPENS - HOUR)
    poll.opened()
    marks = [ranks("Ada Park")] * 6 + [ranks("Bea Stone")] * 4
    for address, marked in zip(sorted(poll.invited()), marks, strict=False):
        poll.votes(address, marked)
    with poll.context() as context:
        person = poll.people()[poll.stranger()]
        correct_roll(context, NAME, person, OFFICER, "was at the door", remove=False)
        extend(context, NAME, CLOSES + 24 * HOUR, OFFICER, "The form was down on Monday.")
    poll.at(COUNTS + 24 * HOUR)
    text = reports(poll)[0].text
    for line in (
        "- Mayor: Ada Park: exactly at the bar, and more than that is needed (EN-R1)",
        "- some ballots arrived before voting opened and are not counted (BA-2)",
        "The voter roll was corrected after it was frozen. Each correction has a",
        "Voting was extended, and the members were told (EN-R6): The form was down on Monday.",
    ):
        assert line in text
    assert "was at the door" not in text


def test_ballots_of_unknown_codes_alone_are_said(poll: Poll) -> None:
    """Strangers' rows beside a voter's are ordinary; nothing but them is not (BA-1)."""
    said = "- every ballot has an unknown code. Find out why before you publish (BA-1)"
    poll.opened()
    poll.answers("FFFF-FFFF-2222", ADA)
    before = poll.keep(poll.town.folder.with_name("kept"))
    poll.at(COUNTS)
    assert said in reports(poll)[0].text
    before.restore()
    poll.votes(min(poll.invited()), ADA)
    poll.at(COUNTS)
    assert said not in reports(poll)[0].text


def test_the_address_of_the_settings_gets_it(poll: Poll) -> None:
    poll.town.settings += '\n[elections]\nofficers_email = "tellers@rivertown.example.org"\n'
    poll.town.network(attempts=1)
    poll.opened()
    poll.at(COUNTS)
    assert [one.to for one in reports(poll)] == ["tellers@rivertown.example.org"]


def test_status_says_that_they_have_it(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.at(COUNTS)
    said = told(clerk("election", "status", NAME))
    assert "The officers got the tellers' report Sun, April 12, 2026, 9:10 PM EDT." in said
    assert "tellers' report\t" not in said


def test_where_it_cannot_go_it_keeps_nobody_waiting(poll: Poll) -> None:
    """It is tried again with each strike; the result is published and announced all the same."""
    file = poll.folder("election.toml")
    file.write_text('publish = "at once"\n' + file.read_text())
    poll.opened()
    poll.everybody_votes(ADA)
    poll.town.rewrite('reply_to = "', 'reply_to = "no address')
    with pytest.raises(ClerkError, match="the tellers' report cannot be sent"):
        poll.at(COUNTS)
    assert poll.vote.state is ElectionState.PUBLISHED
    assert poll.letters("announcement")
    assert poll.codes_on_the_list == set()
    poll.town.rewrite('reply_to = "no address', 'reply_to = "')
    poll.strike()
    assert "The program publishes the result automatically" in reports(poll)[0].text


def test_officers_are_told_before_the_members(poll: Poll) -> None:
    """Also where the program publishes: whoever is asked about a result has read it."""
    file = poll.folder("election.toml")
    file.write_text('publish = "at once"\n' + file.read_text())
    poll.opened()
    poll.everybody_votes(ADA)
    done = [event.what for event in poll.at(COUNTS)]
    told = [done.index(what) for what in (REPORTED, "published", "announced")]
    assert told == sorted(told)
    assert "The program publishes the result automatically" in reports(poll)[0].text


def test_a_report_that_is_refused_is_not_tried_at_every_strike(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`status` says so meanwhile; it goes out after some hours."""
    tried: list[object] = []

    def refuse(*_: object) -> None:
        tried.append(1)
        raise Refused("no more test letters today")

    poll.opened()
    poll.everybody_votes(ADA)
    with monkeypatch.context() as patch:
        patch.setattr(Campaigns, "send_test", refuse)
        for strike in range(12):
            with suppress(Refused):
                poll.at(COUNTS + timedelta(minutes=5 * strike))
        assert len(tried) == 3
        with poll.context() as context:
            (trouble,) = status(context, NAME)["trouble"]
        assert trouble["step"] == "the tellers' report"
        assert "no more test letters" in trouble["said"]
    assert reports(poll) == []
    poll.at(COUNTS + timedelta(hours=7))
    assert len(reports(poll)) == 1


def test_a_draft_whose_removal_was_not_confirmed_is_gone(poll: Poll) -> None:
    """The second try finds nothing to remove, and the report does not come twice."""
    poll.opened()
    poll.town.network(attempts=2)
    poll.town.sandbox.faults.matching("DELETE", "/campaigns/", "lost-answer")
    poll.at(COUNTS)
    poll.strike()
    assert len(reports(poll)) == 1


def test_it_holds_no_number_that_the_pages_withhold(poll: Poll) -> None:
    """A mailing service carries it (BA-6, DP-3)."""
    poll.opened()
    voters = sorted(poll.invited())
    for address, marks in zip(voters, [ADA] * 12 + [ranks("Bea Stone")] * 2, strict=False):
        poll.votes(address, marks)
    for code in ("FFFF-FFFF-2222", "FFFF-FFFF-3333", "FFFF-FFFF-4444"):
        poll.answers(code, ADA)
    for address in voters[:10]:
        poll.votes(address, ADA, poll.clock.at + HOUR)
    poll.at(COUNTS)
    report = reports(poll)[0].text
    page = poll.folder("pages").joinpath("index.html").read_text("utf-8")
    assert "- counted: 14\n" in report
    assert "- replaced by a later ballot from the same voter: 10\n" in report
    assert "- rejected: 3\n" in report
    rows = report.partition("EVERY ROW")[2].partition("WHAT TO LOOK AT")[0]
    numbers = set(re.findall(r"\d+", rows.replace("BA-6", "")))
    assert numbers <= set(re.findall(r"\d+", re.sub(r"<[^>]*>", " ", page)))
    assert "code" not in rows  # why they were set aside: fewer than ten


def test_of_a_race_of_few_it_says_how_it_ended_alone(poll: Poll) -> None:
    """All agree, fewer than ten: each of them could be known by it (BA-6)."""
    poll.opened()
    for address in sorted(poll.invited())[:4]:
        poll.votes(address, ADA)
    poll.at(COUNTS)
    report = reports(poll)[0].text
    assert re.search(r"- 4 of \d+ members on the voter roll voted: ", report)
    assert "- Mayor: endorsed: Ada Park" in report
    assert "every marked ballot says the same" not in report
    assert (
        "- Mayor: fewer than 10 ballots; only the full report shows what to check (BA-6)" in report
    )


def test_what_was_voided_before_it_went_is_told_as_void(poll: Poll) -> None:
    """EN-R11"""
    poll.opened()
    poll.everybody_votes(ADA)
    poll.clock.at = COUNTS
    with poll.context() as context:
        close_and_count(context, NAME, print)
        decided = Decided("Meeting of April 14", yes=6, no=2, abstained=0, active=9)
        void(context, NAME, "mayor", OFFICER, "The form left somebody out.", "", decided)
    poll.strike()
    (report,) = reports(poll)
    assert "- Mayor: voided by the committee; counted: endorsed: Ada Park" in report.text
    assert "- Question 6: endorsed: Yes" in report.text
