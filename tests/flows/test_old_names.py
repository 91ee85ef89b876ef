"""Names of before do what the new ones do, and the person is told once, apart from the answer."""

import json
import re
import warnings

import pytest
from typer.testing import CliRunner

from connectors.files.old_names import OldName, hush, tell
from flows import console
from flows.cli.main import app
from flows.doctor import local
from models.errors import FixTheSettings
from tests.flows.evening import kept, settled
from tests.flows.test_calls import calls
from tests.flows.test_cli import process, run
from tests.flows.town import Town
from tests.models.bylaws.texts import ONE

__all__ = ["kept", "settled"]

TELLING = pytest.mark.filterwarnings("ignore::connectors.files.old_names.OldName")
GUARDS = "[guards] is now called [safety_limits]"
NEXT_RELEASE = "the old name works until the next release"


def with_old_names(town: Town, text: str = "[guards]\nlosses_percent = 50\n") -> None:
    town.rewrite("[network]", f"{text}[network]")


def test_a_command_tells_once_and_its_json_stays_json(settled: Town) -> None:
    before = process(settled, "sync", "--json")
    with_old_names(settled)
    done = process(settled, "sync", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == json.loads(before.stdout)
    assert done.stderr.splitlines() == [f"chapter.toml: {GUARDS}; {NEXT_RELEASE}."]
    assert before.stderr == ""


def test_a_line_is_shown_once_and_jobs_show_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    console.tell_of_old_names()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        for line in ("one", "two", "one"):
            tell(line)
        hush()
        tell("three")
    assert capsys.readouterr().err.splitlines() == ["one.", "two."]


def test_both_names_end_a_command_with_what_to_do(settled: Town) -> None:
    with_old_names(settled, "[guards]\n[safety_limits]\n")
    done = process(settled, "roll")
    assert done.returncode == FixTheSettings.exit_code
    assert "chapter.toml: [guards] and [safety_limits] are both given" in done.stderr
    assert "Next: keep the new name, and take the old one out" in done.stderr


def test_doctor_lists_old_names_and_finds_no_fault_in_them(settled: Town) -> None:
    assert "names of settings" not in [check.what for check in local(settled.folder)]
    with_old_names(settled)
    (told,) = (check for check in local(settled.folder) if check.what == "names of settings")
    assert told.fine
    assert told.found == f"chapter.toml: {GUARDS}; {NEXT_RELEASE}"


def test_doctor_lists_those_of_the_bylaws_too(settled: Town) -> None:
    settled.rewrite('bylaws = "jp-progressives"', 'bylaws = "ours.toml"')
    ours = ONE.replace("\neffective_from =", "\nin_force_from =")
    (settled.folder / "ours.toml").write_text(ours, "utf-8")
    (told,) = (check for check in local(settled.folder) if check.what == "names of settings")
    assert told.found.startswith("ours.toml: [editions] in_force_from is now called effective_from")


@TELLING
def test_a_limit_under_its_old_name_stops_a_night(settled: Town) -> None:
    plain = json.loads(run(settled, "sync", "--json"))
    with_old_names(settled, "[guards]\ngains_percent = 0\ngains_at_least = 0\n")
    under_old = json.loads(run(settled, "sync", "--json"))
    settled.rewrite("[guards]", "[safety_limits]")
    assert under_old == json.loads(run(settled, "sync", "--json"))
    assert plain["fingerprint"] == under_old["fingerprint"]


def test_anew_reads_everything_again_and_says_full(settled: Town) -> None:
    def read_by(*words: str) -> int:
        settled.sandbox.reset()
        run(settled, "sync", *words)
        return calls(settled, pattern="values:batchGet")

    run(settled, "sync", "--apply")
    nothing, everything = read_by(), read_by("--full")
    assert nothing < everything
    with pytest.warns(OldName, match=f"--anew is now called --full; {NEXT_RELEASE}"):
        assert read_by("--anew") == everything
    assert read_by("--no-anew") == nothing


def test_letters_is_the_old_name_of_emails(settled: Town) -> None:
    page = run(settled, "emails", "preview", "voting-member")
    with pytest.warns(OldName, match=f"clerk letters is now called clerk emails; {NEXT_RELEASE}"):
        assert run(settled, "letters", "preview", "voting-member") == page


@pytest.mark.parametrize("command", [[], ["sync"], ["election", "exception"]])
def test_no_help_shows_an_old_name(command: list[str]) -> None:
    said = CliRunner().invoke(app, [*command, "--help"], terminal_width=200).output
    assert "Usage" in said
    assert not re.search(r"^ +letters\b|--anew|--strike", said, re.MULTILINE)
