"""A form read a little at a time is the form read whole."""

import json
from base64 import urlsafe_b64encode
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from connectors.google import FormResponses, paging
from connectors.google import responses as module
from connectors.sandbox.faults import STRANGERS, Kind
from connectors.sandbox.google.form_state import Form as Held
from connectors.sandbox.invented import FORM
from connectors.settings import Form
from models.errors import FixTheSettings, TryAgainLater
from models.intake.columns import COLUMNS
from models.intake.report import read_registrations
from models.intake.row_results import RowResults
from models.intake.tables import Columns
from models.unmask import reveal
from tests.conftest import Clock
from tests.flows.town import Town

SIGN_INS = COLUMNS["event_sign_ins"]
ASKED = Form(id=FORM, holds="event_sign_ins", event="Climate forum")


def read(
    town: Town, known: FormResponses | None = None, columns: Columns = SIGN_INS, form: Form = ASKED
) -> FormResponses:
    """One reading, as the nightly job makes it."""
    with town.context() as context:
        return context.forms.read(form, columns, context.today, known)


def rows(answers: FormResponses) -> dict[str, list[object]]:
    """Response → its cells; Google gives them in no promised order."""
    return dict(zip(answers.table.row_names, map(list, answers.table.rows), strict=True))


def held(town: Town) -> Held:
    return town.sandbox.google.forms[FORM]


def test_what_is_new_joins_what_is_known(town: Town, clock: Clock) -> None:
    known = read(town)
    clock.go(minutes=10)
    town.answer("Ann", "ann@example.org")
    again = read(town, known)
    assert len(again.table.rows) == len(known.table.rows) + 1
    assert rows(again) == rows(read(town))


def test_an_edited_answer_replaces_the_earlier_one(town: Town, clock: Clock) -> None:
    known = read(town)
    clock.go(minutes=10)
    first = held(town).responses[0]
    name, address = (question["questionId"] for question in held(town).questions())
    held(town).submit({name: "Ann", address: "ann@example.org"}, clock(), edits=first.id)
    again = read(town, known)
    assert len(again.table.rows) == len(known.table.rows)
    assert "ann@example.org" in again.table.rows[again.table.row_names.index(first.id)]
    assert rows(again) == rows(read(town))


def test_an_address_in_the_title_of_a_form_is_no_part_of_its_places(town: Town) -> None:
    """DP-3: an answer is named by its own id alone."""
    held(town).title = "Sign-in of ann@example.org"
    table = read(town).table
    assert str(table.place(0)) == f"Sign-in of •••!response {table.row_names[0]}"


def test_an_answer_in_the_same_second_is_not_missed(town: Town, clock: Clock) -> None:
    clock.go(minutes=10)
    town.answer("Ann", "ann@example.org")
    known = read(town)
    town.answer("Ben", "ben@example.org")
    assert len(read(town, known).table.rows) == len(known.table.rows) + 1


def test_nothing_new_is_the_very_same(town: Town) -> None:
    known = read(town)
    assert read(town, known) is known


def test_a_deleted_answer_is_gone_within_a_week(town: Town, clock: Clock) -> None:
    known = read(town)
    del held(town).responses[0]
    clock.go(days=7)
    assert len(read(town, known).table.rows) == len(known.table.rows) - 1


@pytest.mark.parametrize("change", ["question", "header", "event"])
def test_another_meaning_of_the_answers_reads_them_all(
    town: Town, clock: Clock, change: str
) -> None:
    """The questions, the chapter's headers, or the event the form belongs to."""
    known = read(town)
    clock.go(minutes=10)
    town.answer("Ann", "ann@example.org")
    columns, form = SIGN_INS, ASKED
    if change == "question":
        held(town).items.reverse()
    elif change == "header":
        columns = SIGN_INS.renamed({"name": "Nickname"})
    else:
        form = ASKED.model_copy(update={"event": "Housing forum"})
    again = read(town, known, columns, form)
    assert again == read(town, None, columns, form)
    assert again.table.fields != known.table.fields or change != "header"


def test_pages_are_turned(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(town)
    monkeypatch.setattr(module, "PAGE", 2)
    town.sandbox.reset()
    assert read(town).table == whole.table
    pages = [e for e in town.sandbox.journal if e.path.endswith("/responses")]
    assert len(pages) == 2


def test_a_missing_question_names_the_closest(town: Town) -> None:
    held(town).items[1]["title"] = "Email adress"
    with pytest.raises(
        FixTheSettings, match="no header “Email address”; the closest is “Email adr"
    ):
        read(town)


def test_several_ticks_are_one_text(town: Town, clock: Clock) -> None:
    name, address = (question["questionId"] for question in held(town).questions())
    sent = held(town).submit({name: ["Ann", "Ben"], address: "ann@example.org"}, clock())
    assert "Ann, Ben" in rows(read(town))[sent.id]


def test_the_day_is_the_chapters(town: Town) -> None:
    """Moments stay in UTC; the rows are read in the chapter's zone later (VM-R1)."""
    table = read(town).table
    assert table.zone == "UTC"
    at = str(table.rows[0][table.fields.index("at")])
    assert date.fromisoformat(at[:10]) == date(2026, 3, 31) - timedelta(days=12)


# A form that nobody answered says `{}`, and so may anybody


def asked(town: Town) -> list[str]:
    """What the form was asked since the sandbox's reset."""
    return [e.path.rpartition("/")[2] for e in town.sandbox.journal if e.host.startswith("forms")]


def test_answers_are_not_gone_because_an_empty_object_came_once(town: Town, clock: Clock) -> None:
    known = read(town)
    for _ in range(2):  # the first time, and a week later when all are read
        town.sandbox.reset()
        town.sandbox.faults.matching("GET", "/responses$", "empty-200")
        assert rows(read(town)) == rows(known)
        assert asked(town)[:3] == ["responses", FORM, "responses"]
        clock.go(days=7)


def test_a_form_that_nobody_answered_is_believed_when_it_says_its_id(
    town: Town, clock: Clock
) -> None:
    held(town).responses.clear()
    town.sandbox.reset()
    known = read(town)
    assert (known.table.rows, asked(town)) == ([], ["responses", FORM, "responses", FORM])
    clock.go(days=1)
    town.sandbox.reset()
    assert read(town, known) is known
    assert asked(town) == ["responses"]  # there is nothing that could be taken away


@pytest.mark.parametrize("kind", ["empty-200", "other-200"])
def test_a_form_that_does_not_say_its_id_has_not_answered(town: Town, kind: Kind) -> None:
    town.sandbox.faults.matching("GET", "forms/", kind, times=3)
    with pytest.raises(TryAgainLater, match="this is not Google answering"):
        read(town)


def test_a_later_page_is_not_empty_because_an_empty_object_came_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read(town)
    monkeypatch.setattr(module, "PAGE", 2)
    town.sandbox.reset()
    town.sandbox.faults.at(3, "empty-200")  # after the token and the first page
    assert rows(read(town)) == rows(whole)
    assert asked(town)[:4] == ["responses", "responses", FORM, "responses"]


# A page may be empty and not the last (AIP-158)


def empty_pages(town: Town, patch: pytest.MonkeyPatch, many: int) -> None:
    """So many pages without an answer come first, each naming the next."""
    page = {"nextPageToken": urlsafe_b64encode(b"0 ").decode()}
    patch.setitem(STRANGERS, "other-200", (200, "application/json", json.dumps(page).encode()))
    town.sandbox.reset()
    town.sandbox.faults.matching("GET", "/responses$", "other-200", times=many)


def test_an_empty_page_that_names_the_next_is_a_page(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read(town)
    empty_pages(town, monkeypatch, 3)
    assert rows(read(town)) == rows(whole)
    assert asked(town) == ["responses"] * 4 + [FORM]


def test_pages_without_an_answer_have_an_end(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "EMPTY_PAGES", 5)
    empty_pages(town, monkeypatch, 1000)
    with pytest.raises(TryAgainLater, match="5 pages in a row hold nothing new"):
        read(town)
    assert asked(town) == ["responses"] * 5


@pytest.mark.parametrize("more", [{"nextPageToken": 7}, {"nextPageToken": "x", "user": "ann"}])
def test_an_empty_page_says_nothing_else(
    town: Town, monkeypatch: pytest.MonkeyPatch, more: dict[str, object]
) -> None:
    stranger = (200, "application/json", json.dumps(more).encode())
    monkeypatch.setitem(STRANGERS, "other-200", stranger)
    town.sandbox.faults.matching("GET", "/responses$", "other-200")
    with pytest.raises(TryAgainLater, match="this is not Google answering"):
        read(town)


def test_a_name_may_be_two_questions(town: Town, clock: Clock) -> None:
    form = held(town)
    form.items.clear()
    form.responses.clear()
    asked = [form.add_text(title) for title in ("Last name", "First name", "Email address")]
    form.submit(dict(zip(asked, ("Alder", "Ann", "ann@example.org"), strict=True)), clock())
    registrations = Form(id=FORM, holds="registrations")
    answers = read(town, columns=COLUMNS["registrations"], form=registrations)
    (row,) = read_registrations(answers.table, ZoneInfo("UTC"), RowResults())
    assert reveal(row.name) == "Ann Alder"
