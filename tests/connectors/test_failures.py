"""However a service fails, the client says that a later try may cure it; nothing is silent.

Whether its work is undone or done is all that a night or a vote can tell the ways apart by.
"""

import pytest

from models.errors import TryAgainLater
from tests.flows.strange import DONE, UNDONE
from tests.flows.town import Town

WAYS = (*UNDONE, *DONE)


@pytest.mark.parametrize("kind", WAYS)
def test_mailchimp(town: Town, kind: str) -> None:
    """Its library returns the bare response for an empty answer, whatever its status."""
    town.network(attempts=1, timeout=0.3)
    town.sandbox.faults.matching("GET", "/lists/", kind, seconds=0.4)  # type: ignore[arg-type]
    with town.context() as context, pytest.raises(TryAgainLater):
        context.audience.name()


@pytest.mark.parametrize("kind", [one for one in WAYS if not one.startswith("empty")])
def test_google(town: Town, kind: str) -> None:
    town.network(attempts=1, timeout=0.3)
    town.sandbox.faults.matching("GET", "/drive/v3/files/", kind, seconds=0.4)  # type: ignore[arg-type]
    with town.context() as context, pytest.raises(TryAgainLater):
        context.workbooks.version(context.chapter.workbooks[0].id)
