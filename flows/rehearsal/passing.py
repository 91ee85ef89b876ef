"""Time passes: what the schedule would have done on the way is done, in its order.

The nights at their hour, and each moment of each vote, by the same steps as `clerk tick`. Between
those nothing is due; where a service was not ready, the next scheduled check comes as it would.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from connectors.settings import RehearsalClock
from flows.context import ChapterContext, open_chapter
from flows.rehearsal.values import Moment
from flows.service.due_steps import run_due_steps
from flows.tabs.status import next_night
from flows.votes.lifecycle import calendar, on_the_clock
from flows.votes.moments import next_moments
from models.errors import ClerkError, TryAgainLater
from models.text.sentences import Sentence

AHEAD = timedelta(days=120)
STRIKES = 3
"""How often it is tried when a service is not ready."""
Tell = Callable[[str], None]
_A_NIGHT = re.compile(r"\d+ changes, ")


def moments(context: ChapterContext) -> Iterator[Moment]:
    """What is to come, next first: the next night, and each moment of the votes under way."""
    found = [Moment(next_night(context), Sentence("The nightly run"), "night")]
    names: dict[tuple[str, datetime], str] = {}
    titles = {}
    for vote in context.ledger.votes.all():
        titles[vote.name] = vote.election.title
        for what, at in calendar(context.chapter, vote.election).moments():
            names.setdefault((vote.name, at), what)
    for name, at in next_moments(context, AHEAD):
        what = names.get((name, at), "reminder")
        said = _moment_said(what, titles[name])
        found.append(Moment(at, said, "close" if what == "closes" else ""))
    yield from sorted(found, key=lambda one: (one.at, one.kind != "night"))


def _moment_said(what: str, title: str) -> Sentence:
    match what:
        case "opens":
            return Sentence("“{title}” opens, and its voters get their ballots", title=title)
        case "closes":
            return Sentence("“{title}” closes", title=title)
        case "is counted":
            return Sentence("“{title}” is counted", title=title)
        case _:
            return Sentence("A reminder for “{title}” goes out", title=title)


def pass_time(
    folder: Path,
    clock: RehearsalClock,
    to: datetime,
    tell: Tell,
    strikes: int = STRIKES,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[int, bool]:
    """Let time pass until then.

    Args:
        tell: is told each thing as soon as it happened.
        strikes: how often it is tried when a service is not ready.
        stopped: whether time is to go no further; it stands at the moment that was done last.

    Returns:
        How many nights there were, and whether anything happened.
    """
    nights, happened = 0, False
    while not stopped() and (coming := _coming(folder, to)):
        clock.set(coming.at)
        is_night = coming.kind == "night"
        happened |= strike(folder, clock, tell, strikes, night=is_night)
        nights += is_night
    if stopped():
        return nights, happened
    if clock.now() < to:
        clock.set(to)
    happened |= strike(folder, clock, tell, strikes)
    return nights, happened


def _coming(folder: Path, to: datetime) -> Moment | None:
    with open_chapter(folder) as context:
        now = context.now()
        return next((one for one in moments(context) if now < one.at <= to), None)


def strike(
    folder: Path,
    clock: RehearsalClock,
    tell: Tell,
    strikes: int = STRIKES,
    *,
    night: bool = False,
) -> bool:
    """Do what is due at this moment; what stands in the way is told. Returns whether it told."""
    told = False

    with open_chapter(folder) as context:
        titles = {vote.name: vote.election.title for vote in context.ledger.votes.all()}

        def say(line: str) -> None:
            nonlocal told
            told = True
            tell(f"{on_the_clock(context.chapter, clock.now())}: {_sentence(line, titles)}")

        context.waiting = lambda _: None
        for left in reversed(range(strikes)):
            try:
                run_due_steps(context, say, night=night)
            except TryAgainLater as fault:
                if not left:
                    say(_said(fault))
                else:
                    every = context.chapter.schedule.check_every_minutes
                    clock.set(clock.now() + timedelta(minutes=every))
            except ClerkError as fault:
                say(_said(fault))
                break
            else:
                break
            night = False  # it has had its try; the next check finishes what it began
    return told


def _sentence(line: str, titles: Mapping[str, str]) -> str:
    """A line of the terminal as a sentence: votes by their titles, and no next step."""
    said = line.partition("\n")[0]
    name, colon, what = said.partition(": ")
    if colon and name in titles:
        return f"“{titles[name]}”: {what}"
    if _A_NIGHT.match(said):
        return f"The nightly run: {said}"
    return f"{said[:1].upper()}{said[1:]}"


def _said(fault: ClerkError) -> str:
    """A fault in a sentence; what to do next stands on the officers' page."""
    said = f"{fault.where}: {fault.fact}" if fault.where else fault.fact
    return f"This stands in the way: {said}"
