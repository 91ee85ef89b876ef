"""Nights and a vote on PostgreSQL end as they do on SQLite, where a server is installed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.sandbox.invented import second_day
from connectors.sandbox.server import Sandbox
from models.errors import Refused
from tests.conftest import Clock, empty
from tests.connectors.ledger.server import new_schema, postgresql, programs
from tests.elections.polls import CLOSES, COUNTS, REMINDERS, Poll, ranks
from tests.flows.town import Town


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    with postgresql(where) as url:
        yield url


@pytest.fixture
def on_postgresql(server: str, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Settings of the environment go before the file's."""
    monkeypatch.setenv("CLERK_LEDGER", new_schema(server))
    return monkeypatch


def nights(town: Town, clock: Clock) -> dict[str, Any]:
    """A first night, news, nothing new, an accident that is refused and then approved."""
    town.night()
    clock.go(days=1)
    second_day(town.sandbox, clock.today)
    assert not town.night().plan.is_empty()
    town.sandbox.reset()
    assert town.night().plan.is_empty()
    assert town.writes() == []
    with town.edit("Sign-ins") as rows:
        del rows[1:]
    with pytest.raises(Refused, match="Nothing was changed"):
        town.night()
    town.night(approve=town.night(apply=False).plan.fingerprint)
    return town.end_state()


def vote(poll: Poll) -> dict[str, Any]:
    """From the officer's word to the announcement, with ballots between."""
    poll.opened()
    first, *others = sorted(poll.invited())
    poll.votes(first, ranks("Ada Park") | {"Question 6": "Yes"})
    poll.at(REMINDERS[0])
    for address in others:
        poll.votes(address, ranks("Bea Stone", "Ada Park") | {"Question 6": "Yes"})
    poll.votes(first, ranks("Bea Stone") | {"Question 6": "No"})
    for moment in (*REMINDERS[1:], CLOSES, COUNTS):
        poll.at(moment)
        poll.strike()
    poll.published()
    ends = poll.ends()
    # Digests are of the people's ids and codes, which each ledger makes for itself.
    for name, race in ends["result"].items():
        others = {what: digest for what, digest in race.digests.items() if what != "roll"}
        ends["result"][name] = race.model_copy(update={"digests": others})
    ends["record"] = Counter(said.partition(" (")[0] for said in ends["record"].elements())
    return ends


def test_nights_end_the_same(
    town: Town, clock: Clock, sandbox: Sandbox, on_postgresql: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    there = nights(town, clock)
    assert not list(town.folder.glob("ledger/*.sqlite"))
    empty(sandbox)
    clock.go(days=-1)
    on_postgresql.delenv("CLERK_LEDGER")
    here = nights(Town.found(sandbox, clock, tmp_path / "other", people=12), clock)
    assert there == here


def test_a_vote_ends_the_same(
    clock: Clock, sandbox: Sandbox, on_postgresql: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun = clock.at
    there = vote(Poll.prepare(sandbox, clock, tmp_path / "one"))
    assert there["state"] == "published"
    empty(sandbox)
    clock.at = begun
    on_postgresql.delenv("CLERK_LEDGER")
    assert vote(Poll.prepare(sandbox, clock, tmp_path / "other")) == there
