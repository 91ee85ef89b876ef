"""`clerk` as people and scripts meet it: answers, JSON, exit codes, and silence about people."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.sandbox.invented import name_of
from flows.cli.main import app
from flows.doctor import Check, exit_code_of
from models.errors import AskAPerson, ClerkError, FixTheData, FixTheSettings, Refused, TryAgainLater
from models.text import formats
from tests.flows.evening import kept, settled
from tests.flows.town import Town

__all__ = ["kept", "settled"]

CLERK = Path(sys.executable).with_name("clerk")
ESCAPE = re.compile(r"\x1b[^m]*m|\x1b\]")


def run(town: Town, *words: str, **options: Any) -> str:
    """What a command says; its own errors are raised."""
    where = [] if words[0] == "--help" else ["--chapter", str(town.folder)]
    result = CliRunner().invoke(app, [*words, *where], **options)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def answer(town: Town, *words: str) -> Any:
    """The JSON a command prints."""
    return json.loads(run(town, *words, "--json"))


def process(town: Town, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A command as its own process, its output in pipes."""
    command = [str(CLERK), *words, "--chapter", str(town.folder)]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def everybody(town: Town) -> set[str]:
    """Every address and name of the seed, in small letters."""
    cells = [str(cell) for tab in ("Sign-ins", "Registrations") for row in town.rows(tab)[1:]
             for cell in row]  # fmt: skip
    addresses = {c.strip().casefold() for c in cells if "@" in c}
    addresses |= {member.email_address for member in town.audience.members.values()}
    return addresses | {name_of(n).casefold() for n in range(12)}


def test_sync_shows_and_does_nothing(settled: Town) -> None:
    said = run(settled, "sync")
    assert "7 voting members" in said
    assert settled.writes() == []


def test_sync_as_json_counts_and_names_nobody(settled: Town) -> None:
    told = answer(settled, "sync")
    assert set(told) >= {
        "day", "fingerprint", "standings", "changes", "losing", "first_sync", "needs_approval",
        "to_review", "applied", "letters_sent", "refused_by_the_list",
    }  # fmt: skip
    assert told["applied"] is False
    assert told["standings"]["Voting member"] == 7
    assert re.fullmatch("[0-9a-f]{12}", told["fingerprint"])
    assert not [who for who in everybody(settled) if who in json.dumps(told).casefold()]


def test_sync_applies_when_told(settled: Town) -> None:
    settled.tag("clerk: voting member").members.clear()
    assert "Done." in run(settled, "sync", "--apply")
    assert settled.tag("clerk: voting member").members


def test_sync_tells_how_to_approve(settled: Town) -> None:
    with settled.edit("Sign-ins") as rows:
        del rows[1:]
    said = run(settled, "sync")
    command = re.search(r"clerk (sync --approve [0-9a-f]{12})", said)
    assert command, said
    assert answer(settled, "sync")["needs_approval"]
    assert "Done." in run(settled, *command[1].split())


def test_the_roll_in_three_forms(settled: Town) -> None:
    assert name_of(1) in run(settled, "roll")
    header, *lines = run(settled, "roll", "--csv").splitlines()
    assert header == "Name,Id,Status,Events,Since,Through,District"
    told = answer(settled, "roll")
    assert len(told) == len(lines) == 17
    assert set(told[0]) >= {"person", "on", "status", "since", "until", "because", "events"}
    assert "@" not in run(settled, "roll") + run(settled, "roll", "--csv") + json.dumps(told)


def test_the_roll_of_another_day(settled: Town) -> None:
    assert run(settled, "roll", "--on", "2024-06-30").startswith("June 30, 2024: 0 voting members")
    for typed, said in {
        "tomorrow": "this is not a date",
        "2026-02-30": "there is no such day",
        "12/31/2026": "write 2026-12-31",
        "2026-7-1": "write 2026-07-01",
    }.items():
        with pytest.raises(FixTheData, match=said):
            run(settled, "roll", "--on", typed)


def test_explain_says_since_because_until(settled: Town) -> None:
    said = run(settled, "explain", name_of(1))
    assert f"{name_of(1)} has been a voting member since" in said
    assert "VM-1" in said
    assert said.count("qualifying events") == 1, "each reason is told once"
    told = answer(settled, "explain", name_of(1))
    assert told["status"] == "Voting member"
    assert {reason["rule"] for reason in told["because"]} == {"VM-1"}
    assert answer(settled, "explain", told["person"]) == told


def test_explain_takes_a_name_without_quotes_and_offers_the_nearest(settled: Town) -> None:
    quoted = run(settled, "explain", name_of(1))
    assert run(settled, "explain", *name_of(1).split()) == quoted
    result = process(settled, "explain", name_of(1)[:-1] + "q")
    assert result.returncode == FixTheData.exit_code
    assert result.stdout == f"Did you mean {name_of(1)}?\n"
    assert name_of(1) not in result.stderr


def test_before_the_first_reading_nobody_is_judged(settled: Town) -> None:
    shutil.rmtree(settled.folder / "ledger")
    (settled.folder / ".ledger-begun").unlink()
    unread = "The program has not read any sheets yet. Next: clerk sync"
    assert run(settled, "review").startswith(unread)
    result = process(settled, "review", "--json")
    assert json.loads(result.stdout) == {
        "read": None, "look": None, "newer": None, "review": [], "concerned": [], "to_call": [],
    }  # fmt: skip
    assert result.stderr.startswith(unread)
    for words in (["explain", name_of(1)], ["roll"], ["roll", "--json"], ["roll", "--csv"]):
        with pytest.raises(FixTheData, match=unread.replace(". ", "\n")):
            run(settled, *words)


@pytest.mark.parametrize(
    "words", ["roll", "doctor", "election status x", "audit", "retention", "person show x"]
)
def test_the_folder_above_the_chapter_gets_a_hint(settled: Town, words: str) -> None:
    command = [*words.split(), "-c", str(settled.folder.parent)]
    if words == "doctor":
        told = CliRunner().invoke(app, command).output
        assert f"Next: --chapter {settled.folder}" in told
        return
    with pytest.raises(FixTheSettings, match=f"--chapter {settled.folder}"):
        CliRunner().invoke(app, command, catch_exceptions=False)


def test_a_missing_chapter_is_named_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FixTheSettings, match=f"there is no chapter.toml in {tmp_path}/nowhere"):
        CliRunner().invoke(app, ["roll", "-c", "nowhere"], catch_exceptions=False)


def test_explain_asks_when_several_fit_and_says_when_nobody_does(settled: Town) -> None:
    with pytest.raises(AskAPerson, match="match"):
        run(settled, "explain", "b")
    with pytest.raises(FixTheData, match="no one in the sheets has"):
        run(settled, "explain", "Zebulon")


def test_review_lists_rows_and_calls(settled: Town) -> None:
    assert "To check: " in run(settled, "review")
    told = answer(settled, "review")
    assert {"where", "what", "reason", "next", "link"} == set(told["review"][0])
    with settled.context() as context:
        assert told["read"] == str(context.today)
    assert not [who for who in everybody(settled) if who in json.dumps(told).casefold()]


def test_doctor_finds_a_healthy_chapter_healthy(settled: Town) -> None:
    assert "Everything works." in run(settled, "doctor")
    assert all(check["fine"] for check in answer(settled, "doctor"))


def test_doctor_says_what_to_mend(settled: Town) -> None:
    with settled.edit("Events") as rows:
        rows[0][0] = "Dat"
    (wrong,) = [check for check in answer(settled, "doctor") if not check["fine"]]
    assert "the closest is “Dat”" in wrong["found"]
    assert wrong["next_step"]
    assert wrong["exit_code"] == FixTheSettings.exit_code


def test_doctor_tells_a_missing_key_once(settled: Town) -> None:
    (settled.folder / "secrets/google.json").unlink()
    said = run(settled, "doctor")
    assert said.count("there is no file google.json") == 1
    assert said.count("see “Google credentials” above") > 1
    assert said.endswith("6 ✗: 1 to fix; 5 fail for the same reasons\n")


def test_nobody_waits_for_a_stand_in_that_is_not_running(settled: Town) -> None:
    """Five tries a minute apart would be an hour."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = f"127.0.0.1:{taken.getsockname()[1]}"
    for name in ("chapter.toml", "secrets/google.json"):
        file = settled.folder / name
        file.write_text(re.sub(r"127\.0\.0\.1:\d+", closed, file.read_text()))
    settled.rewrite("attempts = 1\npause = 0", "attempts = 5\npause = 60")
    wrong = [check for check in answer(settled, "doctor") if not check["fine"]]
    told = [check for check in wrong if not check["same_as"]]
    assert [check["what"].split()[0] for check in told] == ["spreadsheet", "Mailchimp"]
    assert all("a stand-in on this machine and it is not running" in c["found"] for c in told)
    assert {check["exit_code"] for check in wrong} == {FixTheSettings.exit_code}
    with pytest.raises(FixTheSettings, match="a stand-in on this machine"):
        run(settled, "sync")


@pytest.mark.parametrize(
    ("codes", "ends"), [([0, 0], 0), ([0, 7], 7), ([4, 7, 0], 4), ([4, 5, 7], 5), ([], 0)]
)
def test_trying_again_is_advised_only_if_nothing_else_is_wrong(codes: list[int], ends: int) -> None:
    checks = [Check("it", not code, "so", exit_code=code) for code in codes]
    assert exit_code_of(checks) == ends


def test_letters_are_previewed(settled: Town) -> None:
    page = run(settled, "emails", "preview", "voting-member")
    assert page.startswith("<!doctype html>")
    assert "*|" not in page


@pytest.mark.parametrize(
    ("kind", "events", "days"),
    [("voting-member", 3, 365), ("one-event-away", 2, 90), ("status-lapses", 3, 30)],
)
def test_a_preview_has_values_that_its_reader_could_have(
    settled: Town, kind: str, events: int, days: int
) -> None:
    """Three events are needed (VM-1): who is one away has two, and a lapse is 30 days ahead."""
    page = run(settled, "emails", "preview", kind)
    with settled.context() as context:
        assert formats.day(context.today + timedelta(days=days)) in page
    counted = re.findall(r"(?:Events we counted|Actividades contadas)[^:]*: (\d+)", page)
    assert set(counted) == {str(events)}


def test_a_letter_is_sent_as_a_test(settled: Town) -> None:
    """To one address that is typed in, so that it stays out of the shell's history."""
    run(settled, "emails", "test", "voting-member", input="officer@example.org\n")
    assert [x.to for x in settled.sandbox.mailchimp.test_outbox] == ["officer@example.org"]
    assert settled.sandbox.mailchimp.campaigns == {}
    with pytest.raises(FixTheData):
        run(settled, "emails", "test", "voting-member", input="nobody\n")


FAILURES: dict[str, tuple[type[ClerkError], Any]] = {
    "a service is down": (TryAgainLater, lambda town: town.sandbox.faults.at(1, "500", times=99)),
    "the list is not ours": (
        FixTheSettings, lambda town: town.rewrite('"rivertown01"', '"rivertown99"')
    ),
    "a key that others can read": (
        FixTheSettings, lambda town: (town.folder / "secrets/google.json").chmod(0o644)
    ),
    "a mistyped setting": (FixTheSettings, lambda town: town.rewrite("zone =", "zome =")),
    "no chapter": (FixTheSettings, lambda town: (town.folder / "chapter.toml").unlink()),
}  # fmt: skip


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(one, marks=() if one.startswith(("a service", "a key")) else pytest.mark.slow)
        for one in FAILURES
    ],
)
def test_a_failure_has_its_exit_code_and_names_nobody(settled: Town, failure: str) -> None:
    kind, happen = FAILURES[failure]
    happen(settled)
    result = process(settled, "sync", "--apply")
    assert result.returncode == kind.exit_code, result.stderr
    assert "Next: " in result.stderr
    assert result.stdout == ""
    assert not [who for who in everybody(settled) if who in result.stderr.casefold()]


def test_a_refusal_has_its_exit_code(settled: Town) -> None:
    with settled.edit("Sign-ins") as rows:
        del rows[1:]
    result = process(settled, "sync", "--apply")
    assert result.returncode == Refused.exit_code
    assert "Nothing was changed" in result.stderr


def test_a_mistyped_command_is_told(settled: Town) -> None:
    assert process(settled, "snyc").returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        ("sync", "--who"),
        ("doctor",),
        pytest.param(("roll",), marks=pytest.mark.slow),
        pytest.param(("review",), marks=pytest.mark.slow),
    ],
)
def test_a_pipe_gets_plain_text(settled: Town, words: tuple[str, ...]) -> None:
    """No escape codes, no wrapped lines, whatever the terminal calls itself."""
    result = process(settled, *words, TERM="xterm-256color", COLUMNS="40")
    assert result.returncode == 0, result.stderr
    assert result.stdout
    assert not ESCAPE.search(result.stdout + result.stderr)


@pytest.mark.parametrize(
    "words",
    [
        "roll",
        *(pytest.param(w, marks=pytest.mark.slow) for w in ("roll --csv", "roll --json", "review")),
    ],
)
def test_a_closed_pipe_is_a_quiet_end(settled: Town, words: str) -> None:
    """`clerk roll | head -1`, whether the reader goes before the first line or after it."""
    command = [str(CLERK), *words.split(), "--chapter", str(settled.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stderr
        child.stdout.close()
        said = child.stderr.read()
    assert (child.returncode, said) == (0, b""), words


@pytest.mark.parametrize(
    ("closed", "words", "ended"),
    [
        (">&-", "roll", 0),
        pytest.param("<&-", "roll", 0, marks=pytest.mark.slow),
        pytest.param(">&-", "roll --csv", 0, marks=pytest.mark.slow),
        pytest.param(">&-", "roll --json", 0, marks=pytest.mark.slow),
        pytest.param("2>&-", "roll --nonsense", 2, marks=pytest.mark.slow),
        ("<&- >&- 2>&-", "explain nobody-here", 5),
        ("<&-", "letters test voting-member", 3),  # it asks, and nobody answers
    ],
)
def test_a_closed_input_or_output_is_no_bug(
    settled: Town, closed: str, words: str, ended: int
) -> None:
    """As a scheduler may start a command: its exit code is its own, whoever hears the answer."""
    command = [str(CLERK), *words.split(), "--chapter", str(settled.folder)]
    shell = ["sh", "-c", f'exec "$0" "$@" {closed}', *command]
    done = subprocess.run(shell, capture_output=True, text=True, check=False)
    assert done.returncode == ended, done.stderr
    assert "bug" not in done.stderr


CRASH = """
import sys
from flows.cli import main as cli
from flows.nightly import sync
def broken(*_):
    people = {people!r}
    raise RuntimeError("about " + people[0]) from ValueError(people[1])
sync.decide = broken
sys.argv = ["clerk", "sync", "--chapter", {folder!r}]
cli.main()
"""


def test_a_bug_names_its_place_and_nobody(settled: Town) -> None:
    """A traceback shows values, and a value can be somebody's address (DP-3)."""
    people = sorted(everybody(settled))
    code = CRASH.format(people=people, folder=str(settled.folder))
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "This is a bug in Chapter Clerk: RuntimeError" in result.stderr
    assert "in broken" in result.stderr
    assert not [who for who in people if who in result.stderr.casefold()]


def test_every_command_helps(settled: Town) -> None:
    said = run(settled, "--help")
    for command in ("demo", "sync", "roll", "explain", "review", "emails", "doctor", "serve"):
        assert f"\n  {command} " in said
