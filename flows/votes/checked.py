"""What a check of a vote found, whether or not its form could be reached."""

from dataclasses import dataclass

from flows.context import ChapterContext
from flows.votes.check import check_here, check_there
from flows.votes.guide import fault_of
from models.errors import ClerkError
from models.membership.reasons import Reason
from models.votes.election import Election


@dataclass(frozen=True)
class Checked:
    """What was found, each with its rule."""

    reasons: tuple[Reason, ...]
    guide: str = ""
    """Why the guide cannot be published yet; it holds up no vote."""
    unreached: ClerkError | None = None
    """What hides the rest: the form, or the list, could not be reached."""

    @property
    def missing(self) -> tuple[Reason, ...]:
        """What stands in the way of the vote."""
        return tuple(one for one in self.reasons if not one.holds)

    @property
    def looks(self) -> tuple[Reason, ...]:
        """What asks for a look, and may be meant."""
        return tuple(one for one in self.reasons if one.holds and one.look)

    @property
    def fine(self) -> tuple[Reason, ...]:
        """What is as it should be."""
        return tuple(one for one in self.reasons if one.holds and not one.look)

    @property
    def title(self) -> str:
        """How it stands, in a sentence."""
        if not self.missing:
            return "Ready to open."
        many = len(self.missing)
        return f"{'1 thing is' if many == 1 else f'{many} things are'} missing."


def checked(context: ChapterContext, election: Election) -> Checked:
    """Check a vote; a service that cannot be reached hides nothing that is known here."""
    guide = fault_of(context.chapter, election)
    reasons = check_here(context, election)
    try:
        reasons += check_there(context, election)
    except ClerkError as fault:
        return Checked(tuple(reasons), guide, fault)
    return Checked(tuple(reasons), guide)
