"""What `clerk doctor` and `clerk serve` say of the officers' page that cannot be shown."""

import socket
from collections.abc import Iterator

import pytest

from connectors.settings import load_chapter
from flows.doctor import Check, examine
from flows.service.deployments import beside_the_jobs
from flows.web.run import beside, serve
from models.errors import FixTheSettings
from tests.flows.town import Town
from tests.flows.web.desk import OFFICERS, free_port, opened


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something else listens at."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def settle(town: Town, more: str) -> Town:
    town.settings += more
    town.network(attempts=1)
    return town


def page(town: Town) -> Check | None:
    return next((one for one in examine(town.folder) if one.what == "officers' page"), None)


def test_a_chapter_without_officers_hears_nothing_of_it(town: Town) -> None:
    assert page(town) is None


def test_a_page_that_is_not_running_could_run(town: Town) -> None:
    port = free_port()
    found = page(settle(town, OFFICERS.format(port=port)))
    assert found
    assert found.fine
    assert found.found == (
        f"2 officers, 1 of them can act; not running now; port {port} is free; opened at "
        f"http://127.0.0.1:{port}"
    )


def test_a_page_that_runs_is_known_by_its_answer(town: Town) -> None:
    with opened(town):
        found = page(town)
    assert found
    assert "running on port" in found.found


def test_a_page_that_was_started_before_its_address_changed_is_told(town: Town) -> None:
    with opened(town) as desk:
        port = desk.home.rpartition(":")[2]
        town.rewrite(f"port = {port}", f'port = {port}\naddress = "https://clerk.example.org"')
        found = page(town)
    assert found
    assert (found.fine, found.exit_code) == (False, 4)
    assert "the page runs at its old address" in found.found
    assert "[desk] address" in found.found
    assert found.next_step.startswith("restart it: stop `clerk desk` or `clerk serve`")


def test_a_page_that_was_started_since_is_well(town: Town) -> None:
    settle(town, OFFICERS.format(port=free_port()) + 'address = "https://clerk.example.org"\n')
    with beside(town.folder, town.clock):
        found = page(town)
    assert found
    assert found.fine
    assert found.found.endswith("opened at https://clerk.example.org")


def test_that_nobody_may_act_is_said(town: Town) -> None:
    found = page(settle(town, f'[[officers]]\nname = "Lou"\n[desk]\nport = {free_port()}\n'))
    assert found
    assert found.found.startswith("1 officer, none of them can act")


def test_a_port_that_something_else_has_is_told(town: Town, taken: int) -> None:
    settle(town, OFFICERS.format(port=taken))
    found = page(town)
    assert found
    assert (found.fine, found.exit_code) == (False, 7)
    assert f"something else on this computer uses port {taken}" in found.found


def test_a_page_without_officers_is_told(town: Town) -> None:
    found = page(settle(town, "[desk]\n"))
    assert found
    assert not found.fine
    assert "no officers are named" in found.found


def test_serve_goes_on_without_a_page_that_cannot_be_shown(
    town: Town, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(town, OFFICERS.format(port=taken))
    with beside_the_jobs(load_chapter(town.folder)):
        said = "".join(capsys.readouterr())
    assert said.startswith("Without the officers' page: chapter.toml [desk] port")
    town.rewrite('[[officers]]\nname = "Ana Reyes"\nmay = ["look", "act"]\n', "")
    town.rewrite('[[officers]]\nname = "Lou Grant"\n', "")
    with beside_the_jobs(load_chapter(town.folder)):
        said = "".join(capsys.readouterr())
    assert "no officers are named" in said


def test_a_page_that_cannot_be_shown_has_no_address(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(FixTheSettings, match="no officers are named"):
        serve(town.folder)
    assert capsys.readouterr() == ("", "")
