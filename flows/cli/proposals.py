"""`clerk call-for-proposals`: look at the email to all voting members, and send it once (SC-7)."""

from typing import Annotated

import typer

from flows.cli.options import HERE, AsLookedAt, By, Folder


def call_for_proposals(
    folder: Folder = HERE,
    form: Annotated[
        str, typer.Option(help="The form's id, if its answers are read from a tab.")
    ] = "",
    approve: AsLookedAt = "",
    by: By = "",
) -> None:
    """Show the email that asks voting members for priorities, or send it.

    It goes out once a year, with a personal code in each link.
    """
    from flows import console
    from flows.cli.calls import must_be_named, show
    from flows.context import open_chapter
    from flows.votes.emails import call_for_proposals as calls
    from models.text.formats import amount

    must_be_named(approve, by, "SC-7")
    with open_chapter(folder) as context:
        if approve:
            to = amount(calls.send(context, approve, by, form), "voting member")
            console.say(f"Sent to {to}.")
            return
        call = calls.look(context, form)
    options = f" --form {form}" if form else ""
    show(call, "voting member", f"clerk call-for-proposals{options}")
