"""The project's own files, as the house tests look at them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("models", "connectors", "flows")
_OTHERS = {"node_modules", "screenshots", "__pycache__"}
_TOP = ("*.md", "*.toml", "Makefile", "LICENSE", ".ci/*", "requirements/*.py")
_FOLDERS = (*FLOORS, "docs", "tests")


@cache
def files() -> tuple[Path, ...]:
    """Every text file that people wrote."""
    patterns = (*_TOP, *(f"{folder}/**/*" for folder in _FOLDERS))
    found = (path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())
    return tuple(
        sorted(
            path for path in set(found) if not _OTHERS.intersection(path.parts) and _is_text(path)
        )
    )


@cache
def sources(*tops: str) -> tuple[Path, ...]:
    """The Python files of some top folders; of the three floors, if none is named."""
    wanted = tops or FLOORS
    return tuple(
        path for path in files() if path.suffix == ".py" and named(path).split("/")[0] in wanted
    )


def named(path: Path) -> str:
    """A file as it is named from the project's root."""
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    """What a file says."""
    return path.read_text("utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(text(path))


def literals(path: Path) -> Iterator[str]:
    """The texts in a Python file; what is filled into one becomes `…`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )


def _is_text(path: Path) -> bool:
    try:
        text(path)
    except UnicodeDecodeError:
        return False
    return True
