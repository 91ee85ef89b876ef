"""The Prefect server that `clerk serve` brings: watched, its log kept short, its secret shown.

A short program plays the server where the real one would only take longer.
"""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.scheduler import own_server
from flows.scheduler.home import ACCESS, make_ready, serving_alone
from flows.scheduler.own_server import Server
from flows.service.deployments import serve
from models.errors import FixTheSettings, Refused
from tests.flows.town import Town

PATIENCE = 20


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Let a short program be the server."""
    (tmp_path / "prefect").mkdir()
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]

    def start(program: str) -> None:
        command = [sys.executable, "-c", program]
        pipe = subprocess.PIPE
        monkeypatch.setattr(
            Server,
            "_start",
            lambda _: subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT),
        )

    yield start
    os.environ.clear()
    os.environ.update(before)


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_server_that_dies_again_and_again_ends_it_with_the_cause(
    play: Callable[[str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play("print('no database'); raise SystemExit(3)")
    given_up: list[bool] = []
    with Server(tmp_path, given_up=lambda: given_up.append(True)) as server:
        _until(lambda: bool(given_up))
        with pytest.raises(FixTheSettings, match="has ended 4 times within 10 minutes") as told:
            server.wait()
    assert told.value.where.endswith("server.log")
    assert (tmp_path / "prefect" / "server.log").read_text() == "no database\n" * 4
    assert capsys.readouterr().out.count("ended (code 3); it is started again") == 3


def test_deaths_that_lie_far_apart_are_no_reason_to_give_up(
    play: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_server, "WITHIN", 0.0)
    play("print('again'); raise SystemExit(3)")
    log = tmp_path / "prefect" / "server.log"
    with Server(tmp_path) as server:
        _until(lambda: log.read_text().count("again") > 5)
        assert server.failure is None


def test_its_log_is_kept_short_and_holds_no_address(
    play: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_server, "KEPT_LOG", 2_000)
    says = "print(f'line {n} of ann@example.org', flush=True)"  # at once, whatever the environment
    play(f"for n in range(1000): {says}\nimport time; time.sleep(60)")
    folder = tmp_path / "prefect"
    with Server(tmp_path):
        _until(lambda: "line 999 " in (folder / "server.log").read_text())
    logs = sorted(folder.glob("server.log*"))
    assert [log.name for log in logs] == ["server.log", *(f"server.log.{n}" for n in (1, 2, 3))]
    for log in logs:
        assert log.stat().st_size < 2_100  # it counts characters, and a dot of ours has three bytes
        assert "example.org" not in log.read_text()


def test_its_secret_is_new_at_each_start_and_gone_afterwards(
    play: Callable[[str], None], tmp_path: Path
) -> None:
    play("import time; time.sleep(60)")
    file, seen = tmp_path / "prefect" / ACCESS, set()
    for _ in range(2):
        with Server(tmp_path) as server:
            assert server.access
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            assert json.loads(file.read_text()) == server.access._asdict()
            assert os.environ["PREFECT_API_AUTH_STRING"] == server.access.secret
            assert os.environ["PREFECT_SERVER_API_AUTH_STRING"] == server.access.secret
            seen.add(server.access.secret)
        assert not file.exists()
        assert not [name for name in os.environ if "AUTH_STRING" in name]
    assert len(seen) == 2
    assert min(map(len, seen)) > 40


def test_nobody_else_can_take_its_port_while_it_is_started_again(
    play: Callable[[str], None], tmp_path: Path
) -> None:
    """Whoever could would be told the secret by our own jobs."""
    play("raise SystemExit(3)")
    given_up: list[bool] = []
    with Server(tmp_path, given_up=lambda: given_up.append(True)) as server:
        _until(lambda: bool(given_up))
        port = int(server.url.removesuffix("/api").rpartition(":")[2])
        with socket.socket() as taker:
            taker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with pytest.raises(OSError, match="in use"):
                taker.bind(("127.0.0.1", port))


def test_another_server_is_neither_started_nor_given_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    (tmp_path / "prefect").mkdir()
    with Server(tmp_path) as server:
        assert not server.ours
        assert server.access is None
        assert list((tmp_path / "prefect").iterdir()) == []


def test_there_is_one_serve_for_a_chapter(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two would share Prefect's database, and the first to end would take the other's password."""

    def begun(*_: object) -> None:
        with pytest.raises(Refused, match="runs for this folder"):
            serve(town.folder)
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.service.deployments.make_ready", begun)
    for _ in range(2):  # the lock goes with whoever held it
        with pytest.raises(KeyboardInterrupt):
            serve(town.folder)


def test_scheduler_shows_where_and_with_what(town: Town) -> None:
    _left_behind(town)
    with serving_alone(town.folder):
        said = CliRunner().invoke(app, ["scheduler", "-c", str(town.folder)])
    assert said.exit_code == 0
    assert "http://127.0.0.1:4200\n" in said.output
    assert "clerk:s3cret\n" in said.output


def _left_behind(town: Town) -> None:
    (town.folder / "prefect").mkdir(mode=0o700)
    file = town.folder / "prefect" / ACCESS
    file.write_text('{"page": "http://127.0.0.1:4200", "secret": "clerk:s3cret"}')


def test_scheduler_does_not_show_what_a_killed_one_left_behind(town: Town) -> None:
    _left_behind(town)
    said = CliRunner().invoke(app, ["scheduler", "-c", str(town.folder)])
    assert isinstance(said.exception, FixTheSettings)


@pytest.mark.parametrize("how", ["open to all", "a link"])
def test_prefects_folder_is_nobody_elses(town: Town, how: str) -> None:
    """Who can write there could put Prefect's settings there, or take the password's place."""
    home = town.folder / "prefect"
    if how == "a link":
        home.with_name("elsewhere").mkdir(mode=0o700)
        home.symlink_to("elsewhere")
    else:
        home.mkdir()
        home.chmod(0o777)
    before = dict(os.environ)
    with pytest.raises(FixTheSettings):
        make_ready(town.folder)
    assert dict(os.environ) == before


def test_the_environment_brings_no_settings_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONPATH", "LD_PRELOAD", "http_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.example.org:3128")
    monkeypatch.setenv("PREFECT_LOGGING_CONFIG_PATH", "/elsewhere/logging.yml")
    monkeypatch.setenv("PREFECT_RUNNER_SERVER_ENABLE", "true")
    with monkeypatch.context() as patch:
        patch.setattr(os, "environ", dict(os.environ))
        make_ready(tmp_path)
        made = os.environ
    assert not [name for name in made if "proxy" in name.lower() or name.startswith("LD_")]
    assert "PYTHONPATH" not in made
    assert made["PREFECT_RUNNER_SERVER_ENABLE"] == "false"
    assert made["PREFECT_LOGGING_CONFIG_PATH"].endswith("flows/scheduler/logging.yml")


def test_a_server_that_cannot_be_started_again_ends_it_too(
    play: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play("import time; time.sleep(60)")
    given_up: list[bool] = []

    def refused(_: Server) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with Server(tmp_path, given_up=lambda: given_up.append(True)) as server:
        monkeypatch.setattr(Server, "_start", refused)
        server._child.kill()
        _until(lambda: bool(given_up))
        assert "cannot be started again" in str(server.failure)


def test_an_impatient_second_stop_leaves_nothing_behind(
    play: Callable[[str], None], tmp_path: Path
) -> None:
    play("import signal, time; signal.signal(15, lambda *_: time.sleep(60))\n"
         "print('ready', flush=True); time.sleep(60)")  # fmt: skip
    server = Server(tmp_path)
    _until(lambda: "ready" in (tmp_path / "prefect" / "server.log").read_text())
    before = signal.getsignal(signal.SIGTERM)

    def impatient() -> None:
        """The server ends only after both signals have come: they meet nobody but the stop."""
        stops = (signal.SIGTERM, signal.SIGINT)
        while any(signal.getsignal(each) is not signal.SIG_IGN for each in stops):
            time.sleep(0.01)
        for each in stops:
            os.kill(os.getpid(), each)
        server._child.kill()

    threading.Thread(target=impatient).start()
    server.stop()
    assert not (tmp_path / "prefect" / ACCESS).exists()
    assert signal.getsignal(signal.SIGTERM) == before


def test_scheduler_says_when_there_is_none(town: Town) -> None:
    said = CliRunner().invoke(app, ["scheduler", "-c", str(town.folder)])
    assert isinstance(said.exception, FixTheSettings)
    assert "clerk serve" in said.exception.next_step


@pytest.mark.slow
def test_the_real_one_comes_back_in_seconds_and_ends_with_whoever_started_it(
    tmp_path: Path,
) -> None:
    """`kill -9` of the server, then of `clerk serve`: no orphan keeps the database."""
    from connectors.sandbox.server import Sandbox
    from tests.flows.served import Served, run_once

    with Sandbox() as sandbox:
        served = Served(sandbox, tmp_path / "chapter").__enter__()
        with served.asked() as api:
            assert run_once(api)["state_type"] == "COMPLETED"
            first = _server_of(served.child.pid)
            os.kill(first, signal.SIGKILL)
            _until(lambda: _server_of(served.child.pid) not in (0, first))
            assert run_once(api)["state_type"] == "COMPLETED", served.log.read_text()[-3000:]
        second = _server_of(served.child.pid)
        served.child.kill()
        served.child.wait()
        _until(lambda: not Path("/proc", str(second)).exists())


def _server_of(parent: int) -> int:
    said = subprocess.run(
        ["pgrep", "-P", str(parent), "-f", "flows.scheduler.server"], capture_output=True, text=True
    )
    return int(said.stdout.split()[0]) if said.stdout else 0
