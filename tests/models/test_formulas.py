"""Which formulas bring nothing from outside their workbook."""

import pytest

from models.text.formulas import is_within


@pytest.mark.parametrize(
    "formula",
    [
        "=A1+1",
        "=SUM(A2:A)",
        "=arrayformula(if(len(A2:A), trim(A2:A), ))",
        "={'Answers (old)'!A2:D; 'O''Neill''s (2)'!A2:D}",
        '=QUERY(Answers!A:D, "select A, B where C is not null")',
        "=IFERROR (VLOOKUP(A2, Members!A:C, 3, FALSE), \"\")",
        "=TO_DATE(A2)",
    ],
)  # fmt: skip
def test_a_formula_of_plain_functions_stays_within_its_workbook(formula: str) -> None:
    assert is_within(formula)


@pytest.mark.parametrize(
    "formula",
    [
        '=IMPORTRANGE("1abc", "Sign-ins!A:D")',
        '= importrange ("1abc";"A:D")',
        '=QUERY(IMPORTRANGE("1abc", "A:D"), "select Col1")',
        '=IFERROR(ARRAYFORMULA(FILTER(IMPORTDATA("https://example.org/a.csv"), TRUE)), "")',
        '=IMPORTHTML("https://example.org", "table", 1)',
        '=IMPORTXML("https://example.org", "//a")',
        '=IMPORTFEED("https://example.org")',
        '=GOOGLEFINANCE("GOOG")',
        "=IF(A2<TODAY(), 1, 0)",
        "=NOW()",
        "=RAND()",
        "=RANDBETWEEN(1, 6)",
        '=QUERY(A:B, "select A where B < now()")',
        "=MEMBERS_OF_OUR_SCRIPT(A2)",
        "=MAP(A2:A9, FETCH_STATUS)",
        "=REDUCE(0, A2:A9, MY_FETCH)",
        "=LET(f, MY_FETCH, f(A2))",
        '=INDIRECT("B" & A2)',
        "=SUMME(A2:A)",
        '="it\'s" & IMPORTRANGE("1abc", "A1") & "isn\'t"',
    ],
)
def test_any_other_may_bring_data_from_elsewhere(formula: str) -> None:
    """Unknown ones too: a chapter's own functions, and those of another language."""
    assert not is_within(formula)
