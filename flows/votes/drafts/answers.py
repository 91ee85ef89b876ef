"""What is said of a new vote, each answer checked as it is given."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from models.errors import ClerkError, FixTheData
from models.google_ids import google_id
from models.privacy import redact_addresses
from models.text.sentences import Sentence
from models.votes.election import in_zone
from models.votes.windows import committee_window, window_reasons

NEEDED: Final = ("title", "opens", "closes")


def title(typed: str) -> str:
    """A title, if a form can have it."""
    if len(typed) > 120 or "|" in typed:
        raise ValueError("a title can have at most 120 characters and no |")
    return typed


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


def clock(typed: str, zone: ZoneInfo) -> datetime:
    """The same, if the chapter's clock shows it, and once."""
    found = moment(typed)
    in_zone(found, zone, typed)  # refuses an hour that the clocks skip
    return found


def after(opens: datetime, closes: datetime, zone: ZoneInfo) -> datetime:
    """A close, if it comes after the opening."""
    if in_zone(closes, zone, "closes") <= in_zone(opens, zone, "opens"):
        raise ValueError(f"it closes before it opens, {opens:%Y-%m-%d %H:%M}")
    return closes


def reason(typed: str) -> str:
    """A reason that members will read: it holds no address."""
    if redact_addresses(typed) != typed:
        raise ValueError("this contains an email address; emails and pages must not (DP-3)")
    return typed.strip()


def passed(table: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> Iterator[str]:
    """What has passed already of a window, and what that means."""
    opens, closes = _window(table, zone)
    if closes <= now:
        yield Sentence("The closing time has passed, so this election cannot open (EN-R6).")
    elif opens < now:
        yield (
            Sentence(
                "The opening time has passed, so voting will open as soon as the election is "
                "approved (EN-9)."
            )
        )


def lacks_reason(table: Mapping[str, Any], zone: ZoneInfo, said: str) -> bool:
    """Whether a window is so short that it needs a written reason, of the members' vote (EN-R6)."""
    if table.get("electorate"):
        return False
    (window,) = window_reasons(*_window(table, zone), zone, said)
    return not window.holds


def unusual(table: Mapping[str, Any], zone: ZoneInfo, said: str) -> Iterator[str]:
    """What is unusual about how long voting is open (EN-R6, SC-4)."""
    if table.get("electorate"):
        yield from too_short(table, zone)
        return
    (window,) = window_reasons(*_window(table, zone), zone, said)
    if window.rule == "EN-R6":
        fact = Sentence("{fact} ({rule})", fact=window.fact, rule=window.rule)
        yield fact.shaped(f"O{fact.removeprefix('o')}.", capital=True, stop=True)


def too_short(table: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    """That the committee has too little time to vote (SC-4)."""
    for window in committee_window(*_window(table, zone)):
        if not window.holds:
            fact = Sentence("{fact} ({rule})", fact=window.fact, rule=window.rule)
            yield fact.shaped(f"{fact[0].upper()}{fact[1:]}.", capital=True, stop=True)


def _window(table: Mapping[str, Any], zone: ZoneInfo) -> tuple[datetime, datetime]:
    return in_zone(table["opens"], zone, "opens"), in_zone(table["closes"], zone, "closes")


def answered(typed: Mapping[str, str], zone: ZoneInfo) -> tuple[dict[str, Any], dict[str, str]]:
    """All answers about a vote at once: what they say, and what is wrong with which.

    Returns:
        What they say, None for nothing; and the faults, "" where an answer is needed.
    """
    table: dict[str, Any] = {}
    faults: dict[str, str] = {}

    def close(said: str) -> datetime:
        closes = clock(said, zone)
        return after(table["opens"], closes, zone) if table.get("opens") else closes

    checks: Mapping[str, Callable[[str], Any]] = {
        "title": title,
        "title_es": title,
        "opens": lambda said: clock(said, zone),
        "closes": close,
        "electorate": lambda _: "committee",
        "short_because": reason,
        "short_because_es": reason,
        "form": google_id,
    }
    for key, check in checks.items():
        if not (said := typed.get(key, "")):
            table[key] = None
            if key in NEEDED:
                faults[key] = ""
            continue
        try:
            table[key] = check(reason(said) if key.startswith("title") else said)
        except (ValueError, ClerkError) as exc:
            faults[key] = told(exc)
    if faults:
        return table, faults
    if table["electorate"]:
        if short := "".join(too_short(table, zone)):
            faults["closes"] = short
    elif lacks_reason(table, zone, table["short_because"] or ""):
        faults["short_because"] = "; ".join(unusual(table, zone, ""))
    return table, faults


def told(exc: Exception) -> str:
    """What is wrong with an answer, and what to do."""
    if isinstance(exc, ClerkError):
        return "; ".join(filter(None, (exc.fact, exc.next_step)))
    return str(exc)
