"""`clerk init --template`: sheets that are read without a question about their headers."""

import csv
from pathlib import Path

import pytest

from connectors.sandbox.google.cells import Cell
from connectors.settings import load_chapter
from flows.setup import template
from models.errors import Refused
from tests.flows.setup.person import Stage


def test_its_tabs_are_mapped_without_a_question(stage: Stage, tmp_path: Path) -> None:
    files = template.write(tmp_path / "sheets")
    tabs: dict[str, list[list[Cell]]] = {}
    for file in files:
        if file.suffix == ".csv":
            with file.open() as lines:
                tabs[file.stem] = [list(row) for row in csv.reader(lines)]
    assert set(tabs) == set(template.TABS)
    stage.workbook(**{title.replace("-", "__"): rows for title, rows in tabs.items()})
    person = stage.person()
    assert stage.init(person) == 0
    assert person.was_asked("Which column|has no header") == 0
    chapter = load_chapter(stage.folder)
    (book,) = chapter.workbooks
    assert book.tabs() == dict(template.TABS)
    assert chapter.columns == {}


def test_its_instructions_name_every_file(tmp_path: Path) -> None:
    files = template.write(tmp_path)
    said = (tmp_path / template.INSTRUCTIONS).read_text()
    tabs = [file.stem for file in files if file.suffix == ".csv"]
    assert [tab for tab in tabs if f"\n{tab} " not in said] == []
    assert "Insert new sheet" in said


def test_no_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "Events.csv").write_text("mine")
    with pytest.raises(Refused, match=r"Events\.csv"):
        template.write(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["Events.csv"]
    assert (tmp_path / "Events.csv").read_text() == "mine"
