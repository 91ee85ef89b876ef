"""BA-7: a line of sums is known by what it lacks, and by no word of a list."""

from pathlib import Path

import pytest

from tests.connectors.ballot_files.test_elsewhere import APPROVAL, SHERIFF, refused
from tests.connectors.ballot_files.test_headers import MAYOR, QUESTION
from tests.connectors.ballot_files.test_rows import GRID, both
from tests.connectors.ballot_files.test_xlsx import Rows

FOUR = [*GRID, "Mayor [No endorsement]"]
VOTES = [["1", "2", None, None], ["1", None, "2", None], [None, "1", None, None]]
HEADERS = ["Submitted On", "Completion time", "Fecha", "Date/Time", "Response Date", "Wann?"]


def timed(header: str, *below: list[object]) -> Rows:
    """Three ballots under a header that no form of ours uses; two have Ann first."""
    times = [f"2026-05-01 19:0{minute}" for minute in range(3)]
    return [[header, *FOUR], *([t, *v] for t, v in zip(times, VOTES, strict=True)), *below]


@pytest.mark.parametrize("header", HEADERS)
def test_a_column_of_times_is_known_by_its_cells(tmp_path: Path, header: str) -> None:
    found = both(tmp_path, timed(header, [None, "2", "2", "1", None]), MAYOR)
    assert found.rankings == {(0, 1): 1, (0, 2): 1, (1,): 1}
    assert found.remarks[0].endswith(": 5")
    assert both(tmp_path, timed(header, ["Total", "9", "9", "9", None]), MAYOR).rows == 3


@pytest.mark.parametrize("word", ["All", "Resumen", "Ranked", "Responses: 3", "Leading", None])
@pytest.mark.parametrize("header", HEADERS[:2])
def test_a_row_without_a_time_that_may_be_a_ballot_is_refused(
    tmp_path: Path, header: str, word: str | None
) -> None:
    rows = timed(header, [word, "1", "2", None, None])
    fact = "!5:5: this row marks something, but has no readable time in column A"
    assert 'time_column = ""' in refused(tmp_path, rows, MAYOR, fact)
    assert both(tmp_path, rows, MAYOR, time_column="").rows == 4


def test_so_above_the_ballots_and_beside_ticks_and_words(tmp_path: Path) -> None:
    rows = timed("Created")
    rows.insert(1, ["All", "1", "2", None, None])
    refused(tmp_path, rows, MAYOR, "!2:2: this row marks something")
    ticks: Rows = [["Response Date", "Co-chairs [Ida Ives]", "Co-chairs [Jon Jett]",
                    "Co-chairs [Kit Kerr]"], ["2026-05-01", "1", "0", "0"],
                   ["2026-05-02", "0", "1", "0"], [None, "1", "1", "0"]]  # fmt: skip
    refused(tmp_path, ticks, APPROVAL, "!4:4: this row marks something")
    words: Rows = [["Completed At", "Question 4"], ["2026-05-01", "Yes"], ["2026-05-02", "Yes"]]
    assert both(tmp_path, [*words, [None, "2"]], QUESTION).rows == 2
    refused(tmp_path, [*words, ["Leading", "Yes"]], QUESTION, "!4:4: this row marks something")


def test_a_day_that_some_rows_have_is_no_time_of_answers(tmp_path: Path) -> None:
    """Nor is one that every row has: nothing lacks it."""
    days = ["2026-05-01", None, "1990-01-02", "2001-03-04"]
    rows: Rows = [["Joined", "Sheriff"], *([day, "Dee Dunn"] for day in days)]
    assert both(tmp_path, rows, SHERIFF).rows == 4
    assert both(tmp_path, [rows[0], rows[1], *rows[3:]], SHERIFF).rows == 3


@pytest.mark.parametrize(
    ("header", "voters"),
    [
        ("Email", ("a@example.org", "b@example.org", "c@example.org")),
        ("Ballot", ("1", "2", "3")),
        ("Paper", ("p-1", "p-2", "p-3")),
    ],
)
@pytest.mark.parametrize("word", ["All voters", "Avg rank", "Top", None])
def test_a_row_without_a_voter_where_every_other_has_one_is_perhaps_a_sum(
    tmp_path: Path, header: str, voters: tuple[str, ...], word: str | None
) -> None:
    rows: Rows = [[header, *FOUR], *([v, *vote] for v, vote in zip(voters, VOTES, strict=True))]
    rows.append([word, "1", "2", "2", None])
    step = refused(
        tmp_path, rows, MAYOR, "!5:5: this might be a sum: column A has something different"
    )
    assert f'ignore = ["{header}"]' in step
    assert both(tmp_path, rows, MAYOR, ignore=[header]).rows == 4
    assert both(tmp_path, rows[:-1], MAYOR).rows == 3


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Ward", ("1", "1", "2", None)),
        ("Comments", ("Go Ann", "So tired", "Thanks!", None)),
        ("Email", ("a@example.org", None, "c@example.org", "d@example.org")),
        ("Name", ("Ann", "Bo", "Cy", "Total Smith")),
    ],
)
def test_what_rows_may_leave_out_is_no_sign_of_a_sum(
    tmp_path: Path, header: str, cells: tuple[str | None, ...]
) -> None:
    votes = [*VOTES, ["1", "2", "3", None]]
    rows: Rows = [[header, *FOUR], *([c, *v] for c, v in zip(cells, votes, strict=True))]
    assert both(tmp_path, rows, MAYOR).rows == 4


@pytest.mark.parametrize("last", [["3", "1", None, None], ["3", "2", "1", None]])
def test_a_last_row_that_counts_first_ranks_or_filled_cells_is_perhaps_a_sum(
    tmp_path: Path, last: list[object]
) -> None:
    """Whatever the other columns hold; of firsts alone a ranking may be a ballot."""
    rows: Rows = [["Name", *FOUR], *(["Ann", *vote] for vote in [*VOTES, VOTES[0]])]
    rows[4] = ["Di", "1", None, None, None]
    refused(tmp_path, [*rows, ["First-choice votes", *last]], MAYOR, "!6:6: this might be a sum")
    assert both(tmp_path, [*rows[:4], ["Eve", "2", "1", None, None]], MAYOR).rows == 4
