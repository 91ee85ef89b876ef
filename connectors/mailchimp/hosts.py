"""Mailchimp's one host, which the key names, and why it may be reached (DP-3)."""

import re

from connectors.net.retries import host_of
from models.errors import FixTheSettings

WHY = "the chapter's own mailing-list account"


def exits(key: str, base_url: str) -> dict[str, str]:
    """The one host the program may reach for mail; a stand-in replaces it."""
    if base_url:
        return {host_of(base_url): "the sandbox for Mailchimp"}
    return {f"{server_of(key)}.api.mailchimp.com": WHY}


def server_of(key: str) -> str:
    """The data centre at the end of a key.

    Raises:
        FixTheSettings: the key has none.
    """
    server = key.rpartition("-")[2]
    if "-" not in key or not re.fullmatch("[a-z]+[0-9]+", server):
        raise FixTheSettings(
            "this is not a Mailchimp API key: a key ends in a dash, letters, and digits, as in "
            "-us21",
            where="chapter.toml [mailchimp] key_file",
            next_step="copy the key from Mailchimp: Account, Extras, API keys",
        )
    return server
