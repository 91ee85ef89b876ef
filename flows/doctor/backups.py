"""What doctor finds of the scheduled backups."""

from collections.abc import Iterator
from functools import partial

from connectors.settings.backup import Backup
from flows.alerts.words import clock, next_step, sentence
from flows.context import ChapterContext
from flows.doctor.checks import Look
from flows.privacy.kept_backups import KeptBackups
from flows.privacy.scheduled import alerts_of, trouble
from models.errors import FixTheSettings
from models.mail.alerts import AlertKind


def backups(context: ChapterContext) -> Iterator[Look]:
    """The newest, and whether its restore was tried."""
    wanted = context.chapter.backup
    yield "backups", partial(_made, context, wanted) if wanted else lambda: NONE


NONE = "none on a schedule; [backup] in chapter.toml adds it (docs/running.md)"


def last_backup(context: ChapterContext, wanted: Backup) -> str:
    """The newest that was tried, in words."""
    kept = KeptBackups(context, wanted)
    tried = [one for one in kept.files if one.tried]
    if not tried:
        return "none yet; the next nightly run makes the first one"
    zone, newest = context.chapter.tz, tried[-1]
    there = len(kept.proven)
    many = "1 is kept" if there == 1 else f"{there} are kept"
    assert newest.tried  # noqa: S101 - those alone were asked for
    return (
        f"the latest was made {clock(newest.made, zone)}, and its restore was tried "
        f"{clock(newest.tried, zone)}; {many}"
    )


def _made(context: ChapterContext, wanted: Backup) -> str:
    failed, wrong = trouble(context), alerts_of(context, wanted)
    if failed:
        times = "once" if failed.times == 1 else f"{failed.times} times"
        raise FixTheSettings(
            f"the backup has failed since {clock(failed.since, context.chapter.tz)}, {times}: "
            f"{failed.said}",
            next_step="fix what it says; `clerk backup` tries again now",
        )
    if wrong:
        raise FixTheSettings(
            " ".join(sentence(one) for one in wrong),
            next_step=next_step(AlertKind.BACKUP_MISSING),
        )
    return last_backup(context, wanted)
