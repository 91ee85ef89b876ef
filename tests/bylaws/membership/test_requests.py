"""Requests: any member can ask, by one form, and each request has an end."""

from datetime import timedelta

import pytest

from models.intake.tables import Cell
from models.year.request_queue import (
    WAITING,
    MemberRequest,
    RequestState,
    arrival_of,
    tried,
    unanswerable,
)
from models.year.requests import RequestKind, RequestRow
from tests.models.invented import gathered, registered
from tests.models.year.tabs import TODAY, asked, read

ANN = "ann@example.org"


def row(kind: str, **more: Cell) -> RequestRow:
    said: dict[str, Cell] = {"at": "2026-02-09 10:00", "address": ANN, "kind": kind}
    (found,) = read(requests=[said | more]).requests
    return found


@pytest.mark.parametrize("kind", [*RequestKind])
def test_a_member_can_ask_for_each_of_seven_things_by_one_form(kind: RequestKind) -> None:
    """ST-3"""
    found = row(kind.value, about="Sheriff", other_address="jo@example.org")
    assert arrival_of(found, [], TODAY).state in WAITING


def test_a_request_that_nobody_can_read_is_a_question_and_never_dropped() -> None:
    """ST-3"""
    said: dict[str, Cell] = {"at": "2026-02-09", "address": ANN, "kind": "sing a song"}
    ((weight, place, _),) = asked(read(requests=[said]))
    assert (weight, place) == ("question", "Requests!C2")


def test_nobody_sees_or_erases_data_before_the_address_is_proved() -> None:
    """DP-6"""
    for kind in (RequestKind.SEE, RequestKind.ERASE):
        assert arrival_of(row(kind.value), [], TODAY).state is RequestState.UNPROVED
    waits = MemberRequest(
        number=1, kind=RequestKind.SEE, state=RequestState.UNPROVED, received=TODAY,
        due=TODAY + timedelta(days=30), row=b"", mark="",
    )  # fmt: skip
    assert tried(waits, False, TODAY).state is RequestState.UNPROVED
    assert tried(waits, True, TODAY).state is RequestState.PROVED


def test_a_request_tells_no_stranger_whether_somebody_is_a_member() -> None:
    """ST-3: no email goes to an address that nobody has alone; an officer is told instead."""
    facts = gathered(
        today=str(TODAY),
        registrations=[registered("Ann Alder", ANN), registered("Al Alder", "two@example.org"),
                       registered("Bea Alder", "two@example.org")],
    )  # fmt: skip
    rows = [row("my status"), row("my status", address="two@example.org"),
            row("my status", address="who@example.org")]  # fmt: skip
    found = unanswerable(rows, facts.known.people.values(), TODAY)
    assert [one.reason for one in found] == [
        "several people share this address, so no email answers this request",
        "no sheet has this address, so no email answers this request",
    ]


def test_a_request_by_itself_changes_nobodys_vote() -> None:
    """ST-3: a correction counts once an officer records it as an exception (VM-R3)."""
    book = read(requests=[{"at": "2026-02-09", "address": ANN, "kind": "correct my attendance",
                           "about": "2026-02-01 Forum"}])  # fmt: skip
    assert len(book.requests) == 1
    assert (book.nominations, book.proposals, book.committee) == ((), (), None)
