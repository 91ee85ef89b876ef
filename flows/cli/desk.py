"""`clerk desk`: the officers' page, and who may sign in there."""

from typing import Annotated

import typer

from flows.cli.options import HERE, Folder, Json

desk = typer.Typer(help="The officers' page, in a browser on this computer.", rich_markup_mode=None)
Officer = Annotated[str, typer.Argument(help="The officer's name in chapter.toml.")]


@desk.callback(invoke_without_command=True)
def run(context: typer.Context, folder: Folder = HERE) -> None:
    """Show the officers' page in a browser until you stop it."""
    if context.invoked_subcommand:
        return
    from flows.web.run import serve

    serve(folder)


@desk.command("invite")
def invite(name: Officer, folder: Folder = HERE) -> None:
    """Make a sign-in link for an officer. It works once."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.lifecycle import on_the_clock
    from flows.web.access import made_link as run

    with open_chapter(folder) as context:
        link, ends = run(context, name)
        ends_said = on_the_clock(context.chapter, ends)
    console.say(f"Sign-in link for {name}. It works once, until {ends_said}:")
    console.say(link)
    console.say("Give it to this person only. Whoever opens it first is signed in under this name.")


@desk.command("officers")
def officers(folder: Folder = HERE, as_json: Json = False) -> None:
    """List the officers, what they may do, and who is signed in."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.lifecycle import for_scripts, on_the_clock
    from flows.web.access import officers_told

    with open_chapter(folder) as context:
        said = for_scripts if as_json else on_the_clock
        rows = [
            one._asdict() | {"link_until": one.link_until and said(context.chapter, one.link_until)}
            for one in officers_told(context)
        ]
    if as_json:
        console.print_json(rows)
    else:
        console.table(
            ("Officer", "May", "Signed in", "Unused link, good until"),
            [["" if said is None else said for said in row.values()] for row in rows],
        )


@desk.command("sign-out")
def sign_out(name: Officer, folder: Folder = HERE) -> None:
    """End all sessions of an officer, and take back links that were not used."""
    from flows import console
    from flows.context import open_chapter
    from flows.web.access import ended_sessions as run

    with open_chapter(folder) as context:
        many = run(context, name)
    console.say("Signed out." if many else "This officer is not signed in and has no open link.")
