"""`clerk state doctor` looks at each chapter's folder, and takes no other's answer for its own."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from flows.state import doctor
from flows.state.ended import Ended
from flows.state.forker import Forker, Order
from flows.state.home import StateHome
from models.errors import FixTheSettings, TryAgainLater
from models.state.directory import ServedChapter

LATE = Ended(code=FixTheSettings.exit_code, said="it took too long, and was ended")


class Slow:
    """A forker whose first look is answered while the next chapter is looked at."""

    def __init__(self) -> None:
        self._asked: list[str] = []

    def order(self, order: Order) -> None:
        """Note whom it is about."""
        self._asked.append(order.run)

    def ended(self, patience: float) -> Iterator[tuple[str, Ended]]:
        """Nothing for the first alone; then both at once."""
        if len(self._asked) > 1:
            yield self._asked[0], LATE
            yield self._asked[-1], Ended(code=0)


class Gone(Slow):
    """One whose process has ended."""

    def ended(self, patience: float) -> Iterator[tuple[str, Ended]]:
        """As a forker says it."""
        raise ConnectionError("the process that forks the jobs has ended")


def look(key: str, forker: Slow) -> str:
    home = cast("StateHome", SimpleNamespace(folder_of=lambda _: Path()))
    chapter = cast("ServedChapter", SimpleNamespace(key=key))
    return doctor._chapter(home, chapter, cast("Forker", forker))


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.01)

    def owner(*_: Any) -> SimpleNamespace:
        return SimpleNamespace(name="account")

    monkeypatch.setattr(doctor, "owner_of", owner)


def test_a_late_answer_is_not_the_next_chapters() -> None:
    forker = Slow()
    with pytest.raises(TryAgainLater, match="could not be looked at within a minute"):
        look("alpha", forker)
    assert look("beta", forker) == "its jobs run as account"


def test_a_forker_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TryAgainLater, match="the process that forks the jobs has ended"):
        look("alpha", Gone())
