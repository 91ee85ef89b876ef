"""Night after night: who is told what, with the memory a ledger keeps of it."""

from collections.abc import Iterable

from models.bylaws.rules import Bylaws
from models.intake.participation import Event
from models.intake.people import Person, PersonId
from models.mail.notices import KINDS, Notice, NoticeKind, due, occasion, remembered
from models.membership.status_periods import StatusPeriod
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import determine_status
from models.privacy import Email
from tests.models.invented import JPP, day

ANN = PersonId("p-ann")
EVERY_KIND = tuple(KINDS)


def roll_of(*attended: Event, on: str, bylaws: Bylaws = JPP) -> VoterRoll:
    """A roll with one person on it."""
    person = Person(ANN, None, (Email.parse("ann@example.org"),))
    return VoterRoll(day(on), {ANN: Entry(person, determine_status(attended, bylaws, day(on)))})


class Nights:
    """A chapter's letters over time; `told` is what went out, as (day, kind)."""

    def __init__(self, kinds: Iterable[NoticeKind] = EVERY_KIND, bylaws: Bylaws = JPP) -> None:
        self.told: list[tuple[str, NoticeKind]] = []
        self._kinds, self._bylaws = tuple(kinds), bylaws
        self._noticed: dict[tuple[PersonId, NoticeKind], list[StatusPeriod]] = {}

    def night(
        self, on: str, *attended: Event, reachable: bool = True, baseline: bool = False
    ) -> tuple[Notice, ...]:
        """One night's roll as the sheets say it that day; returns the letters that went out."""
        roll = roll_of(*attended, on=on, bylaws=self._bylaws)
        letters = due(roll, self._noticed, self._kinds, {ANN} if reachable or baseline else ())
        for letter in letters:
            self._noticed.setdefault((letter.person, letter.kind), []).append(letter.spell)
        for (person, kind), spells in self._noticed.items():
            now = occasion(kind, roll.entries[person])
            spells[:] = [remembered(told, now, roll.on) for told in spells]
        if baseline:
            return ()
        self.told += [(on, letter.kind) for letter in letters]
        return letters
