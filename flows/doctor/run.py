"""The checks of `clerk doctor`, one after the other: pass, or the exact fix."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from connectors.files import old_names
from flows.clock import Clock, utc_now
from flows.context import ChapterContext, open_chapter
from flows.doctor.backups import backups
from flows.doctor.checks import Check, Look, failed, looked
from flows.doctor.desk import officers_page
from flows.doctor.google import at_google
from flows.doctor.letters import letters_that_went
from flows.doctor.mailing import at_mailchimp
from flows.doctor.nights import alerts, last_night, tabs
from flows.doctor.scheduler import asks_for_a_password
from flows.doctor.settings import at_home
from flows.doctor.sharing import who_can_open, who_is_told
from flows.doctor.votes import ballot_forms
from flows.tabs.keep import lasting
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from models.text import formats


def examine(folder: Path, now: Clock = utc_now) -> Iterator[Check]:
    """Check everything, one by one; a failure does not stop the checks that can still be made."""
    told: dict[str, str] = {}
    for check in _each(folder, at_home, _elsewhere, now=now):
        first = check.what if check.fine else told.setdefault(check.found, check.what)
        if first == check.what:
            yield check
        else:
            yield check._replace(found=f"see “{first}” above", next_step="", same_as=first)


def local(folder: Path) -> Iterator[Check]:
    """Check what can be checked without asking Google or Mailchimp."""
    yield from _each(folder, at_home)


def at_hand(context: ChapterContext) -> Iterator[Check]:
    """The same of a chapter that is open, with what its ledger says of the nights."""
    for what, look in (*at_home(context), *_in_the_ledger(context)):
        yield looked(what, look)


def fit_to_run(folder: Path) -> list[Check]:
    """Whether jobs may be left to run by themselves.

    Returns:
        What is wrong now and may cure itself, such as a database that does not answer.

    Raises:
        FixTheSettings: something must be mended first; all of it at once.
    """
    wrong = [check for check in local(folder) if not check.fine]
    passing = [check for check in wrong if check.exit_code == TryAgainLater.exit_code]
    lasting = [check for check in wrong if check not in passing]
    if lasting:
        raise FixTheSettings(
            "; ".join(dict.fromkeys(check.found for check in lasting)),
            next_step="; ".join(dict.fromkeys(check.next_step for check in lasting)),
        )
    return passing


def _each(
    folder: Path, *parts: Callable[[ChapterContext], Iterator[Look]], now: Clock = utc_now
) -> Iterator[Check]:
    try:
        with ExitStack() as opened:
            with old_names.told() as lines:
                context = opened.enter_context(open_chapter(folder, now))
                with suppress(ClerkError):  # the check of the bylaws says what is wrong with them
                    context.bylaws  # noqa: B018 - reads their file
            yield Check("settings", True, f"{context.chapter.name}, zone {context.chapter.zone}")
            if lines:
                yield Check("names of settings", True, ". ".join(lines))
            for part in parts:
                for what, look in part(context):
                    yield looked(what, look)
    except ClerkError as error:
        yield failed("settings and ledger", error)


def _in_the_ledger(context: ChapterContext) -> Iterator[Look]:
    yield "ledger", partial(last_night, context)
    yield "what officers are told", partial(alerts, context)
    yield from backups(context)
    if lasting(context):
        yield "tabs", partial(tabs, context)


def _elsewhere(context: ChapterContext) -> Iterator[Look]:
    yield from _in_the_ledger(context)
    yield from officers_page(context)
    yield from at_google(context)
    yield from who_can_open(context)
    yield from ballot_forms(context)
    yield from at_mailchimp(context)
    yield from letters_that_went(context)
    yield from who_is_told(context)
    if url := os.environ.get("PREFECT_API_URL"):
        yield "scheduler", lambda: asks_for_a_password(url)
    yield "clock", lambda: formats.clocked(context.now().astimezone(context.chapter.tz))
