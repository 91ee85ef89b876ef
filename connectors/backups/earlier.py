"""Backups of the version before: a tar.gz behind a first line, perhaps sealed.

They have no digests. So their files are judged one by one as they come out of the archive, and no
more is unpacked than what was judged allows: an archive that would fill the memory is not read on.

That version packed everything that lay in the chapter's folders: minutes of any kind, links, what
editors leave. An honest backup is none the worse for it. Such files are passed over and named.
"""

import gzip
import io
import tarfile
import zlib

from connectors.backups.at_top import unread_at_top
from connectors.backups.container import KEY, Backup, Sealing, damaged, no_backup, no_key
from connectors.backups.contents import LEDGER, Contents, why_no_folder, why_not
from models.errors import FixTheData, FixTheSettings

_SEALED = b"clerk backup, sealed\n"
_OPEN = b"clerk backup\n"
_SLACK = 2**20
"""Bytes beyond the files themselves: the archive's own lines, and what pads its end."""
_A_LINE = 8192
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE)
_LINKS = (tarfile.SYMTYPE, tarfile.LNKTYPE)


def wrote_earlier(content: bytes) -> bool:
    """Whether the version before wrote this."""
    return content.startswith((_SEALED, _OPEN))


def unpack_earlier(content: bytes, seal: Sealing | None, where: str) -> Backup:
    """Everything that a backup of the version before holds.

    Raises:
        FixTheData: it is damaged as far as that can be seen, or holds what no backup does.
        FixTheSettings: it is sealed, and the key does not open it.
    """
    packed = _unsealed(content, seal) if content.startswith(_SEALED) else content[len(_OPEN) :]
    try:
        with gzip.open(io.BytesIO(packed)) as opened:
            members, passed_over = _members(_Bounded(opened, where), where)
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error):
        raise damaged(where, "its archive") from None
    if LEDGER not in members:
        raise no_backup(where)
    for name in unread_at_top(members):
        del members[name]
        passed_over.append(name)
    return Backup(members, proved=False, passed_over=tuple(passed_over))


class _Bounded:
    """An archive's bytes as they are unpacked, and no more of them than was allowed."""

    def __init__(self, opened: gzip.GzipFile, where: str) -> None:
        self._opened, self._where, self._left = opened, where, _SLACK

    def allow(self, size: int) -> None:
        """Allow so many bytes more."""
        self._left += size

    def read(self, size: int) -> bytes:
        """The next bytes.

        Raises:
            FixTheData: they are more than its files need.
        """
        some = self._opened.read(size)
        self._left -= len(some)
        if self._left < 0:
            raise FixTheData(
                "this archive unpacks to more than the files it names",
                where=self._where,
                next_step="nothing was changed; use a file that `clerk backup` wrote",
            )
        return some


def _members(opened: _Bounded, where: str) -> tuple[dict[str, bytes], list[str]]:
    """The files by name, and the names of what was passed over."""
    contents, members = Contents(where), {}
    with tarfile.open(fileobj=opened, mode="r|") as archive:  # type: ignore[call-overload]
        for each in archive:
            opened.allow(_A_LINE)
            if each.type not in (*_FILES, *_LINKS, tarfile.DIRTYPE) or each.issparse():
                contents.refuse(each.name, "it is a device or a pipe")
            if fault := _fault(each):
                contents.pass_over(each.name, each.size, fault)
                opened.allow(each.size)
            elif each.type == tarfile.DIRTYPE:
                contents.admit_folder(each.name)
            else:
                contents.admit(each.name, each.size)
                opened.allow(each.size)
                found = archive.extractfile(each)
                members[each.name] = found.read() if found else b""
    while opened.read(_A_LINE):  # only at its very end does gzip compare its checksum
        pass
    return members, contents.passed_over


def _fault(each: tarfile.TarInfo) -> str:
    if each.type in _LINKS:
        return "it is a link"
    if each.type == tarfile.DIRTYPE:
        return why_no_folder(each.name)
    return why_not(each.name, each.size)


def _unsealed(content: bytes, seal: Sealing | None) -> bytes:
    if seal is None:
        raise no_key(seal)
    try:
        return seal.open(content[len(_SEALED) :])
    except FixTheSettings:
        raise FixTheSettings(
            "the key does not fit this backup, or the backup is damaged; an earlier version wrote "
            "it, and it does not say which",
            where=KEY,
            next_step="use the key the ledger was encrypted with when the backup was made, or "
            "another copy of the backup",
        ) from None
