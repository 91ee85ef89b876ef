"""What `clerk election new` asks: each answer is checked as it is given, and asked for again."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flows.cli.people_interview import until
from flows.console import say, warn
from flows.votes.drafts.answers import (
    after,
    clock,
    lacks_reason,
    passed,
    reason,
    title,
    unusual,
)
from flows.votes.drafts.races import TRANSLATED, named_by_its_title, subject_in_spanish
from flows.votes.drafts.races import in_spanish as translated
from models.errors import ClerkError, FixTheData
from models.google_ids import google_id
from models.privacy import redact_addresses

QUESTIONS: Mapping[str, tuple[str, str | None]] = {
    "title": ("A short title for the election", None),
    "opens": ("Opens (such as 2026-10-01 09:00)", None),
    "closes": ("Closes (such as 2026-10-11 21:00)", None),
    "form": (
        "The id or link of an empty Google form that you own (press Enter if there is none yet)",
        "",
    ),
}
"""Option → the question in its place, and what Enter means."""


def ask(
    zone: ZoneInfo, now: datetime, short_because: str, *, committee: bool = False, **given: str
) -> dict[str, Any]:
    """`election.toml` of a new election; what is not given is asked.

    Args:
        committee: the committee votes, and not the members.
        given: what the options `title`, `opens`, `closes` and `form` say, "" if nothing.

    Raises:
        FixTheData: what is given has no sense; told before anything is asked.
    """
    table: dict[str, Any] = {"electorate": "committee"} if committee else {}

    def on_the_clock(typed: str) -> datetime:
        return clock(typed, zone)

    def close(typed: str) -> datetime:
        opens = table.get("opens") or (clock(given["opens"], zone) if given["opens"] else None)
        return after(opens, clock(typed, zone), zone) if opens else clock(typed, zone)

    checks = {"title": title, "opens": on_the_clock, "closes": close, "form": google_id}
    for option, typed in given.items():
        if typed:
            _checked(option, typed, checks[option])
    _checked("short-because", short_because, reason)
    for option, (question, default) in QUESTIONS.items():
        if typed := given[option]:
            table[option] = _checked(option, typed, checks[option])
        else:
            table[option] = until(question, checks[option], default)
        if option == "closes":
            table |= _why_short(table, zone, now, short_because, asks=not typed)
    return table | {"ballots": {"form": table.pop("form")}}


def _why_short(
    table: Mapping[str, Any], zone: ZoneInfo, now: datetime, said: str, *, asks: bool
) -> dict[str, str]:
    """Say at once what is unusual about a window; ask for the reason that a short one needs."""
    for line in passed(table, zone, now):
        warn(line)
    if asks and lacks_reason(table, zone, said):
        question = "The written reason for fewer than 5 days (EN-R6; press Enter to write it later)"
        said = until(question, reason, "")
    for line in unusual(table, zone, said):
        warn(line)
    if lacks_reason(table, zone, said):
        warn(
            'Next: add short_because = "…" to election.toml. Without it, the election cannot open.'
        )
    return {"short_because": said} if said else {}


def drafted(folder: Path, *, advisory: bool, final: bool) -> list[dict[str, Any]]:
    """The contest of a vote on priorities, from the committee's list (SC-7); none for another.

    Raises:
        FixTheData: both are asked for, or the committee keeps too few proposals.
    """
    if not (advisory or final):
        return []
    if advisory and final:
        raise FixTheData(
            "one election is either the advisory vote or the ratification",
            where="--priorities-advisory and --priorities",
            rule="SC-7",
            next_step="use one of them; the ratification comes after the advisory vote",
        )
    from flows.context import open_chapter
    from flows.votes.drafts.priorities import contest_for

    with open_chapter(folder) as context:
        contest, remarks = contest_for(context, "advisory" if advisory else "priorities")
    say(f"“{contest['title']}”: {len(contest.get('proposals') or contest['priorities'])} entries.")
    for line in remarks:
        warn(f"{line[0].upper()}{line[1:]}.")
    return [contest]


def in_spanish(
    table: dict[str, Any], contests: Iterable[dict[str, Any]], *, typed: Collection[str]
) -> None:
    """Ask for the Spanish of what was typed, and write it beside the English.

    Args:
        typed: which of the election's own texts were typed, and not given as options.
    """
    for key, check in (("title", title), ("short_because", reason)):
        if key in typed and table.get(key):
            _translated(table, key, check)
    for race in contests:
        for key in TRANSLATED:
            if key in race and not (key == "subject" and named_by_its_title(race)):
                _translated(race, key, partial(_spanish, race, key))
        race |= subject_in_spanish(race)


def _translated(table: dict[str, Any], key: str, check: Callable[[str], str]) -> None:
    if said := until(f"“{table[key]}” in Spanish (press Enter to skip)", check, ""):
        table[f"{key}_es"] = said


def _spanish(race: dict[str, Any], key: str, said: str) -> str:
    translated(race, key).check(said)
    return said


def _checked(option: str, given: str, check: Callable[[str], Any]) -> Any:
    """What an option says.

    Raises:
        FixTheData: it has no sense; which option it is is said.
    """
    try:
        return check(given)
    except (ValueError, ClerkError) as exc:
        ours = exc if isinstance(exc, ClerkError) else ClerkError(str(exc))
        raise FixTheData(
            ours.fact,
            where=f"--{option} “{redact_addresses(given)}”",
            next_step=ours.next_step or "use another",
        ) from None


def slate_of(folder: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    """The contest of a vote on the slate, as the nominations have it."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.drafts.slate import SlateDraft, left_out, slate_draft

    with open_chapter(folder) as context:
        drafted: SlateDraft = slate_draft(context, table)
    for line in left_out(drafted):
        console.warn(line)
    return drafted.contest


def of_a_cycle(folder: Path, name: str) -> tuple[str, list[dict[str, Any]]]:
    """The cycle's own name, and its contests; what cannot be one yet is told."""
    from flows import console
    from flows.committee.cycle import cycle_called, districts_lived_in
    from flows.context import open_chapter
    from flows.votes.drafts.from_cycle import drafted

    with open_chapter(folder) as context:
        cycle = cycle_called(context, name)
        rules = context.bylaws.closest(context.today).counting
        contests, left_out = drafted(cycle, rules, districts_lived_in(context))
    for line in left_out:
        console.warn(f"Left out: {line}.")
    return cycle.name, contests


def recommended(folder: Path, name: str) -> bool:
    """Fill in what the committee recommended; whether anything was."""
    from flows.committee.recommendations import take_over
    from flows.context import open_chapter

    try:
        with open_chapter(folder) as context:
            return bool(take_over(context, name))
    except ClerkError:  # the draft is made, and its check says what is missing
        return False
