"""A command that a message names can be typed: it is there, with its options and what it needs."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from flows.cli.main import app
from tests.house.project import named, sources, tree
from tests.house.tables import leaves

TYPED = re.compile(r"\bclerk ((?:[a-z]+)(?: (?:[a-z]+\b|--[a-z-]+|[A-Z]{2,}|…|“…”))*)")
"""`clerk`, words, options and places to fill in: as far as somebody would type it."""
QUOTED = re.compile(r"`clerk ([^`]+)`")
MADE_BY_IT = re.compile(r"`clerk [^`]+` (wrote|printed|writes)")
FILES = [path for path in sources() if "clerk " in path.read_text("utf-8")]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_command_in_backticks_is_one_and_has_these_options(path: Path) -> None:
    for line, said in texts(path):
        for shown in QUOTED.findall(said):
            words = shown.split("|")[0].split()
            name = name_of(words)
            if name is None:
                assert words[0] in {one.split()[0] for one in leaves()} | {"…"}, f"{line}: {shown}"
                continue
            wrong = {word for word in words if word.startswith("--")} - options(name)
            assert not wrong, f"line {line}: `clerk {name}` has no {wrong}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_next_step_names_what_its_command_needs(path: Path) -> None:
    """Whoever types `clerk election status` as it was said is asked for the vote's name."""
    lacking = [
        f"line {line}: `clerk {shown}` needs {', '.join(missing)}"
        for line, said in next_steps(path)
        if not MADE_BY_IT.search(said)
        for shown in QUOTED.findall(said)
        if (name := name_of(shown.split())) and (missing := needs(name, shown.split()))
    ]
    assert lacking == []


def test_the_reading_finds_a_command_that_is_none() -> None:
    assert name_of(["election", "status", "…"]) == "election status"
    assert name_of(["nightly"]) is None
    assert needs("election status", ["election", "status"]) == ["NAME"]
    assert needs("election status", ["election", "status", "…"]) == []
    assert "--approve" in options("sync")


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a file with their lines; docstrings among them."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant | ast.JoinedStr) and (said := text_of(node)):
            yield node.lineno, said


def next_steps(path: Path) -> Iterator[tuple[int, str]]:
    """What stands behind `next_step=`, and what functions of that name return."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.keyword) and node.arg == "next_step":
            found: Iterator[ast.AST] = ast.walk(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name == "next_step":
            found = (one for each in ast.walk(node) if isinstance(each, ast.Return)
                     for one in ast.walk(each))  # fmt: skip
        else:
            continue
        for one in found:
            if isinstance(one, ast.Constant | ast.JoinedStr) and (said := text_of(one)):
                yield node.lineno if hasattr(node, "lineno") else 0, said


def text_of(node: ast.Constant | ast.JoinedStr) -> str:
    """A text; what is filled in is `…`."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    parts = (str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return "".join(parts)


def name_of(words: list[str]) -> str | None:
    """The command that words begin with."""
    return next((n for n in (" ".join(words[:2]), words[0]) if n in leaves()), None)


@cache
def command(name: str) -> Any:
    found: Any = typer.main.get_command(app)
    for word in name.split():
        found = found.commands[word]
    return found


@cache
def options(name: str) -> set[str]:
    """All that may be typed behind a command."""
    calls = {call for one in command(name).params for call in (*one.opts, *one.secondary_opts)}
    return calls | {"--help"}


def needs(name: str, words: list[str]) -> list[str]:
    """The arguments that a command asks for and that are not there."""
    given = words[len(name.split()) :]
    flags = {call for one in command(name).params if getattr(one, "is_flag", False)
             for call in one.opts}  # fmt: skip
    before = [name, *given]
    places = [word for last, word in zip(before, given, strict=False) if not word.startswith("--")
              and (last in flags or not last.startswith("--"))]  # fmt: skip
    asked = [
        (one.metavar or one.name or "").strip("[]{}").upper()
        for one in command(name).params
        if one.param_type_name == "argument" and one.required
    ]
    return asked[len(places) :]
