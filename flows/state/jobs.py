"""What a job's child does, as the chapter's own account, without a scheduler in reach."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from connectors.files import old_names
from flows.clock import Clock, utc_now
from flows.console import say
from flows.context import ChapterContext, open_chapter
from flows.doctor import fit_to_run
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync
from flows.rehearsed import refuse_rehearsal
from flows.scheduler.told import NightTold
from flows.service.due_steps import in_turn, run_night
from flows.service.strikes import in_counts, strike_once
from flows.state.ended import Ended, Moment
from models.errors import ClerkError, FixTheSettings, describe_bug
from models.privacy import redact_addresses
from models.state.engine import Job
from models.text.formats import amount


class _Noted:
    """Keeps what the scheduler is to hear, until the job has ended."""

    def __init__(self) -> None:
        self.votes: list[str] = []
        self.moments: list[Moment] = []
        self.night: NightTold | None = None

    def closed(self, election: str) -> None:
        self.votes.append(election)

    def plan(self, election: str, moment: datetime, at: datetime) -> None:
        self.moments.append(Moment(election=election, moment=moment, at=at))

    def show(self, night: NightTold) -> None:
        self.night = night


def run(job: Job, key: str, folder: Path, *, shared: bool, now: Clock = utc_now) -> Ended:
    """Do one job of a chapter.

    Args:
        shared: several machines run this chapter.

    Returns:
        How it ended; no fault leaves it, for its words could name a person (DP-3).
    """
    noted = _Noted()
    try:
        old_names.hush()
        with open_chapter(folder, now) as context:
            refuse_rehearsal(context.chapter)
            if shared:
                refuse_a_file(context)
            said = _do(job, context, noted, lambda line: say(f"{key}: {line}"))
            code = 0
    except ClerkError as fault:
        code, said = fault.exit_code, str(fault)
    except Exception as bug:  # noqa: BLE001 - every other message could name a person
        code, said = 1, describe_bug(bug)
    if code:
        say(f"{key}: {redact_addresses(said)}", "yellow")
    return Ended(
        code=code,
        said=said,
        night=noted.night,
        closed=tuple(noted.votes),
        moments=tuple(noted.moments),
    )


def _do(job: Job, context: ChapterContext, noted: _Noted, tell: Callable[[str], None]) -> str:
    context.waiting = tell
    if job is Job.LOOK:
        fit_to_run(context.chapter.folder)
        return ""
    if job is not Job.NIGHT:
        strike_once(context, job is Job.TO_THE_MINUTE, tell, noted)
        return ""
    work = partial(sync, context, SyncOptions(apply=True))
    night = run_night(context, tell, partial(in_turn, work, context.sleep))
    noted.show(in_counts(night))
    return f"{amount(len(night.plan.changes), 'change')}, {night.found.to_review} to review"


def refuse_a_file(context: ChapterContext) -> None:
    """Several machines would each have a ledger of their own, and send everything twice.

    Raises:
        FixTheSettings: the ledger is a file of this machine.
    """
    if context.chapter.ledger_url().startswith("sqlite"):
        raise FixTheSettings(
            "several machines may run this chapter, and its ledger is a file of this one",
            where="chapter.toml ledger",
            rule="ST-1",
            next_step="put the ledger on PostgreSQL, or name one computer as the chapter's "
            "`machine` in chapters.toml",
        )
