"""`clerk handover`: facts that are so, and nothing of what is in a key or whose an address is."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors.sandbox.invented import FORM, WORKBOOK
from flows.cli.main import app
from flows.handover import Item, checklist
from flows.handover.leaving import SECTION as LEAVING
from flows.handover.work import SECTION as WORK
from flows.privacy import scheduled
from flows.scheduler.home import serving_alone
from models.errors import FixTheData
from tests.flows.test_scheduled_backups import broken, night, schedule
from tests.flows.town import Town
from tests.flows.web.desk import OFFICERS


def items(town: Town) -> list[Item]:
    with town.context() as context:
        return list(checklist(context))


def line(town: Town, what: str) -> Item:
    (found,) = [one for one in items(town) if one.what == what and one.section != LEAVING]
    return found


def whats(town: Town, section: str) -> list[str]:
    return [one.what for one in items(town) if one.section == section]


def add(town: Town, text: str) -> None:
    with (town.folder / "chapter.toml").open("a") as file:
        file.write(f"\n{text}\n")


def test_it_says_where_the_keys_are_and_not_what_is_in_them(town: Town) -> None:
    secrets = town.folder / "secrets"
    assert line(town, "Google's key").found == str(secrets / "google.json")
    assert line(town, "Mailchimp's key").found == str(secrets / "mailchimp.key")
    assert line(town, "the ledger").found == f"{town.folder}/ledger/clerk.sqlite, not encrypted"
    said = json.dumps(items(town))
    key = json.loads((secrets / "google.json").read_text())
    for secret in (key["private_key"][40:80], key["private_key_id"], key["client_email"]):
        assert secret not in said
    assert (secrets / "mailchimp.key").read_text().strip() not in said


def test_a_key_that_others_can_read_is_said(town: Town) -> None:
    (town.folder / "secrets" / "google.json").chmod(0o644)
    found = line(town, "Google's key")
    assert not found.looked
    assert "chmod" in found.todo


def test_no_address_is_printed_whatever_the_services_say(town: Town) -> None:
    town.night()
    town.sandbox.mailchimp.account_name = "Chapter of ana.reyes@example.org"
    add(town, OFFICERS.format(port=8460))
    add(town, '[elections]\nofficers_email = "zqxw.board@example.org"')
    for words in ([], ["--json"]):
        said = CliRunner().invoke(app, ["handover", "-c", str(town.folder), *words]).output
        assert "officer Ana Reyes" in said
        assert "@" not in said.replace(str(town.folder), "")


def test_who_the_mailchimp_account_belongs_to(town: Town) -> None:
    assert line(town, "Mailchimp's account").found == (
        "“Sandbox Chapter”; the key belongs to a user with the role “owner”"
    )


def test_who_can_open_each_file_is_counted(town: Town) -> None:
    grants = town.sandbox.google.workbooks[WORKBOOK].grants
    before = line(town, f"spreadsheet {WORKBOOK}").found
    assert before.startswith("only named people: ")
    grants.append({"type": "anyone", "role": "reader"})
    after = line(town, f"spreadsheet {WORKBOOK}").found
    assert after.startswith("OPEN to everyone who has the link: ")
    assert line(town, f"form {FORM}").found.startswith("only named people: ")


def test_what_gets_data_from_the_list_is_counted(town: Town) -> None:
    assert line(town, "the mailing list").found == (
        "0 applications and 0 webhooks get data from it"
    )


def test_officers_and_their_open_links(town: Town) -> None:
    town.night()
    add(town, OFFICERS.format(port=8460))
    done = CliRunner().invoke(app, ["desk", "invite", "Ana Reyes", "-c", str(town.folder)])
    assert done.exit_code == 0, done.output
    found = [one for one in items(town) if one.what.startswith("officer ")]
    # made by the machine's clock, which the town's does not know
    assert found[0].found.startswith("may look and act; 0 open sessions, ")
    assert found[1].found == "may look; 0 open sessions, no unused link"
    assert "the officers' page" in whats(town, LEAVING)


def test_a_service_that_is_down_stops_no_other_line(town: Town) -> None:
    town.night()
    before = [one.what for one in items(town)]
    town.sandbox.faults.matching("GET", "", "500", times=999)
    found = items(town)
    assert [one.what for one in found] == before
    assert {one.what for one in found if not one.looked} == {
        "Mailchimp's account", f"spreadsheet {WORKBOOK}", f"form {FORM}", "the mailing list",
    }  # fmt: skip
    assert all(one.found.startswith("could not be checked: ") for one in found if not one.looked)
    assert CliRunner().invoke(app, ["handover", "-c", str(town.folder), "--json"]).exit_code == 0


def test_scripts_get_the_same_facts(town: Town) -> None:
    done = CliRunner().invoke(app, ["handover", "-c", str(town.folder), "--json"])
    assert json.loads(done.stdout)[:4] == [one._asdict() for one in items(town)[:4]]


def test_what_runs_here(town: Town) -> None:
    assert "`clerk serve` is not running on this computer" in line(town, "the schedule").found
    assert line(town, "the nights").found == "new; no nightly run recorded yet"
    assert not (town.folder / "prefect").exists()  # nothing is made by looking
    town.night()
    with serving_alone(town.folder):
        assert "`clerk serve` is running on this computer" in line(town, "the schedule").found
    assert "`clerk serve` is not running" in line(town, "the schedule").found
    assert line(town, "the nights").found.startswith("last nightly run: March 31")
    assert "nightly run at 02:00 (America/New_York)" in line(town, "the schedule").found


def test_the_officers_page_where_there_is_one(town: Town) -> None:
    assert "the officers' page" not in whats(town, WORK)
    add(town, OFFICERS.format(port=8460))
    assert "the officers' page" in whats(town, WORK)


def test_what_is_open(town: Town) -> None:
    assert line(town, "the first nightly run").found == "has not taken place"
    assert line(town, "the nightly run").found.startswith("Wednesday, April 1, at 2:00")
    town.night()
    assert "to check" in line(town, "the sheets").found
    town.clock.at += timedelta(days=3)  # type: ignore[attr-defined]  # a clock moved by hand
    with town.edit("Sign-ins") as rows:
        del rows[1:]
    night(town)
    assert line(town, "the latest nightly run").found.startswith("refused: ")
    assert "A safety limit stopped the nightly run" in line(town, "alert").found


def test_backups_and_whether_the_last_was_tried(town: Town, tmp_path: Path) -> None:
    found = line(town, "scheduled backups")
    assert found.found.startswith("none; ")
    assert "`clerk backup FILE`" in found.todo
    (shelf := tmp_path / "shelf").mkdir()
    schedule(town, shelf)
    assert line(town, "scheduled backups").found.startswith("none yet")
    night(town)
    found = line(town, "scheduled backups")
    assert "and its restore was tried Wed, Apr 1, 2026" in found.found
    assert found.todo == ""
    with broken(scheduled, "try_restore", FixTheData("it is damaged")):
        night(town)
    found = line(town, "scheduled backups")
    assert "; the newest attempt failed: it is damaged; A scheduled backup" in found.found
    assert "`clerk backup`" in found.todo
    assert line(town, "their folder").found == f"{shelf}, one a day, 3 kept"


def test_a_key_of_the_ledger_is_a_key_to_hand_over_and_to_change(town: Town) -> None:
    town.night()
    assert "the ledger's key" not in whats(town, LEAVING)
    town.rewrite("zone = ", 'ledger_key_file = "secrets/ledger.key"\nzone = ')
    CliRunner().invoke(app, ["ledger", "encrypt", "-c", str(town.folder)])
    assert line(town, "the ledger's key").found == str(town.folder / "secrets" / "ledger.key")
    assert "the ledger's key" in whats(town, LEAVING)
    assert line(town, "the ledger").found.endswith(", encrypted")


def test_the_addresses_for_alerts_are_counted(town: Town) -> None:
    assert "the addresses for alerts" not in whats(town, LEAVING)
    file = town.folder / "secrets" / "alerts"
    file.write_text("https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX")
    file.chmod(0o600)
    add(town, '[alerts]\nfile = "secrets/alerts"')
    assert line(town, "the addresses for alerts").found == f"{file}, with 1 address"
    assert "hooks.slack.com" not in json.dumps(items(town))
    assert "the addresses for alerts" in whats(town, LEAVING)


def test_on_the_screen_it_is_a_list_to_tick_off(town: Town) -> None:
    said = CliRunner().invoke(app, ["handover", "-c", str(town.folder)]).output
    flat = said.splitlines()
    assert flat[0] == "## Where the keys are"
    assert flat[1] == f"- [ ] the chapter's folder: {town.folder}"
    assert flat[2].startswith("      To do: copy it to the new computer in person")
    assert flat[-1] == "Next: clerk help handover"
    assert [one for one in flat if one.startswith("## ")] == [
        "## Where the keys are", "## Who can open what", "## What runs where",
        "## What comes next", "## What is open", "## Backups", "## When a person leaves",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["clerk desk sign-out", "clerk ledger encrypt --new-key"])
def test_the_page_for_the_evening_has_the_steps(command: str) -> None:
    from tests.house.project import ROOT

    assert command in (ROOT / "docs" / "handover.md").read_text()


def test_what_cannot_be_looked_at_stops_no_other_part(town: Town) -> None:
    town.night()
    (town.folder / "prefect").mkdir()
    (town.folder / "prefect").chmod(0o770)  # others can write it, so it is not looked at
    with town.context() as context:
        found = list(checklist(context))
    assert [one for one in found if not one.looked]
    assert found[-1].section == LEAVING
