"""What a draft says of each person on its ballot, and what the bylaws ask of a nominee."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flows.committee.attended import bearers
from flows.votes.drafts import folders
from flows.votes.drafts.people import asked_about, people_of, said_of_person, typed_of, with_person
from flows.votes.drafts.questions import Question
from flows.web.fields import Control, Field, said_of
from flows.web.pages.votes_contests import asked_for, entry_lines, place_in, speaks_spanish
from flows.web.visits import Asked, GoTo, Page, Visit
from models.errors import Refused
from models.privacy import Name, redact_addresses

Table = dict[str, Any]
_CONTROLS: Final[Mapping[str, Control]] = {
    "events_by_year": "lines",
    "active_in": "lines",
    "dues_paid": "tick",
    "registered_voter": "tick",
    "waivers": "lines",
    "invited": "tick",
    "ocpf_account_active": "tick",
    "fec_registered": "tick",
    "campaign_website": "line",
    "website": "line",
    "questionnaire": "line",
}


def show(visit: Visit) -> Page:
    """The form about one person."""
    table = asked_for(visit)
    said = said_of_person(table, _person(visit, table))
    return _page(visit, table, {key: typed_of(value) for key, value in said.items()}, {})


def change(visit: Visit) -> Page | GoTo:
    """Write what was answered into the contest's file."""
    table, typed = asked_for(visit), _typed(visit)
    person, answers, faults = _person(visit, table), Table(), dict[str, str]()
    for question in _questions(visit, table):
        try:
            answers |= question.check(typed[question.key])
        except ValueError as exc:
            faults[question.key] = str(exc)
    if faults:
        return _page(visit, table, typed, faults)
    name, place, say = visit.at["name"], place_in(visit), visit.words.say
    said = with_person(table, person, answers)
    folders.change_contest(visit.context, name, place, said, visit.sent.one("digest"))
    after = _number(visit) + 1
    if visit.sent.ticked("next") and after <= len(people_of(table)):
        return GoTo(path_of(name, place, after), (say("draft.saved"),))
    return GoTo(f"/votes/{name}", (say("draft.saved"),))


def path_of(name: str, place: int, person: int) -> str:
    """The page of a person by their place on the ballot: no name stands in an address."""
    return f"/votes/{name}/contests/{place}/people/{person}"


def _number(visit: Visit) -> int:
    said = visit.at["person"]
    return int(said) if said.isascii() and said.isdigit() and len(said) < len("1000") else 0


def _person(visit: Visit, table: Table) -> str:
    people, number = people_of(table), _number(visit)
    if 1 <= number <= len(people):
        return people[number - 1]
    raise Refused(
        visit.words.say("draft.person.gone"), next_step=visit.words.say("draft.person.gone_next")
    )


def _questions(visit: Visit, table: Table) -> Iterator[Question]:
    return asked_about(table, spanish=speaks_spanish(visit))


def _typed(visit: Visit) -> dict[str, str]:
    keys = [one.key for one in _questions(visit, asked_for(visit))]
    typed = {key: visit.sent.one(key).replace("\r\n", "\n") for key in keys}
    lined = {key: entry_lines(said) for key, said in typed.items() if _control(key) == "lines"}
    return typed | lined | {"digest": visit.sent.one("digest")}


def _control(key: str) -> Control:
    return _CONTROLS.get(key, "text")


def _page(visit: Visit, table: Table, typed: Mapping[str, str], faults: Mapping[str, str]) -> Page:
    words, errors = visit.words, said_of(visit.words, faults)
    draft = folders.draft_of(visit.context, visit.at["name"])
    place, people = place_in(visit), people_of(table)
    file, person = folders.contest_at(draft, place), _person(visit, table)
    fields = [
        Field(
            one.key,
            words.say(f"draft.person.label.{one.key}"),
            words.say(hint) if words.has(hint := f"draft.person.hint.{one.key}") else "",
            _control(one.key),
            typed.get(one.key, "").strip("\n"),
            errors.get(one.key, ""),
            soon=one.before_approval,
            language="es" if one.key.endswith("_es") else "",
        )
        for one in _questions(visit, table)
    ]
    after = _number(visit)
    is_slate = table.get("purpose") == "slate"
    facts = {
        "draft": draft,
        "place": place,
        "number": _number(visit),
        "person": redact_addresses(person),
        "fields": fields,
        "wrong": bool(faults),
        "is_slate": is_slate,
        "came": _came(visit, draft, person) if is_slate else None,
        "following": redact_addresses(people[after]) if after < len(people) else "",
        "many": len(people),
        "title": redact_addresses(str(table.get("title", ""))),
        "file": file.path.name,
        "digest": typed.get("digest") or file.digest,
    }
    return Page("draft-person.html", facts, 422 if faults else 200)


def _came(visit: Visit, draft: folders.Draft, person: str) -> list[tuple[int, int]] | None:
    """How often a nominee came in which year, by the sheets; None where they do not say it."""
    election = draft.election or draft.sketch
    day = election.record_date if election else visit.context.today
    known = bearers(visit.context, visit.roll().facts, day)
    try:
        found = known.get(Name.parse(person).folded())
    except ValueError:
        return None
    if found is None:
        return None
    visit.looked_at([found[0]], f"a nominee of {draft.name}")
    return sorted(found[1].by_year.items())


ASKED: Final = (
    Asked("GET", "/votes/{name}/contests/{place}/people/{person}", show, "act"),
    Asked("POST", "/votes/{name}/contests/{place}/people/{person}", change, "act"),
)
