"""Attendee data of events that a partner ran comes in to the chapter, and nothing goes out."""

from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from flows.cli.main import app
from flows.lists.attendees import look
from flows.lists.keeping import carry_out
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from models.membership.voting_status import Status
from models.privacy import Email
from tests.conftest import Clock
from tests.flows.test_other_paths import came
from tests.flows.town import Town

PAT = "pat@example.org"
EVENT = "2026-03-20 Transit forum"


@pytest.fixture
def evening(town: Town, clock: Clock) -> Town:
    """A chapter that held a forum with a partner; Pat came to two meetings before."""
    came(town, clock, PAT, 20, 21)
    with town.edit("Events") as rows:
        rows.append(["2026-03-20", "Transit forum", "Forum", "", "", "Transit Riders"])
    town.night(tell_everyone=True)
    return town


def listed(town: Town, folder: Path, head: str = "Email,Name", row: str = f"{PAT},Pat") -> None:
    """The partner's list is read and kept."""
    (folder / "riders.csv").write_text(f"{head}\n{row}\n")
    with town.context() as context:
        carry_out(context, lambda: look(context, folder / "riders.csv", EVENT, {}), by="Thea")


def status(town: Town) -> Status:
    with town.context() as context:
        roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
    (pat,) = (e for e in roll.entries.values() if Email.parse(PAT) in e.person.addresses)
    return pat.standing.status


def test_a_row_of_a_partners_list_counts_like_any_sign_in(evening: Town, tmp_path: Path) -> None:
    """DP-2"""
    assert status(evening) is Status.ONE_AWAY
    listed(evening, tmp_path)
    assert status(evening) is Status.VOTING
    night = evening.night()
    assert any(Email.parse(PAT) in entry.person.addresses for entry in night.roll.voting())


def test_who_signed_in_with_the_chapter_too_is_counted_once(evening: Town, tmp_path: Path) -> None:
    """DP-2"""
    listed(evening, tmp_path, row=f"{PAT},Pat\n{PAT.upper()},Pat")
    with evening.edit("Sign-ins") as rows:
        rows.append(["2026-03-20", "Transit forum", PAT, "Pat"])
    facts = evening.night().facts
    (number,) = (n for n, event in enumerate(facts.events) if str(event) == EVENT)
    (there,) = (who for who, at in facts.attended.items() if number in at)
    assert Email.parse(PAT) in facts.known.people[there].addresses


def test_only_the_addresses_and_names_of_a_partners_list_are_read(
    evening: Town, tmp_path: Path
) -> None:
    """DP-5"""
    listed(evening, tmp_path, "Employer,Email,Name,Income", f"quixotic,{PAT},Pat,quixotic")
    with evening.context() as context:
        (table,) = known_sources(context.ledger).snapshots[f"attendees {EVENT}"].tables
    assert table.rows == [[PAT, "Pat", "2026-03-20"]]


def test_a_partners_list_subscribes_nobody(evening: Town, tmp_path: Path) -> None:
    """DP-4"""
    listed(evening, tmp_path, "Email,Name,Mailing list", f"{PAT},Pat,Yes")
    evening.night(tell_everyone=True)
    members = evening.audience.members.values()
    assert PAT not in {member.email_address for member in members}


def test_no_command_makes_a_list_for_a_partner() -> None:
    """DP-1"""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a click group
    assert not [name for name in commands if "partner" in name or "share" in name]
    options = CliRunner().invoke(app, ["attendees", "--help"]).output
    assert not [word for word in ("--out", "--export", "--send", "--share") if word in options]
