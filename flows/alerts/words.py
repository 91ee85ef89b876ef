"""Alerts in words, for the officers' letter and for `clerk doctor`: counts, and nobody."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.alerts.form_words import (
    CLOSED,
    COLLECTS,
    ONE_ORGANISATION,
    RESTRICTED,
    UNREAD,
    UNREADABLE,
)
from flows.alerts.sharing_words import sharing_sentence, sharing_step
from models.mail.alerts import Alert, AlertKind, KnownAlert, News
from models.text import formats

_HEADINGS: Mapping[News, str] = {
    News.FOUND: "New",
    News.WORSE: "Worse than you were told",
    News.OVER: "Over",
}


def sentence(alert: Alert) -> str:
    """What is so."""
    counts = alert.counts
    match alert.kind:
        case AlertKind.NIGHT_CUT_SHORT:
            nights = counts.get("nights", 1)
            return (
                f"A night was cut short{_in_a_row(nights)}, "
                "and the clock of the votes finished it: "
                f"{counts.get('changes', 0)} changes, {counts.get('letters', 0)} letters, "
                f"{counts.get('to-review', 0)} to review."
            )
        case AlertKind.NIGHT_REFUSED:
            return (
                "A guard stopped the night, and nothing was changed: of "
                f"{counts.get('had', 0)} voting members {counts.get('losing', 0)} would lose the "
                f"vote ({counts.get('unforeseen', 0)} before their day), "
                f"{counts.get('gaining', 0)} people would gain it, and "
                f"{counts.get('rows-missing', 0)} rows are missing in the sheets."
            ) + _unusable(counts.get("rows-unusable", 0))
        case AlertKind.NIGHT_FAILED:
            return f"The night gave up{_in_a_row(counts.get('nights', 1))}."
        case AlertKind.SIGN_INS_STOPPED:
            return f"Nobody signed in at the last {counts.get('events', 2)} events that were held."
        case _:
            return _of_a_vote(alert)


def _of_a_vote(alert: Alert) -> str:
    counts = alert.counts
    match alert.kind:
        case AlertKind.FORM_SHUT:
            why = [said for name, said in _SHUT.items() if counts.get(name)]
            return f"{_form(alert)} cannot be answered by every voter: {', and '.join(why)}."
        case AlertKind.FORM_CHANGED:
            many = counts.get("questions", 1)
            differ = "1 question differs" if many == 1 else f"{many} questions differ"
            return f"{_form(alert)} is not what was approved: {differ}."
        case AlertKind.FORM_COLLECTS:
            return f"{_form(alert)}: {COLLECTS}."
        case AlertKind.FORM_ELSEWHERE:
            return f"{_form(alert)}: {UNREAD}. Those who voted there are reminded all the same."
        case AlertKind.LETTERS_LOST:
            many = counts.get("letters", 1)
            which = "1 letter" if many == 1 else f"{many} letters"
            return (
                f"{which} of {_whose(alert)} did not go out: stopped in the mailing service, or "
                "held back there."
            )
        case AlertKind.LETTERS_SHORT:
            many = counts.get("letters", 1)
            which = "A letter" if many == 1 else f"{many} letters"
            return (
                f"{which} of {_whose(alert)} went to fewer people than Mailchimp had counted: "
                f"{counts.get('people', 0)} are missing."
            )
        case AlertKind.CALLS_TO_MAKE:
            many = counts.get("voters", 1)
            who = "1 voter" if many == 1 else f"{many} voters"
            return (
                f"The letters of {_vote(alert)} do not reach {who} any more: they came back, or "
                "the address left the mailing list."
            )
        case AlertKind.NOT_OPENED:
            return f"Nobody can vote yet: {_vote(alert)} should have opened, and has not."
        case AlertKind.NEVER_OPENED:
            return (
                f"Nobody could vote: the close of {_vote(alert)} has passed, and it never opened."
            )
        case _:
            return sharing_sentence(alert)


_SHUT: Mapping[str, str] = {
    "closed": CLOSED,
    "restricted": RESTRICTED,
    "organisation": ONE_ORGANISATION,
    "unreadable": UNREADABLE,
}


def _unusable(rows: int) -> str:
    """Of tabs and forms that were read, and said nothing."""
    return f" {rows} rows are in tabs or forms of which no row can be used." if rows else ""


def _form(alert: Alert) -> str:
    return f"The ballot form of {_vote(alert)}"


def _whose(alert: Alert) -> str:
    return "the nights" if alert.place == "nights" else _vote(alert)


def _vote(alert: Alert) -> str:
    return f"the vote “{alert.place.removeprefix('vote-')}”"


def _in_a_row(nights: int) -> str:
    return f", {nights} in a row" if nights > 1 else ""


def next_step(kind: AlertKind) -> str:
    """What an officer can do about it."""
    match kind:
        case AlertKind.NIGHT_CUT_SHORT:
            return "find out why the machine or `clerk serve` stopped; nothing was done twice"
        case AlertKind.NIGHT_REFUSED:
            return (
                "`clerk review` shows what to look at and whom it concerns; mend that, or "
                "approve the plan as `clerk sync` says"
            )
        case AlertKind.NIGHT_FAILED:
            return "`clerk review` says why, and `clerk doctor` what is missing"
        case AlertKind.SIGN_INS_STOPPED:
            return (
                "look whether the sign-in form answers into another tab now; `clerk review` names "
                "the tab that is read"
            )
        case _:
            return _about_a_vote(kind)


def _about_a_vote(kind: AlertKind) -> str:
    match kind:
        case AlertKind.FORM_SHUT:
            return (
                "open the link of a letter in a private window; in the form, Publish → Responders "
                "→ “Anyone with the link”; if an organisation forbids that, ask its administrator"
            )
        case AlertKind.FORM_CHANGED:
            return "`clerk election status NAME` names the questions; give each its words back"
        case AlertKind.FORM_COLLECTS:
            return "turn off “Collect email addresses” in the form's settings"
        case AlertKind.FORM_ELSEWHERE:
            return (
                "`clerk election check NAME` names the tab; copy its rows below those of the tab "
                "that is read, and do so again before the close"
            )
        case AlertKind.LETTERS_LOST:
            return (
                "`clerk doctor` names each with what can be done; look at the campaign in "
                "Mailchimp, and for a message there about a review of the account"
            )
        case AlertKind.LETTERS_SHORT:
            return (
                "the campaign's report in Mailchimp names who was left out, and why; whoever may "
                "vote is best called"
            )
        case AlertKind.CALLS_TO_MAKE:
            return (
                "`clerk election calls NAME` lists them with the others to be called before the "
                "close, and with `--codes` the link of each who has none"
            )
        case AlertKind.NOT_OPENED:
            return (
                "`clerk election status NAME` says what stands in its way; mend that, and the next "
                "strike of the clock opens it; to move its days, `clerk election withdraw NAME`, "
                "and approve it again"
            )
        case AlertKind.NEVER_OPENED:
            return (
                "no strike opens it any more: `clerk election withdraw NAME`, move its days, and "
                "approve it again"
            )
        case _:
            return sharing_step(kind)


def groups(news: Iterable[KnownAlert], zone: ZoneInfo) -> list[dict[str, object]]:
    """All news of one letter, under its headings."""
    found: dict[News, list[dict[str, str]]] = {kind: [] for kind in _HEADINGS}
    for known in news:
        if kind := known.news:
            found[kind].append(_entry(known, kind, zone))
    return [
        {"heading": _HEADINGS[kind], "entries": entries}
        for kind, entries in found.items()
        if entries
    ]


def _entry(known: KnownAlert, kind: News, zone: ZoneInfo) -> dict[str, str]:
    since = clock(known.raised, zone)
    when = f"So since {since}."
    if known.over:
        when = f"So since {since}, over since {clock(known.over, zone)}."
    step = "" if kind is News.OVER else next_step(known.alert.kind)
    return {"said": sentence(known.alert), "when": when, "next": step}


def headline(news: Iterable[KnownAlert]) -> str:
    """How much there is to look at, and how much is over."""
    kinds = [known.news for known in news]
    over = kinds.count(News.OVER)
    look = len(kinds) - over
    parts = [f"{look} thing{'' if look == 1 else 's'} to look at"] if look else []
    return ", ".join([*parts, *([f"{over} over"] if over else [])])


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """A moment on the chapter's clock."""
    return formats.stamp(moment.astimezone(zone))
