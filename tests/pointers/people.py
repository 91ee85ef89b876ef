"""What is wrong in a row of the chapter's sheets: who it was, what was decided, what was helped."""

from collections.abc import Generator

from connectors.sandbox.invented import address_of, name_of, serial
from tests.pointers.night import Evening, Truth
from tests.pointers.scene import Rows, Said

scene = Rows("rows")
Acts = Generator[None, Said, Truth | None]
TIMESTAMP, EVENT, ADDRESS, NAME = range(4)


# Who it was


@scene(
    "a sign-in whose address contains a space",
    r"Sign-ins!C5: the address contains a space",
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
    r"Sign-ins!5:5: this row has a name but no email address; one person is registered under this "
    r"name",
    r"add the person's email address to the row; the program never matches",
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
    r"Sign-ins!5:5: this row has neither an address nor a name",
    r"ask who it was and add the address, or clear the row",
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
    r"several registered people share this address, and the name does not show which one",
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
    r"Registrations!C2: the email address is missing",
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
    "who helped is a voting member by it",
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
    r"Exceptions!3:3: this exception changes nothing: the person has no sign-in at this event",
    r"check the address and the event it names",
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
    r"Registrations!I2: this is neither yes nor no; treated as no consent",
    r"set it as `consent` in chapter\.toml",
    "everybody stands as before, and the box is a yes",
)
def consent_box(at: Evening) -> Acts:
    with at.tab("Registrations") as rows:
        rows[1][8] = "I would love that"
    yield
    at.settings('zone = "', 'consent = ["I would love that"]\nzone = "')


# Who was erased


ERASED = r"Sign-ins!5:5: this row names a person who was erased"


def forget_first(at: Evening) -> None:
    assert "Erased" in at.clerk("person", "forget", address_of(1), "--by", "Olu", "--yes")


@scene(
    "somebody was erased, and the sheets still name them",
    ERASED,
    r"delete the row",
    "nobody else stands otherwise, and the person stands nowhere",
)
def still_named(at: Evening) -> Acts:
    forget_first(at)
    yield
    for title in ("Sign-ins", "Registrations"):
        with at.tab(title) as rows:
            rows[:] = [r for r in rows if address_of(1) not in str([*map(str, r)]).casefold()]
    return {who: stands for who, stands in at.before.items() if who != address_of(1)}


@scene(
    "somebody was erased, and came back",
    ERASED,
    r"if the person came back: `clerk person readmit --by …`",
    "they have every event again",
)
def came_back(at: Evening) -> Acts:
    forget_first(at)
    yield
    said = at.clerk("person", "readmit", "--by", "Olu", typed=f"{address_of(1)}\n")
    assert "Next: clerk sync --apply" in said
    at.clerk("sync", "--apply")
