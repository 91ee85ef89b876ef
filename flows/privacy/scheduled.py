"""Backups on a schedule: made, tried, and the old ones removed once a newer one was tried.

1. After a night a backup is made if the newest is a day or a week old; after a vote's close too.
2. It is noted before it is written, so that one that a kill cut short is known.
3. It is restored beside the chapter and checked. One that is not tried yet is tried before another
   of the same day is made.
4. Then those older than the newest `keep` that were tried are removed, and no other file.

What goes wrong stops no other work. It is tried again by the next scheduled check, and later more
seldom; the officers are told of what lasts.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from connectors.settings.backup import Backup
from flows.alerts.telling import tell as tell_officers
from flows.alerts.trouble import Trouble, Troubles
from flows.context import ChapterContext
from flows.privacy.backup import backup
from flows.privacy.kept_backups import KeptBackups
from flows.privacy.restore_trial import try_restore
from models.errors import ClerkError, FixTheSettings, describe
from models.mail.alerts import BACKUPS, Alert, AlertKind
from models.privacy import redact_addresses

Tell = Callable[[str], None]
_STEP, _PLACE = "backup", "backup"
_SAME_STRIKE = timedelta(seconds=30)
"""One that failed after the night is not tried again at the end of the same check."""


def after_a_night(context: ChapterContext, tell: Tell) -> None:
    """Make the backup that is due, whatever the night came to."""
    _look_after(context, tell, lambda kept: kept.is_due())


def at_a_strike(context: ChapterContext, tell: Tell) -> None:
    """Make one after a vote's close, one that is late, and again one that failed."""
    failed = trouble(context)

    def is_wanted(kept: KeptBackups) -> bool:
        if failed and (failed.rests(now := context.now()) or now - failed.last < _SAME_STRIKE):
            return False
        again = failed is not None and kept.is_due()
        return again or "days" in kept.missing() or kept.closed_since()

    _look_after(context, tell, is_wanted)


def make(context: ChapterContext, wanted: Backup, *, another: bool = False) -> str:
    """Make a backup and try it; or try the newest, if that was not done yet.

    Args:
        another: make one, however new the newest is.

    Returns:
        What was done, for the log.

    Raises:
        ClerkError: it could not be made, or not be restored.
    """
    with context.ledger.alone():
        kept = KeptBackups(context, wanted)
        _refuse_no_folder(kept, wanted)
        newest, left_out = kept.newest, 0
        if newest is None or another or kept.wants_another():
            newest = kept.begun(context.chapter.slug)
            left_out = len(backup(context.chapter, kept.folder / newest.name, context.now))
        about = try_restore(context.chapter, kept.folder / newest.name, context.now)
        kept.tried(newest)
        removed = _remove_old(kept)
    _troubles(context).over(_STEP)
    said = f"made a backup and restored it for a test: {about.people} people"
    said += f", {about.lines} audit log entries"
    said += f"; removed {removed} older" if removed else ""
    return said + (f"; {left_out} files are not in it: see Backups in docs/running.md"
                   if left_out else "")  # fmt: skip


def trouble(context: ChapterContext) -> Trouble | None:
    """Why the last one failed, if it did."""
    return _troubles(context).known.get(_STEP)


def _look_after(
    context: ChapterContext, tell: Tell, is_wanted: Callable[[KeptBackups], bool]
) -> None:
    with suppress(ClerkError):  # the ledger does not answer: the next strike looks again
        if not (wanted := context.chapter.backup):
            _troubles(context).over(_STEP)
            _alert(context, [], tell)
            return
        kept = KeptBackups(context, wanted)
        kept.begin()
        if not context.ledger.is_untouched() and is_wanted(kept):
            _try(context, partial(make, context, wanted), tell)
        _alert(context, alerts_of(context, wanted), tell)


def alerts_of(context: ChapterContext, wanted: Backup) -> list[Alert]:
    """What officers are told of the backups now."""
    failed, found = trouble(context), []
    if failed and failed.lasts:
        found.append(Alert(kind=AlertKind.BACKUP_FAILED, place=_PLACE))
    if missing := KeptBackups(context, wanted).missing():
        found.append(Alert(kind=AlertKind.BACKUP_MISSING, place=_PLACE, counts=missing))
    return found


def _try(context: ChapterContext, work: Callable[[], str], tell: Tell) -> None:
    try:
        tell(work())
    except Exception as fault:  # noqa: BLE001 - a backup never stops the work that it follows
        _troubles(context).failed(_STEP, fault)
        tell(f"the backup failed: {describe(fault)}")


def _alert(context: ChapterContext, found: list[Alert], tell: Tell) -> None:
    so = [one.alert for one in context.ledger.alerts.still_so() if one.alert.kind in BACKUPS]
    is_news = sorted(map(repr, so)) != sorted(map(repr, found))
    if is_news and (said := tell_officers(context, found, BACKUPS)):
        tell(said)


def _remove_old(kept: KeptBackups) -> int:
    """Remove what is too old; what cannot be removed now is tried again after the next backup."""
    removed = 0
    for one in kept.to_remove():
        with suppress(OSError):
            (kept.folder / one.name).unlink(missing_ok=True)
            kept.forget(one)
            removed += 1
    return removed


def _refuse_no_folder(kept: KeptBackups, wanted: Backup) -> None:
    """A disk that is not connected must not get a folder of that name on another disk."""
    if not kept.is_connected:
        raise FixTheSettings(
            f"the folder for backups is not there: {redact_addresses(str(wanted.folder))}",
            where="chapter.toml [backup] folder",
            next_step="connect the disk that it is on, or make it: "
            f"mkdir -m 700 {redact_addresses(str(kept.folder))}",
        )


def _troubles(context: ChapterContext) -> Troubles:
    return Troubles(context, "the backups")
