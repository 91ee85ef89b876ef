"""Whatever happens to a chapter, night after night: a quiet night finds what a full one would.

A history is invented, and played. Right after each quiet night everything is read and judged in
full: the plan has nothing in it, the numbers are the same, and the ledger has everybody's standing
as it is on this day. What is kept of each person says what the sources say, before and after each
night. After the last night everybody is judged anew, and nothing is
written.
"""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, example, given, settings
from hypothesis import strategies as st

from connectors.sandbox.invented import WORKBOOK, address_of, name_of, serial
from connectors.sandbox.server import Sandbox
from connectors.settings import EDITIONS
from flows.nightly.night import Sync
from flows.privacy.person import forget
from models.mail.plans import UnsafePlan
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.flows.test_kept_people import hold_against_the_sources
from tests.flows.test_quiet_nights import hold_against_a_full_one
from tests.flows.town import MARKS, Town

Step = Callable[[Town, Clock, int], object]


def _days(town: Town, clock: Clock, number: int) -> None:
    clock.go(days=1 + number % 40)


def _a_day(town: Town, clock: Clock, number: int) -> None:
    clock.go(days=1)


def _signs_in(town: Town, clock: Clock, number: int) -> None:
    who = number % 16  # some are known, some are new
    day = clock.today - timedelta(days=number % 3)
    with town.edit("Events") as events, town.edit("Sign-ins") as rows:
        name = events[1 + number % (len(events) - 1)][1] if number % 2 else f"Meeting of {day}"
        if not number % 2:
            events.append([serial(day), name, "monthly meeting"])
        rows.append([serial(day) + 0.8, name, address_of(who), name_of(who)])


def _row_goes(town: Town, clock: Clock, number: int) -> None:
    with town.edit("Sign-ins") as rows:
        del rows[1 + number % (len(rows) - 1)]


def _registers(town: Town, clock: Clock, number: int) -> None:
    with town.edit("Registrations") as rows:
        row = list(rows[1 + number % (len(rows) - 1)])
        row[0] = serial(clock.today) + 0.5
        row[1] = name_of(number % 20) if number % 2 else row[1]
        rows.append(row)


def _is_corrected(town: Town, clock: Clock, number: int) -> None:
    with town.edit("Exceptions") as rows:
        row = list(rows[1 + number % (len(rows) - 1)])
        row[0] = serial(clock.today + timedelta(days=number % 5))
        rows.append(row)


def _event_changes(town: Town, clock: Clock, number: int) -> None:
    with town.edit("Events") as rows:
        row = rows[1 + number % (len(rows) - 1)]
        if number % 3:
            row[0] = serial(clock.today + timedelta(days=number % 50 - 25))
        else:
            row[2] = "social"


def _edition(town: Town, clock: Clock, number: int) -> None:
    """An amendment, in force in some days: fewer kinds of events count."""
    text = (EDITIONS / "jp-progressives.toml").read_text("utf-8")
    head, mark, rest = text.partition("[[editions]]")
    now = rest.partition(mark)[0]
    name = now.partition('name = "')[2].partition('"')[0]
    first = clock.today + timedelta(days=number % 20)
    kinds = ["monthly meeting", "forum", "volunteer activity"][number % 2 :]
    later = f'''
{mark}
name = "amended"
effective_from = {first}
amends = "{name}"

[editions.membership.kinds]
value = {kinds}
rule = "VM-2"
cite = "as amended"
'''.replace("'", '"')
    (town.folder / "ours.toml").write_text(f"{head}{mark}{now}{later}", "utf-8")
    file = town.folder / "chapter.toml"
    file.write_text(file.read_text().replace('"jp-progressives"', '"ours.toml"'))


def _setting(town: Town, clock: Clock, number: int) -> None:
    kinds = ("voting-member", "one-event-away", "status-lapses")[: 1 + number % 3]
    file = town.folder / "chapter.toml"
    kept = file.read_text().partition("\n[emails]")[0]
    file.write_text(f"{kept}\n[emails]\nsend = {list(kinds)}\n".replace("'", '"'))


def _unsubscribes(town: Town, clock: Clock, number: int) -> None:
    members = sorted(town.audience.members.values(), key=lambda one: one.email_address)
    one = members[number % len(members)]
    one.status, one.last_changed = "unsubscribed", clock()


def _loses_its_tag(town: Town, clock: Clock, number: int) -> None:
    if tag := town.audience.tag(MARKS.voting_tag):
        for one in list(tag.members)[:1]:
            del tag.members[one]


def _is_forgotten(town: Town, clock: Clock, number: int) -> None:
    with town.context() as context:
        entries = sorted(town.night(apply=False).roll.entries.items())
        forget(context, entries[number % len(entries)][1], "Ann Officer", others_too=True)


def _is_touched(town: Town, clock: Clock, number: int) -> None:
    town.sandbox.google.wrote(town.sandbox.google.workbooks[WORKBOOK])


def _answers(town: Town, clock: Clock, number: int) -> None:
    town.answer(name_of(number % 16), address_of(number % 16))


STEPS: tuple[Step, ...] = (
    _a_day, _a_day, _days, _signs_in, _row_goes, _registers, _is_corrected, _event_changes,
    _edition, _setting, _unsubscribes, _loses_its_tag, _is_forgotten, _is_touched, _answers,
)  # fmt: skip
HISTORY = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 999)), min_size=1, max_size=5)


def night_of(town: Town) -> Sync:
    """A night, approved if it must be."""
    try:
        return town.night()
    except UnsafePlan as refused:
        return town.night(approve=refused.fingerprint)


def as_a_full_look(town: Town, quiet: Sync) -> None:
    """What a full look finds right after a quiet night."""
    look = town.night(apply=False)
    assert look.plan.is_empty()
    assert look.found == quiet.found
    with town.ledger() as ledger:
        recorded: dict[Any, Any] = {
            person: known[:2] for person, known in ledger.standings().items()
        }
    for person, entry in look.roll.entries.items():
        assert recorded[person] == (entry.standing.status, entry.standing.spell)


def play(town: Town, clock: Clock, history: list[tuple[Step, int]]) -> None:
    """Play a history; three nights a step, so that the chapter comes to rest between them."""
    quiet = 0
    kept = 0
    for step, number in [(_a_day, 0), *history]:
        step(town, clock, number)
        with town.context() as context:
            kept += hold_against_the_sources(context)
        for _ in range(3):
            night = night_of(town)
            with town.context() as context:
                assert hold_against_the_sources(context), "a night keeps what it found of people"
            if night.is_quiet:
                quiet += 1
                as_a_full_look(town, night)
    event(f"quiet nights: {quiet}; kept after a step: {kept}")
    hold_against_a_full_one(town, night_of(town))


def _few(examples: int) -> settings:
    return settings(
        max_examples=examples,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),  # each history takes seconds
    )


def _a_history(sandbox: Sandbox, clock: Clock, history: list[tuple[Step, int]]) -> None:
    clock.at = FIRST_NIGHT
    empty(sandbox)
    with tempfile.TemporaryDirectory() as home:
        play(Town.found(sandbox, clock, Path(home) / "chapter", people=12), clock, history)


@given(HISTORY)
@example([(_signs_in, 2), (_edition, 7), (_loses_its_tag, 0)])
@_few(1)  # the simplest: nothing but days
def test_a_quiet_night_is_as_a_full_one(
    sandbox: Sandbox, clock: Clock, history: list[tuple[Step, int]]
) -> None:
    _a_history(sandbox, clock, history)


@pytest.mark.slow(minutes=3)
@given(HISTORY)
@_few(20)
def test_a_quiet_night_is_as_a_full_one_in_many_histories(
    sandbox: Sandbox, clock: Clock, history: list[tuple[Step, int]]
) -> None:
    _a_history(sandbox, clock, history)
