"""A tab of ballots as people keep it: helper columns, sums below, a form that is linked anew."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import ZONE
from connectors.sandbox.server import Sandbox
from flows.context import ChapterContext
from flows.views.election import status
from flows.votes.check import check
from flows.votes.tally.collect import sorted_ballots
from flows.votes.tally.count import close
from flows.votes.watch import drift_of, watch
from flows.votes.what_became import Ballots, Request, look
from models.ballots.boxes import BallotAccounting
from models.ballots.drift import Drift
from models.errors import FixTheData
from models.votes.election import failing
from models.votes.events import BallotAskedAfter
from models.votes.history import each
from models.votes.results import ElectionResult
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.elections.polls import COUNTS, OFFICER, OPENS, Kept, Poll
from tests.elections.test_sources import HEADERS, LINK, TAB, WORKBOOK, arrive

AGAIN = "Form Responses 2"
Rows = list[list[Cell]]


@pytest.fixture(scope="module")
def kept(services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """An open vote whose ballots arrive in a tab, with two of them."""
    box = {"workbook": WORKBOOK, "tab": TAB, "link": LINK}
    folder = tmp_path_factory.mktemp("tabs")
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    empty(sandbox)
    poll = Poll.prepare(sandbox, clock, folder / "chapter", build=False, ballots=box)
    sandbox.google.add_workbook(WORKBOOK, "Ballots", {TAB: [list(HEADERS)]}, time_zone=ZONE)
    poll.opened()
    first, second, *_ = sorted(poll.invited().values())
    arrive(poll, first, 1.0, 2.0, "", "", "Yes", at=OPENS + timedelta(hours=1))
    arrive(poll, second, 1.0, "", "", "", "No", at=OPENS + timedelta(hours=2))
    return poll.keep(folder / "kept")


@pytest.fixture
def poll(kept: Kept) -> Poll:
    return kept.restore()


def fill(poll: Poll, change: Callable[[Rows], object]) -> None:
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        change(rows)


def counted(poll: Poll) -> BallotAccounting:
    """The boxes, after the close."""
    poll.clock.at = COUNTS
    with poll.context() as context:
        close(context, poll.vote)
        return sorted_ballots(context, poll.vote)[0]


def helper(*values: Cell) -> Callable[[Rows], None]:
    """A helper column at the right, filled down beyond the answers."""

    def change(rows: Rows) -> None:
        rows[0].append("Checked")
        for row, value in zip(rows[1:], values, strict=False):
            row += [""] * (len(rows[0]) - 1 - len(row)) + [value]
        rows += [[""] * len(HEADERS) + [value] for value in values[len(rows) - 1 :]]

    return change


@pytest.mark.parametrize(
    "change",
    [
        helper(*[False] * 45),
        helper(*["#REF!"] * 45),
        helper(*range(1, 46)),
        helper(*["pending"] * 45),
        lambda rows: rows.extend([[], ["How many", 2.0, 2.0, 1.0, 0.0, 0.0, 2.0]] + [[" "]] * 42),
        lambda rows: rows.extend([["Total", "", 2.0, 1.0, 0.0, 0.0, 2.0]] * 43),
        lambda rows: rows.extend([[2.0, 2.0, 2.0, 1.0, 0.0, 0.0, 2.0]] * 43),
        lambda rows: rows.extend([["", "", 1.0, 2.0, 3.0, 4.0, "Yes"]] * 43),
    ],
    ids=[
        "boxes",
        "errors",
        "numbers",
        "words",
        "one count",
        "totals",
        "counts alone",
        "marks alone",
    ],
)
def test_rows_that_no_voter_sent_are_no_ballots(poll: Poll, change: Callable[[Rows], None]) -> None:
    """BA-7: they were published as rows received and set aside."""
    fill(poll, change)
    boxes = counted(poll)
    assert (boxes.received, len(boxes.counted), boxes.set_aside) == (2, 2, ())
    assert boxes.unsent > 0
    assert boxes.race("mayor").sums.counted == 2


def test_the_tellers_and_who_checks_are_told_of_them(poll: Poll) -> None:
    """BA-7: passed over, and never in silence."""
    fill(poll, helper(*["#REF!"] * 45))
    with poll.context() as context:
        told = [reason.fact for reason in check(context, context.election("spring"))]
    assert any("43 rows have neither a time nor a code" in one for one in told)
    poll.at(COUNTS)
    result: ElectionResult | None = poll.vote.result
    assert result
    assert (result.received, result.set_aside) == (2, {})
    assert any("rows that no voter sent, without time and code" in one for one in result.look_at)
    rows = (poll.folder("tellers") / "rows.txt").read_text(encoding="utf-8")
    assert "43 rows have neither a time nor a code" in rows


def test_a_row_that_somebody_marked_as_void_counts_and_the_tellers_are_told(poll: Poll) -> None:
    """BA-1, BA-2: a code says whose ballot counts, and nobody's helper column; never in silence."""
    fill(poll, helper("", "VOID - called me"))
    poll.at(COUNTS)
    result = poll.vote.result
    assert result
    assert result.counted == 2
    assert any("some rows are marked as void." in one for one in result.look_at or ())
    rows = (poll.folder("tellers") / "rows.txt").read_text(encoding="utf-8")
    assert f"{TAB}!3:3\tmarked as void" in rows


def test_the_columns_of_a_quiz_are_told_and_not_read(poll: Poll) -> None:
    """BA-7"""
    fill(poll, lambda rows: rows[0].append(f"{HEADERS[-1]} [Score]"))
    with poll.context() as context:
        found = check(context, context.election("spring"))
    assert not failing(found)
    assert any("a quiz's own scores and feedback, not read" in one.fact for one in found)


def test_a_row_that_somebody_sent_without_a_time_stays_in_its_box(poll: Poll) -> None:
    """BA-2: a code says that it is a ballot."""
    code = sorted(poll.invited().values())[2]
    fill(poll, lambda rows: rows.append(["yesterday", code, 1.0]))
    fill(poll, lambda rows: rows.append(["April 3, 2026", "", 1.0]))
    assert counted(poll).reasons() == {"unreadable": 2}


@pytest.mark.parametrize("rank", [5.0, 12.0, 40.0, 99.0, "6th"])
def test_a_rank_that_no_line_has_is_unreadable(poll: Poll, rank: Cell) -> None:
    """BA-7: the race has four lines, and a file says so, too."""
    assert of_a_third(poll, rank) == (2, 1)


def test_a_rank_that_says_two_things_is_unreadable(poll: Poll) -> None:
    """BA-7"""
    assert of_a_third(poll, "1 (least preferred)") == (2, 1)


def of_a_third(poll: Poll, rank: Cell) -> tuple[int, int]:
    """Ballots counted and unreadable, once a third has such a rank before its 1."""
    code = sorted(poll.invited().values())[2]
    arrive(poll, code, rank, 1.0, at=OPENS + timedelta(hours=3))
    sums = counted(poll).race("mayor").sums
    return sums.counted, sums.unreadable


@pytest.mark.parametrize(
    "titles",
    [
        ("Mayor", "Mayor, second choice", "Mayor, third choice"),
        ("Mayor", "Mayor - 2nd choice", "Mayor – 3rd choice"),
        ("Mayor", "Second choice for Mayor", "Third choice for Mayor"),
        ("Mayor, first choice", "Second choice", "Third choice"),
        ("Mayor, first choice", "Mayor, your next choice", "Mayor, your last choice"),
        ("Mayor, first choice", "Mayor, 1st choice", "Mayor, second choice"),
        ("Mayor",),
        ("Lt. Mayor [1st]", "Lt. Mayor [2nd]"),
        ("Mayor: re-elect", "Mayor: comments"),
    ],
)
def test_a_ranked_race_is_never_counted_from_first_choices_alone(
    poll: Poll, titles: tuple[str, ...]
) -> None:
    """BA-7: the check blocks, and no count rests on it."""
    fill(poll, lambda rows: rows[0].__setitem__(slice(2, 6), [*titles, *[""] * (4 - len(titles))]))
    with poll.context() as context:
        assert any("Mayor" in one for one in failing(check(context, context.election("spring"))))
    with pytest.raises(FixTheData, match="Mayor"):
        counted(poll)


@pytest.mark.parametrize(
    "titles",
    [
        ("Mayor, first choice", "Mayor, second choice", "Mayor, third choice", "Mayor, 4th choice"),
        ("mayor — 1st choice", "Mayor - 2nd choice:", "MAYOR choice 3", "Mayor (fourth choice)"),
        ("Your first choice for Mayor", "Second choice for mayor", "Mayor, #3 choice",
         "4th choice, Mayor"),
        ("Mayor: primera opción", "Mayor: 2da opción", "Mayor: tercera opción", "Mayor 4ª opción"),
        ("Mayor\xa0[1\ufe0f\u20e3]", "Mayor [2\ufe0f\u20e3]", "Mayor [3\ufe0f\u20e3]", "Mayor [④]"),
        ("Mayor, 4th choice", "Mayor, 3rd choice", "Mayor, 2nd choice", "Mayor, 1st choice"),
    ],
)  # fmt: skip
def test_a_question_for_each_rank_is_read_as_such(poll: Poll, titles: tuple[str, ...]) -> None:
    """BA-7: the ranks stand in the headers, the choices in the cells."""
    ballot: list[Cell] = ["Bea Stone", "ada park", "", ""]
    backwards = titles[0].startswith("Mayor, 4th")

    def change(rows: Rows) -> None:
        rows[0][2:6] = titles
        for row in rows[1:]:
            row[2:6] = reversed(ballot) if backwards else ballot

    fill(poll, change)
    with poll.context() as context:
        check_form = [r.fact for r in check(context, context.election("spring")) if not r.holds]
    assert not any("tab" in one for one in check_form)
    assert dict(counted(poll).race("mayor").rankings) == {(1, 0): 2}


@pytest.mark.parametrize("header", ["", "Third choice then", "Comments"])
def test_a_rank_under_another_title_is_not_passed_over(poll: Poll, header: str) -> None:
    """BA-7: everybody would lose what they ranked third."""

    def change(rows: Rows) -> None:
        rows[0][2:6] = ["Mayor, 1st choice", "Mayor, 2nd choice", header, "Why"]
        for row in rows[1:]:
            row[2:6] = ["Bea Stone", "Ada Park", "Cy Rivers", "because"]

    fill(poll, change)
    with poll.context() as context:
        told = failing(check(context, context.election("spring")))
    assert any("column E has choices of “Mayor”" in one for one in told)
    with pytest.raises(FixTheData, match="column E has choices"):
        counted(poll)
    fill(poll, lambda rows: rows[0].__setitem__(4, "Mayor, 3rd choice"))
    with poll.context() as context:
        boxes, _ = sorted_ballots(context, poll.vote)
    assert dict(boxes.race("mayor").rankings) == {(1, 0, 2): 2}


def test_candidates_that_only_look_alike_are_told_before_the_vote(poll: Poll) -> None:
    """BA-7: nobody would see whom a ballot names."""
    file = poll.folder("contests") / "01-mayor.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Cy Rivers", "Ada P\u00e1rk"), encoding="utf-8")
    with poll.context() as context:
        told = [one.fact for one in check(context, context.election("spring")) if one.holds]
    assert any("LATIN SMALL LETTER A WITH ACUTE" in one for one in told)


def test_answers_in_a_tab_that_is_not_read_stop_the_count(poll: Poll) -> None:
    """BA-2: a form that was linked anew writes to a tab of its own."""
    book = poll.town.sandbox.google.workbooks[WORKBOOK]
    book.tabs.append(Tab(AGAIN, [list(HEADERS)], 7))
    with poll.context() as context:
        assert not any(AGAIN in one.fact for one in check(context, context.election("spring")))
    code = sorted(poll.invited().values())[2]
    moment = OPENS + timedelta(hours=3)
    arrive(poll, code, 1.0, at=moment)
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        moved = rows.pop()
    with poll.town.sandbox.google.edit(WORKBOOK, AGAIN) as rows:
        rows.append(moved)
    with poll.context() as context:
        told = [one.fact for one in check(context, context.election("spring"))]
    assert any(
        f"“{AGAIN}” also has responses, but the program does not read it" in one for one in told
    )
    with poll.context() as context, pytest.raises(FixTheData, match="a different tab"):
        asked_after(context, poll, Request(OFFICER, "asked by phone"))
    with pytest.raises(FixTheData, match="a different tab") as refused:
        counted(poll)
    with poll.context() as context:
        with pytest.raises(FixTheData, match="a different tab"):
            asked_after(context, poll, Request())
        assert not list(each(context.ledger.votes.lines(poll.name), BallotAskedAfter))
    assert AGAIN in refused.value.where
    with poll.town.sandbox.google.edit(WORKBOOK, AGAIN) as rows:
        rows.pop()
    fill(poll, lambda rows: rows.append(moved))
    with poll.context() as context:
        assert len(sorted_ballots(context, poll.vote)[0].counted) == 3
        assert asked_after(context, poll, Request())


def asked_after(context: ChapterContext, poll: Poll, request: Request) -> Ballots | None:
    """What somebody is told of their ballot (BA-8)."""
    return look(context, poll.vote, context.ledger.votes.roll(poll.name)[:1], request)


def test_a_code_asked_anew_is_read_from_whichever_column_is_filled(poll: Poll) -> None:
    """BA-1: retitling one of the two made “unknown code” of ballots."""

    def anew(rows: Rows) -> None:
        rows[0].insert(2, "Ballot code")
        for row in rows[1:]:
            row.insert(2, "")
        rows[2][1], rows[2][2] = "", rows[2][1]

    fill(poll, anew)
    boxes = counted(poll)
    assert (len(boxes.counted), boxes.reasons()) == (2, {})
    fill(poll, lambda rows: rows[1].__setitem__(2, rows[2][2]))
    match = "two columns have different codes"
    with poll.context() as context, pytest.raises(FixTheData, match=match) as said:
        sorted_ballots(context, poll.vote)
    assert said.value.where == f"{TAB}!2:2"


def test_a_form_linked_anew_is_told_while_there_is_time(poll: Poll) -> None:
    """BA-2: whoever votes there counts nowhere until the rows are copied."""
    book = poll.town.sandbox.google.workbooks[WORKBOOK]
    book.tabs.append(Tab(AGAIN, [list(HEADERS)], 7))
    code = sorted(poll.invited().values())[2]
    arrive(poll, code, 1.0, at=OPENS + timedelta(hours=3))
    with poll.context() as context:
        assert drift_of(context, poll.vote) == Drift()
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        moved = rows.pop()
    with poll.town.sandbox.google.edit(WORKBOOK, AGAIN) as rows:
        rows.append(moved)
    poll.clock.at = OPENS + timedelta(hours=4)
    told: list[str] = []
    with poll.context() as context:
        watch(context, told.append)
        watch(context, told.append)
        assert status(context, poll.name)["form"] == [
            f"ballots arrive in a tab that is not read: “{AGAIN}”"]  # fmt: skip
        said = [one for one in check(context, context.election(poll.name)) if AGAIN in one.fact]
    assert told[0] == f"{poll.name}: the ballot form is not as approved"
    assert len(told) == 2
    (letter,) = poll.town.sandbox.mailchimp.test_outbox
    assert "ballots arrive in a tab that is not read" in letter.text
    assert [(one.holds, one.look) for one in said] == [(True, True)]
    assert f"copy the rows to the end of “{TAB}”" in said[0].fact
    fill(poll, lambda rows: rows.append(moved))
    with poll.context() as context:
        assert drift_of(context, poll.vote) == Drift()  # a copy is no news


def test_a_copy_of_the_tab_stops_nothing(poll: Poll) -> None:
    """BA-2: somebody keeps one, or a filter shows some of the rows; all of them are read."""
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        copy = [list(row) for row in rows]
    book = poll.town.sandbox.google.workbooks[WORKBOOK]
    book.tabs.append(Tab(f"Copy of {TAB}", copy, 7))
    assert len(counted(poll).counted) == 2


def test_answers_of_before_the_opening_in_another_tab_stop_nothing(poll: Poll) -> None:
    """BA-2: they were tests, and the form was linked anew before the vote."""
    book = poll.town.sandbox.google.workbooks[WORKBOOK]
    book.tabs.append(Tab(AGAIN, [list(HEADERS), [46_000.5, "TEST", 1.0]], 7))
    assert len(counted(poll).counted) == 2


@pytest.mark.parametrize("header", ["Question 6 (old)", "Medicare for all?", ""])
def test_votes_in_another_column_are_not_counted_as_blank(poll: Poll, header: str) -> None:
    """BA-2: the question was asked anew while the vote was open."""

    def move(rows: Rows) -> None:
        rows[0].append(header)
        rows[1].append(rows[1][6])
        rows[1][6] = ""

    fill(poll, move)
    with poll.context() as context:
        told = [one.fact for one in check(context, context.election("spring")) if not one.holds]
    assert any("column H has choices of “Question 6” under another title" in o for o in told)
    with pytest.raises(FixTheData, match="column H has choices of “Question 6”"):
        counted(poll)


def test_nor_those_in_a_grid_that_was_asked_again(poll: Poll) -> None:
    """BA-2: the whole race stands in new columns from the second ballot on."""

    def move(rows: Rows) -> None:
        rows[0] += [str(head).replace("Mayor", "Mayor (corrected)") for head in rows[0][2:6]]
        rows[2] += rows[2][2:6]
        rows[2][2:6] = [""] * 4

    fill(poll, move)
    with pytest.raises(FixTheData, match="column H has choices of “Mayor” under another title"):
        counted(poll)
