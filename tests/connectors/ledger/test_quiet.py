"""What a quiet night asks of the ledger, and the mark of what was written since."""

from dataclasses import replace
from datetime import timedelta

import pytest

from connectors.ledger import Ledger
from connectors.ledger.refusals import PAUSE
from models.intake.people import PersonId
from models.mail.refusals import NotTaken, WhyRefused
from models.privacy import Email, Name
from tests.connectors.ledger.nights import ANN, TODAY, night, voting
from tests.connectors.ledger.test_audience import ANN as ANNS_CONTACT
from tests.connectors.ledger.test_audience import BEN
from tests.connectors.ledger.test_sources import BOOK, SHEET


def test_what_a_night_goes_by_leaves_a_new_mark(ledger: Ledger) -> None:
    marks = [ledger.quiet.mark()]
    ledger.commit_night(night(voting(ANN), snapshots=[BOOK]))
    marks.append(ledger.quiet.mark())
    ledger.save_contacts([BEN])
    marks.append(ledger.quiet.mark())
    ledger.note_refusals((), TODAY)
    marks.append(ledger.quiet.mark())
    ledger.erasing.readmit([Email("ann@example.org")], TODAY)
    marks.append(ledger.quiet.mark())
    assert len(set(marks)) == len(marks)


def test_what_is_written_beside_leaves_none(ledger: Ledger) -> None:
    run = ledger.commit_night(night(voting(ANN), snapshots=[BOOK]))
    before = ledger.quiet.mark()
    ledger.set_note("anything", "at all")
    ledger.save_contacts([], watermark="w2")
    ledger.finish(run, night().started)
    ledger.quiet.commit(night(snapshots=[BOOK]))
    assert ledger.quiet.mark() == before


def test_what_another_job_writes_between_two_of_ours_is_noticed(ledger: Ledger, url: str) -> None:
    ledger.quiet.begin()
    ledger.save_contacts([BEN])
    assert ledger.quiet.mark_of_ours() == ledger.quiet.mark() != ""
    with Ledger.open(url) as other:
        other.save_contacts([ANNS_CONTACT])
    assert ledger.quiet.mark_of_ours() == ""
    ledger.save_contacts([BEN])
    assert ledger.quiet.mark_of_ours() == ""
    ledger.quiet.begin()
    assert ledger.quiet.mark_of_ours() == ledger.quiet.mark()


def test_a_transaction_that_is_undone_leaves_no_mark(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ledger.quiet.mark()
    with pytest.raises(ZeroDivisionError):
        ledger.save_contacts(1 // 0 for _ in range(1))  # type: ignore[misc]
    assert ledger.quiet.mark() == before


def test_a_contact_is_known_only_as_it_is(ledger: Ledger) -> None:
    ledger.save_contacts([ANNS_CONTACT, BEN])
    assert ledger.quiet.knows([])
    assert ledger.quiet.knows([BEN, ANNS_CONTACT])
    assert not ledger.quiet.knows([BEN, replace(ANNS_CONTACT, tags=frozenset())])
    assert not ledger.quiet.knows([replace(BEN, address=Email("new@example.org"))])


def test_a_source_is_as_held_cell_by_cell(ledger: Ledger) -> None:
    assert not ledger.quiet.is_as_held(BOOK)
    ledger.commit_night(night(snapshots=[BOOK]))
    assert ledger.quiet.is_as_held(replace(BOOK, version="18"))
    assert not ledger.quiet.is_as_held(replace(BOOK, key="workbook 2"))
    rows = [[*row] for row in SHEET.rows]
    rows[0][1] = "Meeting "
    assert not ledger.quiet.is_as_held(replace(BOOK, tables=(replace(SHEET, rows=rows),)))
    noted = replace(SHEET, notes=(("A1", "why", "what"),))
    assert not ledger.quiet.is_as_held(replace(BOOK, tables=(noted, *BOOK.tables[1:])))
    assert not ledger.quiet.is_as_held(replace(BOOK, rows={"Sign-ins|sign_ins": 4}))
    ledger.commit_night(night(keep=["form 1"]))
    assert not ledger.quiet.is_as_held(BOOK), "it is gone"


def test_a_quiet_night_is_a_run_and_changes_nobody(ledger: Ledger) -> None:
    ledger.commit_night(night(voting(ANN), snapshots=[BOOK]))
    before = ledger.standings(), ledger.snapshots()["workbook 1"].tables
    tomorrow = TODAY + timedelta(days=1)
    run = ledger.quiet.commit(night(on=tomorrow, snapshots=[replace(BOOK, version="18")]))
    last = ledger.last_run()
    assert last
    assert (last.id, last.day, last.cut_short) == (run, tomorrow, True)
    assert ledger.versions() == {"workbook 1": "18"}
    assert (ledger.standings(), ledger.snapshots()["workbook 1"].tables) == before
    assert ledger.standings().keys() == {PersonId(ANN)}


def test_the_day_on_which_somebody_refused_is_tried_again(ledger: Ledger) -> None:
    def next_try(days: int) -> int | None:
        day = ledger.refusals(TODAY + timedelta(days=days)).next_try
        return (day - TODAY).days if day.year < 9999 else None

    assert next_try(0) is None
    for_good = NotTaken(Email("fake@example.org"), Name("Ann"), WhyRefused.FAKE)
    passes = NotTaken(Email("ann@example.org"), Name("Ann"), WhyRefused.NO_ROOM)
    assert passes.why.passes
    ledger.note_refusals([for_good], TODAY)
    assert next_try(0) is None
    ledger.note_refusals([passes], TODAY)
    assert next_try(0) == PAUSE.days
    assert next_try(PAUSE.days) is None
