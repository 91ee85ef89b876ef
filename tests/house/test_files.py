"""What holds for every file of the project."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.house.project import FLOORS, ROOT, files, named, sources, text, tree

LONGEST, LONGEST_TESTS = 300, 400

NOBODYS = re.compile(r"(^|\.)(example\.(org|com|net)|localhost|invalid|test)$|^127\.0\.0\.1$")
"""Domains that are nobody's (RFC 2606), and this machine itself."""
MADE_UP = {
    "sandbox-chapter.iam.gserviceaccount.com": "the sandbox's service account",
}
FAKE = {
    "yopmail.com": "a throw-away domain that Mailchimp refuses",
    "exampl.org": "a mistyped domain",
    "c.d": "an address cut short",
}
"""Of tests only: domains that stand for something."""


def test_everything_public_says_what_it_is() -> None:
    assert [silent for path in sources() for silent in _silent(path)] == []


def test_no_file_is_long() -> None:
    lines = {named(path): text(path).count("\n") for path in files() if path.suffix == ".py"}
    long = {
        name
        for name, many in lines.items()
        if many > (LONGEST_TESTS if name.startswith("tests/") else LONGEST)
    }
    assert sorted(long) == []


def test_nothing_is_put_off() -> None:
    marks = re.compile(
        r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "HA" + "CK", "X" * 3)) + r")\b"
    )
    assert [named(path) for path in _written() if marks.search(text(path))] == []


def test_no_file_depends_on_one_machine() -> None:
    places = re.compile(r"(?<![\w.:/-])/(?:work|home/\w|Users/\w|root|mnt|tmp/\w)")
    assert [named(path) for path in _written() if places.search(text(path))] == []


def test_no_registry_is_named() -> None:
    hosts = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(org|com)")))
    locks = sorted((ROOT / "requirements").glob("*.lock")) + sorted(
        ROOT.glob("tests/*/package*.json")
    )
    found = [named(path) for path in {*files(), *locks} if hosts.search(path.read_text("utf-8"))]
    assert found == []


def test_addresses_are_nobodys() -> None:
    address = re.compile(r"[\w.+-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
    for path in _written():
        if path.suffix == ".json":
            continue  # locks name packages with an @
        tests = named(path).startswith("tests/")
        for domain in map(str.casefold, address.findall(text(path))):
            known = NOBODYS.search(domain) or domain in MADE_UP or (tests and domain in FAKE)
            assert known or domain.endswith((".service", ".timer")), f"{named(path)}: …@{domain}"


def test_every_import_is_a_declared_dependency() -> None:
    """What only comes along with something else can go away with it."""
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    extras = project["optional-dependencies"].values()
    declared = {
        re.split(r"[\[<>=~ ]", each)[0].casefold()
        for each in (*project["dependencies"], *(one for extra in extras for one in extra))
    }
    owners = packages_distributions()
    imported = {name for path in sources() for name in _imports(path)} - {*FLOORS}
    missing = {
        name for name in imported if name in owners
        and not {owner.casefold().replace("_", "-") for owner in owners[name]} & declared
    }  # fmt: skip
    assert missing - COMES_ALONG.keys() == set()


COMES_ALONG = {
    "httpx": "what Prefect's client asks with, and whose errors it raises",
    "markupsafe": "what Jinja marks text with that is HTML",
    "pydantic_core": "pydantic's own",
    "urllib3": "what requests is built on; its connections are reached through requests alone",
}


def _written() -> Iterator[Path]:
    """Files with words; data of others' elections are theirs."""
    return (path for path in files() if "tests/cases/public" not in named(path)
            and "package-lock" not in path.name)  # fmt: skip


def _silent(path: Path) -> Iterator[str]:
    """What is public and has no docstring.

    The sandbox's shapes and routes are the services' own. A method that overrides, or is one
    expression long, says it by its name.
    """
    if text(path).strip() and not ast.get_docstring(tree(path)):
        yield named(path)
    if named(path).startswith(("connectors/sandbox/", "connectors/ledger/migrations/")):
        return
    told = {node.name for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node)}  # fmt: skip
    for node, within in _public(tree(path), ""):
        short = (
            within
            and isinstance(node, ast.FunctionDef)
            and (len(node.body) == 1 or node.name in told)
        )
        if not ast.get_docstring(node) and not short:
            yield f"{named(path)}: {within}{node.name}"


def _public(
    node: ast.Module | ast.ClassDef, within: str
) -> Iterator[tuple[ast.ClassDef | ast.FunctionDef, str]]:
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef) and not child.name.startswith("_"):
            yield child, within
            if isinstance(child, ast.ClassDef):
                yield from _public(child, f"{child.name}.")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").split(".")[0])
    return found
