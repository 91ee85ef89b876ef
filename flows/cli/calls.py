"""How a call to members is shown at a terminal, and who can send one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.votes.emails.calls import Call


def must_be_named(approve: str, by: str, rule: str) -> None:
    """Whoever sends a call says who they are.

    Raises:
        Refused: an approval without a name.
    """
    from models.errors import Refused

    if approve and not by.strip():
        raise Refused(
            "only a named officer can send it", rule=rule, next_step='add --by "Your Name"'
        )


def show(call: "Call", whom: str, command: str) -> None:
    """The email, to how many it goes, and the command that sends exactly that.

    Args:
        whom: whom it is for.
        command: which showed it, with its options.
    """
    from flows import console

    if call.sent is not None:
        console.say(f"This email was sent to {call.sent} {whom}.")
        return
    console.title(call.words.subject)
    console.say(call.words.text)
    console.say(f"To {len(call.to)} {whom}. No email reaches {call.unreachable} others.")
    console.say(f'Next: {command} --approve {call.fingerprint} --by "Your Name"')
