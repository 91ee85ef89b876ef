"""What people do to the chapter's sheets, and what is said of it."""

from collections.abc import Generator

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.invented import FORM, WORKBOOK, serial
from tests.pointers.night import Evening, Truth
from tests.pointers.scene import Rows, Said

scene = Rows("sheets")
Acts = Generator[None, Said, Truth | None]
LATEST = "Monthly meeting"
HEADERS = 0
TIMESTAMP, EVENT, ADDRESS, NAME = range(4)
DATE, CALLED, KIND, COUNTS, HELD = range(5)


def google(at: Evening) -> GoogleState:
    return at.town.sandbox.google


# The headers and tabs


@scene(
    "a header is renamed, and given back",
    r"no header “Email address”; the closest is “E-mail addres” in column C",
    r"fix the header",
    "everybody stands as before",
)
def header_renamed(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        before, rows[HEADERS][ADDRESS] = rows[HEADERS][ADDRESS], "E-mail addres"
    yield
    with at.tab("Sign-ins") as rows:
        rows[HEADERS][ADDRESS] = before


@scene(
    "a header is renamed, and named in the settings",
    r"no header “Email address”",
    r"or map it in chapter\.toml \[columns\.sign_ins\]",
    "everybody stands as before",
)
def header_mapped(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        rows[HEADERS][ADDRESS] = "E-mail addres"
    yield
    at.settings("[mailchimp]", '[columns.sign_ins]\naddress = "E-mail addres"\n\n[mailchimp]')


@scene(
    "a tab is sorted with its header",
    r"no header .* in row 1, but row \d+ has it; was the tab sorted together with its header\?",
    r"move row 14 back to the top, as row 1",
    "everybody stands as before",
)
def header_sorted_in(at: Evening) -> Acts:
    with at.tab("Registrations") as rows:
        rows.append(rows.pop(HEADERS))
    yield
    with at.tab("Registrations") as rows:
        rows.insert(HEADERS, rows.pop())


@scene(
    "row 1 is deleted",
    r"row 1 looks like data, not like headers",
    r"write the headers in row 1, above the data",
    "everybody stands as before",
)
def header_deleted(at: Evening) -> Acts:
    with at.tab("Volunteering") as rows:
        header = rows.pop(HEADERS)
    yield
    with at.tab("Volunteering") as rows:
        rows.insert(HEADERS, header)


@scene(
    "a column for a government id is added",
    r"column J looks like a government ID, card, or account number, which",
    r"delete the column; hiding it is not enough",
    "everybody stands as before, and nothing of the column is read",
)
def forbidden_column(at: Evening) -> Acts:
    with at.tab("Registrations") as rows:
        rows[HEADERS].append("Driver’s licence number")
    yield
    with at.tab("Registrations") as rows:
        rows[HEADERS].pop()


def rename_tab(at: Evening, old: str, new: str) -> None:
    workbook = google(at).workbooks[WORKBOOK]
    workbook.tab(old).title = new
    google(at).wrote(workbook)


@scene(
    "a tab is renamed, and given its name back",
    r"no tab “Sign-ins”; the closest is “Sign-ins 2026”",
    r"rename the tab",
    "everybody stands as before",
)
def tab_renamed(at: Evening) -> Acts:
    rename_tab(at, "Sign-ins", "Sign-ins 2026")
    yield
    rename_tab(at, "Sign-ins 2026", "Sign-ins")


@scene(
    "a tab is renamed, and named in the settings",
    r"no tab “Events”; the closest is “Our events”",
    r"or name it in chapter\.toml \[\[workbooks\]\]",
    "everybody stands as before",
)
def tab_named(at: Evening) -> Acts:
    rename_tab(at, "Events", "Our events")
    yield
    at.settings('events = "Events"', 'events = "Our events"')


@scene(
    "the question of the sign-in form is renamed, and named in the settings",
    r"no header “Email address”; the closest is “Your email”",
    r"map it in chapter\.toml \[columns\.event_sign_ins\]",
    "everybody stands as before",
)
def question_renamed(at: Evening) -> Acts:
    form = google(at).forms[FORM]
    form.items[1]["title"] = "Your email"
    google(at).wrote(form)
    yield
    at.settings("[mailchimp]", '[columns.event_sign_ins]\naddress = "Your email"\n\n[mailchimp]')


@scene(
    "sign-ins are kept as a roster, a column for each meeting",
    r"Sign-ins!1:1: no header “Event”",
    r"write the headers in row 1, above the data; docs/sheets\.md lists them",
    "everybody stands as before, when the tab has a row for each sign-in again",
)
def roster(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        before = [list(row) for row in rows]
        days = sorted({str(row[TIMESTAMP]).partition(".")[0] for row in rows[1:]})
        people = sorted({str(row[NAME]) for row in rows[1:]})
        rows[:] = [["Name", *days], *([who, *["x"] * len(days)] for who in people)]
    yield
    with at.tab("Sign-ins") as rows:
        rows[:] = before


def half_in_another(rows: list[list[Cell]]) -> None:
    """A question deleted and asked again: later answers stand in a column of the same name."""
    rows[HEADERS].append("Email address")
    for number, row in enumerate(rows[1:]):
        row.append("")
        if number % 2:
            row[ADDRESS], row[-1] = "", row[ADDRESS]


@scene(
    "a form's question was asked anew, and the tab has two columns of its name",
    r"Sign-ins!1:1: columns C and E .*have the address; each row is read from the one that is "
    r"filled",
    r"if a question was asked again, do nothing",
    "everybody stands as before",
    stays=True,
)
def twin_columns(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        half_in_another(rows)
    yield


@scene(
    "the same, and one row says different things in the two",
    r"Sign-ins!\S+: columns C and E .*both have the address, and disagree here",
    r"empty the cell that is wrong",
    "everybody stands as before",
)
def twins_differ(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        half_in_another(rows)
        rows[4][ADDRESS], rows[4][4] = rows[4][ADDRESS] or rows[4][4], "other@example.org"
    yield
    with at.tab("Sign-ins") as rows:
        rows[4][4] = ""


@scene(
    "a form's question was deleted and asked again",
    r"Climate forum sign-in: two questions of the form have the address; each row is read from",
    r"if a question was asked again, do nothing",
    "who answered the old question has the event",
    stays=True,
)
def asked_again(at: Evening) -> Acts:
    form = google(at).forms[FORM]
    form.add_text("Email address")
    del form.items[1]
    google(at).wrote(form)
    yield


# The events


@scene(
    "a sign-in names its meeting with a letter missing",
    r"Sign-ins!\d+:\d+: no event has this name; did you mean “\d{4}-\d\d-\d\d Housing forum”?",
    r"correct the name",
    "the person has the event again, and nobody another one",
)
def event_mistyped(at: Evening) -> Acts:
    row = at.signed("Housing forum", 1)
    with at.tab("Sign-ins") as rows:
        rows[row][EVENT] = "Housing form"
    found = yield
    with at.tab("Sign-ins") as rows:
        rows[row][EVENT] = found.fact.partition("“")[2].rstrip("”?")


@scene(
    "a sign-in names one of several meetings of its name, mistyped, on its day",
    r"Sign-ins!13:13: no event has this name; did you mean “\d{4}-\d\d-\d\d Monthly meeting”?",
    r"correct the name",
    "the meeting of the row's own day is credited, not the first of that name",
)
def one_of_several(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        assert rows[12][EVENT] == LATEST
        rows[12][EVENT] = "Montly meting"
    found = yield
    with at.tab("Sign-ins") as rows:
        rows[12][EVENT] = found.fact.partition("“")[2].rstrip("”?")


@scene(
    "a sign-in without a time names one of several meetings of its name",
    r"Sign-ins!13:13: \d events have this name, and the row's date does not show which one",
    r"write the event's date before its name, as in “2026-03-31 Forum”",
    "the person has the event again",
)
def which_of_several(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        at_that_time, rows[12][TIMESTAMP] = rows[12][TIMESTAMP], ""
    yield
    day = at.day_of(at_that_time)
    with at.tab("Sign-ins") as rows:
        rows[12][EVENT] = f"{day} {LATEST}"


@scene(
    "a sign-in is dated a day beside its meeting",
    r"Sign-ins!13:13: no event on \w+ \d+, 2\d{3}, has this name; “Monthly meeting” was held on",
    r"enter the day of the event, as someone who was there remembers it; if",
    "the person has the event again, and not that of another day",
)
def day_beside(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        row = rows[12]
        right = at.day_of(row[TIMESTAMP])
        row[TIMESTAMP], row[EVENT] = "", f"{right.replace(day=right.day % 28 + 1)} {LATEST}"
    yield
    with at.tab("Sign-ins") as rows:
        rows[12][EVENT] = f"{right} {LATEST}"


@scene(
    "an event was never entered",
    r"Sign-ins!29:29: no event has this name",
    r"or add the event to the Events tab",
    "whoever was there has it",
)
def event_missing(at: Evening) -> Acts:
    with at.tab("Events") as rows:
        number = next(n for n, row in enumerate(rows) if row[CALLED] == "Pride march with partners")
        gone = rows.pop(number)
    yield
    with at.tab("Events") as rows:
        rows.insert(number, gone)


@scene(
    "the event of a form was renamed in the Events tab",
    r"Climate forum sign-in: all \d rows wait: no event has this name",
    r"correct the name where chapter\.toml \[\[forms\]\] names it",
    "whoever answered the form has the event again",
)
def event_of_a_form(at: Evening) -> Acts:
    with at.tab("Events") as rows:
        next(row for row in rows if row[CALLED] == "Climate forum")[CALLED] = "Forum on climate"
    yield
    at.settings('event = "Climate forum"', 'event = "Forum on climate"')
    expected = at.truth()
    renamed = repr(expected).replace("Forum on climate", "Climate forum")
    assert renamed == repr(at.before)
    return expected


def event_row(at: Evening, called: str) -> int:
    return next(n for n, row in enumerate(at.town.rows("Events")) if row[CALLED] == called)


@scene(
    "the day of an event is no day",
    r"Events!A\d+: ",
    r"write the date like 2026-03-31",
    "whoever was there has it",
)
def day_unreadable(at: Evening) -> Acts:
    number = event_row(at, "Housing forum")
    with at.tab("Events") as rows:
        before, rows[number][DATE] = rows[number][DATE], "last Tuesday"
    yield
    with at.tab("Events") as rows:
        rows[number][DATE] = at.day_of(before).isoformat()


@scene(
    "the year of an event is mistyped",
    r"people signed in, but its date is in the future, so it does not count yet",
    r"if the date has a typo, correct it",
    "whoever was there has it",
)
def day_to_come(at: Evening) -> Acts:
    number = event_row(at, "Housing forum")
    with at.tab("Events") as rows:
        before = rows[number][DATE]
        rows[number][DATE] = serial(at.day_of(before).replace(year=2093))
    yield
    with at.tab("Events") as rows:
        rows[number][DATE] = before


@scene(
    "the kind of an event is mistyped",
    r"Events!3:3: people signed in, but events of this kind do not count; does this one\?",
    r"or correct the kind",
    "whoever was there has it",
)
def kind_mistyped(at: Evening) -> Acts:
    number = event_row(at, "Housing forum")
    with at.tab("Events") as rows:
        rows[number][KIND] = "form"
    yield
    with at.tab("Events") as rows:
        rows[number][KIND] = "forum"


@scene(
    "the kind of an event is one of the chapter's own, and it is said that it counts",
    r"Events!3:3: people signed in, but events of this kind do not count",
    r"write yes or no under “Counts”",
    "whoever was there has it",
)
def kind_that_counts(at: Evening) -> Acts:
    assert event_row(at, "Housing forum") == 2
    with at.tab("Events") as rows:
        rows[2][KIND] = "Assembly"
    yield
    with at.tab("Events") as rows:
        rows[2][COUNTS] = "yes"


@scene(
    "“Counts” says neither yes nor no",
    r"Events!D\d+: this is neither yes nor no",
    r"write yes or no",
    "whoever was there has it",
)
def counts_perhaps(at: Evening) -> Acts:
    number = event_row(at, "Pride march with partners")
    with at.tab("Events") as rows:
        rows[number][COUNTS] = "perhaps"
    yield
    with at.tab("Events") as rows:
        rows[number][COUNTS] = "yes"


@scene(
    "an event that was held is marked as cancelled",
    r"Events!3:3: people signed in, but it is marked as canceled, so it does not count",
    r"if it took place, correct the cell under “Held” or “Cancelled”",
    "whoever was there has it",
)
def marked_as_cancelled(at: Evening) -> Acts:
    with at.tab("Events") as rows:
        rows[2][HELD] = "cancelled"
    yield
    with at.tab("Events") as rows:
        rows[2][HELD] = ""
