"""The guided half hour: ten steps, each found done by the facts. What was done once stays done."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from connectors.files.toml_files import read_toml
from flows.rehearsal.facts import Facts
from flows.rehearsal.notes import Notes
from flows.rehearsal.values import Step
from models.text.sentences import Sentence
from models.votes.election import ElectionState

SCRIPT = Path(__file__).with_name("script.toml")
DONE: Mapping[str, Callable[[Facts], bool]] = {
    "signed in": lambda facts: facts.has_signed_in,
    "night": lambda facts: facts.nights > 0,
    "asked why": lambda facts: facts.looks > 0,
    "taken up": lambda facts: facts.is_taken_up,
    "approved": lambda facts: bool(facts.votes),
    "opened": lambda facts: any(vote.is_opened for vote in facts.votes),
    "voted by hand": lambda facts: any(vote.by_hand > 0 for vote in facts.votes),
    "members voted": lambda facts: any(2 * v.responses >= v.voters > 0 for v in facts.votes),
    "trouble": lambda facts: bool(facts.put_back),
    "published": lambda facts: any(v.state is ElectionState.PUBLISHED for v in facts.votes),
}


@cache
def _script() -> tuple[Mapping[str, Any], ...]:
    return tuple(read_toml(SCRIPT)["steps"])


def steps(facts: Facts, notes: Notes, desk: str) -> tuple[Step, ...]:
    """The ten steps as they stand; those that are done are noted.

    Args:
        desk: the address of the officers' page.
    """
    done = {name for name, holds in DONE.items() if holds(facts)} | set(notes.done)
    notes.done = [name for name in DONE if name in done]
    return tuple(
        Step(
            number,
            Sentence(one["title"]),
            Sentence(one["text"]),
            one["done"] in done,
            _link(one["link"], desk),
        )
        for number, one in enumerate(_script(), 1)
    )


def _link(link: str, desk: str) -> str:
    return f"{desk}{link.removeprefix('desk:')}" if link.startswith("desk:") else link
