"""What officers started ends before the page does; what names people is dropped in time."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Event, Timer
from typing import Any

import pytest

from flows.context import ChapterContext
from flows.doctor import Check
from flows.web import run, works
from flows.web.memory import Memories
from flows.web.pages import health, privacy_person
from models.membership.voter_roll import Entry
from models.unmask import reveal
from tests.conftest import FIRST_NIGHT
from tests.flows.town import Town
from tests.flows.web.ballots import VoteDesk
from tests.flows.web.desk import hidden, opened


@pytest.fixture
def slow_work(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, list[str]]:
    """“Check everything” goes on until it is let go, and then says that it ended."""
    go, ended = Event(), list[str]()

    def examine(*_: Any) -> Iterator[Check]:
        go.wait(20)
        ended.append("ended")
        yield from ()

    monkeypatch.setattr(health, "examine", examine)
    monkeypatch.setattr(works, "AT_ONCE", 0.01)
    return go, ended


def test_a_stop_waits_for_what_is_being_done(
    town: Town, slow_work: tuple[Event, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    go, ended = slow_work
    with opened(town) as desk:
        assert "/progress/" in desk.sign_in().press("/health", "/health").url
        Timer(0.5, go.set).start()
    assert ended == ["ended"]
    assert "waits for what officers started" in capsys.readouterr().out


def test_what_a_stop_cannot_wait_for_is_said(
    town: Town,
    slow_work: tuple[Event, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    go, ended = slow_work
    monkeypatch.setattr(run, "WAITED", 0.2)
    with opened(town) as desk:
        desk.sign_in().press("/health", "/health")
    assert ended == []
    assert "Interrupted: 1 job that officers started." in capsys.readouterr().out
    go.set()


def test_what_a_session_kept_goes_with_its_end() -> None:
    """DP-3: names are not kept for as long as the program runs."""
    memories, ends = Memories(), FIRST_NIGHT + timedelta(hours=12)
    handle = memories.of("one", ends, FIRST_NIGHT).keep("Robin")
    assert memories.of("one", ends, FIRST_NIGHT).kept(handle) == "Robin"
    memories.of("two", ends + timedelta(hours=1), ends)
    assert memories.of("one", ends, FIRST_NIGHT).kept(handle) is None


def test_whom_to_call_is_not_held_for_long(vote: VoteDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """DP-3"""
    from flows.web import turnouts

    held = turnouts.Turnouts()
    with vote.poll.context() as context:
        now = vote.poll.clock
        assert held.of(context, now, vote.poll.vote).turnout
        now.at += timedelta(minutes=61)
        monkeypatch.setattr(turnouts, "_read", lambda *_: None)
        monkeypatch.setattr(works, "AT_ONCE", 0.01)
        assert held.of(context, now, vote.poll.vote).turnout is None


def test_two_erasures_at_once_are_two_and_one_pressed_twice_is_one(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DP-6: of the second it is not said that it is done because the first one is."""
    town.night()
    go, erased, forget = Event(), list[str](), privacy_person.forget

    def slow(context: ChapterContext, entry: Entry, by: str, **more: Any) -> Any:
        go.wait(20)
        erased.append(entry.person.id)
        return forget(context, entry, by, **more)

    monkeypatch.setattr(privacy_person, "forget", slow)
    monkeypatch.setattr(works, "AT_ONCE", 0.01)
    with town.ledger() as ledger:
        known = {person: address for (address, name), person in ledger.ids().items() if name}
    (first, ann), (second, ben), *_ = known.items()
    with opened(town) as desk:
        desk.sign_in()
        answers = []
        for address in (ann, ben, ann):
            found = desk.press("/privacy", "/privacy/find", {"wanted": reveal(address)})
            where = f"/privacy/erase/{found.url.rpartition('/')[2]}"
            sure = {"sure": "yes", "others_too": "yes"}
            answers.append(desk.post(where, hidden(desk.get(where), where) | sure))
        assert answers[0].url == answers[2].url != answers[1].url
        go.set()
        for answer in answers[:2]:
            desk.ended(answer)
    assert sorted(erased) == sorted([first, second])
