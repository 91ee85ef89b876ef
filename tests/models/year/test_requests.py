"""Members' requests: what a row says, and when one is new, part of another, or over (ST-3)."""

from datetime import date, timedelta

import pytest

from models.intake.tables import Cell
from models.year.request_queue import (
    CODE_DAYS,
    FRESH_DAYS,
    MOST_IN_A_WEEK,
    Arrival,
    MemberRequest,
    RequestState,
    arrival_of,
    tried,
)
from models.year.requests import RequestKind, RequestRow
from tests.models.year.tabs import TODAY, asked, read

ANN = "ann@example.org"
ROW: dict[str, Cell] = {"at": "2026-02-09 10:00", "address": ANN, "kind": "my status"}
DAY = timedelta(days=1)


def rows(*said: dict[str, Cell]) -> tuple[RequestRow, ...]:
    return read(requests=[ROW | one for one in said]).requests


def row(**said: Cell) -> RequestRow:
    (one,) = rows(said)
    return one


def held(number: int, kind: RequestKind = RequestKind.STATUS, **said: object) -> MemberRequest:
    facts = {
        "number": number, "kind": kind, "state": RequestState.OPEN, "received": TODAY - DAY,
        "due": TODAY + 29 * DAY, "row": b"row", "mark": "mark",
    }  # fmt: skip
    return MemberRequest.model_validate(facts | said)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("My status", RequestKind.STATUS),
        ("correct my attendance", RequestKind.ATTENDANCE),
        ("Consider an endorsement", RequestKind.ENDORSEMENT),
        ("Propose a priority", RequestKind.PRIORITY),
        ("see my data", RequestKind.SEE),
        ("Erase my data", RequestKind.ERASE),
        ("Mi situación", RequestKind.STATUS),
        ("Borrar mis datos", RequestKind.ERASE),
    ],
)
def test_a_request_is_of_a_closed_list_of_kinds_in_both_languages(
    said: str, kind: RequestKind
) -> None:
    """ST-3"""
    assert row(kind=said, about="something").kind is kind


@pytest.mark.parametrize(
    ("said", "cell"),
    [
        ({"kind": "my statuz"}, "C2"),
        ({"kind": None}, "C2"),
        ({"address": None}, "B2"),
        ({"at": "2026-02-11"}, "A2"),
        ({"at": None}, "A2"),
        ({"kind": "correct my attendance"}, "D2"),
        ({"kind": "propose a priority", "about": "x" * 1001}, "D2"),
        ({"kind": "nominate", "about": "Jo Rivera"}, "E2"),
        ({"kind": "nominate", "other_address": "jo@example.org"}, "D2"),
    ],
)
def test_a_row_that_is_no_request_is_a_question_with_its_cell(
    said: dict[str, Cell], cell: str
) -> None:
    """ST-3: nothing is dropped."""
    book = read(requests=[ROW | said])
    assert book.requests == ()
    ((weight, place, reason),) = asked(book)
    assert (weight, place) == ("question", f"Requests!{cell}")
    assert ANN not in reason


def test_a_code_cell_that_holds_no_letter_of_a_code_is_a_code_that_fits_nothing() -> None:
    assert row(kind="see my data", code="—").code is not None
    assert row(kind="see my data").code is None


def test_a_new_request_is_open_and_one_about_data_waits_for_its_code() -> None:
    """ST-3, DP-6"""
    assert arrival_of(row(), [], TODAY) == Arrival(RequestState.OPEN)
    for kind in ("see my data", "erase my data"):
        assert arrival_of(row(kind=kind), [], TODAY).state is RequestState.UNPROVED


def test_the_same_request_again_is_part_of_the_one_that_waits() -> None:
    again = row(kind="propose a priority", about="More  Buses")
    first = row(kind="propose a priority", about="more buses", at="2026-02-01")
    other = row(kind="propose a priority", about="more trains", at="2026-02-01")
    waits = held(7, RequestKind.PRIORITY)
    assert arrival_of(again, [(first, waits)], TODAY).state is RequestState.JOINED
    assert arrival_of(again, [(first, waits)], TODAY).into == 7
    assert arrival_of(again, [(other, waits)], TODAY).state is RequestState.OPEN
    over = held(7, RequestKind.PRIORITY, state=RequestState.ANSWERED, ended=TODAY)
    assert arrival_of(again, [(first, over)], TODAY).state is RequestState.OPEN


def test_one_waiting_request_about_data_is_enough_whatever_it_says() -> None:
    again, first = row(kind="erase my data", about="please"), row(kind="erase my data")
    waits = held(3, RequestKind.ERASE, state=RequestState.UNPROVED)
    assert arrival_of(again, [(first, waits)], TODAY).state is RequestState.JOINED


@pytest.mark.parametrize(("days", "state"), [(6, RequestState.REFUSED), (7, RequestState.OPEN)])
def test_a_status_is_answered_once_in_seven_days(days: int, state: RequestState) -> None:
    """ST-3: whoever types a member's address cannot fill their mailbox."""
    before = held(1, state=RequestState.ANSWERED, ended=TODAY - days * DAY, received=date.min)
    assert arrival_of(row(), [(None, before)], TODAY).state is state


@pytest.mark.parametrize(
    ("many", "days", "state"),
    [
        (MOST_IN_A_WEEK - 1, 1, RequestState.OPEN),
        (MOST_IN_A_WEEK, 6, RequestState.REFUSED),
        (MOST_IN_A_WEEK, 7, RequestState.OPEN),
    ],
)
def test_a_person_has_so_many_requests_in_seven_days(
    many: int, days: int, state: RequestState
) -> None:
    mine = [(None, held(n, RequestKind.PRIORITY, received=TODAY - days * DAY)) for n in range(many)]
    assert arrival_of(row(), mine, TODAY).state is state


@pytest.mark.parametrize(
    ("days", "state"),
    [(FRESH_DAYS, RequestState.OPEN), (FRESH_DAYS + 1, RequestState.EXPIRED)],
)
def test_a_row_that_was_old_when_it_was_first_read_is_expired(
    days: int, state: RequestState
) -> None:
    """A form that is connected late emails nobody about what they asked a year ago."""
    old = row(at=str(TODAY - days * DAY))
    assert arrival_of(old, [], TODAY).state is state


def test_a_code_proves_the_address_once_and_not_after_its_days() -> None:
    """DP-6"""
    waits = held(3, RequestKind.SEE, state=RequestState.UNPROVED, received=TODAY - CODE_DAYS * DAY)
    assert tried(waits, True, TODAY).state is RequestState.PROVED
    assert tried(waits, True, TODAY + DAY).state is RequestState.UNPROVED
    wrong = waits
    for _ in range(4):
        wrong = tried(wrong, False, TODAY)
        assert wrong.state is RequestState.UNPROVED
    assert tried(wrong, False, TODAY).state is RequestState.REFUSED
    assert tried(wrong, True, TODAY).state is RequestState.PROVED


def test_a_wrong_code_after_the_right_one_changes_nothing() -> None:
    proved = held(3, RequestKind.SEE, state=RequestState.PROVED)
    assert tried(proved, False, TODAY) == tried(proved, True, TODAY) == proved
