"""A1 notation and field masks, as Google reads them."""

from typing import Any

import pytest

from connectors.sandbox.google import fields as google_fields
from connectors.sandbox.google.call import GoogleError
from connectors.sandbox.google.ranges import column_index, column_name, parse, quoted
from connectors.sandbox.google.workbook import Tab, Workbook

BOOK = Workbook(
    "b", "Book", [Tab(title) for title in ("Events", "Sign-ins", "Q3", "O'Brien", "a!b")]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Events", "Events!A1:Z1000"),
        ("'Events'", "Events!A1:Z1000"),
        ("'Sign-ins'!A2:D", "'Sign-ins'!A2:D1000"),
        ("Sign-ins!B17", "'Sign-ins'!B17"),
        ("Events!A:A", "Events!A1:A1000"),
        ("Events!2:5", "Events!A2:Z5"),
        ("Events!D4:A1", "Events!A1:D4"),
        ("Events!$B$2:$C$3", "Events!B2:C3"),
        ("Events!a1:b2", "Events!A1:B2"),
        ("Events!Y999:AB2000", "Events!Y999:Z1000"),
        ("A1:B2", "Events!A1:B2"),
        ("B:B", "Events!B1:B1000"),
        ("'Q3'", "'Q3'!A1:Z1000"),
        ("Q3", "Events!Q3"),
        ("'O''Brien'!A1", "'O''Brien'!A1"),
        ("'a!b'", "'a!b'!A1:Z1000"),
    ],
)
def test_ranges(text: str, found: str) -> None:
    assert str(parse(BOOK, text).inside()) == found


@pytest.mark.parametrize(
    "text", ["Nowhere!A1", "Nowhere", "Events!", "Events!A1:B2:C3", "Events!Z", "!"]
)
def test_no_range(text: str) -> None:
    with pytest.raises(GoogleError) as refused:
        parse(BOOK, text)
    assert refused.value.message == f"Unable to parse range: {text}"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Events!A1001", "Events!A1001"),
        ("Events!A1001:B", "Events!A1001:B"),
        ("Events!AA1:AB2", "Events!AA1:AB2"),
        ("Events!A1001:B1001", "Events!A1001:B1001"),
    ],
)
def test_starting_outside_the_grid(text: str, named: str) -> None:
    with pytest.raises(GoogleError) as refused:
        parse(BOOK, text).inside()
    limits = "exceeds grid limits. Max rows: 1000, max columns: 26"
    assert refused.value.message == f"Range ({named}) {limits}"


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns(index: int, name: str) -> None:
    assert column_name(index) == name
    assert column_index(name) == index


@pytest.mark.parametrize(
    ("title", "written"),
    [("Sheet1", "Sheet1"), ("Tab1", "'Tab1'"), ("A", "A"), ("my tab", "'my tab'"), ("é", "'é'")],
)
def test_quotes_where_needed(title: str, written: str) -> None:
    assert quoted(title) == written


WHOLE = {"a": 1, "b": {"c": 2, "d": [{"e": 3, "f": 4}, {"e": 5}]}}


@pytest.mark.parametrize(
    ("mask", "part"),
    [
        ("a", {"a": 1}),
        ("*", WHOLE),
        ("b.c", {"b": {"c": 2}}),
        ("b/d/e,a", {"b": {"d": [{"e": 3}, {"e": 5}]}, "a": 1}),
        ("b(c,d(f)),a", {"b": {"c": 2, "d": [{"f": 4}, {}]}, "a": 1}),
        ("b.d(e)", {"b": {"d": [{"e": 3}, {"e": 5}]}}),
        ("z", {}),
    ],
)
def test_field_masks(mask: str, part: Any) -> None:
    assert google_fields.select(WHOLE, google_fields.parse(mask)) == part


@pytest.mark.parametrize("mask", ["a(b", "a b;", ",", "a,,b", "a)"])
def test_no_mask(mask: str) -> None:
    with pytest.raises(GoogleError, match="Invalid field selection"):
        google_fields.parse(mask)
