"""The pages of a rehearsal of an invented town."""

from collections.abc import Iterator

import pytest

from tests.flows.rehearsal.pages.world import Pages, opened
from tests.flows.town import Town


@pytest.fixture
def pages(town: Town) -> Iterator[Pages]:
    """The pages before the first night."""
    with opened(town) as one:
        yield one
