"""`clerk alerts`: what is so and who knows it; a test to every address, by line and kind alone."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from flows.cli.main import app
from flows.context import open_chapter
from models.errors import FixTheSettings, TryAgainLater
from tests.flows.test_alert_addresses import GUARD, REFUSED, TOKEN, Board
from tests.flows.test_alert_addresses import board as board
from tests.flows.town import Town


@pytest.fixture(autouse=True)
def _by_our_clock(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "flows.context.open_chapter", lambda folder: open_chapter(folder, town.clock)
    )


def run(town: Town, *words: str) -> Result:
    return CliRunner().invoke(app, ["alerts", *words, "-c", str(town.folder)])


def test_a_test_goes_to_every_address_and_is_marked(board: Board) -> None:
    done = run(board.town, "test")
    assert done.exit_code == 0
    assert [line.split(" took")[0] for line in done.output.splitlines()] == [
        "✓ line 2 (ntfy)", "✓ line 3 (mmost)", "✓ line 4 (mailto)",
    ]  # fmt: skip
    for (text,) in board.told():
        assert text.startswith("Rivertown Progressives: test")
        assert "This is a test." in text
        assert "there is nothing to do" in text


def test_one_that_does_not_take_it_is_named_by_its_line(board: Board) -> None:
    board.chat.status = 404
    done = run(board.town, "test")
    assert isinstance(done.exception, FixTheSettings)
    assert "line 3 (mmost): the service does not know this address any more" in str(done.exception)
    assert "✓ line 4 (mailto)" in done.output
    assert TOKEN not in done.output + str(done.exception)
    board.chat.status = 503
    assert isinstance(run(board.town, "test").exception, TryAgainLater)


def test_the_test_for_scripts(board: Board) -> None:
    board.chat.status = 404
    done = run(board.town, "test", "--json")
    assert done.exit_code == FixTheSettings.exit_code
    assert json.loads(done.output) == [
        {"line": 2, "scheme": "ntfy", "took_it": True},
        {"line": 3, "scheme": "mmost", "took_it": False},
        {"line": 4, "scheme": "mailto", "took_it": True},
    ]


def test_without_addresses_there_is_nothing_to_test(town: Town) -> None:
    done = run(town, "test")
    assert isinstance(done.exception, FixTheSettings)
    assert "no addresses are set" in str(done.exception)


def test_what_is_so_is_listed_with_who_was_told_when(board: Board) -> None:
    assert run(board.town, "list").output == "Nothing needs a person now.\n"
    board.chat.status = 503
    board.so(REFUSED)
    said = run(board.town, "list").output.replace("\u00a0", " ")
    assert GUARD in said.replace("\n", " ")
    assert "Since Tue, Mar 31, 2026" in said
    assert "line 2 (ntfy) Tue, Mar 31, 2026" in said.replace("\n", " ")
    assert "line 3 (mmost) not yet" in said.replace("\n", " ")
    assert "Next: `clerk review`" in said
    told: list[dict[str, Any]] = json.loads(run(board.town, "list", "--json").output)
    (one,) = told
    assert one["kind"] == "night-refused"
    assert one["counts"] == {"had": 8, "losing": 4}
    assert one["told"]["line 3 (mmost)"] is None
    assert one["told"]["line 2 (ntfy)"] == one["since"]
    assert TOKEN not in said + json.dumps(told)
