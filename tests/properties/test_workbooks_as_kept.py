"""Workbooks as people keep them, against a twin that knows who was where.

Whatever is done to a workbook, the attendance that comes out is the true one; or what is missing is
named by its row, its column or its event; or the night is refused by name. Nobody is credited with
what they did not attend, and nothing is different in silence.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.dates import day_of as day_named
from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.intake.locations import Weight
from models.intake.tables import Cell, table_from
from models.membership.voter_roll import Facts, gather
from models.privacy import Email
from models.text import formats
from tests.models.invented import BOSTON, JPP, KEY

TODAY = date(2026, 6, 1)
EPOCH = date(1899, 12, 30)
TYPED = str.maketrans({"'": "’", "-": "–", " ": "\xa0", "e": "e\u200b"})
NAMES = (
    "Women's forum", "Get-out-the-vote meeting", "Monthly meeting", "Candidates' night",
    "Monthly meeting",
)  # fmt: skip
"""Two events share a name, and their days tell them apart."""
PEOPLE = tuple(f"p{number}@example.org" for number in range(4))
HEADERS = ("Timestamp", "Event", "Email address", "Name")
FAR_OFF = re.compile(r"rows dated (.+?), name the event of (.+?); they count for that event")
HELPERS: tuple[Cell, ...] = ("FALSE", False, "#REF!", "ok", 7, True)


@dataclass
class Row:
    """A sign-in, and what its twin knows of it."""

    event: int
    person: int
    cells: list[Cell]
    number: int = 0


@dataclass
class Book:
    """A workbook with what its twin knows."""

    events: list[list[Cell]]
    header: list[Cell]
    rows: list[Row | list[Cell]]
    """Sign-ins, and what somebody else wrote between and below."""
    unsent: int = 0
    own: dict[str, int] = field(default_factory=dict)
    """Where each field stands."""

    def sent(self) -> list[Row]:
        """The sign-ins, each with its number in the tab."""
        found = []
        for number, row in enumerate(self.rows, start=2):
            if isinstance(row, Row):
                row.number = number
                found.append(row)
        return found

    def truth(self) -> set[tuple[str, date]]:
        """Who was where."""
        return {(PEOPLE[row.person], day_of(row.event)) for row in self.sent()}

    def widen(self, header: Cell, cells: Cell = "") -> int:
        """One more column at the end, the same in every sign-in."""
        self.header.append(header)
        for row in self.sent():
            row.cells += [""] * (len(self.header) - 1 - len(row.cells)) + [cells]
        return len(self.header) - 1


def day_of(event: int) -> date:
    """When an event was."""
    return TODAY - timedelta(days=40 * (event + 1))


def serial(event: int) -> float:
    """The same as a sheet counts days."""
    return float((day_of(event) - EPOCH).days)


@st.composite
def plain(draw: st.DrawFn) -> Book:
    """As a form and a careful secretary write it."""
    pairs = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=8))
    events: list[list[Cell]] = [["Date", "Event", "Kind", "Counts", "Held"]]
    events += [[serial(n), name, "Forum", "", ""] for n, name in enumerate(NAMES)]
    rows = [
        Row(event, person, [serial(event) + 0.8, NAMES[event], PEOPLE[person], f"P{person} Oak"])
        for event, person in pairs
    ]
    own = {name: place for place, name in enumerate(("at", "event", "address", "name"))}
    return Book(events, list(HEADERS), list(rows), own=own)


@st.composite
def kept(draw: st.DrawFn) -> Book:
    """The same after people worked with it, without harm."""
    book = draw(plain())
    book.events = _others_below(draw, book.events)
    for row in book.sent():
        _typed_by_hand(draw, row, book)
    if draw(st.booleans()):
        book.header = [str(head).upper().translate(TYPED) + ":" for head in book.header]
    for name in draw(st.lists(st.sampled_from(list(book.own)), max_size=2, unique=True)):
        _ask_anew(draw, book, book.own[name])
    for head in draw(st.lists(st.sampled_from(["Diet", "Notes", "Name tag"]), max_size=2)):
        book.widen(head, draw(st.sampled_from(["vegan", "", 3])))
    _others_between(draw, book)
    order = draw(st.permutations(range(len(book.header))))
    book.header = [book.header[i] for i in order]
    for row in book.rows:
        cells = row.cells if isinstance(row, Row) else row
        cells += [""] * (len(order) - len(cells))
        cells[:] = [cells[i] for i in order]
    book.own = {name: order.index(place) for name, place in book.own.items()}
    return book


def _typed_by_hand(draw: st.DrawFn, row: Row, book: Book) -> None:
    """The same said in other ways."""
    day, name = day_of(row.event), NAMES[row.event]
    row.cells[0] = draw(
        st.sampled_from([row.cells[0], "", f"{day:%m/%d/%Y} 19:05", str(day), f"{day:%B %d, %Y}"])
    )
    dated = [f"{day} {name}", f"{name}  {day}"]
    alone = [name, name.upper(), name.translate(TYPED), f" {name}"]
    sure = row.cells[0] or NAMES.count(name) == 1
    row.cells[1] = draw(st.sampled_from([*dated, *(alone if sure else ())]))
    address = PEOPLE[row.person]
    row.cells[2] = draw(st.sampled_from([address, address.upper(), f" {address} ", f"<{address}>"]))


def _ask_anew(draw: st.DrawFn, book: Book, column: int) -> None:
    """A question was deleted and asked again: later answers stand in a column of the same name."""
    second = book.widen(book.header[column])
    for row in book.sent()[draw(st.integers(0, 8)) :]:
        row.cells[second], row.cells[column] = row.cells[column], draw(st.sampled_from(["", None]))


def _others_between(draw: st.DrawFn, book: Book) -> None:
    """Gaps, helper values that were filled down, and sums."""
    helper = draw(st.sampled_from(HELPERS))
    book.widen("Checked", helper)
    width = len(book.header)
    below = draw(st.integers(0, 3))
    book.rows += [[""] * (width - 1) + [helper] for _ in range(below)]
    if draw(st.booleans()):  # the event's name was filled down as well
        book.rows.append(["", NAMES[0], "", "", *[""] * (width - 4)])
        book.unsent += 1
    if draw(st.booleans()):
        word = draw(st.sampled_from(["Total", "How many", "COUNT:"]))
        book.rows.append([word, 12, 12, 12, *[""] * (width - 4)])
        book.unsent += 1
    for at in draw(st.lists(st.integers(0, len(book.rows)), max_size=2)):
        book.rows.insert(at, [""] * width)


def _others_below(draw: st.DrawFn, events: list[list[Cell]]) -> list[list[Cell]]:
    """Of the events too."""
    more: list[list[Cell]] = [["", "", "Forum", "", ""], ["", "", "", "", False], []]
    more += [["Total", 4, "", "", ""]]
    return [*events, *draw(st.lists(st.sampled_from(more), max_size=3))]


@st.composite
def spoiled(draw: st.DrawFn) -> Book:
    """The same after somebody renamed, deleted or overwrote something."""
    book = draw(kept())
    sent = book.sent()
    row, event = draw(st.sampled_from(sent)), draw(st.integers(1, 5))
    column = draw(st.sampled_from(list(book.own.values())))
    match draw(
        st.sampled_from(["event", "option", "cell", "header", "twin", "twin", "aside", "empty"])
    ):
        case "event":  # its row cannot be read any more
            place = draw(st.sampled_from([0, 3, 4]))
            book.events[event][place] = draw(st.sampled_from(["soon", "??", "half", "2026-02-30"]))
        case "option":
            book.events[event][1] = draw(st.sampled_from(["Other", "Women’s fоrum", "Monthly"]))
        case "cell":
            odd = st.sampled_from(["", "p1@", "p1 at example", "Nowhere", "#N/A", False, 12])
            row.cells[column] = draw(odd)
        case "header":
            book.header[column] = draw(st.sampled_from(["", "Emаil address", "Email", "Old name"]))
        case "twin":  # a column was copied, and one cell changed
            column = book.own[draw(st.sampled_from(["address", "event"]))]
            second = book.widen(book.header[column])
            for each in sent:
                each.cells[second] = each.cells[column]
            changed = draw(st.sampled_from([column, second]))
            another = {book.own["address"]: PEOPLE[3], book.own["event"]: NAMES[1]}
            row.cells[changed] = draw(st.sampled_from([another[column], "", 5]))
        case "aside":  # an old column was put aside, and a new one of its name begun
            second = book.widen(book.header[column])
            book.header[column] = f"{book.header[column]} (old)"
            for each in sent[draw(st.integers(0, 8)) :]:
                each.cells[second] = each.cells[column]
                each.cells[column] = ""
        case "empty":
            row.cells[column] = None
    return book


def night(book: Book) -> Facts:
    """What a night makes of it."""
    width = len(book.header)
    lines = [row.cells if isinstance(row, Row) else row for row in book.rows]
    grid = [book.header, *([*line, *[""] * (width - len(line))] for line in lines)]
    zone = "America/New_York"
    tables = [
        table_from("Events", book.events, COLUMNS["events"], zone),
        table_from("Sign-ins", grid, COLUMNS["sign_ins"], zone),
    ]
    return gather(tables, JPP, BOSTON, TODAY, {}, KEY)


def night_or_refusal(book: Book) -> Facts | FixTheSettings:
    """The same, or why there is none."""
    try:
        return night(book)
    except FixTheSettings as refused:
        return refused


def found(facts: Facts) -> set[tuple[str, date]]:
    """Who is credited with what."""
    known = {Email.parse(address): address for address in PEOPLE}
    return {
        (known.get(person.addresses[0], "a stranger"), facts.events[event].day)
        for number, person in facts.known.people.items()
        for event in facts.attended.get(number, ())
    }


def named_rows(facts: Facts) -> set[int]:
    """The rows of the sign-ins that a question or a row set aside names."""
    return {
        int(re.sub(r"\D", " ", item.place.cell).split()[0])
        for item in facts.review
        if item.weight is not Weight.NOTE
        and item.place.source == "Sign-ins"
        and re.search(r"\d", item.place.cell)
    }


def told_day(facts: Facts, row: Row) -> date | None:
    """For which other day's event of its name a row was counted, as a note says."""
    said = (FAR_OFF.search(item.reason) for item in facts.review)
    own = formats.day(day_of(row.event))
    days = (day_named(one[2], BOSTON, BOSTON) for one in said if one and one[1] == own)
    return next(days, None)


@settings(max_examples=120, deadline=None)
@given(book=kept())
def test_what_people_do_without_harm_changes_no_attendance_and_is_told(book: Book) -> None:
    facts = night(book)
    assert found(facts) == book.truth()
    asked = [str(item.place) for item in facts.review if item.weight is not Weight.NOTE]
    assert asked == []
    (box,) = [box for box in facts.boxes if box.kind == "sign_ins"]
    told = [item.reason for item in facts.review if "skipped" in item.reason]
    assert box.rows == box.records + box.unsent
    assert box.records == len(book.sent())
    assert box.unsent >= book.unsent
    assert any(item.startswith("there is no time") for item in told) is bool(box.unsent)


@settings(max_examples=200, deadline=None)
@given(book=spoiled())
def test_what_people_spoil_is_named_or_changes_no_attendance(book: Book) -> None:
    facts = night_or_refusal(book)
    if isinstance(facts, FixTheSettings):
        assert facts.where.endswith("!1:1")
        assert facts.next_step
        return
    credited, named = found(facts), named_rows(facts)
    noted = {(PEOPLE[row.person], told_day(facts, row)) for row in book.sent()}
    assert {pair for pair in credited if pair[0] != "a stranger"} <= book.truth() | noted
    for row in book.sent():
        pair = PEOPLE[row.person], day_of(row.event)
        assert pair in credited or row.number in named or told_day(facts, row), row
