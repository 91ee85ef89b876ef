"""Lists from files: what is in them is nowhere but in the ledger, and there only what a rule needs.

Rules: DP-1, DP-2, DP-3, DP-5.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from connectors.sandbox.server import Sandbox
from tests.privacy.canaries import Canary, Search
from tests.privacy.colony import Colony
from tests.privacy.given import give_lists
from tests.privacy.test_canaries import unexpected

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def colony(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Colony]:
    with Sandbox() as sandbox:
        colony = Colony(sandbox, tmp_path_factory.mktemp("colony"), datetime.now(UTC).date())
        colony.run("sync", "--apply", "--tell-everyone")
        give_lists(colony)
        yield colony


def test_a_canary_is_found_only_where_it_may_be(colony: Colony) -> None:
    assert unexpected(colony.hits()) == []


def test_the_commands_did_what_they_say(colony: Colony) -> None:
    ended = [(said.command, said.exit_code) for said in colony.said if "attendees" in said.command]
    kept = [code for command, code in ended if "list.xlsx" in command]
    assert kept == [0, 0, 0], colony.said
    assert {code for _, code in ended} == {0, 3, 5}, ended
    assert not [said for said in colony.said if "This is a bug" in said.err]


def test_columns_that_are_left_out_are_not_in_the_ledger(colony: Colony) -> None:
    """A telephone number that only the partner's list has."""
    stranger = colony.people[3]
    found = Search([Canary("phone", stranger.phone)]).files(colony.chapter)
    assert found == set()
