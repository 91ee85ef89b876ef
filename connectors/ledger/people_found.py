"""What the last full night found of each person, as facts to be judged by (VM-1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection

from connectors.ledger import kept_people
from connectors.ledger.database import Database
from connectors.ledger.kept_people import Line
from connectors.ledger.records import Found
from models.bylaws.rules import Bylaws
from models.intake.locations import ReviewItem
from models.membership.dues import Dues, Payment
from models.membership.identity import KnownPeople
from models.membership.voter_roll import Facts
from models.privacy import Email


class PeopleFound:
    """Facts as a night left them; None where they may be otherwise now, and all is to be read."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database, self._key = database, key

    def everybody(self, rests_on: str, bylaws: Bylaws, today: date) -> Found | None:
        """All facts.

        Args:
            rests_on: what they must rest on beside sources and people.
        """
        with self._database.reading() as db:
            if (head := kept_people.head(db, rests_on, today)) is None:
                return None
            facts = _facts(db, head, kept_people.lines(db, head), bylaws, today)
            for name, value in kept_people.review(db, facts.facts.events).items():
                setattr(facts.facts, name, value)
            return facts

    def review(self, rests_on: str, today: date) -> list[ReviewItem] | None:
        """What is asked of the sources, without anybody."""
        with self._database.reading() as db:
            if kept_people.head(db, rests_on, today) is None:
                return None
            found: list[ReviewItem] = kept_people.review(db, kept_people.events(db))["review"]
            return found

    def about(self, wanted: str, rests_on: str, bylaws: Bylaws, today: date) -> Found | None:
        """The facts about those alone whom an id, an address, or a part of a name means.

        The review is not in them.
        """
        with self._database.reading() as db:
            if (head := kept_people.head(db, rests_on, today)) is None:
                return None
            lines = kept_people.lines_of(db, self._key, head, wanted)
            return _facts(db, head, lines, bylaws, today)


def _facts(
    db: Connection, head: dict[str, Any], lines: Iterable[Line], bylaws: Bylaws, today: date
) -> Found:
    known = sorted(lines)
    *_, attended, attested, paid, waiting = zip(*known, strict=True) if known else [()] * 16
    people = {line[0]: kept_people.person_of(line) for line in known}
    facts = Facts(
        bylaws=bylaws,
        today=today,
        events=kept_people.events(db),
        attended={n: tuple(those) for n, those in zip(people, attended, strict=True) if those},
        known=KnownPeople(people, {}, {}),
        attested={
            n: [*map(date.fromisoformat, days)]
            for n, days in zip(people, attested, strict=True)
            if days
        },
        dues=_dues(paid) if head["dues"] else None,
    )
    asked = {
        people[n].id: [*map(kept_people.item_of, items)]
        for n, items in zip(people, waiting, strict=True)
        if items
    }
    return Found(facts, asked, head["homes"])


def _dues(paid: Iterable[list[Any]]) -> Dues:
    """The payments of these people; an address that two of them have, once."""
    by: dict[str, list[Payment]] = {}
    for those in paid:
        mine: dict[str, list[Payment]] = {}
        for address, first, through in those:
            one = Payment(
                address=Email(address),
                paid=date.fromisoformat(first),
                through=date.fromisoformat(through),
            )
            mine.setdefault(address, []).append(one)
        by |= mine
    return Dues.of(one for those in by.values() for one in those)
