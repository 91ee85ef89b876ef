"""Whatever the chapter's people type and whatever file is named: no command ends as a bug.

Each command either answers, or says place, fact and next step with the exit code that is promised
(docs/exit-codes.md); no address is repeated.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.sandbox.invented import name_of
from flows import console
from flows.cli import main as cli
from flows.cli.main import app
from flows.printable import printable
from models.errors import ClerkError
from tests.flows.town import Town

ODD: dict[str, Any] = {
    "years": "0001-01-01",
    "the last day": "9999-12-31T23:59:59.999Z",
    "serials": 2958465.9999999999,
    "beyond all days": 1e308,
    "negative": -693593.5,
    "large": 10**300,
    "yes and no": True,
    "NUL": "An\x00n",
    "escape": "\x1b[2J\x1b]0;owned\x07Ann",
    "bidi": "\u202eredlA nnA\u202c",
    "unseen": "zero\u200bwidth\ufeff",
    "letters": "N" * 3_000,
    "a long cell": "x" * 50_000,
    "a formula": '=HYPERLINK("https://example.org")',
    "markup": "[bold]Ann[/red]",
    "an address": "ann.alder@example.org",
    "addresses": "ann@example.org, bob@example.org; [x]@example.org",
    "template": "*|FNAME|* {{ name }} %s {0} ${x}",
}
HALVES = ["Ann \ud800 Alder", "a\udfff@example.org"]
"""Half a character: Google sends none, and an answer that holds one is not Google's."""
TABS = ("Events", "Sign-ins", "Volunteering", "Registrations", "Exceptions")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def clerk(*words: str) -> tuple[int, str]:
    """A command's exit code and all it says; a bug fails the test with its traceback."""
    result = CliRunner().invoke(app, list(words))
    error = result.exception
    if isinstance(error, ClerkError):
        assert error.next_step or error.where or error.fact
        return error.exit_code, f"{result.output}{printable(str(error))}"
    if error and not isinstance(error, SystemExit):
        raise error
    assert result.exit_code != 1, result.output
    return result.exit_code, result.output


def check(said: str) -> None:
    said = re.sub(r"clerk@sandbox-chapter\S+|hello@\S+", "", said)  # the chapter's own, of doctor
    assert "Traceback" not in said
    assert not ADDRESS.search(said), "an address is repeated"
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", said
    )
    said.encode()


def spoil(town: Town, odd: Any) -> None:
    """The odd cell in each column of each tab, in a row that is otherwise like the last one."""
    for tab in TABS:
        with town.edit(tab) as rows:
            width = len(rows[0])
            like = [*rows[-1], *[""] * width][:width] if len(rows) > 1 else [""] * width
            rows += [[*like[:n], odd, *like[n + 1 :]] for n in range(width)]
            rows.append([odd] * width)


QUESTIONS = [
    ["sync"],
    ["sync", "--json", "--who"],
    ["sync", "--apply", "--who"],
    ["sync", "--apply", "--json"],
    ["roll"],
    ["roll", "--json"],
    ["roll", "--csv"],
    ["roll", "--on", "0001-01-01"],
    ["roll", "--on", "9999-12-31", "--json"],
    ["roll", "--on", "2026-99-99"],
    ["roll", "--on", "9" * 5_000],
    ["explain", name_of(1)],
    ["explain", name_of(1), "--on", "9999-12-31"],
    ["explain", name_of(1), "--json", "--on", "0001-01-01"],
    ["explain", "N" * 3_000],
    ["explain", "\udcff\x1b[2J"],
    ["review"],
    ["review", "--json"],
    ["retention"],
    ["audit"],
    ["doctor"],
    ["doctor", "--json"],
]


def ask_all(town: Town) -> None:
    for words in QUESTIONS:
        code, said = clerk(*words, "-c", str(town.folder))
        if words[0] == "sync" or words == ["roll"]:
            assert code == 0 or "approve" in said, f"{words}: the night goes on: {said}"
        check(said)
    with town.ledger() as ledger:
        people = {str(person) for person in ledger.ids().values()}
    for person in sorted(people)[::4]:
        for words in (["explain", person], ["person", "show", person, "--by", "Bea"]):
            clerk(*words, "-c", str(town.folder))  # it shows a person all that is theirs


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_cell_stops_no_night(town: Town, odd: Any) -> None:
    spoil(town, odd)
    for words in (["sync", "--apply"], ["roll"], ["review"], ["review", "--json"]):
        code, said = clerk(*words, "-c", str(town.folder))
        assert code == 0 or "approve" in said, said
        check(said)


@pytest.mark.parametrize("half", HALVES, ids=ascii)
def test_half_a_character_is_no_bug(town: Town, half: str) -> None:
    """What it becomes where it gets past the answers' form: tests/models/test_any_cell.py."""
    spoil(town, half)
    for words in (["sync", "--apply"], ["doctor"], ["roll"], ["review"]):
        code, said = clerk(*words, "-c", str(town.folder))
        assert code in (0, 5, 7)  # 5: nothing was read yet
        check(said)


@pytest.mark.slow
def test_all_of_them_and_every_question(town: Town) -> None:
    for odd in ODD.values():
        spoil(town, odd)
    ask_all(town)


CONTEST = 'kind = "ranked"\nid = "da"\ntitle = "DA"\ncandidates = ["Ann", "Bob", "Cy"]\n'
FILES: dict[str, bytes] = {
    "empty": b"",
    "NUL": b"rank1\n\0\n",
    "an address as a header": b"time,ann@example.org,bob@example.org\n1,Ann,Bob\n",
    "an address as a choice": b"rank1\nann.alder@example.org\n",
    "an address as a grid": b"DA [1st],DA [ann@example.org]\nAnn,Bob\n",
    "escapes": b"\x1b[2J,\x1b]0;x\x07\nAnn,Bob\n",
    "digits": b"rank1\n" + b"9" * 5_000 + b"\n",
    "ranks of digits": b"Ann,Bob,Cy,No endorsement\n" + b"9" * 1_900 + b",,,\n",
    "a header of digits": b"rank" + b"9" * 5_000 + b",rank1\nAnn,Bob\n",
    "surrogates": b"rank1\n\xed\xa0\x80\n",
    "an open quotation mark": b'rank1\n"Ann',
    "a long line": b"rank1\n" + b"x" * 2_500_000,
    "columns": b"," * 900_000 + b"\nAnn\n",
    "bidi": "rank1\n\u202eAnn\n".encode(),
    "not text": bytes(range(256)) * 100,
    "zip": b"PK\x03\x04" + bytes(100),
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "json": b"[" * 200_000,
}


@pytest.fixture
def vote(tmp_path: Path) -> Path:
    (tmp_path / "contest.toml").write_text(CONTEST)
    (tmp_path / "ballots.csv").write_text("rank1,rank2\n" + "Ann,Bob\n" * 20 + "Bob,Cy\n" * 5)
    return tmp_path


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
@pytest.mark.parametrize("name", ["ballots.csv", "ballots.xlsx", "contest.toml", "bylaws.toml"])
def test_any_file_can_be_given_to_a_count(vote: Path, name: str, content: bytes) -> None:
    where = ["--contest", str(vote / "contest.toml")]
    clerk("count", str(vote / "ballots.csv"), *where, "--out", str(vote / "out"))
    (vote / name).write_bytes(content)
    ballots = str(vote / (name if name.startswith("ballots") else "ballots.csv"))
    more = ["--bylaws", str(vote / name)] if name == "bylaws.toml" else []
    for words in (
        ["count", ballots, *where, *more],
        ["count", ballots, *where, *more, "--json"],
        ["recount", str(vote / "out"), ballots, *more],
    ):
        check(clerk(*words)[1].replace(str(vote), ""))


REPORTS: dict[str, Any] = {
    "nothing": "",
    "nested lists": "[" * 100_000,
    "nested tables": '{"clerk": ' * 50_000,
    "digits": '{"clerk": ' + "9" * 5_000 + "}",
    "half a character": '{"clerk": "\\ud800", "results": []}',
    "a list": [],
    "no clerk": {"results": []},
    "numbers": {"clerk": 1, "results": 1},
    "nothing in it": {"clerk": {}, "results": []},
}


@pytest.fixture
def counted(vote: Path) -> Path:
    clerk("count", str(vote / "ballots.csv"), "--contest", str(vote / "contest.toml"),
          "--out", str(vote / "out"))  # fmt: skip
    return vote


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_report_of_anything(counted: Path, report: Any) -> None:
    text = report if isinstance(report, str) else json.dumps(report)
    for file in (counted / "out").rglob("*.json"):
        file.write_text(text)
    asked_again(counted)


def asked_again(counted: Path) -> None:
    ballots, contest = str(counted / "ballots.csv"), str(counted / "contest.toml")
    for report in ("out", "out/detailed_report.json", "out/rcvis.json", "out/tellers"):
        check(clerk("recount", str(counted / report), ballots)[1].replace(str(counted), ""))
    for more in ([], ["--replace"]):
        check(
            clerk("count", ballots, "--contest", contest, "--out", str(counted / "out"), *more)[1]
        )


KINDS: list[Any] = [None, 5, "ann@example.org\x00/../x", [[]], {"a": 1e400}]


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value[:1])
        for key, inner in items:
            yield from _leaves(inner, (*path, key))


def test_a_report_with_any_part_of_another_kind(counted: Path) -> None:
    """As from another program, another version, or a person who mended it by hand."""
    file = counted / "out" / "tellers" / "detailed_report.json"
    whole = file.read_text()
    paths = [path for path in _leaves(json.loads(whole)) if path[:1] in (("clerk",), ("results",))]
    for number, path in enumerate(paths):
        report = json.loads(whole)
        inside = report
        for key in path[:-1]:
            inside = inside[key]
        inside[path[-1]] = KINDS[number % len(KINDS)]
        file.write_text(json.dumps(report))
        said = clerk("recount", str(file), str(counted / "ballots.csv"))[1]
        check(said.replace(str(counted), ""))


@pytest.mark.parametrize(
    "words",
    [
        ["roll", "ann@example.org"],
        ["roll", "--ann@example.org"],
        ["ann@example.org"],
        ["count", "x", "--contest"],
        ["roll", "\x1b[2J", "\udcff"],
    ],
)
def test_a_mistyped_command_repeats_no_address(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["clerk", *words])
    monkeypatch.setattr(console, "outlive_readers", lambda: None)
    monkeypatch.setattr("os.umask", lambda mask: 0)
    monkeypatch.setattr("connectors.net.network_allowlist.install_network_guard", lambda: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    told = capsys.readouterr()
    check(told.out + told.err)
    assert "Error: " in told.err
