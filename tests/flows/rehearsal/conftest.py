"""Reading a key is not what is tested here."""

import pytest


@pytest.fixture(autouse=True)
def _quickly(quick_keys: None) -> None:
    """Each key's primes are checked once."""
