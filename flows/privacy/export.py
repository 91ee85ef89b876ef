"""The whole roll with addresses: for a file of one's own, with a reason, recorded (DP-1)."""

from connectors.ledger import Act
from flows.context import ChapterContext
from flows.views.roll import roll_rows
from models.errors import Refused
from models.membership.voter_roll import VoterRoll
from models.privacy import redact_addresses
from models.unmask import reveal
from models.votes.events import ListWritten


def export_with_addresses(
    context: ChapterContext, roll: VoterRoll, *, by: str, reason: str, as_csv: bool
) -> list[tuple[object, ...]]:
    """The whole roll with addresses: the one command that writes the list, and it is recorded.

    Raises:
        Refused: without a name and a reason, or for anything but a file of one's own.
    """
    if not (as_csv and by.strip() and reason.strip()):
        raise Refused(
            "the list with email addresses needs a stated reason, and the export is recorded",
            rule="DP-1",
            next_step='clerk roll --csv --with-addresses --by NAME --reason "…"',
        )
    written = ListWritten(reason=redact_addresses(reason), people=len(roll.entries))
    with context.ledger.alone():
        context.ledger.votes.note("", Act(by, context.now(), written))
    addresses = {
        entry.person.id: " ".join(map(reveal, entry.person.addresses))
        for entry in roll.entries.values()
    }
    return [(*row, addresses[row[1]]) for row in roll_rows(roll)]
