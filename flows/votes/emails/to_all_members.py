"""Two emails to all members: the call for nominees, and the annual meeting's reminder (SC-1, SC-2).

Each is a call (`flows.votes.emails.calls`): to everybody whom the chapter knows and may email, made
of the edition's own values. There is one call for nominees for each year's slate, and one reminder
of each day of a meeting: a meeting that is moved may be told again.
"""

from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from flows.committee.annual import due_now
from flows.context import ChapterContext
from flows.nightly.people import facts_on_record
from flows.votes.emails import calls
from flows.votes.emails.calls import Call, Way, call_of, sent_to
from flows.votes.sending import reach
from models.bylaws.counting import CommitteeCount
from models.committee.nominees import in_first_quarter
from models.errors import FixTheData, FixTheSettings
from models.mail.notices import EmailContent
from models.text import formats
from models.text.languages import Language
from models.votes.events import MembersEmailed
from models.year.annual import meeting_day

ToAll = Literal["call-for-members", "annual-meeting"]
"""One of the two, by the folder of its texts."""
KINDS: Final[tuple[ToAll, ...]] = get_args(ToAll)
_WHAT: Final[dict[ToAll, str]] = {
    "call-for-members": "the call for members",
    "annual-meeting": "the reminder of the annual meeting",
}
_VOTES: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "SC-1": "the slate of the Steering Committee",
        "SC-7": "our priorities for the year",
    },
    "es": {
        "SC-1": "la lista del Comité Directivo",
        "SC-7": "nuestras prioridades del año",
    },
}


class Said(NamedTuple):
    """What an email is about, by what the Events tab says."""

    name: str
    """By which its mailing is found."""
    day: date | None
    """Of the annual meeting; None where none is planned."""
    rules: CommitteeCount


def about(context: ChapterContext, kind: ToAll) -> Said:
    """What it is about.

    Raises:
        FixTheData: a meeting's reminder without a meeting.
    """
    day = meeting_day(facts_on_record(context).events, context.today)
    rules = context.bylaws.closest(day or context.today).committee
    if kind == "call-for-members":
        coming = context.today.year + (not in_first_quarter(context.today))
        return Said(f"members {day.year if day else coming}", day, rules)
    if day is None:
        raise FixTheData(
            "no annual meeting is planned in the Events tab",
            where="Events",
            rule="SC-1",
            next_step="add an event of the kind “annual meeting” in the first quarter, and run "
            "`clerk sync`",
        )
    return Said(f"annual meeting {day}", day, rules)


def look(context: ChapterContext, kind: ToAll, form: str = "") -> Call:
    """The email as it would go out now, or that it has gone.

    Args:
        form: of nominations, by its id, where they are read from a tab.

    Raises:
        FixTheSettings: no form of nominations is known.
        FixTheData: no meeting is planned.
    """
    said, reached = about(context, kind), reach(context)
    words = (
        _call(context, said, form) if kind == "call-for-members" else _reminder(context, said.day)
    )
    return call_of(context, said.name, words, reached.roll.entries.keys(), reached)


def send(context: ChapterContext, approve: str, by: str, kind: ToAll, form: str = "") -> int:
    """Send exactly what was approved; to how many it went.

    Raises:
        Refused: it has gone, is another than the one that was looked at, or reaches nobody.
    """
    way = Way(
        rule="SC-2" if kind == "call-for-members" else "SC-1",
        command=f"clerk committee letter {kind}",
        what=_WHAT[kind],
        event=lambda people: MembersEmailed(letter=kind, people=people),
    )
    return calls.send(context, lambda: look(context, kind, form), way, approve, by)


def gone(context: ChapterContext, kind: ToAll) -> int | None:
    """To how many it went; None while it is to be sent, or nothing is there to send."""
    try:
        return sent_to(context, about(context, kind).name)
    except FixTheData:
        return None


def _call(context: ChapterContext, said: Said, form: str) -> EmailContent:
    rules, standing = said.rules, said.rules.standing.value
    return context.words(
        "call-for-members",
        title=f"The Steering Committee of {context.chapter.name}",
        link=_link(context, form),
        fewest=rules.fewest_members.value,
        most=rules.most_members.value,
        needed=rules.nominee_events.value,
        committees=formats.listed(standing),
        committees_es=formats.listed(standing, "es"),
        **_on(said.day),
    )


def _reminder(context: ChapterContext, day: date | None) -> EmailContent:
    due = {one.rule for one in due_now(context, on=day) if one.look}
    return context.words("annual-meeting", title=context.chapter.name, **_voted(due), **_on(day))


def _on(day: date | None) -> dict[str, str]:
    return {
        "day": formats.day(day) if day else "",
        "day_es": formats.day(day, "es") if day else "",
    }


def _voted(due: set[str]) -> dict[str, str]:
    """What is voted on at the meeting, in both languages."""
    said = {
        language: [what for rule, what in each.items() if rule in due]
        for language, each in _VOTES.items()
    }
    return {"votes": formats.listed(said["en"]), "votes_es": formats.listed(said["es"], "es")}


def _link(context: ChapterContext, form: str) -> str:
    found = form or next((o.id for o in context.chapter.forms if o.holds == "nominations"), "")
    if found:
        return context.ballot_forms.live(found).link
    raise FixTheSettings(
        "no form of nominations is known",
        where="chapter.toml [[forms]]",
        rule="SC-2",
        next_step='add one with holds = "nominations" (docs/year.md), or name the form of your '
        "tab: --form ID",
    )
