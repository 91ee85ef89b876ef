"""What `clerk election new` asks: each answer is checked as it is given, and asked for again."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flows.cli.race_interview import fits, title, until
from flows.console import warn
from models.errors import ClerkError, FixTheData
from models.privacy import redact_addresses
from models.votes.election import google_id, in_zone, window_reasons

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


def ask(zone: ZoneInfo, now: datetime, short_because: str, **given: str) -> dict[str, Any]:
    """`election.toml` of a new election; what is not given is asked.

    Args:
        given: what the options `title`, `opens`, `closes` and `form` say, "" if nothing.

    Raises:
        FixTheData: what is given has no sense; told before anything is asked.
    """
    table: dict[str, Any] = {}

    def clock(typed: str) -> datetime:
        return _moment(typed, zone)

    def close(typed: str) -> datetime:
        opens = table.get("opens") or (clock(given["opens"]) if given["opens"] else None)
        return _after(opens, clock(typed), zone) if opens else clock(typed)

    checks = {"title": title, "opens": clock, "closes": close, "form": google_id}
    for option, typed in given.items():
        if typed:
            _checked(option, typed, checks[option])
    _checked("short-because", short_because, _reason)
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
    opens, closes = (in_zone(table[key], zone, key) for key in ("opens", "closes"))
    if closes <= now:
        warn("The closing time has passed, so this election cannot open (EN-R6).")
    elif opens < now:
        warn(
            "The opening time has passed, so voting will open as soon as the election is "
            "approved (EN-9)."
        )
    (window,) = window_reasons(opens, closes, zone, said)
    if not window.holds and asks:
        question = "The written reason for fewer than 5 days (EN-R6; press Enter to write it later)"
        said = until(question, _reason, "")
        (window,) = window_reasons(opens, closes, zone, said)
    if window.rule == "EN-R6":
        warn(f"O{window.fact.removeprefix('o')} ({window.rule}).")
    if not window.holds:
        warn(
            'Next: add short_because = "…" to election.toml. Without it, the election cannot open.'
        )
    return {"short_because": said} if said else {}


def _reason(typed: str) -> str:
    if redact_addresses(typed) != typed:
        raise ValueError("this contains an email address; emails and pages must not (DP-3)")
    return typed.strip()


def in_spanish(
    table: dict[str, Any], contests: Iterable[dict[str, Any]], *, typed: Collection[str]
) -> None:
    """Ask for the Spanish of what was typed, and write it beside the English.

    Args:
        typed: which of the election's own texts were typed, and not given as options.
    """
    for key, check in (("title", title), ("short_because", _reason)):
        if key in typed and table.get(key):
            _translated(table, key, check)
    for race in contests:
        for key in ("title", "subject", "explanation"):
            if key in race:
                _translated(race, key, partial(_spanish, race, key))


def _translated(table: dict[str, Any], key: str, check: Callable[[str], str]) -> None:
    if said := until(f"“{table[key]}” in Spanish (press Enter to skip)", check, ""):
        table[f"{key}_es"] = said


def _spanish(race: dict[str, Any], key: str, said: str) -> str:
    fits(race, **{f"{key}_es": said})
    return said


def moment(typed: str, where: str = "") -> datetime:
    """A moment as a volunteer writes it.

    Args:
        where: the option it was given with.

    Raises:
        FixTheData: it is none.
    """
    try:
        return datetime.fromisoformat(typed.strip())
    except ValueError:
        raise FixTheData(
            "this is not a date and time",
            where=where,
            next_step="write it like 2026-10-01 09:00, in the chapter's time zone",
        ) from None


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


def _moment(typed: str, zone: ZoneInfo) -> datetime:
    found = moment(typed)
    in_zone(found, zone, typed)  # refuses an hour that the clocks skip
    return found


def _after(opens: datetime, closes: datetime, zone: ZoneInfo) -> datetime:
    if in_zone(closes, zone, "closes") <= in_zone(opens, zone, "opens"):
        raise ValueError(f"it closes before it opens, {opens:%Y-%m-%d %H:%M}")
    return closes
