"""Options and arguments that many commands have."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

_REHEARSAL = re.compile(r"^\[rehearsal\]", re.MULTILINE)


def _marked(folder: Path) -> Path:
    """Say first that a folder is a rehearsal's, whatever command it is."""
    from connectors.files.own_files import as_text, read_own
    from models.errors import FixTheSettings

    with suppress(FixTheSettings):  # whoever reads the settings says what is wrong with them
        file = folder / "chapter.toml"
        if _REHEARSAL.search(as_text(read_own(file, folder), file.name)):
            from flows import console

            console.warn("This is a rehearsal: invented people, and a time of its own.")
    return folder


Folder = Annotated[
    Path,
    typer.Option(
        "--chapter",
        "-c",
        envvar="CLERK_CHAPTER",
        help="The chapter's folder, with chapter.toml.",
        callback=_marked,
    ),
]
HERE = Path()
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
On = Annotated[str, typer.Option("--on", help="A day, such as 2026-03-31. Today if left out.")]


def _name(by: str) -> str:
    """Refused before anything is done: the record holds no address (DP-3)."""
    from models.outgoing import naming_nobody

    return naming_nobody(by, "--by")


def tell_of_old(old: str, new: str) -> None:
    """Tell that something typed has a new name."""
    from connectors.files.old_names import tell
    from models.old_names import notice

    tell(notice("the command line", [(old, new)]))


def old_option(old: str, new: str) -> Any:
    """An option's name of before: it works for a release, is not listed, and says so.

    Args:
        old: as it is declared, `--old` or `--old/--no-old`.
    """

    def told(given: bool) -> bool:
        if given:
            tell_of_old(old.partition("/")[0], new)
        return given

    return typer.Option(old, hidden=True, callback=told)


By = Annotated[str, typer.Option(help="Your name, for the audit log.", callback=_name)]
AsLookedAt = Annotated[
    str,
    typer.Option(
        "--approve", metavar="FINGERPRINT", help="Send exactly the email that you looked at."
    ),
]
_REMOVE = "Remove the person from the voter roll."
Remove = Annotated[bool, typer.Option("--remove", help=_REMOVE)]
Strike = Annotated[bool, old_option("--strike", "--remove")]
