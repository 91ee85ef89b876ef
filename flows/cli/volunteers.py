"""`clerk call`: calls to action, written in a folder, looked at, approved, and sent once (ST-2)."""

from typing import Annotated

import typer

from flows.cli.options import HERE, AsLookedAt, By, Folder

call = typer.Typer(
    help="Write to volunteers when there is something to do.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(help="The call's folder in calls/.")]


@call.command("new")
def new(
    name: Annotated[
        str, typer.Argument(help="Lowercase letters, digits, and dashes, such as canvass-may.")
    ],
    folder: Folder = HERE,
    offer: Annotated[
        list[str] | None,
        typer.Option("--offer", help="Only to those who offer this. Repeat for each."),
    ] = None,
    replies: Annotated[
        str,
        typer.Option(
            "--replies", help="The event that it is about, as its form in chapter.toml names it."
        ),
    ] = "",
) -> None:
    """Make the folder of a call to action: whom it goes to, and a text to write."""
    from flows import console
    from flows.context import open_chapter
    from flows.volunteers import actions
    from models.year.calls import CallToAction

    wanted = CallToAction(offers=tuple(offer or ()), replies=replies)
    with open_chapter(folder) as context:
        made = actions.make(context, name, wanted)
    console.say(f"Made {made}: write its text, and say in call.toml whom it goes to.")
    console.say(f"Next: clerk call show {name}")


@call.command("show")
def show(name: Name, folder: Folder = HERE) -> None:
    """Show a call to action as it would go out, and to how many. Ends with how to send it.

    Once it went out: how many emails were delivered, how many people signed up, and how many came.
    """
    from flows import console
    from flows.cli.calls import show as show_call
    from flows.context import open_chapter
    from flows.volunteers import actions, outcome

    with open_chapter(folder) as context:
        found, wanted = actions.look(context, name), actions.read(context, name)
        replied, arrived = outcome.coming(context, name), outcome.delivery(context, name)
    console.say(f"For {wanted.whom()}.")
    if replied is not None:
        console.say(f"Answers of the form for its event so far: {replied.answers}.")
        if replied.came is not None:
            console.say(f"People who came to it: {replied.came}.")
    if arrived and arrived.trouble:
        console.say(f"It might not have reached everyone: {arrived.trouble}.")
    elif arrived and arrived.delivered is not None:
        console.say(
            f"Emails that were delivered: {arrived.delivered}. "
            f"Emails that came back: {arrived.came_back}."
        )
    show_call(found, "volunteer", f"clerk call send {name}")


@call.command("send")
def send(
    name: Name,
    folder: Folder = HERE,
    approve: AsLookedAt = "",
    by: By = "",
) -> None:
    """Send a call to action that an officer looked at. It goes out once."""
    from flows import console
    from flows.cli.calls import must_be_named
    from flows.context import open_chapter
    from flows.volunteers import actions
    from models.errors import Refused
    from models.text.formats import amount

    must_be_named(approve, by, "ST-2")
    if not approve:
        raise Refused(
            "only a call that an officer looked at is sent",
            rule="ST-2",
            next_step=f"run `clerk call show {name}`; it ends with the command that sends it",
        )
    with open_chapter(folder) as context:
        to = amount(actions.send(context, name, approve, by), "volunteer")
        console.say(f"Sent to {to}.")
