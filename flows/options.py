"""Options and arguments that many commands have."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[
    Path,
    typer.Option(
        "--chapter", "-c", envvar="CLERK_CHAPTER", help="The chapter's folder, with chapter.toml."
    ),
]
HERE = Path()
Json = Annotated[bool, typer.Option("--json", help="For a script.")]
On = Annotated[str, typer.Option("--on", help="A day such as 2026-03-31; today if left out.")]
By = Annotated[str, typer.Option(help="Your name, for the record.")]
