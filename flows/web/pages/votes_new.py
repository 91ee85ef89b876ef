"""Begin a vote, and change its dates, its title, and where its form is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from flows.committee.cycle import cycle_called, districts_lived_in
from flows.committee.recommendations import take_over
from flows.nightly.facts import year_of
from flows.votes.drafts import folders
from flows.votes.drafts.answers import NEEDED, answered, passed, told, unusual
from flows.votes.drafts.from_cycle import drafted
from flows.votes.drafts.questions import Table
from flows.votes.drafts.races import slug_of
from flows.web.fields import Control, Field, said_of
from flows.web.visits import Asked, GoTo, Page, Visit
from models.errors import FixTheSettings
from models.votes.election import in_zone

_CONTROLS: Final[Mapping[str, Control]] = {
    "title": "line",
    "title_es": "line",
    "opens": "moment",
    "closes": "moment",
    "electorate": "tick",
    "short_because": "line",
    "short_because_es": "line",
    "form": "line",
}


def new(visit: Visit) -> Page:
    """The form for a new vote."""
    return _page(visit, {}, {})


def create(visit: Visit) -> Page | GoTo:
    """Make its folder."""
    typed = _typed(visit)
    table, faults = answered(typed, visit.context.chapter.tz)
    name = typed["name"] or slug_of(typed["title"])
    if not faults:
        said = {key: value for key, value in table.items() if value is not None}
        ballots = {"ballots": {"form": said.pop("form", "")}}
        try:
            if name == "new":  # the address of this form
                raise FixTheSettings("no election can be called “new”", next_step="use another")
            cycle, contests, left_out = _of_a_cycle(visit, typed["cycle"])
            folders.create(visit.context, name, said | cycle | ballots, contests)
        except FixTheSettings as exc:
            faults["name"] = told(exc)
    if faults:
        return _page(visit, typed, faults)
    made = [visit.words.say("draft.created_full" if contests else "draft.created")]
    if take_over(visit.context, name):
        made.append(visit.words.say("draft.took_over"))
    return GoTo(f"/votes/{name}", (*made, *left_out, *_remarks(visit, table)))


def _of_a_cycle(visit: Visit, name: str) -> tuple[Table, list[Table], list[str]]:
    """The contests of the cycle that was chosen, and what cannot be one yet; else nothing."""
    if not name:
        return {}, [], []
    cycle = cycle_called(visit.context, name)
    rules = visit.context.bylaws.closest(visit.context.today).counting
    contests, left_out = drafted(cycle, rules, districts_lived_in(visit.context))
    say = visit.words.say
    return {"cycle": cycle.name}, contests, [say("draft.left_out", race=one) for one in left_out]


def settings(visit: Visit) -> Page:
    """The same of a draft that is there."""
    draft = folders.draft_of(visit.context, visit.at["name"])
    if draft.settings.fault:
        raise draft.settings.fault
    held = draft.settings.table
    typed = {key: _shown(visit, held.get(key)) for key in _CONTROLS}
    return _page(visit, typed | {"form": _form_of(held)}, {}, draft)


def change(visit: Visit) -> Page | GoTo:
    """Write what was changed."""
    context, name = visit.context, visit.at["name"]
    draft, typed = folders.draft_of(context, name), _typed(visit)
    table, faults = answered(typed, context.chapter.tz)
    if faults:
        return _page(visit, typed, faults, draft)
    form = table.pop("form") or ""
    held = draft.settings.table.get("ballots")
    old = held if isinstance(held, Mapping) else {}
    if form != _form_of(draft.settings.table):
        table["ballots"] = {**old, "form": form}
    folders.change_settings(context, name, table, visit.sent.one("digest"))
    return GoTo(f"/votes/{name}", (visit.words.say("draft.saved"), *_remarks(visit, table)))


def delete(visit: Visit) -> GoTo:
    """Delete a draft."""
    visit.must_be_sure()
    folders.delete(visit.context, visit.at["name"], visit.sent.one("digest"))
    return GoTo("/votes", (visit.words.say("draft.deleted"),))


def _remarks(visit: Visit, table: Mapping[str, Any]) -> list[str]:
    """What is unusual about the window, as the command says it."""
    zone = visit.context.chapter.tz
    return [
        *passed(table, zone, visit.context.now()),
        *unusual(table, zone, table["short_because"] or ""),
    ]


def _typed(visit: Visit) -> dict[str, str]:
    return {key: visit.sent.one(key) for key in (*_CONTROLS, "name", "cycle", "digest")}


def _page(
    visit: Visit,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    draft: folders.Draft | None = None,
) -> Page:
    words, errors = visit.words, said_of(visit.words, faults)
    both = "es" in visit.context.chapter.languages
    reads_tab = draft and not _form_of(draft.settings.table) and draft.settings.table.get("ballots")
    tab = bool(reads_tab and reads_tab.get("workbook"))
    keys = [k for k in _CONTROLS if (both or not k.endswith("_es")) and not (tab and k == "form")]
    fields = [
        Field(
            key,
            words.say(f"draft.label.{key}"),
            words.say(f"draft.hint.{key}") if words.has(f"draft.hint.{key}") else "",
            _CONTROLS[key],
            typed.get(key, ""),
            errors.get(key, ""),
            needed=key in NEEDED,
            soon=key == "form",
            language="es" if key.endswith("_es") else "",
        )
        for key in keys
    ]
    if draft is None:
        name = words.say("draft.label.name"), words.say("draft.hint.name")
        fields.append(Field("name", *name, "line", typed.get("name", ""), errors.get("name", "")))
        fields += _cycles(visit, typed.get("cycle", ""))
    facts = {
        "draft": draft,
        "fields": fields,
        "wrong": bool(faults),
        "digest": typed.get("digest") or (draft.settings.digest if draft else ""),
    }
    return Page("draft-settings.html", facts, 422 if faults else 200)


def _cycles(visit: Visit, chosen: str) -> list[Field]:
    """A choice of the cycles whose races can become the contests; none where there is none."""
    say, names = visit.words.say, [one.name for one in year_of(visit.context).cycles[::-1]]
    options = [("", say("draft.no_cycle")), *((name, name) for name in names)]
    label, hint = say("draft.label.cycle"), say("draft.hint.cycle")
    return [Field("cycle", label, hint, "pick", chosen, options=options)] if names else []


def _form_of(table: Mapping[str, Any]) -> str:
    ballots = table.get("ballots")
    said = ballots.get("form") if isinstance(ballots, Mapping) else ""
    return said if isinstance(said, str) else ""


def _shown(visit: Visit, value: object) -> str:
    """What a file says, as a field shows it."""
    if isinstance(value, datetime):
        return f"{in_zone(value, visit.context.chapter.tz, ''):%Y-%m-%dT%H:%M}"
    if value == "members":
        return ""
    return value if isinstance(value, str) else ""


ASKED: Final = (
    Asked("GET", "/votes/new", new, "act"),
    Asked("POST", "/votes/new", create, "act"),
    Asked("GET", "/votes/{name}/settings", settings, "act"),
    Asked("POST", "/votes/{name}/settings", change, "act"),
    Asked("POST", "/votes/{name}/delete", delete, "act"),
)
