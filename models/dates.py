"""A sheet's or form's idea of a day → the day in the chapter's zone.

Sheets keep dates as serial numbers: days since 1899-12-30, the time as the fraction, without a
zone; the workbook's own zone applies. Typed text follows the workbook's locale. Forms write
RFC 3339 moments in UTC. A whole number or a bare date is a day and is never shifted between zones.
"""

import math
import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from models.text.sentences import Sentence

EPOCH = date(1899, 12, 30)
EARLIEST, LATEST = 1970, 2200
"""Years outside are typing errors: the bare year 2026, taken for a serial number, is in 1905."""

_MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%m-%d-%y", "%m.%d.%Y", "%m.%d.%y", "%m/%d %Y")
_DAY_FIRST = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d-%m-%y", "%d.%m.%Y", "%d.%m.%y", "%d/%m %Y")
_ANYWHERE = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y",
    "%d-%b-%Y", "%d-%b-%y", "%b-%d-%Y",
)  # fmt: skip
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        ("mon monday lunes", "tue tues tuesday martes", "wed weds wednesday miércoles miercoles",
         "thu thur thurs thursday jueves", "fri friday viernes", "sat saturday sábado sabado",
         "sun sunday domingo")
    )
    for word in words.split()
}  # fmt: skip
_MONTHS = {
    "sept": "Sep", "enero": "Jan", "febrero": "Feb", "marzo": "Mar", "abril": "Apr", "mayo": "May",
    "junio": "Jun", "julio": "Jul", "agosto": "Aug", "septiembre": "Sep", "setiembre": "Sep",
    "octubre": "Oct", "noviembre": "Nov", "diciembre": "Dec",
}  # fmt: skip
_MOMENT = r"\d{4}-\d\d-\d\d[T ][\d:.]+(Z|[+-]\d\d:?\d\d)"
_TIME = (
    r"(?:,? at|,)?[ T]+(\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?"
    r"| ?[AaPp]\.?[Mm]\.?))(?: (UTC|GMT|[ECMP][SD]T))?$"
)
_FROM_TO = re.compile(
    r"(?<=\s)(\d{1,2})(:\d\d)?( ?[ap]\.?m\.?)? ?(?:[-–—]|to|until) ?(\d{1,2})(:\d\d)?"
    r"( ?[ap]\.?m\.?)?$",
    re.IGNORECASE,
)
"""From one time of day to another: the first is when it began."""
_WEEKDAY_BEHIND = re.compile(r",? [(\[]?([a-zéá]+)\.?[)\]]?$", re.IGNORECASE)
_TWO_DAYS = re.compile(
    r"\d{1,2}[/.]\d{1,2} ?[-–&+] ?\d{1,2}[/.]\d{2,4}|\d[-/.]\d{2,4}\b.*\d[-/.]\d{1,2}[-/.]\d"
)
_HOURS = {"UTC": 0, "GMT": 0, "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7,
          "PDT": -7, "PST": -8}  # fmt: skip
"""The zones that Google writes behind a time in a file of answers, in hours from Greenwich."""


_OFFSET = re.compile(r"(?:GMT|UTC)([+-])(\d{1,2})(?::?([0-5]\d))?")
"""A zone of a workbook's own: “GMT-05:00” is five hours behind, where “Etc/GMT+5” says the same."""
_FURTHEST = timedelta(hours=14)


def zone_named(name: str) -> tzinfo:
    """The zone that a workbook names: one of the common list, or its own distance from Greenwich.

    Raises:
        ValueError: it is neither.
    """
    if found := _OFFSET.fullmatch(name):
        distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if distance <= _FURTHEST:
            return timezone(-distance if found[1] == "-" else distance)
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise ValueError("no such zone") from None


class NotADay(ValueError):
    """The cell holds no day; the message repeats nothing of it."""


class NoYear(NotADay):
    """A month and a day stand there, and no year: a person knows which, or the dates around it."""

    def __init__(self, month: int, day: int, weekday: int | None = None) -> None:
        self.month, self.day, self.weekday = month, day, weekday
        super().__init__(Sentence("the date has no year"))

    def within(self, first: date, last: date) -> date | None:
        """The one day it can be from one day to another, both included; None of none or several."""
        years = range(first.year, last.year + 1)
        days = [day for year in years if (day := self._of(year)) and first <= day <= last]
        return days[0] if len(days) == 1 else None

    def _of(self, year: int) -> date | None:
        try:
            found = date(year, self.month, self.day)
        except ValueError:  # as February 29
            return None
        return found if self.weekday in (None, found.weekday()) else None


def day_of(
    cell: object, chapter_zone: tzinfo, sheet_zone: tzinfo, *, day_first: bool = False
) -> date:
    """The day a cell names, in the chapter's zone.

    Args:
        cell: a serial number, or text in one of the usual styles.
        day_first: whether the workbook's locale writes 4/3 for the fourth of March.

    Raises:
        NotADay: it names none, or one outside 1970 to 2200.
    """
    if isinstance(cell, bool) or cell is None or cell == "":
        raise NotADay(Sentence("this is not a date"))
    try:
        if isinstance(cell, int | float):
            found = _from_serial(cell, chapter_zone, sheet_zone)
        else:
            found = _from_text(str(cell), chapter_zone, sheet_zone, day_first)
    except OverflowError:
        raise NotADay(Sentence("the year is impossible")) from None
    if not EARLIEST <= found.year <= LATEST:
        raise NotADay(Sentence("the year is impossible"))
    return found


def moment_of(cell: object, sheet_zone: tzinfo, *, day_first: bool = False) -> datetime | None:
    """The moment a cell names; None when it names a day alone.

    Raises:
        NotADay: it names neither.
    """
    if isinstance(cell, int | float):
        try:
            return None if cell == int(cell) else _clocked(cell, sheet_zone)
        except (OverflowError, ValueError):  # as is not a number, or infinite
            raise NotADay(Sentence("the number is not a date")) from None
    text = " ".join(str(cell or "").split())
    if re.fullmatch(_MOMENT, text):
        return _from_iso(text)
    day, time, zone = _day_and_time(text, day_first)
    return datetime.combine(day, _clock(time).time(), zone or sheet_zone) if time else None


def _from_serial(serial: float, chapter_zone: tzinfo, sheet_zone: tzinfo) -> date:
    if math.isnan(serial):
        raise NotADay(Sentence("the number is not a date"))
    day = EPOCH + timedelta(days=int(serial))
    if serial == int(serial) or chapter_zone == sheet_zone:
        return day
    return _clocked(serial, sheet_zone).astimezone(chapter_zone).date()


def _clocked(serial: float, sheet_zone: tzinfo) -> datetime:
    # A fraction of a day is rarely exact; the nearest millisecond is what was written.
    since_midnight = timedelta(milliseconds=round(serial % 1 * 86_400_000))
    day = EPOCH + timedelta(days=int(serial))
    return (datetime.combine(day, datetime.min.time()) + since_midnight).replace(tzinfo=sheet_zone)


def _from_text(text: str, chapter_zone: tzinfo, sheet_zone: tzinfo, day_first: bool) -> date:
    text = " ".join(text.split())
    if re.fullmatch(_MOMENT, text):
        return _from_iso(text).astimezone(chapter_zone).date()
    day, time, zone = _day_and_time(text, day_first)
    if not time or (zone is None and chapter_zone == sheet_zone):
        return day
    clock = datetime.combine(day, _clock(time).time(), zone or sheet_zone)
    return clock.astimezone(chapter_zone).date()


def _from_iso(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise NotADay(Sentence("the date is impossible")) from None


def _day_and_time(text: str, day_first: bool) -> tuple[date, str, tzinfo | None]:
    """The day, the time of day as written, "" where none is, and its zone where one is named."""
    text = _FROM_TO.sub(_start, text.rstrip("*†"))
    text = re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", text)
    behind = _WEEKDAY_BEHIND.search(text)
    if behind and behind[1].lower() in WEEKDAYS:
        text = f"{behind[1]} {text[: behind.start()]}"
    time = re.search(_TIME, text)
    bare = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text[: time.start()] if time else text)
    bare = re.sub(r"(?<=[A-Za-z])\.", "", bare)  # Mar. 4
    words = [_MONTHS.get(word.lower(), word) for word in bare.replace(",", " ").split()]
    weekday = WEEKDAYS.get(words[0].lower()) if len(words) > 1 else None
    bare = " ".join(word for word in words[weekday is not None :] if word != "de")
    day = _parse(bare, _ANYWHERE + (_DAY_FIRST if day_first else _MONTH_FIRST), weekday)
    if weekday not in (None, day.weekday()):
        raise NotADay(Sentence("the weekday does not match the date"))
    zone = time and time[2]
    return day, time[1] if time else "", timezone(timedelta(hours=_HOURS[zone])) if zone else None


def _parse(text: str, styles: tuple[str, ...], weekday: int | None) -> date:
    for style in styles:
        try:
            return datetime.strptime(text, style).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if _TWO_DAYS.search(text):
        raise NotADay(Sentence("more than one day stands here"))
    _refuse_without_year(text, weekday, day_first="%d/%m/%Y" in styles)
    raise NotADay(
        Sentence("the date is impossible")
        if re.search(r"\d.*\d", text)
        else Sentence("this is not a date")
    )


def _refuse_without_year(text: str, weekday: int | None, *, day_first: bool) -> None:
    numbers = ("%d/%m", "%d-%m") if day_first else ("%m/%d", "%m-%d")
    for style in (*numbers, "%B %d", "%b %d", "%d %B", "%d %b", "%d-%b"):
        try:  # a leap year has every day
            found = datetime.strptime(f"2024 {text}", f"%Y {style}")  # noqa: DTZ007 - as above
        except ValueError:
            continue
        raise NoYear(found.month, found.day, weekday)


def _start(found: re.Match[str]) -> str:
    """When it began: “7-9pm” is 7 p.m., and “11-1pm” is not 11 p.m."""
    hour, minutes, half, end, ends, until = found.groups()
    if not (minutes or half or ends or until):
        return found[0]  # two days of a month
    if not half and until:
        same = int(hour) % 12 <= int(end) % 12
        half = until if same else {"p": "am", "a": "pm"}[until.strip()[0].lower()]
    return f"{hour}{minutes or ('' if half else ':00')}{half or ''}"


def _clock(text: str) -> datetime:
    tidy = text.upper().replace(".", "").replace(" ", "")
    for style in ("%H:%M:%S", "%H:%M", "%I:%M:%S%p", "%I:%M%p", "%I%p"):
        try:
            return datetime.strptime(tidy, style)  # noqa: DTZ007 - the sheet's zone is added by the caller
        except ValueError:
            continue
    raise NotADay(Sentence("the time of day is impossible"))
