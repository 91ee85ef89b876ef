"""The plan's changes to the mailing list, and what it refused of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from flows.context import ChapterContext
from flows.nightly.mirror import own_writes
from models.errors import Refused
from models.mail.audience import Contact
from models.mail.plans import ChangeKind, Plan
from models.mail.refusals import NotTaken, WhyRefused
from models.privacy import Email


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the changes."""

    taken: int = 0
    """Contacts or tags that the list changed as it was asked."""
    refused: Counter[WhyRefused] = field(default_factory=Counter)
    """Contacts it would not take."""

    def raise_if_all_were_refused(self) -> None:
        """One may have an address that nobody takes; of several, not all.

        Raises:
            Refused: the list took none of them, for a reason that is not theirs.
        """
        refused = self.refused
        if self.taken or refused.total() < 2 or all(why.is_about_them for why in refused):
            return
        said = "; ".join(f"{many}: {why}" for why, many in refused.items())
        raise Refused(
            f"Mailchimp rejected all {refused.total()} contacts ({said})",
            where="Mailchimp",
            next_step="run `clerk doctor` to check the audience and the account; then run `clerk "
            "sync --apply`",
        )


def apply_changes(
    context: ChapterContext, plan: Plan, actual: dict[Email, Contact], tell: Callable[[str], None]
) -> Applied:
    """Make the plan's changes; the ledger's mirror follows request by request.

    Args:
        actual: the contacts as last read; brought up to date.
    """
    refused: dict[Email, WhyRefused] = {}
    taken, newest = 0, ""
    for written in context.audience.write(plan.changes, actual):
        context.ledger.save_contacts(written.contacts)
        refused = {**written.refused, **refused}
        taken += len(written.contacts)
        newest = max(newest, written.changed)
        done = taken + len(refused)
        tell(f"updating the audience: {done} of {len(plan.changes)} changes")
    own_writes(context, plan.changes, newest)
    new = [c for c in plan.changes if c.kind is ChangeKind.ADD_CONTACT and c.address in refused]
    if new:
        named = [NotTaken(c.address, c.name, refused[c.address]) for c in new]
        context.ledger.note_refusals(named, context.today)
    return Applied(taken, Counter(refused.values()))
