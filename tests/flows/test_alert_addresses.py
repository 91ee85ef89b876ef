"""Alerts reach each address of the chapter's file once, whatever becomes of the others."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.alerts import telling
from flows.doctor.nights import alerts as doctor_says
from flows.doctor.settings import at_home
from models.errors import FixTheSettings
from models.mail.alerts import NIGHTS, Alert, AlertKind
from tests.connectors.alerts.inbox import Inbox, mail, web
from tests.flows.town import Town

TOKEN = "zqxwvkzqxwvk"
GUARD = "A safety limit stopped the nightly run, and nothing was changed."
FOUND = "Rivertown Progressives: 1 thing to check"


@dataclass
class Board:
    """A chapter with three addresses: a phone, a chat, and a mailbox."""

    town: Town
    phone: Inbox
    chat: Inbox
    box: Inbox

    @property
    def file(self) -> Path:
        return self.town.folder / "secrets" / "alerts"

    def write(self, *lines: str) -> None:
        self.file.write_text("\n".join(["# the board", *lines, ""]))
        self.file.chmod(0o600)

    def lines(self) -> list[str]:
        return [
            f"ntfy://127.0.0.1:{self.phone.port}/{TOKEN}",
            f"mmost://127.0.0.1:{self.chat.port}/{TOKEN}",
            f"mailto://clerk@example.org@127.0.0.1:{self.box.port}/zqxwvk@example.org",
        ]

    def so(self, *found: Alert) -> str:
        """A job looked at the nights."""
        with self.town.context() as context:
            return telling.tell(context, found, NIGHTS)

    def strike(self, minutes: int = 5) -> str:
        self.town.clock.go(minutes=minutes)  # type: ignore[attr-defined]  # a clock moved by hand
        with self.town.context() as context:
            return telling.tell_waiting(context)

    def told(self) -> list[list[str]]:
        """What each got since the last look."""
        return [one.texts() for one in (self.phone, self.chat, self.box)]

    def mailed(self) -> int:
        """How many test emails of the mailing service the officers got since the last look."""
        outbox = self.town.sandbox.mailchimp.test_outbox
        many = len(outbox)
        outbox.clear()
        return many

    def doctor(self) -> str:
        with self.town.context() as context:
            return doctor_says(context)


REFUSED = Alert(kind=AlertKind.NIGHT_REFUSED, place="night", counts={"had": 8, "losing": 4})


@pytest.fixture
def board(town: Town) -> Iterator[Board]:
    town.rewrite("[network]", '[alerts]\nfile = "secrets/alerts"\n\n[network]')
    (town.folder / "secrets").mkdir(exist_ok=True)
    with web() as phone, web() as chat, mail() as box:
        board = Board(town, phone, chat, box)
        board.write(*board.lines())
        yield board


def test_each_address_is_told_once_and_once_that_it_is_over(board: Board) -> None:
    assert board.so(REFUSED) == "alerted the officers: 1 thing to check"
    for (text,) in board.told():
        assert text.startswith(FOUND)
        assert f"New\n• {GUARD}" in text
        assert "Next: `clerk review`" in text
    for _ in range(3):
        assert board.so(REFUSED) == ""
        assert board.strike() == ""
    assert board.told() == [[], [], []]
    assert board.so() == "alerted the officers: 1 over"
    for (text,) in board.told():
        assert "Over\n• " in text
        assert "Next" not in text
    assert board.strike() == ""
    assert board.told() == [[], [], []]
    assert board.mailed() == 0


def test_one_that_fails_is_tried_again_and_the_others_are_not_told_twice(board: Board) -> None:
    board.chat.status = 503
    said = board.so(REFUSED)
    assert said.startswith("alerted the officers: 1 thing to check; the officers could not be")
    assert "line 3 (mmost)" in said
    assert [len(one) for one in board.told()] == [1, 0, 1]
    assert "not told yet: line 3 (mmost)" in board.doctor()
    board.chat.status = 200
    assert board.strike() == "alerted the officers: 1 thing to check"
    assert [len(one) for one in board.told()] == [0, 1, 0]
    assert "not told" not in board.doctor()
    assert board.mailed() == 0


def test_an_address_that_is_gone_rests_for_hours_and_doctor_says_so(board: Board) -> None:
    board.chat.status = 404
    board.so(REFUSED)
    for _ in range(12):
        board.strike()
    for _ in range(22):
        board.strike(30)
    assert 4 <= len(board.chat.raw) <= 5
    with pytest.raises(FixTheSettings, match=r"telling line 3 \(mmost\) has failed since"):
        board.doctor()
    assert [len(one) for one in board.told()] == [1, 0, 1]
    board.so()
    assert [len(one) for one in board.told()] == [1, 0, 1]  # what is over is told all the same
    board.write(*board.lines()[:1])
    board.strike(400)
    with board.town.ledger() as ledger:
        assert ledger.alerts.open() == []  # all there are know it


def test_the_mailing_service_is_asked_once_when_none_is_reached_for_hours(board: Board) -> None:
    for one in (board.phone, board.chat):
        one.status = 503
    board.box.status = 451
    board.so(REFUSED)
    for _ in range(11):
        board.strike(30)
    assert board.mailed() == 0
    for _ in range(3):
        board.strike(30)
    assert board.mailed() == 1
    for _ in range(24):
        board.strike(30)
    assert board.mailed() == 0
    for one in (board.phone, board.chat, board.box):
        one.status = 200
    board.strike(400)
    assert [len(one) for one in board.told()] == [1, 1, 1]
    board.so()
    assert [len(one) for one in board.told()] == [1, 1, 1]
    assert board.mailed() == 0


@pytest.mark.parametrize("fault", ["open to others", "a line", "gone"])
def test_a_file_that_cannot_be_read_is_told_by_doctor_and_the_mailbox_goes_on(
    board: Board, fault: str
) -> None:
    if fault == "open to others":
        board.file.chmod(0o644)
    elif fault == "a line":
        board.write(*board.lines(), f"tgram://{TOKEN}")
    else:
        board.file.unlink()
    assert board.so(REFUSED) == "emailed the officers: 1 thing to check"
    assert board.mailed() == 1
    with pytest.raises(FixTheSettings) as said:
        board.doctor()
    assert TOKEN not in str(said.value)
    board.write(*board.lines())
    board.strike()
    assert [len(one) for one in board.told()] == [1, 1, 1]


def test_a_new_line_is_told_what_is_so_and_an_old_one_nothing(board: Board) -> None:
    board.write(*board.lines()[:1])
    board.so(REFUSED)
    board.told()
    board.write("# moved down", *board.lines()[:2])
    board.strike()
    assert [len(one) for one in board.told()] == [0, 1, 0]


def test_what_the_mailbox_was_told_before_is_told_to_new_addresses(board: Board) -> None:
    """And a file that is taken out again tells the mailbox nothing twice."""
    board.town.rewrite('file = "secrets/alerts"', "")
    board.so(REFUSED)
    assert board.mailed() == 1
    board.town.rewrite("[alerts]\n", '[alerts]\nfile = "secrets/alerts"\n')
    board.strike()
    assert [len(one) for one in board.told()] == [1, 1, 1]
    board.town.rewrite('file = "secrets/alerts"', "")
    board.strike()
    assert board.mailed() == 0


def test_still_so_is_told_to_each_after_its_own_days(board: Board) -> None:
    board.chat.status = 503
    board.so(REFUSED)
    board.chat.status = 200
    board.strike(60 * 24)
    board.told()
    assert board.strike(60 * 24 * 6) == "alerted the officers: 1 thing to check"
    told = board.told()
    assert [len(one) for one in told] == [1, 0, 1]
    assert "Still so\n• " in told[0][0]
    board.strike(60 * 24)
    assert [len(one) for one in board.told()] == [0, 1, 0]


def test_what_came_and_went_while_nobody_was_reached_is_told_once(board: Board) -> None:
    for one in (board.phone, board.chat):
        one.status = 503
    board.box.status = 451
    board.so(REFUSED)
    board.so()
    for one in (board.phone, board.chat, board.box):
        one.status = 200
    board.strike()
    for (text,) in board.told():
        assert "Over\n• " in text
    board.strike()
    assert board.told() == [[], [], []]


def test_doctor_lists_each_address_as_an_exit(board: Board) -> None:
    with board.town.context() as context:
        (exits,) = [look() for what, look in at_home(context) if what == "allowed hosts"]
    for one in (board.phone, board.chat, board.box):
        assert f"127.0.0.1:{one.port} (alerts for the officers)" in exits


def test_no_line_of_the_file_is_kept_or_said(board: Board) -> None:
    board.chat.status = 404
    said = [board.so(REFUSED), board.strike(), board.so()]
    for _ in range(3):
        board.strike(400)
    with pytest.raises(FixTheSettings) as fault:
        board.doctor()
    said.append(str(fault.value))
    assert not re.search("zqxwvk|clerk@", " ".join(said))
    for file in board.town.folder.rglob("*"):
        if file.is_file() and file != board.file:
            assert b"zqxwvk" not in file.read_bytes(), file


def test_what_is_sent_is_told_in_the_ledger_by_digests(board: Board) -> None:
    board.so(REFUSED)
    with board.town.ledger() as ledger:
        note = json.loads(ledger.note("told alerts") or "")
    assert len(note) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", key) for key in note)


def test_a_note_of_another_version_is_no_reason_to_fail(board: Board) -> None:
    board.so(REFUSED)
    board.told()
    with board.town.ledger() as ledger:
        ledger.set_note("told alerts", '{"x": 1}')
    board.strike()
    assert [len(one) for one in board.told()] == [1, 1, 1]


def test_a_bug_of_a_service_stops_nothing(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("ann@example.org")

    monkeypatch.setattr("connectors.alerts.send", fails)
    said = board.so(REFUSED)
    assert "a bug, RuntimeError" in said
    assert "ann@" not in said


def test_while_another_job_is_at_work_it_waits(board: Board) -> None:
    with board.town.ledger() as ledger, ledger.alone():
        assert board.so(REFUSED) == ""
    assert board.told() == [[], [], []]
    board.strike()
    assert [len(one) for one in board.told()] == [1, 1, 1]


@pytest.mark.parametrize("ending", [KeyboardInterrupt, SystemExit, ConnectionError])
def test_a_check_that_is_broken_off_sends_no_half_of_its_news(
    board: Board, ending: type[BaseException]
) -> None:
    """What was found is written down: the next check tells it, with all that belongs to it."""
    board.write(*board.lines()[:1])
    logged: list[str] = []
    with (
        board.town.context() as context,
        suppress(KeyboardInterrupt, SystemExit, ConnectionError),
        telling.as_one(context, logged.append),
    ):
        telling.tell(context, [Alert(kind=AlertKind.NIGHT_FAILED, place="night")], NIGHTS)
        raise ending
    is_fault = ending is ConnectionError
    assert len(board.told()[0]) == is_fault
    assert bool(logged) == is_fault
    if not is_fault:
        assert board.strike()
        assert len(board.told()[0]) == 1
