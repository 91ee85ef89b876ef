"""`clerk bylaws`: the file of a chapter's bylaws."""

import typer

from flows.cli.options import HERE, Folder

bylaws = typer.Typer(help="The file of the chapter's bylaws.", no_args_is_help=True)


@bylaws.callback()
def _group() -> None:
    """Keep `join` a command of its own while it is the only one."""


@bylaws.command()
def join(folder: Folder = HERE) -> None:
    """Print the two bylaws files of older chapters as the one file that says the same."""
    from connectors.settings import load_chapter
    from flows.printable import echo
    from models.bylaws.two_files import joined
    from models.errors import FixTheSettings

    texts = load_chapter(folder).bylaws_texts()
    if texts is None:
        raise FixTheSettings(
            "the chapter does not have two bylaws files to join",
            where="chapter.toml bylaws",
            next_step="nothing to do; `clerk doctor` shows which file is used",
        )
    echo(joined(*texts).rstrip())
