"""What the settings say of headers: every source is read as it was confirmed, or refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.setup.headers import NONE, Use, Wordings
from flows.setup.shown import LABELS
from flows.setup.sorts import sort_of
from flows.setup.tabs import checked, fits, pattern_of
from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.intake.headers import heads_of
from models.intake.wordings import WORDINGS
from models.privacy import MASK
from tests.models.invented import BOSTON
from tests.models.test_any_cell import any_cell

HEADERS = ("Event", "Name", "Email address", "Email", "Meeting", "Who", "Timestamp", "When")
FIELDS = ("at", "event", "address", "name")


def use(headers: list[str], columns: dict[str, tuple[int, ...]], place: str = "a tab") -> Use:
    return Use(place, "sign_ins", tuple(heads_of(headers)), columns)


def test_usual_headers_need_no_setting() -> None:
    wordings = Wordings()
    wordings.add(use(["Event", "Email address"], {"event": (0,), "address": (1,)}))
    assert wordings.headers() == {}


def test_both_wordings_of_two_tabs_are_set() -> None:
    wordings = Wordings()
    wordings.add(use(["Event", "Email address"], {"event": (0,), "address": (1,)}))
    wordings.add(use(["Meeting", "Email address"], {"event": (0,), "address": (1,)}))
    assert wordings.headers() == {"sign_ins": {"event": ("Event", "Meeting")}}


def test_a_usual_header_over_something_else_makes_its_field_nobodys() -> None:
    wordings = Wordings()
    wordings.add(use(["Name", "Email address"], {"event": (0,), "address": (1,)}))
    assert wordings.headers() == {"sign_ins": {"event": ("Name",), "name": (NONE,)}}
    with pytest.raises(FixTheSettings, match="“Name” of a tab would be read as name"):
        wordings.add(
            use(["Event", "Email address", "Name"],
                {"event": (0,), "address": (1,), "name": (2,)}, "the second")
        )  # fmt: skip
    assert len(wordings.uses) == 1


@st.composite
def a_use(draw: st.DrawFn) -> Use:
    headers = draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=5))
    columns: dict[str, list[int]] = {}
    for place in range(len(headers)):
        if name := draw(st.sampled_from((*FIELDS, ""))):
            columns.setdefault(name, []).append(place)
    return use(headers, {name: tuple(places) for name, places in columns.items()})


@given(st.lists(a_use(), max_size=4))
def test_what_was_taken_up_is_read_as_it_was_confirmed(uses: list[Use]) -> None:
    """Whatever a person confirms, in whatever order: never another reading in silence."""
    wordings = Wordings()
    for one in uses:
        with suppress(FixTheSettings):
            wordings.add(one)
    wanted = wordings.columns_of("sign_ins")
    assert all(one.is_read_by(wanted) for one in wordings.uses)
    assert len(wordings.uses) >= bool(uses and uses[0].is_read_by(COLUMNS["sign_ins"]))


@given(any_cell, st.sampled_from(("", "at", "address", "name", "event", "day")))
def test_of_a_cell_only_its_sort_is_shown(cell: object, name: str) -> None:
    shown = str(sort_of(cell, name, BOSTON))  # type: ignore[arg-type]  # whatever a cell may be
    plain = {"", "yes", "no", "an address", "a number", f"text {MASK}"}
    months = "January February March April May June July August September October November December"
    assert (
        shown in plain or shown.split()[0] in months.split() or len(shown) < len("same person ") + 4
    )
    if isinstance(cell, str) and "@" in cell:
        assert "@" not in shown


@pytest.mark.parametrize(
    ("cell", "name", "shown"),
    [
        ("Ann Alder", "name", f"text {MASK}"),
        ("Ann Alder", "day", f"text {MASK}"),
        ("ann@example.org", "event", "an address"),
        ("Ann <ann@example.org>", "", "an address"),
        (6175550100, "phone", "a number"),
        (6175550100, "at", "a number"),
        (46035.8, "at", "January 13, 2026"),
        ("1/13/2026 19:00", "at", "January 13, 2026"),
        ("1/13/2026", "name", f"text {MASK}"),
        ("Yes", "wants_email", "Yes"),
        (True, "held", "yes"),
        (False, "held", ""),
        (None, "", ""),
    ],
)
def test_a_cell_is_shown_as(cell: str | float | bool | None, name: str, shown: str) -> None:
    assert str(sort_of(cell, name, BOSTON)) == shown


@pytest.mark.parametrize(
    ("titles", "pattern"),
    [
        (["Sign-in Jan", "Sign-in Feb"], "Sign-in *"),
        (["Sign-in 2026-01-13", "Sign-in 2026-02-10"], "Sign-in *"),
        (["Jan sign-in", "March sign-in"], "* sign-in"),
        (["Forum [Zoom]"], "Forum [[]Zoom]"),
        (["What now?"], "what now"),
        (["Why? Forum"], "Why[?] Forum"),
        (["Sign–in Jan", "Sign–in Feb"], "sign-in *"),
    ],
)
def test_a_pattern_fits_its_tabs(titles: list[str], pattern: str) -> None:
    assert pattern_of(titles) == pattern
    assert all(fits(pattern, one) for one in titles)


def test_a_pattern_that_finds_more_or_less_is_refused() -> None:
    with pytest.raises(ValueError, match="“Forum” does not fit"):
        checked("Sign*", ["Sign-in", "Forum"], [])
    with pytest.raises(ValueError, match="“Signs” fits this pattern too"):
        checked("Sign*", ["Sign-in"], ["Signs"])


BY_HAND = {"statewide"}
"""Kinds of a statewide body, which names their tab itself (docs/state.md)."""


@pytest.mark.parametrize("kind", sorted(COLUMNS.keys() - BY_HAND))
def test_every_field_can_be_proposed_and_asked_about(kind: str) -> None:
    fields = set(COLUMNS[kind].headers)
    assert fields <= set(WORDINGS[kind]), "models/intake/wordings.py"
    assert fields <= set(LABELS), "flows/setup/shown.py"
    assert set(WORDINGS[kind]) <= fields
