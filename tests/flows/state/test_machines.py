"""Three chapters, two machines, one of which loses its power in the middle of a night (ST-1).

A real Prefect server, its database and the ledgers on a real PostgreSQL, workers as processes of
their own. The end must be the one of a single machine that runs `clerk sync` by hand.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.invented import WORKBOOK, second_day
from connectors.sandbox.server import Sandbox
from flows.context import open_chapter
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync
from models.errors import ClerkError
from tests.connectors.ledger.server import new_schema, postgresql, programs
from tests.flows.state.installed import KEYS, Installed, begin, ended, founded, place, take_back
from tests.flows.town import Town

pytestmark = [pytest.mark.slow]
BROKEN, KILLED = "seaside", "rivertown"
CUT = 3
NIGHT = "nightly-eligibility/nightly-{}"


@pytest.fixture
def server() -> Iterator[str]:
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    with postgresql(where) as url:
        yield url


def for_prefect(server: str) -> str:
    """A database of its own, as Prefect's URL."""
    home = server.partition("host=")[2]
    Path(home).chmod(0o711)  # for the chapters' accounts; who may log in is the server's to say
    with psycopg.connect(f"host={home} user=clerk dbname=postgres", autocommit=True) as db:
        db.execute("CREATE DATABASE prefect")
    return f"postgresql+asyncpg://clerk@/prefect?host={home}"


def test_the_end_is_the_one_of_a_single_machine(server: str) -> None:
    with place() as within:
        alone = {key: _by_hand(within / "alone" / key, key, new_schema(server)) for key in KEYS}
        installed = Installed(
            within, for_prefect(server), lambda _: new_schema(server), before=_until_the_second_day
        )
        with installed as chapters, chapters.started().asked() as api:
            chapters.sandboxes[KILLED].faults.on_request = _power_cut(chapters)
            runs = {key: begin(api, NIGHT.format(key)) for key in KEYS}
            told = {key: ended(api, run) for key, run in runs.items()}
            print("\n".join(_journal(api, runs)), chapters.all_said(), sep="\n")
            assert {key: run["state_type"] for key, run in told.items()} == {
                key: "FAILED" if key == BROKEN else "COMPLETED" for key in KEYS
            }
            (survivor,) = set(chapters.machines) & set(chapters.running)
            assert told[KILLED]["infrastructure_pid"].startswith(f"{survivor}.")
            assert told[KILLED]["run_count"] == 2
            for key in KEYS:
                take_back(within / "chapters" / key)
                assert chapters.towns[key].end_state() == alone[key]
            assert chapters.towns[KILLED].letters()


def _until_the_second_day(key: str, town: Town) -> None:
    """A first night, then news; in one chapter a tab was renamed."""
    _night(town)
    second_day(town.sandbox, datetime.now(UTC).date())
    if key == BROKEN:
        town.sandbox.google.workbooks[WORKBOOK].tab("Sign-ins").title = "Sign-ins (old)"


def _by_hand(folder: Path, key: str, ledger: str) -> dict[str, Any]:
    with Sandbox() as sandbox:
        town = founded(sandbox, folder, key, ledger)
        _until_the_second_day(key, town)
        with suppress(ClerkError):
            _night(town)
        return town.end_state()


def _night(town: Town) -> None:
    with open_chapter(town.folder) as context:
        sync(context, SyncOptions(apply=True))


def _power_cut(chapters: Installed) -> Callable[[int, str, Exchange], None]:
    """The machine that writes to the list the third time loses its power, just after."""
    writes: list[str] = []

    def cut(_: int, moment: str, exchange: Exchange) -> None:
        if moment == "after" and exchange.writes and "/lists/" in exchange.path:
            writes.append(exchange.path)
            if len(writes) == CUT:
                chapters.kill(who_runs(chapters, KILLED))

    return cut


def who_runs(chapters: Installed, key: str) -> str:
    (name,) = [n for n in chapters.machines if f"{key}: nightly begins" in chapters.said(n)]
    return name


def _journal(api: httpx.Client, runs: dict[str, UUID]) -> list[str]:
    """What ran where: each state of each run, with the worker's name."""
    return [
        f"{key:10} {state['timestamp'][11:19]} {state['name']:14} {state['message'] or ''}"
        for key, run in runs.items()
        for state in api.get("/flow_run_states/", params={"flow_run_id": str(run)}).json()
    ]
