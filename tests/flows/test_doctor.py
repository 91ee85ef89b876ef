"""`clerk doctor` on settings that nobody filled in, and `clerk serve` when it could not work."""

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.sandbox.google.cells import Shown
from flows.cli.main import app
from flows.doctor import SAMPLES, Check, examine, fit_to_run, local
from flows.service.deployments import serve
from models.errors import FixTheSettings, TryAgainLater
from tests.conftest import Clock
from tests.flows.town import Town

EXAMPLE = Path(__file__).parents[2] / "docs" / "chapter.example.toml"


@pytest.fixture
def today(town: Town, clock: Clock) -> Town:
    """The town, whose last night was last night by the machine's own clock."""
    clock.at = datetime.now(UTC)
    town.night()
    return town


def wrong(town: Town) -> dict[str, Check]:
    return {check.what: check for check in examine(town.folder) if not check.fine}


def test_every_sample_value_of_the_example_is_known() -> None:
    example = tomllib.loads(EXAMPLE.read_text("utf-8"))
    mailchimp, workbook = example["mailchimp"], example["workbooks"][0]
    form = re.findall(r'(?m)^# id = "(.+?)"', EXAMPLE.read_text("utf-8"))
    assert set(SAMPLES) == {
        example["name"], example["website"], mailchimp["list_id"], mailchimp["from_name"],
        mailchimp["reply_to"], workbook["id"], *form,
    }  # fmt: skip


def test_sample_values_left_in_place_are_told(today: Town) -> None:
    for old, new in {
        'name = "Rivertown Progressives"\nzone': 'name = "Your Chapter"\nzone',
        "https://rivertown.example.org": "https://chapter.example.org",
        "hello@rivertown.example.org": "hello@chapter.example.org",
    }.items():
        today.rewrite(old, new)
    (told,) = wrong(today).values()
    assert told.what == "names and addresses"
    for setting in ("name", "website", "[mailchimp] reply_to"):
        assert f"{setting} still has the example value" in told.found
    assert told.exit_code == FixTheSettings.exit_code


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hello@rivertown.example.org", "hello", "[mailchimp] reply_to is not an email address"),
        ("https://rivertown.example.org", "rivertown.org", "website is not a web address"),
        ("https://rivertown.example.org", "https://", "website is not a web address"),
    ],
)
def test_what_cannot_be_an_address_is_told(today: Town, old: str, new: str, said: str) -> None:
    today.rewrite(old, new)
    (told,) = wrong(today).values()
    assert said in told.found


def test_no_website_is_none_to_mend(today: Town) -> None:
    today.rewrite("https://rivertown.example.org", "")
    assert not wrong(today)


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("voting_member", "there is no such email; did you mean voting-member?"),
        ("vote-anouncement", "there is no such email; did you mean vote-announcement?"),
        ("zzz", "there is no such email"),
    ],
)
def test_a_letters_folder_that_is_misspelt_is_told(today: Town, folder: str, said: str) -> None:
    for name in (folder, "vote-invitation", "parts"):
        (today.folder / "letters" / name).mkdir(parents=True)
    (today.folder / "letters" / folder / "body.txt").touch()
    own_letters(today)
    (told,) = wrong(today).values()
    assert told.found == f"letters/{folder}: {said}"
    assert "voting-member" in told.next_step
    (today.folder / "letters" / folder / "body.txt").unlink()
    (today.folder / "letters" / folder).rmdir()
    assert not wrong(today)


def test_a_folder_of_letters_that_is_not_there_is_told(today: Town) -> None:
    own_letters(today)
    (told,) = wrong(today).values()
    assert told.found.startswith("chapter.toml [emails] folder: the folder letters does not exist")


def own_letters(town: Town) -> None:
    settings = town.folder / "chapter.toml"
    settings.write_text(f'{settings.read_text()}\n[emails]\nfolder = "letters"\n')


def test_a_missing_mailchimp_key_is_told_as_mailchimps(today: Town) -> None:
    (today.folder / "secrets/mailchimp.key").unlink()
    told = wrong(today)
    assert [what for what, check in told.items() if not check.same_as] == ["Mailchimp key"]
    assert told["allowed hosts"].same_as == "Mailchimp key"


def test_a_stand_in_that_is_not_running_is_one_reason(today: Town) -> None:
    """Of sharing it was said that it “cannot be checked”, as a finding of its own."""
    sandbox = today.sandbox
    for service, url in (("google", sandbox.google_url), ("mailchimp", sandbox.mailchimp_url)):
        today.rewrite(url, f"http://127.0.0.1:9/{service}")
    key = today.folder / "secrets/google.json"
    key.write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:9", key.read_text("utf-8")))
    told = wrong(today)
    own = [what for what, check in told.items() if not check.same_as]
    assert [what.partition(" ")[0] for what in own] == ["spreadsheet", "Mailchimp"]
    assert "it is not running" in told[own[0]].found
    shared = [check for what, check in told.items() if "who can open it" in what]
    assert {check.same_as for check in shared} == {own[0]}


def test_what_is_shown_is_what_is_counted(today: Town) -> None:
    for name in ("google.json", "mailchimp.key"):
        (today.folder / "secrets" / name).unlink()
    said = CliRunner().invoke(app, ["doctor", "-c", str(today.folder)]).output
    crosses = said.count("✗ ")
    assert crosses > 2
    assert said.endswith(f"{crosses} ✗: 2 to fix; {crosses - 2} fail for the same reasons\n")


def test_a_workbook_that_is_read_every_night_is_told_as_such(today: Town) -> None:
    def tabs() -> str:
        return next(c.found for c in examine(today.folder) if "tabs" in c.what)

    assert "every night" not in tabs()
    with today.edit("Exceptions") as rows:
        rows.append([Shown("", "", "=TODAY()")])
    assert "read at every nightly run, because a formula might bring in data from" in tabs()


def test_serve_does_not_begin_without_its_keys(today: Town, capsys: Any) -> None:
    (today.folder / "secrets/google.json").unlink()
    (today.folder / "secrets/mailchimp.key").chmod(0o644)
    with pytest.raises(FixTheSettings) as refused:
        serve(today.folder)
    assert "there is no file google.json" in refused.value.fact
    assert "others on this machine can read the key" in refused.value.fact
    assert "chmod 600" in refused.value.next_step
    assert "every night" not in capsys.readouterr().out
    assert not (today.folder / "prefect").exists()


def test_what_serve_looks_at_first_asks_no_service(today: Town) -> None:
    today.sandbox.reset()
    assert all(check.fine for check in local(today.folder))
    assert not today.sandbox.journal


def test_an_old_last_night_does_not_keep_serve_from_beginning(town: Town) -> None:
    """It may be why somebody starts it."""
    town.night()
    fit_to_run(town.folder)


def test_serve_begins_although_something_is_down(
    today: Town, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    class Begun(Exception):
        """The server would be started now."""

    def begin(*_: object) -> None:
        raise Begun

    monkeypatch.setattr("flows.service.deployments.make_ready", begin)

    def down(*_: object, **__: object) -> None:
        raise TryAgainLater("the database server does not answer", next_step="wait")

    monkeypatch.setattr("flows.doctor.run.open_chapter", down)
    with pytest.raises(Begun):
        serve(today.folder)
    said = capsys.readouterr().out
    assert "the database server does not answer" in said
