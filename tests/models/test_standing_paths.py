"""The judge of paths against a naive one that walks the calendar day by day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.bylaws.rules import Bylaws, bylaws_from
from models.intake.locations import SourceLocation
from models.intake.participation import Event
from models.membership.fulfilment import OwnFacts
from models.membership.status_periods import StatusPeriod
from models.membership.voting_status import Judge, Status, VotingStatus
from tests.models.invented import TOML, day
from tests.models.naive_paths import Held, Person, Text, spell, verdict

FIRST, LAST = day("2023-10-01"), day("2025-06-30")
"""With a leap day in them."""
HORIZON = day("2027-08-01")
"""By then every window that ends has ended."""
KINDS = "meeting", "call", "volunteering"
SOURCE = {"rule": "VM-R7", "cite": "an invented sentence"}
WORDS = {Status.VOTING: "voting", Status.ONE_AWAY: "one away", Status.NOT_YET: "not yet"}

days = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(n))
# Anniversaries, month ends, leap days and neighbours meet more often than chance would have it.
edges = st.sampled_from([
    day(iso) for iso in ("2023-12-31", "2024-01-01", "2024-02-28", "2024-02-29", "2024-03-01",
    "2024-08-31", "2024-09-01", "2025-02-28", "2025-03-01", "2025-03-02", "2025-01-01")
])  # fmt: skip
some_day = days | edges
windows = st.sampled_from(["trailing year", "calendar year", "ever", "6 months", "1 month"])
some_kinds = st.sampled_from([[], ["meeting"], ["call"], ["meeting", "call"]])


def condition(word: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A condition as a file has it, without its citation."""
    return st.fixed_dictionaries({"condition": st.just(word), **values})


last_events = condition(
    "last events", at_least=st.integers(1, 3), of_last=st.integers(1, 4), kinds=some_kinds
).map(lambda one: {**one, "of_last": max(one["at_least"], one["of_last"])})
each_condition = {
    "events": condition("events", at_least=st.integers(1, 3), window=windows, kinds=some_kinds),
    "last events": last_events,
    "share of events": condition(
        "share of events", share=st.sampled_from(["1/4", "1/2", "2/3", "1"]), window=windows,
        kinds=some_kinds,
    ),
    "on the day": condition("on the day", kinds=some_kinds),
    "attended": condition(
        "attended", kinds=st.sampled_from([["meeting"], ["call"]]), window=windows
    ),
    "volunteered": condition("volunteered", at_least=st.integers(1, 2), window=windows),
    "registered": condition("registered", days=st.sampled_from([1, 30, 365])),
    "dues paid": condition("dues paid"),
    "attested": condition("attested", window=windows),
}  # fmt: skip
conditions = st.one_of(list(each_condition.values()))
before_the_vote = st.tuples(
    condition(
        "events", at_least=st.integers(1, 2), window=windows, kinds=some_kinds,
        before_the_day=st.just(True),
    ),
    condition("on the day", kinds=some_kinds),
)  # fmt: skip
paths = st.lists(
    st.lists(conditions, min_size=1, max_size=3).map(tuple) | before_the_vote,
    min_size=1,
    max_size=3,
).map(tuple)
one_edition = st.builds(Text, st.just(FIRST), paths).map(lambda only: (only,))
two_editions = st.tuples(
    st.builds(Text, st.just(FIRST), paths),
    st.builds(Text, some_day.filter(lambda d: d > FIRST), paths),
)
editions = one_edition | two_editions
people = st.builds(
    Person,
    st.lists(st.builds(Held, some_day, st.sampled_from(KINDS), st.booleans()), max_size=10).map(
        tuple
    ),
    st.none() | some_day,
    st.lists(some_day, max_size=2).map(tuple),
    st.none()
    | st.tuples(some_day, st.integers(0, 400)).map(lambda s: ((s[0], s[0] + timedelta(s[1])),)),
)


def bylaws_of(texts: tuple[Text, ...]) -> Bylaws:
    """The same wording as the program's bylaws."""

    def edition(number: int, text: Text) -> dict[str, Any]:
        membership = {
            "kinds": {"value": KINDS, **SOURCE},
            "volunteer_kinds": {"value": ["volunteering"], **SOURCE},
            "paths": [
                {"name": str(n), "conditions": [{**one, **SOURCE} for one in path]}
                for n, path in enumerate(text.paths)
            ],
        }
        named = {"name": str(number), "effective_from": text.starting}
        return {**TOML["editions"][0], **named, "membership": membership}

    table = {"chapter": "invented", "editions": [edition(*each) for each in enumerate(texts)]}
    return bylaws_from(table, "a test")


def judged(who: Person, bylaws: Bylaws, on: date) -> VotingStatus:
    """What the program says of the same person."""
    events = [
        Event(place=SourceLocation("Events", ""), day=h.day, name=str(n), kind=h.kind)
        for n, h in enumerate(who.held)
    ]
    attended = {number for number, h in enumerate(who.held) if h.came}
    dues = who.paid if who.paid is None else tuple(StatusPeriod(*each) for each in who.paid)
    return Judge(bylaws, events, on).standing(
        attended, OwnFacts(who.registered, who.attested, dues)
    )


def agree(who: Person, texts: tuple[Text, ...], on: date) -> None:
    """Both judges say the same of a day and its spell."""
    found = judged(who, bylaws_of(texts), on)
    expected = spell(who, texts, on, KINDS, HORIZON)
    assert (found.spell is None) == (expected is None)
    if found.spell and expected:
        ends = min(found.spell.until, HORIZON)
        assert (found.spell.since, ends) == expected
    assert found.can_vote == any(reason.holds for reason in found.because)


@pytest.mark.parametrize("word", each_condition)
@settings(max_examples=30, deadline=None)
@given(data=st.data(), who=people, on=some_day)
def test_they_agree_on_each_condition_by_itself(
    word: str, data: st.DataObject, who: Person, on: date
) -> None:
    agree(who, (Text(FIRST, ((data.draw(each_condition[word]),),)),), on)


@pytest.mark.parametrize(("on", "holds"), [("2024-03-29", False), ("2024-03-30", True)])
def test_who_registered_on_a_leap_day_is_registered_for_thirty_days(on: str, holds: bool) -> None:
    who = Person((), registered=day("2024-02-29"))
    bylaws = bylaws_of((Text(FIRST, (({"condition": "registered", "days": 30},),)),))
    assert judged(who, bylaws, day(on)).can_vote is holds


EVENTS = {"condition": "events", "at_least": 2, "window": "6 months", "kinds": []}
LAST_TWO = {"condition": "last events", "at_least": 2, "of_last": 2, "kinds": ["meeting"]}
HALF = {"condition": "share of events", "share": "1/2", "window": "1 month", "kinds": ["call"]}
FULL = {"condition": "share of events", "share": "1", "window": "1 month", "kinds": []}


TWO = {"condition": "events", "at_least": 2, "window": "trailing year", "kinds": []}
HELPED = {"condition": "volunteered", "at_least": 1, "window": "trailing year"}


@settings(max_examples=150, deadline=None)
@given(people, editions, some_day)
@example(  # two events, one of them volunteering: one activity is the event that is lacking
    Person((Held(day("2024-01-10"), "meeting", True),)),
    (Text(FIRST, ((TWO, HELPED),)),),
    day("2024-06-01"),
)
@example(  # six months after August 31 is the last of February
    Person((Held(day("2024-08-31"), "call", True), Held(day("2024-09-01"), "call", True))),
    (Text(FIRST, ((EVENTS,),)),),
    day("2025-02-28"),
)
@example(  # two meetings on one day, one of them attended, are both among the last two
    Person(tuple(Held(day("2024-02-29"), "meeting", came) for came in (True, False, True))),
    (Text(FIRST, ((LAST_TWO,),)),),
    day("2024-02-29"),
)
@example(  # a share grows when what was missed falls out of the window
    Person((Held(day("2024-01-01"), "call", False), Held(day("2024-01-20"), "call", True))),
    (Text(FIRST, ((FULL,),)),),
    day("2024-02-02"),
)
@example(  # three calls in four weeks: who came to one is one away from half of them
    Person(tuple(Held(day(f"2024-03-{n:02}"), "call", n == 1) for n in (1, 8, 15))),
    (Text(FIRST, ((HALF,),)),),
    day("2024-03-20"),
)
def test_the_judge_agrees_with_the_naive_one_about_the_day_and_its_spell(
    who: Person, texts: tuple[Text, ...], on: date
) -> None:
    assert WORDS[judged(who, bylaws_of(texts), on).status] == verdict(
        who._replace(held=tuple(h for h in who.held if h.day <= on)), texts, on, KINDS
    )
    agree(who, texts, on)
