"""What a worker takes, what it leaves, and what it tells the server, without a server (ST-1)."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from prefect.exceptions import ObjectNotFound
from starlette.responses import PlainTextResponse

from connectors.files.private_files import write_private
from flows.scheduler.server import locked
from flows.state.ended import Ended, Moment
from flows.state.engine import Due
from flows.state.forker import Order
from flows.state.home import StateHome, state_home
from flows.state.worker import AGAIN, MOST_PASSED, Worker, refuse_a_stranger
from models.errors import FixTheSettings, TryAgainLater
from models.state.engine import PLANNED, Job

NOW = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
FILE = """\
schema = 1
[engine]
nights_at_once = 1
machines = ["alpha"]
"""
CHAPTER = """
[[chapters]]
key = "{0}"
name = "{0}"
towns = ["{0}"]
register = "https://{0}.example.org"
folder = "{0}"
"""


class Server:
    """Notes what it is told; whose run it is, it decides as the real one does."""

    def __init__(self) -> None:
        self.waiting: list[Due] = []
        self.told: list[tuple[Any, ...]] = []
        self.taken: set[UUID] = set()
        self.held: list[tuple[Due, str]] = []
        self.faults: dict[str, Exception] = {}

    def beat(self, *_: object) -> None: ...

    def due(self, *_: object) -> list[Due]:
        return sorted(self.waiting, key=lambda one: one.at, reverse=True)

    def under_way(self) -> list[tuple[Due, str]]:
        return self.held

    def take(self, due: Due, _: str) -> bool:
        return due.run not in self.taken and not self.taken.add(due.run)  # type: ignore[func-returns-value]

    def __getattr__(self, name: str) -> Any:
        return lambda *given: self._hear(name, *given)

    def _hear(self, name: str, *given: Any) -> None:
        if fault := self.faults.pop(name, None):
            raise fault
        self.told.append((name, *given))


def no_answer() -> Exception:
    """As when the server starts anew."""
    return httpx.ConnectError("nobody listens")


def answer(status: int) -> Exception:
    asked = httpx.Request("POST", "http://127.0.0.1:4200/api/")
    return httpx.HTTPStatusError("", request=asked, response=httpx.Response(status, request=asked))


class Forks:
    """Notes what it is to do, and ends what it is told to end."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.over: list[tuple[str, Ended]] = []

    def order(self, order: Order) -> None:
        self.orders.append(order)

    def ended(self, _: float) -> Iterator[tuple[str, Ended]]:
        yield from self.over
        self.over = []

    def stop(self) -> None: ...


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StateHome:
    text = FILE + "".join(CHAPTER.format(key) for key in ("rivertown", "hilltop"))
    (tmp_path / "chapters.toml").write_text(text)
    for key in ("rivertown", "hilltop"):
        (tmp_path / key).mkdir()
    monkeypatch.setattr("flows.state.worker.owner_of", lambda *_: None)
    return state_home(tmp_path)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def forks() -> Forks:
    return Forks()


@pytest.fixture
def worker(home: StateHome, server: Server, forks: Forks) -> Worker:
    return Worker(home, "alpha", forks, server, lambda: NOW)  # type: ignore[arg-type]


def due(key: str, job: Job | None, minutes: int = 0, starts: int = 0) -> Due:
    return Due(uuid4(), key, job, NOW - timedelta(minutes=minutes), starts)


def ordered(forks: Forks) -> list[tuple[str, Job]]:
    return [(order.key, order.job) for order in forks.orders]


def test_of_many_checks_that_were_missed_the_latest_does_the_work(
    worker: Worker, server: Server, forks: Forks
) -> None:
    latest, *older = [due("hilltop", Job.CHECK, 5 * number) for number in range(4)]
    server.waiting = [*older, latest]
    worker.ask()
    assert [order.run for order in forks.orders] == [str(latest.run)]
    passed = [told[1] for told in server.told if told[0] == "pass_over"]
    assert sorted(passed) == sorted(one.run for one in older)


def test_so_many_that_were_missed_that_they_take_several_looks_are_still_done_once(
    worker: Worker, server: Server, forks: Forks
) -> None:
    server.waiting = [due("hilltop", Job.CHECK, number) for number in range(MOST_PASSED + 3)]
    worker.ask()
    first = [told for told in server.told if told[0] == "pass_over"]
    assert len(first) == MOST_PASSED
    left = {one.run for one in server.waiting} - {told[1] for told in first}
    (begun,) = forks.orders
    server.told, forks.over = [], [(begun.run, Ended(code=0))]
    server.waiting = [
        one for one in server.waiting if one.run in left and str(one.run) != begun.run
    ]
    worker.hear(0)
    worker.ask()
    assert {told[1] for told in server.told if told[0] == "pass_over"} == {
        one.run for one in server.waiting
    }
    assert forks.orders == [begun]
    server.waiting = [due("hilltop", Job.CHECK, -1)]
    worker.ask()
    assert len(forks.orders) == 2


def test_nights_wait_for_a_place_and_checks_do_not(
    worker: Worker, server: Server, forks: Forks
) -> None:
    server.waiting = [
        due("rivertown", Job.NIGHT, 2), due("hilltop", Job.NIGHT, 1),
        due("hilltop", Job.CHECK), due("rivertown", Job.TO_THE_MINUTE),
    ]  # fmt: skip
    worker.ask()
    assert sorted(ordered(forks)) == [
        ("hilltop", Job.CHECK), ("hilltop", Job.NIGHT), ("rivertown", Job.TO_THE_MINUTE),
    ]  # fmt: skip
    server.waiting = server.waiting[:1]
    (night,) = [order for order in forks.orders if order.job is Job.NIGHT]
    forks.over = [(night.run, Ended(code=0))]
    worker.hear(0)
    worker.ask()
    assert ordered(forks)[-1] == ("rivertown", Job.NIGHT)


def test_a_job_is_not_begun_beside_itself(worker: Worker, server: Server, forks: Forks) -> None:
    for _ in range(2):
        server.waiting = [due("hilltop", Job.CHECK)]
        worker.ask()
    assert len(forks.orders) == 1


@pytest.mark.parametrize(("key", "job"), [("hilltop", None), ("", Job.NIGHT), ("x", Job.CHECK)])
def test_what_is_no_job_of_a_chapter_is_passed_over(
    worker: Worker, server: Server, forks: Forks, key: str, job: Job | None
) -> None:
    server.waiting = [due(key, job)]
    worker.ask()
    assert forks.orders == []
    assert [told[0] for told in server.told] == ["pass_over"]


@pytest.mark.parametrize("fault", [no_answer(), answer(500), answer(404)])
def test_a_run_that_is_taken_is_done_though_the_server_does_not_hear_that_it_begins(
    worker: Worker, server: Server, forks: Forks, fault: Exception
) -> None:
    one = due("hilltop", Job.CHECK)
    server.waiting, server.faults = [one], {"begin": fault}
    with suppress(TryAgainLater):
        worker.ask()
    assert [order.run for order in forks.orders] == [str(one.run)]
    server.waiting, forks.over = [due("hilltop", Job.CHECK, -5)], [(str(one.run), Ended(code=0))]
    worker.hear(0)
    worker.ask()
    assert ("end", one.run, 0, "") in server.told
    assert len(forks.orders) == 2


def test_a_fault_in_the_file_of_chapters_ends_no_job_and_is_said_once(
    worker: Worker, server: Server, forks: Forks, home: StateHome,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Nothing new is begun, for its child reads the same file; a mended file is taken up."""
    file = home.folder / "chapters.toml"
    whole, at_work, later = file.read_text(), due("hilltop", Job.NIGHT), due("rivertown", Job.CHECK)
    server.waiting = [at_work]
    worker.ask()
    file.write_text(f"{whole}\nport = ")
    server.waiting = [later]
    turns = iter(range(6))

    def turn(_: float) -> Iterator[tuple[str, Ended]]:
        match next(turns):
            case 2:
                yield str(at_work.run), Ended(code=0)
            case 4:
                assert ("end", at_work.run, 0, "") in server.told
                assert len(forks.orders) == 1
                file.write_text(whole)
            case 5:
                worker.stop()
                yield str(later.run), Ended(code=0)
        worker._asked = 0.0

    monkeypatch.setattr(forks, "ended", turn)
    worker.go_on()
    assert [order.run for order in forks.orders] == [str(at_work.run), str(later.run)]
    assert capsys.readouterr().out.count("chapters.toml") == 1


def test_what_stands_in_its_name_and_is_not_at_work_is_given_back(
    worker: Worker, server: Server, forks: Forks
) -> None:
    """The answer to `take` was lost; to other workers it is a run that is at work."""
    at_work, unsaid, lost, others = (due("hilltop", job) for job in (*PLANNED, Job.CHECK))
    server.waiting = [at_work, unsaid]
    worker.ask()
    server.waiting, forks.over = [], [(str(unsaid.run), Ended(code=0))]
    worker.hear(0)
    server.told, server.faults = [], {"end": answer(500)}
    server.held = [(one, worker.name) for one in (at_work, unsaid, lost)] + [(others, "beta.1.x")]
    with pytest.raises(TryAgainLater):
        worker.ask()
    why = "its worker did not hear that it has it"
    assert server.told == [("give_back", lost.run, 0, timedelta(), NOW, why)]


def test_what_another_worker_has_is_left(worker: Worker, server: Server, forks: Forks) -> None:
    one = due("hilltop", Job.CHECK)
    server.taken, server.waiting = {one.run}, [one]
    worker.ask()
    assert forks.orders == []


@pytest.mark.parametrize(("starts", "again"), [(0, AGAIN[0]), (1, AGAIN[1]), (2, None)])
def test_a_night_that_trying_again_may_cure_is_tried_twice_more(
    worker: Worker, server: Server, forks: Forks, starts: int, again: timedelta | None
) -> None:
    one = due("hilltop", Job.NIGHT, starts=starts)
    told = _told(worker, server, forks, one, Ended(code=7, said="Mailchimp is down"))
    if again:
        assert told == [("give_back", one.run, starts, again, NOW, "Mailchimp is down")]
    else:
        assert told == [("end", one.run, 7, "Mailchimp is down")]


def test_moments_of_votes_and_a_close_are_planned(
    worker: Worker, server: Server, forks: Forks
) -> None:
    moment = Moment(election="spring", moment=NOW, at=NOW)
    one = due("hilltop", Job.CHECK)
    ended = Ended(code=0, closed=("spring",), moments=(moment,))
    assert _told(worker, server, forks, one, ended) == [
        ("plan", "hilltop", moment), ("check_now", "hilltop", "spring", NOW),
        ("end", one.run, 0, ""),
    ]  # fmt: skip


GONE = ObjectNotFound(http_exc=answer(404))


@pytest.mark.parametrize("fault", [GONE, answer(404), answer(422)])
@pytest.mark.parametrize("name", ["plan", "check_now", "end"])
def test_what_the_server_says_no_to_is_told_no_more(
    worker: Worker, server: Server, forks: Forks, name: str, fault: Exception
) -> None:
    """As when the chapter was taken out of chapters.toml: there is nothing to plan."""
    moment = Moment(election="spring", moment=NOW, at=NOW)
    gone, other = due("hilltop", Job.CHECK), due("rivertown", Job.CHECK)
    server.faults = {name: fault}
    told = _told(
        worker, server, forks, gone, Ended(code=0, closed=("spring",), moments=(moment,)), other
    )
    assert {one[0] for one in told} == {"plan", "check_now", "end"} - {name} | {"begin"}
    assert ordered(forks)[-1] == ("rivertown", Job.CHECK)
    worker.ask()
    assert server.told == told


@pytest.mark.parametrize("status", [401, 429, 500])
def test_what_the_server_cannot_hear_now_keeps_nothing_back_and_is_told_again(
    worker: Worker, server: Server, forks: Forks, status: int
) -> None:
    one, other = due("hilltop", Job.CHECK), due("rivertown", Job.CHECK)
    server.faults = {"end": answer(status)}
    with pytest.raises(TryAgainLater):
        _told(worker, server, forks, one, Ended(code=0), other)
    assert ordered(forks)[-1] == ("rivertown", Job.CHECK)
    worker.ask()
    assert ("end", one.run, 0, "") in server.told


def _told(
    worker: Worker, server: Server, forks: Forks, one: Due, ended: Ended, *later: Due
) -> list[Any]:
    faults, server.faults, server.waiting = server.faults, {}, [one]
    worker.ask()
    server.waiting, server.told, server.faults = [*later], [], faults
    forks.over = [(str(one.run), ended)]
    worker.hear(0)
    worker.ask()
    return server.told


def test_a_machine_that_is_not_listed_does_not_begin(home: StateHome) -> None:
    refuse_a_stranger(home, "alpha")
    with pytest.raises(FixTheSettings, match="does not list it"):
        refuse_a_stranger(home, "gamma")


def test_the_servers_door_knows_its_public_name_alone() -> None:
    door = locked(PlainTextResponse("in"), 4200, "https://engine.example.org")

    async def asked(host: str, origin: str) -> int:
        transport = httpx.ASGITransport(door)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            headers = {"Host": host} | ({"Origin": origin} if origin else {})
            return (await client.get("/", headers=headers)).status_code

    cases = {
        ("engine.example.org", "https://engine.example.org"): 200,
        ("engine.example.org", ""): 200,
        ("127.0.0.1", "http://127.0.0.1:4200"): 200,
        ("evil.example", ""): 400,
        ("engine.example.org", "https://evil.example"): 403,
        ("engine.example.org", "http://engine.example.org"): 403,
    }
    assert {case: asyncio.run(asked(*case)) for case in cases} == cases


def test_a_secret_that_is_missing_is_named_by_the_file_that_has_it(tmp_path: Path) -> None:
    """The key stands in chapters.toml, and the server makes the secret."""
    write_private(tmp_path / "chapters.toml", (FILE + CHAPTER.format("east")).encode())
    with pytest.raises(FixTheSettings) as missing:
        state_home(tmp_path).secret()
    assert missing.value.where == "chapters.toml [engine] secret_file"
    assert missing.value.next_step.startswith("start `clerk state serve`, which makes it")
