"""While an address is waited for, officers can act; and no other job tells the same."""

from datetime import timedelta
from typing import Any

import pytest

from connectors import alerts
from models.errors import TryAgainLater
from tests.flows.test_alert_addresses import REFUSED, Board
from tests.flows.test_alert_addresses import board as board


def lines(board: Board) -> list[str]:
    """What of the addresses is not known, by line, when it is sent to."""
    return [str(one.line) for one in alerts.read(board.file.read_text())]


def test_an_officers_act_goes_on_while_an_address_is_waited_for(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts: list[str] = []

    def slow(target: alerts.Target, *_: Any) -> None:
        with board.town.ledger() as ledger, ledger.alone():
            acts.append(str(target.line))

    monkeypatch.setattr("connectors.alerts.send", slow)
    board.so(REFUSED)
    assert acts == lines(board)
    assert board.strike() == ""


def test_no_other_job_tells_the_same_meanwhile(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    others: list[str] = []

    def slow(target: alerts.Target, *_: Any) -> None:
        sent.append(str(target.line))
        others.append(board.strike(minutes=0))

    monkeypatch.setattr("connectors.alerts.send", slow)
    board.so(REFUSED)
    assert others == ["", "", ""]
    board.strike()
    assert sorted(sent) == lines(board)


def test_it_waits_no_longer_than_a_while_for_all_of_them_and_goes_on_with_the_others(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    *silent, last = lines(board)

    def waits(target: alerts.Target, *_: Any) -> None:
        tried.append(str(target.line))
        if tried[-1] in silent:
            board.town.clock.at += timedelta(seconds=25)  # type: ignore[attr-defined]  # a clock moved by hand
            raise TryAgainLater("no answer in time")

    monkeypatch.setattr("connectors.alerts.send", waits)
    board.so(REFUSED)
    assert tried == silent
    tried.clear()
    assert "alerted the officers: 1 thing to check" in board.strike()
    assert tried[0] == last
