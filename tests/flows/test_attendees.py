"""`clerk attendees`: a partner's list comes in as sign-ins of one event (DP-2)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from connectors.sandbox.invented import address_of, name_of, serial
from flows import context as desks
from flows.cli.main import app
from flows.lists.keeping import kept_lists
from flows.nightly.sources import known_sources
from models.errors import ClerkError, FixTheData, Refused
from models.membership.voting_status import Status
from models.privacy import Email
from models.votes.events import ListImported
from tests.conftest import Clock
from tests.flows.town import Town, kept_by_another_version

EVENT = "2026-03-20 Transit forum"
KEY = f"attendees {EVENT}"
NEW = "new.neighbor@example.org"
HEAD = "Employer,E-mail,Guest phone,Attendee"
ROWS = (
    f"Acme,{address_of(2).upper()},617-555-0100,{name_of(2)}",
    f"Acme,{NEW},617-555-0101,New Neighbor",
    f"Acme,{address_of(3)},,{name_of(3)}",
    f"Acme,{address_of(3)},,{name_of(3)}",
    "Acme,not an address,,Some Body",
)
OTHERS = ("one@example.org", "two@example.org")
Clerk = Callable[..., str]
BY = ("--by", "Thea")


@pytest.fixture
def clerk(town: Town, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """A command on a chapter that held a forum with a partner, after a night."""
    with town.edit("Events") as rows:
        rows.append([serial(town.clock().date()) - 11, "Transit forum", "Forum", "", "", "Riders"])
    town.night(tell_everyone=True)
    opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager
    monkeypatch.setattr(opening, "__defaults__", (town.clock,))

    def run(*words: object) -> str:
        typed = [*map(str, words), "--chapter", str(town.folder)]
        return CliRunner().invoke(app, typed, catch_exceptions=False).output

    return run


def csv(folder: Path, *rows: str, name: str = "list.csv") -> Path:
    (folder / name).write_text("\n".join(rows) + "\n", "utf-8")
    return folder / name


def at_the_event(town: Town) -> set[str]:
    """The addresses of those whom the night has at the forum."""
    night = town.night()
    facts = night.facts
    (number,) = (n for n, event in enumerate(facts.events) if str(event) == EVENT)
    there = [facts.known.people[who] for who, at in facts.attended.items() if number in at]
    every = [*map(address_of, range(12)), NEW, *OTHERS]
    return {a for one in there for a in every if Email.parse(a) in one.addresses}


def test_a_list_is_shown_first_and_then_counts_like_any_sign_in(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    file = csv(tmp_path, HEAD, *ROWS)
    shown = clerk("attendees", file, "--event", EVENT)
    assert "address from column B “E-mail” and name from column D “Attendee”" in shown
    assert "Left out: “Employer” and “Guest phone” (DP-5)." in shown
    assert "At this event by the list alone: 3 people (2 known, 1 new)." in shown
    assert "1 row of people who had signed in already, or appear twice." in shown
    assert f"Attendees of {EVENT}!B6\tskipped" in shown
    assert "Nothing was kept." in shown
    assert "example.org" not in shown.casefold()
    assert at_the_event(town) == set()
    assert "Done." in clerk("attendees", file, "--event", EVENT, "--apply", *BY)
    assert at_the_event(town) == {address_of(2), address_of(3), NEW}
    assert at_the_event(town) == {address_of(2), address_of(3), NEW}
    assert f"{KEY}\t5" in clerk("attendees")
    with town.ledger() as ledger:
        line = ledger.votes.lines("")[-1]
    assert (line.who, line.event) == ("Thea", ListImported(about=EVENT, rows=5))


def test_columns_may_stand_in_any_order_and_in_a_workbook(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Partner's list of the evening"])
    sheet.append(["Last name", "Consent", "First name", "Email"])
    sheet.append(["Neighbor", "yes", "New", NEW])
    book.create_sheet("Notes").append(["nothing"])
    file = tmp_path / "list.xlsx"
    book.save(file)
    with pytest.raises(FixTheData, match="has 2 sheets") as asked:
        clerk("attendees", file, "--event", EVENT)
    assert asked.value.next_step.startswith("name it with --sheet")
    with pytest.raises(FixTheData, match=r"has no sheet “Shets”.*: “Sheet”, “Notes”"):
        clerk("attendees", file, "--event", EVENT, "--sheet", "Shets")
    said = clerk("attendees", file, "--event", EVENT, "--sheet", "sheet", "--apply", *BY)
    assert "At this event by the list alone: 1 person (0 known, 1 new)." in said
    assert at_the_event(town) == {NEW}


def test_a_row_with_nothing_in_the_columns_that_are_read_is_counted(
    clerk: Clerk, tmp_path: Path
) -> None:
    """Its name stands in a column that was not known for one."""
    file = csv(tmp_path, "Visitor,E-mail", f"New Neighbor,{NEW}", "No Mail,", ",")
    shown = clerk("attendees", file, "--event", EVENT)
    assert "1 row has nothing in these columns, and is left out." in shown
    shown = clerk("attendees", file, "--event", EVENT, "--column", "name=Visitor")
    assert "nothing in these columns" not in shown


def test_no_consent_follows_from_a_list(town: Town, clerk: Clerk, tmp_path: Path) -> None:
    """DP-4: not even where the partner's form asked for it."""
    with town.edit("Volunteering") as rows:
        rows.append([serial(town.clock().date()) - 5, "Door knocking", NEW, "New Neighbor"])
    head = "Email,Mailing list,Yes please email me"
    clerk("attendees", csv(tmp_path, head, f"{NEW},yes,yes"), "--event", EVENT, "--apply", *BY)
    night = town.night(tell_everyone=True)
    (who,) = (e for e in night.roll.entries.values() if Email.parse(NEW) in e.person.addresses)
    assert who.standing.status is Status.VOTING
    assert not who.person.wants_email
    assert NEW not in {member.email_address for member in town.audience.members.values()}
    assert NEW not in {to for to, _ in town.letters()}


def test_a_list_with_fewer_rows_needs_approval_of_just_that(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    many, few = csv(tmp_path, HEAD, *ROWS), csv(tmp_path, HEAD, *ROWS[:2], name="few.csv")
    clerk("attendees", many, "--event", EVENT, "--apply", *BY)
    shown = clerk("attendees", few, "--event", EVENT)
    assert "This takes something away: 5 rows are kept, and 2 would be; " in shown
    with pytest.raises(Refused, match="5 rows are kept, and 2 would be"):
        clerk("attendees", few, "--event", EVENT, "--apply", *BY)
    with pytest.raises(Refused, match="the approval names 12345678"):
        clerk("attendees", few, "--event", EVENT, "--approve", "12345678", *BY)
    mark = shown.partition("--approve ")[2].split()[0]
    with pytest.raises(Refused, match="the audit log says who"):
        clerk("attendees", few, "--event", EVENT, "--approve", mark)
    clerk("attendees", few, "--event", EVENT, "--approve", mark, *BY)
    assert at_the_event(town) == {address_of(2), NEW}
    more = csv(tmp_path, HEAD, *ROWS[:3], name="more.csv")  # more rows replace without asking
    clerk("attendees", more, "--event", EVENT, "--apply", *BY)
    assert at_the_event(town) == {address_of(2), address_of(3), NEW}


def test_a_list_of_other_people_needs_approval_too(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    """As many rows, and the file of another event: nobody loses an attendance without a word."""
    clerk("attendees", csv(tmp_path, HEAD, *ROWS[:2]), "--event", EVENT, "--apply", *BY)
    other = csv(tmp_path, HEAD, f"A,{OTHERS[0]},,Una", f"A,{OTHERS[1]},,Dos", name="other.csv")
    shown = clerk("attendees", other, "--event", EVENT)
    assert "takes something away: 2 addresses of the list it replaces are not on it" in shown
    with pytest.raises(Refused, match="2 addresses of the list it replaces are not on it"):
        clerk("attendees", other, "--event", EVENT, "--apply", *BY)
    assert at_the_event(town) == {address_of(2), NEW}
    mark = shown.partition("--approve ")[2].split()[0]
    clerk("attendees", other, "--event", EVENT, "--approve", mark, *BY)
    assert at_the_event(town) == {*OTHERS}


def test_a_list_can_be_removed_by_approval(town: Town, clerk: Clerk, tmp_path: Path) -> None:
    clerk("attendees", csv(tmp_path, HEAD, *ROWS), "--event", EVENT, "--apply", *BY)
    with pytest.raises(Refused, match="5 rows are kept, and 0 would be"):
        clerk("attendees", "--remove", "--event", EVENT, "--apply", *BY)
    shown = clerk("attendees", "--remove", "--event", EVENT)
    mark = shown.partition("--approve ")[2].split()[0]
    clerk("attendees", "--remove", "--event", EVENT, "--approve", mark, *BY)
    assert at_the_event(town) == set()
    with town.context() as context:
        assert kept_lists(context.ledger) == []
    with pytest.raises(FixTheData, match="no such list is kept"):
        clerk("attendees", "--remove", "--event", EVENT)


@pytest.mark.parametrize(
    ("event", "fact"),
    [
        ("2026-03-20 Transit form", "Transit forum"),
        ("2026-04-20 Summer forum", "has not happened yet"),
        ("Monthly meeting", "events have this name"),
    ],
)
def test_an_event_that_is_not_one_is_refused(
    town: Town, clerk: Clerk, tmp_path: Path, event: str, fact: str
) -> None:
    with town.edit("Events") as rows:
        rows.append([serial(town.clock().date()) + 20, "Summer forum", "Forum"])
    town.night()
    with pytest.raises(FixTheData) as refused:
        clerk("attendees", csv(tmp_path, HEAD, *ROWS), "--event", event)
    assert fact in str(refused.value)


@pytest.mark.parametrize(
    ("head", "fact"),
    [
        ("Email,Card number", "column B looks like a government ID, card, or account number"),
        ("Email,Driver's license", "column B looks like a government ID"),
        ("Phone,Town", "no column for “Email address”"),
        ("Contact,Contact e-mail", "might be column A “Contact” or B “Contact e-mail”"),
    ],
)
def test_headers_that_leave_a_doubt_are_refused(
    clerk: Clerk, tmp_path: Path, head: str, fact: str
) -> None:
    with pytest.raises(ClerkError) as refused:
        clerk("attendees", csv(tmp_path, head, f"{NEW},4111"), "--event", EVENT)
    assert fact in str(refused.value)
    assert "Next: " in str(refused.value)
    assert "@" not in str(refused.value)
    assert "4111" not in str(refused.value)


def test_a_person_says_which_column_it_is(clerk: Clerk, tmp_path: Path) -> None:
    file = csv(tmp_path, "Contact,Contact e-mail", f"Riders,{NEW}")
    shown = clerk("attendees", file, "--event", EVENT, "--column", "address=Contact e-mail")
    assert "address from column B “Contact e-mail”" in shown
    with pytest.raises(FixTheData, match="the list has no header “Mail”"):
        clerk("attendees", file, "--event", EVENT, "--column", "address=Mail")


def test_a_file_without_headers_is_refused_and_not_repeated(clerk: Clerk, tmp_path: Path) -> None:
    with pytest.raises(FixTheData, match="the first row has no headers") as refused:
        clerk("attendees", csv(tmp_path, f"New Neighbor,{NEW}"), "--event", EVENT)
    assert "Neighbor" not in str(refused.value)


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04", b"\xff\xfea\x00", b"", b'a,"b'])
def test_another_file_is_refused(clerk: Clerk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    with pytest.raises(FixTheData, match="Next: "):
        clerk("attendees", tmp_path / "list.csv", "--event", EVENT)


def test_who_was_erased_is_not_brought_back_by_a_list(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    """DP-6: and nobody is told night after night to delete a row that is in no sheet."""
    clerk("attendees", csv(tmp_path, HEAD, *ROWS), "--event", EVENT, "--apply", *BY)
    town.night()
    clerk("person", "forget", NEW, *BY, "--yes")
    night = town.night()
    assert NEW not in at_the_event(town)
    assert not [i for i in night.facts.review if "a person who was erased" in i.reason]
    shown = clerk("attendees", csv(tmp_path, HEAD, *ROWS), "--event", EVENT)
    assert "1 row of people who were erased" in shown
    assert "takes something away" not in shown


def test_rows_of_a_list_grow_old_with_their_event(
    town: Town, clock: Clock, clerk: Clerk, tmp_path: Path
) -> None:
    """DP-6"""
    clerk("attendees", csv(tmp_path, HEAD, *ROWS), "--event", EVENT, "--apply", *BY)
    clock.go(days=900)
    clerk("retention", "--apply", *BY)
    with town.context() as context:
        kept = known_sources(context.ledger).snapshots[KEY].tables
    assert "example.org" not in repr([table.rows for table in kept])
    with pytest.raises(FixTheData, match="no row that can be kept"):
        clerk("attendees", csv(tmp_path, HEAD, *ROWS), "--event", EVENT)


def test_a_list_of_an_event_that_got_another_name_waits_and_says_so(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    clerk("attendees", csv(tmp_path, HEAD, *ROWS), "--event", EVENT, "--apply", *BY)
    with town.edit("Events") as rows:
        rows[-1][1] = "Bus day"
    facts = town.night().facts
    (item,) = (i for i in facts.review if i.place.source == f"Attendees of {EVENT}")
    assert "all 5 rows wait" in item.reason
    assert "clerk attendees" in item.next_step


@pytest.mark.parametrize("keys", ["attendees %", "%"], ids=["the list", "every source"])
def test_a_list_of_another_version_stops_nights_until_its_file_is_read_again(
    town: Town, clerk: Clerk, tmp_path: Path, keys: str
) -> None:
    """What the night asks for is what cures it, also where no sheet can be used any more."""
    file, few = csv(tmp_path, HEAD, *ROWS), csv(tmp_path, HEAD, *ROWS[:2], name="few.csv")
    clerk("attendees", file, "--event", EVENT, "--apply", *BY)
    kept_by_another_version(town, keys)
    with pytest.raises(FixTheData, match="kept by another version") as stopped:
        town.night()
    assert "read its file again with `clerk attendees`" in stopped.value.next_step
    assert f"{KEY}\tkept by another version of Chapter Clerk: read its file again" in clerk(
        "attendees"
    )
    with pytest.raises(Refused, match="5 rows are kept, and 2 would be"):
        clerk("attendees", few, "--event", EVENT, "--apply", *BY)
    clerk("attendees", file, "--event", EVENT, "--apply", *BY)
    assert at_the_event(town) == {address_of(2), address_of(3), NEW}


def test_a_list_of_another_version_can_be_removed(town: Town, clerk: Clerk, tmp_path: Path) -> None:
    clerk("attendees", csv(tmp_path, HEAD, *ROWS), "--event", EVENT, "--apply", *BY)
    kept_by_another_version(town, "attendees %")
    shown = clerk("attendees", "--remove", "--event", EVENT)
    assert "The list that is kept has 5 rows; it would be removed." in shown
    mark = shown.partition("--approve ")[2].split()[0]
    clerk("attendees", "--remove", "--event", EVENT, "--approve", mark, *BY)
    assert at_the_event(town) == set()


def test_a_night_that_is_at_work_keeps_a_list_out(town: Town, clerk: Clerk, tmp_path: Path) -> None:
    """It would commit without it, and drop it."""
    file = csv(tmp_path, HEAD, *ROWS)
    with town.ledger() as ledger, ledger.alone(), pytest.raises(ClerkError):
        clerk("attendees", file, "--event", EVENT, "--apply", *BY)


def test_no_command_writes_a_list_for_a_partner(clerk: Clerk) -> None:
    """DP-1: the list comes in; the other direction does not exist."""
    said = clerk("attendees", "--help")
    for word in ("export", "out", "share", "write"):
        assert f"--{word}" not in said
