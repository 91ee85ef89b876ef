"""The chapter's workbooks, forms and mailing list on the stand-in: its own tabs and headers.

Nothing is read from Google: what the tabs are called and which headers they have stands in the
settings. What is in them is invented.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import EPOCH, address_of, name_of, serial
from connectors.sandbox.server import Sandbox
from connectors.settings import Chapter, Form, Workbook
from flows.rehearsal.attendance import Came, Held, came, events, helped
from flows.rehearsal.people import UNREACHED, VOTES
from flows.setup.headers import NONE
from models.bylaws.paths import Membership

Row = Mapping[str, Cell]
BESIDE = timedelta(days=13)
"""Ago, the day of an event that has a form of its own: no other event is on it."""
EVENING = 0.79
"""Of a day, as a sheet counts: shortly before seven."""
SEATS, SLATE = 7, (2, 1)
"""How many sit on the committee, and the month and day on which the members confirmed them."""


@dataclass(frozen=True)
class Filled:
    """All that the sheets say, kind by kind, as fields."""

    events: list[Row]
    sign_ins: list[Row]
    by_event: dict[str, list[Row]]
    """By the title of its tab."""
    volunteers: list[Row]
    registrations: list[Row]
    committee: list[Row]

    def of(self, kind: str) -> list[Row]:
        """The rows of a kind; of a kind that nobody filled in, none."""
        return getattr(self, kind, [])


def fill(
    sandbox: Sandbox,
    chapter: Chapter,
    membership: Membership,
    plays: list[tuple[int, str]],
    today: date,
    districts: Sequence[str] = (),
) -> None:
    """Put the chapter's workbooks, forms and mailing list on the stand-in.

    Args:
        chapter: the rehearsal's settings.
        districts: those that the contests name; people live in them by turns.
    """
    held = events(membership, today)
    special = [each for form in chapter.forms if (each := _event_of(form, today, held))]
    present = list(came(membership, held, plays))
    told = Filled(
        events=[_event(each, chapter) for each in (*held, *special)],
        sign_ins=_sign_ins(present) if _has_sign_ins(chapter) else [],
        by_event=_tabs_by_event(chapter, present),
        volunteers=_volunteers(helped(membership, plays), today),
        registrations=_registrations(chapter, plays, today, districts),
        committee=_seats(plays, today),
    )
    for number, workbook in enumerate(chapter.workbooks, 1):
        tabs = _tabs(chapter, workbook, told)
        title = f"Rehearsal workbook {number}"
        sandbox.google.add_workbook(workbook.id, title, tabs, time_zone=chapter.zone)
    for form in chapter.forms:
        _form(sandbox, chapter, form, told)
    _mailing_list(sandbox, chapter, plays, today)


def headers(chapter: Chapter, kind: str) -> dict[str, str]:
    """Field → the header of its column, in the chapter's own words; a name in two, where it is."""
    columns = chapter.columns_of(kind)
    own = chapter.columns.get(kind, {})
    nowhere = {name for name, titles in own.items() if NONE in titles}
    has = own.keys() - nowhere
    in_two = "name" not in has and ("name" in nowhere or {"first_name", "last_name"} & has)
    left_out = {"name"} if in_two else {"first_name", "last_name"}
    left_out |= nowhere | ({"cancelled"} if kind == "events" else set())
    return {name: columns.titles(name)[0] for name in columns.headers if name not in left_out}


def cells(fields: Iterable[str], row: Row) -> list[Cell]:
    """A row as its columns have it; a name in two is parted."""
    first, _, last = str(row.get("name") or "").partition(" ")
    parts = {"first_name": first, "last_name": last}
    return [row.get(name, parts.get(name, "")) for name in fields]


def moment(day: date, hour: int) -> datetime:
    """A moment of a day."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def _has_sign_ins(chapter: Chapter) -> bool:
    return "sign_ins" in chapter.kinds_read


def _event(event: Held, chapter: Chapter) -> Row:
    tab = "" if _has_sign_ins(chapter) else _tab_of(chapter, event)
    return {"day": serial(event.day), "name": event.name, "kind": event.kind, "sign_in_tab": tab}


def _event_of(form: Form, today: date, held: list[Held]) -> Held | None:
    """The event that a form of its own is for, if no row says it already."""
    if form.holds != "event_sign_ins" or not form.event:
        return None
    day, _, name = form.event.partition(" ")
    try:
        return Held(date.fromisoformat(day), name, held[0].kind)
    except ValueError:
        return Held(today - BESIDE, form.event, held[0].kind)


def _sign_ins(present: Iterable[Came]) -> list[Row]:
    return [
        {"at": serial(one.event.day) + EVENING, "event": one.event.name, **_who(number)}
        for one in present
        for number in one.people
    ]


def _tab_of(chapter: Chapter, event: Held) -> str:
    pattern = next((one.event_tabs for one in chapter.workbooks if one.event_tabs), "")
    return pattern.replace("*", f"{event.day.isoformat()}") if pattern else ""


def _tabs_by_event(chapter: Chapter, present: Iterable[Came]) -> dict[str, list[Row]]:
    if _has_sign_ins(chapter):
        return {}
    return {
        title: [{"at": serial(one.event.day) + EVENING, **_who(n)} for n in one.people]
        for one in present
        if (title := _tab_of(chapter, one.event))
    }


def _who(number: int) -> dict[str, Cell]:
    return {"address": address_of(number), "name": name_of(number)}


def _volunteers(people: Iterable[int], today: date) -> list[Row]:
    day = serial(today - timedelta(days=20))
    return [{"day": day, "activity": "Door knocking", **_who(number)} for number in people]


def _registrations(
    chapter: Chapter, plays: list[tuple[int, str]], today: date, districts: Sequence[str]
) -> list[Row]:
    at = serial(today - timedelta(days=500)) + 0.5
    asked = chapter.consent[0] if chapter.consent else "Yes"
    return [
        {
            "at": at,
            **_who(number),
            "district": districts[number % len(districts)] if districts else "",
            "wants_email": asked,
        }
        for number, _ in plays
    ]


def _seats(plays: list[tuple[int, str]], today: date) -> list[Row]:
    """A committee of voting members, confirmed when the last slate was due (SC-1)."""
    year = today.year if today >= date(today.year, *SLATE) else today.year - 1
    confirmed = serial(date(year, *SLATE))
    voting = [number for number, part in plays if part == VOTES]
    return [{**_who(number), "confirmed": confirmed} for number in voting[:SEATS]]


def _tabs(chapter: Chapter, workbook: Workbook, told: Filled) -> dict[str, list[list[Cell]]]:
    tabs = {}
    for title, kind in workbook.tabs().items():
        wanted = told.of(kind)
        if kind == "sign_ins" and title != workbook.sign_ins[0]:
            wanted = []
        tabs[title] = _table(headers(chapter, kind), wanted)
    if workbook.event_tabs:
        form = headers(chapter, "event_sign_ins")
        tabs |= {title: _table(form, wanted) for title, wanted in told.by_event.items()}
    return tabs or {"Sheet1": []}


def _table(columns: Mapping[str, str], rows: Iterable[Row]) -> list[list[Cell]]:
    return [list(columns.values()), *(cells(columns, row) for row in rows)]


def _form(sandbox: Sandbox, chapter: Chapter, form: Form, told: Filled) -> None:
    """A form of the chapter's: its questions, and answers where no tab holds the same."""
    made = sandbox.google.add_form(form.id, f"Rehearsal form: {form.holds.replace('_', ' ')}")
    columns = {k: v for k, v in headers(chapter, form.holds).items() if k not in ("at", "day")}
    if form.holds == "volunteers":
        columns["day"] = headers(chapter, form.holds)["day"]
    asked = {name: made.add_text(title) for name, title in columns.items()}
    in_tabs = {kind for workbook in chapter.workbooks for kind in workbook.tabs().values()}
    if form.holds in in_tabs or form.holds == "event_sign_ins":
        return
    for row in told.of(form.holds):
        answers = dict(zip(asked.values(), map(_said, cells(asked, row)), strict=True))
        at = row.get("at", row.get("day"))
        day = EPOCH + timedelta(days=int(at)) if isinstance(at, float) else EPOCH
        made.submit({key: said for key, said in answers.items() if said}, moment(day, 23))


def _said(cell: Cell) -> str:
    return (EPOCH + timedelta(days=cell)).isoformat() if isinstance(cell, float) else str(cell)


def _mailing_list(
    sandbox: Sandbox, chapter: Chapter, plays: list[tuple[int, str]], today: date
) -> None:
    """All of them are subscribed, but for those who are there to be called."""
    list_id, long_ago = chapter.mailchimp.list_id, moment(today - timedelta(days=400), 12)
    sandbox.mailchimp.add_list(list_id, name=chapter.name)
    for number, part in plays:
        first, _, last = name_of(number).partition(" ")
        names: dict[str, Any] = {"FNAME": first, "LNAME": last}
        status: Any = "unsubscribed" if part == UNREACHED else "subscribed"
        sandbox.mailchimp.add_member(list_id, address_of(number), status, names, (), long_ago)
