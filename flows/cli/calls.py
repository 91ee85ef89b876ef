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
        whom: whom it is for, as one.
        command: which showed it, with its options.
    """
    from flows import console
    from models.text.formats import amount

    if call.sent is not None:
        console.say(f"This email was sent to {amount(call.sent, whom)}.")
        return
    console.title(call.words.subject)
    console.say(call.words.text)
    left = f" No email reaches {amount(call.unreachable, 'other')}." if call.unreachable else ""
    console.say(f"To {amount(len(call.to), whom)}.{left}")
    if call.to:
        console.say(f'Next: {command} --approve {call.fingerprint} --by "Your Name"')
