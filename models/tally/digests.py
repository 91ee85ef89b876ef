"""Digests: proof that a re-count had the same input, without showing the input.

Each is sha256 over one canonical text, so two programs with the same facts agree. A digest of the
roll is over voter numbers, never over names or addresses, which could be guessed and tried.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from models.bylaws.counting import CountingRules
from models.contests.contest import ABOUT_PEOPLE, Contest
from models.tally.rankings import OVERVOTE, SKIPPED, Rankings, Slot, canonical

_EMPTY, _UNNAMED, _OPEN, _CLOSE, _NEXT = map(chr, range(0xE000, 0xE005))


def ballots_digest(ballots: Rankings, unreadable: int = 0) -> str:
    """Of the ballots, whatever their order and spelling.

    The text holds each distinct ranking once, sorted, then how many ballots carry each, then the
    unreadable. A rank is one character, the choice's place as its code point; an empty rank is
    U+E000, an unnamed over-vote U+E001, several choices stand sorted between U+E002 and U+E003,
    and each ranking ends with U+E004. The numbers follow in decimal, joined by commas.
    """
    counted: dict[str, int] = {}
    for ranking, votes in ballots.items():
        try:
            # The quick way for ballots without a fault: the bytes of small places.
            line = bytes(ranking).decode("latin-1")  # type: ignore[arg-type]  # sets are caught
        except (TypeError, ValueError):
            line = "".join(map(_characters, canonical(ranking)))
        counted[line] = counted.get(line, 0) + votes
    rankings = sorted(counted)
    numbers = ",".join(map(str, [*map(counted.__getitem__, rankings), unreadable]))
    return _sha256([*rankings, numbers], _NEXT)


def contest_digest(contest: Contest) -> str:
    """Of the contest with all its settings, without what is said of people."""
    return _sha256([contest.model_dump_json(exclude=ABOUT_PEOPLE)])


def edition_digest(edition: CountingRules) -> str:
    """Of the counting rules with their citations."""
    return _sha256([edition.model_dump_json()])


def json_digest(content: Any) -> str:
    """Of what is kept as JSON, as it is kept, whatever the order of its keys."""
    return _sha256([json.dumps(content, sort_keys=True, separators=(",", ":"))])


def roll_digest(entries: Iterable[str]) -> str:
    """Of the frozen roll: one text a voter without personal data, in any order."""
    return _sha256(sorted(entries))


def _characters(slot: Slot) -> str:
    if isinstance(slot, frozenset):
        return _OPEN + "".join(map(chr, sorted(slot))) + _CLOSE
    return {SKIPPED: _EMPTY, OVERVOTE: _UNNAMED}.get(slot) or chr(slot)


def _sha256(lines: Iterable[str], joint: str = "\n") -> str:
    digest = hashlib.sha256(joint.join(lines).encode())
    return f"sha256:{digest.hexdigest()}"
