"""What people do to the chapter's sheets, and what is said of it."""

from collections.abc import Generator

from connectors.sandbox.google_state import GoogleState
from connectors.sandbox.invented import FORM, WORKBOOK, address_of, name_of, serial
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
    r"no header “Email address”; the closest is “e-mail addres” in column C",
    r"mend the header",
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
    r"no header .* in row 1, but row \d+ has it: was the tab sorted with its header\?",
    r"mend the header",
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
    r"mend the header",
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
    r"column J looks like a government id, card or account number: take it out",
    r"",
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
    r"no header “Email address”; the closest is “your email”",
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
    r"mend the header",
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


# The events


@scene(
    "a sign-in names its meeting with a letter missing",
    r"Sign-ins!\d+:\d+: no event has this name; the closest is “\d{4}-\d\d-\d\d Housing forum”",
    r"correct the name",
    "the person has the event again, and nobody another one",
)
def event_mistyped(at: Evening) -> Acts:
    row = at.signed("Housing forum", 1)
    with at.tab("Sign-ins") as rows:
        rows[row][EVENT] = "Housing form"
    found = yield
    with at.tab("Sign-ins") as rows:
        rows[row][EVENT] = found.fact.partition("“")[2].rstrip("”")


@scene(
    "a sign-in names one of several meetings of its name, mistyped, on its day",
    r"Sign-ins!13:13: no event has this name; the closest is “\d{4}-\d\d-\d\d Monthly meeting”",
    r"correct the name",
    "the meeting of the row's own day is credited, not the first of that name",
)
def one_of_several(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        assert rows[12][EVENT] == LATEST
        rows[12][EVENT] = "Montly meting"
    found = yield
    with at.tab("Sign-ins") as rows:
        rows[12][EVENT] = found.fact.partition("“")[2].rstrip("”")


@scene(
    "a sign-in without a time names one of several meetings of its name",
    r"Sign-ins!13:13: \d events have this name and the row's date does not tell which",
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
    r"Sign-ins!13:13: no event of 2\d{3}-\d\d-\d\d has this name; “Monthly meeting” was held on",
    r"write the day on which they met",
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
    r"correct the name",
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
    r"write the date as 2026-03-31",
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
    r"people signed in, but its date is still to come: it does not count yet",
    r"correct the date if it is mistyped",
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
    r"Events!3:3: people signed in, but its kind is none of those that count: does it count\?",
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
    r"Events!3:3: people signed in, but its kind is none of those that count",
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
    r"Events!D\d+: neither yes nor no stands here",
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
    r"Events!3:3: people signed in, but it is marked as cancelled: it does not count",
    r"empty the cell under “Held” if it took place",
    "whoever was there has it",
)
def marked_as_cancelled(at: Evening) -> Acts:
    with at.tab("Events") as rows:
        rows[2][HELD] = "cancelled"
    yield
    with at.tab("Events") as rows:
        rows[2][HELD] = ""


# Who it was


@scene(
    "a space stands inside the address of a sign-in",
    r"Sign-ins!C5: a space stands inside the address",
    r"correct the cell",
    "the person has the event again",
)
def space_in_an_address(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        before, rows[4][ADDRESS] = rows[4][ADDRESS], str(rows[4][ADDRESS]).replace(".", " ", 1)
    yield
    with at.tab("Sign-ins") as rows:
        rows[4][ADDRESS] = before


@scene(
    "a sign-in has a name and no address",
    r"Sign-ins!5:5: there is a name and no address; one person is registered under this name",
    r"add the person's mail address to the row",
    "the person has the event again",
)
def name_alone(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        before, rows[4][ADDRESS] = rows[4][ADDRESS], ""
    yield
    with at.tab("Sign-ins") as rows:
        rows[4][ADDRESS] = before


@scene(
    "a sign-in has neither name nor address",
    r"Sign-ins!5:5: neither an address nor a name stands here",
    r"ask at the event who it was and add the address",
    "the person has the event again",
)
def nobody_named(at: Evening) -> Acts:
    with at.tab("Sign-ins") as rows:
        before, rows[4][ADDRESS:] = rows[4][ADDRESS:], ["", ""]
    yield
    with at.tab("Sign-ins") as rows:
        rows[4][ADDRESS:] = before


@scene(
    "a sign-in at a household's address bears no name",
    r"the address is shared by several registered people and the name does not tell which",
    r"write the name exactly as on the registration",
    "the one of the two who was there has the event again",
)
def household(at: Evening) -> Acts:
    number = at.signed("Spring social", 5)
    with at.tab("Sign-ins") as rows:
        before, rows[number][NAME] = rows[number][NAME], ""
    yield
    with at.tab("Sign-ins") as rows:
        rows[number][NAME] = before


@scene(
    "two people of one name are registered, and are one person",
    r"Registrations!\S+: has the same name as Registrations!\S+ and no address in common",
    r"add a “same person” exception with both addresses",
    "they are one person, who keeps the events",
)
def namesakes(at: Evening) -> Acts:
    row = next(n for n, r in enumerate(at.town.rows("Registrations")) if r[1] == name_of(1))
    with at.tab("Registrations") as rows:
        rows.append([*rows[row][:2], "other@example.org", *rows[row][3:]])
    yield
    with at.tab("Exceptions") as rows:
        rows.append([rows[1][0], "Thea Novak", "same person", address_of(1), "", "", "",
                     "other@example.org", "asked at the door"])  # fmt: skip
    expected = at.truth()
    both = " ".join(sorted([address_of(1), "other@example.org"]))
    assert expected[both] == ("Voting member", at.before[address_of(1)][1])
    assert len(expected) == len(at.before)
    return expected


# The other tabs


@scene(
    "a registration has no name",
    r"Registrations!B2: the name is missing",
    r"fill in the cell",
    "everybody stands as before",
)
def no_name(at: Evening) -> Acts:
    with at.tab("Registrations") as rows:
        before, rows[1][1] = rows[1][1], ""
    yield
    with at.tab("Registrations") as rows:
        rows[1][1] = before


@scene(
    "a registration has no address",
    r"Registrations!C2: the mail address is missing",
    r"fill in the cell",
    "everybody stands as before",
)
def no_address(at: Evening) -> Acts:
    with at.tab("Registrations") as rows:
        row = rows[1]
        before, row[2], row[3] = row[2:4], "", ""
    yield
    with at.tab("Registrations") as rows:
        rows[1][2:4] = before


@scene(
    "an activity has no day",
    r"Volunteering!A4: the date is missing",
    r"fill in the cell",
    "who helped has the vote by it",
)
def activity_without_day(at: Evening) -> Acts:
    with at.tab("Volunteering") as rows:
        before, rows[3][0] = rows[3][0], ""
    yield
    with at.tab("Volunteering") as rows:
        rows[3][0] = before


@scene(
    "an exception bears no reason",
    r"Exceptions!I2: the reason is missing",
    r"fill in the cell",
    "the exception stands again",
)
def no_reason(at: Evening) -> Acts:
    with at.tab("Exceptions") as rows:
        before, rows[1][8] = rows[1][8], ""
    yield
    with at.tab("Exceptions") as rows:
        rows[1][8] = before


@scene(
    "an exception is of a kind that there is not",
    r"Exceptions!C2: this kind of exception is unknown",
    r"write one of: attended, did not attend",
    "the exception stands again",
)
def unknown_kind(at: Evening) -> Acts:
    with at.tab("Exceptions") as rows:
        rows[1][2] = "was there"
    yield
    with at.tab("Exceptions") as rows:
        rows[1][2] = "attended"


@scene(
    "an exception that strikes an attendance names another event",
    r"Exceptions!3:3: this exception changes nothing: no sign-in says that the person was there",
    r"look at the address and the event it names",
    "the event that was meant does not count for the person",
)
def strikes_nothing(at: Evening) -> Acts:
    day = serial(at.day_of(at.town.rows("Sign-ins")[4][TIMESTAMP]))
    with at.tab("Exceptions") as rows:
        rows.append([rows[1][0], "Thea Novak", "did not attend", address_of(1), "",
                     "Transit workstream", "", "", "signed for a friend"])  # fmt: skip
    yield
    with at.tab("Exceptions") as rows:
        rows[2][5:7] = ["Housing forum", day]
    expected = at.truth()
    lost = {*at.before[address_of(1)][1]} - {*expected[address_of(1)][1]}
    assert [one[11:] for one in lost] == ["Housing forum"]
    assert {**expected, address_of(1): 0} == {**at.before, address_of(1): 0}
    return expected


@scene(
    "the box of the consent line has a text of its own",
    r"Registrations!I2: neither yes nor no stands here; taken for no consent",
    r"set it as `consent` in chapter\.toml",
    "everybody stands as before, and the box is a yes",
)
def consent_box(at: Evening) -> Acts:
    with at.tab("Registrations") as rows:
        rows[1][8] = "I would love that"
    yield
    at.settings('zone = "', 'consent = ["I would love that"]\nzone = "')
