"""Ballots from a tab instead of a form; districts however people typed them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import ZONE, serial
from connectors.sandbox.server import Sandbox
from flows.votes.cancelling import cancel_race
from flows.votes.check import check
from flows.votes.tally.count import close, tally
from flows.votes.watch import drift_of
from models.ballots.drift import Drift, How
from models.errors import FixTheData, FixTheSettings
from models.votes.election import failing
from tests.conftest import Clock
from tests.elections.polls import BALLOT, COUNTS, OFFICER, OPENS, REMINDERS, TZ, Poll

HEADERS: list[Cell] = [
    "Timestamp", "Ballot code", "Mayor [Ada Park]", "Mayor [Bea Stone]", "Mayor [Cy Rivers]",
    "Mayor [No endorsement]", "Question 6",
]  # fmt: skip
WORKBOOK, TAB = "ballots", "Form Responses 1"
LINK = "https://docs.google.com/forms/d/e/x/viewform?usp=pp_url&entry.17="


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """A vote whose ballots arrive in a tab."""
    box = {"workbook": WORKBOOK, "tab": TAB, "link": LINK}
    found = Poll.prepare(sandbox, clock, tmp_path / "chapter", build=False, ballots=box)
    tabs: dict[str, Any] = {TAB: [list(HEADERS)]}
    sandbox.google.add_workbook(WORKBOOK, "Ballots", tabs, time_zone=ZONE)
    return found


def arrive(poll: Poll, *cells: Cell, at: datetime) -> None:
    local = at.astimezone(TZ)
    moment = serial(local.date()) + (local.hour * 60 + local.minute) / 1440
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        rows.append([moment, *cells])


def test_headers_of_a_tab_that_change_are_noticed(poll: Poll) -> None:
    poll.opened()
    with poll.context() as context:
        assert drift_of(context, poll.vote) == Drift()
        with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
            rows[0][6] = "Question 66"
        found = drift_of(context, poll.vote)
        assert [(one.title, one.how) for one in found.changes] == [
            ("Question 6", How.GONE), ("Question 66", How.NEW)]  # fmt: skip
        with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
            rows[0][1] = "Code"
        assert drift_of(context, poll.vote).unreadable


def test_ballots_in_a_tab_are_reminded_of_and_counted(poll: Poll) -> None:
    poll.opened()
    (first, code), (second, other), *_ = sorted(poll.invited().items())
    assert any(LINK + code in one.text for one in poll.town.sandbox.mailchimp.outbox)
    arrive(poll, code.lower(), "1st", "", "2nd", "3rd", "Yes", at=OPENS + timedelta(hours=1))
    arrive(poll, other, "", "1st", at=COUNTS)
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        rows += [[], ["yesterday", other, "1st"]]
    poll.at(REMINDERS[0])
    assert (first, "reminder 1") not in poll.letters()
    assert (second, "reminder 1") in poll.letters()
    poll.at(COUNTS)
    result = poll.vote.result
    assert result
    assert (result.counted, result.set_aside) == (1, {"unreadable": 1, "late": 1})
    assert result.races["mayor"].outcome.choices == ("Ada Park",)


def test_a_rank_above_the_number_of_choices_is_unreadable_and_check_says_so(poll: Poll) -> None:
    """BA-7: as in a file; the 12 was typed into the tab by hand."""
    poll.opened()
    first, second, *_ = poll.invited().values()
    arrive(poll, first, 12.0, 2.0, "", "", "Yes", at=OPENS + timedelta(hours=1))
    arrive(poll, second, 1.0, "", "", "", "Yes", at=OPENS + timedelta(hours=2))
    with poll.context() as context:
        told = [one for one in check(context, context.election("spring")) if one.look]
    (said,) = [one.fact for one in told if "cannot be read" in one.fact]
    assert "1 row cannot be read for “Mayor”: a rank is above the number of choices" in said
    poll.at(COUNTS)
    result = poll.vote.result
    assert result
    assert [list(one.rounds[0].values()) for one in result.races.values()] == [
        [1, 0, 0, 0], [2, 0, 0]]  # fmt: skip


def test_a_tab_that_asks_more_ranks_than_there_are_choices_blocks_the_opening(poll: Poll) -> None:
    ranks: list[Cell] = [f"Mayor [{rank}]" for rank in ("1st", "2nd", "3rd", "4th", "5th")]
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        rows[0] = [*HEADERS[:2], *ranks, "Question 6"]
    with poll.context() as context:
        (said,) = failing(check(context, context.election("spring")))
    assert "column G asks for a rank of “Mayor” above its number of choices" in said


def test_a_tab_without_a_contests_column_blocks_the_opening(poll: Poll) -> None:
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        rows[0].pop()
    with poll.context() as context:
        assert any(
            "nothing asks “Question 6”" in one
            for one in failing(check(context, context.election("spring")))
        )


SENATE: tuple[dict[str, Any], ...] = tuple(
    {"id": name, "title": title, "kind": "ranked", "office": "State Senator",
     "candidates": ["Ada Park", "Bea Stone", "Cy Rivers"], "recommendation": "Ada Park"}
    for name, title in (("general", "State Senate"), ("special", "State Senate, special election"))
)  # fmt: skip


@pytest.mark.parametrize("day", [-1, 1])
def test_the_columns_of_a_cancelled_race_stop_no_other(
    poll: Poll, tmp_path: Path, day: int
) -> None:
    """EN-R11: before the opening and after it they are known, and no rank of another race."""
    box = {"workbook": WORKBOOK, "tab": TAB, "link": LINK}
    town = poll.town
    poll = Poll.prepare(
        town.sandbox, poll.clock, tmp_path / "other", build=False, ballots=box, races=SENATE
    )
    ranks = [f"{one['title']}, {rank} choice" for one in SENATE for rank in ("first", "2nd", "3rd")]
    with town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        rows[0] = [*HEADERS[:2], *ranks]
    poll.approved()
    if day > 0:
        poll.at(OPENS)
    poll.clock.at = OPENS + timedelta(days=day)
    with poll.context() as context:
        cancel_race(context, poll.name, "special", OFFICER, "It was called off.")
    poll.at(max(OPENS, poll.clock.at))
    _, code = next(iter(poll.invited().items()))
    moment = OPENS + timedelta(days=2)
    arrive(poll, code, "Ada Park", "Bea Stone", "", "Nobody", "", "", at=moment)
    poll.at(COUNTS)
    assert poll.vote.result
    outcomes = poll.vote.result.outcomes
    assert {race: one.choices for race, one in outcomes.items()} == {"general": ("Ada Park",)}


@pytest.mark.parametrize(("column", "missing"), [(0, "Timestamp"), (1, "Ballot code")])
def test_a_tab_without_times_or_codes_is_no_ballot_box(
    poll: Poll, column: int, missing: str
) -> None:
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        rows[0][column] = "Something"
    with poll.context() as context, pytest.raises(FixTheSettings, match=missing):
        check(context, context.election("spring"))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda head: head.append("Mayor [Ada Park]"),
         "“Mayor \\[Ada Park\\]” appears twice: columns C and H"),
        (lambda head: head.__setitem__(4, "Mayor [Cy Rivets]"), "lacks “Cy Rivers”"),
    ],
)  # fmt: skip
def test_no_count_rests_on_columns_that_changed_after_the_opening(
    poll: Poll, change: Callable[[list[Cell]], None], fault: str
) -> None:
    """BA-4: the later of two columns would win, and who lost a column would have no vote."""
    poll.opened()
    _, code = next(iter(poll.invited().items()))
    arrive(poll, code, "1st", "2nd", "3rd", "", "Yes", at=OPENS + timedelta(hours=1))
    with poll.town.sandbox.google.edit(WORKBOOK, TAB) as rows:
        change(rows[0])
    poll.clock.at = COUNTS
    with poll.context() as context:
        close(context, poll.vote)
    with poll.context() as context, pytest.raises(FixTheData, match=fault):
        tally(context, poll.vote)


def test_a_district_is_known_however_it_was_typed(poll: Poll) -> None:
    with poll.town.edit("Registrations") as rows:
        for row in rows[1:]:
            row[5] = str(row[5]).upper().replace(" ", "  ")
    poll.town.night()
    with poll.context() as context:
        assert failing(check(context, context.election("spring"))) == []
    poll.opened()
    with poll.context() as context:
        districts = {voter.district for voter in context.ledger.votes.roll("spring")}
    assert "10th Suffolk" in districts


def test_a_mistyped_district_blocks_the_opening(poll: Poll) -> None:
    file = poll.folder("contests") / "02-question-6.toml"
    file.write_text(file.read_text().replace("10th Suffolk", "10th Sufolk"))
    with poll.context() as context:
        (missing,) = failing(check(context, context.election("spring")))
    assert "none of the registered people live in 10th Sufolk; use the spelling" in missing


def test_the_question_of_the_code_is_found_whatever_the_keyboard_made_of_it(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """Check, link and count go by one rule (BA-7): what passed the first opens and counts."""
    asked = {"form": BALLOT, "code_question": "Member’s code"}
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", ballots=asked)
    poll.form.items[0]["title"] = "Member's code"
    poll.opened()
    assert poll.invited()
    with poll.context() as context:
        assert context.ballot_forms.arrived(poll.vote.election.ballots).rows == ()
