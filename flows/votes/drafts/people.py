"""What is said of one person whom a contest names: on the ballot (EN-R14), and as a nominee (SC-2).

The file has both in lists, `about` and `nominees`; whoever asks sees one person at a time.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from flows.votes.drafts.answers import reason
from flows.votes.drafts.questions import Question, Table, parted
from flows.votes.drafts.waivers import line_of, waivers_in
from models.committee.nominees import Nominee
from models.contests.asks import BACKGROUND
from models.contests.settings import About, Candidacy
from models.faults import faults
from models.text.folding import folded

OF_A_NOMINEE: Final = ("events_by_year", "active_in", "dues_paid", "registered_voter", "waivers")
"""What the bylaws ask of a nominee; no ballot says it."""
_FACTS: Final = ("dues_paid", "registered_voter")
OF_AN_INVITED: Final = ("invited", "ocpf_account_active", "fec_registered", "campaign_website")
"""What the bylaws ask of a candidate who was invited (EN-11); the first says whether they were."""
LINKS: Final = ("website", "questionnaire")
CANDIDATES: Final = ("ranked", "single-choice", "ratify-or-prefer")


def people_of(table: Mapping[str, Any]) -> list[str]:
    """Whom a contest names, in the order of its file; nobody where it is about no person."""
    if table.get("kind") in CANDIDATES:
        return _texts(table.get("candidates"))
    if table.get("kind") != "up-or-down" or table.get("purpose") == "priorities":
        return []
    if table.get("purpose") == "slate":
        return _texts([one.get("name") for one in _entries(table, "nominees")])
    return _texts([table.get("subject")])


def asked_about(table: Mapping[str, Any], *, spanish: bool) -> Iterator[Question]:
    """The questions about each person of a contest, in their order."""
    is_slate = table.get("purpose") == "slate"
    if is_slate:
        yield Question("events_by_year", _events, before_approval=True)
        yield _of(Nominee, "active_in", needed=True)
        yield from (Question(key, _fact(key), is_fact=True) for key in _FACTS)
        yield Question("waivers", _waivers)
    if table.get("kind") in CANDIDATES:
        *facts, site = OF_AN_INVITED
        yield from (Question(key, _fact(key), is_fact=True) for key in facts)
        yield Question(site, lambda typed: {site: _fitting(Candidacy, site, reason(typed))})
    for key in BACKGROUND:
        yield _of(About, key, needed=is_slate)
        if spanish:
            yield _of(About, f"{key}_es")
    yield from (_of(About, key) for key in LINKS)


def said_of_person(table: Mapping[str, Any], name: str) -> Table:
    """What the file says of somebody."""
    nominee, invited = _entry(table, "nominees", name), _entry(table, "invited", name)
    asked = {key: nominee[key] for key in OF_A_NOMINEE if key in nominee}
    asked |= {key: invited[key] for key in OF_AN_INVITED if key in invited}
    return {**_entry(table, "about", name), **asked, **({"invited": True} if invited else {})}


def with_person(table: Mapping[str, Any], name: str, answers: Mapping[str, Any]) -> Table:
    """The lists of a contest with what was answered about somebody; "" takes an answer out.

    Returns:
        What the file is to say; None where a list has nobody left.
    """
    asked = {key: value for key, value in answers.items() if key in OF_A_NOMINEE}
    invited = {key: value for key, value in answers.items() if key in OF_AN_INVITED}
    told = {k: v for k, v in answers.items() if k not in (*OF_A_NOMINEE, *OF_AN_INVITED)}
    about = _changed(table, "about", name, told)
    held = [folded(str(one.get("name"))) for one in _entries(table, "about")]
    people = [folded(one) for one in people_of(table)]
    if folded(name) not in held:  # a new entry stands where its person stands on the ballot
        about.sort(key=lambda one: _place(people, folded(str(one.get("name")))))
    said: Table = {"about": [one for one in about if set(one) != {"name"}] or None}
    if asked:
        said["nominees"] = _changed(table, "nominees", name, asked)
    if invited:
        said["invited"] = _invited(table, name, invited) or None
    return said


def with_nominees(table: Mapping[str, Any], named: list[Table]) -> Table:
    """A slate's new list of names, with what the file says of those who were there before.

    Who is spelled a little differently is the same person; of who is gone, nothing stays.
    """
    now = {folded(one["name"]): one["name"] for one in named}
    before = {folded(one) for one in people_of(table)}
    came = [name for name in now if name not in before]
    spelled: dict[str, str] = {}
    for gone in sorted(before - now.keys()):
        if near := get_close_matches(gone, came, n=1, cutoff=0.8):
            spelled[gone] = near[0]
            came.remove(near[0])
    said: Table = {}
    for key in ("nominees", "about"):
        entries = {folded(str(one.get("name"))): one for one in _entries(table, key)}
        entries |= {new: entries[old] for old, new in spelled.items() if old in entries}
        said[key] = [{**entries[one], "name": now[one]} for one in now if one in entries]
    held = {folded(one["name"]): one for one in said["nominees"]}
    return {
        "nominees": [held.get(folded(one["name"]), one) for one in named],
        "about": said["about"] or None,
    }


def typed_of(value: object) -> str:
    """What the file says, as it is typed: a list has an entry a line, a year its number."""
    if isinstance(value, Mapping):
        return "\n".join(f"{year}: {many}" for year, many in sorted(value.items()))
    if isinstance(value, list):
        return "\n".join(line_of(one) if isinstance(one, Mapping) else str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def _changed(
    table: Mapping[str, Any], key: str, name: str, answers: Mapping[str, Any]
) -> list[Any]:
    """A list's entries with what was answered about one, who may be new there."""
    entries = [dict(one) for one in _entries(table, key)]
    found = next((one for one in entries if folded(str(one.get("name"))) == folded(name)), None)
    if found is None:
        entries.append(found := {"name": name})
    for each, value in answers.items():
        if value:
            found[each] = value
        else:
            found.pop(each, None)
    return entries


def _invited(table: Mapping[str, Any], name: str, answers: Mapping[str, Any]) -> list[Any]:
    """Who was invited: somebody who was not has no entry, whatever else is said of them."""
    is_invited = answers.get("invited", any(answers.values()) or _entry(table, "invited", name))
    facts = {key: value for key, value in answers.items() if key != "invited"}
    entries = _changed(table, "invited", name, facts)
    return [one for one in entries if is_invited or folded(str(one.get("name"))) != folded(name)]


def _place(people: list[str], name: str) -> int:
    return people.index(name) if name in people else len(people)


def _entry(table: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    entries = _entries(table, key)
    return next((one for one in entries if folded(str(one.get("name"))) == folded(name)), {})


def _entries(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """A list's entries, whatever somebody wrote there."""
    said = table.get(key)
    return [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []


def _texts(said: object) -> list[str]:
    return [one for one in said if isinstance(one, str) and one] if isinstance(said, list) else []


def _of(model: type[BaseModel], key: str, *, needed: bool = False) -> Question:
    def checked(typed: str) -> Table:
        said = reason(typed)
        return {key: _fitting(model, key, parted(said) if key == "active_in" else said)}

    return Question(key, checked, before_approval=needed)


def _fact(key: str) -> Any:
    return lambda typed: {key: bool(typed)}


def _waivers(typed: str) -> Table:
    """What was waived, when, by whom, and why."""
    return {"waivers": _fitting(Nominee, "waivers", waivers_in(typed))}


def _events(typed: str) -> Table:
    """How often somebody came, by year: "2025: 4"."""
    years: dict[str, int] = {}
    for line in parted(typed):
        year, _, many = (part.strip() for part in line.partition(":"))
        if not (year.isascii() and many.isascii() and year.isdigit() and many.isdigit()):
            raise ValueError("write a year and how many, such as 2025: 4")
        if len(year) != len("2025") or len(many) > len("366"):
            raise ValueError("write a year and how many, such as 2025: 4")
        years[year] = int(many)
    return {"events_by_year": _fitting(Nominee, "events_by_year", years)}


def _fitting(model: type[BaseModel], key: str, value: Any) -> Any:
    """A value, if an entry can have it."""
    try:
        model.model_validate({"name": "Somebody", key: value})
    except ValidationError as exc:
        raise ValueError("; ".join(one.removeprefix(f"{key}: ") for one in faults(exc))) from None
    return value
