"""The consent line of a registration: a plain yes or the box's own text, nothing else (DP-4)."""

import pytest

from models.intake.locations import Weight
from models.intake.people import Registration
from models.intake.report import read_registrations
from models.intake.row_results import RowResults
from models.intake.tables import Cell
from tests.models.invented import BOSTON, entry, gathered, registered, said, table

ANN = "ann@example.org"
BOX = "I agree to receive mail"
"""The ticked box's own text, as a chapter would set it."""


def answered(cell: Cell, *boxes: str) -> tuple[Registration, RowResults]:
    """A registration with this in its consent line."""
    tray = RowResults()
    line = registered("Ann Alder", ANN, wants_email=cell)
    (found,) = read_registrations(table("registrations", [line]), BOSTON, tray, boxes)
    return found, tray


@pytest.mark.parametrize(
    "cell",
    ["Yes", "yes please", "Yes, I'd like letters; I can unsubscribe at any time", "x", "✓", True,
     "Yes, I want letters", "yes, add me!", "Yes (you may opt out at any time)",
     "TRUE", BOX, f" {BOX.upper()}. ", "Sí", 1],
)  # fmt: skip
def test_a_clear_answer_is_consent(cell: Cell) -> None:
    found, tray = answered(cell, BOX)
    assert tray.review == []
    assert found.wants_email


@pytest.mark.parametrize(
    "cell",
    ["", None, "No", "no, thanks", "No thanks!", "Not now", "Nope", "never", "none", "N/A", "n/a",
     "-", "?", "Don't add me", "don’t", "do not", "please do not write", "Maybe later", False, 0,
     "unsubscribe me", "remove", "already on it", "opt out", "I'd rather not",
     "Please no emails", "Thanks, no", "I can't take more mail", "stop mailing me",
     "Please remove me", "take me off the list", "unsure", "held", "counts", "Sign me up",
     "Yes, but no emails", "yes to meetings, not to mail", "y, stop", f"{BOX} never",
     "Yes, I want to unsubscribe", "yes, unsubscribe me", "yes?", "Yes, unless weekly",
     "Yes, if monthly", "yes, opt out", "Yes - opt-out", "yes, text only", "Sí, baja"],
)  # fmt: skip
def test_silence_refusal_and_doubt_are_no_consent(cell: Cell) -> None:
    found, _ = answered(cell, BOX)
    assert not found.wants_email


def test_an_answer_nobody_set_is_no_consent_and_is_pointed_out() -> None:
    found, tray = answered(BOX)
    assert not found.wants_email
    (item,) = tray.review
    assert (str(item.place), item.weight, item.rule) == ("Registrations!G2", Weight.NOTE, "DP-4")
    assert item.reason == "this is neither yes nor no; treated as no consent"
    assert "set it as `consent` in chapter.toml" in item.next_step
    assert answered("No, thanks")[1].review == []


@pytest.mark.parametrize(
    ("box", "cell"),
    [(BOX, f"{BOX}!"), (f"{BOX}!", BOX), (f"{BOX}.", f"{BOX}!!"), (f"{BOX};", f"{BOX},"),
     ("Join our mailing list?", "Join our mailing list"),
     ("Join our mailing list?", "Join our mailing list?"),
     ("Yes! Send me letters!", "Yes! Send me letters")],
)  # fmt: skip
def test_marks_at_the_end_of_the_boxs_text_make_no_difference(box: str, cell: str) -> None:
    found, tray = answered(cell, box)
    assert found.wants_email
    assert tray.review == []


@pytest.mark.parametrize("box", ["", "!", "?", " . "])
def test_a_box_without_words_is_no_yes_to_an_empty_cell(box: str) -> None:
    assert not answered("", box)[0].wants_email
    assert not answered(".", box)[0].wants_email


@pytest.mark.parametrize("cell", [f"{BOX}?", f"{BOX} ?!", f"{BOX}... not", f"{BOX}-"])
def test_but_a_question_or_a_word_does(cell: str) -> None:
    found, tray = answered(cell, BOX)
    assert not found.wants_email
    assert [item.rule for item in tray.review] == ["DP-4"]


# ── the last word of several ──

YES, NO = "Yes", "No"
EVENING, MORNING, DAY = 46089.7, 46089.375, 46089


def heard(*said_when: tuple[Cell, str]) -> tuple[bool, str]:
    """Whether somebody who registered several times gets mail, and what the review asks."""
    lines = [registered("Ann Alder", ANN, at=at, wants_email=word) for at, word in said_when]
    facts = gathered(today="2026-06-01", registrations=lines)
    return entry(facts, ANN).person.wants_email, said(facts)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (DAY, DAY + 1),
        (MORNING, EVENING),
        ("3/8/2026 9:00", "3/8/2026 5:00 PM"),
        ("2026-03-08T14:00:00Z", "2026-03-08T21:00:00.000Z"),
        ("3/8/2026 09:00:00", EVENING),
    ],
)
def test_the_later_of_two_answers_counts_in_whatever_order_they_stand(
    earlier: Cell, later: Cell
) -> None:
    for word, other in ((YES, NO), (NO, YES)):
        rows = [(later, word), (earlier, other)]
        assert heard(*rows) == heard(*rows[::-1]) == (word == YES, "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DAY, DAY),
        (DAY, EVENING),
        (EVENING, EVENING),
        ("", EVENING),
        ("", ""),
        ("3/8/2026 29:99", MORNING),
    ],
)
def test_where_nobody_knows_which_came_last_there_is_no_consent(one: Cell, other: Cell) -> None:
    for words in ((YES, NO), (NO, YES)):
        mail, asked = heard((one, words[0]), (other, words[1]))
        assert not mail
        assert "[question] this person's registrations disagree about email" in asked
    assert heard((one, YES), (other, YES))[0]
    assert heard((DAY + 1, YES), (DAY, NO))[0]


def test_other_addresses_that_are_none_cost_nobody_the_registration() -> None:
    for cell in ("none", "same", "n/a\x40n.a", "n/a", "none\x40none.com", "see above"):
        tray = RowResults()
        line = registered("Ann Alder", "ann@example.org", other_addresses=cell)
        (found,) = read_registrations(table("registrations", [line]), BOSTON, tray)
        assert len(found.addresses) == 1
        assert [item.weight for item in tray.review] == [Weight.NOTE]
