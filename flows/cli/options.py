"""Options and arguments that many commands have."""

from pathlib import Path
from typing import Annotated

import typer

from models.outgoing import naming_nobody

Folder = Annotated[
    Path,
    typer.Option(
        "--chapter", "-c", envvar="CLERK_CHAPTER", help="The chapter's folder, with chapter.toml."
    ),
]
HERE = Path()
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
On = Annotated[str, typer.Option("--on", help="A day, such as 2026-03-31. Today if left out.")]


def _name(by: str) -> str:
    """Refused before anything is done: the record holds no address (DP-3)."""
    return naming_nobody(by, "--by")


By = Annotated[str, typer.Option(help="Your name, for the audit log.", callback=_name)]
