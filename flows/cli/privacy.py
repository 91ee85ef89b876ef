"""`clerk person`, `retention`, `ledger`, `backup`, `restore`: what is held, and how it goes."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import HERE, By, Folder, Json

person = typer.Typer(help="A person's rights: shown, erased.", no_args_is_help=True,
                     rich_markup_mode=None)  # fmt: skip
ledger = typer.Typer(help="Encrypt the ledger's personal columns.", no_args_is_help=True,
                     rich_markup_mode=None)  # fmt: skip

Who = Annotated[str, typer.Argument(help="An id, an address, or a part of a name.")]
File = Annotated[Path, typer.Argument(help="The backup's file.")]


@person.command("show")
def show(who: Who, folder: Folder = HERE, as_json: Json = False) -> None:
    """Everything held on a person and where, to be handed to that person (DP-6)."""
    from flows import console
    from flows.context import open_chapter
    from flows.privacy.person import find, held_on, many

    with open_chapter(folder) as context:
        held = held_on(context, find(context, who))
    if as_json:
        console.print_json([one._asdict() for one in held])
    else:
        console.title(f"{many(held)} things are held. They are for this person's eyes.")
        console.table(("Where", "What", "What for"), held)


@person.command("forget")
def forget(
    who: Who,
    by: By,
    folder: Folder = HERE,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; else it is only shown.")] = False,
    keep_contact: Annotated[
        bool, typer.Option("--keep-contact", help="They stay on the mailing list; only ours goes.")
    ] = False,
) -> None:
    """Erase a person everywhere the program can reach, the mailing list too (DP-6)."""
    from flows import console
    from flows.context import open_chapter
    from flows.privacy.person import find, held_on, many
    from flows.privacy.person import forget as run

    with open_chapter(folder) as context:
        entry = find(context, who)
        if not yes:
            console.title(f"{entry.person.id}: {many(held_on(context, entry))} things are held.")
            console.say("Nothing was erased; it cannot be undone. Next: the same with --yes")
            return
        done = run(context, entry, by, keep_contact=keep_contact)
    console.title(f"Erased: {done.contacts} contacts of the mailing list, "
                  + ", ".join(f"{many} {what}" for what, many in done.counts.items()))  # fmt: skip
    if done.still_named:
        console.say("The chapter's own sheets still name them; delete these rows by hand:")
        for place in done.still_named:
            console.say(f"  {place}")
    console.say("What remains, and why:")
    for line in done.remains:
        console.say(f"  – {line}")


@person.command("readmit")
def readmit(by: By, folder: Folder = HERE) -> None:
    """Let somebody who was erased back in; their address is asked for (no shell history)."""
    from flows import console
    from flows.context import open_chapter
    from flows.privacy.person import readmit as run
    from models.errors import FixTheData
    from models.privacy import Email

    try:
        address = Email.parse(typer.prompt("Their address"))
    except ValueError as exc:
        raise FixTheData(str(exc), next_step="type one mail address") from None
    with open_chapter(folder) as context:
        back = run(context, address, by)
    console.say("Readmitted. Next: clerk sync --apply" if back else "Nobody of that address was "
                "erased.")  # fmt: skip


def retention(
    folder: Folder = HERE,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; else it is only shown.")] = False,
) -> None:
    """Destroy what is older than it may be kept: rolls, codes, rows, standings (DP-6)."""
    from flows import console
    from flows.context import open_chapter
    from flows.privacy.retention import apply as run
    from flows.privacy.retention import due

    with open_chapter(folder) as context:
        if apply:
            counts = run(context)
            console.title("Destroyed:" if any(counts.values()) else "Nothing was due.")
            console.table(("What", "How many"), list(counts.items()))
        else:
            found = due(context)
            if not (found.rows or found.votes):
                console.title("Nothing is due.")
                return
            console.title(f"{found.rows} rows from before {found.horizon} are due, and the rolls "
                          f"of {len(found.votes)} votes.")  # fmt: skip
            console.say("Next: clerk retention --apply")


@ledger.command("encrypt")
def encrypt(
    folder: Folder = HERE,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Make a new key, and keep the old ones below it.")
    ] = False,
) -> None:
    """Put the personal columns under the first key of ledger_key_file, made if it is missing."""
    from connectors.net.network_allowlist import allow
    from connectors.settings import load_chapter
    from flows import console
    from flows.context import ledger_exits
    from flows.privacy.ledger_key import encrypt as run

    chapter = load_chapter(folder)
    allow(ledger_exits(chapter))
    done = run(chapter, new_key=new_key)
    if done.made:
        console.say("A new key was made. Without it the ledger cannot be read: keep a copy apart.")
    if not done.changed:
        console.title("The ledger is encrypted already.")
        return
    console.title("The ledger's personal columns are encrypted.")
    if done.was_plain:
        console.say("Older copies and backups are not: destroy them.")
    else:
        console.say("Older backups need the key that they were made with. Keep its line in the "
                    "key's file as long as you keep them.")  # fmt: skip


@ledger.command("decrypt")
def decrypt(folder: Folder = HERE) -> None:
    """Write the personal columns plainly again."""
    from flows import console
    from flows.context import open_chapter

    with open_chapter(folder) as context:
        context.ledger.encrypt("")
    console.title("The ledger is not encrypted any more.")
    console.say("Next: take ledger_key_file out of chapter.toml")


def backup(file: File, folder: Folder = HERE) -> None:
    """Copy the ledger and the chapter's texts into one private file, sealed if there is a key."""
    from connectors.settings import load_chapter
    from flows import console
    from flows.privacy.backup import backup as run
    from models.faults import shown

    chapter = load_chapter(folder)
    left_out = run(chapter, file)
    console.title(f"Written: {file}")
    for name in left_out:
        console.say(f"Left out, because a backup holds no such file: {shown(name)}")
    if chapter.ledger_secret():
        console.say("It is sealed with the ledger's key; nobody can restore it without that key.")
        console.say("The key is not in it: keep a copy apart.")
    else:
        console.say("It is not encrypted, and holds people: keep it as you keep the ledger.")
    console.say("Keys and passwords are not in it.")


def restore(
    file: File,
    folder: Folder = HERE,
    replace: Annotated[
        bool, typer.Option("--replace", help="There is a ledger: keep it beside the restored one.")
    ] = False,
    renamed: Annotated[
        bool, typer.Option("--renamed", help="It bears this chapter's former name: take it.")
    ] = False,
) -> None:
    """Check a backup, say whose it is, of when, and how much, and put its ledger in place."""
    from connectors.settings import load_chapter
    from flows import console
    from flows.privacy.restore import restore as run
    from flows.scheduler.home import serving_alone
    from models.faults import shown

    chapter = load_chapter(folder)
    with serving_alone(chapter.folder):  # its clock would act before anybody has looked
        done = run(chapter, file, replace=replace, renamed=renamed,
                   show=lambda told: console.say(f"{told}."))  # fmt: skip
    console.title(str(done))
    if done.left:
        console.say("Left as they were, because they are here already: "
                    + ", ".join(map(shown, done.left)))  # fmt: skip
    if done.before:
        console.say(f"The ledger from before: {done.before}")
        console.say("It holds people: delete it once you know that you need nothing of it.")
    console.say("Who was erased since the backup is back, and letters sent since are not noted: "
                "forget again, and look at `clerk sync` before applying.")  # fmt: skip


def register(app: typer.Typer) -> None:
    """Hang the commands into `clerk`."""
    app.add_typer(person, name="person")
    app.add_typer(ledger, name="ledger")
    for command in (retention, backup, restore):
        app.command()(command)
