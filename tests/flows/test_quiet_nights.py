"""A night that finds nothing changed takes over what the last full one found, and no other does."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.ledger import Ledger, Snapshot
from connectors.sandbox.invented import WORKBOOK, second_day, serial
from connectors.settings import load_chapter
from flows.alerts.nights import done
from flows.nightly import rests_on
from flows.nightly import sync as nightly
from flows.nightly.kept import NOTE
from flows.nightly.night import Sync, SyncOptions
from flows.privacy.person import forget
from models.mail.alerts import AlertKind
from models.membership.voting_status import Status
from tests.conftest import Clock
from tests.flows.town import MARKS, REVIEW, Town

CALM = 5
"""Days after the first night on which nothing changes by itself until the day after the next."""


@pytest.fixture
def still(town: Town, clock: Clock) -> Town:
    """A chapter whose last night had nothing left to do, and was kept."""
    town.night()
    clock.go(days=CALM)
    town.night()
    town.night()
    assert town.night().is_quiet
    return town


def counted(town: Town) -> dict[str, Any]:
    """All there is to see, and how much is written down of people."""
    with town.ledger() as ledger:
        people = sorted(set(ledger.ids().values()))
        written = {one: (ledger.history(one), ledger.told(one)) for one in people}
        return town.end_state() | {"written": written, "to check": ledger.note("rows to check")}


def hold_against_a_full_one(town: Town, night: Sync) -> None:
    """What a night finds to do that judges everybody right after this one: nothing.

    It takes the sources as they were read: a form's answers that come in one by one stand in
    another order than all of them read at once, and a note may name another of two alike.
    """
    before = counted(town)
    town.sandbox.reset()
    with town.ledger() as ledger:
        ledger.set_note(NOTE, "")
    full = town.night()
    assert not full.is_quiet
    assert full.plan.is_empty()
    assert not full.plan.losing | full.plan.gaining
    assert full.found == night.found
    assert town.writes() == []
    assert counted(town) == before


def test_a_night_that_finds_nothing_changed_reads_no_rows(
    still: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "facts_of", None)
    monkeypatch.setattr(Ledger, "snapshots", None)
    monkeypatch.setattr(Ledger, "audience", None)
    read = Ledger.snapshot

    def of_a_form(self: Ledger, key: str) -> Snapshot | None:
        assert key.startswith("form ")
        return read(self, key)

    monkeypatch.setattr(Ledger, "snapshot", of_a_form)
    still.sandbox.reset()
    with still.ledger() as ledger:
        before = len(ledger.runs())
    with still.context() as context:
        night = nightly.sync(context, SyncOptions(apply=True))
    assert (night.is_quiet, night.applied, night.sent) == (True, True, ())
    assert still.writes() == []
    with still.ledger() as ledger:
        run, *others = ledger.runs()
        assert len(others) == before
        assert run.finished


def test_it_says_in_numbers_what_the_full_one_said(still: Town) -> None:
    night = still.night()
    assert night.is_quiet
    assert night.found.to_review > 0
    assert sum(night.found.standings.values()) > 0
    hold_against_a_full_one(still, night)


def test_who_asks_for_people_is_given_them(still: Town) -> None:
    with still.context() as context:
        night = nightly.sync(context, SyncOptions(apply=True))
        assert night.is_quiet
        assert night.roll.counts() == night.found.standings
        assert len(night.facts.review) == night.found.to_review


def test_a_new_version_with_the_same_cells_is_nothing_new(still: Town) -> None:
    still.sandbox.google.wrote(still.sandbox.google.workbooks[WORKBOOK])
    night = still.night()
    assert night.sources.fresh == (f"workbook {WORKBOOK}",)
    assert night.is_quiet
    assert still.night().sources.fresh == (), "its version is noted"


def _sign_in(town: Town, clock: Clock) -> None:
    with town.edit("Sign-ins") as rows:
        rows.append([serial(clock.today), "Monthly meeting", "new.face@example.org", "New Face"])


def _correct(town: Town, clock: Clock) -> None:
    with town.edit("Exceptions") as rows:
        rows[-1][0] = serial(clock.today)


def _rename(town: Town, clock: Clock) -> None:
    with town.edit("Events") as rows:
        next(row for row in rows if row[1] == "Spring social")[1] = "Summer social"


def _answer(town: Town, clock: Clock) -> None:
    town.answer("New Face", "new.face@example.org")


def _set(town: Town, clock: Clock) -> None:
    town.rewrite("[mailchimp]", '[emails]\nsend = ["one-event-away"]\n\n[mailchimp]')


def _unsubscribe(town: Town, clock: Clock) -> None:
    member = next(m for m in town.audience.members.values() if m.status == "subscribed")
    member.status = "unsubscribed"
    member.last_changed = clock()


def _untag(town: Town, clock: Clock) -> None:
    tag = town.tag(MARKS.voting_tag)
    tag.members.pop(next(iter(tag.members)))


def _reset_review(town: Town, clock: Clock) -> None:
    with town.ledger() as ledger:
        ledger.set_note("review tab", "")


def _number(town: Town, clock: Clock) -> None:
    with town.ledger() as ledger:
        ledger.set_note("proposals numbered", '{"call": "spring"}')


def _forget(town: Town, clock: Clock) -> None:
    with town.context() as context:
        entries = nightly.sync(context).roll.entries.values()
        away = next(one for one in entries if one.standing.status is Status.NOT_YET)
        forget(context, away, "Ann Officer")


def _a_week(town: Town, clock: Clock) -> None:
    clock.go(days=7)


def _backwards(town: Town, clock: Clock) -> None:
    clock.go(days=-1)


CHANGES = [
    _sign_in, _correct, _rename, _answer, _set, _unsubscribe, _untag, _reset_review, _number,
    _forget, _a_week, _backwards,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_whatever_has_changed_is_judged(
    still: Town, clock: Clock, change: Callable[[Town, Clock], None]
) -> None:
    change(still, clock)
    assert not still.night().is_quiet
    still.night()
    night = still.night()
    assert night.is_quiet, "and it comes to rest again"
    hold_against_a_full_one(still, night)


def test_another_program_judges_anew(still: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rests_on, "_PROGRAM", "another")
    assert not still.night().is_quiet


@pytest.mark.parametrize(
    "wishes", [{"full": True}, {"tell_everyone": True}, {"apply": False}], ids=str
)
def test_who_wants_to_see_all_is_shown_all(still: Town, wishes: dict[str, bool]) -> None:
    assert not still.night(**wishes).is_quiet


def test_the_day_on_which_something_changes_by_itself_is_judged(still: Town, clock: Clock) -> None:
    """From day to day, until one comes on which a full night has something to write."""
    judged = 0
    for _ in range(60):
        clock.go(days=1)
        night = still.night()
        if night.is_quiet:
            continue
        judged += not night.plan.is_empty()
    assert judged, "an event left its window"
    hold_against_a_full_one(still, still.night())


def test_a_night_with_changes_is_not_kept(still: Town, clock: Clock) -> None:
    second_day(still.sandbox, clock.today)
    first = still.night()
    assert (first.is_quiet, first.plan.is_empty()) == (False, False)
    assert not still.night().is_quiet, "what it left is looked at once"
    assert still.night().is_quiet


def test_what_another_job_writes_meanwhile_is_not_passed_over(
    still: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide = nightly.decide

    def meanwhile(*arguments: Any) -> Sync:
        with still.ledger() as other:
            other.note_refusals((), still.clock().date())
        return decide(*arguments)

    with monkeypatch.context() as patch, still.context() as context:
        patch.setattr(nightly, "decide", meanwhile)
        nightly.sync(context, SyncOptions(apply=True, full=True))
    with still.context() as context:
        assert not nightly.sync(context, SyncOptions(apply=True)).is_quiet


def test_the_weekly_reckoning_compares_and_says_so(still: Town, clock: Clock) -> None:
    """A kept night that was wrong is told of; the full one's result stands."""
    with still.ledger() as ledger:
        note = ledger.note(NOTE)
        assert note
    with still.context() as context:
        real = nightly.sync(context, SyncOptions(apply=True)).found
    with still.ledger() as ledger:
        wrong = note.replace(f'"to_review":{real.to_review}', f'"to_review":{real.to_review + 1}')
        assert wrong != note
        ledger.set_note(NOTE, wrong.replace(f'"day":"{clock.today}"', '"day":"2026-01-01"'))
    night = still.night()
    assert (night.is_quiet, night.differs, night.found) == (False, True, real)
    assert AlertKind.NIGHT_DIFFERS in {alert.kind for alert in done(night)[0]}
    after = still.night()
    assert (after.is_quiet, after.differs, done(after)[0]) == (True, False, done(still.night())[0])


def test_the_weekly_reckoning_that_agrees_says_nothing(still: Town) -> None:
    with still.ledger() as ledger:
        note = ledger.note(NOTE)
        assert note
        day = note.partition('"day":"')[2][:10]
        ledger.set_note(NOTE, note.replace(f'"day":"{day}"', '"day":"2026-01-01"'))
    night = still.night()
    assert (night.is_quiet, night.differs) == (False, False)


def test_a_quiet_night_that_is_killed_is_taken_up(
    still: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch, still.context() as context:
        patch.setattr(nightly, "ask_after_nights", dies)
        with pytest.raises(SystemExit):
            nightly.sync(context, SyncOptions(apply=True))
    with still.ledger() as ledger:
        assert (run := ledger.last_run())
        assert run.cut_short
    with still.context() as context:
        night = nightly.finish_night(context)
    assert night
    assert night.is_quiet
    hold_against_a_full_one(still, night)


def test_the_review_tab_still_stands(still: Town) -> None:
    before = still.rows(REVIEW)
    assert len(before) > 1
    still.night()
    assert still.rows(REVIEW) == before
    assert load_chapter(still.folder).own_tab("review")
