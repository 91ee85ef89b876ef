"""One cell of a sheet: how typed text becomes a value, and how a value is shown.

A cell is text, a number, a boolean, or a date. A date is a `datetime.date` or a naive `datetime` in
the workbook's zone; on the wire it is a serial number, days since 1899-12-30. `Shown` is a cell
whose text does not follow from its value: a formula, `50%`, a date typed in another style.
A locale decides the order of dates; numbers are read and shown as in en_US everywhere.
"""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

SERIAL_ZERO = date(1899, 12, 30).toordinal()
LONGEST = 50_000
# day/month order and separators a locale shows and reads; others read as en_US
DATES = {
    "en_US": "{m}/{d}/{y}",
    "en_GB": "{d:02}/{m:02}/{y}",
    "es_ES": "{d}/{m}/{y}",
    "fr_FR": "{d:02}/{m:02}/{y}",
    "de_DE": "{d:02}.{m:02}.{y}",
}
NUMBER = re.compile(
    r"(?P<money>\$?)(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?:\.\d*)?(?:[eE][-+]?\d+)?)(?P<percent>%?)"
)
CLOCK = r"(?:[ T](?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})" + CLOCK)
MONTH_FIRST = re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})" + CLOCK)
DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})" + CLOCK)


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with the text the sheet shows for it, and the formula behind it, if any."""

    value: str | int | float | bool
    text: str
    formula: str = ""


Cell = str | int | float | bool | date | Shown | None


def serial(moment: date) -> int | float:
    """Days since 1899-12-30 without a zone; a whole number for midnight."""
    days = moment.toordinal() - SERIAL_ZERO
    if not isinstance(moment, datetime):
        return days
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return days + seconds / 86400 if seconds else days


def unformatted(cell: Any) -> Any:
    """UNFORMATTED_VALUE: the raw value; also what the JSON writer asks for."""
    match cell:
        case date():
            return serial(cell)
        case Shown():
            return cell.value
        case None:
            return ""
        case _:
            return cell


def formatted(cell: Cell, locale: str) -> str:
    """FORMATTED_VALUE: what a person sees in the sheet."""
    match cell:
        case bool():
            return str(cell).upper()
        case float():
            return f"{cell:.10g}"
        case date():
            return _date_text(cell, locale)
        case Shown():
            return cell.text
        case None:
            return ""
        case _:
            return str(cell)


def with_date_text(cell: Cell, locale: str) -> Any:
    """UNFORMATTED_VALUE with dateTimeRenderOption FORMATTED_STRING."""
    return _date_text(cell, locale) if isinstance(cell, date) else unformatted(cell)


def behind(cell: Cell, locale: str) -> Any:
    """FORMULA: the formula if there is one, else the raw value."""
    return cell.formula if isinstance(cell, Shown) and cell.formula else unformatted(cell)


RENDER: dict[str, Callable[[Cell, str], Any]] = {
    "FORMATTED_VALUE": formatted,
    "UNFORMATTED_VALUE": lambda cell, locale: unformatted(cell),
    "FORMULA": behind,
}


def raw(value: Any) -> Cell:
    """RAW input: stored as it is; a whole number needs no decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def user_entered(value: Any, locale: str) -> Cell:
    """USER_ENTERED input: what the sheet makes of it when a person types it.

    Numbers, percentages, dollars, booleans, dates in the locale's order, ISO dates, formulas (`=`
    and `+`), and the apostrophe that forces text. A formula's arithmetic is worked out, its
    functions are not: they show `#NAME?`.
    """
    if not isinstance(value, str):
        return raw(value)
    typed = value.strip()
    if typed.startswith("'"):
        return typed[1:]
    if typed.upper() in ("TRUE", "FALSE"):
        return typed.upper() == "TRUE"
    if found := NUMBER.fullmatch(typed):
        return _number(typed, found)
    if typed.startswith(("=", "+")) and len(typed) > 1:
        formula = typed if typed.startswith("=") else f"={typed}"
        result = raw(_worked_out(formula[1:]))
        return Shown(unformatted(result), formatted(result, locale), formula)
    return _date(typed, locale) or value


def _number(typed: str, found: re.Match[str]) -> Cell:
    number = float(found["number"].replace(",", ""))
    value = raw(number / 100 if found["percent"] else number)
    plain = re.fullmatch(r"[-+]?[\d.]+", typed)
    return value if plain else Shown(value, typed)  # type: ignore[arg-type]  # a number it is


def _date(typed: str, locale: str) -> Cell:
    order = MONTH_FIRST if DATES.get(locale, DATES["en_US"]).startswith("{m") else DAY_FIRST
    found = ISO.fullmatch(typed) or order.fullmatch(typed)
    if not found:
        return None
    part = {name: int(text or 0) for name, text in found.groupdict().items()}
    try:
        moment = date(part["y"], part["m"], part["d"])
        if found["hour"]:
            clock = time(part["hour"], part["minute"], part["second"])
            moment = datetime.combine(moment, clock)  # a sheet's dates have no zone
    except ValueError:
        return None
    return Shown(serial(moment), typed) if found.re is ISO else moment


def _date_text(moment: date, locale: str) -> str:
    style = DATES.get(locale, DATES["en_US"])
    text = style.format(y=moment.year, m=moment.month, d=moment.day)
    return f"{text} {moment.hour}:{moment:%M:%S}" if isinstance(moment, datetime) else text


ARITHMETIC: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}


def _worked_out(formula: str) -> int | float | str:
    def work(node: ast.AST) -> Any:
        match node:
            case ast.Expression(body=body):
                return work(body)
            case ast.Constant(value=int() | float() | str() as value):
                return value
            case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
                return ARITHMETIC[type(op)](work(left), work(right))
            case ast.UnaryOp(op=op, operand=operand) if type(op) in ARITHMETIC:
                return ARITHMETIC[type(op)](work(operand))
            case _:
                raise NameError

    try:
        return work(ast.parse(formula.strip(), mode="eval"))  # type: ignore[no-any-return]  # see work
    except ZeroDivisionError:
        return "#DIV/0!"
    except SyntaxError:
        return "#ERROR!"
    except (NameError, TypeError):
        return "#NAME?"
