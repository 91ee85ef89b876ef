"""All pages walked: nothing of a sheet is markup, and no address names anybody (DP-3)."""

from datetime import date

import pytest

from models.unmask import reveal
from tests.conftest import Clock
from tests.flows.town import Town
from tests.flows.web import hostile
from tests.flows.web.desk import DeskClient, opened
from tests.flows.web.walk import Walk, plain

UNSAFE = frozenset(
    ("img", "style", "object", "embed", "base", "math", "video", "audio", "template")
)
"""Tags that no page of ours is made of."""
CALLED = "Zo"
"""What the names of hostile people begin with."""


@pytest.fixture
def walk(town: Town, clock: Clock) -> Walk:
    """Everything that an officer comes by in a town of hostile people."""
    hostile.fill(town, clock)
    town.night()
    town.night(apply=False)
    with opened(town) as desk:
        return Walk(desk.sign_in(), (hostile.SCRIPT, hostile.IMAGE, CALLED)).everywhere()


def test_what_stands_in_a_sheet_is_text_and_no_address_names_anybody(walk: Walk) -> None:
    assert [path for path, one in walk.pages.items() if one.status_code >= 500] == []
    with walk.desk.town.ledger() as ledger:
        held = ledger.ids()
    people = {str(person) for person in held.values()}
    people |= {reveal(address).partition("@")[0] for address, _ in held}
    people |= {reveal(name) for _, name in held if name}
    assert len(people) > 30
    for path, parts in walk.parts():
        for tag, had in parts.tags:
            assert tag not in UNSAFE, f"{path}: <{tag}>"
            assert not [name for name in had if name.startswith("on") or name == "style"], path
            if tag == "script":
                assert had["src"].startswith("/static/"), path
        for url in [path.partition("#")[0], *parts.urls()]:
            named = [one for one in people if one in plain(url)]
            assert not named, f"{path}: an address names somebody"
            assert not plain(url).lstrip().startswith(("javascript:", "data:", "//")), path
    seen = "".join(one.text for one in walk.pages.values())
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in seen  # it was there to be shown
    assert "49" not in "".join(one.text for one in walk.pages.values() if "7*7" in one.text) or (
        "{{ 7*7 }}" in seen
    )
    assert "@example.org" not in seen
    left = {"/progress/{work}"}
    assert {one for one in walk.routes() if "{" not in one} >= {"/", "/committee", "/privacy"}
    assert "/privacy/person/{handle}" in walk.routes() | left


def test_each_look_at_somebody_is_recorded(desk: DeskClient) -> None:
    """Whoever walks everywhere leaves as many traces as there were names to see."""
    before = _looks(desk.sign_in())
    Walk(desk, ("a", "b")).everywhere()
    assert _looks(desk) > before
    with desk.town.ledger() as ledger:
        assert all(one.officer and one.at.date() == date(2026, 3, 31)
                   for one in ledger.officers.looks())  # fmt: skip


def _looks(desk: DeskClient) -> int:
    with desk.town.ledger() as ledger:
        return len(ledger.officers.looks(limit=10_000))
