"""JP Progressives' twelve races of 2024, as their committee might have kept them in its tabs."""

from collections.abc import Sequence
from datetime import date

from models.dates import zone_named
from models.intake.tables import Cell, Table, table_from
from models.intake.year_columns import YEAR_COLUMNS
from models.year.book import YearBook, read_year
from models.year.endorsed import Endorsed
from models.year.standing import CycleStanding, standing_of
from tests.cases.reading import EDITION

OFFICES = EDITION.offices
ZONE = zone_named("America/New_York")
TODAY = date(2024, 9, 20)
CYCLE = "2024 general"
Cells = Sequence[Cell]

RACES: list[list[Cell]] = [
    [CYCLE, "President/VP", None, None, "full"],
    [CYCLE, "Clerk of the Supreme Judicial Court", None, None, "full"],
    [CYCLE, "Congress", "7th District", None, "abbreviated"],
    [CYCLE, "State Senator", "2nd Suffolk", None, "abbreviated"],
    [CYCLE, "State Rep", "15th Suffolk", None, "abbreviated"],
    [CYCLE, "Senate", None, None, "re-endorsement"],
    *([CYCLE, f"Question {n}", None, "state", "question"] for n in range(1, 6)),
    [CYCLE, "Question 6", "10th Suffolk, 14th Suffolk", None, "question"],
]
CANDIDATES: list[list[Cell]] = [
    [None, "President", "Kamala Harris and Tim Walz", "https://kamalaharris.example", None, "yes"],
    [None, "President", "Donald Trump and JD Vance", "https://trump.example", None, "yes"],
    [None, "President", "Jill Stein and Butch Ware", "https://stein.example", None, "yes"],
    [None, "Clerk of SJC", "Allison Cartwright", "https://cartwright.example", "yes"],
    [None, "Clerk of SJC", "Erin Murphy", None, "yes"],
    [None, "Congress", "Ayanna Pressley", "https://pressley.example", None, "yes", "yes", "yes"],
    [None, "State Senator", "Liz Miranda", "https://miranda.example", "yes", None, "yes", "yes"],
    [None, "State Representative, 15th Suffolk", "Sam Montaño", "https://montano.example", "yes",
     None, "yes", "yes"],
    [None, "U.S. Senate", "Elizabeth Warren", "https://warren.example", None, "yes", "yes", "yes"],
    [None, "U.S. Senate", "John Deaton", "https://deaton.example", None, "yes"],
]  # fmt: skip
STEPS: list[list[Cell]] = [
    [None, "President", None, "research", "2024-08-30"],
    [None, "Clerk of SJC", "Allison Cartwright", "meeting", "2024-07-01", None, "Q. Member", "yes"],
    [None, "Clerk of SJC", "Allison Cartwright", "questionnaire sent", "2024-07-10"],
    [None, "Clerk of SJC", "Allison Cartwright", "questionnaire received", "2024-08-01",
     "https://cartwright.example/answers", "Q. Member"],
    [None, "Clerk of SJC", None, "video", "2024-08-10", "https://video.example/forum"],
    [None, "Congress", None, "research", "2024-09-01"],
    [None, "State Senator", "Liz Miranda", "research", "2024-09-01"],
    [None, "State Rep 15th Suffolk", "Sam Montaño", "research", "2024-09-02"],
    [None, "Senate", "Elizabeth Warren", "record review", "2024-09-02"],
    *([None, race, None, "recommendation", "2024-09-15"] for race in (
        "President", "Clerk of SJC", "Congress", "State Senator", "State Rep", "Senate",
        *(f"Question {n}" for n in range(1, 7)),
    )),
]  # fmt: skip


def tab(kind: str, rows: Sequence[Cells]) -> Table:
    """A tab of this kind, each row filled up with empty cells."""
    headers: list[Cell] = [*YEAR_COLUMNS[kind].headers.values()]
    filled = [[*row, *[None] * (len(headers) - len(row))] for row in rows]
    return table_from(kind.capitalize(), [headers, *filled], YEAR_COLUMNS[kind], ZONE.key)


def book(
    races: Sequence[Cells] = RACES,
    candidates: Sequence[Cells] = CANDIDATES,
    steps: Sequence[Cells] = STEPS,
    today: date = TODAY,
) -> YearBook:
    """What the three tabs say."""
    tabs = [tab("races", races), tab("candidates", candidates), tab("steps", steps)]
    return read_year(tabs, ZONE, today, EDITION)


def standing(read: YearBook, *record: Endorsed) -> CycleStanding:
    """How its only cycle stands."""
    (cycle,) = read.cycles
    return standing_of(cycle, OFFICES, record)
