"""The pages for developers name what is there: each file, and each function or class in it."""

import ast
import re

import pytest
import typer

from flows.cli.main import app
from models.mail.notices import KINDS
from tests.house.kept import DOCS
from tests.house.project import ROOT, text, tree
from tests.house.tables import leaves

NAMED = re.compile(r"`((?:models|connectors|flows|tests|docs)/[\w./-]+)(?::([\w.]+))?`")
PAGES = ("lifecycle.md", "developing.md")


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_for_developers_names_is_there(page: str) -> None:
    named = NAMED.findall(text(DOCS / page))
    assert named
    assert [f"{file}:{name}".rstrip(":") for file, name in named if not _is_there(file, name)] == []


def test_the_lifecycle_names_who_does_each_step() -> None:
    rows = [line for line in text(DOCS / "lifecycle.md").splitlines() if line.startswith("| ")]
    steps = [row for row in rows if not row.startswith("| Step")]
    assert steps
    assert [row for row in steps if not NAMED.search(row.rpartition(" | ")[2])] == []


def test_the_help_of_emails_names_each_kind() -> None:
    """It cannot be made from `KINDS`: to import them takes longer than a command may."""
    command = typer.main.get_command(app).commands["emails"].commands["preview"]  # type: ignore[attr-defined]
    assert [kind for kind in KINDS if kind not in command.params[0].help] == []
    assert "emails preview" in leaves()


def _is_there(file: str, name: str) -> bool:
    path = ROOT / file
    if not name:
        return path.exists()
    node: ast.AST = tree(path) if path.is_file() else ast.Module([], [])
    for part in name.split("."):
        found = [n for n in getattr(node, "body", ()) if _called(n) == part]
        if not found:
            return False
        node = found[0]
    return True


def _called(node: ast.stmt) -> str:
    """What a statement defines, if one name."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""
