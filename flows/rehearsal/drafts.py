"""The drafts of the chapter's votes, as a rehearsal tries them: with a form of their own."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Item

from connectors import elections
from connectors.files.own_files import as_text, read_own
from connectors.files.private_files import write_private
from connectors.sandbox.invented_election import window
from connectors.settings import Chapter
from models.bylaws.counting import CountingRules
from models.errors import ClerkError
from models.text import formats
from models.votes.election import Election

INVENTED = "rehearsal"
BALLOT = "rehearsal-ballot-"
"""How the id of each ballot form of the stand-in begins."""


class Taken(NamedTuple):
    """A draft that was taken over."""

    name: str
    form: str
    districts: frozenset[str]
    remarks: tuple[str, ...]


def take_drafts(
    chapter: Chapter, folder: Path, rules: CountingRules, now: datetime
) -> tuple[list[Taken], list[str]]:
    """Copy the drafts whose vote is still to come, or else the last one, or else invent one.

    Args:
        rules: an invented vote is about an office that they know.

    Returns:
        The drafts, and what there is to say of those that were left out.
    """
    readable: list[Election] = []
    left_out: list[str] = []
    for name in elections.names(chapter.folder):
        try:
            readable.append(elections.read(chapter.folder, name, chapter.tz, form=form_of(name)))
        except ClerkError:
            left_out.append(f"The draft “{name}” was left out: `clerk election check {name}`.")
    readable.sort(key=lambda one: one.opens)
    coming = [one for one in readable if one.closes > now] or readable[-1:]
    if not coming:
        return [_invent(chapter, folder, rules, now)], left_out
    return [_take(chapter, folder, one, now) for one in coming], left_out


def form_of(name: str) -> str:
    """The id of a vote's ballot form on the stand-in."""
    return f"{BALLOT}{name}"


def _take(chapter: Chapter, folder: Path, election: Election, now: datetime) -> Taken:
    source = elections.folder_of(chapter.folder, election.name)
    target = elections.folder_of(folder, election.name)
    target.mkdir(mode=0o700, parents=True)
    text = as_text(read_own(source / "election.toml", chapter.folder), "election.toml")
    table, remarks = tomlkit.parse(text), []
    if election.ballots.workbook:
        remarks.append(f"“{election.title}” is rehearsed with a form that the program builds.")
    ballots = {"form": form_of(election.name), "code_question": election.ballots.code_question}
    table["ballots"] = ballots
    if election.opens <= now:
        by = _days_until_tomorrow(election.opens, now, chapter.tz)
        _move(table, by)
        opens = (election.opens + by).astimezone(chapter.tz)
        remarks.append(f"“{election.title}” opens on {formats.day(opens.date())} here.")
    for file in sorted((source / "contests").glob("*.toml")):
        write_private(target / "contests" / file.name, read_own(file, chapter.folder))
    if (words := source / elections.GUIDE).is_file():
        write_private(target / elections.GUIDE, read_own(words, chapter.folder))
    write_private(target / "election.toml", tomlkit.dumps(table).encode())
    return Taken(election.name, ballots["form"], election.districts, tuple(remarks))


def _days_until_tomorrow(opens: datetime, now: datetime, zone: ZoneInfo) -> timedelta:
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return timedelta(days=(tomorrow - opens.astimezone(zone).date()).days)


def _move(table: TOMLDocument, by: timedelta) -> None:
    for key in ("opens", "closes", "record_date"):
        said = table.get(key)
        plain = said.unwrap() if isinstance(said, Item) else said
        if isinstance(plain, date):
            table[key] = plain + by


def _invent(chapter: Chapter, folder: Path, rules: CountingRules, now: datetime) -> Taken:
    opens, closes = window(now.astimezone(chapter.tz))
    table = {
        "title": "Rehearsal vote",
        "title_es": "Votación de ensayo",
        "opens": opens.replace(tzinfo=None),
        "closes": closes.replace(tzinfo=None),
        "ballots": {"form": form_of(INVENTED)},
    }
    elections.write_new(folder, INVENTED, table, _contests(rules))
    said = "The chapter has no draft of a vote, so an invented vote is rehearsed."
    return Taken(INVENTED, form_of(INVENTED), frozenset(), (said,))


def _contests(rules: CountingRules) -> Sequence[Mapping[str, Any]]:
    office = next(iter(rules.offices.focus.value), "President")
    return (
        {
            "id": "race",
            "title": office,
            "kind": "ranked",
            "office": office,
            "candidates": ["Ada Park", "Bea Stone", "Cy Rivers"],
            "recommendation": "Ada Park",
            "statement": "She comes to every meeting.",
        },
        {
            "id": "question",
            "title": "Question 1",
            "kind": "question",
            "scope": "state",
            "explanation": "Whether libraries are open on Sundays.",
            "recommendation": "Yes",
        },
    )
