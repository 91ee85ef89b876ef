"""Everybody is told once for one transition, whatever happens between (VM-4, VM-R4)."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import pytest

from connectors.ledger import Ledger, Mailing, MailingState
from models.errors import ClerkError
from models.intake.people import PersonId
from models.mail.notices import ONE_AWAY, VOTING, Notice, NoticeKind, due
from models.membership.status_periods import StatusPeriod
from models.membership.voter_roll import Entry
from tests.connectors.ledger.nights import (
    ANN,
    AUTUMN,
    BEN,
    CID,
    SPRING,
    TODAY,
    night,
    not_yet,
    one_away,
    voting,
    welcome,
)

TOMORROW = TODAY + timedelta(days=1)


def sync(ledger: Ledger, *entries: Entry, on: date = TODAY) -> list[PersonId]:
    """A night that records the welcome letters that are due; those who are told tonight."""
    tonight = night(*entries, on=on)
    letters = due(tonight.roll, ledger.notified(), [VOTING], tonight.roll.entries.keys())
    ledger.commit_night(night(*entries, on=on, letters=letters))
    if letters:
        settle(ledger, begin(ledger, on=on))
    return [letter.person for letter in letters]


def begin(
    ledger: Ledger, kind: NoticeKind = VOTING, *, on: date = TODAY, to: Collection[PersonId] = ()
) -> Mailing:
    """A mailing of all that waits, or of what waits for these."""
    waiting = [letter.person for letter in ledger.pending_letters() if letter.kind == kind]
    return ledger.mailings.begin(kind, on, to=to or waiting)


def settle(ledger: Ledger, mailing: Mailing, how: MailingState = MailingState.SENT) -> None:
    at = datetime(mailing.day.year, mailing.day.month, mailing.day.day, 7, tzinfo=UTC)
    ledger.mailings.settle(mailing.id, how, at, people=1)


def carried(ledger: Ledger, mailing: Mailing) -> tuple[PersonId, ...]:
    return ledger.mailings.carried(mailing.id)


def test_letters_wait_for_a_mailing_and_those_passed_over_never_do(ledger: Ledger) -> None:
    ledger.commit_night(
        night(voting(ANN), voting(BEN), letters=[welcome(ANN)], passed_over=[welcome(BEN)])
    )
    assert ledger.pending_letters() == [welcome(ANN)]
    assert ledger.notified() == {
        (ANN, VOTING): [SPRING],
        (BEN, VOTING): [SPRING],
    }


def test_one_mailing_a_kind_takes_all_that_waits(ledger: Ledger) -> None:
    near = Notice(ANN, ONE_AWAY, SPRING)
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(BEN), near, welcome(ANN)]))
    away, told = begin(ledger, ONE_AWAY), begin(ledger, VOTING)
    assert (away.letter, carried(ledger, away), away.day) == (ONE_AWAY, (ANN,), TODAY)
    assert (told.letter, carried(ledger, told)) == (VOTING, (BEN, ANN))
    assert (told.election, told.campaign_id, told.state) == (None, None, MailingState.OPEN)
    assert ledger.mailings.open_of_nights() == [away, told]
    assert ledger.pending_letters() == []
    assert begin(ledger, VOTING) == told


def test_a_letter_waits_while_a_mailing_of_its_kind_is_open(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
    first = begin(ledger)
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(BEN)], on=TOMORROW))
    assert begin(ledger, on=TOMORROW) == first
    assert carried(ledger, first) == (ANN,)
    assert ledger.pending_letters() == [welcome(BEN)]
    settle(ledger, first)
    assert carried(ledger, begin(ledger, on=TOMORROW)) == (BEN,)


def test_two_mailings_of_a_kind_on_one_day_are_told_apart(ledger: Ledger) -> None:
    """By what their campaigns are found by."""
    marks = set()
    for person in (ANN, BEN, CID):
        ledger.commit_night(night(voting(person), letters=[welcome(person)]))
        mailing = begin(ledger)
        marks.add(mailing.mark)
        settle(ledger, mailing)
    assert len(marks) == 3


def test_a_campaign_is_remembered_across_a_restart(url: str) -> None:
    with Ledger.open(url) as ledger:
        ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
        mailing = begin(ledger)
        ledger.mailings.set_people(mailing.id, 1)
        ledger.mailings.set_campaign(mailing.id, "c42")
    with Ledger.open(url) as again:
        (found,) = again.mailings.open_of_nights()
        assert (found.id, found.campaign_id, found.people) == (mailing.id, "c42", 1)
        assert carried(again, found) == (ANN,)


def test_a_void_mailing_gives_its_letters_back(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
    mailing = begin(ledger)
    settle(ledger, mailing, MailingState.VOID)
    assert ledger.mailings.open_of_nights() == []
    assert ledger.pending_letters() == [welcome(ANN)]
    again = begin(ledger, on=TOMORROW)
    assert again.id != mailing.id
    assert carried(ledger, again) == (ANN,)


@pytest.mark.parametrize("how", [MailingState.SENT, MailingState.STOPPED, MailingState.VOID])
def test_a_settled_mailing_stays_as_it_is(ledger: Ledger, how: MailingState) -> None:
    ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
    mailing = begin(ledger)
    settle(ledger, mailing)
    with pytest.raises(ClerkError, match="is not open"):
        settle(ledger, mailing, how)
    with pytest.raises(ClerkError, match="is not open"):
        ledger.mailings.set_campaign(mailing.id, "c1")
    with pytest.raises(ClerkError, match="is not open"):
        ledger.mailings.set_people(mailing.id, 1)
    assert ledger.pending_letters() == []


def test_a_letter_that_was_stopped_by_hand_counts_as_told(ledger: Ledger) -> None:
    """Whom it had reached, nobody can say: never risk a second one."""
    ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
    settle(ledger, begin(ledger), MailingState.STOPPED)
    assert ledger.pending_letters() == []
    assert [told.sent for told in ledger.told(ANN)] == [TODAY]


def test_a_spell_that_grows_takes_its_notice_along(ledger: Ledger) -> None:
    """Steps that each overlap the last are one transition, though the ends share no day."""
    told = []
    for months in range(0, 36, 6):
        since = date(2026 + months // 12, months % 12 + 1, 1)
        spell = StatusPeriod(since, since + timedelta(days=300))
        on = since + timedelta(days=1)
        told += sync(ledger, voting(ANN, spell, on), on=on)
    assert told == [ANN]


def test_a_late_sign_in_that_moves_the_first_day_tells_nobody_again(ledger: Ledger) -> None:
    assert sync(ledger, voting(ANN)) == [ANN]
    earlier = StatusPeriod(date(2025, 12, 1), SPRING.until)
    assert sync(ledger, voting(ANN, earlier, TOMORROW), on=TOMORROW) == []
    assert ledger.notified() == {(ANN, VOTING): [earlier]}


def test_someone_who_lapses_and_requalifies_is_notified_again(ledger: Ledger) -> None:
    assert sync(ledger, voting(ANN, StatusPeriod(SPRING.since, date(2026, 6, 1)))) == [ANN]
    assert sync(ledger, not_yet(ANN), on=date(2026, 7, 1)) == []
    on = AUTUMN.since
    assert sync(ledger, voting(ANN, AUTUMN, on), on=on) == [ANN]


def test_a_corrected_sheet_ends_the_notice_with_the_spell(ledger: Ledger) -> None:
    """The status was to last until January; a correction took it in March: autumn is news."""
    assert sync(ledger, voting(ANN)) == [ANN]
    assert sync(ledger, one_away(ANN), on=date(2026, 3, 20)) == []
    on = AUTUMN.since
    assert sync(ledger, voting(ANN, AUTUMN, on), on=on) == [ANN]


def test_a_tab_emptied_for_a_night_tells_nobody_twice(ledger: Ledger) -> None:
    assert sync(ledger, voting(ANN)) == [ANN]
    assert sync(ledger, on=TOMORROW) == []
    assert sync(ledger, voting(ANN), on=TOMORROW + timedelta(days=1)) == []


def test_a_waiting_letter_without_its_occasion_is_withdrawn(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(ANN), welcome(BEN)]))
    ledger.commit_night(night(one_away(ANN), on=TOMORROW))
    assert ledger.pending_letters() == []
    assert ledger.notified() == {}


def test_merged_people_get_one_letter(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
    settle(ledger, begin(ledger))
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(BEN)], on=TOMORROW))
    ledger.commit_night(night(voting(ANN), merged={BEN: ANN}, on=TOMORROW))
    assert ledger.pending_letters() == []
    assert ledger.notified() == {(ANN, VOTING): [SPRING]}


def test_a_letter_due_to_one_of_two_merged_people_is_not_sent_to_both(ledger: Ledger) -> None:
    """Who was told as Ben is not told as Ann on the night that shows they are one."""
    assert sync(ledger, one_away(ANN), voting(BEN)) == [BEN]
    ledger.commit_night(night(voting(ANN), merged={BEN: ANN}, letters=[welcome(ANN)], on=TOMORROW))
    assert ledger.pending_letters() == []


def test_merged_people_get_one_letter_though_one_is_in_a_mailing_of_a_dead_job(
    ledger: Ledger,
) -> None:
    """Begun, and nothing of it made: it waits as it did before, and has not gone."""
    assert sync(ledger, voting(ANN)) == [ANN]
    letters = [welcome(BEN), welcome(CID)]
    ledger.commit_night(night(voting(ANN), voting(BEN), voting(CID), letters=letters, on=TOMORROW))
    mailing = begin(ledger, on=TOMORROW)
    ledger.commit_night(night(voting(ANN), voting(CID), merged={BEN: ANN}, on=TOMORROW))
    assert carried(ledger, mailing) == (CID,)


def test_of_two_letters_of_merged_people_the_one_that_is_in_a_mailing_stays(
    ledger: Ledger,
) -> None:
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(ANN), welcome(BEN)]))
    mailing = begin(ledger, to={BEN})
    ledger.commit_night(night(voting(ANN), merged={BEN: ANN}, on=TOMORROW))
    assert carried(ledger, mailing) == (ANN,)
    assert ledger.pending_letters() == []


def test_what_a_campaign_may_have_carried_is_kept(ledger: Ledger) -> None:
    """Whether it went out is asked of Mailchimp; what else the reader was told of stands beside."""
    assert sync(ledger, voting(ANN)) == [ANN]
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(BEN)], on=TOMORROW))
    mailing = begin(ledger, on=TOMORROW)
    ledger.mailings.set_campaign(mailing.id, "c42")
    assert ledger.mailings.besides(mailing.id) == {}
    ledger.commit_night(night(voting(ANN), merged={BEN: ANN}, on=TOMORROW))
    assert carried(ledger, mailing) == (ANN,)
    assert ledger.mailings.besides(mailing.id) == {ANN: [SPRING]}


def test_who_is_withdrawn_from_a_mailing_does_not_wait(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(ANN), welcome(BEN)]))
    mailing = begin(ledger)
    ledger.mailings.withdraw(mailing.id, [ANN])
    assert carried(ledger, mailing) == (BEN,)
    assert ledger.pending_letters() == []
    assert ledger.notified() == {(BEN, VOTING): [SPRING]}
    settle(ledger, mailing)
    with pytest.raises(ClerkError, match="is not open"):
        ledger.mailings.withdraw(mailing.id, [BEN])


def test_a_letter_that_waits_stands_beside_one_that_is_in_a_mailing(ledger: Ledger) -> None:
    """The status lapsed and came back while the mailing lay: the later letter tells of it."""
    ended = StatusPeriod(SPRING.since, date(2026, 6, 1))
    ledger.commit_night(night(voting(ANN, ended), letters=[Notice(ANN, VOTING, ended)]))
    mailing = begin(ledger)
    ledger.mailings.set_campaign(mailing.id, "c42")
    again = Notice(ANN, VOTING, AUTUMN)
    on = AUTUMN.since
    ledger.commit_night(night(voting(ANN, AUTUMN, on), letters=[again], on=on))
    assert ledger.mailings.besides(mailing.id) == {ANN: [AUTUMN]}


def test_merged_people_who_both_wait_get_one_letter(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(ANN), welcome(BEN)]))
    ledger.commit_night(night(voting(ANN), merged={BEN: ANN}, on=TOMORROW))
    assert ledger.pending_letters() == [welcome(ANN)]


def test_a_letter_waits_for_somebody_who_can_be_mailed(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(ANN), welcome(BEN)]))
    mailing = begin(ledger, to={BEN})
    assert carried(ledger, mailing) == (BEN,)
    assert ledger.pending_letters() == [welcome(ANN)]


def test_who_is_left_out_of_a_mailing_waits_and_is_not_told(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(ANN), welcome(BEN)]))
    mailing = begin(ledger)
    ledger.mailings.leave_out(mailing.id, [ANN])
    ledger.mailings.set_campaign(mailing.id, "c42")
    settle(ledger, mailing)
    assert ledger.pending_letters() == [welcome(ANN)]
    assert [one.campaign_id for one in ledger.mailings.gone_of_nights(mailing.day)] == ["c42"]
    with pytest.raises(ClerkError, match="is not open"):
        ledger.mailings.leave_out(mailing.id, [BEN])


def test_one_that_went_to_nobody_is_opened_again_with_what_it_carries(ledger: Ledger) -> None:
    """Nothing of it waits besides; of a kind one is open at a time."""
    lost: list[Mailing] = []
    for day, who in ((TODAY, ANN), (TOMORROW, BEN)):
        ledger.commit_night(night(voting(who), on=day, letters=[welcome(who)]))
        lost.append(begin(ledger, on=day))
        ledger.mailings.set_campaign(lost[-1].id, f"c{who}")
        settle(ledger, lost[-1])
    assert [one.id for one in ledger.mailings.gone_of_nights(TOMORROW)] == [lost[1].id]
    ledger.mailings.reopen(lost[0].id)
    (again,) = ledger.mailings.open_of_nights()
    assert (again.id, again.mark) == (lost[0].id, lost[0].mark)
    assert (again.campaign_id, again.ended, again.people) == (None, None, 0)
    assert carried(ledger, again) == (ANN,)
    assert ledger.pending_letters() == []
    assert begin(ledger, on=TOMORROW).id == again.id
    for other in lost:
        with pytest.raises(ClerkError):
            ledger.mailings.reopen(other.id)
