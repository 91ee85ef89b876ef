"""A tab or form of which no row can be used stops the night, and says which, why and what to do."""

from collections.abc import Callable

import pytest

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import FORM, WORKBOOK
from flows.alerts.words import sentence
from flows.doctor import examine
from flows.service.due_steps import run_due_steps
from models.mail.plans import UnsafePlan
from tests.conftest import Clock
from tests.flows.town import Town

Rows = list[list[Cell]]


def spoil(town: Town, tab: str, change: Callable[[list[Cell]], object]) -> None:
    """Change each row of a tab below its header."""
    with town.edit(tab) as rows:
        for row in rows[1:]:
            change(row)


def refused(town: Town) -> UnsafePlan:
    town.sandbox.reset()
    with pytest.raises(UnsafePlan) as told:
        town.night()
    assert town.writes() == []
    return told.value


def put(column: int, cell: Cell) -> Callable[[list[Cell]], object]:
    return lambda row: row.__setitem__(column, cell)


@pytest.mark.parametrize(
    ("tab", "change", "why", "step"),
    [
        ("Volunteering", put(0, "soon"), "this is not a date", "write the date like"),
        ("Volunteering", put(2, "see list"), "", "address"),
        ("Registrations", put(2, "see list"), "", "address"),
        ("Events", put(0, "Q1"), "", "write the date like"),
        (
            "Sign-ins",
            lambda row: put(1, f"{row[1]} (old)")(row),
            "no event has this",
            "add the event",
        ),
    ],
)
def test_at_the_first_night_a_tab_that_says_nothing_is_told(
    town: Town, tab: str, change: Callable[[list[Cell]], object], why: str, step: str
) -> None:
    """Nobody loses the vote by it yet, and the other guards have nothing to compare with."""
    spoil(town, tab, change)
    told = refused(town)
    (said,) = [one for one in told.fact.split("; none of ") if f"of “{tab}” can be used" in one]
    assert why in said
    assert step in told.fact
    assert f"clerk sync --approve {told.fingerprint}" in told.next_step


@pytest.mark.parametrize("cell", ["#N/A", ""])
def test_nor_does_one_whose_formulas_bring_nobody_any_more(town: Town, cell: Cell) -> None:
    with town.edit("Sign-ins") as rows:
        rows[1:] = [["", "Housing forum", cell, cell]] * 30
    assert "none of the 30 rows of “Sign-ins” can be used: none of them has a time or" in str(
        refused(town)
    )


def test_a_form_whose_answers_name_nobody_is_told(town: Town) -> None:
    """A question that was deleted and asked again has a new id: all answers stay under the old."""
    form = town.sandbox.google.forms[FORM]
    for number, item in enumerate(form.items):
        item["questionItem"]["question"]["questionId"] = f"{number:08x}"
    told = refused(town)
    assert "none of the 3 rows of “Climate forum sign-in” can be used" in told.fact


def test_one_row_may_be_a_slip_of_the_pen(town: Town) -> None:
    with town.edit("Exceptions") as rows:
        assert len(rows) == 2
        rows[1][0] = "soon"
    assert town.night().applied


def test_a_tab_whose_event_is_still_to_be_named_is_a_question_and_stops_nothing(
    town: Town,
) -> None:
    town.rewrite('event = "Climate forum"', 'event = "Autumn social"')
    assert town.night().applied


def test_nor_is_a_tab_of_sign_ins_for_one_event_that_is_still_to_be_named(town: Town) -> None:
    spoil(town, "Sign-ins", put(1, "Autumn social"))
    assert town.night().applied


def test_once_approved_it_is_asked_about_again_at_twice_as_many(town: Town, clock: Clock) -> None:
    spoil(town, "Volunteering", put(0, "soon"))
    told = refused(town)
    assert town.night(approve=told.fingerprint).applied
    clock.go(days=1)
    assert town.night().applied
    with town.edit("Volunteering") as rows:
        rows += [list(row) for row in rows[1:]]
    clock.go(days=1)
    assert "none of the 8 rows of “Volunteering”" in refused(town).fact


def test_one_that_was_mended_is_asked_about_when_it_breaks_again(town: Town, clock: Clock) -> None:
    good = [row[0] for row in town.rows("Volunteering")]
    spoil(town, "Volunteering", put(0, "soon"))
    town.night(approve=refused(town).fingerprint)
    with town.edit("Volunteering") as rows:
        for row, day in zip(rows, good, strict=True):
            row[0] = day
    clock.go(days=1)
    town.night(approve=town.night(apply=False).plan.fingerprint)
    spoil(town, "Volunteering", put(0, "soon"))
    clock.go(days=1)
    assert "“Volunteering”" in refused(town).fact


def test_doctor_tells_it_too_until_it_is_let_pass(town: Town, clock: Clock) -> None:
    spoil(town, "Volunteering", put(0, "soon"))
    (told,) = [one for one in examine(town.folder) if not one.fine]
    assert told.what == f"spreadsheet {WORKBOOK}: tabs and headers"
    assert told.found.startswith("none of the 4 rows of “Volunteering” can be used: this is not")
    assert told.next_step.startswith("write the date like")
    town.night(approve=refused(town).fingerprint)
    found = {one.what: one for one in examine(town.folder)}
    assert found[told.what].fine


def test_officers_are_told_how_many_rows_say_nothing(town: Town) -> None:
    spoil(town, "Volunteering", put(0, "soon"))
    with town.context() as context:
        with pytest.raises(UnsafePlan):
            run_due_steps(context, lambda _: None, night=True)
        (known,) = context.ledger.alerts.still_so()
    assert known.alert.counts["rows-unusable"] == 4
    assert sentence(known.alert).endswith(
        "4 rows are in tabs or forms in which no row can be used."
    )
