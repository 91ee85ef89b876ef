"""`clerk init`: from nothing to the first plan to look at."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[
        Path,
        typer.Argument(envvar="CLERK_CHAPTER", help="The chapter's folder, new or old."),
    ],
    template: Annotated[
        bool,
        typer.Option(
            "--template",
            help="Only write CSV files with the right headers into the folder, for a chapter that "
            "has no spreadsheet yet.",
        ),
    ] = False,
) -> None:
    """Ask for what a chapter needs, look at its sheets, and write chapter.toml.

    Run it again to go on where you stopped, or to add a spreadsheet or form.
    """
    from flows import console

    if template:
        from flows.setup.template import INSTRUCTIONS, write

        files = write(folder)
        console.say(f"{len(files)} files are in {folder}. Next: read “{INSTRUCTIONS}”.")
        return
    from flows.setup.run import run

    try:
        code = run(folder, _ask, patient=sys.stdin.isatty())
    except (typer.Abort, KeyboardInterrupt):
        console.warn(f"What you answered is kept. `clerk init {folder}` goes on from here.")
        raise typer.Abort from None
    raise typer.Exit(code)


def _ask(question: str, secret: bool) -> str:
    """Ask on the terminal; in a pipe, the next line is the answer.

    Raises:
        Unanswered: the pipe has no more lines.
    """
    if sys.stdin.isatty():
        end = " " if question.endswith("?") else ": "
        typed: str = typer.prompt(
            question, default="", show_default=False, hide_input=secret, prompt_suffix=end
        )
        return typed
    from flows.printable import echo
    from flows.setup.interview import Unanswered, question_of

    echo(question)
    if line := sys.stdin.readline():
        return line
    raise Unanswered(
        f"no answer was given to “{question_of(question)}”",
        where="clerk init",
        next_step="run it again in a terminal, or with more lines of answers; what was answered "
        "is kept",
    )
