"""Any table that TOML can hold, in the place of any part of a file: it is read, or refused by name.

Whatever is refused names nobody: an address may have been typed anywhere (DP-3).
"""

import copy
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import elections
from connectors.ballot_files import read_contest
from connectors.files.toml_files import read_toml
from connectors.settings import EDITIONS, bylaws, load_chapter
from flows.counting.count import read_edition
from models.bylaws.rules import bylaws_from
from models.bylaws.two_files import joined
from models.committee.members import committee_from
from models.errors import FixTheSettings
from models.votes.election import calendar_of
from tests.connectors.test_settings import LEAST
from tests.models.bylaws.texts import FIRST, ONE, SECOND, amendment

SECRET = "thea.secret"
ZONE = ZoneInfo("America/New_York")
BYLAWS = tomllib.loads(ONE + amendment())
COUNTING = tomllib.loads(SECOND)
CHAPTER = tomllib.loads(LEAST) | {
    "website": "",
    "ledger": "sqlite:///ledger/clerk.sqlite",
    "columns": {"events": {"date": "Day"}},
    "consent": ["yes"],
    "forms": [{"id": "1Xy", "holds": "sign_ins"}],
    "emails": {"send": ["voting-member"], "folder": "letters"},
    "safety_limits": {"losses_percent": 50},
    "network": {"pause": 1.5, "attempts": 3},
    "schedule": {"nightly": time(2), "check_every_minutes": 5},
    "elections": {"public": "public", "officers_email": ""},
    "retention": {"challenge_days": 30},
}
ELECTION = {
    "title": "Spring",
    "title_es": "",
    "opens": datetime(2026, 10, 1, 9),  # noqa: DTZ001 - as TOML has it
    "closes": datetime(2026, 10, 11, 21),  # noqa: DTZ001
    "record_date": date(2026, 9, 1),
    "grace_minutes": 10,
    "ballots": {"form": "1Xy", "code_question": "Code"},
}
CONTEST = {
    "kind": "ranked",
    "id": "mayor",
    "title": "Mayor",
    "candidates": ["Ann", "Bo", "Cy"],
    "settings": {"threshold": "60%", "ties": ["every branch"], "max_skipped": 1},
    "ballots": {"columns": ["1", "2"], "header_row": 1, "aliases": {"A": "Ann"}},
    "report": {"date": date(2026, 10, 1)},
    "decisions": [{"tied": ["Ann", "Bo"], "picked": "Bo", "how": "a lot"}],
}
COMMITTEE = {
    "members": [
        {
            "name": "Ann",
            "confirmed": date(2026, 2, 1),
            "co_chair_since": date(2026, 2, 1),
            "leaves": [{"first": date(2026, 5, 1), "last": date(2026, 6, 1)}],
        },
        {"name": "Bo", "confirmed": date(2025, 2, 1), "left": date(2026, 1, 1)},
    ]
}

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["", f"{SECRET}@example.org", f"mailto:{SECRET}@example.org", "\0", "a\nb", "x" * 3000,
     "3/5", "0/0", "1e999999999", "9" * 5000, "UTC", "../../etc/passwd", "9999-12-31", "0001-01-01",
     "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "http://127.0.0.1:80", "nan", "inf"]
)  # fmt: skip
numbers = st.integers() | st.floats() | st.sampled_from([0, -1, 10**9, 2**62, 2**63, 10**4000])
days = st.dates() | st.datetimes() | st.times() | st.sampled_from([date.min, date.max])
values = st.recursive(
    texts | numbers | days | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def places(table: Any) -> Iterator[tuple[Any, Any]]:
    """Every table or list of a file with each of its keys."""
    inner = table.items() if isinstance(table, dict) else enumerate(table)
    for key, value in list(inner):
        yield table, key
        if isinstance(value, dict | list):
            yield from places(value)


@st.composite
def changed(draw: st.DrawFn, table: dict[str, Any]) -> dict[str, Any]:
    """The file with some values replaced, and some keys that nobody knows."""
    table = copy.deepcopy(table)
    for _ in range(draw(st.integers(1, 3))):
        held, key = draw(st.sampled_from(list(places(table))))
        if isinstance(held, dict) and draw(st.booleans()):
            key = draw(texts)
        held[key] = draw(values)
    return table


def written(value: Any) -> str:
    """A value as TOML has it on one line."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return "{" + ", ".join(f"{written(k)} = {written(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(written, value)) + "]"
        case int() if abs(value) > 10**4000 - 1:
            return "9" * 5000
    return str(value)


def write(file: Path, table: Mapping[str, Any]) -> Path:
    """The table as a file."""
    lines = [f"{written(key)} = {written(value)}\n" for key, value in table.items()]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(lines), "utf-8", newline="")
    return file


def told(way: Callable[[], object]) -> None:
    """It is read, or refused in words that name nobody and stand on a line each."""
    refused: FixTheSettings | None = None
    try:
        way()
    except FixTheSettings as exc:
        refused = exc
    if refused:
        assert SECRET not in str(refused)
        assert refused.fact
        assert refused.fact.isprintable()


quick = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quick
@given(table=changed(CHAPTER))
def test_any_settings(tmp_path: Path, table: dict[str, Any]) -> None:
    write(tmp_path / "chapter.toml", table)

    def read() -> None:
        chapter = load_chapter(tmp_path)
        assert chapter.slug
        assert chapter.tz
        assert chapter.ledger_url()
        chapter.read_bylaws()

    told(read)


@quick
@given(table=changed(ELECTION))
def test_any_election(tmp_path: Path, table: dict[str, Any]) -> None:
    folder = tmp_path / "elections" / "spring"
    write(folder / "election.toml", table)
    write(folder / "contests" / "a.toml", {"kind": "question", "id": "a", "title": "A"})

    def read() -> None:
        election = elections.read(tmp_path, "spring", ZONE)
        assert calendar_of(election.opens, election.closes, ZONE)

    told(read)


@quick
@given(table=changed(CONTEST))
def test_any_contest(tmp_path: Path, table: dict[str, Any]) -> None:
    file = write(tmp_path / "elections" / "spring" / "contests" / "a.toml", table)
    write(tmp_path / "elections" / "spring" / "election.toml", ELECTION)
    told(lambda: read_contest(file).table())
    told(lambda: elections.read(tmp_path, "spring", ZONE))


@quick
@given(table=changed(BYLAWS))
def test_any_bylaws(tmp_path: Path, table: dict[str, Any]) -> None:
    file = write(tmp_path / "bylaws.toml", table)
    told(lambda: bylaws_from(read_toml(file), file.name).in_force(date(2026, 3, 31)))


@quick
@given(first=changed(tomllib.loads(FIRST)), second=changed(COUNTING))
def test_any_bylaws_in_two_files(
    tmp_path: Path, first: dict[str, Any], second: dict[str, Any]
) -> None:
    write(tmp_path / "bylaws.toml", first)
    write(tmp_path / "counting-bylaws.toml", second)
    told(lambda: bylaws.read(tmp_path, "bylaws.toml"))
    told(lambda: joined(*(bylaws.texts(tmp_path, "bylaws.toml") or (FIRST, "a", SECOND, "b"))))


@quick
@given(table=changed(COUNTING), committee=changed(COMMITTEE))
def test_any_counting_rules_and_committee(
    tmp_path: Path, table: dict[str, Any], committee: dict[str, Any]
) -> None:
    edition = write(tmp_path / "counting-bylaws.toml", table)
    members = write(tmp_path / "committee.toml", committee)
    told(lambda: read_edition(edition))
    rules = read_edition(EDITIONS / "jp-progressives.toml").committee
    told(
        lambda: list(
            committee_from(read_toml(members), members.name).reasons(date(2026, 3, 31), rules)
        )
    )
    write(members, COMMITTEE)
    held = committee_from(read_toml(members), members.name)
    told(lambda: list(held.reasons(date(2026, 3, 31), read_edition(edition).committee)))
