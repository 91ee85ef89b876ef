"""How many requests a night costs: they grow with what changed, not with the chapter."""

from math import ceil
from pathlib import Path

import pytest

from connectors.sandbox.invented import address_of, name_of, serial
from connectors.sandbox.server import Sandbox
from tests.conftest import Clock
from tests.flows.town import Town

CONSTANT = 30
"""What any first night asks: token, versions, shapes, fields, tags, census, review tab and whether
it can be written, and a few newcomers one by one."""
SIZES = (40, 1_200, pytest.param(2_600, marks=pytest.mark.slow))


@pytest.fixture(params=SIZES)
def grown(
    request: pytest.FixtureRequest, sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> tuple[Town, int]:
    """A chapter of a certain size before its first night."""
    return Town.found(sandbox, clock, tmp_path / "chapter", request.param), request.param


def calls(town: Town, method: str = "", pattern: str = "") -> int:
    """Requests since the journal began, by method and end of the path."""
    return sum(
        method in ("", e.method) and e.pattern.endswith(pattern) for e in town.sandbox.journal
    )


def members_read(town: Town) -> int:
    """Contacts that the list was asked for."""
    answers = (
        e.response_json
        for e in town.sandbox.journal
        if e.pattern.endswith("/lists/{list_id}/members")
    )
    return sum(len(answer["members"]) for answer in answers)


def test_nights_cost_what_changed(grown: tuple[Town, int], clock: Clock) -> None:
    """A first night, a second with nothing to do, and one with few changes."""
    town, people = grown
    town.sandbox.reset()
    first = town.night()
    on_list = len(town.audience.members)
    changed = len({change.address for change in first.plan.changes})
    assert changed > 0.9 * people - 3
    upserts = ceil(on_list / 500)
    assert calls(town, "POST", "/lists/{list_id}") <= upserts + 1
    assert calls(town, "POST", "/segments/{segment_id}") <= 2 * upserts
    archived = 2  # before it, and right before newcomers are added
    assert calls(town, "GET", "/lists/{list_id}/members") <= ceil(on_list / 1000) + archived
    assert calls(town) <= upserts + 2 * upserts + ceil(on_list / 1000) + CONSTANT

    clock.go(days=1)
    town.sandbox.reset()
    assert town.night().plan.is_empty()
    assert town.writes() == []
    assert calls(town) <= 8

    clock.go(days=1)
    few = 7
    with town.edit("Volunteering") as rows:
        day = serial(clock.today)
        rows += [[day, "Canvass", address_of(n), name_of(n)] for n in range(few)]
    town.sandbox.reset()
    assert town.night().plan.changes
    assert calls(town, "GET", "/lists/{list_id}/members") == 1
    assert calls(town, "POST", "/lists/{list_id}") == 1
    assert calls(town) <= 32
    assert members_read(town) <= few

    clock.go(days=1)
    town.sandbox.reset()
    town.night(apply=False)
    assert members_read(town) <= 2 * few


def test_a_sheet_that_did_not_change_is_not_read(town: Town, clock: Clock) -> None:
    """Nor are a form's questions when nobody answered."""
    for _ in range(2):
        town.night()
        clock.go(minutes=10)
    town.sandbox.reset()
    town.night()
    assert calls(town, pattern="values:batchGet") == 0
    assert calls(town, pattern="/forms/{form_id}") == 0
    for name in ("Ann", "Ben"):
        clock.go(minutes=10)
        town.answer(name, f"{name.lower()}@example.org")
        town.sandbox.reset()
        town.night()
        assert calls(town, pattern="/forms/{form_id}") == 1
    (asked,) = (e for e in town.sandbox.journal if e.pattern.endswith("/responses"))
    assert len(asked.response_json["responses"]) == 2  # the newest known one, and the new one


def test_anew_reads_everything(town: Town, clock: Clock) -> None:
    town.night()
    clock.go(minutes=10)
    town.night()
    town.sandbox.reset()
    town.night(full=True)
    assert calls(town, pattern="values:batchGet") == 1
    assert calls(town, pattern="/forms/{form_id}") == 1
    assert not [e for e in town.sandbox.journal if "since_last_changed" in dict(e.query)]
