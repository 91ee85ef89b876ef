"""The program's version, and the completion of commands in a shell."""

import os
import platform
from importlib.metadata import version
from typing import Annotated, Literal

import typer

COMPLETES = "_CLERK_COMPLETE"
"""The variable by which a shell asks for the words that fit."""
THAT_MATTER = ("prefect", "gspread", "mailchimp-marketing", "pydantic", "sqlalchemy")


def show_version(wanted: bool) -> None:
    """Print the program's version and those that matter for a report, then end."""
    if wanted:
        others = ", ".join(f"{name} {version(name)}" for name in THAT_MATTER)
        typer.echo(f"Chapter Clerk {version('chapter-clerk')}")
        typer.echo(f"Python {platform.python_version()}, {others}")
        raise typer.Exit


def completion(
    shell: Annotated[Literal["bash", "zsh", "fish"], typer.Argument(help="Your shell.")],
) -> None:
    """Print what makes your shell complete commands, to add to its settings."""
    from typer._completion_shared import get_completion_script

    typer.echo(get_completion_script(prog_name="clerk", complete_var=COMPLETES, shell=shell))


def complete_if_asked() -> None:
    """Let a shell that asks for the words that fit be understood."""
    if COMPLETES in os.environ:
        from typer._completion_classes import completion_init

        completion_init()
