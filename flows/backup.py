"""`clerk backup` and `clerk restore`: the ledger and the chapter's own texts in one private file.

The ledger is copied by SQLite's backup API, so that a job at work meanwhile does no harm. With a
ledger key the whole file is sealed with it. Secrets are left out: whoever restores has them, or
makes new ones, and a stolen backup opens no account.
"""

import io
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from connectors.ledger import Ledger, Seal
from connectors.private_files import write_private
from connectors.settings import Chapter
from models.errors import FixTheData, FixTheSettings, Refused

LEDGER = "ledger.sqlite"
TEXTS = ("*.toml", "elections", "letters", "bylaws")
"""What goes along: settings, own bylaws, votes and letters; never the secrets."""
_SEALED = b"clerk backup, sealed\n"
_OPEN = b"clerk backup\n"
_SQLITE = "sqlite:///"


def backup(chapter: Chapter, file: Path) -> None:
    """Write a backup, readable by its owner alone; an existing file is not replaced.

    Raises:
        Refused: the file exists.
        FixTheSettings: the ledger is no file.
    """
    if file.exists():
        raise Refused(f"{file.name} exists", next_step="name another file")
    key = chapter.ledger_secret()
    content = _packed(chapter, _copy_of(_ledger_file(chapter)))
    sealed = _SEALED + Seal(key).close(content) if key else _OPEN + content
    beside = file.with_name(f".{file.name}.part")
    try:
        write_private(beside, sealed)
        beside.rename(file)
    finally:
        beside.unlink(missing_ok=True)


def restore(chapter: Chapter, file: Path, *, replace: bool) -> Path | None:
    """Put a backup's ledger in place; the chapter's texts are only restored where they are missing.

    Args:
        replace: there may be a ledger; it is kept beside the new one.

    Returns:
        Where the ledger that was there before has gone.

    Raises:
        FixTheData: the file is no backup, or is damaged.
        FixTheSettings: it is sealed with another key.
        Refused: there is a ledger, and it is not to be replaced.
    """
    held = _read(chapter, file)
    target = _ledger_file(chapter)
    if target.exists() and not replace:
        raise Refused(
            "there is a ledger already", where=str(target), next_step="add --replace to keep it "
            "beside the restored one",
        )  # fmt: skip
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    arrived = target.with_name(f".{target.name}.arriving")
    arrived.unlink(missing_ok=True)
    write_private(arrived, held.pop(LEDGER))
    with Ledger.open(_SQLITE + str(arrived), chapter.ledger_secret()) as ledger:
        ledger.last_run()
    before = _put_aside(chapter, target) if target.exists() else None
    arrived.rename(target)
    for side in ("-wal", "-shm"):
        arrived.with_name(arrived.name + side).unlink(missing_ok=True)
    for name, content in held.items():
        if not (chapter.folder / name).exists():
            write_private(chapter.folder / name, content)
    return before


def _put_aside(chapter: Chapter, target: Path) -> Path:
    with Ledger.open(_SQLITE + str(target), chapter.ledger_secret()) as ledger, ledger.alone():
        copy = _copy_of(target)
    before = target.with_name(f"{target.name}.before-restore")
    before.unlink(missing_ok=True)
    write_private(before, copy)
    for side in ("", "-wal", "-shm"):
        target.with_name(target.name + side).unlink(missing_ok=True)
    return before


def _ledger_file(chapter: Chapter) -> Path:
    url = chapter.ledger_url()
    if not url.startswith(_SQLITE):
        raise FixTheSettings(
            "the ledger is a PostgreSQL database",
            where="chapter.toml ledger",
            next_step="(umask 077 && pg_dump --format=custom --file=FILE DATABASE) writes a backup "
            "that you alone can read, pg_restore brings it back; see Backups in docs/running.md",
        )
    return Path(url.removeprefix(_SQLITE))


def _copy_of(file: Path) -> bytes:
    """A consistent copy of a ledger's file, made in its own private folder."""
    if not file.is_file():
        raise FixTheSettings("there is no ledger yet", where=str(file), next_step="clerk sync")
    with tempfile.TemporaryDirectory(prefix=".copy-", dir=file.parent) as folder:
        copy = Path(folder) / LEDGER
        source, target = sqlite3.connect(file), sqlite3.connect(copy)
        try:
            source.backup(target)
        finally:
            target.close()
            source.close()
        return copy.read_bytes()


def _packed(chapter: Chapter, ledger: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        about = tarfile.TarInfo(LEDGER)
        about.size, about.mode = len(ledger), 0o600
        packed.addfile(about, io.BytesIO(ledger))
        for pattern in TEXTS:
            for path in sorted(chapter.folder.glob(pattern)):
                packed.add(path, path.name)
    return out.getvalue()


def _read(chapter: Chapter, file: Path) -> dict[str, bytes]:
    content = file.read_bytes() if file.is_file() else b""
    if content.startswith(_SEALED):
        key = chapter.ledger_secret()
        if not key:
            raise FixTheSettings(
                "the backup is sealed and no key is set",
                where="chapter.toml ledger_key_file",
                next_step="use the key the ledger was encrypted with",
            )
        content = Seal(key).open(content.removeprefix(_SEALED))
    elif content.startswith(_OPEN):
        content = content.removeprefix(_OPEN)
    else:
        raise _no_backup(file)
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as packed:
            members = [m for m in packed.getmembers() if m.isfile() and _inside(m.name)]
            held = {m.name: found.read() for m in members if (found := packed.extractfile(m))}
    except (tarfile.TarError, OSError, EOFError):
        raise _no_backup(file) from None
    if LEDGER not in held:
        raise _no_backup(file)
    return held


def _inside(name: str) -> bool:
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts


def _no_backup(file: Path) -> FixTheData:
    return FixTheData(
        "this is no backup of clerk's, or it is damaged",
        where=str(file),
        next_step="use a file that `clerk backup` wrote",
    )
