"""The life of a vote, from the officer's word to the announcement, by the clock alone."""

from datetime import timedelta

import pytest

from connectors.sandbox.invented import serial
from flows.votes.lifecycle import approve, extend
from flows.votes.roll_exceptions import correct_roll
from flows.votes.schedule import ElectionEvent
from flows.votes.tally.count import tally
from models.errors import Refused, TryAgainLater
from models.votes.election import ElectionState
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, REMINDERS, Poll, ranks
from tests.flows.town import MARKS

ADA = ranks("Ada Park", "Bea Stone") | {"Question 6": "Yes"}
BEA = ranks("Bea Stone")
TOLD = "sent the tellers' report to the officers"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def what(happenings: list[ElectionEvent]) -> list[str]:
    """What was done, without how many it concerned."""
    return [one.what.partition(";")[0].rstrip("0123456789").rstrip() for one in happenings]


def outcome(poll: Poll, race: str = "mayor") -> str:
    result = poll.vote.result
    assert result
    return str(result.races[race].outcome)


def test_a_vote_lives_by_the_clock_alone(poll: Poll) -> None:
    poll.approved()
    assert poll.strike() == []
    assert what(poll.at(OPENS)) == ["opened", "invited"]
    poll.everybody_votes(ADA)
    for moment in REMINDERS:
        assert what(poll.at(moment)) == [f"sent reminder {REMINDERS.index(moment) + 1} to"]
    assert what(poll.at(CLOSES)) == ["closed"]
    assert what(poll.at(COUNTS)) == ["counted", TOLD]
    assert outcome(poll) == "endorsed: Ada Park"
    assert what(poll.published()) == ["announced"]
    assert poll.strike() == []
    assert poll.vote.state is ElectionState.PUBLISHED


def test_the_clock_may_strike_as_often_as_it_likes(poll: Poll) -> None:
    poll.opened()
    for moment in (*REMINDERS, CLOSES, COUNTS):
        assert poll.at(moment)
        assert poll.strike() == []
    assert max(poll.letters().values()) == 1
    assert len({kind for _, kind in poll.letters()}) == 4  # the invitation and three reminders


def test_nothing_opens_before_its_minute(poll: Poll) -> None:
    poll.approved()
    assert poll.at(OPENS - MINUTE) == []
    assert poll.vote.state is ElectionState.DRAFT
    assert poll.letters() == {}


def test_reminders_go_to_those_alone_who_have_not_voted(poll: Poll) -> None:
    poll.opened()
    early, later, *_ = sorted(poll.invited())
    poll.votes(early, ADA)
    poll.at(REMINDERS[0])
    poll.votes(later, ADA)
    poll.at(REMINDERS[1])
    told = poll.letters("reminder")
    assert (early, "reminder 1") not in told
    assert (later, "reminder 1") in told
    assert (later, "reminder 2") not in told
    rest = len(poll.invited()) - 1
    assert sum(told.values()) == rest + rest - 1


def test_whoever_votes_again_is_counted_once_with_the_last(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ADA)
    poll.clock.at += HOUR
    poll.everybody_votes(BEA)
    poll.at(COUNTS)
    assert outcome(poll) == "endorsed: Bea Stone"
    result = poll.vote.result
    assert result
    assert result.counted == result.superseded == len(poll.invited())


def test_early_late_and_foreign_rows_are_set_aside(poll: Poll) -> None:
    poll.approved()
    poll.answers("FFFF-FFFF-FFFF", BEA, OPENS - HOUR)
    poll.at(OPENS)
    first, second, *_ = sorted(poll.invited())
    poll.votes(first, ADA)
    poll.votes(second, BEA, CLOSES)
    poll.answers("2222-2222-2222", BEA, OPENS + HOUR)
    poll.answers("", BEA, OPENS + HOUR)
    poll.at(COUNTS)
    result = poll.vote.result
    assert result
    assert result.set_aside == {"early": 1, "late": 1, "unknown code": 2}
    assert (result.received, result.counted) == (5, 1)
    rows = poll.folder("tellers") / "rows.txt"
    assert rows.read_text().count("rejected: ") == 4
    assert "1 codes have typos" in rows.read_text()


def test_a_ballot_in_the_last_second_counts(poll: Poll) -> None:
    poll.opened()
    poll.votes(min(poll.invited()), ADA, CLOSES - timedelta(seconds=1))
    poll.at(COUNTS)
    assert poll.vote.result
    assert poll.vote.result.counted == 1


def test_a_machine_that_was_off_counts_the_same_window_later(poll: Poll) -> None:
    poll.opened()
    poll.votes(min(poll.invited()), ADA)
    poll.votes(max(poll.invited()), BEA, CLOSES + HOUR)
    assert what(poll.at(CLOSES + timedelta(days=3))) == ["closed", "counted", TOLD]
    assert poll.vote.result
    assert poll.vote.result.set_aside == {"late": 1}
    assert poll.letters("reminder") == {}  # nobody is reminded of a vote that is over


def test_a_missed_opening_is_caught_up(poll: Poll) -> None:
    poll.approved()
    assert what(poll.at(OPENS + timedelta(minutes=50))) == ["opened", "invited"]


def test_an_opening_so_late_that_the_window_is_short_needs_a_reason(poll: Poll) -> None:
    poll.approved()
    with pytest.raises(Refused, match="less than 5 days"):
        poll.at(CLOSES - timedelta(days=4))
    assert poll.vote.state is ElectionState.DRAFT


def test_missed_reminders_are_caught_up_a_day_apart(poll: Poll) -> None:
    poll.opened()
    back = REMINDERS[1] + HOUR
    assert what(poll.at(back)) == ["sent reminder 1 to"]
    assert poll.strike() == []
    assert poll.at(back + timedelta(hours=14)) == []
    assert what(poll.at(back + timedelta(days=1))) == ["sent reminder 2 to"]
    assert what(poll.at(CLOSES - MINUTE)) == ["sent reminder 3 to"]
    assert max(poll.letters().values()) == 1


def test_a_member_who_lapses_after_the_record_date_may_vote(poll: Poll) -> None:
    poll.opened()
    voter = min(poll.invited())
    assert voter in poll.town.tagged(MARKS.voting_tag)
    for tab in ("Sign-ins", "Volunteering"):
        with poll.town.edit(tab) as rows:
            rows[1:] = [row for row in rows[1:] if str(row[2]).strip().lower() != voter]
    poll.clock.at += timedelta(days=1)
    poll.town.night()
    assert voter not in poll.town.tagged(MARKS.voting_tag)
    poll.at(REMINDERS[0])
    assert (voter, "reminder 1") in poll.letters()
    poll.votes(voter, ADA)
    poll.at(COUNTS)
    assert poll.vote.result
    assert poll.vote.result.counted == 1


def test_a_member_since_the_day_after_the_record_date_may_not(poll: Poll) -> None:
    poll.opened()
    newcomer = poll.stranger()
    poll.clock.at += timedelta(days=1)
    with poll.town.edit("Volunteering") as rows:
        rows.append([serial(poll.clock.at.date()), "Door knocking", newcomer, ""])
    poll.town.night()
    assert newcomer in poll.town.tagged(MARKS.voting_tag)
    poll.at(REMINDERS[0])
    assert newcomer not in {to for to, _ in poll.letters()}
    with poll.context() as context:
        roll = {voter.person for voter in context.ledger.votes.roll(NAME)}
    assert poll.people()[newcomer] not in roll


def test_the_announcement_of_a_district_goes_to_its_people_alone(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ADA)
    poll.at(COUNTS)
    poll.published()
    told = {kind: to for to, kind in poll.letters("announcement")}
    assert set(told) == {"announcement to all", "announcement question-6"}
    texts = {
        letter.title.split()[-2]: letter.text
        for letter in poll.town.sandbox.mailchimp.outbox
        if " announcement " in letter.title
    }
    assert "Question 6" in texts["question-6"]
    assert "Question 6" not in texts["all"]
    assert "Ada Park for Mayor" in texts["all"]
    assert "She comes to every meeting." in texts["all"]
    assert max(poll.letters().values()) == 1


def test_codes_leave_the_mailing_list_and_the_segments_empty_after_the_close(poll: Poll) -> None:
    poll.opened()
    poll.at(REMINDERS[0])
    assert poll.codes_on_the_list == set(poll.invited().values())
    kinds = ("invitation", "reminder 1")
    assert all(poll.segment(kind) == set(poll.invited()) for kind in kinds)
    poll.at(CLOSES)
    assert poll.codes_on_the_list == set()
    assert not any(poll.segment(kind) for kind in kinds)


def test_a_letter_on_its_way_keeps_its_segment(poll: Poll) -> None:
    poll.opened()
    poll.at(REMINDERS[1])
    poll.town.sandbox.mailchimp.delivery = timedelta(hours=2)
    try:
        poll.at(CLOSES - HOUR)  # reminder 2, late
        poll.at(CLOSES)
        assert poll.segment("reminder 2")
        poll.at(CLOSES + HOUR)
        assert not poll.segment("reminder 2")
    finally:
        poll.town.sandbox.mailchimp.delivery = timedelta()


def test_no_result_exists_before_the_close(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ADA)
    poll.at(CLOSES - MINUTE)
    with poll.context() as context, pytest.raises(Refused, match="EN-R8"):
        tally(context, poll.vote)
    assert poll.vote.result is None
    assert not poll.folder("pages").exists()
    assert not poll.folder("tellers").exists()


def test_the_count_waits_out_the_grace_for_the_last_rows(poll: Poll) -> None:
    poll.opened()
    assert what(poll.at(COUNTS - MINUTE))[-1] == "closed"
    assert poll.vote.result is None
    with poll.context() as context, pytest.raises(Refused, match="it can be counted from"):
        tally(context, poll.vote)


def test_a_later_close_is_recorded_announced_and_moves_what_is_left(poll: Poll) -> None:
    poll.opened()
    poll.at(REMINDERS[0])
    later = CLOSES + timedelta(days=4)
    with poll.context() as context:
        extend(context, NAME, later, OFFICER, "The form was down on Monday.")
    assert what(poll.strike()) == ["sent extension 1 to"]
    assert poll.strike() == []
    assert set(poll.letters("extension").values()) == {1}
    assert poll.at(CLOSES) == []
    assert what(poll.at(REMINDERS[1] + timedelta(days=4))) == ["sent reminder 2 to"]
    assert what(poll.at(REMINDERS[2] + timedelta(days=4))) == ["sent reminder 3 to"]
    assert what(poll.at(later)) == ["closed"]
    poll.at(later + timedelta(minutes=10))
    page = (poll.folder("pages") / "index.html").read_text()
    assert "The form was down on Monday." in page


def test_a_closed_vote_is_never_reopened(poll: Poll) -> None:
    poll.opened()
    poll.clock.at = CLOSES
    with poll.context() as context, pytest.raises(Refused, match="never reopened"):
        extend(context, NAME, CLOSES + HOUR, OFFICER, "please")


def test_an_exception_gives_a_vote_and_its_invitation_once(poll: Poll) -> None:
    poll.opened()
    newcomer = poll.stranger()
    person = poll.people()[newcomer]
    poll.clock.at += HOUR
    with poll.context() as context:
        correct_roll(context, NAME, person, OFFICER, "was at the door", remove=False)
    before = poll.invited().keys()
    assert len(poll.strike()) == 1
    assert poll.strike() == []
    assert poll.invited().keys() - {newcomer} == before
    assert newcomer in poll.invited()
    poll.everybody_votes(ADA)
    poll.at(COUNTS)
    assert poll.vote.result
    assert poll.vote.result.counted == len(before) + 1
    assert "VM-R3" in (poll.folder("pages") / "index.html").read_text()


def test_a_struck_voter_gets_no_reminder_and_does_not_count(poll: Poll) -> None:
    poll.opened()
    address = min(poll.invited())
    person = poll.people()[address]
    with poll.context() as context:
        correct_roll(context, NAME, person, OFFICER, "moved away", remove=True)
    poll.at(REMINDERS[0])
    assert (address, "reminder 1") not in poll.letters()
    poll.votes(address, ADA)
    poll.at(COUNTS)
    assert poll.vote.result
    assert poll.vote.result.set_aside == {"not on roll": 1}


def test_published_at_once_when_the_folder_says_so(poll: Poll) -> None:
    file = poll.folder("election.toml")
    file.write_text('publish = "at once"\n' + file.read_text())
    poll.opened()
    poll.everybody_votes(ADA)
    assert what(poll.at(COUNTS)) == ["closed", "counted", TOLD, "published", "announced"]
    assert (poll.town.folder / "public" / NAME / "index.html").is_file()


def test_only_a_counted_vote_is_published(poll: Poll) -> None:
    poll.opened()
    with pytest.raises(Refused, match="EN-R8"):
        poll.published()


def test_two_approvals_are_one_too_many(poll: Poll) -> None:
    poll.approved()
    with poll.context() as context, pytest.raises(Refused, match="already approved"):
        approve(context, NAME, OFFICER)


def test_what_is_edited_while_it_is_checked_is_not_approved(poll: Poll) -> None:
    file = poll.folder("contests") / "01-mayor.toml"

    def edit(*_: object) -> None:
        file.write_text(file.read_text().replace("Cy Rivers", "Cy Rios"))

    poll.town.sandbox.faults.on_request = edit
    with poll.context() as context, pytest.raises(Refused, match="changed while it was checked"):
        approve(context, NAME, OFFICER)


def test_what_is_edited_after_the_approval_changes_nothing(poll: Poll) -> None:
    poll.approved()
    file = poll.folder("contests") / "01-mayor.toml"
    file.write_text(file.read_text().replace("Ada Park", "Dee Brook"))
    poll.at(OPENS)
    poll.everybody_votes(ADA)
    poll.at(COUNTS)
    assert outcome(poll) == "endorsed: Ada Park"


def test_a_job_at_work_keeps_the_clock_waiting(poll: Poll) -> None:
    poll.approved()
    poll.clock.at = OPENS
    with poll.context() as context, context.ledger.alone(), pytest.raises(TryAgainLater):
        poll.strike()


def test_a_source_that_shrank_opens_nothing(poll: Poll) -> None:
    poll.approved()
    with poll.town.edit("Sign-ins") as rows:
        del rows[1:]
    with pytest.raises(Refused, match="Sign-ins"):
        poll.at(OPENS)
    assert poll.vote.state is ElectionState.DRAFT
