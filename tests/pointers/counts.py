"""What is wrong with a file of ballots, and what `clerk count` says of it."""

from collections.abc import Generator

from openpyxl import Workbook

from tests.pointers.booth import HEADER, ROWS, Booth
from tests.pointers.scene import Rows, Said

scene = Rows("counts")
Acts = Generator[None, Said, str | None]
SAME = "Ann Oak is endorsed in the second round, as by the whole file"
EACH = "Timestamp,Mayor - 1st choice,Mayor - 2nd choice,Mayor - 3rd choice"


@scene(
    "a setting names the question for the first choice as the whole race",
    r"“Mayor” is ranked, but is asked as one question: column B",
    r"if each rank has a column, list all of them in order in contest\.toml \[ballots\] col",
    SAME,
)
def first_choice_alone(at: Booth) -> Acts:
    at.write(EACH, ROWS)
    at.add('question = "Mayor - 1st choice"')
    yield
    named = 'columns = ["Mayor - 1st choice", "Mayor - 2nd choice", "Mayor - 3rd choice"]'
    at.contest.write_text(at.contest.read_text().replace('question = "Mayor - 1st choice"', named))


@scene(
    "a setting names the column of the first choice alone",
    r"columns C and D: also of this contest, but not among the columns listed",
    r"or list the columns that count, in the order of the ranks",
    SAME,
)
def one_column_named(at: Booth) -> Acts:
    at.write(EACH, ROWS)
    at.add('columns = ["Mayor - 1st choice"]')
    yield
    named = 'columns = ["Mayor - 1st choice", "Mayor - 2nd choice", "Mayor - 3rd choice"]'
    text = at.contest.read_text()
    at.contest.write_text(text.replace('columns = ["Mayor - 1st choice"]', named))


@scene(
    "the question for the first choice bears the race's own title",
    r"“Mayor” can be read in two ways: column B, or columns C and D",
    r"write the rank in the title of each column of this contest",
    SAME,
)
def title_for_the_first(at: Booth) -> Acts:
    at.write('Timestamp,Mayor,"Mayor, second choice","Mayor, third choice"', ROWS)
    yield
    at.edit("Timestamp,Mayor,", 'Timestamp,"Mayor, first choice",')


@scene(
    "the same, and the columns are named in the contest's file",
    r"“Mayor” can be read in two ways: column B, or columns C and D",
    r"list the columns that count, in the order of the ranks, in contest\.toml \[ballots\] columns",
    SAME,
)
def columns_named(at: Booth) -> Acts:
    at.write('Timestamp,Mayor,"Mayor, second choice","Mayor, third choice"', ROWS)
    yield
    at.add('columns = ["Mayor", "Mayor, second choice", "Mayor, third choice"]')


@scene(
    "the same, and the first choice is retitled as if it were something else",
    r"“Mayor” can be read in two ways: column B, or columns C and D",
    r"another title to what asks something else",
    "nothing is counted by the second choices: it is said again, and the right title counts all",
)
def first_choice_retitled(at: Booth) -> Acts:
    at.write('Timestamp,Mayor,"Mayor, second choice","Mayor, third choice"', ROWS)
    yield
    at.edit("Timestamp,Mayor,", "Timestamp,Old question,")
    (again,) = at.said()
    assert "rank 1" in again.fact
    at.edit("Timestamp,Old question,", 'Timestamp,"Mayor, first choice",')


@scene(
    "one office's column was taken out, and another office has the same candidates",
    r"nothing asks “Mayor”: no column has this contest's votes; the closest is “Vice Mayor",
    r"if the columns were deleted, put them back; only if the file has another name for this "
    r"same contest",
    SAME,
)
def another_office(at: Booth) -> Acts:
    at.write(HEADER.replace("Mayor", "Vice Mayor"), [["Cy Fir", "", ""] for _ in ROWS])
    yield
    at.write(HEADER, ROWS)


@scene(
    "a column of the race was renamed",
    r"“Mayor” lacks rank 1",
    r"put the column back with what voters marked in it",
    SAME,
)
def rank_renamed(at: Booth) -> Acts:
    at.edit("Mayor [1st]", "Top pick")
    yield
    at.edit("Top pick", "Mayor [1st]")


@scene(
    "a rank's column was taken out",
    r"“Mayor” lacks rank 2",
    r"put the column back with what voters marked in it",
    SAME,
)
def rank_missing(at: Booth) -> Acts:
    at.write("Timestamp,Mayor [1st],Mayor [3rd]", [[row[0], row[2]] for row in ROWS])
    yield
    at.write(HEADER, ROWS)


@scene(
    "a question was asked anew, and each voter filled in one of the two columns",
    r"“Mayor \[1st\]” appears twice: columns B and E",
    r"put the answers of both into one column",
    SAME,
)
def asked_anew(at: Booth) -> Acts:
    halves = [[*row[:3], ""] if n < 6 else ["", *row[1:3], row[0]] for n, row in enumerate(ROWS)]
    at.write(f"{HEADER},Mayor [1st]", halves)
    yield
    at.write(HEADER, [[row[0] or row[3], *row[1:3]] for row in halves])


@scene(
    "the copy of a column is retitled instead of joined",
    r"“Mayor \[1st\]” appears twice: columns B and E",
    r"if one has nothing to do with this contest, give it another title",
    "no vote is lost in silence: it is said again, and joining them counts all",
)
def twin_retitled(at: Booth) -> Acts:
    halves = [[*row[:3], ""] if n < 6 else ["", *row[1:3], row[0]] for n, row in enumerate(ROWS)]
    at.write(f"{HEADER},Mayor [1st]", halves)
    yield
    at.write(f"{HEADER},Old first", halves)
    (again,) = at.said()
    assert "E1: this column has choices" in again.fact
    at.write(HEADER, [[row[0] or row[3], *row[1:3]] for row in halves])


@scene(
    "a candidate's name is mistyped in one cell",
    r"ballots\.csv!B4: a name is not on this ballot",
    r"fix the cell",
    SAME,
)
def name_mistyped(at: Booth) -> Acts:
    at.edit("19:03:07,Ann Oak", "19:03:07,Anne Oak")
    yield
    at.edit("Anne Oak", "Ann Oak")


@scene(
    "a choice of the file is written otherwise than in the contest, throughout",
    r"ballots\.csv!B2: a name is not on this ballot",
    r"set what the word means in contest\.toml: .*\[ballots\.aliases\]",
    SAME,
)
def another_writing(at: Booth) -> Acts:
    at.edit("Ann Oak", "Oak Ann")
    yield
    at.contest.write_text(f'{at.contest.read_text()}[ballots.aliases]\n"Oak Ann" = "Ann Oak"\n')


@scene(
    "the ballots stand on the second sheet of a workbook",
    r"the sheet “Notes” was read, but “Form Responses 1” would fit",
    r"name the sheet in contest\.toml \[ballots\] sheet",
    SAME,
)
def second_sheet(at: Booth) -> Acts:
    book = Workbook()
    assert book.active
    book.active.title = "Notes"
    book.active.append(["Remember the door"])
    sheet = book.create_sheet("Form Responses 1")
    for line in at.ballots.read_text().splitlines():
        sheet.append(line.split(","))
    at.ballots = at.ballots.with_suffix(".xlsx")
    book.save(at.ballots)
    yield
    at.add('sheet = "Form Responses 1"')


@scene(
    "the file is saved by an old Mac, is taken for Windows', and names have accents",
    r"ballots\.csv!B2: a name is not on this ballot",
    r"set its encoding",
    "Ann Öak is endorsed in the second round",
)
def another_encoding(at: Booth) -> Acts:
    at.contest.write_text(at.contest.read_text().replace("Ann Oak", "Ann Öak"))
    at.edit("Ann Oak", "Ann Öak")
    expected = at.truth()
    assert expected.startswith("Mayor: endorsed: Ann Öak")
    at.ballots.write_bytes(at.ballots.read_text().encode("mac_roman"))
    yield
    at.add('encoding = "mac_roman"')
    return expected


@scene(
    "a column counts ballots, and a row stands for several",
    r"ballots\.csv!E1: this column counts ballots, but each row is read as one ballot",
    r"write one row per ballot",
    SAME,
)
def rows_for_several(at: Booth) -> Acts:
    rows = [["Ann Oak", "", "", "5"], ["Bo Pine", "Ann Oak", "", "2"],
            ["Cy Fir", "Bo Pine", "Ann Oak", "3"]]  # fmt: skip
    at.write(f"{HEADER},Count", rows)
    yield
    at.write(HEADER, [row[:3] for row in rows for _ in range(int(row[3]))])


@scene(
    "a helper column bears a word that looks like a choice",
    r"ballots\.csv!E1: this column has choices, but its header does not belong to this contest",
    r"nothing to do with this contest, list it in contest\.toml \[ballots\] ignore = \[.Brought "
    r"by.\]",
    SAME,
)
def helper_column(at: Booth) -> Acts:
    at.write(f"{HEADER},Brought by", [[*row, "Cy Fir"] for row in ROWS])
    yield
    at.add('ignore = ["Brought by"]')


@scene(
    "the contest's file has a key that there is not",
    r"candidate: there is no such setting; did you mean candidates\?",
    r"fix the contest file; docs/count\.md lists its keys",
    SAME,
)
def no_such_key(at: Booth) -> Acts:
    at.contest.write_text(at.contest.read_text().replace("candidates", "candidate"))
    yield
    at.contest.write_text(at.contest.read_text().replace("candidate", "candidates"))
