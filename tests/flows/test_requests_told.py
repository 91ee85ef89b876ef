"""Requests as they are shown: in the terminal, in the tab, in counts; nobody is named (DP-3)."""

import json
from datetime import timedelta

import pytest

from connectors.sandbox.invented import WORKBOOK
from flows.nightly.facts import year_of
from flows.privacy import person
from flows.requests import deciding
from flows.requests.agenda import agenda
from flows.tabs import cycle, requested, status
from flows.tabs.keep import after_a_night, at_a_strike, troubles_of
from flows.views import previews
from flows.views.roll import name_of
from models.errors import FixTheData
from models.year.request_queue import RequestState
from tests.flows.test_committee_year import Clerk, clerk
from tests.flows.test_requests import ANN, BEN, STRANGER, ask, asking, bring, code, held, mail
from tests.flows.town import Town

__all__ = ("asking", "clerk")


@pytest.fixture
def queued(asking: Town) -> Town:
    """A priority of Ann's, an endorsement, a request about Ben's data, and a stranger's."""
    ask(asking, ANN, "propose a priority", f"More buses, says {BEN}")
    ask(asking, ANN, "consider an endorsement", "Sheriff")
    ask(asking, BEN, "erase my data")
    ask(asking, STRANGER, "my status")
    bring(asking)
    return asking


def test_the_list_has_numbers_states_and_cells_and_no_names(queued: Town, clerk: Clerk) -> None:
    said = clerk("requests", "list")
    for part in ("propose a priority", "waits for its code", "Requests!2:2", "no email reaches"):
        assert part in " ".join(said.split())
    assert "@" not in said
    found = json.loads(clerk("requests", "list", "--json"))
    assert [(one["number"], one["state"], one["late"]) for one in found] == [
        (1, "open", False), (2, "open", False), (3, "waits for its code", False),
        (4, "open", False),
    ]  # fmt: skip


def test_requests_of_a_tab_that_was_never_read_are_not_none(town: Town, clerk: Clerk) -> None:
    town.add_tab("requests")
    with pytest.raises(FixTheData, match="has not read any sheets yet"):
        clerk("requests", "list")


def test_one_request_says_who_asks_for_what_and_what_can_be_done(
    queued: Town, clerk: Clerk
) -> None:
    with queued.context() as context:
        name = name_of(person.find(context, ANN).person)
    said = clerk("requests", "show", "1")
    for part in (name, "More buses, says •••", "Next: clerk requests accept 1 --by"):
        assert part in said
    assert "@" not in said
    assert "No sheet" not in said
    assert "an address that no sheet has" in clerk("requests", "show", "4")


def test_each_kind_ends_by_a_command(queued: Town, clerk: Clerk) -> None:
    by = ("--by", "Thea")
    assert "Request 1: answered" in clerk("requests", "accept", "1", *by)
    shown = clerk("requests", "show", "1")
    assert "Thea, March 31, 2026: answered." in shown
    assert "clerk requests take-back 1" in shown
    assert "waits again" in clerk("requests", "take-back", "1", *by)
    assert "refused" in clerk("requests", "refuse", "1", "--why", "It is not ours.", *by)
    assert "on the agenda" in clerk("requests", "accept", "2", *by)
    clerk("requests", "answer", "2", "--why", "We take it up.", *by)
    assert "is proved" in clerk("requests", "code", "3", code(queued, 3), *by)
    assert "clerk person forget" in clerk("requests", "show", "3")
    assert "withdrawn" in clerk("requests", "withdraw", "4", *by)
    assert [one["state"] for one in json.loads(clerk("requests", "list", "--json"))] == [
        "refused", "answered", "address proved", "withdrawn",
    ]  # fmt: skip
    bring(queued)
    assert {one for one in mail(queued) if one[1].endswith("end")} == {
        (ANN, "request 1 end"), (ANN, "request 2 end"),
    }  # fmt: skip


def test_the_tab_has_the_queue_and_nobody(queued: Town) -> None:
    with queued.context() as context:
        rows = requested.content_of(context).rows
        names = [name_of(person.find(context, who).person) for who in (ANN, BEN)]
    assert [row[:3] for row in rows[1:5]] == [
        ("1", "propose a priority", "open"),
        ("2", "consider an endorsement", "open"),
        ("3", "erase my data", "waits for its code"),
        ("4", "my status", "open"),
    ]
    assert not [one for one in ("@", "buses", *names) if one in str(rows)]


def test_the_tab_is_written_only_where_the_chapter_names_it(queued: Town) -> None:
    with queued.context() as context:
        after_a_night(context, print)
    titles = [one.title for one in queued.sandbox.google.workbooks[WORKBOOK].tabs]
    assert not [one for one in titles if one.startswith("Clerk – queue")]
    queued.rewrite(
        'requests = "Requests"\n', 'requests = "Requests"\nrequested = "Clerk – queue"\n'
    )
    with queued.context() as context:
        after_a_night(context, print)
    assert queued.rows("Clerk – queue")[1][:2] == ["1", "propose a priority"]


def test_what_is_late_is_said_in_counts(queued: Town) -> None:
    start = queued.clock
    for days, late in ((30, 0), (31, 3)):
        queued.clock = lambda days=days: start() + timedelta(days=days)  # type: ignore[misc]  # binds the loop's value
        bring(queued)
        with queued.context() as context:
            said = str(status.content_of(context).rows)
        assert f"3 requests wait; late: {late}." in said


def test_the_agenda_is_in_the_cycles_tab_until_the_request_ends(queued: Town) -> None:
    """EN-2"""
    with queued.context() as context:
        assert agenda(context) == []
        deciding.accept(context, 2, "Thea")
        told = "Members ask the committee to consider: “Sheriff” (request 2)"
        assert (told,) in cycle.content_of(context).rows
        deciding.end(context, 2, RequestState.WITHDRAWN, "", "Thea")
        assert agenda(context) == []


def test_a_mailing_list_that_is_down_stops_no_night_and_is_tried_again(asking: Town) -> None:
    ask(asking, ANN, "my status")
    night = asking.night()
    said: list[str] = []
    asking.sandbox.faults.matching("POST", r"/campaigns$", "503-html")
    with asking.context() as context:
        after_a_night(context, said.append, night)
        assert "answers to requests" in troubles_of(context).known
    assert any("the answers to requests could not be written" in one for one in said)
    assert held(asking).state is RequestState.OPEN
    asking.sandbox.faults.clear()
    with asking.context() as context:
        at_a_strike(context, said.append)
    assert mail(asking) == [(ANN, "request 1 status")]
    assert held(asking).state is RequestState.ANSWERED


def test_an_accepted_row_of_a_tab_that_went_stays(queued: Town) -> None:
    """What an officer granted does not hang on the form's answers."""
    with queued.context() as context:
        deciding.accept(context, 1, "Thea")
    with queued.edit("Requests") as rows:
        del rows[1:]
    bring(queued)
    with queued.context() as context:
        assert [one.text for one in year_of(context).proposals] == ["More buses, says •••"]


def test_a_plan_says_that_requests_are_answered_after_the_run(town: Town, clerk: Clerk) -> None:
    """The first run emails no one, but who asked something."""
    assert "New requests are answered" not in clerk("sync")
    town.add_tab("requests")
    assert "New requests are answered by email after each run" in clerk("sync")
    assert "New requests are answered" not in clerk("sync", "--apply")


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("request-status", "voting member"),
        ("request-receipt", "see my data"),
        ("request-end", "(what the officer writes)"),
    ],
)
def test_the_emails_about_requests_can_be_looked_at(
    asking: Town, clerk: Clerk, kind: str, says: str
) -> None:
    page = clerk("emails", "preview", kind)
    assert says in page
    assert "*|" not in page


def test_a_test_of_the_receipt_has_a_code_that_proves_nothing(asking: Town) -> None:
    ask(asking, ANN, "see my data")
    bring(asking)
    with asking.context() as context:
        said = previews.test_words(context, "request-receipt", "").text
    assert "*|CLPROOF|*" not in said
    assert code(asking) not in said
