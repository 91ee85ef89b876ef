"""The contests of a draft: add one, change it, remove it."""

from collections.abc import Mapping
from typing import Any, Final

from connectors.pages import PageTexts
from flows.nightly.facts import year_of
from flows.votes.drafts import folders
from flows.votes.drafts.committee_items import OF_THE_COMMITTEE
from flows.votes.drafts.people import people_of, typed_of, with_nominees
from flows.votes.drafts.races import KINDS, PURPOSES, answered, every_question, named_by_its_title
from flows.web.contest_fields import CONTROLS, field_of, rules_of
from flows.web.fields import lines, said_of
from flows.web.visits import Asked, GoTo, Page, Visit
from models.errors import Refused
from models.privacy import redact_addresses

Table = dict[str, Any]

_MEMBERS: Final[Mapping[str, Table]] = {
    **{kind: {"kind": kind} for kind in KINDS if kind != "up-or-down"},
    **{purpose: {"kind": "up-or-down", "purpose": purpose} for purpose in PURPOSES},
}
_COMMITTEE: Final[Mapping[str, Table]] = {kind: {"kind": kind} for kind in OF_THE_COMMITTEE}
CHOICES: Final[Mapping[str, Table]] = {**_MEMBERS, **_COMMITTEE}
"""What a contest can be, each with what its file says of that."""


def choose(visit: Visit) -> Page:
    """Which kind of contest to add."""
    draft = folders.draft_of(visit.context, visit.at["name"])
    committees = draft.settings.table.get("electorate") == "committee"
    choices = list(_COMMITTEE if committees else _MEMBERS)
    named = year_of(visit.context).nominations
    facts = {"draft": draft, "choices": choices, "nominations": named, "members": not committees}
    return Page("draft-kinds.html", facts)


def begin(visit: Visit) -> Page:
    """The form for a new contest."""
    return _page(visit, _start(visit), {}, {})


def add(visit: Visit) -> Page | GoTo:
    """Write its file."""
    start, typed = _start(visit), _typed(visit)
    answers, faults = _answered(visit, start, typed, _taken(visit))
    if faults:
        return _page(visit, start, typed, faults)
    table = {key: value for key, value in answers.items() if value is not None}
    folders.add_contest(visit.context, visit.at["name"], table)
    return GoTo(f"/votes/{visit.at['name']}", (visit.words.say("draft.contest_added"),))


def edit(visit: Visit) -> Page:
    """The form of a contest that is there."""
    table = asked_for(visit)
    return _page(visit, table, _shown(table), {}, place=place_in(visit))


def change(visit: Visit) -> Page | GoTo:
    """Write what was changed; what the form does not ask stays in the file."""
    held, typed, place = asked_for(visit), _typed(visit), place_in(visit)
    keys = {question.key for question in _questions(visit, held)} - {"kind", "purpose"}
    if named_by_its_title(held):  # and by a new title, if it has one
        keys |= {"subject", "subject_es"}
    kept = {key: value for key, value in held.items() if key not in keys}
    answers, faults = _answered(visit, kept, typed, _taken(visit, place))
    if faults:
        return _page(visit, held, typed, faults, place=place)
    answers["id"] = held.get("id") or answers["id"]
    if answers.get("nominees"):
        answers |= with_nominees(held, answers["nominees"])
    name = visit.at["name"]
    folders.change_contest(visit.context, name, place, answers, visit.sent.one("digest"))
    return GoTo(f"/votes/{name}", (visit.words.say("draft.saved"),))


def remove(visit: Visit) -> GoTo:
    """Take it off the ballot."""
    visit.must_be_sure()
    name = visit.at["name"]
    folders.remove_contest(visit.context, name, place_in(visit), visit.sent.one("digest"))
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


def place_in(visit: Visit) -> int:
    """A contest's place on the ballot, from the address."""
    said = visit.at["place"]
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def asked_for(visit: Visit) -> Table:
    """What the file of a contest says that a form here asks about."""
    draft = folders.draft_of(visit.context, visit.at["name"])
    file = folders.contest_at(draft, place_in(visit))
    if file.fault:
        raise file.fault
    if not is_asked_for(file.table):
        raise Refused(
            visit.words.say("draft.by_hand"),
            where=f"contests/{file.path.name}",
            next_step=visit.words.say("draft.edit_file"),
        )
    return dict(file.table)


def _answered(
    visit: Visit, kept: Table, typed: Mapping[str, str], taken: set[str]
) -> tuple[Table, dict[str, str]]:
    offices = rules_of(visit).offices
    return answered(kept, typed, taken, spanish=speaks_spanish(visit), offices=offices)


def _questions(visit: Visit, table: Table) -> list[Any]:
    return list(every_question(dict(table), frozenset(), spanish=speaks_spanish(visit)))


def speaks_spanish(visit: Visit) -> bool:
    """Whether members read Spanish too."""
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
        match CONTROLS.get(key, "line"):
            case "ticks":
                said = lines(visit.sent.many(key)) + "\n"
            case "lines":
                said = entry_lines(said)
        typed[key] = said
    kind = CHOICES.get(visit.at.get("kind", ""), {})
    if "place" in visit.at:
        held = asked_for(visit)
        kind = {key: held[key] for key in ("kind", "purpose") if key in held}
    return typed | kind


def entry_lines(said: str) -> str:
    """A list as it was typed, each entry on its line, even if it is only one."""
    return f"{said}\n"


def _shown(table: Mapping[str, Any]) -> dict[str, str]:
    """What a file says, as the fields show it."""
    typed = {}
    for key, value in table.items():
        if key == "nominees":
            typed[key] = lines(one.get("name", "") for one in value)
        else:
            typed[key] = lines(value) if isinstance(value, list) else typed_of(value)
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
        one.key: field_of(visit, kind, one, typed.get(one.key, ""), errors)
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
        "people": [redact_addresses(one) for one in people_of(table)] if place else [],
    }
    return Page("draft-contest.html", facts, 422 if faults else 200)


ASKED: Final = (
    Asked("GET", "/votes/{name}/add", choose, "act"),
    Asked("GET", "/votes/{name}/add/{kind}", begin, "act"),
    Asked("POST", "/votes/{name}/add/{kind}", add, "act"),
    Asked("GET", "/votes/{name}/contests/{place}", edit, "act"),
    Asked("POST", "/votes/{name}/contests/{place}", change, "act"),
    Asked("POST", "/votes/{name}/contests/{place}/remove", remove, "act"),
)
