"""What was open, and cannot be seen any more: unknown is not closed (DP-7)."""

from contextlib import suppress
from typing import Any

from connectors.sandbox.invented import FORM, WORKBOOK
from models.errors import FixTheSettings
from tests.conftest import Clock
from tests.flows.test_sharing import LINK, news, night, open_book
from tests.flows.town import Town

__all__ = ["open_book"]


def test_what_was_open_and_cannot_be_seen_any_more_is_not_told_to_be_over(
    town: Town, clock: Clock, open_book: list[dict[str, Any]]
) -> None:
    open_book.append(LINK)
    night(town)
    news(town)
    book = town.sandbox.google.workbooks[WORKBOOK]
    book.editors_share = False
    clock.go(days=1)
    night(town)
    (letter,) = news(town)
    assert "The program cannot check who can open workbook 1 of chapter.toml" in letter.text
    assert "OVER" not in letter.text
    clock.go(days=1)
    night(town)
    assert news(town) == []
    book.editors_share = True
    open_book.clear()
    clock.go(days=1)
    night(town)
    assert "2 over" in news(town)[0].subject


def test_answers_that_lay_open_are_not_closed_because_their_form_is_hidden(
    town: Town, clock: Clock
) -> None:
    google = town.sandbox.google
    google.forms[FORM].linked_sheet_id = "linked"
    linked = google.add_workbook("linked", "Answers", {"Form Responses 1": []})
    linked.grants.append(LINK)
    night(town)
    news(town)
    allowed = set(google.forms[FORM].shared_with)
    google.forms[FORM].shared_with.clear()
    clock.go(days=1)
    with suppress(FixTheSettings):
        night(town)
    (letter,) = news(town)
    assert "OVER" not in letter.text
    google.forms[FORM].shared_with |= allowed
    linked.grants.clear()
    clock.go(days=1)
    night(town)
    assert "OVER" in news(town)[0].text
