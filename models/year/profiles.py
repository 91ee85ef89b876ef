"""Volunteer profiles: how somebody wants to help, and whom a call to action may reach (ST-2).

1. A row is one answer: an address, what the person offers, and whether they want email about it.
2. Of one person the newest answer counts as a whole: an offer or a consent that it lacks is taken
   back. Where nobody can tell which answer is the newest, it is a question, and no call is sent.
3. An offer that the settings do not list is a note; the others of the row hold.
4. Without consent nobody is written to (DP-4).
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final

from pydantic import Field

from models.base import Value
from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.intake.people import Person, PersonId, latest_answers
from models.intake.rows import Row, Unreadable
from models.privacy import Email
from models.text.folding import unmarked
from models.text.sentences import Sentence

_BETWEEN: Final = re.compile(r"\s*[,;\n]\s*")
LIST_IT = Sentence(
    "correct the cell, or add the offer to chapter.toml [volunteers] offers; the others of the "
    "row are kept"
)
STRANGER = Sentence("no sheet has this address, so no call to action reaches this person")
REGISTER = Sentence(
    "ask them to register; if it is a member's other address, add it to their registration"
)
WHICH = Sentence("this person gave two answers that differ, and nobody can tell which is newer")
ONE_OF_THEM = Sentence("fill in the time of each answer, or delete the row that no longer holds")


class VolunteerProfile(Value):
    """One answer to the volunteer form."""

    place: SourceLocation
    address: Email
    offers: tuple[str, ...]
    """In the words of the settings, in their order."""
    languages: frozenset[str] = Field(frozenset(), repr=False)
    """Folded, as typed between commas."""
    times: frozenset[str] = Field(frozenset(), repr=False)
    """When they have time: likewise."""
    wants_email: bool = False
    at: date | None = None
    moment: datetime | None = None
    """When on that day; None if the sheet says only the day."""

    @property
    def said(self) -> tuple[object, ...]:
        """What the answer says, without when."""
        return self.offers, self.languages, self.times, self.wants_email


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profile of each person who has one that holds, and what is asked about the others."""

    profiles: Mapping[PersonId, VolunteerProfile]
    review: tuple[ReviewItem, ...] = ()

    def willing(self) -> dict[PersonId, VolunteerProfile]:
        """Those who want email about what they offer (DP-4)."""
        return {person: one for person, one in self.profiles.items() if one.wants_email}


def profile(
    row: Row, place: SourceLocation, today: date, offers: Sequence[str], boxes: Container[str]
) -> VolunteerProfile:
    """A row of the tab or an answer of the form.

    Args:
        offers: what people can offer, as the settings list it.
        boxes: the texts of the chapter's consent boxes, by `models.intake.consents.boxes_of`.

    Raises:
        Unreadable: it has no address, or its day has not come.
    """
    address = row.address("address")
    if address is None:
        raise Unreadable(
            "address",
            Sentence("the email address is missing"),
            Sentence("fill in the cell"),
            "ST-2",
        )
    at = row.if_readable(row.day, "at")
    if at and at > today:
        raise Unreadable(
            "at", Sentence("this day has not come"), Sentence("correct the date"), "ST-2", asks=True
        )
    return VolunteerProfile(
        place=place,
        address=address,
        offers=_offers(row, offers),
        languages=words_of(row.if_readable(row.text, "languages") or ""),
        times=words_of(row.if_readable(row.text, "times") or ""),
        wants_email=row.consents("wants_email", boxes),
        at=at,
        moment=row.moment("at") if at else None,
    )


def words_of(typed: str) -> frozenset[str]:
    """What stands between commas or semicolons, folded for comparing."""
    return frozenset(filter(None, map(unmarked, _BETWEEN.split(typed))))


def _offers(row: Row, known: Sequence[str]) -> tuple[str, ...]:
    """The offers of a cell; of one that the settings do not list there is a note.

    An offer may have a comma of its own: of the parts of a cell, the longest run that is one is it.
    """
    listed = {tuple(map(unmarked, _BETWEEN.split(one))): one for one in known}
    parts = [
        *filter(None, map(unmarked, _BETWEEN.split(row.if_readable(row.text, "offers") or "")))
    ]
    found: set[str] = set()
    while parts:
        runs = (tuple(parts[:many]) for many in range(len(parts), 0, -1))
        if run := next((one for one in runs if one in listed), None):
            found.add(listed[run])
            del parts[: len(run)]
        else:
            row.notes.append(_unlisted(parts.pop(0), known))
    return tuple(one for one in known if one in found)


def _unlisted(part: str, known: Sequence[str]) -> Unreadable:
    by = {unmarked(one): one for one in known}
    fact = Sentence("the settings do not list this offer")
    if near := get_close_matches(part, by, n=1):
        fact = Sentence(
            "the settings do not list this offer; the nearest is “{offer}”", offer=by[near[0]]
        )
    return Unreadable("offers", fact, LIST_IT, "ST-2")


def profiles_of(
    profiles: Iterable[VolunteerProfile],
    people: Iterable[Person],
    in_doubt: Iterable[Email] = (),
) -> Profiles:
    """The newest answer of each person whom the sheets know.

    Args:
        in_doubt: of answers that are set aside; whoever has one may have taken back what they said.
    """
    whose = _whose(people)
    review: list[ReviewItem] = []
    by: dict[PersonId, list[VolunteerProfile]] = {}
    for one in profiles:
        if person := whose.get(one.address):
            by.setdefault(person, []).append(one)
        else:
            review.append(_item(one, Weight.NOTE, STRANGER, REGISTER))
    unknown = {whose.get(address) for address in in_doubt}
    held: dict[PersonId, VolunteerProfile] = {}
    for person, answers in by.items():
        newest = latest_answers(answers)
        if person in unknown:
            continue  # the row that cannot be read is asked about
        if len({one.said for one in newest}) == 1:
            held[person] = newest[-1]
        else:
            review += [_item(one, Weight.QUESTION, WHICH, ONE_OF_THEM) for one in newest]
    return Profiles(held, tuple(review))


def _whose(people: Iterable[Person]) -> dict[Email, PersonId]:
    """Address → person; a household's shared one is that of who gets its letters."""
    found: dict[Email, PersonId] = {}
    others: dict[Email, PersonId] = {}
    for person in people:
        found |= dict.fromkeys(person.mail_addresses, person.id)
        others |= dict.fromkeys(person.addresses, person.id)
    return others | found


def _item(one: VolunteerProfile, weight: Weight, reason: str, next_step: str) -> ReviewItem:
    return ReviewItem(
        place=one.place, weight=weight, reason=reason, next_step=next_step, rule="ST-2"
    )
