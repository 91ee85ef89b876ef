"""What a form sends, and the token that proves which page of ours made it."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from models.errors import FixTheData
from models.privacy import redact_addresses

LARGEST = 128 * 1024
"""Bytes of a form: more than the longest reason and statement together."""
_FIELDS = 2000
TOKEN = "token"  # noqa: S105 - the field's name
KIND = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sent:
    """The fields of a form, by name; a field can come more than once."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)

    def one(self, name: str) -> str:
        """What stands in a field; "" if it is not there."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def many(self, name: str) -> list[str]:
        """All that was ticked under one name."""
        return [one.strip() for one in self.fields.get(name, ())]

    def shown(self) -> "Sent":
        """The same to stand in a form again: an address in it is dots (DP-3)."""
        return Sent({name: list(map(redact_addresses, all_)) for name, all_ in self.fields.items()})

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.one(name))


def read(body: bytes) -> Sent:
    """Read a form's body.

    Raises:
        FixTheData: it is none of ours.
    """
    try:
        text = body.decode("utf-8")
        return Sent(parse_qs(text, keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        raise FixTheData("this form cannot be read", next_step="go back and try again") from None


def token_of(key: str, action: str) -> str:
    """The token of a session's form: no other session's, and no other form's."""
    return hmac.new(key.encode(), f"form {action}".encode(), hashlib.sha256).hexdigest()


def is_ours(sent: Sent, key: str, action: str) -> bool:
    """Whether a page of this session made the form, for this action."""
    return hmac.compare_digest(sent.one(TOKEN).encode(), token_of(key, action).encode())
