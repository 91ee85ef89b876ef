"""The roll of one vote, frozen on its record date with each voter's evidence (VM-R3).

Whoever is on it may vote, whatever becomes of their status; whoever is not may not, unless a dated,
named and reasoned exception says so. Its digest proves later that nobody was added in silence.
"""

from collections.abc import Iterable, Mapping

from models.ballots.boxes import Voter
from models.ballots.received import Code
from models.base import Value
from models.intake.people import PersonId
from models.membership.voter_roll import Entry, VoterRoll
from models.tally.digests import roll_digest
from models.text.folding import folded
from models.votes.codes import code_for


class RollEntry(Value):
    """One line of the frozen roll; no name and no address."""

    frozen_as: PersonId  # the id on the record date; the code is made of it
    person: PersonId  # the id now: two people may turn out to be one
    district: str = ""
    on_roll: bool = True
    evidence: tuple[tuple[str, str], ...] = ()  # the events counted: day and name
    because: tuple[str, ...] = ()  # the reasons that held, with their rules
    exception: str = ""  # why the line was added or struck after the freeze, by whom, when
    aside: tuple[str, ...] = ()  # in a vote of the committee: the contests they step aside from
    took_part: bool | None = None  # in one that was counted: whether a ballot of theirs counts


def frozen(roll: VoterRoll, districts: Iterable[str] = ()) -> tuple[RollEntry, ...]:
    """The voters of a roll, in an order that says nothing.

    Args:
        districts: as the contests spell them.
    """
    entries = sorted(roll.voting(), key=lambda entry: entry.person.id)
    return tuple(voter_from(entry, districts) for entry in entries)


def spelled(district: str, districts: Iterable[str]) -> str:
    """A district as the contests spell it, however the person typed it; else as typed."""
    return next((one for one in districts if folded(one) == folded(district)), district)


def voter_from(entry: Entry, districts: Iterable[str], exception: str = "") -> RollEntry:
    """A person's line, with what their standing rests on."""
    standing = entry.standing
    return RollEntry(
        frozen_as=entry.person.id,
        person=entry.person.id,
        district=spelled(entry.person.district, districts),
        evidence=tuple((event.day.isoformat(), event.name) for event in standing.counted),
        because=tuple(f"{r.rule}: {r.fact}" for r in standing.because if r.holds),
        exception=exception,
    )


def codes_of(
    voters: Iterable[RollEntry], secret: bytes, election: str
) -> tuple[dict[Code, Voter], dict[PersonId, Code]]:
    """Whose vote a code is, by numbers that name nobody; and the code that each person gets.

    Two lines that turned out to be one person share a number: they have one vote (BA-1).
    """
    numbers: dict[PersonId, int] = {}
    roll: dict[Code, Voter] = {}
    codes: dict[PersonId, Code] = {}
    for voter in voters:
        number = numbers.setdefault(voter.person, len(numbers))
        code = code_for(secret, election, voter.frozen_as)
        roll[code] = Voter(
            number=number,
            on_roll=voter.on_roll,
            district=voter.district,
            aside=frozenset(voter.aside),
        )
        if voter.on_roll:
            codes.setdefault(voter.person, code)
    return roll, codes


def digest_of(voters: Iterable[RollEntry]) -> str:
    """The digest of a frozen roll, over ids, districts and evidence; of who steps aside if any."""
    return roll_digest(
        f"{v.frozen_as}\t{v.district}\t{v.on_roll}\t{v.evidence}\t{v.exception}"
        + (f"\t{v.aside}" if v.aside else "")
        for v in voters
    )


def voted(rows: Iterable[Code | None], roll: Mapping[Code, Voter]) -> set[int]:
    """The numbers of those whose ballot has arrived, by the codes on the rows in the window."""
    found = (roll.get(code) for code in rows if code is not None)
    return {voter.number for voter in found if voter and voter.on_roll}
