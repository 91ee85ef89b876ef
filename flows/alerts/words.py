"""Alerts in words, for the officers' letter and for `clerk doctor`: counts, and nobody."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flows.alerts.ending_words import ending_sentence, ending_step
from flows.alerts.form_words import (
    CLOSED,
    COLLECTS,
    ONE_ORGANISATION,
    RESTRICTED,
    UNREAD,
    UNREADABLE,
)
from models.mail.alerts import Alert, AlertKind, KnownAlert, News
from models.text import formats

_HEADINGS: Mapping[News, str] = {
    News.FOUND: "New",
    News.WORSE: "Worse than we told you before",
    News.STILL: "Still so",
    News.OVER: "Over",
}


def sentence(alert: Alert) -> str:
    """What is so."""
    counts = alert.counts
    match alert.kind:
        case AlertKind.NIGHT_CUT_SHORT:
            nights = counts.get("nights", 1)
            return (
                f"A nightly run was interrupted{_in_a_row(nights)}. The program finished it "
                f"later: {counts.get('changes', 0)} changes, {counts.get('letters', 0)} emails, "
                f"{counts.get('to-review', 0)} to review."
            )
        case AlertKind.NIGHT_REFUSED:
            return (
                "A safety limit stopped the nightly run, and nothing was changed. Of "
                f"{counts.get('had', 0)} voting members, {counts.get('losing', 0)} would lose "
                f"their voting membership ({counts.get('unforeseen', 0)} before their end date), "
                f"{counts.get('gaining', 0)} people would become voting members, and "
                f"{counts.get('rows-missing', 0)} rows are missing from the sheets."
            ) + _unusable(counts.get("rows-unusable", 0))
        case AlertKind.NIGHT_FAILED:
            return f"The nightly run failed{_in_a_row(counts.get('nights', 1))}."
        case AlertKind.SIGN_INS_STOPPED:
            return f"No one signed in at the last {counts.get('events', 2)} events."
        case _:
            return _of_a_vote(alert)


def _of_a_vote(alert: Alert) -> str:
    counts = alert.counts
    match alert.kind:
        case AlertKind.FORM_SHUT:
            why = [said for name, said in _SHUT.items() if counts.get(name)]
            return (
                f"Not every voter can use the ballot form of {_vote(alert)}: {', and '.join(why)}."
            )
        case AlertKind.FORM_CHANGED:
            many = counts.get("questions", 1)
            differ = "1 question differs" if many == 1 else f"{many} questions differ"
            return f"{_form(alert)} is not as approved: {differ}."
        case AlertKind.FORM_COLLECTS:
            return f"{_form(alert)}: {COLLECTS}."
        case AlertKind.FORM_ELSEWHERE:
            return f"{_form(alert)}: {UNREAD}. Those who voted there are reminded all the same."
        case AlertKind.LETTERS_LOST:
            many = counts.get("letters", 1)
            which = "1 email" if many == 1 else f"{many} emails"
            return (
                f"{which} of {_whose(alert)} not sent: stopped or held back by the mailing service."
            )
        case AlertKind.LETTERS_SHORT:
            many = counts.get("letters", 1)
            which = "An email" if many == 1 else f"{many} emails"
            return (
                f"{which} of {_whose(alert)} went to fewer people than Mailchimp had counted: "
                f"{counts.get('people', 0)} are missing."
            )
        case AlertKind.CALLS_TO_MAKE:
            many = counts.get("voters", 1)
            who = "1 voter" if many == 1 else f"{many} voters"
            return (
                f"The emails of {_vote(alert)} no longer reach {who}: they bounced, or the "
                "address left the mailing list."
            )
        case AlertKind.NOT_OPENED:
            return f"No one can vote yet: {_vote(alert)} should have opened but has not."
        case AlertKind.NEVER_OPENED:
            return (
                f"No one could vote: {_vote(alert)} reached its closing time without ever opening."
            )
        case _:
            return ending_sentence(alert)


_SHUT: Mapping[str, str] = {
    "closed": CLOSED,
    "restricted": RESTRICTED,
    "organisation": ONE_ORGANISATION,
    "unreadable": UNREADABLE,
}


def _unusable(rows: int) -> str:
    """Of tabs and forms that were read, and said nothing."""
    return f" {rows} rows are in tabs or forms in which no row can be used." if rows else ""


def _form(alert: Alert) -> str:
    return f"The ballot form of {_vote(alert)}"


def _whose(alert: Alert) -> str:
    return "the nightly run" if alert.place == "nights" else _vote(alert)


def _vote(alert: Alert) -> str:
    return f"the election “{alert.place.removeprefix('vote-')}”"


def _in_a_row(nights: int) -> str:
    return f", {nights} in a row" if nights > 1 else ""


def next_step(kind: AlertKind) -> str:
    """What an officer can do about it."""
    match kind:
        case AlertKind.NIGHT_CUT_SHORT:
            return "find out why the computer or `clerk serve` stopped; nothing was done twice"
        case AlertKind.NIGHT_REFUSED:
            return (
                "`clerk review` shows what to check and who is affected; fix that, or approve the "
                "plan as `clerk sync` shows"
            )
        case AlertKind.NIGHT_FAILED:
            return "`clerk review` shows why, and `clerk doctor` shows what is missing"
        case AlertKind.SIGN_INS_STOPPED:
            return (
                "check whether the responses of the sign-in form now go to another tab; `clerk "
                "review` shows which tab the program reads"
            )
        case _:
            return _about_a_vote(kind)


def _about_a_vote(kind: AlertKind) -> str:
    match kind:
        case AlertKind.FORM_SHUT:
            return (
                "in the form, under Publish, turn on “Accepting responses”, and choose “Anyone "
                "with the link” as Responders; if an organization does not allow that, ask its "
                "administrator; then open the link from an email in a private window"
            )
        case AlertKind.FORM_CHANGED:
            return "`clerk election status NAME` shows the questions; restore the text of each"
        case AlertKind.FORM_COLLECTS:
            return "turn off “Collect email addresses” in the form's settings"
        case AlertKind.FORM_ELSEWHERE:
            return (
                "`clerk election check NAME` names the tab; copy its rows below those of the tab "
                "that is read, and do so again before the close"
            )
        case AlertKind.LETTERS_LOST:
            return (
                "`clerk doctor` shows each one and what you can do; in Mailchimp, check the "
                "campaign, and look for a message about an account review"
            )
        case AlertKind.LETTERS_SHORT:
            return (
                "the campaign's report in Mailchimp shows who was left out and why; call the "
                "people who can vote"
            )
        case AlertKind.CALLS_TO_MAKE:
            return (
                "`clerk election calls NAME` lists everyone to call before voting closes; with "
                "`--codes`, it also shows the link of each voter who has none"
            )
        case AlertKind.NOT_OPENED:
            return (
                "`clerk election status NAME` shows what is in the way; fix that, and the next "
                "scheduled check opens it; to move its dates, run `clerk election withdraw NAME`, "
                "change them, and approve it again"
            )
        case AlertKind.NEVER_OPENED:
            return (
                "it can no longer open: run `clerk election withdraw NAME`, move its dates, and "
                "approve it again"
            )
        case _:
            return ending_step(kind)


class Entry(NamedTuple):
    """One thing, in words."""

    said: str
    when: str
    next: str


def groups(news: Iterable[tuple[News, KnownAlert]], zone: ZoneInfo) -> list[dict[str, object]]:
    """All news of one letter, under its headings."""
    found: dict[News, list[dict[str, str]]] = {kind: [] for kind in _HEADINGS}
    for kind, known in news:
        found[kind].append(_entry(known, kind, zone)._asdict())
    return [
        {"heading": _HEADINGS[kind], "entries": entries}
        for kind, entries in found.items()
        if entries
    ]


def plain(news: Iterable[tuple[News, KnownAlert]], zone: ZoneInfo) -> str:
    """The same for a chat or a phone: plain text, a few lines a thing."""
    found: dict[str, list[str]] = {}
    for kind, known in sorted(news, key=lambda one: [*_HEADINGS].index(one[0])):
        one = _entry(known, kind, zone)
        told = [f"• {one.said}", one.when, *([f"Next: {one.next}"] if one.next else [])]
        found.setdefault(_HEADINGS[kind], []).append("\n".join(told))
    return "\n\n".join(f"{heading}\n" + "\n\n".join(told) for heading, told in found.items())


def _entry(known: KnownAlert, kind: News, zone: ZoneInfo) -> Entry:
    since = clock(known.raised, zone)
    when = f"Since {since}."
    if known.over:
        when = f"Since {since}. Over since {clock(known.over, zone)}."
    step = "" if kind is News.OVER else next_step(known.alert.kind)
    return Entry(sentence(known.alert), when, step)


def headline(news: Iterable[News]) -> str:
    """How much there is to look at, and how much is over."""
    kinds = list(news)
    over = kinds.count(News.OVER)
    look = len(kinds) - over
    parts = [f"{look} thing{'' if look == 1 else 's'} to check"] if look else []
    return ", ".join([*parts, *([f"{over} over"] if over else [])])


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """A moment on the chapter's clock."""
    return formats.stamp(moment.astimezone(zone))
