"""The consent line of a registration: a plain yes or the box's own text, nothing else (DP-4)."""

import pytest

from models.intake import read_registrations
from models.people import Registration
from models.places import Weight
from models.rows import Tray
from models.tables import Cell
from tests.models.invented import BOSTON, registered, table

ANN = "ann@example.org"
BOX = "I agree to receive mail"
"""The ticked box's own text, as a chapter would set it."""


def answered(cell: Cell, *boxes: str) -> tuple[Registration, Tray]:
    """A registration with this in its consent line."""
    tray = Tray()
    line = registered("Ann Alder", ANN, wants_mail=cell)
    (found,) = read_registrations(table("registrations", [line]), BOSTON, tray, boxes)
    return found, tray


@pytest.mark.parametrize(
    "cell",
    ["Yes", "yes please", "Yes, I'd like letters; I can unsubscribe at any time", "x", "✓", True,
     "TRUE", BOX, f" {BOX.upper()}. ", "Sí", 1],
)  # fmt: skip
def test_a_clear_answer_is_consent(cell: Cell) -> None:
    found, tray = answered(cell, BOX)
    assert tray.review == []
    assert found.wants_mail


@pytest.mark.parametrize(
    "cell",
    ["", None, "No", "no, thanks", "No thanks!", "Not now", "Nope", "never", "none", "N/A", "n/a",
     "-", "?", "Don't add me", "don’t", "do not", "please do not write", "Maybe later", False, 0,
     "unsubscribe me", "remove", "already on it", "opt out", "I'd rather not",
     "Please no emails", "Thanks, no", "I can't take more mail", "stop mailing me",
     "Please remove me", "take me off the list", "unsure", "held", "counts", "Sign me up",
     "Yes, but no emails", "yes to meetings, not to mail", "y, stop", f"{BOX} never"],
)  # fmt: skip
def test_silence_refusal_and_doubt_are_no_consent(cell: Cell) -> None:
    found, _ = answered(cell, BOX)
    assert not found.wants_mail


def test_an_answer_nobody_set_is_no_consent_and_is_pointed_out() -> None:
    found, tray = answered(BOX)
    assert not found.wants_mail
    (item,) = tray.review
    assert (str(item.place), item.weight, item.rule) == ("Registrations!I2", Weight.NOTE, "DP-4")
    assert item.reason == "neither yes nor no stands here; taken for no consent"
    assert "set it as `consent` in chapter.toml" in item.next_step
    assert answered("No, thanks")[1].review == []
