"""`clerk backup` and `clerk restore`: the ledger and the chapter's own texts in one private file.

The ledger is copied by SQLite's backup API, so that a job at work meanwhile does no harm. With a
ledger key the whole file is sealed with it. Secrets are left out: whoever restores has them, or
makes new ones, and a stolen backup opens no account.
"""

import io
import sqlite3
import tarfile
import tempfile
import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from pydantic import ValidationError

from connectors.ledger import Ledger, Seal
from connectors.private_files import write_private
from connectors.settings import Chapter
from flows.desk import Clock, utc_now
from models.base import Value
from models.errors import FixTheData, FixTheSettings, Refused

LEDGER, ABOUT = "ledger.sqlite", "about.json"
TEXTS = ("*.toml", "elections", "letters", "bylaws")
"""What goes along: settings, own bylaws, votes and letters; never the secrets."""
_SEALED = b"clerk backup, sealed\n"
_OPEN = b"clerk backup\n"
_SQLITE = "sqlite:///"


class About(Value):
    """What a backup says of itself; counts, and nobody's name."""

    chapter: str
    made: datetime | None = None
    people: int | None = None
    lines: int | None = None
    """Lines of the record of votes."""

    def __str__(self) -> str:
        said = f"A backup of “{self.chapter}”"
        if self.made:
            said += f", made {self.made:%Y-%m-%d %H:%M} UTC"
        return said + (f": {self.people} people, {self.lines} lines of the record"
                       if self.people is not None else "")  # fmt: skip


def backup(chapter: Chapter, file: Path, now: Clock = utc_now) -> None:
    """Write a backup, readable by its owner alone; an existing file is not replaced.

    Raises:
        Refused: the file exists.
        FixTheSettings: the ledger is no file.
    """
    if file.exists():
        raise Refused(f"{file.name} exists", next_step="name another file")
    key = chapter.ledger_secret()
    ledger = _copy_of(_ledger_file(chapter))
    content = _packed(chapter, ledger, _about(chapter, ledger, now()))
    sealed = _SEALED + Seal(key).close(content) if key else _OPEN + content
    beside = file.with_name(f".{file.name}.part")
    try:
        write_private(beside, sealed)
        beside.rename(file)
    finally:
        beside.unlink(missing_ok=True)


def restore(
    chapter: Chapter,
    file: Path,
    *,
    replace: bool,
    renamed: bool = False,
    show: Callable[[About], None] = lambda _: None,
) -> Path | None:
    """Put a backup's ledger in place; the chapter's texts are only restored where they are missing.

    Args:
        replace: there may be a ledger; it is kept beside the new one.
        renamed: the backup may bear another chapter's name: it is this one's from before.
        show: gets what the backup says of itself, before anything is done.

    Returns:
        Where the ledger that was there before has gone.

    Raises:
        FixTheData: the file is no backup, or is damaged.
        FixTheSettings: it is sealed with another key.
        Refused: it is another chapter's; or there is a ledger, and it is not to be replaced.
    """
    held = _read(chapter, file)
    about = _said(chapter, file, held)
    show(about)
    if about.chapter != chapter.name and not renamed:
        raise Refused(
            f"this is a backup of “{about.chapter}”, and the chapter here is “{chapter.name}”",
            where=str(file),
            rule="ST-1",
            next_step="take a backup of this chapter; or add --renamed if it had that name then",
        )
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
    """Keep the ledger that is there; its own file stays until the new one takes its place."""
    wal = target.with_name(f"{target.name}-wal")
    raw, late = target.read_bytes(), wal.read_bytes() if wal.exists() else b""
    try:  # to open it may change both, whatever state they are in
        with Ledger.open(_SQLITE + str(target), chapter.ledger_secret()) as ledger, ledger.alone():
            copy, late = _copy_of(target), b""
    except FixTheSettings:  # it is damaged, or its key is lost: it is kept as it lay
        copy = raw
    before = _write_aside(target, copy)
    if late:
        write_private(before.with_name(f"{before.name}-wal"), late, new=True)
    for side in ("-wal", "-shm"):  # the new ledger must not find them
        target.with_name(target.name + side).unlink(missing_ok=True)
    return before


def _write_aside(target: Path, copy: bytes) -> Path:
    """An earlier one is never overwritten: it may be the only one with what was done last."""
    for number in count(1):
        before = target.with_name(f"{target.name}.before-restore-{number}")
        if not before.with_name(f"{before.name}-wal").exists():
            with suppress(FileExistsError):
                write_private(before, copy, new=True)
                return before
    raise AssertionError("numbers do not end")


def _about(chapter: Chapter, ledger: bytes, now: datetime) -> bytes:
    """What is said of a ledger's copy, as JSON."""
    with tempfile.TemporaryDirectory(prefix=".copy-", dir=_ledger_file(chapter).parent) as folder:
        copy = Path(folder) / LEDGER
        write_private(copy, ledger)
        with Ledger.open(_SQLITE + str(copy), chapter.ledger_secret()) as held:
            about = About(
                chapter=chapter.name,
                made=now.astimezone(UTC),
                people=len(set(held.ids().values())),
                lines=len(held.votes.lines()),
            )
    return about.model_dump_json().encode()


def _said(chapter: Chapter, file: Path, held: dict[str, bytes]) -> About:
    """What a backup says of itself; an early one has its settings to say it alone."""
    try:
        if said := held.pop(ABOUT, b""):
            return About.model_validate_json(said)
        settings = tomllib.loads(held.get("chapter.toml", b"").decode("utf-8-sig"))
        return About(chapter=str(settings.get("name", chapter.name)))
    except (ValidationError, ValueError):
        raise _no_backup(file) from None


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


def _packed(chapter: Chapter, ledger: bytes, about: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        for name, content in ((ABOUT, about), (LEDGER, ledger)):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o600
            packed.addfile(entry, io.BytesIO(content))
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
