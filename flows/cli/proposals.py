"""`clerk call-for-proposals`: look at the email to all voting members, and send it once (SC-7)."""

from typing import Annotated

import typer

from flows.cli.options import HERE, By, Folder


def call_for_proposals(
    folder: Folder = HERE,
    form: Annotated[
        str, typer.Option(help="The form's id, if its answers are read from a tab.")
    ] = "",
    approve: Annotated[
        str,
        typer.Option(metavar="FINGERPRINT", help="Send exactly the email that you looked at."),
    ] = "",
    by: By = "",
) -> None:
    """Show the email that asks voting members for priorities, or send it.

    It goes out once a year, with a personal code in each link.
    """
    from flows import console
    from flows.context import open_chapter
    from flows.votes.emails import call_for_proposals as calls
    from models.errors import Refused

    if approve and not by.strip():
        raise Refused(
            "only a named officer can send it", rule="SC-7", next_step='add --by "Your Name"'
        )
    with open_chapter(folder) as context:
        if approve:
            console.say(f"Sent to {calls.send(context, approve, by, form)} voting members.")
            return
        call = calls.look(context, form)
    if call.sent is not None:
        console.say(f"The call for {call.year} was sent to {call.sent} voting members.")
        return
    console.title(call.words.subject)
    console.say(call.words.text)
    console.say(f"To {len(call.to)} voting members. No email reaches {call.unreachable} others.")
    console.say(f'Next: clerk call-for-proposals --approve {call.fingerprint} --by "Your Name"')
