"""Personal columns under a key that lies outside the ledger (DP-3).

Someone who copies only the file sees no address, no name, and no sheet, and cannot test whether a
certain address is in it.

AES-256-GCM by the `cryptography` package, a new nonce for every value, and each value bound to its
table and column: it opens nowhere else. There can be several keys. The first encrypts, all decrypt.
What is looked for is looked for by keyed digest (`people.digest`), and the key of those digests is
encrypted too.
"""

import base64
import binascii
import os
from copy import copy
from typing import TYPE_CHECKING, Self
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect

from models.errors import FixTheSettings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

WHERE = "chapter.toml ledger_key_file"
_NONCE = 12
_BYTES = 32


class Cipher:
    """Encrypts and decrypts bytes.

    Args:
        keys: one, or several with white space between; the newest first.

    Raises:
        FixTheSettings: a key is not 32 bytes in URL-safe base64, or there is none.
    """

    def __init__(self, keys: str) -> None:
        self._all = [_aes(key) for key in keys.split() or [""]]
        self._binds = True

    def unbound(self) -> Self:
        """Return one that binds nothing to its place, as in ledgers of former versions."""
        found = copy(self)
        found._binds = False
        return found

    def close(self, content: bytes, place: str = "") -> bytes:
        """Encrypt with the newest key: nonce, then ciphertext and tag.

        Args:
            place: the table and column where it is kept; "" outside the ledger.
        """
        nonce = os.urandom(_NONCE)
        return nonce + self._all[0].encrypt(nonce, content, self._bound(place))

    def open(self, sealed: bytes, place: str = "") -> bytes:
        """Decrypt with whichever key fits.

        Raises:
            FixTheSettings: none does, or it was tampered with, or kept in another place.
        """
        from cryptography.exceptions import InvalidTag

        for aes in self._all:
            try:
                return aes.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound(place))
            except (InvalidTag, ValueError):
                continue
        raise FixTheSettings(
            "the key does not fit", where=WHERE, next_step="use the key it was sealed with"
        )

    def newest(self) -> Self:
        """Return one with the newest key only."""
        found = copy(self)
        found._all = self._all[:1]
        return found

    def _bound(self, place: str) -> bytes:
        return place.encode() if self._binds else b""


def _aes(key: str) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 30 ms: only with a key

    try:
        raw = base64.urlsafe_b64decode(key)
    except (ValueError, binascii.Error):
        raw = b""
    if len(raw) != _BYTES:
        raise FixTheSettings(
            "this is not a ledger key: it needs 32 random bytes in URL-safe base64",
            where=WHERE,
            next_step="remove the empty or broken file; `clerk ledger encrypt` makes a new key",
        )
    return AESGCM(raw)


def new_key() -> str:
    """32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(os.urandom(_BYTES)).decode()


_seals: WeakKeyDictionary[Dialect, Cipher | None] = WeakKeyDictionary()
"""Every engine has a dialect of its own; its column types are handed that dialect and no engine."""


def use(dialect: Dialect, seal: Cipher | None) -> None:
    """Close and open this engine's private columns with a seal from now on, or with none."""
    _seals[dialect] = seal


def seal_of(dialect: Dialect) -> Cipher | None:
    """The seal of an engine's private columns, if they have one."""
    return _seals.get(dialect)
