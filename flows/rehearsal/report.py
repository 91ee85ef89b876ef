"""What was rehearsed, when, by whom, and what was not tried: counts and sentences alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment

from connectors.pages.render import TEMPLATES, csp_hash, filled_in, templates_in
from flows.rehearsal.acts import TITLES
from flows.rehearsal.facts import Facts, VoteFacts
from flows.rehearsal.notes import Notes
from flows.rehearsal.troubles import WORDS
from flows.rehearsal.values import Step
from models.text import formats
from models.text.formats import amount
from models.votes.election import ElectionState

_MARK = "This was a rehearsal: invented people, a simulator, and nothing decided."
NAME, HTML, TEXT = "rehearsal-report", ".html", ".txt"
_STATES = {
    ElectionState.DRAFT: "was approved, and did not open",
    ElectionState.OPEN: "was open",
    ElectionState.CLOSED: "was closed, and not counted",
    ElectionState.COUNTED: "was counted, and not published",
    ElectionState.PUBLISHED: "was published",
    ElectionState.CANCELLED: "was canceled",
}


class Part(NamedTuple):
    """A part of the report."""

    title: str
    lines: Sequence[str]


class Report(NamedTuple):
    """All of it."""

    chapter: str
    parts: tuple[Part, ...]

    def html(self) -> str:
        """As a page."""
        facts = {"mark": _MARK, "chapter": self.chapter, "parts": self.parts}
        return filled_in(_templates(), "report.html", **facts)

    def text(self) -> str:
        """As a text."""
        lines = [f"What {self.chapter} rehearsed", _MARK]
        for part in self.parts:
            lines += ["", part.title, *(f"- {line}" for line in part.lines)]
        return "\n".join(lines) + "\n"


def report_of(
    notes: Notes,
    facts: Facts,
    steps: Sequence[Step],
    zone: tzinfo,
    times: tuple[datetime, datetime],
) -> Report:
    """The report of a rehearsal.

    Args:
        times: now in the world, and now in the rehearsal.
    """
    said = [step for step in steps if step.done], [step for step in steps if not step.done]
    parts = (
        Part("When, and by whom", list(_when(notes, facts, zone, times))),
        Part("What was done", [step.title for step in said[0]] or ["None of the ten steps."]),
        Part("In numbers", list(_numbers(notes, facts))),
        Part("Troubles that were tried", _named(facts.tried) or ["None."]),
        Part("What was not tried", list(_not_tried(facts, said[1]))),
        Part("How it differed from the real chapter", [*notes.remarks, *_DIFFERS]),
    )
    return Report(notes.chapter, parts)


_DIFFERS = (
    "Google and Mailchimp were a simulator. `clerk doctor` checks the real keys and sheets.",
    "All people were invented. The chapter’s own voter roll, keys, and addresses were not used.",
)


def _when(
    notes: Notes, facts: Facts, zone: tzinfo, times: tuple[datetime, datetime]
) -> Iterator[str]:
    world, here = times
    yield f"Begun on {formats.clocked(notes.begun.astimezone(zone))}."
    if many := len(notes.resumed):
        yield f"Taken up again {_times(many)}."
    yield f"This report was written on {formats.clocked(world.astimezone(zone))}."
    yield f"The rehearsal’s own time came to {formats.clocked(here.astimezone(zone))}."
    people = sorted({*facts.officers, *filter(None, [notes.by])})
    yield f"By {formats.listed(people)}." if people else "Nobody signed in at the officers’ page."


def _numbers(notes: Notes, facts: Facts) -> Iterator[str]:
    runs, emails = amount(facts.nights, "nightly run"), amount(facts.emails, "email")
    yield f"{len(notes.plays)} invented people; {runs}; {emails}."
    yield f"Officers looked at a person {_times(facts.looks)}."
    for vote in facts.votes:
        yield _vote(vote)
    for key, title in TITLES.items():
        if many := notes.acted.count(key):
            yield f"{title}: {_times(many)}."


def _vote(vote: VoteFacts) -> str:
    said = f"“{vote.title}” {_STATES[vote.state]}"
    if not vote.is_opened:
        return f"{said}."
    hand = f", {vote.by_hand} of them filled in by hand" if vote.by_hand > 0 else ""
    cast = f"{amount(vote.responses, 'ballot')} handed in{hand}"
    counted = "" if vote.counted is None else f"; {amount(vote.counted, 'ballot')} counted"
    return f"{said}: {amount(vote.voters, 'voter')}; {cast}{counted}."


def _not_tried(facts: Facts, steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        yield step.title
    yield from _named(key for key in WORDS if key not in facts.tried)
    for key in facts.tried:
        if key not in facts.put_back:
            yield f"{WORDS[key].title}: it was not put back"


def _named(keys: Iterable[str]) -> list[str]:
    return [WORDS[key].title for key in keys]


def _times(many: int) -> str:
    return {1: "once", 2: "twice"}.get(many, f"{many} times")


@cache
def _templates() -> Environment:
    made = templates_in(Path(__file__).parent / "templates", TEMPLATES)
    made.filters["csp_hash"] = csp_hash
    return made
