"""What a disk or the machine refuses, in our words: a command that cannot write is no bug."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from models.errors import FixTheSettings
from models.privacy import redact_addresses

_SPACE = "free some space, or name a place on another disk"
_RIGHTS = "run the command as the user whom it belongs to, or name another place"
_NAME = "look at the name that was given"
_REFUSALS = {
    errno.ENOSPC: ("the disk is full", _SPACE),
    errno.EDQUOT: ("your share of the disk is used up", _SPACE),
    errno.EFBIG: ("the file would be larger than this user may write", _SPACE),
    errno.EROFS: ("this disk can only be read", "name a place that can be written"),
    errno.EIO: ("the disk fails", "look at the disk; a backup belongs on another one"),
    errno.EACCES: ("your user account cannot read or write here", _RIGHTS),
    errno.EPERM: ("your user account is not allowed to do that here", _RIGHTS),
    errno.ENAMETOOLONG: ("the name is longer than a file's can be", _NAME),
    errno.ENOENT: ("there is no such file or folder", _NAME),
    errno.ENOTDIR: ("a part of the path is not a folder", _NAME),
    errno.EISDIR: ("this is a folder", _NAME),
    errno.EEXIST: ("something of this name is there already, of another kind", _NAME),
    errno.ELOOP: ("links lead in a circle here", _NAME),
    errno.EMFILE: ("too many files are open", "raise the limit of open files (ulimit -n)"),
    errno.ENFILE: ("too many files are open on this machine", "end other programs"),
    errno.ENOMEM: ("the memory is used up", "end other programs, or read a smaller file"),
}


def refusal(error: OSError, where: str = "") -> FixTheSettings | None:
    """What a file system's error means; None where it is none, as of a network.

    Args:
        where: the place, if the error does not say it itself.
    """
    if error.errno not in _REFUSALS:
        return None
    fact, next_step = _REFUSALS[error.errno]
    named = error.filename if isinstance(error.filename, str | bytes) else where
    place = named.decode(errors="replace") if isinstance(named, bytes) else named
    return FixTheSettings(fact, where=redact_addresses(place or where), next_step=next_step)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Work on files at a place.

    Raises:
        FixTheSettings: the file system refuses it.
    """
    try:
        yield
    except OSError as exc:
        raise refusal(exc, where) or exc from None
