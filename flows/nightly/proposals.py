"""Which proposals count, and their numbers: one stays with its text, whatever rows come and go.

A number is given once, by `flows.committee.proposals`; here it is looked up. The note has a keyed
hash of each text, and nobody's name. Each call for proposals begins a list of its own. Its
numbers go on after those of the list before: what the committee wrote about an old number says
nothing of a new proposal.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final, NamedTuple

from pydantic import TypeAdapter

from connectors.ledger import Ledger
from flows.notes import PROPOSALS, noted
from models.base import Value
from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.membership.voter_roll import Facts, VoterRoll
from models.text.folding import folded
from models.text.formats import listed
from models.votes.codes import code_for
from models.year.annual import meeting_day
from models.year.book import YearBook
from models.year.moderation import Moderation, moderate
from models.year.nominations import of_earlier_years
from models.year.proposals import PriorityProposal, accepted


class Numbers(Value):
    """The list of one call for proposals."""

    call: str = ""
    """Its name, by which codes are made; "" before any email with codes has gone out."""
    given: Mapping[str, int] = {}
    """Keyed hash of a text → its number."""
    before: int = 0
    """The last number of the lists of earlier calls."""

    @property
    def last(self) -> int:
        """The highest number that any list has given."""
        return max(self.given.values(), default=self.before)


_FORM = TypeAdapter(Numbers)
NONE: Final = Numbers()


class Judged(NamedTuple):
    """What became of the proposals."""

    counted: tuple[PriorityProposal, ...]
    numbered: dict[int, str]
    """The text of each that counts and has a number."""
    moderation: Moderation
    review: list[ReviewItem]


def numbers_of(ledger: Ledger) -> Numbers:
    """The list as it stands."""
    return noted(ledger, PROPOSALS, _FORM, NONE)


def key_of(ledger: Ledger, text: str) -> str:
    """What stands for a text in the note."""
    return hmac.digest(ledger.key, folded(text).encode(), hashlib.sha256).hex()[:16]


def judge(ledger: Ledger, book: YearBook, roll: VoterRoll) -> Judged:
    """Judge the proposals by the roll, and the committee's list by their numbers."""
    known, review = numbers_of(ledger), list[ReviewItem]()
    voting = {
        address: entry.person.id for entry in roll.voting() for address in entry.person.addresses
    }
    code_of = partial(code_for, ledger.key, known.call) if known.call else None
    counted = tuple(accepted(book.proposals, voting, code_of, review))
    numbered: dict[int, str] = {}
    for one in counted:
        if number := known.given.get(key_of(ledger, one.text)):
            numbered.setdefault(number, one.text)
    moderation = moderate(book.moderated, numbered, review, known.before)
    review += _waiting(book, moderation.waiting)
    return Judged(counted, dict(sorted(numbered.items())), moderation, review)


def year_review(ledger: Ledger, book: YearBook, facts: Facts) -> list[ReviewItem]:
    """What is asked about the committee's tabs: by themselves, and by the roll of the day."""
    confirmation = meeting_day(facts.events, facts.today) or facts.today
    review = [*book.review, *of_earlier_years(book.nominations, confirmation)]
    if book.proposals or book.moderated:
        review += judge(ledger, book, facts.roll(facts.today)).review
    return review


def _waiting(book: YearBook, numbers: Iterable[int]) -> Iterable[ReviewItem]:
    """That a list was begun and has no word on some."""
    if book.moderated and (left := [*map(str, numbers)]):
        yield ReviewItem(
            place=SourceLocation(book.moderated[0].place.source, ""),
            weight=Weight.NOTE,
            reason=f"not moderated yet: {listed(left)}",
            next_step="add a row for each: keep, merge, or drop",
            rule="SC-7",
        )
