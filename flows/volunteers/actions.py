"""A call to action: to the volunteers who said that they want it, once, as an officer approved it.

It is a call like the others (`flows.votes.emails.calls`): what differs is whom it goes to, by the
folder `calls/<name>/`, and that its words are an officer's own.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from connectors import calls as folders
from flows.context import ChapterContext
from flows.nightly.facts import profiles_on_record
from flows.votes.approvals import gather, given
from flows.votes.emails import calls
from flows.votes.emails.calls import Call, Way, call_of
from flows.votes.sending import reach
from models.errors import FixTheSettings, Refused
from models.text.folding import folded
from models.text.languages import Language
from models.votes.events import VolunteersCalled
from models.year.calls import CallText, CallToAction, segment, unlisted

TEXTS: Final = "call-to-action"
_UNSAID: Final = CallText("", ())


def make(context: ChapterContext, name: str, call: CallToAction) -> Path:
    """Write the folder of a new call, to be filled in.

    Raises:
        FixTheSettings: the name is taken or none, or the call asks for what nobody can offer.
    """
    _check(context, name, call)
    return folders.write_new(context.chapter.folder, name, call, context.chapter.languages)


def change(
    context: ChapterContext, name: str, call: CallToAction, texts: Mapping[Language, str]
) -> None:
    """Write what a call says and whom it goes to.

    Raises:
        FixTheSettings: as `make` and `read`, or a text is none that anybody should get.
        Refused: it has gone.
    """
    if gone(context, name) is not None:
        raise Refused(
            f"the call “{name}” was already sent",
            rule="ST-2",
            next_step="it goes out once; for another email, make another call",
        )
    _check(context, name, call)
    folders.change(context.chapter.folder, name, call, texts)


def gone(context: ChapterContext, name: str) -> int | None:
    """To how many a call went; None while it is still to be sent."""
    return calls.sent_to(context, title(name))


def read(context: ChapterContext, name: str) -> CallToAction:
    """Whom a call goes to.

    Raises:
        FixTheSettings: there is none of this name, or its file is wrong.
    """
    call = folders.read(context.chapter.folder, name)
    _check(context, name, call)
    return call


def look(context: ChapterContext, name: str) -> Call:
    """The call as it would go out now, or that it has gone.

    Raises:
        FixTheSettings: its files are missing or wrong, or there is no form for its replies.
    """
    call, reached = read(context, name), reach(context)
    folder = context.chapter.folder
    english = folders.read_text(folder, name, "en")
    if english is None:
        raise FixTheSettings(
            "the text is missing",
            where=f"{folders.FOLDER}/{name}/{folders.TEXTS['en']}",
            rule="ST-2",
            next_step="write it; docs/volunteers.md has an example",
        )
    spanish = "es" in context.chapter.languages and folders.read_text(folder, name, "es")
    words = context.words(
        TEXTS,
        title=english.subject,
        title_es=(spanish or _UNSAID).subject,
        paragraphs=english.paragraphs,
        paragraphs_es=(spanish or _UNSAID).paragraphs,
        link=_link(context, name, call),
    )
    people = segment(call, profiles_on_record(context).willing(), reached.roll)
    return call_of(context, title(name), words, people, reached)


def send(context: ChapterContext, name: str, approve: str, by: str) -> int:
    """Send exactly what was approved; to how many it went.

    Raises:
        Refused: it has gone, is another than the one that was looked at, or reaches nobody.
        AskAPerson: it is approved, and this chapter asks for another officer (`[approvals]`).
    """
    way = Way(
        rule="ST-2",
        command=f"clerk call show {name}",
        what=f"the call “{name}”",
        event=lambda people: VolunteersCalled(call=name, people=people),
        approve=lambda desk, call, who: gather(
            desk, "", who, "call", approval_of(name, call), f"{folders.FOLDER}/{name}"
        ),
    )
    return calls.send(context, lambda: look(context, name), way, approve, by)


def approval_of(name: str, call: Call) -> str:
    """What an approval names: the call, and what it says to whom."""
    return f"{name} {call.fingerprint}"


def approved_by(context: ChapterContext, name: str, call: Call) -> list[str]:
    """The officers who have approved exactly this."""
    return given(context, "", "call", approval_of(name, call))


def replies(context: ChapterContext, call: CallToAction) -> int | None:
    """How many answers the form of its event has, as last read; None if it is about no event."""
    form = _form(context, call)
    kept = context.ledger.snapshot(f"form {form}") if form else None
    return sum(1 for table in kept.tables for _ in table.filled()) if kept else None


def title(name: str) -> str:
    """By which its mailing is found."""
    return f"action {name}"


def _check(context: ChapterContext, name: str, call: CallToAction) -> None:
    if "profiles" not in context.chapter.kinds_read:
        raise FixTheSettings(
            "no tab or form of volunteer profiles is named, so a call would go to nobody",
            where="chapter.toml",
            rule="ST-2",
            next_step="name one as docs/volunteers.md shows, then run `clerk sync --apply`",
        )
    known = {folded(one): one for one in context.chapter.volunteers.offers}
    if not (strange := unlisted(call, known.values())):
        return
    if not known:
        raise FixTheSettings(
            "the settings list no offers, so nobody can be chosen by one",
            where=f"{folders.FOLDER}/{name}",
            rule="ST-2",
            next_step="list them in chapter.toml [volunteers] offers; docs/volunteers.md shows how",
        )
    near = get_close_matches(folded(strange[0]), known, n=1)
    nearest = f"; the nearest is “{known[near[0]]}”" if near else ""
    raise FixTheSettings(
        f"offers: the settings do not list one of them{nearest}",
        where=f"{folders.FOLDER}/{name}",
        rule="ST-2",
        next_step="use the words of chapter.toml [volunteers] offers",
    )


def _form(context: ChapterContext, call: CallToAction) -> str:
    about = folded(call.replies)
    forms = (one for one in context.chapter.forms if one.holds == "event_sign_ins")
    return next((one.id for one in forms if about and folded(one.event) == about), "")


def _link(context: ChapterContext, name: str, call: CallToAction) -> str:
    """The form in which readers sign up for the call's event; "" if it is about none."""
    if form := _form(context, call):
        return context.ballot_forms.live(form).link
    if not call.replies:
        return ""
    raise FixTheSettings(
        "replies: no form in the settings is for this event",
        where=f"{folders.FOLDER}/{name}/call.toml",
        rule="ST-2",
        next_step='add one under chapter.toml [[forms]] with holds = "event_sign_ins" and the same '
        "event, or leave replies empty",
    )
