"""A job that dies leaves the state before it, and nothing locked."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from connectors.ledger import Ledger, Snapshot
from models.errors import TryAgainLater
from models.intake.people import PersonId
from models.intake.tables import Table
from models.mail.audience import Contact, ContactState
from models.mail.notices import VOTING, Notice
from models.privacy import Email
from tests.connectors.ledger.nights import ANN, BEN, TODAY, night, one_away, voting, welcome
from tests.connectors.ledger.server import new_schema

LETTERS = [welcome(PersonId(f"p-{number}")) for number in range(6_000)]
TABLE = Table("Sign-ins", "sign_ins", "UTC", ("address",), (0,), [["ann@example.org"]])


class Interrupted(list[Any]):
    """A list that gives all it has and then does not end."""

    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        raise KeyboardInterrupt


def state(ledger: Ledger) -> list[Any]:
    """All that can be asked of a ledger."""
    return [
        ledger.ids(),
        ledger.standings(),
        ledger.history(ANN),
        ledger.notified(),
        ledger.pending_letters(),
        ledger.mailings.open_of_nights(),
        ledger.snapshots(),
        ledger.audience(),
        ledger.runs(),
    ]


def seed(ledger: Ledger) -> None:
    ledger.commit_night(
        night(
            one_away(ANN),
            voting(BEN),
            claims={(Email("ann@example.org"), None): ANN},
            snapshots=[Snapshot("workbook 1", "1", (TABLE,), {})],
            letters=[welcome(BEN)],
        )
    )
    ledger.save_contacts([Contact(Email("ann@example.org"), ContactState.SUBSCRIBED)])


def second_night(letters: list[Notice]) -> dict[str, Any]:
    return {
        "claims": {(Email("new@example.org"), None): ANN},
        "snapshots": [Snapshot("workbook 1", "2", (), {})],
        "merged": {BEN: ANN},
        "letters": letters,
    }


def test_an_interrupted_night_never_was(ledger: Ledger) -> None:
    seed(ledger)
    before = state(ledger)
    broken = night(voting(ANN), **second_night(Interrupted(LETTERS)))
    with pytest.raises(KeyboardInterrupt):
        ledger.commit_night(broken)
    assert state(ledger) == before
    ledger.commit_night(night(voting(ANN), **second_night([welcome(ANN)])))
    assert state(ledger) != before


def test_interrupted_contacts_never_were(ledger: Ledger) -> None:
    seed(ledger)
    before = state(ledger)
    contacts = [Contact(Email(f"c{n}@example.org"), ContactState.PENDING) for n in range(6_000)]
    with pytest.raises(KeyboardInterrupt):
        ledger.save_contacts(Interrupted(contacts), watermark="w", replace=True)
    assert state(ledger) == before


KILLED = """
import os, signal
from connectors.ledger import Ledger
from tests.connectors.ledger.nights import ANN, night, voting
from tests.connectors.ledger.test_crashes import LETTERS, second_night

class Deadly(list):
    def __iter__(self):
        yield from super().__iter__()
        if {when!r} == "inside":
            os.kill(os.getpid(), signal.SIGKILL)

ledger = Ledger.open({url!r})
ledger.commit_night(night(voting(ANN), **second_night(Deadly(LETTERS))))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("when", ["inside", "after"])
def test_a_killed_night_is_whole_or_was_not(url: str, when: str) -> None:
    with Ledger.open(url) as ledger:
        seed(ledger)
        before = state(ledger)
    child = subprocess.run([sys.executable, "-c", KILLED.format(url=url, when=when)], timeout=60)
    assert child.returncode == -9
    with Ledger.open(url) as ledger:
        if when == "inside":
            assert state(ledger) == before
        else:
            assert ledger.versions() == {"workbook 1": "2"}
            assert set(ledger.ids().values()) == ledger.standings().keys() == {ANN}
            assert len(ledger.pending_letters()) > 6_000
        ledger.commit_night(night(voting(ANN)))


HOLDER = """
from connectors.ledger import Ledger
with Ledger.open({url!r}) as ledger, ledger.alone():
    print("held", flush=True)
    input()
"""


@contextmanager
def another_job(url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the ledger."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER.format(url=url)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        yield child


def hold(ledger: Ledger, patience: float) -> bool:
    """Whether the ledger can be had alone within some seconds."""
    end = time.monotonic() + patience
    while True:
        try:
            with ledger.alone():
                return True
        except TryAgainLater:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)


def test_one_job_at_a_time(ledger: Ledger, url: str) -> None:
    with another_job(url) as child:
        with pytest.raises(TryAgainLater, match="another job"), ledger.alone():
            pass
        assert ledger.is_new()  # reading needs no turn
        child.communicate("\n", timeout=60)
    assert hold(ledger, patience=5)


def test_telling_the_officers_is_a_turn_of_its_own(ledger: Ledger, url: str) -> None:
    with Ledger.open(url) as other:
        with ledger.telling(), other.alone():
            with pytest.raises(TryAgainLater, match="another job"), other.telling():
                pass
            assert not hold(ledger, patience=0)
        with other.telling(), other.alone():
            other.set_note("a note", "of who tells and works")
        assert hold(ledger, patience=5)


def test_a_killed_job_lets_go(ledger: Ledger, url: str) -> None:
    with another_job(url) as child:
        child.kill()
        child.wait(timeout=60)
    assert hold(ledger, patience=5)


def test_a_job_that_fails_lets_go(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.alone():
            assert not hold(ledger, patience=0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert hold(ledger, patience=0)


def test_the_job_itself_can_write(ledger: Ledger) -> None:
    with ledger.alone():
        ledger.commit_night(night(voting(ANN), letters=[welcome(ANN)]))
        assert ledger.mailings.begin(VOTING, TODAY, to=[ANN])


def test_two_chapters_on_one_server_do_not_wait_for_each_other(server: str) -> None:
    """Each has its schema, and its own turn (ST-1)."""
    one, two = new_schema(server), new_schema(server)
    with Ledger.open(one) as first, Ledger.open(two) as second, first.alone():
        assert hold(second, patience=0)
        assert first.key != second.key
