"""What is wrong with a vote before it opens and when it is counted, and what is said of it."""

from collections.abc import Generator

from connectors.sandbox.google.form_state import Form
from connectors.sandbox.google.workbook import Tab
from tests.elections.test_sources import HEADERS, TAB, WORKBOOK
from tests.pointers.polling import Count, Draft
from tests.pointers.scene import Rows, Said

before_opening = Rows("votes before the opening")
at_the_close = Rows("votes at the close")
Acts = Generator[None, Said, object]
OPENS = "it can be approved, and asks what it asked"
ALL = "all four ballots count, as they were cast"
MAYOR, QUESTION = 2, 6
TIED = [
    ["1st", "2nd", "", ""],
    ["2nd", "1st", "", ""],
    ["2nd", "", "1st", ""],
    ["", "", "", "1st"],
]
"""If Cy goes, Ada is endorsed in the end; if Ada goes, nobody is."""


def form(at: Draft) -> Form:
    return at.poll.form


def titled(at: Draft, title: str) -> dict[str, object]:
    return next(item for item in form(at).items if item.get("title") == title)


# Before the opening


@before_opening(
    "the question for the code was removed",
    r"nothing asks “Ballot code”",
    r"nothing asks “Ballot code”",
    OPENS,
)
def no_code(at: Draft) -> Acts:
    number = next(n for n, item in enumerate(form(at).items) if item["title"] == "Ballot code")
    gone = form(at).items.pop(number)
    yield
    form(at).items.insert(number, gone)


@before_opening(
    "a race's question was renamed",
    r"“Major” belongs to no contest",
    r"“Major” belongs to no contest",
    OPENS,
)
def race_renamed(at: Draft) -> Acts:
    item = titled(at, "Mayor")
    item["title"] = "Major"
    yield
    item["title"] = "Mayor"


@before_opening(
    "a candidate is missing on the form",
    r"“Mayor” lacks “Bea Stone”",
    r"“Mayor” lacks “Bea Stone”",
    OPENS,
)
def candidate_missing(at: Draft) -> Acts:
    grid = titled(at, "Mayor")["questionGroupItem"]
    assert isinstance(grid, dict)
    number = next(
        n for n, one in enumerate(grid["questions"]) if one["rowQuestion"]["title"] == "Bea Stone"
    )
    gone = grid["questions"].pop(number)
    yield
    grid["questions"].insert(number, gone)


@before_opening(
    "the form collects addresses",
    r"the form collects email addresses together with the votes; in its",
    r"the form collects email addresses together with the votes; in its",
    OPENS,
)
def collects(at: Draft) -> Acts:
    form(at).settings["emailCollectionType"] = "VERIFIED"
    yield
    form(at).settings["emailCollectionType"] = "DO_NOT_COLLECT"


@before_opening(
    "the form does not accept responses; publish it and turn on “Accepting",
    r"the form does not accept responses; publish it and turn on “Accepting",
    r"the form does not accept responses; publish it and turn on “Accepting",
    OPENS,
)
def accepts_nothing(at: Draft) -> Acts:
    form(at).accepting = False
    yield
    form(at).accepting = True


@before_opening(
    "the window is shorter than the bylaws allow, and no reason is written",
    r"open for 3 days and 12 hours, less than 5 days, without a reason",
    r"write one as short_because",
    OPENS,
)
def short_window(at: Draft) -> Acts:
    at.edit("election.toml", "2026-04-12T21:00:00", "2026-04-05T21:00:00")
    yield
    at.edit("election.toml", "title = ", 'short_because = "The primary is near."\ntitle = ')


@before_opening(
    "a question's explanation is missing",
    r"Question 6: the ballot would not say what the question is about",
    r"add an explanation \(`explanation`\), or more to its title",
    OPENS,
)
def not_explained(at: Draft) -> Acts:
    told = "Whether the Representative is told to vote for single-payer health care."
    line = f'explanation = "{told}"'
    at.edit("contests/02-question-6.toml", line, "")
    yield
    at.edit("contests/02-question-6.toml", 'id = "question-6"', f'id = "question-6"\n{line}')


@before_opening(
    "a district of a question is mistyped",
    r"none of the registered people live in 10th Sufolk",
    r"use the spelling that `clerk roll` shows",
    OPENS,
)
def district_mistyped(at: Draft) -> Acts:
    at.edit("contests/02-question-6.toml", "10th Suffolk", "10th Sufolk")
    yield
    at.edit("contests/02-question-6.toml", "10th Sufolk", "10th Suffolk")


@before_opening(
    "a key of the vote's file is mistyped",
    r"open: there is no such setting; did you mean opens",
    r"fix the files; docs/elections\.md lists the keys of election\.toml,",
    OPENS,
)
def key_mistyped(at: Draft) -> Acts:
    at.edit("election.toml", "opens = ", "open = ")
    yield
    at.edit("election.toml", "open = ", "opens = ")


# At the close


@at_the_close(
    "a race's column was renamed after the opening",
    r"nothing asks “Question 6”",
    r"restore the titles of questions and rows; if a column appears twice,",
    ALL,
)
def column_renamed(at: Count) -> Acts:
    with at.edit() as rows:
        rows[0][QUESTION] = "Ballot question"
    yield
    with at.edit() as rows:
        rows[0][QUESTION] = "Question 6"


@at_the_close(
    "a candidate's column was renamed after the opening",
    r"“Mayor \[Ada Parks\]” is neither a choice nor a rank: column C",
    r"restore the titles of questions and rows; if a column appears twice,",
    ALL,
)
def row_renamed(at: Count) -> Acts:
    with at.edit() as rows:
        rows[0][MAYOR] = "Mayor [Ada Parks]"
    yield
    with at.edit() as rows:
        rows[0][MAYOR] = "Mayor [Ada Park]"


@at_the_close(
    "a question was asked anew, and each voter filled in one of the two columns",
    r"“Question 6” appears twice: columns G and H",
    r"restore the titles of questions and rows; if a column appears twice,",
    ALL,
)
def asked_anew_in_a_tab(at: Count) -> Acts:
    with at.edit() as rows:
        rows[0].append("Question 6")
        for number, row in enumerate(rows[1:]):
            row.append("")
            if number > 1:
                row[QUESTION], row[-1] = "", row[QUESTION]
    yield
    with at.edit() as rows:
        for row in rows[1:]:
            row[QUESTION], row[-1] = row[QUESTION] or row[-1], ""
        rows[0][-1] = "Old"


@at_the_close(
    "the form was linked anew, and later answers stand in a tab that is not read",
    r"this tab has responses of this election, but the program reads a different tab",
    r"copy the rows to the end of “Form Responses 1”, each cell under its header",
    ALL,
)
def linked_anew(at: Count) -> Acts:
    workbook = at.poll.town.sandbox.google.workbooks[WORKBOOK]
    with at.edit() as rows:
        moved = rows[3:]
        del rows[3:]
    workbook.tabs.append(Tab("Form Responses 2", [list(HEADERS), *moved], 7))
    yield
    with at.edit() as rows:
        rows += moved
    del workbook.tab("Form Responses 2").rows[1:]


@at_the_close(
    "the column of the codes was renamed",
    r"no question “Ballot code”",
    r"give exactly one question this title",
    ALL,
)
def code_renamed(at: Count) -> Acts:
    with at.edit() as rows:
        rows[0][1] = "Code of the ballot"
    yield
    with at.edit() as rows:
        rows[0][1] = "Ballot code"


@at_the_close(
    "the tab of the ballots was renamed",
    r"no tab “Form Responses 1”; the closest is “Form responses of spring”",
    r"rename the tab back",
    ALL,
)
def ballots_tab_renamed(at: Count) -> Acts:
    workbook = at.poll.town.sandbox.google.workbooks[WORKBOOK]
    workbook.tab(TAB).title = "Form responses of spring"
    yield
    workbook.tab("Form responses of spring").title = TAB


@at_the_close(
    "a tie that no rule settles",
    r"which one is eliminated",
    r"run `clerk election decide spring mayor PICKED --how … --by …`; it is then counted again",
    "the recorded decision decides, and every ballot counts",
)
def tie(at: Count) -> Acts:
    at.tallies = True
    with at.edit() as rows:
        for row, marks in zip(rows[1:], TIED, strict=True):
            row[MAYOR:QUESTION] = marks
    yield
    at.decide("mayor", "Cy Rivers")
    return at.truth()
