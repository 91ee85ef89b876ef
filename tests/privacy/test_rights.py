"""A person's rights: shown all that is held, erased everywhere, kept no longer than needed.

Rules: DP-6.
"""

import csv
import io
import json
import re
import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from connectors.ledger import new_key
from connectors.sandbox.invented import LIST, serial
from connectors.settings import load_chapter
from flows.cli.main import app
from flows.nightly import keeping
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from flows.nightly.sync import sync
from flows.privacy import backup, person, restore, retention
from models.errors import FixTheData, FixTheSettings, Refused
from models.privacy import Email
from models.votes.events import ListWritten, PersonErased, RowsDestroyed
from tests.conftest import Clock
from tests.flows.town import Town
from tests.privacy.canaries import Search
from tests.privacy.colony import EVENTS, Marked


@pytest.fixture
def somebody(town: Town, clock: Clock) -> Marked:
    """A voting member of the town, on the mailing list, after a night."""
    who = Marked()
    with town.edit("Sign-ins") as rows:
        for ago, event in EVENTS:
            at = serial(clock.today - timedelta(days=ago)) + 0.8
            rows.append([at, event, who.address, who.name])
    with town.edit("Registrations") as rows:
        rows.append([serial(clock.today), who.name, who.address, "", f"617{who.phone}", "",
                     "", "", "Yes"])  # fmt: skip
    town.night(tell_everyone=True)
    return who


def left(town: Town, who: Marked) -> list[str]:
    """Where the chapter's folder still holds the person."""
    search = Search(who.canaries())
    return sorted({hit.place for hit in search.files(town.folder)})


def clerk(town: Town, *words: str, typed: str = "") -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, [*words, "--chapter", str(town.folder)], input=typed)


def test_a_person_is_shown_all_that_is_held_and_where(town: Town, somebody: Marked) -> None:
    with town.context() as context:
        held = person.held_on(context, person.find(context, somebody.address))
    places = {one.where for one in held}
    assert {"ledger", "mailing list", "backups", "Prefect"} <= places
    assert sum(place.startswith("Sign-ins!") for place in places) == len(EVENTS)
    assert sum(place.startswith("Registrations!") for place in places) == 1
    shown = " ".join(one.what for one in held)
    assert somebody.address in shown
    assert somebody.phone in shown
    assert "email voting-member" in shown


def test_a_row_of_a_sheet_is_shown_with_days_that_a_person_can_read(
    town: Town, somebody: Marked
) -> None:
    with town.edit("Exceptions") as rows:
        rows.append([town.rows("Sign-ins")[1][0], "Thea Novak", "attended", somebody.address, "",
                     "Monthly meeting", town.rows("Sign-ins")[1][0], "", "was there"])  # fmt: skip
    town.night()
    with town.context() as context:
        held = person.held_on(context, person.find(context, somebody.address))
    cells = [cell for one in held if "!" in one.where for cell in one.what.split(" | ")]
    assert not [cell for cell in cells if re.fullmatch(r"4\d{4}(\.\d+)?", cell)]
    assert sum(bool(re.fullmatch(r"20\d\d-\d\d-\d\d", cell)) for cell in cells) >= len(EVENTS) + 2


def test_forgetting_erases_everywhere(town: Town, somebody: Marked) -> None:
    assert left(town, somebody)
    with town.context() as context:
        done = person.forget(context, person.find(context, somebody.address), "Thea Novak")
    assert left(town, somebody) == []
    assert all(m.email_address != somebody.address for m in town.audience.members.values())
    assert done.contacts == 1
    assert len(done.still_named) == len(EVENTS) + 1


def test_the_erasure_is_recorded_without_the_person(town: Town, somebody: Marked) -> None:
    with town.context() as context:
        entry = person.find(context, somebody.address)
        person.forget(context, entry, "Thea Novak")
        (line,) = context.ledger.votes.lines()
    assert line.who == "Thea Novak"
    assert isinstance(line.event, PersonErased)
    assert line.event.contacts == 1
    assert entry.person.id not in str(line)


def test_the_sheets_do_not_bring_an_erased_person_back_unseen(
    town: Town, clock: Clock, somebody: Marked
) -> None:
    with town.context() as context:
        done = person.forget(context, person.find(context, somebody.address), "Thea Novak")
    clock.go(days=1)
    with town.edit("Sign-ins") as rows:  # the workbook changes, and is read again
        rows.append([serial(clock.today), "Monthly meeting", "", somebody.name.upper()])
    night = town.night()
    told = [item for item in night.facts.review if item.rule == "DP-6"]
    assert {str(item.place) for item in told} >= set(done.still_named)
    assert len(told) == len(done.still_named) + 1
    assert left(town, somebody) == []
    assert not night.plan.losing
    assert all(m.email_address != somebody.address for m in town.audience.members.values())


def test_nobody_else_is_touched(town: Town, somebody: Marked) -> None:
    before = town.end_state()
    with town.context() as context:
        person.forget(context, person.find(context, somebody.address), "Thea Novak")
    after = town.end_state()
    gone = before["audience"].keys() - after["audience"].keys()
    assert gone == {somebody.address}
    assert {a: c for a, c in before["audience"].items() if a not in gone} == after["audience"]
    assert {k: v for k, v in before["standings"].items() if k[0] != somebody.address} == (
        after["standings"]
    )


def test_whoever_wants_to_keep_the_newsletter_keeps_it_without_anything_of_ours(
    town: Town, somebody: Marked
) -> None:
    with town.context() as context:
        person.forget(context, person.find(context, somebody.address), "T", keep_contact=True)
    member = town.member(somebody.address)
    assert member.status == "subscribed"
    assert not any(value for tag, value in member.merge_fields.items() if tag.startswith("CL"))
    assert town.audience.tags(member) == []


def test_whom_the_sheets_no_longer_name_can_still_be_erased(
    town: Town, clock: Clock, somebody: Marked
) -> None:
    for tab in ("Sign-ins", "Registrations"):
        with town.edit(tab) as rows:
            rows[:] = [row for row in rows if somebody.address not in row]
    clock.go(days=1)
    with town.context() as context:
        fingerprint = sync(context).plan.fingerprint
    town.night(approve=fingerprint)
    assert left(town, somebody)
    with town.context() as context:
        done = person.forget(context, person.find(context, somebody.address), "T")
    assert (done.still_named, left(town, somebody)) == ((), [])


def test_who_is_on_the_mailing_list_alone_can_be_shown_and_erased(town: Town) -> None:
    who = Marked()
    town.sandbox.mailchimp.add_member(LIST, who.address, "subscribed", {}, [], town.clock())
    town.night()
    with town.context() as context:
        entry = person.find(context, who.address)
        assert any(one.where == "mailing list" for one in person.held_on(context, entry))
        assert person.forget(context, entry, "T").contacts == 1
    assert left(town, who) == []


def test_asking_twice_does_no_harm(town: Town, somebody: Marked) -> None:
    with town.context() as context:
        entry = person.find(context, somebody.address)
        person.forget(context, entry, "T")
        again = person.forget(context, entry, "T")
    assert (again.contacts, set(again.counts.values())) == (0, {0})


@pytest.mark.parametrize("full", [True, False])
def test_who_comes_back_is_readmitted(
    town: Town, clock: Clock, somebody: Marked, full: bool
) -> None:
    """Their rows come back from sheets that did not change since they were taken out."""
    town.night()
    with town.context() as context:
        person.forget(context, person.find(context, somebody.address), "T")
        assert not person.readmit(context, Email("nobody@example.org"), "T")
        assert person.readmit(context, Email(somebody.address), "T")
    clock.go(days=1)
    town.night(full=full)
    with town.context() as context:
        assert person.find(context, somebody.address).standing.can_vote


def test_the_command_shows_first_and_erases_when_told(town: Town, somebody: Marked) -> None:
    shown = clerk(town, "person", "forget", somebody.address, "--by", "Thea")
    assert "Nothing was erased" in shown.output
    assert left(town, somebody)
    done = clerk(town, "person", "forget", somebody.address, "--by", "Thea", "--yes")
    assert "The chapter's sheets still name this person. Delete these rows" in done.output
    assert somebody.address not in done.output
    assert left(town, somebody) == []
    assert clerk(town, "audit").exit_code == 0


def test_show_as_json(town: Town, somebody: Marked) -> None:
    held = json.loads(clerk(town, "person", "show", somebody.address, "--json").output)
    assert {"where", "what", "purpose"} == set(held[0])


# ── the list ──


def test_no_command_writes_the_whole_list_without_a_reason(town: Town, somebody: Marked) -> None:
    for words in ((), ("--by", "Thea"), ("--reason", "a mailing on paper"), ("--json",)):
        asked = clerk(town, "roll", "--csv", "--with-addresses", *words)
        assert isinstance(asked.exception, Refused)
        assert somebody.address not in asked.output
    for words in ((), ("--csv",), ("--json",)):
        assert "@" not in clerk(town, "roll", *words).output


def test_the_list_with_addresses_is_recorded(town: Town, somebody: Marked) -> None:
    reason = f"a letter on paper, asked for by {somebody.address}"
    given = clerk(town, "roll", "--csv", "--with-addresses", "--by", "Thea", "--reason", reason)
    assert somebody.address in given.output
    with town.context() as context:
        (line,) = context.ledger.votes.lines()
    assert line.who == "Thea"
    assert isinstance(line.event, ListWritten)
    assert line.event.reason == "a letter on paper, asked for by •••"


def test_a_formula_in_a_name_is_text_in_the_csv(town: Town, clock: Clock) -> None:
    formula = '=HYPERLINK("http://example.org","me")'
    with town.edit("Sign-ins") as rows:
        rows.append([serial(clock.today) - 33, "Monthly meeting", "f@example.org", formula])
    town.night()
    written = [row[0] for row in csv.reader(io.StringIO(clerk(town, "roll", "--csv").output))]
    assert f"'{formula}" in written
    assert not [name for name in written if name.startswith("=")]


# ── retention ──


def test_rows_older_than_the_window_and_the_margin_go(
    town: Town, clock: Clock, somebody: Marked
) -> None:
    old = serial(clock.today - timedelta(days=700)) + 0.8
    once = Marked()
    with town.edit("Sign-ins") as rows:
        rows.append([old, "Annual meeting", once.address, once.name])
    clock.go(days=1)
    town.night()
    assert left(town, once)
    with town.context() as context:
        before = facts_of(context, known_sources(context.ledger)).roll(context.today)
        assert retention.due(context).rows == 1
        assert retention.apply(context)["rows"] == 1
        assert retention.due(context).rows == 0
        after = facts_of(context, known_sources(context.ledger)).roll(context.today)
        assert context.ledger.note(keeping.HORIZON)
    assert {p: e.standing.status for p, e in before.entries.items() if p in after.entries} == {
        p: e.standing.status for p, e in after.entries.items()
    }
    assert {e.person.id for e in before.voting()} == {e.person.id for e in after.voting()}
    sheets = Search(once.canaries())
    with town.context() as context:
        assert not sheets.bytes(
            "", repr(context.ledger.snapshots()["workbook " + _workbook()].tables).encode()
        )


def _workbook() -> str:
    return "rivertown-attendance"


def test_old_rows_do_not_come_back_with_the_next_reading(
    town: Town, clock: Clock, somebody: Marked
) -> None:
    old = serial(clock.today - timedelta(days=700)) + 0.8
    once = Marked()
    with town.edit("Sign-ins") as rows:
        rows.append([old, "Annual meeting", once.address, once.name])
    with town.context() as context:
        retention.apply(context)
    clock.go(days=1)
    night = town.night(full=True)
    assert not night.plan.shrunk
    assert left(town, once) == []


def test_retention_is_recorded_and_audited(town: Town, clock: Clock, somebody: Marked) -> None:
    clock.go(days=800)
    with town.context() as context:
        assert any(retention.apply(context).values())
        assert isinstance(context.ledger.votes.lines()[-1].event, RowsDestroyed)
    assert clerk(town, "audit").exit_code == 0


# ── backups ──


@pytest.fixture(params=["plain", "sealed"])
def kept(request: pytest.FixtureRequest, town: Town, somebody: Marked) -> Town:
    """The town, with and without a ledger key."""
    if request.param == "sealed":
        settings = town.folder / "chapter.toml"
        settings.write_text('ledger_key_file = "secrets/ledger.key"\n' + settings.read_text())
        assert clerk(town, "ledger", "encrypt").exit_code == 0
    return town


def test_a_backup_is_restored_whole_and_private(
    kept: Town, somebody: Marked, tmp_path: Path
) -> None:
    file = tmp_path / "clerk.backup"
    assert clerk(kept, "backup", str(file)).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with kept.context() as context:
        before = (context.ledger.ids(), context.ledger.audience(), context.ledger.standings())
        person.forget(context, person.find(context, somebody.address), "T")
    assert isinstance(clerk(kept, "restore", str(file)).exception, Refused)
    assert clerk(kept, "restore", str(file), "--replace").exit_code == 0
    with kept.context() as context:
        assert (
            context.ledger.ids(),
            context.ledger.audience(),
            context.ledger.standings(),
        ) == before
    ledger = kept.folder / "ledger"
    assert {stat.S_IMODE(f.stat().st_mode) for f in ledger.iterdir()} == {0o600}
    assert not [f for f in ledger.iterdir() if f.name.startswith(".")]


def test_a_backup_holds_no_secret(kept: Town, tmp_path: Path) -> None:
    chapter, file = load_chapter(kept.folder), tmp_path / "clerk.backup"
    backup.backup(chapter, file)
    names = restore.read(chapter, file).members.keys()
    assert "chapter.toml" in names
    assert not any("secret" in name or "key" in name for name in names)


def test_a_sealed_backup_shows_nobody_and_opens_with_its_key_alone(
    town: Town, somebody: Marked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_LEDGER_KEY", key := new_key())
    clerk(town, "ledger", "encrypt")
    backup.backup(load_chapter(town.folder), tmp_path / "clerk.backup")
    assert not Search(somebody.canaries()).files(tmp_path / "clerk.backup")
    content = (tmp_path / "clerk.backup").read_bytes()
    assert b"Monthly meeting" not in content
    monkeypatch.setenv("CLERK_LEDGER_KEY", new_key())
    with pytest.raises(FixTheSettings, match="does not fit"):
        restore.read(load_chapter(town.folder), tmp_path / "clerk.backup")
    monkeypatch.setenv("CLERK_LEDGER_KEY", key)
    again = restore.read(load_chapter(town.folder), tmp_path / "clerk.backup")
    assert backup.LEDGER in again.members


@pytest.mark.parametrize("damage", [b"", b"rubbish", b"clerk backup\nrubbish"])
def test_a_damaged_backup_changes_nothing(town: Town, tmp_path: Path, damage: bytes) -> None:
    town.night()
    file = tmp_path / "clerk.backup"
    file.write_bytes(damage)
    before = (town.folder / "ledger" / "clerk.sqlite").read_bytes()
    with pytest.raises(FixTheData):
        restore.restore(load_chapter(town.folder), file, replace=True)
    assert (town.folder / "ledger" / "clerk.sqlite").read_bytes() == before


def test_a_backup_is_taken_while_a_job_writes(town: Town, tmp_path: Path) -> None:
    town.night()
    busy = sqlite3.connect(town.folder / "ledger" / "clerk.sqlite", isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    busy.execute("INSERT INTO meta VALUES ('note half', x'00')")
    backup.backup(load_chapter(town.folder), tmp_path / "clerk.backup")
    busy.execute("ROLLBACK")
    busy.close()
    restore.restore(load_chapter(town.folder), tmp_path / "clerk.backup", replace=True)
    with town.context() as context:
        assert context.ledger.note("half") is None


def test_a_ledger_on_postgresql_is_left_to_its_own_tools(town: Town, tmp_path: Path) -> None:
    town.rewrite("sqlite:///ledger/clerk.sqlite", "postgresql://clerk:secret@db.example.org/ledger")
    with pytest.raises(FixTheSettings, match="umask 077 && pg_dump") as refused:
        backup.backup(load_chapter(town.folder), tmp_path / "clerk.backup")
    assert "secret" not in str(refused.value)
