"""The docs say what the program does: every setting, command, column, code, key and message."""

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
import typer

from connectors.settings import Chapter, load_chapter
from flows.cli.main import app
from models.bylaws.rules import bylaws_from
from models.contests.contest import Approval, CommitteeDecision, Contest, contest_from
from models.contests.offices import before_opening
from models.contests.unsaid import unsaid
from models.dates import day_of
from models.intake.consents import NO, YES
from models.intake.participation import ExceptionKind
from tests.house.kept import DOCS, gaps, names, renewed
from tests.house.project import ROOT, files, literals, named, sources, text
from tests.house.rules import COPY, copied
from tests.house.tables import contest_keys, edition_keys, leaves, pages, rule_ids
from tests.models.bylaws.texts import ONE

PAGES = pages()
MARKDOWN = [path for path in files() if path.suffix == ".md"]
RENEW = "run `python -m tests.house`, and explain what it asks for"
RULE_ROW = re.compile(r"^\| ([A-Z]{2}-R?\d+) \|", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_lists_what_the_code_has(page: str) -> None:
    said = text(DOCS / page)
    assert said == renewed(said, PAGES[page]), RENEW
    assert names(said) == [table.name for table in PAGES[page]] or sorted(names(said)) == sorted(
        table.name for table in PAGES[page]
    ), "a table of something that is no more"
    assert gaps(said) == []


def test_a_new_setting_would_be_missed_and_what_was_written_stays() -> None:
    from tests.house.kept import Kept

    before = Kept("t", ("Name", "Default", "Meaning"), (("`a`", "1"),))
    after = Kept("t", ("Name", "Default", "Meaning"), (("`a`", "2"), ("`b`", "3")))
    page = renewed("# Page\n\n<!-- kept: t -->\n\nText.\n", [before]).replace("1 |  |", "1 | one |")
    again = renewed(page, [after])
    assert "| `a` | 2 | one |\n| `b` | 3 |  |\n\nText." in again
    assert gaps(again) == ["t: `b`"]


def test_every_variable_of_the_environment_is_told() -> None:
    pattern = re.compile(r"\b(?:CLERK|PREFECT)_[A-Z_]*[A-Z]\b|\bDO_NOT_TRACK\b")
    read = {name for path in sources("connectors", "flows") for name in pattern.findall(text(path))}
    assert read - set(pattern.findall(text(DOCS / "settings.md"))) == set()


def test_the_example_of_a_chapter_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "chapter.toml").write_text(text(DOCS / "chapter.example.toml"))
    assert load_chapter(tmp_path).name == "Your Chapter"


def test_the_example_names_only_settings_there_are() -> None:
    switched_on = re.sub(r"(?m)^# (?=[\[a-z])(?=.*[\[=])", "", text(DOCS / "chapter.example.toml"))
    assert Chapter(folder=ROOT, **tomllib.loads(switched_on)).forms


def test_the_words_for_yes_and_no_are_those_understood() -> None:
    row = _row("sheets.md", "yes or no")
    yes, no = (set(re.findall(r"`(.+?)`", half)) for half in row.split("; or "))
    assert yes <= YES
    assert no <= NO


def test_the_styles_of_a_day_are_those_understood() -> None:
    zone = ZoneInfo("America/New_York")
    said = re.findall(r"`(.+?)`", _row("sheets.md", "a day"))
    days = {day_of(style, zone, zone).isoformat() for style in said}
    assert days == {"2026-03-31", "2026-03-04"}


def test_the_kinds_of_exception_are_told() -> None:
    told = re.findall(r"^\| `([a-z ]+)` \|", text(DOCS / "sheets.md"), re.MULTILINE)
    assert {kind.value for kind in ExceptionKind} <= set(told)


def test_what_an_edition_says_of_itself_is_told() -> None:
    said = text(DOCS / "adopting.md")
    assert [key for key in edition_keys() if key not in said] == []


def test_the_edition_in_the_docs_is_one(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.+?)```", text(DOCS / "adopting.md"), re.DOTALL)
    assert block
    entry = tomllib.loads(block[1])["editions"]["endorsement"]["threshold"]
    assert entry.keys() == {"value", "rule", "cite"}


def test_the_third_path_of_the_docs_is_one_of_the_built_in_edition() -> None:
    """Data only: the lines as they stand on the page, put behind the built-in file."""
    blocks = re.findall(r"```toml\n(.+?)```", text(DOCS / "adopting.md"), re.DOTALL)
    (third,) = (block for block in blocks if block.startswith("[[editions.membership.paths]]"))
    with_its_kind = ONE.replace('["monthly meeting"', '["annual meeting", "monthly meeting"', 1)
    table = tomllib.loads(f"{with_its_kind}\n{third}")
    paths = bylaws_from(table, "bylaws.toml").editions[0].membership.paths
    assert [path.name for path in paths][2:] == ["annual meeting"]


def test_every_key_of_a_contest_is_told() -> None:
    told = set(re.findall(r"`([a-z_]+)`", text(DOCS / "count.md")))
    assert contest_keys() - told == set()


def test_each_key_of_a_contest_is_told_of_the_kinds_that_have_it() -> None:
    """“No endorsement” was said to be on an approval, which refuses it."""
    kinds = {one.model_fields["kind"].default: one for one in get_args(Contest)}
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \| ([^|]+) \|", text(DOCS / "count.md"), re.MULTILINE)
    of: dict[str, set[str]] = {}
    before = set(kinds)
    for keys, said in rows:
        named = {kind for kind in kinds if re.search(rf"\b{kind}\b", said)}
        before = before if "same" in said else set(kinds) - named if "all" in said else named
        of |= dict.fromkeys(re.findall(r"`(\w+)`", keys), before)
    assert len(of) > 40
    told = {(key, kind) for key, some in of.items() for kind in some}
    has = {(key, kind) for kind, one in kinds.items() for key in one.model_fields}
    for kind in ("committee", "approval", "advisory"):  # these are refused there
        has -= {("about", kind), ("settings", kind)}
    assert told == has


@pytest.mark.parametrize("block", range(12))
def test_each_contest_of_the_examples_is_one(block: int) -> None:
    blocks = re.findall(r"```toml\n(.+?)```", text(DOCS / "contests.md"), re.DOTALL)
    assert len(blocks) == 12
    contest = contest_from(tomllib.loads(blocks[block]), "docs/contests.md")
    rules = Chapter.model_construct(folder=ROOT).read_bylaws().editions[-1].counting
    if not isinstance(contest, Approval | CommitteeDecision):  # the committee's own: `clerk count`
        asked = [*before_opening(contest, rules, date(2026, 3, 1)), *unsaid(contest)]
        assert [reason for reason in asked if not reason.holds] == []


def test_every_message_of_the_troubleshooting_is_one_of_ours() -> None:
    ours = [said.casefold() for path in sources() for said in literals(path)]
    # A text may be put together from pieces: each part between dots must be ours.
    said = text(DOCS / "troubleshooting.md")
    for message in re.findall(r"^\| (`.+?`) \|", said, re.MULTILINE):
        for part in re.split(r"…|; |`, `|`", message):
            wanted = part.strip(" :;“”").casefold()
            assert any(wanted in said for said in ours), f"nobody says “{wanted}”"


def test_every_rule_cited_can_be_looked_up() -> None:
    known = set(RULE_ROW.findall(text(DOCS / "rules.md")))
    for path in files():
        unknown = rule_ids(text(path)) - known
        assert not unknown, f"{named(path)} cites {', '.join(sorted(unknown))}"


def test_every_rule_listed_has_a_sentence_of_its_own() -> None:
    listed = RULE_ROW.findall(text(DOCS / "rules.md"))
    assert len(listed) == len(set(listed)) > 60


def test_pages_say_of_a_rule_what_its_row_says() -> None:
    assert text(COPY) == copied(), "run `python -m tests.house`"
    assert tomllib.loads(text(COPY)).keys() == set(RULE_ROW.findall(text(DOCS / "rules.md")))


def test_pages_that_messages_name_are_there() -> None:
    said = {
        page for path in sources() for page in re.findall(r"docs/[\w.-]+\.(?:md|toml)", text(path))
    }
    assert sorted(page for page in said if not (ROOT / page).exists()) == []


@pytest.mark.parametrize("page", MARKDOWN, ids=named)
def test_commands_that_a_page_shows_can_be_typed(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        return
    for shown in _shown(text(page)):
        words = shown.split()
        name = next((n for n in (" ".join(words[:2]), words[0]) if n in leaves()), None)
        assert name, f"there is no `clerk {shown}`"
        wrong = {word.partition("=")[0] for word in words if word.startswith("--")} - _options(name)
        assert not wrong, f"`clerk {name}` has no {wrong}"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["postgresql"]]
    reasons = _plain(text(DOCS / "decisions" / "0002-dependencies.md"))
    names_ = [re.split(r"[\[<>=~ ]", each)[0] for each in wanted]
    assert [name for name in names_ if _plain(name) not in reasons] == []


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-")


def _row(page: str, first: str) -> str:
    (row,) = re.findall(rf"^\| {first} \|(.+)\|$", text(DOCS / page), re.MULTILINE)
    return str(row)


def _shown(page: str) -> list[str]:
    """What stands after `clerk` wherever a page shows code."""
    blocks = re.findall(r"```\w*\n(.*?)```", page, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page, flags=re.DOTALL))
    typed = re.compile(r"(?:^|[\s/])clerk ((?:[a-z]+)(?: .*)?)$")
    typed_ones = [one.removeprefix("$ ") for one in (*lines, *spans) if _is_command(one)]
    found = [typed.search(re.split(r"\s#|[;|>]|\\$", one)[0].strip()) for one in typed_ones]
    return [one[1] for one in found if one]


def _is_command(line: str) -> bool:
    return bool(
        re.match(
            r"(\$ )?(export )?([A-Z_]+=\S+ |sudo -u \w+ |\S*ExecStart=)*(\S*/)?clerk [a-z]", line
        )
    )


@cache
def _options(name: str) -> set[str]:
    command: Any = typer.main.get_command(app)
    for word in name.split():
        command = command.commands[word]
    return {call for one in command.params for call in (*one.opts, *one.secondary_opts)} | {
        "--help"
    }
