"""Google's hosts and scopes, what each is for, and the kinds of credentials (DP-3).

Apart from the client, whose libraries take a fifth of a second to import: most commands ask the
ledger, and nobody on the net.
"""

import json
from collections.abc import Mapping
from typing import Any

from connectors.net.retries import host_of

SERVICE = "Google"
KEY, USER, FEDERATED = "service_account", "authorized_user", "external_account"
"""The kinds of such a file, as Google names them in it."""
KINDS = (KEY, USER, FEDERATED)
TOKENS, EXCHANGE, ACTING = (
    "oauth2.googleapis.com", "sts.googleapis.com", "iamcredentials.googleapis.com",
)  # fmt: skip
_EXITS = {
    TOKENS: "a token for the chapter's account",
    EXCHANGE: "Google's token in exchange for another issuer's",
    ACTING: "a token of the service account that stands behind it",
}
SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
    "https://www.googleapis.com/auth/forms.body.readonly",
    "https://www.googleapis.com/auth/forms.responses.readonly",
)
FORM_BUILDER = ("https://www.googleapis.com/auth/forms.body",)
"""What building a ballot form asks for, and nothing else does."""
_FILES = {
    "sheets.googleapis.com": "the chapter's own workbooks",
    "www.googleapis.com": "whether a workbook has changed, and who may open or answer what",
    "forms.googleapis.com": "the chapter's own forms",
}
"""Google's hosts and what each is for (DP-3)."""
DRIVE_FILE = "https://www.googleapis.com/drive/v3/files/"


def exits(base_url: str, credentials: str = "") -> dict[str, str]:
    """The hosts the program may reach for Google; a stand-in replaces them all.

    Args:
        credentials: the text of the file of credentials: where it has tokens asked for.
    """
    if base_url:
        return {host_of(base_url): "the sandbox for Google"}
    return token_exits(credentials) | _FILES


def token_exits(text: str) -> dict[str, str]:
    """The hosts that give tokens for the credentials of a file, and for no others."""
    is_federated = kind_of(parsed(text)) == FEDERATED
    hosts = (EXCHANGE, ACTING) if is_federated else (TOKENS,)
    return {host: _EXITS[host] for host in hosts}


def parsed(text: str) -> dict[str, Any]:
    """What a file of credentials holds; nothing where it is none."""
    try:
        info = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return info if isinstance(info, dict) else {}


def kind_of(info: Mapping[str, Any]) -> str:
    """The kind that it names, or ""."""
    kind = info.get("type", "")
    return kind if isinstance(kind, str) else ""
