"""What is taken for an API key, before any host is called by its end."""

import pytest

from connectors.mailchimp import exits
from models.errors import FixTheSettings


def test_a_key_ends_in_its_data_centre() -> None:
    assert list(exits("0123abcd-us21", "")) == ["us21.api.mailchimp.com"]


@pytest.mark.parametrize("key", ["", "us21", "put-key-here", "0123-21", "0123-us", "0123-us21 "])
def test_anything_else_is_no_key(key: str) -> None:
    with pytest.raises(
        FixTheSettings, match="this is not a Mailchimp API key: a key ends in a dash, letters, and"
    ):
        exits(key, "")
