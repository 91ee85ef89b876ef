"""Ballot sheets as people keep them, against a twin that knows what was cast.

Whatever is done to a sheet, the ballots that come out are those that were cast, or it is refused by
name; and what was passed over is told. Nothing is different in silence (BA-2, BA-7).
"""

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from connectors.ballot_files import BallotFile, BallotSettings, read_ballots
from models.ballots.form_reader import FormReader
from models.contests.contest import contest_from
from models.errors import FixTheData
from models.intake.unsent import has_time
from models.tally.rankings import Ranking

NAMES = ("Bea O'Dowd", 'Ann-Lee "Al" Oak, Jr.', "Robert [Bob] Reed")
CHOICES = (*NAMES, "No endorsement")
MAYOR = contest_from(
    {"kind": "ranked", "id": "m", "title": "Mayor - at large", "candidates": NAMES}, "contest.toml"
)
ORDINALS = ("1st", "2nd", "3rd", "4th")
WORDS = ("first", "second", "third", "fourth")
TYPED = str.maketrans({"'": "’", "-": "–", " ": "\xa0", '"': "”"})


@dataclass
class Sheet:
    """A sheet with what its twin knows."""

    header: list[str]
    rows: list[list[str]]
    cast: Counter[Ranking]
    own: list[int]
    """The race's own columns."""
    unsent: int = 0
    """Rows that hold something and were sent by nobody."""


ballots = st.lists(
    st.permutations(range(4)).flatmap(
        lambda order: st.integers(0, 4).map(lambda length: tuple(order[:length]))
    ),
    min_size=1,
    max_size=6,
)
manners = st.sampled_from(["choices", "ranks", "questions", "questions behind"])


@st.composite
def plain_sheets(draw: st.DrawFn) -> Sheet:
    """A form's sheet in one of the layouts."""
    cast, manner, title = draw(ballots), draw(manners), MAYOR.title
    heads = {
        "choices": [f"{title} [{name}]" for name in CHOICES],
        "ranks": [f"{title} [{rank}]" for rank in ORDINALS],
        "questions": [f"{title}, {word} choice" for word in WORDS],
        "questions behind": [f"Your {word} choice for {title}" for word in WORDS],
    }[manner]
    rows = []
    for number, ranking in enumerate(cast):
        cells = [""] * 4
        for rank, place in enumerate(ranking):
            if manner == "choices":
                cells[place] = ORDINALS[rank]
            else:
                cells[rank] = CHOICES[place]
        rows.append([f"5/1/2026 19:{number:02d}:07", *cells])
    return Sheet(["Timestamp", *heads], rows, Counter(cast), [1, 2, 3, 4])


@st.composite
def kept_sheets(draw: st.DrawFn) -> Sheet:
    """The same after people worked with it, without harm."""
    sheet = draw(plain_sheets())
    if draw(st.booleans()):  # typed by hand, pasted from a letter
        own = sheet.own
        sheet.header = [h.translate(TYPED).upper() if i in own else h
                        for i, h in enumerate(sheet.header)]  # fmt: skip
        sheet.rows = [[c.translate(TYPED) if i in own else c for i, c in enumerate(row)]
                      for row in sheet.rows]  # fmt: skip
    others = [
        ("Lt. Mayor - at large [1st]", NAMES[0]), ("Mayor - at large comments", "good"),
        ("Comments", "Totally fine"), ("Question 4", "Yes"),
    ]  # fmt: skip
    for header, value in draw(st.lists(st.sampled_from(others), max_size=3, unique=True)):
        if "comments" in header and sheet.header[1].casefold().replace("\xa0", " ")[-1] != "]":
            continue  # beside rank questions it may be one more, and is asked about
        sheet.header.append(header)
        sheet.rows = [[*row, value] for row in sheet.rows]
    order = draw(st.permutations(range(1, len(sheet.header))))
    sheet.own = [1 + order.index(place) for place in sheet.own]
    sheet.header = [sheet.header[0], *(sheet.header[place] for place in order)]
    sheet.rows = [[row[0], *(row[place] for place in order)] for row in sheet.rows]
    helper = draw(st.sampled_from(["", "FALSE", "#REF!", "ok", "7"]))
    if helper:
        sheet.header.append("Checked")
        sheet.rows = [[*row, helper] for row in sheet.rows]
        below = draw(st.integers(0, 3))
        sheet.rows += [[""] * (len(sheet.header) - 1) + [helper]] * below
        sheet.unsent += below
    if draw(st.booleans()):
        sheet.rows.append(["How many", *("2" for _ in sheet.header[1:])])
        sheet.unsent += 1
    for at in draw(st.lists(st.integers(0, len(sheet.rows)), max_size=2)):
        sheet.rows.insert(at, [""] * len(sheet.header))
    return sheet


@st.composite
def spoiled_sheets(draw: st.DrawFn) -> Sheet:
    """The same after somebody renamed, copied, deleted or overwrote something of the race."""
    sheet = draw(kept_sheets())
    column = draw(st.sampled_from(sheet.own))
    renamed = st.sampled_from([
        MAYOR.title, "Mayor", "Second choice", "Mayor - at large, pick one", "Mayor - at large [x]",
        "Mayor - at large [5th]", "", "Lt. Mayor - at large [2nd]", "Your vote",
    ])  # fmt: skip
    match draw(st.sampled_from(["rename", "copy", "delete", "overwrite"])):
        case "rename":
            said = {row[column].casefold().replace("\xa0", " ") for row in sheet.rows}
            if said - {"", "no endorsement", "2"}:  # else it may be another race's own
                header = draw(renamed)
                # Three ranks of four, and another race's: nobody can tell that from a last rank.
                if column != sheet.own[-1] or not header.startswith("Lt."):
                    sheet.header[column] = header
        case "copy":
            sheet.header.append(sheet.header[column])
            sheet.rows = [[*row, row[column]] for row in sheet.rows]
        case "delete":
            held = any(row[column] for row in sheet.rows if row[0].startswith("5/"))
            if held or "[bob]" in str(sheet.header).casefold():
                sheet.header[column] = ""
        case "overwrite":
            row = draw(st.sampled_from([row for row in sheet.rows if row[0].startswith("5/")]))
            row[column] = draw(st.sampled_from(["9", "12", "best", "Zoe", "Bea ODowd", "1st|Zoe"]))
    return sheet


def as_csv(folder: Path, sheet: Sheet) -> BallotFile:
    out = StringIO()
    csv.writer(out).writerows([sheet.header, *sheet.rows])
    (folder / "sheet.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    return read_ballots(folder / "sheet.csv", MAYOR, BallotSettings())


def as_workbook(folder: Path, sheet: Sheet) -> BallotFile:
    book = Workbook()
    values: dict[str, Any] = {"": None, "FALSE": False, "2": 2, "7": 7, "9": 9.0, "12": 12}
    for row in [sheet.header, *sheet.rows]:
        book.active.append([values.get(cell, cell) for cell in row])
    book.save(folder / "sheet.xlsx")
    return read_ballots(folder / "sheet.xlsx", MAYOR, BallotSettings())


def as_tab(folder: Path, sheet: Sheet) -> BallotFile:
    """As a live vote reads its tab: the headers but that of the time, the rows that have one."""
    del folder
    headers = ["" if at == 0 else head for at, head in enumerate(sheet.header)]
    reader = FormReader(headers, [MAYOR])
    sent = [["", *row[1:]] for row in sheet.rows if has_time(row[0])]
    answers = [reader.answers(row) for row in sent]
    told = [one for answer in answers for one in answer.values()
                  if one.unreadable or one.too_high]  # fmt: skip
    if reader.faults or reader.forgotten(sent) or told:
        raise FixTheData("refused")
    found = Counter(answer["m"].ranking for answer in answers)
    unsent = sum(any(map(str.strip, row)) for row in sheet.rows) - len(sent)
    return BallotFile(found, len(sent), remarks=(f"{unsent} rows",))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sheets")


ways = pytest.mark.parametrize("read", [as_csv, as_workbook, as_tab])


@ways
@settings(max_examples=40, deadline=None)
@given(sheet=kept_sheets())
def test_what_people_add_changes_no_ballot_and_is_told(
    folder: Path, read: Any, sheet: Sheet
) -> None:
    found: BallotFile = read(folder, sheet)
    assert found.rankings == sheet.cast
    assert any(str(sheet.unsent) in one for one in found.remarks) or not sheet.unsent


@ways
@settings(max_examples=80, deadline=None)
@given(sheet=spoiled_sheets())
def test_what_people_spoil_is_refused_or_changes_no_ballot(
    folder: Path, read: Any, sheet: Sheet
) -> None:
    try:
        found: BallotFile = read(folder, sheet)
    except FixTheData:
        return
    assert found.rankings == sheet.cast
