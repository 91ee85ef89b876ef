"""One night as a value, and what a person or a schedule asks of it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from flows.mail.delivery import Sent
from flows.nightly.applying import Applied
from flows.nightly.sources import Sources
from models.base import Value
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


class Found(Value):
    """What a night says of itself in numbers."""

    standings: Mapping[Status, int] = {}
    """How many people have each status."""
    to_review: int = 0
    """Lines for a person to check."""
    unsigned: int = 0
    """Events held since anybody signed in last."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the sheets and the mailing list give when all of them are read."""

    facts: Facts
    actual: dict[Email, Contact]
    roll: VoterRoll
    wanted: Wanted
    passed_over: tuple[Notice, ...]
    """Transitions that nobody is told of: the first sync's, and those of letters turned off."""
    changes: date
    """The first day on which the same sources may say something else of somebody."""

    @property
    def found(self) -> Found:
        """The same in numbers."""
        return Found(
            standings=self.roll.counts(),
            to_review=len(self.facts.review),
            unsigned=len(self.facts.unsigned),
        )


@dataclass
class Sync:
    """One night's work, as far as it has come.

    Of a night that found nothing changed, who stands how is worked out once somebody asks.
    """

    day: date
    sources: Sources
    plan: Plan
    found: Found
    judge: Callable[[], Judged] = field(repr=False)
    """Reads and judges all, while the ledger is open."""
    is_quiet: bool = False
    """It found nothing changed, and took over what an earlier night had found."""
    differs: bool = False
    """A full reckoning came out otherwise than the quiet nights before it."""
    changed: Applied = field(default_factory=Applied)
    """What the mailing list made of the changes."""
    sent: Sent = ()
    applied: bool = False
    run: int = 0
    """Its number in the ledger, once it was applied."""

    @cached_property
    def judged(self) -> Judged:
        """Everybody, with what is known of them."""
        return self.judge()

    @property
    def facts(self) -> Facts:
        """What the sources say, matched and counted."""
        return self.judged.facts

    @property
    def actual(self) -> dict[Email, Contact]:
        """The mailing list as it is."""
        return self.judged.actual

    @property
    def roll(self) -> VoterRoll:
        """How everybody stands."""
        return self.judged.roll

    @property
    def wanted(self) -> Wanted:
        """The mailing list as it should be."""
        return self.judged.wanted

    @property
    def passed_over(self) -> tuple[Notice, ...]:
        """Transitions that nobody is told of."""
        return self.judged.passed_over

    @property
    def refused(self) -> Counter[WhyRefused]:
        """Contacts the mailing list would not take."""
        return self.changed.refused

    @property
    def told_nobody(self) -> int:
        """At the first sync: how many voting members would get an email if asked to."""
        if not self.plan.baseline or self.plan.letters:
            return 0
        reached = {contact.person for contact in self.wanted.contacts.values()}
        return sum(one.kind == VOTING and one.person in reached for one in self.passed_over)

    @property
    def on_the_list(self) -> Counter[Status]:
        """How many of each status are on the mailing list, or added now."""
        contacts = self.wanted.contacts.values()
        return Counter(self.roll.entries[one.person].standing.status for one in contacts)
