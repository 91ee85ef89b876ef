"""Add a spreadsheet or form to what is read: the questions of `clerk init` as pages (ST-1)."""

import json
from collections.abc import Mapping
from typing import Any, Final

from flows.setup.face import About, Note, Reading, Term
from flows.setup.interview import KEPT
from flows.setup.sorts import Sort
from flows.web.own_account import PRINTED
from flows.web.talks import Asked as Question
from flows.web.talks import Talk, tabs_of
from flows.web.visits import Asked, GoTo, Page, Visit
from models.errors import Refused
from models.privacy import redact_addresses

HOME: Final = "/setup"
_QUIET: Final = frozenset(("share",))
"""What the page says anyhow."""


def setup(visit: Visit) -> Page:
    """Where the set-up stands: not begun, at a question, looking, or over."""
    talk = visit.shared.talks.now()
    facts: dict[str, Any] = {
        "printed": PRINTED, "resumed": _kept(visit), "ended": "", "added": "", "other": "",
        "fault": None,
    }  # fmt: skip
    if talk is None or (talk.is_over and talk.officer != visit.by):
        return Page("setup.html", facts)
    if talk.officer != visit.by:
        return Page("setup.html", facts | {"other": talk.officer})
    if talk.is_over:
        return Page("setup.html", facts | _ended(visit, talk))
    if asked := talk.asked:
        return Page("setup-question.html", facts | _shown(visit, asked))
    return Page("setup-looking.html", facts)


def begin(visit: Visit) -> GoTo:
    """Begin, or go on where it was stopped."""
    if visit.context.chapter.rehearsal:
        raise Refused(visit.words.say("setup.rehearsal"))
    visit.shared.talks.begin(visit.context.chapter.folder, visit.by, visit.shared.now)
    return GoTo(HOME)


def anew(visit: Visit) -> GoTo:
    """Forget what was answered before, and begin."""
    talk = visit.shared.talks.now()
    if talk is None or talk.is_over:
        (visit.context.chapter.folder / KEPT).unlink(missing_ok=True)
    return begin(visit)


def answer(visit: Visit) -> GoTo:
    """Give an answer."""
    talk, number = _mine(visit), visit.sent.one("number")
    asked = talk.asked
    if asked and number == str(asked.number):
        talk.answer(asked.number, _said(visit, asked))
    else:
        talk.wait()
    return GoTo(HOME)


def back(visit: Visit) -> GoTo:
    """Return to the question before."""
    _mine(visit).back()
    return GoTo(HOME)


def stop(visit: Visit) -> GoTo:
    """Stop here; what was answered is kept."""
    _mine(visit).stop()
    return GoTo(HOME)


def _mine(visit: Visit) -> Talk:
    talk = visit.shared.talks.now()
    if talk is None or talk.is_over or talk.officer != visit.by:
        say = visit.words.say
        raise Refused(say("setup.not_yours"), next_step=say("setup.begin_again"))
    return talk


def _said(visit: Visit, asked: Question) -> str:
    """What a form sends, as the interview takes it."""
    about, sent = asked.question.about, visit.sent
    if about is None or about.control in ("text", "choice"):
        return about.none if about and sent.ticked("none") else sent.one("answer")
    ticked = [one for one in sent.many("answer") if one in about.options]
    if about.is_pair and len(ticked) == 2 and (order := sent.one("order")) in ("first", "last"):
        return "+".join(ticked if order == "first" else reversed(ticked))
    return ", ".join(ticked) or about.none


def _kept(visit: Visit) -> int:
    """How many answers are kept of a set-up that was stopped."""
    file = visit.context.chapter.folder / KEPT
    try:
        return len(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError):
        return 0


def _ended(visit: Visit, talk: Talk) -> dict[str, Any]:
    if talk.fault:
        return {"fault": talk.fault}
    if talk.more is None:
        return {"ended": "stopped" if talk.is_stopped else "nothing"}
    tabs, forms = tabs_of(talk.more), len(talk.more.forms)
    words = visit.words
    said = [words.count(many, kind) for many, kind in ((tabs, "tabs"), (forms, "forms")) if many]
    return {"ended": "added", "added": words.listed(said)}


def _shown(visit: Visit, asked: Question) -> dict[str, Any]:
    """A question as its reader's language says it."""
    about = asked.question.about
    if about is None:
        raise KeyError("a question that only a terminal asks")
    words, key = visit.words, f"setup.ask.{about.name}"
    fields = _filled(visit, about.fields)

    def said(part: str) -> str:
        return words.say(f"{key}.{part}", **fields) if words.has(f"{key}.{part}") else ""

    return {
        "number": asked.number,
        "question": words.say(f"{key}.question", **fields),
        "hint": said("hint"),
        "skips": said("none"),
        "is_pasted": about.name in ("spreadsheet", "form"),
        "button": said("button") or words.say("setup.go_on"),
        "control": about.control,
        "options": [(sent, _option(visit, about, sent, shown))
                    for sent, shown in about.options.items()],
        "chosen": (about.none,) if about.control == "choice" else about.ticked,
        "is_pair": about.is_pair,
        "value": redact_addresses(asked.typed or asked.question.default or ""),
        "notes": [_note(visit, one) for one in asked.notes if _is_news(one)],
        "wrong": [_note(visit, one) for one in asked.wrong],
        "reading": _reading(visit, asked.reading) if asked.reading else None,
    }  # fmt: skip


def _option(visit: Visit, about: About, sent: str, shown: str) -> str:
    if about.control == "columns":
        return visit.words.say("setup.column_named", letter=sent, header=shown)
    if about.control == "ticks":
        return f"“{shown}”"
    for key in (f"setup.ask.{about.name}.option.{sent}", f"setup.option.{sent}"):
        if visit.words.has(key):
            return visit.words.say(key)
    raise KeyError(f"no text for {sent} of {about.name}")


def _is_news(note: Note) -> bool:
    return note.about is None or note.about.name not in _QUIET


def _note(visit: Visit, note: Note) -> tuple[str, str]:
    """In the reader's language, or else in English: “”, and the sentence of the rules."""
    if note.about is None:
        return "", note.text.strip()
    fields = _filled(visit, note.about.fields)
    return visit.words.say(f"setup.note.{note.about.name}", **fields), ""


def _filled(visit: Visit, fields: Mapping[str, Any]) -> dict[str, str]:
    """What stands in a sentence's blanks, in the reader's language."""
    return {name: _worded(visit, value) for name, value in fields.items()}


def _worded(visit: Visit, value: Any) -> str:
    match value:
        case Term():
            return visit.words.say(f"setup.{value.name}")
        case tuple():
            return visit.words.listed([
                _worded(visit, one) if isinstance(one, Term) else f"“{one}”" for one in value
            ])  # fmt: skip
        case int():
            return visit.words.number(value)
        case _:
            return str(value)


def _reading(visit: Visit, reading: Reading) -> dict[str, Any]:
    """How a tab would be read: of each cell its sort alone (DP-3)."""
    columns = [
        (
            one.letter,
            one.header,
            visit.words.say(f"setup.{one.field.name}") if one.field else "",
            [sort for cell in one.cells if (sort := _sort(visit, cell))],
        )
        for one in reading.columns
    ]
    kind = visit.words.say(f"setup.ask.kind.option.{reading.kind}")
    return {"title": reading.title, "kind": kind, "columns": columns}


def _sort(visit: Visit, sort: Sort) -> str:
    if sort.day:
        return visit.words.day(sort.day)
    if sort.name == "word":
        return sort.word
    return visit.words.say(f"setup.sort.{sort.name}") if sort.name else ""


ASKED: Final = (
    Asked("GET", HOME, setup, "act"),
    Asked("POST", f"{HOME}/begin", begin, "act"),
    Asked("POST", f"{HOME}/anew", anew, "act"),
    Asked("POST", f"{HOME}/answer", answer, "act"),
    Asked("POST", f"{HOME}/back", back, "act"),
    Asked("POST", f"{HOME}/stop", stop, "act"),
)
