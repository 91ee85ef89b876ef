"""Files that their owner alone may read, from the first byte on (DP-3)."""

import os
from pathlib import Path


def write_private(file: Path, content: bytes, *, new: bool = False) -> None:
    """Write a file whole and durably; its folder is made with it.

    Args:
        new: the file must not exist.

    Raises:
        FileExistsError: it does.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    how = os.O_CREAT | os.O_WRONLY | (os.O_EXCL if new else os.O_TRUNC)
    with os.fdopen(os.open(file, how, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
