"""Counted races for these tests: the bylaws' own example and a public election."""

from models.contests.contest import Contest, contest_from
from models.tally.count import count
from models.tally.outcome import Result
from models.tally.rankings import OVERVOTE, SKIPPED, Rankings
from tests.models.invented import JPP

EDITION = JPP.editions[-1].counting
COUNCIL = contest_from(
    {
        "kind": "ranked",
        "id": "d6",
        "title": 'Council "D6"',
        "candidates": ["Ana", "Ben, Jr.", "Cy"],
    },
    "contest.toml",
)
COUNCIL_BALLOTS: Rankings = {(0,): 40, (1, 0): 35, (2, 3): 25}
MAYOR = contest_from(
    {
        "kind": "ranked",
        "id": "mayor",
        "title": "Mayor",
        "rules": "public",
        "candidates": ["Ann", "Bob", "Cal", "Dee"],
        "excluded": ["Dee"],
        "no_endorsement": "",
        "undeclared_write_ins": "UWI",
        "settings": {
            "max_skipped": 1,
            "exhaust_on_repeat": True,
            "continue_until_two": True,
            "ties": ["candidate order"],
        },
    },
    "contest.toml",
)
MAYOR_BALLOTS: Rankings = {
    (0, 1): 6,
    (1, 0): 4,
    (2, 1): 3,
    (3, 2): 1,  # the excluded one counts for nobody
    (4, 0): 1,  # a write-in goes first
    (2, frozenset({0, 1})): 1,
    (2, OVERVOTE): 1,
    (2, 2, 0): 1,
    (2, SKIPPED, SKIPPED, 1): 1,
    (): 2,
}


def counted(contest: Contest, ballots: Rankings) -> Result:
    """The race, counted under the built-in edition."""
    return count(contest, ballots, EDITION)
