"""What a night found of each person, kept in small pieces: who asks about one reads that piece.

1. A night on record leaves it in its own transaction. Whatever changes sources or people drops it
   (`Database.writing`), so that nothing of somebody who was erased, or moved, stays in it (DP-6).
2. A person is in the piece that a keyed digest of their id names; an address, in the piece that its
   own digest names, says whose it is. Only for a part of a name all names are gone through.
3. Nothing is judged here: who reads it judges the person on whatever day they ask about.
"""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select

from connectors.ledger.chunks import chunks
from connectors.ledger.columns import pack, unpack
from connectors.ledger.records import Gathered
from connectors.ledger.schema import meta
from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.intake.participation import Event
from models.intake.people import Person, PersonId, StatewideSignUp
from models.intake.row_results import RowCounts
from models.membership.voter_roll import Facts
from models.privacy import Email, Name, Phone, redact_addresses
from models.text.naming import is_meant, words_of
from models.text.stored import restored, stored
from models.unmask import reveal

_PIECE, _NAMES = 50, 20_000
"""People in one piece, and names."""
_PREFIX = "kept people: "
_HEAD, _EVENTS, _REVIEW = "head", "events", "review"
_EVENT_LIST = TypeAdapter(tuple[Event, ...])
Line = list[Any]
"""A person as JSON: see `_line`."""


def forget(db: Connection) -> None:
    """Drop all of it."""
    db.execute(delete(meta).where(meta.c.name.startswith(_PREFIX)))


def save(db: Connection, key: bytes, found: Gathered) -> None:
    """Keep what a night found, in the place of what the one before did."""
    forget(db)
    facts = found.facts
    many = 1 + len(facts.known.people) // _PIECE
    people: list[dict[str, str]] = [{} for _ in range(many)]
    addresses: list[dict[str, list[str]]] = [{} for _ in range(many)]
    for number, person in facts.known.people.items():
        line = json.dumps(_line(number, person, facts, found), separators=(",", ":"))
        people[_place(key, person.id, many)][person.id] = line
        for address in map(reveal, person.addresses):
            addresses[_place(key, address, many)].setdefault(address, []).append(person.id)
    head = {
        "rests on": found.rests_on,
        "changes": found.changes.isoformat(),
        "pieces": many,
        "dues": facts.dues is not None,
        "homes": dict(found.homes),
    }
    review = {
        "review": [*map(_item, facts.review)],
        "unsigned": [facts.events.index(event) for event in facts.unsigned],
        "boxes": [{f.name: getattr(box, f.name) for f in fields(box)} for box in facts.boxes],
    }
    rows = [
        (_HEAD, head),
        (_EVENTS, _EVENT_LIST.dump_python(tuple(facts.events), mode="json")),
        (_REVIEW, review),
        *((f"people {n}", piece) for n, piece in enumerate(people)),
        *((f"addresses {n}", piece) for n, piece in enumerate(addresses)),
        *((f"names {n}", piece) for n, piece in enumerate(chunks(_names(facts), _NAMES))),
    ]
    for part in chunks(rows, 500):
        said = [{"name": _PREFIX + name, "value": pack(content)} for name, content in part]
        db.execute(insert(meta), said)


def head(db: Connection, rests_on: str, today: date) -> dict[str, Any] | None:
    """What is said of all of it, if it holds today; None where everything is to be read."""
    kept = _held(db, _HEAD)
    if kept is None or kept["rests on"] != rests_on:
        return None
    return kept if today < date.fromisoformat(kept["changes"]) else None


def events(db: Connection) -> list[Event]:
    """The chapter's events by their numbers."""
    return list(_EVENT_LIST.validate_python(_held(db, _EVENTS)))


def review(db: Connection, held: list[Event]) -> dict[str, Any]:
    """What is asked of the sources, as fields of the facts."""
    said = _held(db, _REVIEW)
    assert said is not None  # noqa: S101 - written with its head
    return {
        "review": [*map(item_of, said["review"])],
        "unsigned": [held[number] for number in said["unsigned"]],
        "boxes": [RowCounts(**box | {"strange": Counter(box["strange"])}) for box in said["boxes"]],
    }


def lines_of(db: Connection, key: bytes, kept: dict[str, Any], wanted: str) -> list[Line]:
    """Those whom an id, an address, or a part of a name may mean."""
    many, folded = kept["pieces"], wanted.strip().casefold()
    addresses = _held(db, f"addresses {_place(key, folded, many)}") or {}
    found = _lines(db, key, many, dict.fromkeys([folded, *addresses.get(folded, ())]))
    return found or _lines(db, key, many, _called(db, words_of(wanted)))


def lines(db: Connection, kept: dict[str, Any]) -> Iterator[Line]:
    """Everybody."""
    for part in chunks((f"{_PREFIX}people {n}" for n in range(kept["pieces"])), 100):
        for value in db.scalars(select(meta.c.value).where(meta.c.name.in_(part))):
            yield from map(json.loads, unpack(value).values())


def _lines(db: Connection, key: bytes, many: int, ids: Iterable[str]) -> list[Line]:
    pieces = ((one, _held(db, f"people {_place(key, one, many)}") or {}) for one in ids)
    return [json.loads(piece[one]) for one, piece in pieces if one in piece]


def _called(db: Connection, typed: list[str]) -> Iterator[str]:
    number = 0
    while (piece := _held(db, f"names {number}")) is not None:
        yield from (one for one, name in piece if is_meant(typed, name))
        number += 1


def _names(facts: Facts) -> Iterator[tuple[str, list[str]]]:
    """Everybody's name as it is searched for."""
    for person in facts.known.people.values():
        if person.name:
            yield person.id, words_of(redact_addresses(reveal(person.name)))


def _held(db: Connection, name: str) -> Any:
    value = db.scalar(select(meta.c.value).where(meta.c.name == _PREFIX + name))
    return None if value is None else unpack(value)


def _place(key: bytes, text: str, many: int) -> int:
    found = hmac.digest(key, text.encode(errors="surrogatepass"), hashlib.sha256)
    return int.from_bytes(found[:4], "big") % many


def _line(number: int, person: Person, facts: Facts, found: Gathered) -> Line:
    paid = facts.dues.of_addresses(person.addresses) if facts.dues is not None else ()
    return [
        number,
        person.id,
        person.name and reveal(person.name),
        [*map(reveal, person.addresses)],
        [*map(reveal, person.mail_addresses)],
        [*map(reveal, person.asks_at)],
        person.phone and reveal(person.phone),
        person.district,
        person.registered,
        *(day and day.isoformat() for day in (person.registered_since, person.new_since)),
        person.sign_up and _sign_up(person.sign_up),
        sorted(facts.attended.get(number, ())),
        [day.isoformat() for day in facts.attested.get(number, ())],
        [(reveal(o.address), o.paid.isoformat(), o.through.isoformat()) for o in paid],
        [*map(_item, found.waiting(person))],
    ]


def person_of(line: Line) -> Person:
    """The person of a line."""
    _, known_as, name, addresses, mail, asks, phone, district, registered, *rest = line
    since, new, sign_up, *_ = rest
    return Person(
        id=PersonId(known_as),
        name=None if name is None else Name(name),
        addresses=tuple(map(Email, addresses)),
        mail_addresses=tuple(map(Email, mail)),
        asks_at=tuple(map(Email, asks)),
        phone=None if phone is None else Phone(phone),
        district=district,
        registered=registered,
        registered_since=since and date.fromisoformat(since),
        new_since=new and date.fromisoformat(new),
        sign_up=sign_up and _sign_up_of(sign_up),
    )


def _sign_up(said: StatewideSignUp) -> Line:
    moment = said.moment and said.moment.isoformat()
    return [said.place.source, stored(said.place.cell), said.at.isoformat(), moment,
            reveal(said.address), said.town, said.zip_code, said.wants_email]  # fmt: skip


def _sign_up_of(line: Line) -> StatewideSignUp:
    source, cell, at, moment, address, town, zip_code, wants = line
    return StatewideSignUp(
        place=SourceLocation(source, restored(cell)),
        at=date.fromisoformat(at),
        moment=moment and datetime.fromisoformat(moment),
        address=Email(address),
        town=town,
        zip_code=zip_code,
        wants_email=wants,
    )


def _item(item: ReviewItem) -> Line:
    place = item.place
    return [place.source, stored(place.cell), item.weight.value, stored(item.reason),
            stored(item.next_step), item.rule]  # fmt: skip


def item_of(line: Line) -> ReviewItem:
    """A line of the review."""
    source, cell, weight, reason, next_step, rule = line
    return ReviewItem(
        place=SourceLocation(source, restored(cell)),
        weight=Weight(weight),
        reason=restored(reason),
        next_step=restored(next_step),
        rule=rule,
    )
