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
from models.text.sentences import Joined, Sentence

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
            return Sentence(
                "A nightly run was interrupted{in_a_row}. The program finished it later: {changes} "
                "changes, {letters} emails, {asked} to review.",
                in_a_row=_in_a_row(nights),
                changes=counts.get("changes", 0),
                letters=counts.get("letters", 0),
                asked=counts.get("to-review", 0),
            )
        case AlertKind.NIGHT_REFUSED:
            return Sentence(
                "A safety limit stopped the nightly run, and nothing was changed. Of {had} voting "
                "members, {losing} would lose their voting membership ({unforeseen} before their "
                "end date), {gaining} people would become voting members, and {missing} rows are "
                "missing from the sheets.{unusable}",
                had=counts.get("had", 0),
                losing=counts.get("losing", 0),
                unforeseen=counts.get("unforeseen", 0),
                gaining=counts.get("gaining", 0),
                missing=counts.get("rows-missing", 0),
                unusable=_unusable(counts.get("rows-unusable", 0)),
            )
        case AlertKind.NIGHT_FAILED:
            nights = counts.get("nights", 1)
            return Sentence("The nightly run failed{in_a_row}.", in_a_row=_in_a_row(nights))
        case AlertKind.NIGHT_DIFFERS:
            return Sentence(
                "The weekly full check found something else than the nightly runs before it, which "
                "had found nothing changed."
            )
        case AlertKind.SIGN_INS_STOPPED:
            many = counts.get("events", 2)
            return Sentence("No one signed in at the last {many} events.", many=many)
        case _:
            return _of_a_vote(alert)


def _of_a_vote(alert: Alert) -> str:
    counts = alert.counts
    match alert.kind:
        case AlertKind.FORM_SHUT:
            why = [said for name, said in _SHUT.items() if counts.get(name)]
            return Sentence(
                "Not every voter can use the ballot form of {vote}: {why}.",
                vote=_vote(alert),
                why=Joined(", and ", why),
            )
        case AlertKind.FORM_CHANGED:
            many = counts.get("questions", 1)
            differ = (
                Sentence("1 question differs")
                if many == 1
                else Sentence("{many} questions differ", many=many)
            )
            return Sentence(
                "The ballot form of {vote} is not as approved: {differ}.",
                vote=_vote(alert),
                differ=differ,
            )
        case AlertKind.FORM_COLLECTS:
            return Sentence("The ballot form of {vote}: {what}.", vote=_vote(alert), what=COLLECTS)
        case AlertKind.FORM_ELSEWHERE:
            return Sentence(
                "The ballot form of {vote}: {what}. Those who voted there are reminded all the "
                "same.",
                vote=_vote(alert),
                what=UNREAD,
            )
        case AlertKind.LETTERS_LOST:
            many = counts.get("letters", 1)
            which = Sentence("1 email") if many == 1 else Sentence("{many} emails", many=many)
            return Sentence(
                "{which} of {whose} not sent: stopped or held back by the mailing service.",
                which=which,
                whose=_whose(alert),
            )
        case AlertKind.LETTERS_SHORT:
            many = counts.get("letters", 1)
            which = Sentence("An email") if many == 1 else Sentence("{many} emails", many=many)
            return Sentence(
                "{which} of {whose} went to fewer people than Mailchimp had counted: {missing} are "
                "missing.",
                which=which,
                whose=_whose(alert),
                missing=counts.get("people", 0),
            )
        case AlertKind.CALLS_TO_MAKE:
            many = counts.get("voters", 1)
            who = Sentence("1 voter") if many == 1 else Sentence("{many} voters", many=many)
            return Sentence(
                "The emails of {vote} no longer reach {who}: they bounced, or the address left the "
                "mailing list.",
                vote=_vote(alert),
                who=who,
            )
        case AlertKind.NOT_OPENED:
            return Sentence(
                "No one can vote yet: {vote} should have opened but has not.", vote=_vote(alert)
            )
        case AlertKind.NEVER_OPENED:
            return Sentence(
                "No one could vote: {vote} reached its closing time without ever opening.",
                vote=_vote(alert),
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
    if not rows:
        return ""
    return Sentence(" {rows} rows are in tabs or forms in which no row can be used.", rows=rows)


def _whose(alert: Alert) -> str:
    return Sentence("the nightly run") if alert.place == "nights" else _vote(alert)


def _vote(alert: Alert) -> str:
    return Sentence("the election “{name}”", name=alert.place.removeprefix("vote-"))


def _in_a_row(nights: int) -> str:
    return Sentence(", {nights} in a row", nights=nights) if nights > 1 else ""


def next_step(kind: AlertKind) -> str:
    """What an officer can do about it."""
    match kind:
        case AlertKind.NIGHT_CUT_SHORT:
            return Sentence(
                "find out why the computer or `clerk serve` stopped; nothing was done twice"
            )
        case AlertKind.NIGHT_REFUSED:
            return Sentence(
                "`clerk review` shows what to check and who is affected; fix that, or "
                "approve the plan as `clerk sync` shows"
            )
        case AlertKind.NIGHT_FAILED:
            return Sentence("`clerk review` shows why, and `clerk doctor` shows what is missing")
        case AlertKind.NIGHT_DIFFERS:
            return Sentence(
                "the result of the full check now applies, and its plan passed the safety limits; "
                "report it as a bug of the program"
            )
        case AlertKind.SIGN_INS_STOPPED:
            return Sentence(
                "check whether the responses of the sign-in form now go to another tab; "
                "`clerk review` shows which tab the program reads"
            )
        case _:
            return _about_a_vote(kind)


def _about_a_vote(kind: AlertKind) -> str:
    match kind:
        case AlertKind.FORM_SHUT:
            return Sentence(
                "in the form, under Publish, turn on “Accepting responses”, and choose "
                "“Anyone with the link” as Responders; if an organization does not allow "
                "that, ask its administrator; then open the link from an email in a "
                "private window"
            )
        case AlertKind.FORM_CHANGED:
            return Sentence(
                "`clerk election status NAME` shows the questions; restore the text of each"
            )
        case AlertKind.FORM_COLLECTS:
            return Sentence("turn off “Collect email addresses” in the form's settings")
        case AlertKind.FORM_ELSEWHERE:
            return Sentence(
                "`clerk election check NAME` names the tab; copy its rows below those of "
                "the tab that is read, and do so again before the close"
            )
        case AlertKind.LETTERS_LOST:
            return Sentence(
                "`clerk doctor` shows each one and what you can do; in Mailchimp, check "
                "the campaign, and look for a message about an account review"
            )
        case AlertKind.LETTERS_SHORT:
            return Sentence(
                "the campaign's report in Mailchimp shows who was left out and why; call "
                "the people who can vote"
            )
        case AlertKind.CALLS_TO_MAKE:
            return Sentence(
                "`clerk election calls NAME` lists everyone to call before voting closes; "
                "with `--codes`, it also shows the link of each voter who has none"
            )
        case AlertKind.NOT_OPENED:
            return Sentence(
                "`clerk election status NAME` shows what is in the way; fix that, and the "
                "next scheduled check opens it; to move its dates, run `clerk election "
                "withdraw NAME`, change them, and approve it again"
            )
        case AlertKind.NEVER_OPENED:
            return Sentence(
                "it can no longer open: run `clerk election withdraw NAME`, move its "
                "dates, and approve it again"
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
