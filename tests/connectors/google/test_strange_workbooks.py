"""Workbooks as people have them: of Excel, with charts, protected, cut short, full of tabs."""

import pytest

from connectors.google.answers import Tab as Titled
from connectors.google.payloads import Rows
from connectors.google.sheets import LONGEST_URL
from connectors.google.tabs import NotThere, find_cells
from connectors.sandbox.google.workbook import EXCEL, SERVICE_ACCOUNT, Tab
from connectors.sandbox.google.workbook import Workbook as Book
from connectors.sandbox.invented import WORKBOOK
from connectors.settings import OwnTab, Workbook, load_chapter
from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.votes.election import BallotSource
from tests.flows.town import REVIEW, Town

NAMED = Workbook(id=WORKBOOK, events="Events", sign_ins=("Sign-ins",))
OURS = NAMED.model_copy(update={"review": REVIEW})
TAB = OwnTab("review", WORKBOOK, REVIEW)
CHART = {"sheetType": "OBJECT"}


def book(town: Town) -> Book:
    return town.sandbox.google.workbooks[WORKBOOK]


def titles(town: Town, workbook: Workbook = NAMED) -> list[str]:
    with town.context() as context:
        return [t.source for t in context.workbooks.read(workbook, COLUMNS.__getitem__).tables]


def fault(town: Town, workbook: Workbook = NAMED) -> FixTheSettings:
    with pytest.raises(FixTheSettings) as found:
        titles(town, workbook)
    return found.value


def test_a_file_of_excels_is_told_as_such(town: Town) -> None:
    book(town).mime_type = EXCEL
    told = fault(town)
    assert "an Excel file" in told.fact
    assert "File → Save as Google Sheets" in told.next_step


def test_a_chart_on_a_tab_of_its_own_is_no_event(town: Town) -> None:
    signed = [["Email address"], ["ann@example.org"]]
    book(town).tabs += [Tab("Sign-in chart", [], 98, dict(CHART)), Tab("Sign-in May", signed, 99)]  # type: ignore[list-item]  # cells of any kind
    workbook = NAMED.model_copy(update={"event_tabs": "Sign-in *"})
    assert "Sign-in May" in titles(town, workbook)
    assert "Sign-in chart" not in titles(town, workbook)


def test_a_chart_that_is_named_is_told_as_such(town: Town) -> None:
    book(town).tabs.append(Tab("Attendance", [], 98, dict(CHART)))
    told = fault(town, NAMED.model_copy(update={"volunteers": "Attendance"}))
    assert "“Attendance” has no rows: it is a chart" in told.fact
    assert "chapter.toml" in told.next_step


@pytest.mark.parametrize("kind", ["review", "status", "roll"])
def test_a_tab_that_is_written_is_no_event_whatever_the_pattern(town: Town, kind: str) -> None:
    book(town).tabs.append(Tab("Clerk – ours", [["Where"]], 98))
    workbook = NAMED.model_copy(
        update={"event_tabs": "Clerk*", "sign_ins": (), kind: "CLERK - OURS:"}
    )
    assert titles(town, workbook) == ["Events"]


@pytest.mark.parametrize("kind", ["review", "status", "roll"])
def test_a_tab_that_is_written_is_not_pointed_out_as_sign_ins(town: Town, kind: str) -> None:
    book(town).tabs.append(Tab("Sign-ins 2031", [["Where"]], 98))
    with town.context() as context:
        read = context.workbooks.read
        said = [t.notes for t in read(NAMED, COLUMNS.__getitem__).tables if t.kind == "sign_ins"]
        ours = NAMED.model_copy(update={kind: "Sign-ins 2031"})
        quiet = [t.notes for t in read(ours, COLUMNS.__getitem__).tables if t.kind == "sign_ins"]
    assert any("Sign-ins 2031" in str(note) for note in said)
    assert not any("Sign-ins 2031" in str(note) for note in quiet)


@pytest.mark.parametrize("title", ["SIGN-INS", "sign-ins", " Sign-ins ", "Sign-ins:"])
def test_titles_are_told_apart_without_regard_to_case(town: Town, title: str) -> None:
    assert "Sign-ins" in titles(town, NAMED.model_copy(update={"sign_ins": (title,)}))


def test_a_name_that_fits_two_tabs_takes_none_by_chance() -> None:
    tabs = [Titled(title="Sign-ins "), Titled(title="Sign-ins:"), Titled(title="Events")]
    with pytest.raises(
        NotThere,
        match="have the name “Sign-ins”, apart from punctuation: “Sign-ins ” and “Sign-ins:”",
    ):
        find_cells("Sign-ins", tabs)
    assert find_cells("sign-ins:", tabs) is tabs[1]


def test_faults_of_every_kind_are_told_at_once(town: Town) -> None:
    """Zone, tab and header: one evening, one look."""
    book(town).time_zone = "Nowhere/Land"
    with town.edit("Events") as rows:
        rows[0][0] = "Wann"
    told = fault(town, NAMED.model_copy(update={"volunteers": "Helping"}))
    for part in ("time zone", "no tab “Helping”", "no header “Date”"):
        assert part in told.fact
    for part in ("File, Settings, Time zone", "rename the tab", "fix the header"):
        assert part in told.next_step


def test_hundreds_of_tabs_are_read_in_addresses_that_no_server_cuts(town: Town) -> None:
    many = [f"Sign-in Versammlung für Wohnungsbau {number}" for number in range(300)]
    book(town).tabs += [
        Tab(title, [["Email address"], ["ann@example.org"]], 1000 + number)
        for number, title in enumerate(many)
    ]
    town.sandbox.google.longest_url = 2048
    workbook = NAMED.model_copy(update={"event_tabs": "Sign-in *"})
    assert set(titles(town, workbook)) == {"Events", "Sign-ins", *many}


def test_a_few_tabs_are_still_one_request(town: Town) -> None:
    assert LONGEST_URL > 1000
    town.sandbox.reset()
    titles(town)
    assert sum("batchGet" in each.path for each in town.sandbox.journal) == 1


def test_the_tab_of_a_vote_is_found_whatever_its_case(town: Town) -> None:
    rows = [["Timestamp", "Ballot code", "Mayor"], [46114.5, "ABCDEFGH", "Ada Park"]]
    town.sandbox.google.add_workbook("answers", "Answers", {"Form Responses 1": rows})
    source = BallotSource(
        workbook="answers", tab="form responses 1", link="https://example.org/?e="
    )
    with town.context() as context:
        assert len(context.ballot_forms.arrived(source).rows) == 1
        with pytest.raises(FixTheSettings, match="no tab “Ballots”"):
            context.ballot_forms.arrived(source.model_copy(update={"tab": "Ballots"}))


def write(town: Town, *rows: tuple[str, ...]) -> None:
    with town.context() as context:
        context.own_tabs.replace(TAB, Rows(rows=rows))


def look(town: Town) -> None:
    with town.context() as context:
        context.own_tabs.look(TAB)


def test_a_narrow_and_short_review_tab_gets_room(town: Town) -> None:
    small = {"gridProperties": {"rowCount": 2, "columnCount": 3}}
    book(town).tabs.append(Tab(REVIEW, [["old", "old", "old"]], 98, small))
    write(town, *[("a", "b", "c", "d", "e")] * 3)
    assert town.rows(REVIEW) == [["a", "b", "c", "d", "e"]] * 3


def test_a_review_tab_is_found_whatever_its_case(town: Town) -> None:
    book(town).tabs.append(Tab(REVIEW.upper(), [], 98))
    write(town, ("a", "b"))
    assert town.rows(REVIEW.upper()) == [["a", "b"]]


def test_a_tab_that_cannot_be_filled_is_not_emptied(town: Town) -> None:
    tab = Tab(REVIEW, [["what stood here"]], 98)
    tab.protect("owner@example.org", endRowIndex=1)
    book(town).tabs.append(tab)
    for refused in (look, lambda town: write(town, ("a", "b"))):
        with pytest.raises(FixTheSettings, match="is protected") as told:
            refused(town)
        assert "Protect sheets and ranges" in told.value.next_step
    assert town.rows(REVIEW) == [["what stood here"]]


def test_a_protection_that_lets_us_in_or_warns_is_none(town: Town) -> None:
    tab = Tab(REVIEW, [], 98)
    tab.protect(SERVICE_ACCOUNT)
    tab.protect(warning_only=True)
    book(town).tabs.append(tab)
    look(town)
    write(town, ("a", "b"))
    assert town.rows(REVIEW) == [["a", "b"]]


def test_an_account_that_may_only_read_is_told_so_before_anything_is_written(town: Town) -> None:
    book(town).viewers, book(town).shared_with = {SERVICE_ACCOUNT}, set()
    assert "Events" in titles(town)
    with pytest.raises(
        FixTheSettings, match="the service account can read this spreadsheet but cannot write its"
    ) as told:
        look(town)
    assert "as Editor" in told.value.next_step


def test_a_review_tab_that_is_a_chart_is_told_as_such(town: Town) -> None:
    book(town).tabs.append(Tab(REVIEW, [], 98, dict(CHART)))
    with pytest.raises(FixTheSettings, match="has no cells: it is a chart"):
        look(town)


@pytest.mark.parametrize("review", ["Sign-ins", "SIGN-INS"])
def test_a_tab_that_is_read_is_never_the_one_written_over(town: Town, review: str) -> None:
    town.rewrite(f'review = "{REVIEW}"', f'review = "{review}"')
    with pytest.raises(FixTheSettings, match="review is written over"):
        load_chapter(town.folder)
