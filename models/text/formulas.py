"""Which formulas answer from their own workbook alone, and so change only when it does.

A formula may bring its data from another workbook, a web page or the clock; a workbook with one
shows new values while its version stays. Functions that do so are many, grow in number, and a
chapter may write its own. So the list is of those that do not; any other counts as one that may.
"""

import re

WITHIN = frozenset(
    """
    ABS AND ARRAYFORMULA ARRAY_CONSTRAIN AVERAGE AVERAGEIF AVERAGEIFS CEILING CHAR CHOOSECOLS
    CHOOSEROWS CLEAN CODE COLUMN COLUMNS CONCAT CONCATENATE COUNT COUNTA COUNTBLANK COUNTIF
    COUNTIFS COUNTUNIQUE DATE DATEDIF DATEVALUE DAY DAYS EDATE EOMONTH EXACT FALSE FILTER FIND
    FLATTEN FLOOR HLOOKUP HOUR HSTACK HYPERLINK IF IFERROR IFNA IFS INDEX INT ISBLANK ISDATE
    ISEMAIL ISERR ISERROR ISLOGICAL ISNA ISNUMBER ISTEXT JOIN LAMBDA LARGE LEFT LEN LET LOOKUP
    LOWER MATCH MAX MAXIFS MEDIAN MID MIN MINIFS MINUTE MOD MONTH N NOT OR PROPER QUERY
    REGEXEXTRACT REGEXMATCH REGEXREPLACE REPLACE REPT RIGHT ROUND ROUNDDOWN ROUNDUP ROW ROWS
    SEARCH SEQUENCE SMALL SORT SORTN SPLIT SUBSTITUTE SUM SUMIF SUMIFS SUMPRODUCT SWITCH T TEXT
    TEXTJOIN TIME TIMEVALUE TOCOL TOROW TO_DATE TO_TEXT TRANSPOSE TRIM TRUE TRUNC UNIQUE UPPER
    VALUE VLOOKUP VSTACK WEEKDAY WEEKNUM XLOOKUP XMATCH YEAR
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
"""Functions of Google Sheets that look at nothing but their arguments and their own workbook.

MAP, BYROW, BYCOL, REDUCE and SCAN are none of them: they call a function of the chapter's own by
its bare name, ``MAP(A2:A9, FETCH_STATUS)``.
"""
BEGINS = frozenset("=+-@\t\r＝＋－＠")
"""How a text begins that a spreadsheet may take for a formula; wide signs, too, in some locales."""
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
_CALL = re.compile(r"([^\W\d][\w.]*)\s*\(")


def is_within(formula: str) -> bool:
    """Whether all that a formula calls is known to look at its own workbook alone.

    A tab's name, as in ``'Answers (old)'!A2``, calls nothing. A text may: QUERY takes its orders
    from one, and knows the time.
    """
    said = _QUOTED.sub(lambda quoted: "" if quoted[0].startswith("'") else quoted[0], formula)
    return all(name.upper() in WITHIN for name in _CALL.findall(said))
