"""`clerk init` on a chapter that is there: it adds, and changes nothing else."""

import stat
import tomllib

import pytest
import typer

from connectors.sandbox.google.cells import Cell
from connectors.settings import load_chapter
from flows.setup.file import BEFORE
from flows.setup.interview import KEPT
from flows.setup.lock import alone
from models.errors import Refused
from tests.flows.setup.person import (
    BOOK,
    EVENTS,
    REGISTRATIONS,
    SIGN_INS,
    Person,
    Stage,
    address,
)

Grid = list[list[Cell]]
MORE = "2Sheet0Canvass"
NOTES = """
# Ann's own notes: do not touch.
[safety_limits]   # we are few
losses_percent = 40

[columns.registrations]
phone = "Cell phone"  # since 2024
"""


@pytest.fixture
def there(stage: Stage) -> Stage:
    """A chapter that was set up, and whose file somebody wrote in."""
    stage.usual()
    stage.write(stage.person())
    file = stage.folder / "chapter.toml"
    file.write_text(stage.written.replace('zone = "', 'zone   =  "', 1) + NOTES)
    return stage


def adds(*addresses: str, **more: str | list[str]) -> Person:
    """Somebody who adds these spreadsheets."""
    usual: dict[str, str | list[str]] = {
        "another spreadsheet": [*addresses, ""], "address of a form": "", "^What is ": "",
        "Is this right": "",
    }  # fmt: skip
    return Person({**more, **{one: usual[one] for one in usual if one not in more}})


def test_a_spreadsheet_more_leaves_every_letter_as_it_was(there: Stage) -> None:
    there.workbook(MORE, Volunteers=[["Date", "Activity", "Email address"]])
    before = there.written
    person = adds(address("spreadsheet", MORE))
    assert there.init(person) == 0
    assert there.written.startswith(before.rstrip())
    added = tomllib.loads(there.written[len(before.rstrip()) :])
    assert added == {"workbooks": [{"id": MORE, "volunteers": "Volunteers"}]}
    assert [book.id for book in load_chapter(there.folder).workbooks] == [BOOK, MORE]
    assert person.was_asked("key|audience|zone|bylaws") == 0


def test_its_own_headers_are_added_beside_those_that_are_set(there: Stage) -> None:
    more: Grid = [["Which meeting", "E-mail", "Name"], ["Housing forum", "cy@example.org", "Cy"]]
    there.workbook(MORE, Sign__ins=more)
    there.write(adds(address("spreadsheet", MORE)))
    columns = load_chapter(there.folder).columns
    assert columns == {
        "registrations": {"phone": ("Cell phone",)},
        "sign_ins": {"event": ("Event", "Which meeting"), "address": ("Email address", "E-mail")},
    }
    assert 'phone = "Cell phone"  # since 2024' in there.written


def test_what_is_set_is_added_to_in_place(there: Stage) -> None:
    more: Grid = [["Name", "Email address", "Phone number"], ["Cy", "cy@example.org", ""]]
    there.workbook(MORE, Registrations=more)
    there.write(adds(address("spreadsheet", MORE)))
    columns = load_chapter(there.folder).columns["registrations"]
    assert columns["phone"] == ("Cell phone", "Phone number")
    assert "# Ann's own notes: do not touch." in there.written
    assert "[safety_limits]   # we are few" in there.written


def test_a_tab_more_of_a_spreadsheet_that_is_there(there: Stage) -> None:
    book = there.sandbox.google.workbooks[BOOK]
    there.workbook(
        BOOK, Sign__ins_2025=SIGN_INS, Volunteers=[["Date", "Activity", "Email address"]]
    )
    book.tabs += there.sandbox.google.workbooks[BOOK].tabs
    there.sandbox.google.workbooks[BOOK] = book
    for number, tab in enumerate(book.tabs):
        tab.sheet_id = number
    person = adds(address("spreadsheet", BOOK))
    there.write(person)
    (one,) = load_chapter(there.folder).workbooks
    assert one.sign_ins == ("Sign-ins", "Sign-ins 2025")
    assert (one.volunteers, one.events) == ("Volunteers", "Events")
    assert person.was_asked("What is ") == 2
    assert "# Ann's own notes: do not touch." in there.written


def test_a_form_more(there: Stage) -> None:
    form = there.sandbox.google.add_form("1Join", "Join")
    for question in ("Name", "Email address", "Newsletter?"):
        form.add_text(question)
    person = adds(
        **{
            "address of a form": [address("form", "1Join"), ""],
            "What is the form": "registrations",
            "column has whether the person": "D",
            "box for agreeing": "Write to me",
        }
    )
    there.write(person)
    chapter = load_chapter(there.folder)
    assert [form.id for form in chapter.forms] == ["1Join"]
    assert chapter.consent == ("I agree to receive mail", "Write to me")
    assert chapter.columns_of("registrations").titles("wants_email") == (
        "Mailing list", "Newsletter?",
    )  # fmt: skip


def test_a_header_that_would_change_how_a_tab_is_read_is_not_taken(
    there: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    """“Kind” would be the event of the new tab, and is a column of nobody's in the old one."""
    with there.sandbox.google.edit(BOOK, "Sign-ins") as rows:
        for number, row in enumerate(rows):
            row.append("in person" if number else "Meeting")
    there.workbook(MORE, Sign__ins=[["Meeting", "Email address"], ["Forum", "cy@example.org"]])
    before = there.written
    person = adds(address("spreadsheet", MORE), **{"cannot be read like this": "skip"})
    assert there.init(person) == 0
    assert there.written == before
    err = capsys.readouterr().err
    assert "the header “Event” and “Meeting” of “Sign-ins” would be read as event" in err


def test_nothing_added_is_nothing_written(there: Stage) -> None:
    before = there.written
    assert there.init(adds()) == 0
    assert there.written == before
    assert not (there.folder / KEPT).exists()


def test_adding_can_be_stopped_too(there: Stage) -> None:
    there.workbook(MORE, Volunteers=[["Date", "Activity", "Email address"]])
    before = there.written
    for patience in (1, 1, 1):
        person = adds(address("spreadsheet", MORE))
        person.patience = patience
        with pytest.raises(typer.Abort):
            there.init(person)
        assert there.written == before
    again = adds()
    there.write(again)
    assert again.was_asked("What is |Is this right") == 0
    assert len(load_chapter(there.folder).workbooks) == 2


def test_a_file_that_cannot_be_added_to_is_left_and_the_lines_are_told(there: Stage) -> None:
    file = there.folder / "chapter.toml"
    head, _, tail = there.written.partition("[[workbooks]]\n")
    block, _, rest = tail.partition("\n\n")
    inline = ", ".join(line for line in block.splitlines() if line)
    file.write_text(f"workbooks = [{{ {inline} }}]\n{head}{rest}")
    before = there.written
    there.workbook(MORE, Volunteers=[["Date", "Activity", "Email address"]])
    with pytest.raises(Refused, match="cannot add to") as told:
        there.init(adds(address("spreadsheet", MORE)))
    assert f'id = "{MORE}"' in told.value.next_step
    assert there.written == before


def test_events_and_registrations_of_the_start_are_still_read(there: Stage) -> None:
    """What is added changes no reading of what was there."""
    there.workbook(MORE, People=[["Name", "Correo"], ["Cy", "cy@example.org"]])
    person = adds(address("spreadsheet", MORE), **{"What is “People”": "registrations"})
    there.write(person)
    chapter = load_chapter(there.folder)
    assert chapter.columns_of("registrations").titles("address") == ("Email address", "Correo")
    assert EVENTS[0][0] == "Date"
    assert REGISTRATIONS[0][2] == "Email address"


def test_headers_of_a_kind_that_has_none_of_its_own_yet_are_added(there: Stage) -> None:
    own: Grid = [["Day", "Activity", "E-mail"], ["2026-03-01", "Canvass", "cy@example.org"]]
    there.workbook(MORE, Volunteers=own)
    there.write(adds(address("spreadsheet", MORE)))
    columns = load_chapter(there.folder).columns["volunteers"]
    assert columns == {"day": ("Day",), "address": ("E-mail",)}


def test_the_file_as_it_was_is_kept_beside_it(there: Stage) -> None:
    there.workbook(MORE, Volunteers=[["Date", "Activity", "Email address"]])
    before = there.written
    there.write(adds(address("spreadsheet", MORE)))
    kept = there.folder / BEFORE
    assert kept.read_text() == before
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_link_to_the_settings_stays_one(there: Stage) -> None:
    there.workbook(MORE, Volunteers=[["Date", "Activity", "Email address"]])
    file, real = there.folder / "chapter.toml", there.folder / "versioned" / "rivertown.toml"
    real.parent.mkdir(mode=0o700)
    file.rename(real)
    file.symlink_to(real)
    there.write(adds(address("spreadsheet", MORE)))
    assert file.is_symlink()
    assert MORE in real.read_text()


def test_a_second_set_up_at_the_same_time_is_told_where_the_first_one_is(there: Stage) -> None:
    with (
        alone(there.folder, "in a terminal (process 4711)"),
        pytest.raises(Refused, match=r"set up in a terminal \(process 4711\) at the moment"),
    ):
        there.init(adds())
    assert there.init(adds()) == 0


def test_a_spreadsheet_whose_id_is_a_whole_address_is_known(there: Stage) -> None:
    file = there.folder / "chapter.toml"
    file.write_text(there.written.replace(f'"{BOOK}"', f'"{address("spreadsheet", BOOK)}"'))
    one_more = [["Date", "Activity", "Email address"]]
    there.workbook(BOOK, Events=EVENTS, Sign__ins=SIGN_INS, Registrations=REGISTRATIONS,
                   Volunteers=one_more)  # fmt: skip
    person = adds(address("spreadsheet", BOOK))
    assert there.init(person) == 0
    assert person.was_asked("What is ") == 1
    (book,) = load_chapter(there.folder).workbooks
    assert (book.id, book.volunteers, book.events) == (BOOK, "Volunteers", "Events")


def test_a_tab_more_beside_the_committees_own(there: Stage) -> None:
    """What is named by hand, and not by set-up, stands in nobody's way."""
    races: Grid = [["Cycle", "Office"], ["2026 spring", "Mayor"]]
    seats: Grid = [
        ["Member", "Email", "Elected on"],
        ["Ann Alder", "ann@example.org", "2026-02-01"],
    ]
    there.workbook(Events=EVENTS, Sign__ins=SIGN_INS, Registrations=REGISTRATIONS, Races=races,
                   Steering__Committee=seats)  # fmt: skip
    file = there.folder / "chapter.toml"
    file.write_text(there.written.replace("[[workbooks]]\n", '[[workbooks]]\nraces = "Races"\n', 1))
    there.write(adds(address("spreadsheet", BOOK)))
    chapter = load_chapter(there.folder)
    (book,) = chapter.workbooks
    assert (book.races, book.committee) == ("Races", "Steering-Committee")
    assert chapter.columns["committee"] == {
        "name": ("Member",), "address": ("Email",), "confirmed": ("Elected on",),
    }  # fmt: skip
