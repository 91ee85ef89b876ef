"""The contests of a draft: add one, change it, remove it."""

from collections.abc import Mapping
from typing import Any, Final

from connectors.pages import PageTexts
from flows.votes.drafts import folders
from flows.votes.drafts.races import KINDS, PURPOSES, Question, answered, every_question
from flows.web.fields import Control, Field, lines, said_of
from flows.web.visits import Asked, GoTo, Page, Visit
from models.errors import Refused
from models.text.folding import folded

Table = dict[str, Any]

CHOICES: Final[Mapping[str, Table]] = {
    **{kind: {"kind": kind} for kind in KINDS if kind != "up-or-down"},
    **{purpose: {"kind": "up-or-down", "purpose": purpose} for purpose in PURPOSES},
}
"""What a contest can be, each with what its file says of that."""
_CONTROLS: Final[Mapping[str, Control]] = {
    "candidates": "lines",
    "nominees": "lines",
    "priorities": "lines",
    "priorities_es": "lines",
    "districts": "lines",
    "explanation": "text",
    "explanation_es": "text",
    "statement": "text",
    "statement_es": "text",
    "previously_endorsed": "tick",
    "uncontested": "tick",
    "done": "ticks",
    "scope": "pick",
}
_DONE: Final = ("research", "record review", "candidate conversation")
_SCOPES: Final = ("city", "county", "state", "national")


def choose(visit: Visit) -> Page:
    """Which kind of contest to add."""
    draft = folders.draft_of(visit.context, visit.at["name"])
    return Page("draft-kinds.html", {"draft": draft, "choices": list(CHOICES)})


def begin(visit: Visit) -> Page:
    """The form for a new contest."""
    return _page(visit, _start(visit), {}, {})


def add(visit: Visit) -> Page | GoTo:
    """Write its file."""
    start, typed = _start(visit), _typed(visit)
    answers, faults = answered(start, typed, _taken(visit), spanish=_spanish(visit))
    if faults:
        return _page(visit, start, typed, faults)
    table = {key: value for key, value in answers.items() if value is not None}
    folders.add_contest(visit.context, visit.at["name"], table)
    return GoTo(f"/votes/{visit.at['name']}", (visit.words.say("draft.contest_added"),))


def edit(visit: Visit) -> Page:
    """The form of a contest that is there."""
    table = _asked_for(visit)
    return _page(visit, table, _shown(table), {}, place=_place(visit))


def change(visit: Visit) -> Page | GoTo:
    """Write what was changed; what the form does not ask stays in the file."""
    held, typed, place = _asked_for(visit), _typed(visit), _place(visit)
    keys = {question.key for question in _questions(visit, held)} - {"kind", "purpose"}
    kept = {key: value for key, value in held.items() if key not in keys}
    answers, faults = answered(kept, typed, _taken(visit, place), spanish=_spanish(visit))
    if faults:
        return _page(visit, held, typed, faults, place=place)
    answers["id"] = held.get("id") or answers["id"]
    if answers.get("nominees"):
        answers["nominees"] = _with_what_is_known(answers["nominees"], held)
    name = visit.at["name"]
    folders.change_contest(visit.context, name, place, answers, visit.sent.one("digest"))
    return GoTo(f"/votes/{name}", (visit.words.say("draft.saved"),))


def remove(visit: Visit) -> GoTo:
    """Take it off the ballot."""
    visit.must_be_sure()
    name = visit.at["name"]
    folders.remove_contest(visit.context, name, _place(visit), visit.sent.one("digest"))
    return GoTo(f"/votes/{name}", (visit.words.say("draft.contest_removed"),))


def called(words: PageTexts, table: Mapping[str, Any]) -> str:
    """What a contest is, in a few words."""
    kind = str(table.get("purpose") or table.get("kind"))
    return words.say(f"draft.kind.{kind}.name") if kind in CHOICES else kind


def is_asked_for(table: Mapping[str, Any]) -> bool:
    """Whether a form here asks all of it; other kinds are written by hand."""
    kind = {key: table[key] for key in ("kind", "purpose") if key in table}
    return kind in CHOICES.values()


def _start(visit: Visit) -> Table:
    found = CHOICES.get(visit.at["kind"])
    if found is None:
        raise Refused(
            visit.words.say("draft.no_such_kind"), next_step=visit.words.say("draft.choose_kind")
        )
    return dict(found)


def _place(visit: Visit) -> int:
    said = visit.at["place"]
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def _asked_for(visit: Visit) -> Table:
    draft = folders.draft_of(visit.context, visit.at["name"])
    file = folders.contest_at(draft, _place(visit))
    if file.fault:
        raise file.fault
    if not is_asked_for(file.table):
        raise Refused(
            visit.words.say("draft.by_hand"),
            where=f"contests/{file.path.name}",
            next_step=visit.words.say("draft.edit_file"),
        )
    return dict(file.table)


def _questions(visit: Visit, table: Table) -> list[Any]:
    return list(every_question(dict(table), frozenset(), spanish=_spanish(visit)))


def _spanish(visit: Visit) -> bool:
    return "es" in visit.context.chapter.languages


def _taken(visit: Visit, but: int = 0) -> set[str]:
    draft = folders.draft_of(visit.context, visit.at["name"])
    numbered = enumerate(draft.contests, start=1)
    return {str(file.table.get("id", "")) for place, file in numbered if place != but}


def _typed(visit: Visit) -> dict[str, str]:
    """What was typed; each entry of a list on its line."""
    typed = {}
    for key in visit.sent.fields:
        said = visit.sent.one(key).replace("\r\n", "\n")
        match _CONTROLS.get(key, "line"):
            case "ticks":
                said = lines(visit.sent.many(key)) + "\n"
            case "lines":
                said += "\n"
        typed[key] = said
    kind = CHOICES.get(visit.at.get("kind", ""), {})
    if "place" in visit.at:
        held = _asked_for(visit)
        kind = {key: held[key] for key in ("kind", "purpose") if key in held}
    return typed | kind


def _with_what_is_known(named: list[Table], held: Table) -> list[Table]:
    """Nominees with what the file says of those who were there before."""
    before = {folded(str(one.get("name", ""))): one for one in held.get("nominees", ())}
    return [{**before.get(folded(one["name"]), {}), **one} for one in named]


def _shown(table: Mapping[str, Any]) -> dict[str, str]:
    """What a file says, as the fields show it."""
    typed = {}
    for key, value in table.items():
        if key == "nominees":
            typed[key] = lines(one.get("name", "") for one in value)
        elif isinstance(value, list):
            typed[key] = lines(value)
        elif isinstance(value, bool):
            typed[key] = "yes" if value else ""
        else:
            typed[key] = str(value)
    return typed


def _page(
    visit: Visit,
    table: Table,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    place: int = 0,
) -> Page:
    errors = said_of(visit.words, faults)
    kind = str(table.get("purpose") or table["kind"])
    fields = {
        one.key: _field(visit, kind, one.key, typed.get(one.key, ""), errors, one)
        for one in _questions(visit, table)
        if one.key not in ("kind", "purpose")
    }
    ordered = [
        fields[each]
        for key in fields
        if not key.endswith("_es")
        for each in (key, f"{key}_es")
        if each in fields
    ]
    draft = folders.draft_of(visit.context, visit.at["name"])
    file = folders.contest_at(draft, place) if place else None
    facts = {
        "draft": draft,
        "fields": ordered,
        "wrong": bool(faults),
        "kind": kind,
        "place": place,
        "file": file.path.name if file else "",
        "digest": typed.get("digest") or (file.digest if file else ""),
        "offices": _offices(visit),
    }
    return Page("draft-contest.html", facts, 422 if faults else 200)


def _field(
    visit: Visit, kind: str, key: str, value: str, errors: Mapping[str, str], asks: Question
) -> Field:
    words = visit.words
    control, options = _CONTROLS.get(key, "line"), list[tuple[str, str]]()
    if key == "recommendation" and kind not in ("ranked", "single-choice", "ratify-or-prefer"):
        control = "pick"
        choices = ("Yes", "No", "No position") if kind == "question" else ("Yes", "No")
        options = [("", words.say("draft.none_yet")), *((one, one) for one in choices)]
        if value and value not in choices:
            options.append((value, value))
    elif key == "scope":
        options = [("", words.say("draft.scope.districts"))]
        options += [(one, words.say(f"draft.scope.{one}")) for one in _SCOPES]
    elif key == "done":
        options = [(one, words.say(f"draft.done.{one.replace(' ', '_')}")) for one in _DONE]
    special = f"draft.label.{key}_{kind}"
    hint = next(
        (words.say(k) for k in (f"draft.hint.{key}_{kind}", f"draft.hint.{key}") if words.has(k)),
        "",
    )
    if control == "pick":
        hint = ""
    return Field(
        key,
        words.say(special if words.has(special) else f"draft.label.{key}"),
        hint,
        control,
        value.strip("\n"),
        errors.get(key, ""),
        needed=asks.needed,
        soon=asks.before_approval,
        options=options,
        language="es" if key.endswith("_es") else "",
    )


def _offices(visit: Visit) -> list[str]:
    offices = visit.context.bylaws.in_force(visit.context.today).counting.offices
    return sorted({*offices.focus.value, *offices.other.value})


ASKED: Final = (
    Asked("GET", "/votes/{name}/add", choose, "act"),
    Asked("GET", "/votes/{name}/add/{kind}", begin, "act"),
    Asked("POST", "/votes/{name}/add/{kind}", add, "act"),
    Asked("GET", "/votes/{name}/contests/{place}", edit, "act"),
    Asked("POST", "/votes/{name}/contests/{place}", change, "act"),
    Asked("POST", "/votes/{name}/contests/{place}/remove", remove, "act"),
)
