"""The letters of a vote, each a value; its text stands in the ledger, the record and the titles.

The texts stay as they are for good: a letter on its way is found by its own.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from models.errors import FixTheData

_TO_ALL = "to all"


@dataclass(frozen=True, slots=True)
class Invitation:
    """To everybody on the roll at the opening; or to one whom an exception added since (VM-R3)."""

    added_by: int | None = None
    """The line of the record that says so."""

    def __str__(self) -> str:
        return "invitation" if self.added_by is None else f"invitation {self.added_by}"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One of three, to those whose ballot is missing (EN-R7)."""

    number: int

    def __str__(self) -> str:
        return f"reminder {self.number}"


@dataclass(frozen=True, slots=True)
class ExtensionNews:
    """That the close was moved: the first time, the second … (EN-R6)."""

    number: int

    def __str__(self) -> str:
        return f"extension {self.number}"


@dataclass(frozen=True, slots=True)
class RaceNews:
    """That a race was cancelled while the vote is open (EN-R11)."""

    line: int
    """The line of the record that says so; below too."""

    def __str__(self) -> str:
        return f"cancelled race {self.line}"


@dataclass(frozen=True, slots=True)
class WithdrawalNews:
    """That a candidate withdrew while the vote is open (EN-R11)."""

    line: int

    def __str__(self) -> str:
        return f"withdrawn candidate {self.line}"


@dataclass(frozen=True, slots=True)
class CancellationNews:
    """That the whole vote is cancelled, to everybody who was invited (EN-R11)."""

    def __str__(self) -> str:
        return "cancellation"


@dataclass(frozen=True, slots=True)
class Announcement:
    """The result, to those for whom these races of single districts exist (EN-13)."""

    races: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"announcement {'+'.join(self.races) or _TO_ALL}"


@dataclass(frozen=True, slots=True)
class TellersReport:
    """What was counted, to the officers alone (BA-5)."""

    def __str__(self) -> str:
        return "tellers' report"


ChangeNews: TypeAlias = ExtensionNews | RaceNews | WithdrawalNews
WithBallot: TypeAlias = Invitation | Reminder | ChangeNews
VoteLetter: TypeAlias = WithBallot | CancellationNews | Announcement | TellersReport

_NUMBER = "([1-9][0-9]*)"
_FORMS: tuple[tuple[str, Callable[[str], VoteLetter]], ...] = (
    ("invitation()", lambda _: Invitation()),
    (f"invitation {_NUMBER}", lambda line: Invitation(int(line))),
    (f"reminder {_NUMBER}", lambda number: Reminder(int(number))),
    (f"extension {_NUMBER}", lambda number: ExtensionNews(int(number))),
    (f"cancelled race {_NUMBER}", lambda line: RaceNews(int(line))),
    (f"withdrawn candidate {_NUMBER}", lambda line: WithdrawalNews(int(line))),
    ("cancellation()", lambda _: CancellationNews()),
    (f"announcement {_TO_ALL}()", lambda _: Announcement()),
    ("announcement ([^ ]+)", lambda races: Announcement(tuple(races.split("+")))),
    ("tellers' report()", lambda _: TellersReport()),
)


def known_letter(text: str) -> VoteLetter | None:
    """The letter that a text means, if it means one."""
    for form, letter in _FORMS:
        if found := re.fullmatch(form, text):
            return letter(found[1])
    return None


def vote_letter(text: str) -> VoteLetter:
    """The letter that a text means.

    Raises:
        FixTheData: none of ours; a newer version of this program may know it.
    """
    letter = known_letter(text)
    if letter is None:
        raise FixTheData(
            "an election email that this version does not know",
            where="ledger",
            next_step="install the newest version of this program that was ever used here",
        )
    return letter
