"""Everybody is told once for one transition, whatever happens between (VM-4, VM-R4)."""

from datetime import date, timedelta

import pytest

from connectors.ledger import Ledger
from models.errors import ClerkError
from models.letters import Letter, LetterKind, due
from models.people import PersonId
from models.roll import Entry
from models.standing import Spell
from tests.connectors.ledger.nights import (
    ANN,
    AUTUMN,
    BEN,
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
    letters = due(tonight.roll, ledger.noticed(), [LetterKind.VOTING], tonight.roll.entries.keys())
    ledger.commit_night(night(*entries, on=on, letters=letters))
    for batch in ledger.start_batches(on):
        ledger.close_batch(batch.id, sent=True)
    return [letter.person for letter in letters]


def test_letters_wait_for_a_batch_and_those_passed_over_never_do(ledger: Ledger) -> None:
    ledger.commit_night(
        night(voting(ANN), voting(BEN), letters=[welcome(ANN)], passed_over=[welcome(BEN)])
    )
    assert ledger.pending_letters() == [welcome(ANN)]
    assert ledger.noticed() == {
        (ANN, LetterKind.VOTING): [SPRING],
        (BEN, LetterKind.VOTING): [SPRING],
    }


def test_one_batch_a_kind_takes_all_that_waits(ledger: Ledger) -> None:
    near = Letter(ANN, LetterKind.ONE_AWAY, SPRING)
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(BEN), near, welcome(ANN)]))
    away, told = ledger.start_batches(TODAY)
    assert (away.kind, away.people, away.day) == (LetterKind.ONE_AWAY, (ANN,), TODAY)
    assert (told.kind, told.people) == (LetterKind.VOTING, (BEN, ANN))
    assert told.campaign_id is None
    assert told.state == "open"
    assert ledger.open_batches() == [away, told]
    assert ledger.pending_letters() == []
    assert ledger.start_batches(TODAY) == []


def test_a_letter_waits_while_a_batch_of_its_kind_is_open(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
    (first,) = ledger.start_batches(TODAY)
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(BEN)], on=TOMORROW))
    assert ledger.start_batches(TOMORROW) == []
    assert ledger.pending_letters() == [welcome(BEN)]
    ledger.close_batch(first.id, sent=True)
    (second,) = ledger.start_batches(TOMORROW)
    assert second.people == (BEN,)


def test_a_campaign_is_remembered_across_a_restart(url: str) -> None:
    with Ledger.open(url) as ledger:
        ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
        (batch,) = ledger.start_batches(TODAY)
        ledger.set_campaign(batch.id, "c42")
    with Ledger.open(url) as again:
        (found,) = again.open_batches()
        assert (found.id, found.campaign_id, found.people) == (batch.id, "c42", (ANN,))


def test_a_void_batch_gives_its_letters_back(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
    (batch,) = ledger.start_batches(TODAY)
    ledger.close_batch(batch.id, sent=False)
    assert ledger.open_batches() == []
    assert ledger.pending_letters() == [welcome(ANN)]
    (again,) = ledger.start_batches(TOMORROW)
    assert again.id != batch.id
    assert again.people == (ANN,)


@pytest.mark.parametrize("sent", [True, False])
def test_a_settled_batch_stays_as_it_is(ledger: Ledger, sent: bool) -> None:
    ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
    (batch,) = ledger.start_batches(TODAY)
    ledger.close_batch(batch.id, sent=True)
    with pytest.raises(ClerkError, match="is not open"):
        ledger.close_batch(batch.id, sent=sent)
    with pytest.raises(ClerkError, match="is not open"):
        ledger.set_campaign(batch.id, "c1")
    assert ledger.pending_letters() == []


def test_a_spell_that_grows_takes_its_notice_along(ledger: Ledger) -> None:
    """Steps that each overlap the last are one transition, though the ends share no day."""
    told = []
    for months in range(0, 36, 6):
        since = date(2026 + months // 12, months % 12 + 1, 1)
        spell = Spell(since, since + timedelta(days=300))
        on = since + timedelta(days=1)
        told += sync(ledger, voting(ANN, spell, on), on=on)
    assert told == [ANN]


def test_a_late_sign_in_that_moves_the_first_day_tells_nobody_again(ledger: Ledger) -> None:
    assert sync(ledger, voting(ANN)) == [ANN]
    earlier = Spell(date(2025, 12, 1), SPRING.until)
    assert sync(ledger, voting(ANN, earlier, TOMORROW), on=TOMORROW) == []
    assert ledger.noticed() == {(ANN, LetterKind.VOTING): [earlier]}


def test_who_lapses_and_qualifies_again_is_told_again(ledger: Ledger) -> None:
    assert sync(ledger, voting(ANN, Spell(SPRING.since, date(2026, 6, 1)))) == [ANN]
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
    assert ledger.noticed() == {}


def test_merged_people_get_one_letter(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
    (batch,) = ledger.start_batches(TODAY)
    ledger.close_batch(batch.id, sent=True)
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(BEN)], on=TOMORROW))
    ledger.commit_night(night(voting(ANN), merged={BEN: ANN}, on=TOMORROW))
    assert ledger.pending_letters() == []
    assert ledger.noticed() == {(ANN, LetterKind.VOTING): [SPRING]}


def test_a_letter_due_to_one_of_two_merged_people_is_not_sent_to_both(ledger: Ledger) -> None:
    """Who was told as Ben is not told as Ann on the night that shows they are one."""
    assert sync(ledger, one_away(ANN), voting(BEN)) == [BEN]
    ledger.commit_night(night(voting(ANN), merged={BEN: ANN}, letters=[welcome(ANN)], on=TOMORROW))
    assert ledger.pending_letters() == []


def test_merged_people_who_both_wait_get_one_letter(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(ANN), welcome(BEN)]))
    ledger.commit_night(night(voting(ANN), merged={BEN: ANN}, on=TOMORROW))
    assert ledger.pending_letters() == [welcome(ANN)]


def test_a_letter_waits_for_somebody_who_can_be_mailed(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(ANN), welcome(BEN)]))
    (batch,) = ledger.start_batches(TODAY, {BEN})
    assert batch.people == (BEN,)
    assert ledger.pending_letters() == [welcome(ANN)]


def test_who_is_left_out_of_a_batch_waits_and_is_not_told(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), voting(BEN), letters=[welcome(ANN), welcome(BEN)]))
    (batch,) = ledger.start_batches(TODAY)
    ledger.leave_out(batch.id, [ANN])
    ledger.set_campaign(batch.id, "c42")
    ledger.close_batch(batch.id, sent=True)
    assert ledger.pending_letters() == [welcome(ANN)]
    assert ledger.last_campaign(LetterKind.VOTING) == "c42"
    with pytest.raises(ClerkError, match="is not open"):
        ledger.leave_out(batch.id, [BEN])
