"""What a committed night leaves: runs, people, standings, histories."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from connectors.ledger import Ledger, Recorded
from models.membership.status_periods import StatusPeriod
from models.membership.voting_status import Status
from models.privacy import Email, Name
from tests.connectors.ledger.nights import (
    ANN,
    BEN,
    CID,
    MEETINGS,
    SPRING,
    TODAY,
    night,
    not_yet,
    one_away,
    voting,
)

TOMORROW = TODAY + timedelta(days=1)
FINISHED = datetime(2026, 4, 1, 6, 4, tzinfo=UTC)
HOME, OTHER = Email("home@example.org"), Email("other@example.org")


def test_a_new_ledger_awaits_its_baseline(ledger: Ledger) -> None:
    assert ledger.is_new()
    assert ledger.last_run() is None
    ledger.commit_night(night(baseline=True))
    assert not ledger.is_new()


def test_a_run_is_recorded_and_finished(ledger: Ledger) -> None:
    boston = datetime(2026, 3, 10, 3, 0, tzinfo=timezone(timedelta(hours=-4)))
    before = datetime.now(UTC) - timedelta(seconds=2)
    run = ledger.commit_night(
        night(started=boston, baseline=True, counts={"add tag": 3}, approved="0123456789ab")
    )
    record = ledger.last_run()
    assert record
    assert (record.id, record.day, record.baseline) == (run, TODAY, True)
    assert record.started == boston
    assert record.counts == {"add tag": 3}
    assert record.fingerprint == record.approved == "0123456789ab"
    assert before < record.committed < datetime.now(UTC) + timedelta(seconds=2)
    assert record.finished is None
    ledger.finish(run, FINISHED)
    done = ledger.last_run()
    assert done
    assert done.finished == FINISHED


def test_finishing_again_keeps_the_first_moment(ledger: Ledger) -> None:
    run = ledger.commit_night(night())
    ledger.finish(run, FINISHED)
    first = ledger.runs()
    ledger.finish(run, FINISHED + timedelta(minutes=1))
    assert ledger.runs() == first


def test_runs_come_newest_first(ledger: Ledger) -> None:
    numbers = [ledger.commit_night(night()) for _ in range(3)]
    assert [record.id for record in ledger.runs(limit=2)] == [numbers[2], numbers[1]]


def test_claims_come_back_oldest_first_and_follow_their_person(ledger: Ledger) -> None:
    zed = Email("a@example.org")
    ledger.commit_night(night(claims={(HOME, None): ANN, (HOME, Name("ben")): BEN}))
    ledger.commit_night(night(claims={(zed, None): CID, (HOME, Name("ben")): CID}))
    ledger.commit_night(night(claims={(OTHER, None): ANN}))
    assert list(ledger.ids().items()) == [
        ((HOME, None), ANN),
        ((HOME, Name("ben")), CID),
        ((zed, None), CID),
        ((OTHER, None), ANN),
    ]


def test_a_standing_is_the_newest_of_each_person(ledger: Ledger) -> None:
    ledger.commit_night(night(one_away(ANN), not_yet(BEN)))
    ledger.commit_night(night(voting(ANN), not_yet(BEN), on=TOMORROW))
    assert ledger.standings() == {
        ANN: Recorded(Status.VOTING, SPRING, TOMORROW),
        BEN: Recorded(Status.NOT_YET, None, TODAY),
    }


def test_the_history_tells_status_evidence_and_reasons(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN)))
    (row,) = ledger.history(ANN)
    assert (row.recorded, row.status, row.since, row.until) == (
        TODAY,
        Status.VOTING,
        SPRING.since,
        SPRING.until,
    )
    assert row.evidence == tuple((event.day, event.name) for event in MEETINGS)
    assert row.reasons == voting(ANN).standing.because
    assert row.edition == "2022"


def test_an_unchanged_standing_adds_no_row(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), not_yet(BEN)))
    ledger.commit_night(night(voting(ANN, on=TOMORROW), not_yet(BEN), on=TOMORROW))
    assert len(ledger.history(ANN)) == len(ledger.history(BEN)) == 1


def test_other_evidence_for_the_same_spell_adds_a_row(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN)))
    fewer = voting(ANN)
    fewer = replace(fewer, standing=replace(fewer.standing, counted=MEETINGS[1:]))
    ledger.commit_night(night(fewer, on=TOMORROW))
    assert [len(row.evidence) for row in ledger.history(ANN)] == [3, 2]


def test_another_spell_adds_a_row(ledger: Ledger) -> None:
    longer = StatusPeriod(SPRING.since, SPRING.until + timedelta(days=30))
    ledger.commit_night(night(voting(ANN)))
    ledger.commit_night(night(voting(ANN, longer), on=TOMORROW))
    assert [row.until for row in ledger.history(ANN)] == [SPRING.until, longer.until]


def test_who_vanishes_from_the_sources_gets_one_closing_row(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), not_yet(BEN)))
    for on in (TOMORROW, date(2026, 4, 1)):
        ledger.commit_night(night(on=on))
    assert ledger.standings()[ANN] == Recorded(Status.NOT_YET, None, TOMORROW)
    closing = ledger.history(ANN)[1:]
    assert [(row.status, row.evidence) for row in closing] == [(Status.NOT_YET, ())]
    assert len(ledger.history(BEN)) == 1
    ledger.commit_night(night(voting(ANN), on=date(2026, 4, 2)))
    assert ledger.standings()[ANN].status is Status.VOTING


def test_merged_people_are_one_everywhere(ledger: Ledger) -> None:
    ledger.commit_night(
        night(
            one_away(ANN),
            voting(BEN),
            claims={(HOME, None): ANN, (OTHER, None): BEN},
        )
    )
    ledger.commit_night(night(voting(ANN), merged={BEN: ANN}, on=TOMORROW))
    assert set(ledger.ids().values()) == {ANN}
    assert ledger.standings().keys() == {ANN}
    assert ledger.history(BEN) == []
    assert [row.status for row in ledger.history(ANN)] == [Status.ONE_AWAY, Status.VOTING]


def test_notes_are_kept_and_overwritten(ledger: Ledger) -> None:
    assert ledger.note("review") is None
    ledger.set_note("review", "é1")
    ledger.set_note("review", "é2")
    assert ledger.note("review") == "é2"
    assert ledger.note("key") is None
