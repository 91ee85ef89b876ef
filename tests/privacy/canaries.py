"""Canaries: marked people, and a search that finds them in any dress.

A canary's words are random letters, so that a hit can only be a leak. Words hold letters alone (or
digits alone): no encoding for URLs, HTML or JSON changes them, and the search for the bare word
finds them. The other dresses are looked for one by one.
"""

import base64
import hashlib
import io
import secrets
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

DEPTH = 5
"""Compressed things within compressed things."""


@dataclass(frozen=True)
class Canary:
    """One word about one person: their address, name or telephone number."""

    kind: str
    word: str
    address: str = ""

    def dresses(self) -> Iterator[tuple[str, bytes]]:
        """The canary as bytes to look for in lower-cased or in raw data."""
        for word in {self.word, self.word.upper(), self.word.capitalize()}:
            for text, how in ((word, "UTF-8"), (word, "UTF-16")):
                raw = text.encode("utf-16-le" if how == "UTF-16" else "ascii")
                yield how, raw
                yield f"hex of {how}", raw.hex().encode()
                yield f"HEX of {how}", raw.hex().upper().encode()
                for shift in range(3):
                    coded = _in_base64(raw, shift)
                    yield f"base64 of {how}", coded
                    yield f"base64 of {how}", coded.translate(bytes.maketrans(b"+/", b"-_"))
        for text in {self.address, self.address.upper()} - {""}:
            yield "URL-encoded twice", quote(quote(text, safe=""), safe="").encode()
            for name in ("md5", "sha1", "sha256"):
                digest = hashlib.new(name, text.encode(), usedforsecurity=False)
                yield name, digest.hexdigest().encode()
                yield f"raw {name}", digest.digest()
                yield f"base64 of {name}", base64.b64encode(digest.digest()).rstrip(b"=")


def _in_base64(raw: bytes, shift: int) -> bytes:
    """The characters that stand for these bytes whatever stands around them."""
    coded = base64.b64encode(b"\0" * shift + raw)
    first = -(-shift * 8 // 6)
    return coded[first : (shift + len(raw)) * 8 // 6]


def letters(many: int = 9) -> str:
    """A word that stands in no dictionary."""
    return "q" + "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(many - 1))


def digits() -> str:
    """The last seven digits of a telephone number."""
    return "".join(secrets.choice("23456789") for _ in range(7))


@dataclass(frozen=True)
class Hit:
    """A canary that got out."""

    place: str
    kind: str
    dress: str


class Search:
    """Looks for all canaries at once.

    Args:
        canaries: whom to look for.
        others: addresses that may be nowhere either, looked for as they are and by their md5.
    """

    def __init__(self, canaries: Iterable[Canary], others: Iterable[str] = ()) -> None:
        self._needles = {
            dress: (canary.kind, how) for canary in canaries for how, dress in canary.dresses()
        }
        for address in others:
            self._needles[address.lower().encode()] = ("address", "UTF-8")
            digest = hashlib.md5(address.lower().encode(), usedforsecurity=False)
            self._needles[digest.hexdigest().encode()] = ("address", "md5")

    def bytes(self, place: str, data: bytes, depth: int = DEPTH) -> set[Hit]:
        """All hits in some bytes, and in whatever is packed in them."""
        lower = data.lower()
        hits = {
            Hit(place, kind, how)
            for needle, (kind, how) in self._needles.items()
            if needle in data or needle in lower
        }
        if depth:
            for name, inner in unpacked(data):
                hits |= self.bytes(f"{place} › {name}" if name else place, inner, depth - 1)
        return hits

    def files(self, root: Path, *, newer: float = 0) -> set[Hit]:
        """All hits in the names and contents of the files under a folder."""
        hits: set[Hit] = set()
        for file in sorted(root.rglob("*")):
            place = f"file {file.relative_to(root)}"
            hits |= self.bytes(place, str(file.relative_to(root)).encode(), 0)
            try:
                if file.is_file() and file.stat().st_mtime >= newer:
                    hits |= self.bytes(place, file.read_bytes())
            except OSError:  # somebody else's, or gone
                continue
        return hits


def unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed in some bytes, with a name where it has one."""
    if data.startswith(b"SQLite format 3\0"):
        yield from _cells(data)
    if b"PK\x05\x06" in data:
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from ((name, packed.read(name)) for name in packed.namelist())
    for start in _starts(data, b"\x1f\x8b\x08"):
        yield from _inflated(data[start:], zlib.MAX_WBITS | 16)
    for mark in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        for start in _starts(data, mark):
            yield from _inflated(data[start:], zlib.MAX_WBITS)


def deflated(data: bytes) -> Iterator[bytes]:
    """A message that may be a raw deflate stream, as websockets send it."""
    yield data
    yield from (inner for _, inner in _inflated(data + b"\x00\x00\xff\xff", -zlib.MAX_WBITS))


def _inflated(data: bytes, window: int) -> Iterator[tuple[str, bytes]]:
    unpacker, out = zlib.decompressobj(window), b""
    try:
        for start in range(0, len(data), 65_536):
            out += unpacker.decompress(data[start : start + 65_536])
            if unpacker.eof:
                break
    except zlib.error:
        pass  # a part may have come out
    if len(out) > 3:
        yield "", out


def _starts(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)


def _cells(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every cell of a SQLite file, by table: a long one lies in pieces among its pages."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite"
        copy.write_bytes(data)
        db = sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)
        try:
            names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            for name in names:
                for row in db.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - its own table's name
                    for cell in row:
                        if isinstance(cell, str | bytes):
                            yield name, cell.encode() if isinstance(cell, str) else cell
        except sqlite3.DatabaseError:  # a virtual table, or a file of which the WAL holds the rest
            return
        finally:
            db.close()
