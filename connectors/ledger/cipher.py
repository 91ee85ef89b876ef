"""Personal columns under a key that lies outside the ledger (DP-3).

Someone who copies only the file sees no address, no name, and no sheet, and cannot test whether a
certain address is in it.

AES-256-GCM by the `cryptography` package, a new nonce for every value. Lookups go by a keyed hash
(`people.digest`), and the key of those hashes is encrypted too.
"""

import base64
import binascii
import os
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect

from models.errors import FixTheSettings

WHERE = "chapter.toml ledger_key_file"
_NONCE = 12
_BYTES = 32


class Cipher:
    """Closes and opens bytes.

    Raises:
        FixTheSettings: the key is not 32 bytes in URL-safe base64.
    """

    def __init__(self, key: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 30 ms: only with a key

        try:
            raw = base64.urlsafe_b64decode(key.strip())
        except (ValueError, binascii.Error):
            raw = b""
        if len(raw) != _BYTES:
            raise FixTheSettings(
                "this is no key of a ledger: 32 random bytes in URL-safe base64",
                where=WHERE,
                next_step="remove the empty or broken file; `clerk ledger encrypt` makes a new key",
            )
        self._aes = AESGCM(raw)

    def close(self, content: bytes) -> bytes:
        """Sealed: nonce, then ciphertext and tag."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aes.encrypt(nonce, content, None)

    def open(self, sealed: bytes) -> bytes:
        """What was sealed.

        Raises:
            FixTheSettings: with another key, or it was tampered with.
        """
        from cryptography.exceptions import InvalidTag

        try:
            return self._aes.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except (InvalidTag, ValueError):
            raise FixTheSettings(
                "the key does not fit", where=WHERE, next_step="use the key it was sealed with"
            ) from None


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
