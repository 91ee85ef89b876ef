"""The page of the nightly job: counts and what to look at, nobody's name (DP-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from connectors.pages.files import night_file
from connectors.pages.render import render
from connectors.pages.words import Language, PageTexts, words
from models.mail.plans import ChangeKind
from models.membership.voting_status import Status

_STATUS = {Status.VOTING: "voting", Status.ONE_AWAY: "one_away", Status.NOT_YET: "not_yet"}
_CHANGES = {ChangeKind.ADD_CONTACT: "subscribe", ChangeKind.SET_FIELDS: "fields"}
_OF_TAGS = {ChangeKind.ADD_TAG: "add_tag", ChangeKind.REMOVE_TAG: "remove_tag"}


@dataclass(frozen=True, slots=True)
class NightPage:
    """One night in counts."""

    day: date
    standings: Mapping[Status, int]
    changes: Mapping[str, int]
    """As a plan counts them: "add tag …", "letter …"."""


def night_page(
    chapter: str,
    nights: Sequence[NightPage],
    review: Sequence[Sequence[str]],
    language: Language = "en",
    languages: Sequence[Language] = ("en",),
) -> str:
    """One self-contained HTML page.

    Args:
        nights: oldest first, at least one.
        review: place, what became of it, why, what to do; places name cells, never contents.
        languages: in which there is such a page.
    """
    said, last = words(language), nights[-1]
    kinds = dict.fromkeys(kind for night in nights for kind in night.changes)
    others = [one for one in languages if one != language]
    return render(
        "night.html",
        language=language,
        other=night_file(others[0]) if others else "",
        chapter=chapter,
        day=said.day(last.day),
        nights=[said.day(night.day) for night in nights],
        voting=last.standings.get(Status.VOTING, 0),
        one_away=said.number(last.standings.get(Status.ONE_AWAY, 0)),
        not_yet=said.number(last.standings.get(Status.NOT_YET, 0)),
        standings=[
            (said.say(f"night.status.{key}"), [night.standings.get(one, 0) for night in nights])
            for one, key in _STATUS.items()
        ],
        changes=[
            (_change(said, kind), [night.changes.get(kind, 0) for night in nights])
            for kind in kinds
        ],
        review=review,
    )


def _change(said: PageTexts, kind: str) -> str:
    """What a kind of change is called."""
    if kind in _CHANGES:
        return said.say(f"night.{_CHANGES[ChangeKind(kind)]}")
    for change, key in _OF_TAGS.items():
        if kind.startswith(f"{change} "):
            return said.say(f"night.{key}", tag=kind.removeprefix(f"{change} "))
    if kind.startswith("letter "):
        return said.say("night.email", kind=kind.removeprefix("letter "))
    return kind
