"""Whatever stands in a file of settings or in the environment, it is a chapter or a named fault."""

import re
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors import elections
from connectors.ballot_files import read_contest
from connectors.files.toml_files import read_toml
from connectors.settings import bylaws, load_chapter
from flows.counting.count import read_edition
from models.committee.members import committee_from
from models.errors import FixTheSettings
from models.votes.election import Election
from tests.connectors.test_settings import LEAST, complaint
from tests.models.bylaws.texts import FIRST

THEA = "thea.secret@example.org"
NO_NAME = "a name with @ (not shown) is not a setting"
DIGITS = "9" * 5000

CRASHES = {
    "a folder": ('folder = "/elsewhere"', "folder: there is no such setting"),
    "a folder as a table": ("folder = { a = 1 }", "folder: there is no such setting"),
    "lists without end": ("x = " + "[" * 5000 + "]" * 5000, "more than 12 levels deep"),
    "tables without end": ("x = " + "{a=" * 5000 + "1" + "}" * 5000, "more than 12 levels deep"),
    "a key without end": ("a." * 100_000 + "a = 1", "more than 12 levels deep"),
    "a quoted key without end": ('"a" . ' * 100_000 + "a = 1", "more than 12 levels deep"),
    "lists too deep": ("x = " + "[" * 20 + "]" * 20, "more than 12 levels deep"),
    "digits without end": (f"x = {DIGITS}", "a number has too many digits"),
    "many digits": (f"x = {DIGITS[:4000]}", "x: has too many digits"),
    "a long name": (f'consent = ["{"n" * 20_001}"]', "at most 20000 characters"),
    "an address for a name": (f'"{THEA}" = 1', f"chapter.toml line 1: {NO_NAME}"),
    "an address for a table": (f'["{THEA}"]\nx = 1', f"line 18: {NO_NAME}"),
    "an address twice": (f'x = {{ "{THEA}" = 1, "{THEA}" = 2 }}', "this is not TOML"),
    "an address for a kind": (f'columns = {{ "{THEA}" = {{}} }}', NO_NAME),
    "an address for a field": (
        f'columns = {{ events = {{ "{THEA}" = "x" }} }}', NO_NAME
    ),
    "a line break in a name": ('"a\\nb" = 1', "a�b: there is no such setting"),
    "a name of many letters": (f'"{"k" * 3000}" = 1', "a name can have at most 200 characters"),
    "a NUL": ('website = "a\\u0000b"', "website: contains a character that is not valid text"),
    "the year 1": ("x = 0001-01-01", "x: a day must be between 1900 and 2199"),
    "the year 9999": ("x = [9999-12-31T23:59:59]", "x, entry 1: a day must be between"),
    "no end": ("[network]\npause = inf", "[network] pause: write a number that has an end"),
    "no number": ("[network]\nread_timeout = nan", "[network] read_timeout: write a number that"),
    "patience without end": ("[network]\nattempts = 1000000000", "attempts: must be at most 20"),
    "a pause without end": ("[network]\npause = 1e300", "pause: must be at most 120"),
    "a rare clock": (
        "[schedule]\ncheck_every_minutes = 9000000000",
        "check_every_minutes: must be at most 60",
    ),
    "kept for ever": ("[retention]\nchallenge_days = 1000000000", "must be at most 36525"),
    "rows kept for ever": ("[retention]\nsign_ins_days = 1000000000", "must be at most 36525"),
    "an hour as a number": ("[schedule]\nnightly = 2", "[schedule] nightly: write a time of day"),
    "a hopeless hour": ("[schedule]\nnightly = 'soon'", "[schedule] nightly: write a time of day"),
    "an hour too many": ("[schedule]\nnightly = '25:00'", "nightly: 25:00 is not a time of day"),
    "an hour without quotes": (
        "[schedule]\nnightly = 25:00", "line 19: this is not TOML: Expected newline"
    ),
    "an hour without seconds": (
        "[schedule]\nnightly = 02:00", "a time like 02:00:00, a text or a ZIP code"
    ),
    "a day the other way round": ("on = 11/30/2026", "write a day like 2026-03-31"),
    "a list without a comma": ("languages = ['en' 'es']", "put a comma between two entries"),
    "a list without an end": ("languages = ['en'", "put a comma between two entries"),
    "a ZIP code in a list": ("zips = [02139]", "a ZIP code in quotes"),
    "quotes of a word processor": ("website = “https://example.org”", "its quotes are curly"),
    "a network that is none": ("network = 3", "network: write a table"),
    "forms that are none": ("forms = { a = 1 }", "forms: write a list"),
}  # fmt: skip


@pytest.mark.parametrize("name", CRASHES)
def test_what_crashed_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    line, said = CRASHES[name]
    text = f"{LEAST}\n{line}\n" if line.startswith("[") else f"{line}\n{LEAST}"
    told = complaint(tmp_path, text)
    assert said in told
    assert re.match(r"chapter\.toml(?: line \d+)?: ", told)
    assert "thea" not in told
    assert len(told) < 700


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("n" * 3000, "name: can have at most 100 characters"),
        ("", "name: must not be empty"),
        ("River\\ntown", "name: write it on one line"),
        ("River\\u2028town", "name: write it on one line"),
        ("River\\u001b[2Jtown", "name: write it on one line"),
    ],
)
def test_a_name_stands_on_a_line_wherever_it_goes(tmp_path: Path, name: str, said: str) -> None:
    assert said in complaint(tmp_path, LEAST.replace('"Rivertown"', f'"{name}"', 1))


@pytest.mark.parametrize(
    "zone", ["../../etc/passwd", "/etc/passwd", "Z" * 190, "Europe\\u0000", "."]
)
def test_a_zone_reads_no_other_file(tmp_path: Path, zone: str) -> None:
    assert "zone: " in complaint(tmp_path, LEAST.replace("America/New_York", zone))


@pytest.mark.parametrize(
    "content",
    [
        "name = 'a'".encode("utf-16"),
        b"name = '\xff'",
        b"\0\0\0\0",
        bytes(range(256)),
        b"\xef\xbb\xbf\xff",
    ],
)
def test_a_file_in_another_encoding_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "chapter.toml").write_bytes(content)
    with pytest.raises(FixTheSettings, match=r"UTF-16|UTF-8|not TOML"):
        load_chapter(tmp_path)


@pytest.mark.parametrize(
    "bylaws", ["x" * 190, "/", "..", ".", "", "a/b", "../chapter.toml/x", THEA]
)
def test_bylaws_that_are_nowhere_are_told(tmp_path: Path, bylaws: str) -> None:
    (tmp_path / "chapter.toml").write_text(f'bylaws = "{bylaws}"\n{LEAST}')
    read = load_chapter(tmp_path)
    with pytest.raises(FixTheSettings) as refused:
        read.read_bylaws()
    assert "thea" not in str(refused.value)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("CLERK_WORKBOOKS", "[{", "CLERK_WORKBOOKS: write a list or table as JSON"),
        ("CLERK_WORKBOOKS", "[" * 5000, "as JSON"),
        ("CLERK_COLUMNS", '{"a":' * 100_000, "as JSON"),
        ("CLERK_WORKBOOKS", DIGITS, "as JSON"),
        ("CLERK_NETWORK__ATTEMPTS", DIGITS, "[network] attempts: has too many digits"),
        ("CLERK_NETWORK__PAUSE", "inf", "[network] pause"),
        ("CLERK_NETWORK__PAUSE", "nan", "[network] pause"),
        ("CLERK_NETWORK", THEA, "CLERK_NETWORK: write a list or table as JSON"),
        ("CLERK_NAME", "River\udcfftown", "name: "),
        ("CLERK_NAME", "n" * 3000, "name: can have at most 100 characters"),
        ("CLERK_GOOGLE__X__Y__Z", "1", "[google] x: there is no such setting"),
        ("CLERK_COLUMNS__A__B__C__D__E__F__G__H__I__J__K__L__M", "1", "more than 12 levels deep"),
        (f"CLERK_COLUMNS__{THEA}", "{}", "unknown kind of table"),
    ],
)
def test_the_environment_crashes_nothing_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    told = complaint(tmp_path, LEAST)
    assert said in told
    assert "thea" not in told.casefold()


def test_no_environment_moves_the_chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its keys are read from where its settings were found."""
    monkeypatch.setenv("CLERK_FOLDER", "/elsewhere")
    (tmp_path / "chapter.toml").write_text(LEAST)
    assert load_chapter(tmp_path).folder == tmp_path


# ── every other file of settings ──────────────────────────────────────────────────────────────


def _election(file: Path) -> object:
    (file.parent / "contests").mkdir()
    return elections.read(file.parents[2], "spring", ZoneInfo("America/New_York"))


def _contest_of_an_election(file: Path) -> object:
    (file.parents[1] / "election.toml").write_text("")
    return elections.read(file.parents[3], "spring", ZoneInfo("America/New_York"))


def _guide(file: Path) -> object:
    spring = Election.model_construct(name="spring", contests=())
    return elections.read_guide(file.parents[2], spring)


def _second_file(file: Path) -> object:
    (file.parent / "bylaws.toml").write_text(FIRST, "utf-8")
    return bylaws.read(file.parent, "bylaws.toml")


FILES: dict[str, Callable[[Path], object]] = {
    "bylaws.toml": lambda file: bylaws.read(file.parent, file.name),
    "counting-bylaws.toml": _second_file,
    "committee.toml": lambda file: committee_from(read_toml(file, file.parent), file.name),
    "contest.toml": read_contest,
    "edition.toml": read_edition,
    "elections/spring/election.toml": _election,
    "elections/spring/contests/mayor.toml": _contest_of_an_election,
    "elections/spring/guide.toml": _guide,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("x = " + "[" * 5000 + "]" * 5000, "more than 12 levels deep"),
        ("a." * 5000 + "a = 1", "more than 12 levels deep"),
        (f"x = {DIGITS}", "a number has too many digits"),
        (f"x = {DIGITS[:4000]}", "x: has too many digits"),
        ("x = [nan, 1]", "x, entry 1: write a number that has an end"),
        ("x = 9999-12-31", "x: a day must be between 1900 and 2199"),
        (f'"{THEA}" = 1', ""),
        (f'name = {{ "{THEA}" = 1 }}\nkind = "ranked"', ""),
        (f'editions = "{THEA}"\nmembers = "{THEA}"\nballots = "{THEA}"\nkind = "{THEA}"', ""),
        ("editions = 1\nname = []\nmembers = 1\nballots = 1\nkind = 1\nopens = 1\ntitle = {}", ""),
        ("kind = []\nid = 1\ntitle = 1\nopens = []\ncloses = {}", ""),
        ('opens = "9999-12-31T23:59:59Z"\ncloses = "0001-01-01T00:00:00Z"\nkind = {}', ""),
        ("\0", "not TOML|UTF-16"),
    ],
    ids=["lists", "key", "digits", "many digits", "nan", "year", "address", "address inside",
         "address as value", "types", "more types", "days as text", "NUL"],
)  # fmt: skip
def test_no_file_crashes(tmp_path: Path, name: str, content: str, said: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    with pytest.raises(FixTheSettings) as refused:
        FILES[name](file)
    assert any(part in refused.value.fact for part in said.split("|"))
    assert "thea" not in str(refused.value)


@pytest.mark.parametrize(
    "name", [name for name in FILES if name not in ("contest.toml", "edition.toml")]
)
def test_no_file_of_a_chapter_is_read_that_others_can_write(tmp_path: Path, name: str) -> None:
    """`clerk count` may be given anybody's file: nothing leaves by it."""
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x = 1\n")
    file.chmod(0o664)
    with pytest.raises(FixTheSettings) as refused:
        FILES[name](file)
    assert refused.value.next_step == f"chmod go-w {file}"
    assert refused.value.rule == "DP-3"


@pytest.mark.parametrize("key", ["opens", "closes", "record_date"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_vote_is_in_our_time_even_in_quotes(tmp_path: Path, key: str, day: str) -> None:
    """Calendars count from it in both directions."""
    file = tmp_path / "elections" / "spring" / "election.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'{key} = "{day}{"" if key == "record_date" else "T12:00:00Z"}"\n')
    with pytest.raises(FixTheSettings, match=f"{key}: a day must be between 1900 and 2199"):
        _election(file)


@pytest.mark.parametrize("name", ["../..", "x" * 3000, "a\0b", "a\nb", THEA, ""])
def test_a_name_that_no_election_has_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(FixTheSettings, match="there is no election") as refused:
        elections.read(tmp_path, name, ZoneInfo("America/New_York"))
    assert "thea" not in str(refused.value)
    assert len(str(refused.value)) < 400
