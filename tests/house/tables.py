"""What the code says of its settings, commands, sheets, exit codes and bylaws, as tables."""

import re
import types
import typing
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer
from pydantic import AwareDatetime, BaseModel, SecretStr
from pydantic.fields import FieldInfo

from connectors.settings import EDITIONS, Chapter
from flows.cli.main import app
from models.bylaws.cited import Cited
from models.bylaws.conditions import AnyCondition
from models.bylaws.paths import Membership
from models.bylaws.rules import BylawsVersion, bylaws_from
from models.contests.contest import Contest
from models.contests.settings import Settings
from models.errors import ClerkError
from models.intake.columns import COLUMNS
from models.intake.tables import Columns
from models.intake.year_columns import YEAR_COLUMNS
from models.mail.notices import KINDS, NoticeKind
from models.old_names import BYLAWS, CHAPTER, names_of
from models.votes.election import BallotSource, Election
from models.votes.guide import GuideDistrict, GuideStatement, GuideWords, Link
from tests.elections import lids
from tests.house.kept import Kept
from tests.pointers import table as pointers

_TYPES = {
    str: "text",
    Path: "path",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    time: "time of day",
    date: "day",
    datetime: "date and time",
    AwareDatetime: "date and time",
    Fraction: 'a part, as `"60%"` or `"3/5"`',
    SecretStr: "secret text",
}


_VOLUNTEERS, _REQUESTS = ("profiles",), ("requests",)
_STATE = ("statewide",)


def pages() -> dict[str, tuple[Kept, ...]]:
    """Page of `docs/` → its tables."""
    return {
        "adopting.md": tuple(_editions()),
        "commands.md": tuple(_commands()),
        "elections.md": tuple(_elections()),
        "exit-codes.md": (_exit_codes(),),
        "pointers.md": pointers.tables(),
        "running.md": (_closed_lid(),),
        "settings.md": (*_settings(Chapter, ""), _old_names()),
        "sheets.md": tuple(_sheets({k: c for k, c in COLUMNS.items() if k not in _STATE})),
        "state.md": tuple(_sheets({one: COLUMNS[one] for one in _STATE})),
        "volunteers.md": tuple(_sheets({one: YEAR_COLUMNS[one] for one in _VOLUNTEERS})),
        "requests.md": tuple(_sheets({one: YEAR_COLUMNS[one] for one in _REQUESTS})),
        "year.md": tuple(
            _sheets({k: c for k, c in YEAR_COLUMNS.items() if k not in (*_VOLUNTEERS, *_REQUESTS)})
        ),
    }


# ── settings ──────────────────────────────────────────────────────────────────────────────────


def _settings(model: type[BaseModel], place: str) -> Iterator[Kept]:
    """One table a section of `chapter.toml`, outer ones first."""
    own = {n: f for n, f in model.model_fields.items() if (place, n) != ("", "folder")}
    inner = {name: section for name, f in own.items() if (section := _section(f.annotation))}
    yield Kept(
        f"settings {place}".strip(),
        ("Setting", "Type", "Default", "Meaning", "Rule"),
        tuple((f"`{n}`", _type(f.annotation), _default(f)) for n, f in own.items()
              if n not in inner),
        heading=place,
    )  # fmt: skip
    for name, section in inner.items():
        path = ".".join(filter(None, (place.strip("[]"), name)))
        many = get_origin(own[name].annotation) is tuple
        yield from _settings(section, f"[[{path}]]" if many else f"[{path}]")


def _old_names() -> Kept:
    """Names of before, which work for a release."""
    files = [("`chapter.toml`", one) for one in CHAPTER] + [("the bylaws", one) for one in BYLAWS]
    rows = tuple(
        (f"`{old}`", f"`{new}`", file) for file, one in files for old, new in [names_of(one)]
    )
    return Kept("old names", ("Old name", "New name", "In"), rows)


def _closed_lid() -> Kept:
    """What is late and what is lost, as tests hold it."""
    rows = tuple((name, *said) for name, said in lids.ROWS.items())
    return Kept("a closed lid", lids.HEADERS, rows)


def _section(annotation: Any) -> type[BaseModel] | None:
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def _type(annotation: Any) -> str:
    parts = [part for part in get_args(annotation) if part not in (type(None), ...)]
    match get_origin(annotation):
        case typing.Union | types.UnionType:
            return _type(parts[0])
        case typing.Annotated:
            return _type(parts[0])
        case origin if origin is Literal:
            return "one of " + ", ".join(f"`{_toml(part)}`" for part in parts)
        case origin if origin is tuple:
            return f"list of: {_type(parts[0])}"
        case origin if origin is dict:
            return "table"
    if annotation is NoticeKind:
        return ", ".join(f"`{_toml(kind)}`" for kind in KINDS)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(f"`{_toml(each.value)}`" for each in annotation)
    return _TYPES.get(annotation, getattr(annotation, "__name__", str(annotation)).casefold())


def _default(field: FieldInfo) -> str:
    return "required" if field.is_required() else f"`{_toml(field.default)}`".replace("`–`", "–")


def _toml(value: Any) -> str:
    """A value as it is written in `chapter.toml`."""
    match value:
        case None:
            return "–"
        case bool():
            return str(value).casefold()
        case time():
            return value.isoformat()
        case tuple():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case str() | Path():
            return f'"{value}"'
    return str(value)


# ── commands ──────────────────────────────────────────────────────────────────────────────────


def _commands() -> Iterator[Kept]:
    leaves = dict(_leaves(typer.main.get_command(app), ()))
    yield Kept(
        "commands", ("Command", "What it does"),
        tuple((f"`clerk {name}`", _plain(command.help)) for name, command in leaves.items()),
    )  # fmt: skip
    for name, command in leaves.items():
        rows = [(_called(one), *filter(None, [_explained(one)]))
                for one in command.params if one.name != "help" and not _is_old(one)]  # fmt: skip
        yield Kept(
            f"clerk {name}", ("Argument or option", "What it does"), tuple(rows),
            heading=f"clerk {name}",
        )  # fmt: skip


@cache
def leaves() -> tuple[str, ...]:
    """Every command there is, as it is typed after `clerk`."""
    return tuple(name for name, _ in _leaves(typer.main.get_command(app), ()))


def _leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(path), command
        return
    if path and command.invoke_without_command:
        yield " ".join(path), command
    for name, each in inner.items():
        if not _is_old(each):
            yield from _leaves(each, (*path, name))


def _is_old(named: Any) -> bool:
    """Whether a command or an option is a name of before, which no list shows."""
    return bool(getattr(named, "hidden", False))


def _called(one: Any) -> str:
    if one.param_type_name == "argument":
        name = str(one.metavar or one.name).strip("[]").upper()
        return f"`{name}`" if one.required else f"`[{name}]`"
    calls = ", ".join(f"`{call}`" for call in (*one.opts, *one.secondary_opts))
    if one.is_flag:
        return calls
    return f"{calls} {one.metavar or one.name.upper()}"


def _explained(one: Any) -> str:
    """What an option says of itself: its help, or else what it asks."""
    return _plain(getattr(one, "help", "") or getattr(one, "prompt", ""))


def _plain(help_text: str | None) -> str:
    return " ".join((help_text or "").split("\n\n")[0].split())


# ── sheets, exit codes, bylaws ────────────────────────────────────────────────────────────────


def _sheets(kinds: Mapping[str, Columns]) -> Iterator[Kept]:
    for kind, columns in kinds.items():
        rows = tuple(
            (f"`{field}`", header, "yes" if field in columns.required else "no")
            for field, header in columns.headers.items()
        )
        headers = ("Field", "Usual header", "Column needed", "What may stand in a cell")
        yield Kept(f"sheet {kind}", headers, rows, heading=kind)


def _exit_codes() -> Kept:
    codes = sorted((kind.exit_code, kind.__name__) for kind in ClerkError.__subclasses__())
    rows = tuple((str(code), f"`{name}`") for code, name in codes)
    return Kept("exit codes", ("Code", "In the code", "Meaning", "What a script does"), rows)


def _editions() -> Iterator[Kept]:
    headers = ("Key", "Value", "JP Progressives", "Rule", "Meaning")
    given = bylaws_from(_read("jp-progressives"), "jp-progressives").editions[-1]
    for group, field in BylawsVersion.model_fields.items():
        section = _section(field.annotation)
        if section is None:
            continue
        if section is Membership:
            yield from _membership(given.membership)
            continue
        there = getattr(given, group)
        rows = [
            (f"`{name}`", _ruled(f.annotation), _shown(getattr(there, name)), _rule(there, name))
            for name, f in section.model_fields.items()
        ]
        heading = f"[editions.{group}.…]"
        yield Kept(f"edition {group}", headers, tuple(rows), heading=heading)


def _membership(given: Membership) -> Iterator[Kept]:
    """The lists of kinds, and each condition with its keys."""
    fields = {name: f for name, f in Membership.model_fields.items() if name != "paths"}
    rows = [
        (
            f"`{name}`",
            _ruled(_section(f.annotation)),
            _shown(getattr(given, name)),
            _rule(given, name),
        )
        for name, f in fields.items()
    ]
    headers = ("Key", "Value", "JP Progressives", "Rule", "Meaning")
    yield Kept("edition membership", headers, tuple(rows), heading="[editions.membership.…]")
    conditions = [_condition(kind) for kind in get_args(get_args(AnyCondition)[0])]
    headers = ("Condition", "Its keys", "It holds when")
    yield Kept("edition conditions", headers, tuple(conditions), heading="conditions")


def _condition(kind: type[BaseModel]) -> tuple[str, str]:
    own = [name for name in kind.model_fields if name not in ("condition", "rule", "cite")]
    keys = (f"`{name}`" + ("" if kind.model_fields[name].is_required() else " (optional)")
            for name in own)  # fmt: skip
    return f"`{kind.model_fields['condition'].default}`", ", ".join(keys) or "none"


def _ruled(annotation: Any) -> str:
    """What `value` may be, of one entry of an edition."""
    inner = annotation.model_fields["value"].annotation
    return _type(inner)


def _shown(entry: Cited[Any]) -> str:
    value = entry.value
    if isinstance(value, tuple | dict) and len(value) > 3:
        return f"{len(value)} entries"
    return f"`{_toml(value)}`" if isinstance(value, bool | str | int | tuple) else f'`"{value}"`'


def _rule(group: Any, name: str) -> str:
    return str(getattr(group, name).rule)


def _elections() -> Iterator[Kept]:
    headers = ("Key", "Type", "Default", "Meaning", "Rule")
    for place, model, apart in (
        ("election.toml", Election, ("name", "contests", "ballots")),
        ("[ballots]", BallotSource, ()),
    ):
        yield Kept(f"election {place}", headers, _keys(model, apart), heading=place)
    for place, words, apart in (
        ("guide.toml", GuideWords, ("districts", "statements")),
        ("[[districts]]", GuideDistrict, ()),
        ("[[statements]]", GuideStatement, ()),
        ("a link", Link, ()),
    ):
        yield Kept(f"guide {place}", headers, _keys(words, apart), heading=place)


def contest_keys() -> set[str]:
    """Everything that a contest's file may say."""
    kinds = (*get_args(Contest), Settings)
    return {key for kind in kinds for key in kind.model_fields}


FILLED_IN = {"record_date": "the day of `opens`"}
"""What the reader of an election's folder puts in where its file leaves it out."""


def _keys(model: type[BaseModel], apart: Collection[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (f"`{name}`", _type(field.annotation), FILLED_IN.get(name) or _default(field))
        for name, field in model.model_fields.items()
        if name not in apart
    )


def edition_keys() -> set[str]:
    """What one edition says of itself."""
    return set(BylawsVersion.model_fields)


@cache
def _read(edition: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads((EDITIONS / f"{edition}.toml").read_text("utf-8"))


def rule_ids(text: str) -> set[str]:
    """The rules that a text cites."""
    return set(re.findall(r"\b(?:VM|EN|BA|SC|DP|ST)-R?\d+\b", text))
