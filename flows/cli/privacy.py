"""`clerk person`, `retention`, `ledger`, `backup`, `restore`: what is held, and how it goes."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import HERE, By, Folder, Json

person = typer.Typer(
    help="Show or erase what the program holds about a person.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ledger = typer.Typer(
    help="Encrypt or decrypt the personal data in the ledger.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Who = Annotated[str, typer.Argument(help="An id, an email address, or the beginning of a name.")]
File = Annotated[Path, typer.Argument(help="The backup file.")]


@person.command("show")
def show(who: Who, folder: Folder = HERE, as_json: Json = False) -> None:
    """Show everything stored about a person and where, to give to that person (DP-6)."""
    from flows import console
    from flows.context import open_chapter
    from flows.privacy.person import find, held_on, many

    with open_chapter(folder) as context:
        held = held_on(context, find(context, who))
    if as_json:
        console.print_json([one._asdict() for one in held])
    else:
        console.title(f"{many(held)} items are stored. Show them only to this person.")
        console.table(("Where", "What", "What for"), held)


@person.command("forget")
def forget(
    who: Who,
    by: By,
    folder: Folder = HERE,
    yes: Annotated[
        bool, typer.Option("--yes", help="Make the changes. Without this option, only show them.")
    ] = False,
    keep_contact: Annotated[
        bool,
        typer.Option(
            "--keep-contact",
            help="Keep the person on the mailing list. Erase only what this program added.",
        ),
    ] = False,
    others_too: Annotated[
        bool, typer.Option("--others-too", help="Erase what others lose with a shared address.")
    ] = False,
) -> None:
    """Erase a person everywhere the program can, including the mailing list (DP-6)."""
    from flows import console
    from flows.context import open_chapter
    from flows.privacy.household import sharing
    from flows.privacy.person import find, held_on, many
    from flows.privacy.person import forget as run
    from flows.views import roll as views
    from flows.votes.fact_names import shown

    with open_chapter(folder) as context:
        entry = find(context, who)
        if not yes:
            console.title(f"{entry.person.id}: {many(held_on(context, entry))} items are stored.")
            for one in map(views.name_of, sharing(context, entry.person)):
                console.say(f"An address is shared with {one}: it is erased for both.")
            console.say(
                "Nothing was erased. Erasing cannot be undone. To erase, run the same "
                "command with --yes."
            )
            return
        done = run(context, entry, by, keep_contact=keep_contact, others_too=others_too)
    counts = ", ".join(f"{many} {shown(what)}" for what, many in done.counts.items())
    console.title(f"Erased: {done.contacts} contacts on the mailing list, {counts}")
    if done.still_named:
        console.say("The chapter's sheets still name this person. Delete these rows yourself:")
        for place in done.still_named:
            console.say(f"  {place}")
    console.say("What is kept, and why:")
    for line in done.remains:
        console.say(f"  – {line}")


@person.command("readmit")
def readmit(by: By, folder: Folder = HERE) -> None:
    """Let an erased person back in.

    Asks for the address, so that it stays out of the shell history.
    """
    from flows import console
    from flows.context import open_chapter
    from flows.privacy.person import readmit as run
    from models.errors import FixTheData
    from models.privacy import Email

    try:
        address = Email.parse(typer.prompt("Their email address"))
    except ValueError as exc:
        raise FixTheData(str(exc), next_step="type one email address") from None
    with open_chapter(folder) as context:
        back = run(context, address, by)
    console.say("Readmitted. Next: clerk sync --apply" if back else "No one with that address was "
                                                                    "erased.")  # fmt: skip


def retention(
    folder: Folder = HERE,
    apply: Annotated[
        bool, typer.Option("--apply", help="Make the changes. Without this option, only show them.")
    ] = False,
    by: By = "",
) -> None:
    """Delete data past its retention period: voter rolls, codes, rows, status history (DP-6)."""
    from flows import console
    from flows.context import open_chapter
    from flows.privacy.retention import apply as run
    from flows.privacy.retention import due
    from flows.votes.fact_names import shown
    from flows.votes.sending import CLERK
    from models.text import formats

    with open_chapter(folder) as context:
        if apply:
            counts = run(context, by or CLERK)
            console.title("Deleted:" if any(counts.values()) else "Nothing was due.")
            console.table(("What", "How many"), [(shown(what), n) for what, n in counts.items()])
        else:
            found = due(context)
            if not (found.rows or found.votes):
                console.title("Nothing is due.")
                return
            console.title(
                f"{found.rows} rows from before {formats.day(found.horizon)} and the voter rolls "
                f"of {len(found.votes)} elections are due to be deleted."
            )
            console.say("Next: clerk retention --apply")


@ledger.command("encrypt")
def encrypt(
    folder: Folder = HERE,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Create a new key. The old keys are kept below it.")
    ] = False,
) -> None:
    """Encrypt personal data in the ledger with the first key in ledger_key_file.

    Creates the key if it is missing.
    """
    from connectors.net.network_allowlist import allow
    from connectors.settings import load_chapter
    from flows import console
    from flows.privacy.ledger_key import encrypt as run
    from flows.services import ledger_exits

    chapter = load_chapter(folder)
    allow(ledger_exits(chapter))
    done = run(chapter, new_key=new_key)
    if done.made:
        console.say(
            "A new key was created. No one can read the ledger without it. Keep a copy in "
            "a different place."
        )
    if not done.changed:
        console.title("The ledger is already encrypted.")
        return
    console.title("The personal data in the ledger is encrypted.")
    if done.was_plain:
        console.say("Older copies and backups are not encrypted. Delete them.")
    else:
        console.say("Older backups need the key that they were made with. Keep its line in the "
                    "key file as long as you keep these backups.")  # fmt: skip


@ledger.command("decrypt")
def decrypt(folder: Folder = HERE) -> None:
    """Remove the encryption of the personal data in the ledger."""
    from flows import console
    from flows.context import open_chapter

    with open_chapter(folder) as context:
        context.ledger.encrypt("")
    console.title("The ledger is no longer encrypted.")
    console.say("Next: remove ledger_key_file from chapter.toml")


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="The backup file. If left out: a new one in the folder of [backup] in "
            "chapter.toml, and its restore is tried."
        ),
    ] = None,
    folder: Folder = HERE,
) -> None:
    """Save the ledger and the chapter's texts in one private file.

    Encrypted if there is a ledger key.
    """
    if file is None:
        _scheduled(folder)
        return
    from connectors.settings import load_chapter
    from flows import console
    from flows.privacy.backup import backup as run
    from models.faults import shown

    chapter = load_chapter(folder)
    left_out = run(chapter, file)
    console.title(f"Written: {file}")
    for name in left_out:
        console.say(f"Left out, because a backup cannot contain this file: {shown(name)}")
    if chapter.ledger_secret():
        console.say(
            "It is encrypted with the ledger's key. No one can restore it without that key."
        )
        console.say("The key is not in it. Keep a copy in a different place.")
    else:
        console.say(
            "It is not encrypted and contains personal data. Protect it the way you "
            "protect the ledger."
        )
    console.say("Keys and passwords are not in it.")


def _scheduled(folder: Path) -> None:
    """Make the backup that the schedule would make."""
    from flows import console
    from flows.context import open_chapter
    from flows.privacy.scheduled import make
    from models.errors import FixTheSettings

    with open_chapter(folder) as context:
        if not (wanted := context.chapter.backup):
            raise FixTheSettings(
                "no folder for backups is set",
                where="chapter.toml [backup]",
                next_step="name a file, such as `clerk backup FILE`, or add [backup] "
                "(docs/settings.md)",
            )
        said = make(context, wanted, another=True)
    console.title(f"{said[0].upper()}{said[1:]}.")


def restore(
    file: File,
    folder: Folder = HERE,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Restore even if there is a ledger. The old ledger "
            "is kept next to the restored one.",
        ),
    ] = False,
    renamed: Annotated[
        bool, typer.Option("--renamed", help="Accept a backup that has this chapter's former name.")
    ] = False,
) -> None:
    """Restore the ledger from a backup.

    First shows which chapter it is from, its date, and what it contains.
    """
    from connectors.settings import load_chapter
    from flows import console
    from flows.privacy.restore import AFTERWARDS
    from flows.privacy.restore import restore as run
    from flows.scheduler.home import serving_alone
    from models.faults import shown

    chapter = load_chapter(folder)
    with serving_alone(chapter.folder):  # its clock would act before anybody has looked
        done = run(chapter, file, replace=replace, renamed=renamed,
                   show=lambda told: console.say(f"{told}."))  # fmt: skip
    console.title(str(done))
    if done.left:
        console.say("Not restored, because they exist here already: "
                    + ", ".join(map(shown, done.left)))  # fmt: skip
    if done.before:
        console.say(f"The old ledger: {done.before}")
        console.say("It contains personal data. Delete it when you no longer need it.")
    console.say(AFTERWARDS)


def register(app: typer.Typer) -> None:
    """Hang the commands into `clerk`."""
    app.add_typer(person, name="person")
    app.add_typer(ledger, name="ledger")
    for command in (retention, backup, restore):
        app.command()(command)
