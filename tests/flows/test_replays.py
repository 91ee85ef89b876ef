"""What was played from a state is put back from that very state, and from no other."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from connectors.sandbox.invented import WORKBOOK
from flows.nightly import sync as nights
from tests.conftest import Clock
from tests.flows.town import Kept, Town
from tests.replays import REPLAYS, Replays

Change = Callable[[Town], object]


def played(town: Town) -> bool:
    """Whether the first night goes over the wire: token requests are a client's own, once each."""
    tokens = len(town.sandbox.google.tokens)
    town.night()
    return len(town.sandbox.google.tokens) > tokens


def kept(town: Town) -> Kept:
    """The state of now, as it is each time it is restored."""
    start = town.keep(town.folder.parent / "kept")
    start.restore()
    return start


def test_the_end_is_put_back_whole(town: Town) -> None:
    REPLAYS.forget()
    start = kept(town)
    assert played(town)
    end, asked, counts = town.end_state(), list(town.sandbox.journal), dict(town.sandbox.counts)
    files = {path.relative_to(town.folder) for path in town.folder.rglob("*")}
    start.restore()
    assert not played(town)
    assert town.end_state() == end
    assert town.sandbox.journal == asked
    assert dict(town.sandbox.counts) == counts
    assert town.sandbox.faults.seen == len(asked)
    assert {path.relative_to(town.folder) for path in town.folder.rglob("*")} == files


def test_what_a_test_holds_in_its_hand_is_what_is_put_back(town: Town) -> None:
    start = kept(town)
    town.night()
    start.restore()
    tags, tabs = town.audience.segments, town.sandbox.google.workbooks[WORKBOOK].tabs
    before = len(tags), len(tabs)
    member = town.member("ada.abara@example.org")
    assert not member.merge_fields.get("CLSTATUS")
    assert not played(town)
    assert len(tags) > before[0]
    assert len(tabs) > before[1]
    assert member.merge_fields["CLSTATUS"]


CHANGES: dict[str, Change] = {
    "a cell": lambda town: town.edit("Events").__enter__()[1].__setitem__(1, "Another name"),
    "a contact": lambda town: town.member("ada.abara@example.org").merge_fields.update(FNAME="A"),
    "a setting of the service": lambda town: setattr(town.sandbox.mailchimp, "fields_limit", 29),
    "the settings": lambda town: town.network(attempts=2),
    "a file": lambda town: (town.folder / "notes.txt").touch(),
    "a permission": lambda town: (town.folder / "secrets").chmod(0o500),
    "a fault in waiting": lambda town: town.sandbox.faults.at(1_000, "500"),
    "a listener": lambda town: REPLAYS.begin({"capsys"}),
    "a path outside": lambda town: town.rewrite('website = "', '# "/elsewhere"\nwebsite = "'),
}


@pytest.mark.parametrize("what", CHANGES)
def test_from_another_state_it_is_played(what: str, town: Town) -> None:
    start = kept(town)
    town.night()
    start.restore()
    assert not played(town)
    start.restore()
    CHANGES[what](town)
    assert played(town)


def test_at_another_moment_it_is_played(town: Town, clock: Clock) -> None:
    start = kept(town)
    town.night()
    start.restore()
    clock.at += timedelta(minutes=1)
    assert played(town)


def test_while_something_is_patched_it_is_played(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = kept(town)
    town.night()
    start.restore()
    monkeypatch.setattr(nights, "directly", nights.directly)
    assert played(town)
    start.restore()
    monkeypatch.undo()
    assert not played(town)


def test_with_a_variable_for_the_settings_it_is_played(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = kept(town)
    town.night()
    start.restore()
    monkeypatch.setenv("CLERK_NETWORK__ATTEMPTS", "1")
    assert played(town)


def test_while_the_ledger_is_open_it_is_played(town: Town) -> None:
    town.night()
    start = kept(town)
    town.night()
    start.restore()
    with town.ledger() as ledger:
        ledger.ids()
        assert played(town)
    start.restore()
    assert not played(town)


def test_another_wish_is_another_night(town: Town) -> None:
    start = kept(town)
    town.night()
    start.restore()
    planned = town.night(apply=False)
    assert not town.letters()
    start.restore()
    assert town.night(apply=False) is planned


def test_only_so_many_ends_are_kept_and_none_outside_of_a_test(town: Town) -> None:
    few = Replays(most=1)
    few.of("one", town.sandbox, town.folder, 0, lambda: None)
    assert len(few) == 0
    few.begin(())
    for what in ("one", "other", "one"):
        few.of(what, town.sandbox, town.folder, 0, lambda: None)
        assert len(few) == 1
