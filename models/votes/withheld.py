"""BA-6: which numbers of a vote are kept back, so that nobody can be found in what is published.

1. Rounds and totals are published: what the ballots of a race say, how many there are, how many
   voted of how many who could, how many rows arrived, were superseded, were set aside. A race with
   fewer than ten ballots only says how it ended: neither that somebody stood exactly at the bar nor
   that another reading would have ended otherwise, for few numbers do that.
2. A *breakdown* divides people by anything but what they voted for: why a row was set aside, why
   a ballot ended without a choice, in which round, whether it was blank or unreadable, whether a
   vote ratified, which district it came from. With a cell from one to nine it is not published at
   all, its total alone is: if single cells were left out, those that are shown, the total, and that
   no cell left out is larger than nine could tell what is in them.
3. A number of ballots by districts is kept back when, with the others, it would show a group of
   voters under ten; also when that group is empty, for else keeping it back would tell. Where the
   bar is taken of all ballots cast it is the base, so that bar and percentages are kept back, too.
4. The digest of the ballots is the tellers' alone: the tallies published leave so little open that
   it could be tried, until the digest said which numbers are kept back.

The tellers keep every number. docs/decisions/0024 has the reasons.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import gcd

from models.bylaws.tally_rules import Base, CommitteeBase, Setting, SettingValue
from models.contests.contest import Approval, CommitteeDecision, Contest
from models.tally.outcome import Inactive, Interpretation, Note, NoteKind, Result, Sums

FEWEST = 10
"""The smallest cell a breakdown may show (BA-6)."""

Groups = Mapping[frozenset[str], int]
"""Voters by which races of single districts are on their ballots."""


def is_confidential(contest: Contest) -> bool:
    """Whether members' ballots are counted, to which BA-6 applies.

    The committee knows how it voted, whatever the numbers are, and a contest with public rules is
    not the chapter's.
    """
    return contest.rules == "bylaws" and not _is_the_committees(contest)


def _is_the_committees(contest: Contest) -> bool:
    return isinstance(contest, CommitteeDecision) or (
        isinstance(contest, Approval) and contest.active is not None
    )


def is_small(number: int) -> bool:
    """Whether a number points at few people; nobody is not few."""
    return 0 < number < FEWEST


def is_few(number: int) -> bool:
    """Whether a number is under ten; nobody too, where to tell the two apart would show."""
    return number < FEWEST


def has_few(cells: Iterable[int]) -> bool:
    """Whether a breakdown is kept back."""
    return any(map(is_small, cells))


def is_race_of_few(result: Result) -> bool:
    """Whether a race says only how it ended."""
    return is_small(result.sums.counted) or is_small(result.sums.ballots)


def bar_shows_ballots(result: Result) -> bool:
    """Whether a contest's threshold, percentages, and exact ties show how many voted."""
    return result.base is Base.CAST


def notes_told(result: Result, contest: Contest, *, hides_ballots: bool) -> tuple[Note, ...]:
    """What is said to everybody beside the numbers: of a race of few what its outcome says anyway.

    That all ballots say the same is the tellers' alone.

    Args:
        hides_ballots: how many ballots the race had is kept back.
    """
    if is_confidential(contest) and is_race_of_few(result):
        said_anyway = (NoteKind.AD_HOC_COMMITTEE, NoteKind.ADVISORY)
        return tuple(note for note in result.notes if note.kind in said_anyway)
    hidden = {NoteKind.UNANIMOUS}
    if hides_ballots and bar_shows_ballots(result):
        hidden |= {NoteKind.EXACTLY_AND_SHORT, NoteKind.EXACTLY_AND_ENOUGH}
    return tuple(note for note in result.notes if note.kind not in hidden)


def readings_told(
    result: Result, contest: Contest, *, hides_ballots: bool
) -> tuple[Interpretation, ...]:
    """The other readings whose outcome is published.

    None of a race of few, and none that counts blank ballots where their number is kept back.

    Args:
        hides_ballots: as for `notes_told`.
    """
    if is_confidential(contest) and is_race_of_few(result):
        return ()
    if not hides_ballots:
        return result.readings
    return tuple(one for one in result.readings if _base_of(one, result) is not Base.CAST)


def _base_of(reading: Interpretation, result: Result) -> SettingValue | CommitteeBase:
    return reading.value if reading.setting is Setting.BASE else result.base


def splits_off_few(sums: Sums) -> bool:
    """Whether blank and unreadable ballots are told together; their sum follows from totals."""
    return has_few((sums.blank, sums.unreadable))


def causes(inactive: Inactive) -> dict[str, int]:
    """Why ballots ended without a choice."""
    return {
        "exhausted": inactive.exhausted,
        "overvotes": inactive.overvotes,
        "repeated": inactive.repeated,
        "skipped": inactive.skipped,
    }


def ends_few(result: Result) -> bool:
    """Whether a cause ended few ballots in some round, which a difference of rounds would show."""
    rounds = [Inactive(), *(one.inactive for one in result.rounds)]
    return any(
        is_small(now - before)
        for earlier, later in pairwise(map(causes, rounds))
        for before, now in zip(earlier.values(), later.values(), strict=True)
    )


def ratified_by_few(result: Result, contest: Contest) -> bool:
    """Whether few of the recommendation's votes ratified it, or few did not (EN-6)."""
    preferred = result.rounds[0].tally.get(contest.recommendation, 0) - result.ratified
    return has_few((result.ratified, preferred))


def kept_back(groups: Groups) -> frozenset[str]:
    """The races whose number of ballots is kept back: the smallest, until no small group shows.

    The numbers told are sums of groups. A group follows if they can be added and subtracted until
    all others are gone, so they are eliminated as Gauss does, the large groups first: a sum from
    which all large ones are gone is about small groups alone. It is kept back even where these
    are ten together; to look for those that are not takes a time that doubles with each group.
    """
    places = sorted(groups, key=lambda place: is_few(groups[place]))
    large = sum(not is_few(count) for count in groups.values())
    sizes = {
        race: sum(count for place, count in groups.items() if race in place)
        for race in frozenset().union(*places)
    }
    told, rows, shows = set(), {0: [1] * len(places)}, False  # everybody's number is told
    for race in sorted(sizes, key=lambda race: (sizes[race], race), reverse=True):
        row = _eliminated([int(race in place) for place in places], rows)
        first = next((place for place, times in enumerate(row) if times), None)
        if first is None:  # its number follows from the others anyway
            told.add(race)
        elif shows := shows or first >= large:
            continue
        else:
            rows[first] = row
            told.add(race)
    return frozenset(sizes) - told


def _eliminated(row: list[int], rows: Mapping[int, list[int]]) -> list[int]:
    """What is left of a row without the others, each of which begins at its key."""
    for first in sorted(rows):
        times, pivot = row[first], rows[first][first]
        row = [pivot * mine - times * other for mine, other in zip(row, rows[first], strict=True)]
        shared = gcd(*row) or 1
        row = [number // shared for number in row]
    return row
