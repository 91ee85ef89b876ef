"""The form of a backup: its first line, a digest, a manifest of digests, and the files.

    clerk backup 2
    (SHA-256 of the next line)
    {"members": [{"name": …, "size": …, "sha256": …}, …]}
    (the files one after another, nothing between or behind them)

No byte stands outside a digest, so that each flipped bit is found and its place can be named. Under
a ledger's key all of this is sealed (AES-GCM), and stands behind a header of its own:

    clerk backup 2, sealed
    (SHA-256 of all that follows)
    (two known words, sealed: they open with the right key alone)
    (what was sealed)

The digest is for accidents and needs no key; the seal is for somebody who changes the file and
its digest too. Nothing is compressed: there is nothing that could grow when it is read
(docs/decisions/0051-backups-prove-themselves.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Protocol

from pydantic import Field, ValidationError

from connectors.backups.at_top import unread_at_top
from connectors.backups.contents import LEDGER, Contents
from models.base import Value
from models.errors import FixTheData, FixTheSettings

_OPEN, _SEALED = b"clerk backup 2\n", b"clerk backup 2, sealed\n"
_MARK = b"chapter-clerk backup"
KEY = "chapter.toml ledger_key_file"
"""Where a fault of the key is mended."""


class Sealing(Protocol):
    """What closes and opens bytes with the ledger's key."""

    def close(self, content: bytes) -> bytes:
        """Sealed."""

    def open(self, sealed: bytes) -> bytes:
        """What was sealed.

        Raises:
            FixTheSettings: with another key, or it was tampered with.
        """


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds.

    Attributes:
        members: the files by name.
        proved: each is as it was written; False for a backup that has no digests.
        passed_over: names in an early backup that none holds; they were not taken.
    """

    members: dict[str, bytes] = field(repr=False)
    proved: bool
    passed_over: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.proved:
            return f"Checked: {len(self.members)} files, all as they were written"
        return (
            f"Read: {len(self.members)} files. An earlier version wrote this backup, without "
            "digests, so it cannot be proved whole"
        )


class _Entry(Value):
    name: str
    size: Annotated[int, Field(ge=0, strict=True)]
    sha256: str


class _Manifest(Value):
    members: tuple[_Entry, ...]


def pack(members: Mapping[str, bytes], seal: Sealing | None) -> bytes:
    """A backup's file, sealed if there is a key.

    Raises:
        FixTheData: no backup holds such files.
    """
    contents = Contents("the chapter's folder", "rename it, or move it elsewhere")
    for name, content in members.items():
        contents.admit(name, len(content))
    entries = tuple(
        _Entry(name=name, size=len(content), sha256=_digest(content).decode())
        for name, content in members.items()
    )
    manifest = _Manifest(members=entries).model_dump_json().encode()
    packed = b"".join((_OPEN, _digest(manifest), b"\n", manifest, b"\n", *members.values()))
    if not seal:
        return packed
    sealed = seal.close(_MARK).hex().encode() + b"\n" + seal.close(packed)
    return b"".join((_SEALED, _digest(sealed), b"\n", sealed))


def unpack(content: bytes, seal: Sealing | None, where: str) -> Backup:
    """Everything that a backup holds, each file as it was written.

    Raises:
        FixTheData: a byte is not as it was written, at the place named; or no backup holds this.
        FixTheSettings: it is sealed, and the key is missing or another one.
    """
    if content.startswith(_SEALED):
        content = _unsealed(content[len(_SEALED) :], seal, where)
    if not content.startswith(_OPEN):
        raise no_backup(where)
    written, manifest, files = _lines(content[len(_OPEN) :])
    if _digest(manifest) != written:
        raise damaged(where, "manifest")
    try:
        entries = _Manifest.model_validate_json(manifest).members
    except ValidationError:
        raise no_backup(where) from None
    contents = Contents(where)
    for entry in entries:
        contents.admit(entry.name, entry.size)
    if LEDGER not in {entry.name for entry in entries}:
        raise no_backup(where)
    members = _cut(memoryview(files), entries, where)
    for name in unread_at_top(members):
        contents.refuse(name, "Chapter Clerk does not read it there")
    return Backup(members, proved=True)


def no_backup(where: str) -> FixTheData:
    """The error for a file of another kind."""
    return FixTheData(
        "this is not a Chapter Clerk backup, or its beginning is damaged",
        where=where,
        next_step="use a file that `clerk backup` wrote, with the same or a newer version of the "
        "program",
    )


def damaged(where: str, place: str) -> FixTheData:
    """The error for a backup that is not as it was written."""
    return FixTheData(
        "this backup is damaged: its content is not what was written",
        where=f"{where}: {place}",
        next_step="nothing was changed; use another copy of it, or an earlier backup",
    )


def no_key(seal: Sealing | None) -> FixTheSettings:
    """The error for a sealed backup and no key, or another."""
    return FixTheSettings(
        "the key does not fit this backup" if seal else "the backup is sealed and no key is set",
        where=KEY,
        next_step="use the key the ledger was encrypted with when the backup was made",
    )


def _cut(files: memoryview, entries: tuple[_Entry, ...], where: str) -> dict[str, bytes]:
    members, at = {}, 0
    for entry in entries:
        member = bytes(files[at : at + entry.size])
        if _digest(member).decode() != entry.sha256:
            raise damaged(where, entry.name)
        members[entry.name] = member
        at += entry.size
    if at != len(files):
        raise damaged(where, "its end")
    return members


def _unsealed(content: bytes, seal: Sealing | None, where: str) -> bytes:
    written, mark, sealed = _lines(content)
    whole = _digest(content[len(written) + 1 :]) == written
    if not (seal and _opened(seal, _unhexed(mark)) == _MARK):
        raise no_key(seal) if whole else damaged(where, "header or sealed content")
    packed = _opened(seal, sealed)
    if packed is None:
        raise damaged(where, "sealed content")
    if not whole:
        raise damaged(where, "header")
    return packed


def _opened(seal: Sealing, sealed: bytes) -> bytes | None:
    try:
        return seal.open(sealed)
    except FixTheSettings:
        return None


def _unhexed(line: bytes) -> bytes:
    try:
        return bytes.fromhex(line.decode("ascii"))
    except ValueError:
        return b""


def _lines(content: bytes) -> tuple[bytes, bytes, bytes]:
    """The first line, the second, and the rest."""
    first, _, rest = content.partition(b"\n")
    second, _, rest = rest.partition(b"\n")
    return first, second, rest


def _digest(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()
