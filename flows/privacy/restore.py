"""`clerk restore`: a backup proves itself, and then its ledger takes the place of the one there.

Nothing is written before all of the backup was checked: its digests, its names, and the ways they
lead. Then the new ledger is made ready beside the old one and takes its place in one step, so that
a kill at any moment leaves the one or the other, whole.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pydantic import ValidationError

from connectors import backups
from connectors.backups import ABOUT, LEDGER, Backup
from connectors.backups.contents import MOST_IN_ALL
from connectors.files.private_files import private_folder, sync_folder, write_private
from connectors.files.toml_files import toml_from
from connectors.ledger import Ledger
from connectors.ledger.copies import LOGS, SIDES, copied, settle
from connectors.settings import Chapter
from flows.nightly.known_kinds import know_nothing
from flows.privacy.backup import SQLITE, About, ledger_file, seal_of
from models.errors import FixTheData, FixTheSettings, Refused
from models.faults import shown
from models.privacy import redact_addresses

AFTERWARDS = (
    "People erased after this backup are back: erase them again. Emails sent after it are not "
    "recorded, so the next nightly run tells no one that their status changed; with "
    "--tell-everyone it does. Check `clerk sync` before you apply it."
)
"""What an officer reads after one."""
_MOST = MOST_IN_ALL + 2**24
"""Bytes of a file: what it holds, its manifest, its seal."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        before: where the ledger that was there has gone.
        texts: the names of those that were missing and are back.
        left: the names of those that were there, and stayed as they were.
    """

    before: Path | None
    texts: tuple[str, ...]
    left: tuple[str, ...]

    def __str__(self) -> str:
        if not self.texts:
            return "Restored the ledger. No text files were missing."
        many = (
            "1 text file that was"
            if len(self.texts) == 1
            else (f"{len(self.texts)} text files that were")
        )
        return f"Restored the ledger and {many} missing: {', '.join(map(shown, self.texts))}"


def restore(
    chapter: Chapter,
    file: Path,
    *,
    replace: bool,
    renamed: bool = False,
    show: Callable[[object], None] = lambda _: None,
) -> Restored:
    """Put a backup's ledger in place; the chapter's texts are only restored where they are missing.

    Args:
        replace: there may be a ledger; it is kept beside the new one.
        renamed: the backup may bear another chapter's name: it is this one's from before.
        show: gets what the check found and what the backup says of itself, before anything is done.

    Returns:
        What was put back, and what stayed as it was.

    Raises:
        FixTheData: the file is no backup, is damaged, or holds what no backup does.
        FixTheSettings: it is sealed with another key; or a link stands in the chapter's folder
            where something is to be written; or the disk is full.
        Refused: it is another chapter's; or there is a ledger, and it is not to be replaced.
        TryAgainLater: another job has the ledger open.
    """
    held = read(chapter, file)
    show(held)
    for name in held.passed_over:
        show(f"Skipped: {shown(name)}; a backup cannot contain this file")
    about = _about(chapter, file, held)
    show(about)
    if about.chapter != chapter.name and not renamed:
        raise Refused(
            f"this backup is of “{shown(about.chapter)}”, but this chapter is “{chapter.name}”",
            where=redact_addresses(str(file)),
            rule="ST-1",
            next_step="use a backup of this chapter, or add --renamed if the chapter had that name",
        )
    target = ledger_file(chapter)
    texts = {name: text for name, text in held.members.items() if name not in (ABOUT, LEDGER)}
    _refuse_links(chapter, target, texts)
    if target.exists() and not replace:
        raise Refused(
            "there is already a ledger", where=str(target), next_step="to restore anyway and keep "
                                                                      "the old ledger next to the "
                                                                      "restored one, add --replace",
        )  # fmt: skip
    ledger = held.members[LEDGER]
    with _arrived(chapter, target, ledger) as arrived, _put_aside(chapter, target) as before:
        arrived.replace(target)
        sync_folder(target.parent)
    back = backups.put_back(chapter.folder, texts)
    return Restored(before, tuple(back), tuple(sorted(texts.keys() - set(back))))


def read(chapter: Chapter, file: Path) -> Backup:
    """Everything that a backup holds, checked.

    Raises:
        FixTheData: the file is no backup, is damaged, or holds what no backup does.
        FixTheSettings: it is sealed, and the chapter's key is missing or another one.
    """
    where = redact_addresses(str(file))
    if not file.exists() or file.is_dir():
        what = "this is a folder" if file.is_dir() else "this file does not exist"
        raise FixTheData(what, where=where, next_step="use the file that `clerk backup` wrote")
    if not file.is_file() or file.stat().st_size > _MOST:
        raise backups.no_backup(where)
    return backups.read(file.read_bytes(), seal_of(chapter), where)


def _about(chapter: Chapter, file: Path, held: Backup) -> About:
    """What a backup says of itself; an early one has its settings to say it alone."""
    try:
        if said := held.members.get(ABOUT, b""):
            return About.model_validate_json(said)
        settings = toml_from(held.members.get("chapter.toml", b""), "chapter.toml")
        return About(chapter=str(settings.get("name", chapter.name)))
    except (ValidationError, FixTheSettings):
        raise backups.no_backup(redact_addresses(str(file))) from None


def _refuse_links(chapter: Chapter, target: Path, texts: Mapping[str, bytes]) -> None:
    """The ledger's own place may be anywhere that the settings name; in the folder, by no link."""
    own = [str(target.relative_to(chapter.folder))] if _within(chapter, target) else []
    backups.refuse_links(chapter.folder, [*texts, *own])
    if target.is_symlink():
        raise FixTheSettings(
            "this is a link",
            where=redact_addresses(str(target)),
            rule="DP-3",
            next_step="set ledger in chapter.toml to the file it points to",
        )


def _within(chapter: Chapter, target: Path) -> bool:
    return target.is_relative_to(chapter.folder) and ".." not in target.parts


@contextmanager
def _arrived(chapter: Chapter, target: Path, ledger: bytes) -> Iterator[Path]:
    """The backup's ledger, of today's schema and under the chapter's key, beside its place."""
    with private_folder(target.parent) as folder:
        write_private(arrived := folder / target.name, ledger)
        with _opened(SQLITE + str(arrived), chapter.ledger_secret()) as ledger_:
            know_nothing(ledger_)
        settle(arrived)
        yield arrived


def _opened(url: str, key: str) -> Ledger:
    """A ledger from before there was a key is put under it on its way."""
    try:
        return Ledger.open(url, key)
    except FixTheSettings as locked:
        try:
            plain = Ledger.open(url)
        except FixTheSettings:
            raise locked from None
        plain.encrypt(key)
        return plain


@contextmanager
def _put_aside(chapter: Chapter, target: Path) -> Iterator[Path | None]:
    """Keep the ledger that is there, alone in its file, and other jobs off it while in the block.

    Its file stays where it is until another takes its place.
    """
    if not target.exists():
        _remove_sides(target)
        yield None
        return
    # To open it may change all of these, whatever state they are in.
    kept = {side: _content(target, side) for side in ("", *LOGS)}
    url, key = SQLITE + str(target), chapter.ledger_secret()
    with ExitStack() as opened:
        # One that is damaged, or whose key is lost, is kept as it lay.
        with suppress(FixTheSettings):
            ledger = opened.enter_context(Ledger.open(url, key))
            opened.enter_context(ledger.alone())
            with copied(target) as copy:
                kept = {"": copy.read_bytes()}
            ledger.close()
        before = _write_aside(target, kept)
        settle(target)
        _remove_sides(target)
        sync_folder(target.parent)
        yield before


def _write_aside(target: Path, ledger: Mapping[str, bytes]) -> Path:
    """An earlier one is never overwritten: it may be the only one with what was done last."""
    for number in count(1):
        before = target.with_name(f"{target.name}.before-restore-{number}")
        if any(before.with_name(before.name + side).exists() for side in LOGS):
            continue
        with suppress(FileExistsError):
            write_private(before, ledger[""], new=True)
            for side in LOGS:
                if ledger.get(side):
                    write_private(before.with_name(before.name + side), ledger[side], new=True)
            return before
    raise AssertionError("numbers do not end")


def _content(file: Path, side: str) -> bytes:
    beside = file.with_name(file.name + side)
    return beside.read_bytes() if beside.exists() else b""


def _remove_sides(file: Path) -> None:
    """The new ledger must not find them: SQLite would write their pages into it."""
    for side in SIDES:
        file.with_name(file.name + side).unlink(missing_ok=True)
