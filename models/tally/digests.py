"""Digests: proof that a re-count had the same input, without showing the input.

Each is sha256 over one canonical text, so two programs with the same facts agree. A digest of the
roll is over voter numbers, never over names or addresses, which could be guessed and tried.
"""

import hashlib
import json
from collections.abc import Iterable

from models.bylaws.counting import CountingRules
from models.contests import Contest
from models.tally.rankings import Ranking, Rankings, canonical


def ballots_digest(ballots: Rankings, unreadable: int = 0) -> str:
    """Of the ballots, whatever their order and spelling."""
    counted: dict[str, int] = {}
    for ranking, votes in ballots.items():
        line = json.dumps(_plain(canonical(ranking)), separators=(",", ":"))
        counted[line] = counted.get(line, 0) + votes
    return _sha256(
        f"{line} {votes}" for line, votes in [*sorted(counted.items()), ("?", unreadable)]
    )


def contest_digest(contest: Contest) -> str:
    """Of the contest with all its settings."""
    return _sha256([contest.model_dump_json()])


def edition_digest(edition: CountingRules) -> str:
    """Of the counting rules with their citations."""
    return _sha256([edition.model_dump_json()])


def roll_digest(entries: Iterable[str]) -> str:
    """Of the frozen roll: one text a voter without personal data, in any order."""
    return _sha256(sorted(entries))


def _plain(ranking: Ranking) -> list[int | list[int]]:
    return [sorted(slot) if isinstance(slot, frozenset) else slot for slot in ranking]


def _sha256(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode() + b"\n")
    return f"sha256:{digest.hexdigest()}"
