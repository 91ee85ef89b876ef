"""The officers' page of an invented chapter."""

from collections.abc import Iterator

import pytest

from tests.flows.town import Town
from tests.flows.web.desk import DeskClient, opened


@pytest.fixture
def desk(town: Town) -> Iterator[DeskClient]:
    """The page after the first night, nobody signed in."""
    town.night()
    with opened(town) as client:
        yield client
