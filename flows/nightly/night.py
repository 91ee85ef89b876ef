"""One night as a value, and what a person or a schedule asks of it."""

from collections import Counter
from dataclasses import dataclass, field

from flows.mail.delivery import Sent
from flows.nightly.applying import Applied
from flows.nightly.sources import Sources
from models.mail.audience import Contact, Wanted
from models.mail.notices import VOTING, Notice
from models.mail.plans import Plan
from models.mail.refusals import WhyRefused
from models.membership.voter_roll import Facts, VoterRoll
from models.membership.voting_status import Status
from models.privacy import Email


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """What the person or the schedule asked for."""

    apply: bool = False
    approve: str = ""
    """The fingerprint of an unsafe plan that a person has looked at."""
    by: str = ""
    """Who approved it, for the record."""
    tell_everyone: bool = False
    """At the first sync, write to everybody who is a voting member already."""
    full: bool = False
    """Read every source and the whole audience, changed or not."""
    by_hand: bool = False
    """A person is at the terminal: what Ctrl-C stops, no clock takes up again."""


LOOK = SyncOptions()
"""A plan to look at; nothing is changed."""


@dataclass(slots=True)
class Sync:
    """One night's work, as far as it has come."""

    facts: Facts
    sources: Sources
    actual: dict[Email, Contact]
    roll: VoterRoll
    wanted: Wanted
    plan: Plan
    passed_over: tuple[Notice, ...]
    """Transitions that nobody is told of: the first sync's, and those of letters turned off."""
    changed: Applied = field(default_factory=Applied)
    """What the mailing list made of the changes."""
    sent: Sent = ()
    applied: bool = False

    @property
    def refused(self) -> Counter[WhyRefused]:
        """Contacts the mailing list would not take."""
        return self.changed.refused

    @property
    def told_nobody(self) -> int:
        """At the first sync: how many voting members would get an email if asked to."""
        silent = self.plan.baseline and not self.plan.letters
        reached = {contact.person for contact in self.wanted.contacts.values()}
        voting = (one.kind == VOTING and one.person in reached for one in self.passed_over)
        return sum(voting) if silent else 0

    @property
    def on_the_list(self) -> Counter[Status]:
        """How many of each status are on the mailing list, or added now."""
        contacts = self.wanted.contacts.values()
        return Counter(self.roll.entries[one.person].standing.status for one in contacts)
