"""What `clerk election new` asks: each answer is checked as it is given, and asked for again."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from datetime import datetime
from functools import partial
from typing import Any, get_args
from zoneinfo import ZoneInfo

import typer

from flows.console import warn
from models.contest_settings import folded
from models.contests import Purpose, contest_from
from models.elections import google_id, in_zone, window_reasons
from models.errors import ClerkError, FixTheData
from models.privacy import quiet

KINDS = {
    "1": ("ranked", "3 or more candidates"),
    "2": ("single-choice", "2 candidates"),
    "3": ("ratify-or-prefer", "ratify the recommendation or prefer a candidate"),
    "4": ("up-or-down", "yes or no: re-endorsement, slate, priorities"),
    "5": ("question", "a ballot question"),
}


QUESTIONS: Mapping[str, tuple[str, str | None]] = {
    "title": ("What is voted on, in a few words", None),
    "opens": ("Opens (such as 2026-10-01 09:00)", None),
    "closes": ("Closes (such as 2026-10-11 21:00)", None),
    "form": (
        "The Google form's id or address, an empty form of yours (Enter if there is none yet)",
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

    checks = {"title": _title, "opens": clock, "closes": close, "form": google_id}
    for option, typed in given.items():
        if typed:
            _checked(option, typed, checks[option])
    _checked("short-because", short_because, _reason)
    for option, (question, default) in QUESTIONS.items():
        if typed := given[option]:
            table[option] = _checked(option, typed, checks[option])
        else:
            table[option] = _until(question, checks[option], default)
        if option == "closes":
            table |= _why_short(table, zone, now, short_because, asks=not typed)
    return table | {"ballots": {"form": table.pop("form")}}


def _why_short(
    table: Mapping[str, Any], zone: ZoneInfo, now: datetime, said: str, *, asks: bool
) -> dict[str, str]:
    """Say at once what is unusual about a window; ask for the reason that a short one needs."""
    opens, closes = (in_zone(table[key], zone, key) for key in ("opens", "closes"))
    if closes <= now:
        warn("The close has passed: this vote could not open (EN-R6).")
    elif opens < now:
        warn("The opening has passed: the vote would open when it is approved (EN-9).")
    (window,) = window_reasons(opens, closes, zone, said)
    if not window.holds and asks:
        question = "The written reason for fewer than 5 days (EN-R6; Enter to write it later)"
        said = _until(question, _reason, "")
        (window,) = window_reasons(opens, closes, zone, said)
    if window.rule == "EN-R6":
        warn(f"O{window.fact.removeprefix('o')} ({window.rule}).")
    if not window.holds:
        warn('Next: write short_because = "…" into election.toml; without it nothing can open.')
    return {"short_because": said} if said else {}


def _reason(typed: str) -> str:
    if quiet(typed) != typed:
        raise ValueError("a mail address stands here; pages hold none (DP-3)")
    return typed.strip()


def races() -> Iterator[dict[str, Any]]:
    """One contest after the other, until there are enough."""
    taken: set[str] = set()
    while typer.confirm("Add a race?", default=True):
        table = _race(taken)
        taken.add(table["id"])
        yield table


def in_spanish(
    table: dict[str, Any], contests: Iterable[dict[str, Any]], *, typed: Collection[str]
) -> None:
    """Ask for the Spanish of what was typed, and write it beside the English.

    Args:
        typed: which of the election's own texts were typed, and not given as options.
    """
    for key, check in (("title", _title), ("short_because", _reason)):
        if key in typed and table.get(key):
            _translated(table, key, check)
    for race in contests:
        for key in ("title", "subject", "explanation"):
            if key in race:
                _translated(race, key, partial(_spanish, race, key))


def _translated(table: dict[str, Any], key: str, check: Callable[[str], str]) -> None:
    if said := _until(f"“{table[key]}” in Spanish (or Enter)", check, ""):
        table[f"{key}_es"] = said


def _spanish(race: dict[str, Any], key: str, said: str) -> str:
    _fits(race, **{f"{key}_es": said})
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
            "this is no moment",
            where=where,
            next_step="write it as 2026-10-01 09:00, on the chapter's clock",
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
            where=f"--{option} “{quiet(given)}”",
            next_step=ours.next_step or "give another",
        ) from None


def _until(question: str, check: Callable[[str], Any], default: str | None = None) -> Any:
    def tried(typed: str) -> Any:
        try:
            return check(typed)
        except (ValueError, ClerkError) as exc:
            raise typer.BadParameter(str(exc)) from None

    return typer.prompt(question, default=default, value_proc=tried, show_default=False)


def _title(typed: str) -> str:
    if len(typed) > 120 or "|" in typed:
        raise ValueError("a title has at most 120 letters, and no |")
    return typed


def _moment(typed: str, zone: ZoneInfo) -> datetime:
    found = moment(typed)
    in_zone(found, zone, typed)  # refuses an hour that the clocks skip
    return found


def _after(opens: datetime, closes: datetime, zone: ZoneInfo) -> datetime:
    if in_zone(closes, zone, "closes") <= in_zone(opens, zone, "opens"):
        raise ValueError(f"it closes before it opens, which is {opens:%Y-%m-%d %H:%M}")
    return closes


def _race(taken: Set[str]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    table |= _until("Its title, as on the ballot", lambda typed: _titled(typed, taken))
    for number, (_, what) in KINDS.items():
        typer.echo(f"  {number}  {what}")
    table["kind"] = _until("Which kind (1 if you press Enter)", _kind, "1")
    if table["kind"] == "up-or-down":
        table["purpose"] = _until(f"What for: {', '.join(get_args(Purpose))}", _purpose)
        table |= _until("About whom or what", lambda typed: _fits(table, subject=typed))
    elif table["kind"] != "question":
        table |= _until(
            "The candidates, separated by semicolons", lambda typed: _candidates(table, typed)
        )
    if table["kind"] == "question":
        asked = "Whose ballots it is on: city, county, state or national (or Enter, for districts)"
        table |= _until(asked, lambda typed: _fits(table, scope=typed), "")
    elif table.get("purpose") not in ("slate", "priorities"):
        asked = "The office, as the bylaws or ballots call it (no race opens without one)"
        table["office"] = _until(asked, str, "")
    recommended = "The committee recommends (Enter if it does not)"
    table |= _until(recommended, lambda typed: _fits(table, recommendation=typed), "")
    table |= _what_the_ballot_says(table)
    return {key: value for key, value in table.items() if value}


def _what_the_ballot_says(table: dict[str, Any]) -> dict[str, Any]:
    """Ask for the text without which the ballot would not say what it asks (EN-R14)."""
    if table.get("purpose") == "priorities":
        asked = "The priorities, separated by semicolons (Enter to write them later)"
        return dict(_until(asked, lambda typed: _fits(table, priorities=_parted(typed)), ""))
    if table["kind"] == "question":
        asked = "What it is about, in a sentence for those who vote (Enter if the title says it)"
        return dict(_until(asked, lambda typed: _fits(table, explanation=typed), ""))
    return {}


def _parted(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(";") if part.strip()]


def _titled(typed: str, taken: Set[str]) -> dict[str, str]:
    plain = unicodedata.normalize("NFKD", folded(typed)).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    found = {"id": "-".join(words)[:60], "title": typed}
    _fits({"kind": "question"}, **found)
    if found["id"] in taken:
        raise ValueError("there is a race of this title already")
    return found


def _kind(typed: str) -> str:
    if typed not in KINDS:
        raise ValueError(f"type a number from 1 to {len(KINDS)}")
    return KINDS[typed][0]


def _purpose(typed: str) -> str:
    if typed not in get_args(Purpose):
        raise ValueError("type one of these words")
    return typed


def _candidates(table: dict[str, Any], typed: str) -> dict[str, Any]:
    names = _parted(typed)
    if table["kind"] == "ranked" and len(names) < 3:
        raise ValueError("ranked choice is for 3 or more (EN-3); put a semicolon between them")
    if table["kind"] == "single-choice" and len(names) > 2:
        raise ValueError("a single choice is between at most 2 (EN-4)")
    _fits(table, candidates=names, recommendation=names[0] if names else "")
    return {"candidates": names}


def _fits(table: dict[str, Any], **answer: Any) -> dict[str, Any]:
    """The answer, if the race so far can be one with it."""
    try:
        contest_from({**table, **answer}, "race")
    except ClerkError as exc:
        raise ValueError(exc.fact) from None
    return answer
