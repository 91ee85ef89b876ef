"""What the letters say is applied, word for word, and the judge is asked whether it was true."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given, settings

from models.membership.voting_status import Status
from models.membership.ways import LACKING, ways_of
from tests.models.invented import day
from tests.models.naive_paths import ONE_DAY, Held, Person, Text, as_known, begins
from tests.models.test_standing_paths import (
    FIRST,
    KINDS,
    bylaws_of,
    editions,
    judged,
    people,
    some_day,
)

YEAR = "trailing year"
MEETINGS = {"condition": "events", "at_least": 3, "window": YEAR, "kinds": ["meeting"]}
CALLS = {"condition": "events", "at_least": 5, "window": YEAR, "kinds": ["call"]}
THREE = {"condition": "events", "at_least": 3, "window": YEAR, "kinds": []}
ONE_MEETING = {**MEETINGS, "at_least": 1}
THIS_YEAR = {**THREE, "window": "calendar year"}
EVER = {**THREE, "window": "ever"}
NINE = {**THREE, "at_least": 9}
SOON = {**THREE, "window": "6 months"}
HELPED = {"condition": "volunteered", "at_least": 1, "window": YEAR}
ATTESTED = {"condition": "attested", "window": "6 months"}


def only(*paths: tuple[dict[str, object], ...]) -> tuple[Text, ...]:
    return (Text(FIRST, paths),)


def came(*days: str, kind: str = "meeting") -> tuple[Held, ...]:
    return tuple(Held(day(one), kind, True) for one in days)


def kinds_in(phrase: str) -> Iterator[str]:
    """The kinds of event a phrase offers; all where it names none."""
    named = [kind for kind in KINDS if kind in phrase]
    yield from named or KINDS


def deeds(phrase: str, on: date) -> Iterator[tuple[Held, ...]]:
    """Each thing a phrase offers, done on a day."""
    for one in phrase.lower().replace(" or call", "/call").split(" or "):
        alone = " our " in one or "once" in one or one.startswith(("come to a ", "come to an "))
        many = 1 if alone else 3
        for kind in ["volunteering"] if one.startswith("volunteer") else kinds_in(one):
            yield (Held(on, kind, True),) * many


def after(who: Person, did: tuple[Held, ...]) -> Person:
    return who._replace(held=(*who.held, *did))


@settings(max_examples=120, deadline=None)
@given(people, editions, some_day)
# a calendar year is not carried further by one of its own events
@example(
    Person(came("2024-01-10", "2024-02-10", "2024-03-10")), only((THIS_YEAR,)), day("2024-12-10")
)
# who lacks a meeting is not helped by a call
@example(Person(came("2024-01-10", "2024-02-10")), only((MEETINGS,), (CALLS,)), day("2024-06-01"))
# nor who lacks the one meeting among the three events
@example(
    Person(came("2024-01-10", "2024-01-11", "2024-01-12", kind="call")),
    only((THREE, ONE_MEETING)),
    day("2024-06-01"),
)
# the attestation ends before the events do
@example(
    Person(came("2024-05-10", "2024-05-20"), attested=(day("2024-01-01"),)),
    only((THREE, ATTESTED)),
    day("2024-06-01"),
)
# a vote by volunteering is not carried on by one event more
@example(
    Person(came("2024-01-10", kind="volunteering")), only((THREE,), (HELPED,)), day("2025-01-02")
)
# an amendment ends it whatever they do
@example(
    Person(came("2024-05-10", "2024-05-20", "2024-05-21")),
    (Text(FIRST, ((THREE,),)), Text(day("2024-07-01"), ((NINE,),))),
    day("2024-06-20"),
)
# a vote for ever has nothing to carry further
@example(
    Person(came("2024-01-10", "2024-02-10", "2024-03-10")),
    only((EVER,), (SOON,)),
    day("2024-06-01"),
)
# two events of one day run out together: one more is not always enough
@example(Person(came("2024-01-10", "2024-01-10", "2024-03-10")), only((THREE,)), day("2025-01-02"))
# who registered long enough ago votes before the events have run out
@example(
    Person(came("2024-01-10", "2024-02-10"), registered=day("2024-01-10")),
    only((THREE,), ({"condition": "registered", "days": 365},)),
    day("2024-06-01"),
)
# what a path with dues looks back on counts too, though it holds for nobody yet
@example(
    Person(came("2023-10-01")),
    only((ONE_MEETING,), ({**EVER, "at_least": 1}, {"condition": "dues paid"})),
    day("2025-02-28"),
)
def test_what_is_said_of_a_vote_is_true_of_everybody(
    who: Person, texts: tuple[Text, ...], on: date
) -> None:
    who, bylaws = as_known(who._replace(paid=None), on), bylaws_of(texts)
    membership = bylaws.in_force(on).membership
    said = ways_of(membership, steady=bylaws.keeps_membership(on))
    standing = judged(who, bylaws, on)
    assume(standing.spell)
    assert standing.spell
    until, counted = standing.spell.until, {event.name for event in standing.counted}

    for window in (YEAR, "calendar year", "6 months", "1 month"):
        words = {YEAR: "in the past year", "calendar year": "in this calendar year"}
        if said["within"] == words.get(window, f"in the past {window}"):
            assert all(event.day >= begins(window, on) for event in standing.counted)

    if standing.status is Status.VOTING:
        if said["carried_by"]:
            assert until < date.max
            for did in deeds(said["carried_by"], until):
                more = judged(after(who, did), bylaws, until).spell
                assert more
                assert more.until > until
        if until - on <= timedelta(30):
            for done in (on, until):
                for did in deeds(said["carry_on"], done) if said["carry_on"] else ():
                    more = judged(after(who, did), bylaws, done).spell
                    assert more
                    assert more.until > until
            if said["ago"]:
                left = {event.name for event in judged(who, bylaws, until + ONE_DAY).counted}
                assert counted - left
            for did in deeds(said["again"], until + ONE_DAY) if said["again"] else ():
                assert judged(after(who, did), bylaws, until + ONE_DAY).can_vote
    else:
        lacked = [judged(after(who, (Held(on, kind, True),)), bylaws, on).can_vote
                  for kind in (KINDS if said["one_more"] == LACKING
                               else kinds_in(said["one_more"]))]  # fmt: skip
        assert any(lacked) if said["one_more"] == LACKING else all(lacked)
        for did in deeds(said["or_else"].removeprefix(", or "), on) if said["or_else"] else ():
            assert judged(after(who, did), bylaws, on).can_vote
        if said["together"] and until < date.max:
            assert {event.name for event in judged(who, bylaws, until).counted} == counted
            left = {event.name for event in judged(who, bylaws, until + ONE_DAY).counted}
            assert counted - left or not counted


@pytest.mark.parametrize("kinds", ["", " meeting or call", LACKING])
def test_a_phrase_is_read_as_it_is_meant(kinds: str) -> None:
    assert list(kinds_in(kinds)) == (["meeting", "call"] if "meeting" in kinds else [*KINDS])
