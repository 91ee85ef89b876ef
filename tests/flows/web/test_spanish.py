"""On Spanish pages, what is English is marked as English; what the rules say is Spanish."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from connectors.sandbox.invented import serial
from tests.flows.town import Town
from tests.flows.web import spanish
from tests.flows.web.ballots import HERE, VoteDesk
from tests.flows.web.desk import DeskClient, opened, words
from tests.flows.web.walk import Walk


@pytest.fixture
def in_spanish(desk: DeskClient) -> DeskClient:
    desk.sign_in().press("/", "/language", {"language": "es"})
    return desk


def own_texts(town: Town) -> frozenset[str]:
    """What the chapter wrote itself: its sheets, its forms, its files."""
    found: set[str] = set()
    for workbook in town.sandbox.google.workbooks.values():
        found.add(workbook.title)
        for tab in workbook.tabs:
            found.add(tab.title)
            found |= {str(cell) for row in tab.rows for cell in row if cell not in (None, "")}
    for form in town.sandbox.google.forms.values():
        found |= {form.title, *_strings(form.items)}
    for file in town.folder.rglob("*.toml"):
        found |= set(_strings(tomllib.loads(file.read_text("utf-8"))))
    found |= {file.parent.name for file in town.folder.rglob("election.toml")}
    with town.context() as context:
        found |= {one.name for one in context.bylaws.editions}
    told = {" ".join(one.split()).casefold() for one in found}
    return frozenset(one for one in told if len(one) > 2) | {"chapter clerk"}


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for one in value.values():
                yield from _strings(one)
        case list():
            for one in value:
                yield from _strings(one)


_AN_EMAIL = re.compile(r"/emails/[^/]+/\d+/(?:html|text)$")
"""A document of its own, as it is sent."""


def forgotten(
    desk: DeskClient, typed: tuple[str, ...], before: frozenset[str] = frozenset()
) -> dict[str, list[str]]:
    """By page, what is English and not marked so.

    Args:
        before: what the chapter wrote and has deleted since.
    """
    with spanish.in_marks():
        walk = Walk(desk, typed).everywhere()
    known = own_texts(desk.town) | before
    found = {
        path: list(spanish.unmarked(answer.text, known))
        for path, answer in walk.pages.items()
        if answer.headers["content-type"].startswith("text/html") and not _AN_EMAIL.search(path)
    }
    assert len(found) > 12
    return {path: said for path, said in found.items() if said}


def ask_much(town: Town) -> None:
    """Rows of many kinds that only a person can settle."""
    today = serial(town.clock.today)
    with town.edit("Sign-ins") as rows:
        rows.append([today, "Monthly meting", "new1@example.org", "Nina New"])
        rows.append(["not a day", "Monthly meeting", "new2@example.org", "Nils New"])
        rows.append([today - 300, "No such thing", "new3@example.org", "Nora New"])
        rows.append([today, "Monthly meeting", "two@@example.org", "Nuno New"])
        rows.append([today, "Monthly meeting", "", "Nele New"])
    with town.edit("Events") as rows:
        rows.append(["2026-02-30", "Impossible", "meeting"])
        rows.append([today - 2, "Walk with Allies", "walk"])


def test_a_town_with_questions_and_a_refused_plan(town: Town) -> None:
    town.night()
    ask_much(town)
    town.night()
    town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    with opened(town) as desk:
        desk.sign_in().press("/", "/language", {"language": "es"})
        before = own_texts(town)
        with town.edit("Sign-ins") as rows:
            del rows[5:]
        desk.ended(desk.press("/plan", "/plan/look"))
        assert forgotten(desk, ("a", "zz"), before) == {}


def test_a_vote_that_is_open(vote: VoteDesk) -> None:
    vote.desk.press("/", "/language", {"language": "es"})
    assert forgotten(vote.desk, ("a",)) == {}


def test_the_reasons_of_a_person_are_spanish(in_spanish: DeskClient) -> None:
    walk = Walk(in_spanish).everywhere()
    said = [words(answer) for path, answer in walk.pages.items() if path.startswith("/person/")]
    assert said
    assert all("asistió a" in one and "attended" not in one for one in said)
    assert any("Contó hasta el" in one for one in said)
    assert any("volunt" in one for one in said)


def test_a_question_says_its_next_step_in_spanish(town: Town) -> None:
    ask_much(town)
    town.night()
    with opened(town) as desk:
        desk.sign_in().press("/", "/language", {"language": "es"})
        said = desk.text("/review")
    assert "Ningún evento tiene este nombre; ¿quiso decir «Monthly meeting" in said
    assert "Esto no es una fecha" in said
    assert "Corrija la celda" in said
    assert "this is not" not in said.casefold()


def test_what_stays_english_is_marked_within_a_sentence(vote: VoteDesk) -> None:
    vote.desk.press("/", "/language", {"language": "es"})
    page = vote.desk.get(f"{HERE}/history").text
    assert "abrió la votación" in page
    assert "opened voting" not in page
