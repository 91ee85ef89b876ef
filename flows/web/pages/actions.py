"""Calls to action: written, looked at, approved, and sent once; and what came of each (ST-2)."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from connectors import calls as folders
from connectors.emails import preview_text
from flows.context import ChapterContext
from flows.volunteers import actions
from flows.volunteers.outcome import coming, delivery
from flows.votes.approvals import needed
from flows.votes.drafts.answers import told
from flows.web.fields import Control, Field, lines
from flows.web.pages.progress import start
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import AskAPerson, FixTheSettings
from models.faults import faults
from models.privacy import redact_addresses
from models.text.languages import Language
from models.year.calls import CalledStatus, CallToAction

HOME: Final = "/actions"
_LISTS: Final = ("districts", "languages", "times")


class Seen(NamedTuple):
    """The email as an officer looked at it."""

    text: str
    people: int
    unreachable: int
    fingerprint: str
    approved_by: tuple[str, ...]


def actions_(visit: Visit) -> Page:
    """Every call, and to how many it went."""
    context = visit.context
    names = folders.names(context.chapter.folder)
    rows = [(one, actions.gone(context, one)) for one in names if folders.NAME.fullmatch(one)]
    offers = bool(context.chapter.volunteers.offers)
    return Page("actions.html", {"rows": rows, "offers": offers})


def new(visit: Visit) -> Page:
    """The form for a new call."""
    return _form(visit, {}, "")


def create(visit: Visit) -> Page | GoTo:
    """Make its folder, with its text."""
    name = visit.sent.one("name")
    try:
        call = _call(visit)
        texts = _texts(visit)
        for language, text in texts.items():
            if text:
                folders.text_from(text, f"{folders.FOLDER}/{name}", language)
        actions.make(visit.context, name, call)
        actions.change(visit.context, name, call, texts)
    except FixTheSettings as fault:
        return _form(visit, _typed(visit), told(fault))
    return GoTo(f"{HOME}/{name}", (visit.words.say("actions.saved"),))


def show(visit: Visit) -> Page:
    """A call: whom it is for, whether it went, and who came."""
    context, name = visit.context, visit.at["name"]
    call = actions.read(context, name)
    facts = {
        "name": name,
        "call": call,
        "written": redact_addresses(folders.as_written(context.chapter.folder, name, "en")),
        "sent": actions.gone(context, name),
        "coming": coming(context, name),
    }
    return Page("action.html", facts)


def edit(visit: Visit) -> Page:
    """The form of a call that is there."""
    context, name = visit.context, visit.at["name"]
    call, folder = actions.read(context, name), context.chapter.folder
    typed = {key: ", ".join(getattr(call, key)) for key in _LISTS}
    typed |= {"offers": lines(call.offers), "status": lines(call.status), "replies": call.replies}
    for language in context.chapter.languages:
        typed |= _parted(folders.as_written(folder, name, language), language)
    return _form(visit, typed, "", name)


def change(visit: Visit) -> Page | GoTo:
    """Write what was changed."""
    name = visit.at["name"]
    try:
        actions.change(visit.context, name, _call(visit), _texts(visit))
    except FixTheSettings as fault:
        return _form(visit, _typed(visit), told(fault), name)
    return GoTo(f"{HOME}/{name}", (visit.words.say("actions.saved"),))


def look(visit: Visit) -> GoTo:
    """Fill in the email, and count whom it goes to now."""
    name = visit.at["name"]

    def job(context: ChapterContext, _tell: Tell) -> Done:
        call = actions.look(context, name)
        if call.sent is not None:
            return Done(path=f"{HOME}/{name}")
        by = tuple(actions.approved_by(context, name, call))
        text = preview_text(call.words)
        seen = Seen(text, len(call.to), call.unreachable, call.fingerprint, by)
        return Done(path=f"{HOME}/{name}/look/{visit.keep(seen)}")

    return start(visit, visit.words.say("calls.filling_in"), job, f"{HOME}/{name}")


def looked_at(visit: Visit) -> Page:
    """The email, to how many it would go, and who has approved it."""
    handle, name = visit.at["handle"], visit.at["name"]
    facts = {
        "seen": visit.kept(handle),
        "handle": handle,
        "name": name,
        "officers": needed(visit.context, "call"),
    }
    return Page("action-look.html", facts)


def send(visit: Visit) -> GoTo:
    """Approve exactly that under the officer's name, and send it once enough have."""
    visit.must_be_sure()
    name, words, by = visit.at["name"], visit.words, visit.by
    seen: Seen = visit.kept(visit.at["handle"])

    def job(context: ChapterContext, _tell: Tell) -> Done:
        try:
            many = actions.send(context, name, seen.fingerprint, by)
        except AskAPerson as another:
            return Done((told(another),), f"{HOME}/{name}")
        return Done((words.plural("actions.sent_now", many),), f"{HOME}/{name}")

    return start(visit, words.say("calls.sending"), job, f"{HOME}/{name}")


def ask(visit: Visit) -> GoTo:
    """Ask Mailchimp what came of it."""
    name, words = visit.at["name"], visit.words

    def job(context: ChapterContext, _tell: Tell) -> Done:
        found = delivery(context, name)
        if found is None or (found.delivered is None and not found.trouble):
            said = words.say("actions.not_out")
        elif found.trouble:
            said = words.say("actions.trouble", why=found.trouble)
        else:
            numbers = {"n": found.delivered or 0, "back": found.came_back}
            said = words.say(
                "actions.delivered", **{key: words.number(one) for key, one in numbers.items()}
            )
        return Done((said,), f"{HOME}/{name}")

    return start(visit, words.say("actions.asking"), job, f"{HOME}/{name}")


def _call(visit: Visit) -> CallToAction:
    sent = visit.sent
    listed = {key: tuple(filter(None, map(str.strip, sent.one(key).split(",")))) for key in _LISTS}
    status = [one for one in CalledStatus if one in sent.many("status")]
    try:
        return CallToAction(
            offers=tuple(sent.many("offers")),
            status=tuple(status),
            replies=sent.one("replies"),
            **listed,
        )
    except ValidationError as exc:
        raise FixTheSettings("; ".join(faults(exc, CallToAction)), rule="ST-2") from None


def _texts(visit: Visit) -> dict[Language, str]:
    """The texts as their files have them; "" for a second language that was left out."""
    found: dict[Language, str] = {}
    for language in visit.context.chapter.languages:
        subject = " ".join(visit.sent.one(f"subject_{language}").split())
        text = visit.sent.one(f"text_{language}").replace("\r\n", "\n")
        blank = language != "en" and not (subject or text)
        found[language] = "" if blank else f"Subject: {subject}\n\n{text}\n"
    return found


def _parted(text: str, language: Language) -> dict[str, str]:
    head, _, body = text.partition("\n")
    subject = head.removeprefix("Subject:").strip()
    return {f"subject_{language}": subject, f"text_{language}": body.strip()}


def _typed(visit: Visit) -> dict[str, str]:
    sent = visit.sent
    ticked = {key: lines(sent.many(key)) for key in ("offers", "status")}
    return {key: sent.one(key) for key in sent.fields} | ticked


def _form(visit: Visit, typed: Mapping[str, str], fault: str, name: str = "") -> Page:
    say, chapter = visit.words.say, visit.context.chapter
    events = [one.event for one in chapter.forms if one.holds == "event_sign_ins" and one.event]
    replies = [("", say("actions.no_event")), *((one, one) for one in events)]
    status = [(str(one), say(f"actions.status.{one.name.lower()}")) for one in CalledStatus]

    def field(key: str, control: Control = "line", **more: Any) -> Field:
        kind = key.rpartition("_")[0] if key[-3:] in ("_en", "_es") else key
        hint = say(f"actions.hint.{kind}") if visit.words.has(f"actions.hint.{kind}") else ""
        label = say(f"actions.label.{key}")
        return Field(key, label, hint, control, typed.get(key, ""), **more)

    offers = [(one, one) for one in chapter.volunteers.offers]
    fields = [] if name else [field("name", needed=True)]
    fields += [
        field("offers", "ticks", options=offers),
        field("status", "ticks", options=status),
        *(field(key) for key in _LISTS),
        field("replies", "pick", options=replies),
    ]
    for one in chapter.languages:
        more: dict[str, Any] = {"needed": one == "en", "language": "es" * (one == "es")}
        fields += [field(f"subject_{one}", **more), field(f"text_{one}", "lines", **more)]
    return Page(
        "action-form.html", {"fields": fields, "fault": fault, "name": name}, 422 if fault else 200
    )


ASKED: Final = (
    Asked("GET", HOME, actions_),
    Asked("GET", f"{HOME}/new", new, "act"),
    Asked("POST", f"{HOME}/new", create, "act"),
    Asked("GET", f"{HOME}/{{name}}", show),
    Asked("GET", f"{HOME}/{{name}}/edit", edit, "act"),
    Asked("POST", f"{HOME}/{{name}}/edit", change, "act"),
    Asked("POST", f"{HOME}/{{name}}/look", look, "act"),
    Asked("GET", f"{HOME}/{{name}}/look/{{handle}}", looked_at, "act"),
    Asked("POST", f"{HOME}/{{name}}/look/{{handle}}", send, "act"),
    Asked("POST", f"{HOME}/{{name}}/ask", ask, "act"),
)
