"""The judge against a naive one that walks the calendar day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.bylaws.rules import Bylaws, bylaws_from
from models.intake.locations import SourceLocation
from models.intake.participation import Event
from models.membership.status_periods import StatusPeriod
from models.membership.voting_status import Status, determine_status
from tests.models.invented import FIVE_VALUES, TOML, day, event, helped, judged
from tests.models.naive import Came, Text, spell, verdict

FIRST, LAST = day("2023-06-01"), day("2026-05-31")
"""Three years with a leap day in them."""
KINDS = "monthly meeting", "volunteer activity", "picnic"
WORDS = {Status.VOTING: "voting", Status.ONE_AWAY: "one away", Status.NOT_YET: "not yet"}

days = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(n))
# Anniversaries, leap days and neighbours meet more often than chance would have it.
edges = st.sampled_from(
    [day(f"{year}-{rest}") for year in (2024, 2025) for rest in
     ("01-01", "02-28", "03-01", "06-15", "06-16", "12-31")] + [day("2024-02-29")]
)  # fmt: skip
attendance = st.lists(st.builds(Came, days | edges, st.sampled_from(KINDS)), max_size=9)


def text(starting: date) -> st.SearchStrategy[Text]:
    """An edition's wording."""
    return st.builds(
        Text,
        st.just(starting),
        st.integers(2, 4),
        st.integers(1, 2),
        st.booleans(),
        st.sampled_from([KINDS[:2], KINDS, KINDS[1:], KINDS[:1]]),
    )


one_edition = text(FIRST).map(lambda only: (only,))
two_editions = st.tuples(text(FIRST), (days | edges).filter(lambda d: d > FIRST).flatmap(text))


def bylaws_of(texts: tuple[Text, ...]) -> Bylaws:
    """The same wording as the program's bylaws."""

    def edition(number: int, said: Text) -> dict[str, object]:
        values: dict[str, object] = {
            "events_needed": said.events,
            "volunteer_activities_needed": said.helps,
            "window": "calendar year" if said.by_calendar_year else "trailing year",
            "qualifying_kinds": said.kinds,
        }
        values["volunteer_kinds"] = [kind for kind in said.kinds if kind == "volunteer activity"]
        rules = FIVE_VALUES | {k: {**FIVE_VALUES[k], "value": v} for k, v in values.items()}
        named = {"name": str(number), "effective_from": said.starting}
        return {**TOML["editions"][0], **named, "membership": rules}

    editions = [edition(number, said) for number, said in enumerate(texts)]
    return bylaws_from({"chapter": "invented", "editions": editions}, "a test")


def events_of(came: list[Came]) -> list[Event]:
    """The same attendance as the program's events."""
    return [
        Event(place=SourceLocation("Events", ""), day=c.day, name=str(number), kind=c.kind)
        for number, c in enumerate(came)
    ]


@settings(max_examples=150)
@given(attendance, one_edition | two_editions, days | edges)
@example(
    [Came(day("2024-02-29"), "volunteer activity")],
    (Text(FIRST, 3, 1, False, KINDS),),
    day("2025-02-28"),
)
@example(
    [Came(day("2024-02-28"), "volunteer activity")],
    (Text(FIRST, 3, 1, False, KINDS),),
    day("2024-06-01"),
)
def test_the_judge_agrees_with_the_naive_one_about_the_day_and_its_spell(
    came: list[Came], texts: tuple[Text, ...], on: date
) -> None:
    found = determine_status(events_of(came), bylaws_of(texts), on)
    assert WORDS[found.status] == verdict(came, texts, on)
    expected = spell(came, texts, on)
    assert found.spell == (StatusPeriod(*expected) if expected else None)


@settings(max_examples=12)
@given(attendance, one_edition | two_editions)
def test_they_agree_on_every_day_of_three_years(came: list[Came], texts: tuple[Text, ...]) -> None:
    events, bylaws = events_of(came), bylaws_of(texts)
    on = FIRST
    while on <= LAST:
        assert WORDS[determine_status(events, bylaws, on).status] == verdict(came, texts, on)
        on += timedelta(1)


@given(attendance, one_edition | two_editions, days | edges)
def test_a_spell_holds_the_day_and_every_reason_is_told(
    came: list[Came], texts: tuple[Text, ...], on: date
) -> None:
    found = determine_status(events_of(came), bylaws_of(texts), on)
    assert found.can_vote == any(reason.holds for reason in found.because)
    assert (found.spell is None) == (found.status is Status.NOT_YET)
    if found.spell:
        assert found.spell.covers(on)
    assert all(e.day <= on for e in found.counted)


@given(attendance, days | edges, days | edges)
def test_one_more_event_never_takes_a_vote_away(came: list[Came], extra: date, on: date) -> None:
    bylaws = bylaws_of((Text(FIRST, 3, 1, False, KINDS),))
    before = determine_status(events_of(came), bylaws, on)
    after = determine_status(events_of([*came, Came(extra, "monthly meeting")]), bylaws, on)
    assert after.can_vote >= before.can_vote
    if before.can_vote and before.spell and after.spell:
        assert after.spell.since <= before.spell.since
        assert after.spell.until >= before.spell.until


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (("2025-01-01", "2025-02-01"), ("2025-02-01", "2025-03-01"), True),
        (("2025-01-01", "2025-02-01"), ("2025-02-02", "2025-03-01"), False),
        (("2025-01-01", "2025-12-31"), ("2025-05-01", "2025-05-01"), True),
    ],
)
def test_spells_that_share_a_day_overlap(
    one: tuple[str, str], other: tuple[str, str], share: bool
) -> None:
    first, second = (StatusPeriod(day(since), day(until)) for since, until in (one, other))
    assert first.overlaps(second) is second.overlaps(first) is share


def test_the_order_of_the_events_is_irrelevant() -> None:
    events = event("2025-09-09"), event("2025-10-14"), event("2025-11-11"), helped("2025-06-01")
    assert judged(*events, on="2025-12-01") == judged(*events[::-1], on="2025-12-01")
