"""Each line of the review opens the very cell, row or form that it is about."""

import pytest

from connectors.ledger import Snapshot
from connectors.sandbox.invented import FORM, WORKBOOK
from flows.console import Linked
from flows.nightly.facts import facts_of
from flows.nightly.links import Links
from flows.nightly.sources import Sources, known_sources, tables_of
from flows.views.roll import grouped
from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.intake.tables import Table
from models.membership.waiting import waiting
from models.privacy import Email
from tests.flows.test_cli import answer
from tests.flows.town import Town

SHEETS = "https://docs.google.com/spreadsheets/d/w1/edit"


def table(source: str, sheet: int | None) -> Table:
    return Table(source, "sign_ins", "UTC", ("event",), (0,), [], sheet=sheet)


def links(**tables: Table) -> Links:
    keys = {name: f"form {name}" if name == "f1" else f"workbook {name}" for name in tables}
    held = {keys[k]: Snapshot(keys[k], "", (one,), {}) for k, one in tables.items()}
    return Links(Sources(held, ()))


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("C132", "#gid=7&range=C132"),
        ("17:17", "#gid=7&range=17:17"),
        ("B2 and C7", "#gid=7&range=B2"),
        ("rows 21, 34 and 2 more", "#gid=7&range=21:21"),
        ("", "#gid=7"),
    ],
)
def test_a_place_opens_in_its_tab(cell: str, ends: str) -> None:
    found = links(w1=table("Sign-ins", 7))
    assert found.of(SourceLocation("Sign-ins", cell)) == SHEETS + ends


def test_the_first_tab_has_the_number_nought() -> None:
    found = links(w1=table("Sign-ins", 0))
    assert found.of(SourceLocation("Sign-ins", "A2")) == f"{SHEETS}#gid=0&range=A2"


def test_what_an_earlier_version_read_opens_its_workbook() -> None:
    found = links(w1=table("Sign-ins", None))
    assert found.of(SourceLocation("Sign-ins", "A2")) == SHEETS


def test_a_form_opens_at_its_responses() -> None:
    found = links(f1=table("Sign-in form", None))
    opened = found.of(SourceLocation("Sign-in form", "response 2_ABaOnue12"))
    assert opened == "https://docs.google.com/forms/d/f1/edit#responses"


def test_two_spreadsheets_have_a_tab_of_one_title() -> None:
    found = links(w1=table("Sign-ins", 7), w2=table("Sign-ins", 0))
    first = found.of(SourceLocation("Sign-ins (spreadsheet …w1)", "A2"))
    assert first == f"{SHEETS}#gid=7&range=A2"
    assert "/d/w2/" in found.of(SourceLocation("Sign-ins (spreadsheet …w2)", "A2"))
    assert found.of(SourceLocation("Sign-ins", "A2")) == ""
    assert found.of(SourceLocation("Elsewhere", "A2")) == ""


def test_a_question_about_one_of_them_is_asked_of_nobody_in_the_other(town: Town) -> None:
    """A place names a tab by its title: row 4 of last year's is not row 4 of this year's."""
    heads, *rows = town.rows("Sign-ins")
    last_year = [[None] * len(heads) for _ in range(3)]
    last_year[2] = [rows[0][0], "No such evening", "zo@example.org", "Zo Zed"]
    last_year[2] += [None] * (len(heads) - 4)
    town.sandbox.google.add_workbook("last-year", "2025", {"Sign-ins": [heads, *last_year]})
    second = '[[workbooks]]\nid = "last-year"\nsign_ins = ["Sign-ins"]\n\n[[forms]]'
    town.rewrite("[[forms]]", second)
    town.night()
    theirs, mine = "zo@example.org", str(rows[2][2])
    for address, asked in ((theirs, True), (mine, False)):
        with town.context() as context:
            facts = facts_of(context, known_sources(context.ledger))
            said = waiting(
                tables_of(known_sources(context.ledger)), context.chapter.tz, facts.review,
                [Email.parse(address)],
            )  # fmt: skip
            places = [str(one.place) for one in said]
        assert places == ["Sign-ins (spreadsheet …year)!4:4"] * asked


def test_a_line_of_the_terminal_opens_its_first_cell() -> None:
    items = [
        ReviewItem(place=SourceLocation("Sign-ins", cell), weight=Weight.SET_ASIDE,
                   reason="no event", next_step="add it")
        for cell in ("B2", "B9")
    ]  # fmt: skip
    where = grouped(items, links(w1=table("Sign-ins", 7)))[0][0]
    assert (where, isinstance(where, Linked)) == ("Sign-ins!B2 and B9", True)
    assert isinstance(where, Linked)
    assert where.address == f"{SHEETS}#gid=7&range=B2"


def test_a_script_gets_the_links_of_the_sheets_as_read(town: Town) -> None:
    with town.edit("Sign-ins") as rows:
        rows[3][1] = "No such evening"
    town.answer("No such evening", "new@example.org", "Una New")
    town.night()
    told = {one["where"]: one["link"] for one in answer(town, "review")["review"]}
    tab = town.sandbox.google.workbooks[WORKBOOK].tab("Sign-ins").sheet_id
    home = f"https://docs.google.com/spreadsheets/d/{WORKBOOK}/edit#gid={tab}"
    assert told["Sign-ins!4:4"] == f"{home}&range=4:4"
    assert f"https://docs.google.com/forms/d/{FORM}/edit#responses" in told.values()
