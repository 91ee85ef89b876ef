"""What tabs and forms are, by questions: own words, two columns for names, rosters, trouble."""

import pytest

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.google.workbook import EXCEL
from connectors.settings import load_chapter
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
FORM = "1Form0Rivertown"


def signed(headers: list[Cell]) -> Grid:
    """The usual sign-ins under other headers."""
    return [headers, *([at, event, who, name] for at, event, who, name in SIGN_INS[1:])]


def test_own_words_are_proposed_shown_and_set(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    own = signed(["Submitted at", "Which event did you come to?", "Your e-mail", "Full name"])
    stage.workbook(Events=EVENTS, Sign__ins=own)
    person = stage.person()
    assert stage.init(person) == 0
    assert load_chapter(stage.folder).columns == {
        "sign_ins": {
            "at": ("Submitted at",),
            "event": ("Which event did you come to?",),
            "address": ("Your e-mail",),
            "name": ("Full name",),
        }
    }
    assert person.was_asked("Which column") == 0
    assert "March 31, 2026: 2 voting members" in capsys.readouterr().out


def test_spanish_headers_and_a_name_in_two_columns(stage: Stage) -> None:
    rows: Grid = [["Marca temporal", "Nombre", "Apellidos", "Correo electrónico", "Evento"]]
    rows += [[at, "Ann", "Alder", who, event] for at, event, who, _ in SIGN_INS[1:]]
    stage.workbook(Events=EVENTS, Sign__ins=rows)
    person = stage.person(
        **{"has the person's name": "-", "has the first name": "b", "has the last name": "C"}
    )
    columns = stage.write(person).columns["sign_ins"]
    assert (columns["first_name"], columns["last_name"]) == (("Nombre",), ("Apellidos",))
    assert columns["address"] == ("Correo electrónico",)
    assert person.was_asked("has the person's name.* It might be B “Nombre”") == 1


def test_a_header_that_fits_twice_is_asked_about(stage: Stage) -> None:
    rows = [[*row, ""] for row in signed(["Timestamp", "Event", "Email", "Name"])]
    rows[0][4] = "Email (work)"
    stage.workbook(Events=EVENTS, Sign__ins=rows)
    person = stage.person(**{"has the person's email address": ["", "Z", "A", "c, e"]})
    chapter = stage.write(person)
    assert chapter.columns["sign_ins"]["address"] == ("Email", "Email (work)")
    assert person.was_asked("It might be C “Email” or E “Email .work.”") == 4


def test_a_proposal_that_is_wrong_is_put_right_column_by_column(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    swapped = signed(["Timestamp", "Event", "Name", "Email"])  # over each other's columns
    stage.workbook(Events=EVENTS, Sign__ins=swapped)
    person = stage.person(
        **{
            "Is this right": ["", "change", ""],
            "column has the time": "-",
            "column has the person's email address": "C",
            "column has the person's name": "d",
            "column has the event": "",
            "column has the": "",
        }
    )
    columns = stage.write(person).columns_of("sign_ins")
    assert (columns.titles("address"), columns.titles("name")) == (("Name",), ("Email",))
    assert columns.titles("at") == ("(no such column)",)
    assert "None of these rows has an email address" in capsys.readouterr().err
    assert person.was_asked("press Enter for B") == 1


def test_where_a_usual_header_heads_something_else_its_field_is_nowhere(stage: Stage) -> None:
    rows: Grid = [["Name", "Email address"], *([e, who] for _, e, who, _ in SIGN_INS[1:])]
    stage.workbook(Events=EVENTS, Sign__ins=rows)
    person = stage.person(**{"What is “Sign-ins”": "sign_ins", "column has the event": "A"})
    columns = stage.write(person).columns_of("sign_ins")
    assert columns.titles("event") == ("Name",)
    assert columns.titles("name") == ("(no such column)",)


def test_a_header_that_means_two_things_in_two_tabs_is_not_read_as_one(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    other: Grid = [["Name", "Email address", "Who"], ["Housing forum", "cy@example.org", "Cy"]]
    stage.workbook(Events=EVENTS, Sign__ins=SIGN_INS, Others=other)
    person = stage.person(
        **{
            "What is “Others”": "sign_ins",
            "column has the event": "A",
            "column has the person's name": "C",
            "cannot be read like this": "2",
        }
    )
    chapter = stage.write(person)
    assert chapter.workbooks[0].sign_ins == ("Sign-ins",)
    assert chapter.columns == {}
    assert "a header means the same in all tabs and forms of a kind" in capsys.readouterr().err


@pytest.mark.parametrize("head", ["Email address", "Email"])
def test_a_roster_is_told_by_its_dates(stage: Stage, head: str) -> None:
    rows: Grid = [["Name", head, "2026-01-13", "2/10/2026"],
                  ["Ann Alder", "ann@example.org", "x", ""]]  # fmt: skip
    stage.workbook(Events=EVENTS, Attendance=rows)
    chapter = stage.write(stage.person())
    assert chapter.workbooks[0].sign_ins == ("Attendance",)
    assert chapter.columns_of("sign_ins").titles("address") == (head,)


def test_tabs_of_single_events_are_asked_about_once_and_found_by_a_pattern(stage: Stage) -> None:
    one: Grid = [["Timestamp", "Name", "Email address"],
                 ["2026-01-13 19:00", "Ann Alder", "ann@example.org"]]  # fmt: skip
    tabs = {"Sign__in_Jan": one, "Sign__in_Feb": one, "Sign__in_Mar": one}
    stage.workbook(Events=EVENTS, Notes=[["To do"], ["Buy tea"]], **tabs)
    person = stage.person(
        **{
            "What is “Sign-in Jan”": "2",
            "What is “Notes”": "",
            "same headers: “Sign-in Feb”, “Sign-in Mar”": "",
            "no header that the program knows": "",
            "found by a pattern": ["Sign-in J*", "*", ""],
        }
    )
    (book,) = stage.write(person).workbooks
    assert book.event_tabs == "Sign-in *"
    assert person.was_asked("What is “Sign-in") == 1


def test_tabs_of_events_that_no_pattern_fits_can_be_left_out(stage: Stage) -> None:
    one: Grid = [["Timestamp", "Name", "E-mail"], ["2026-01-13 19:00", "Ann", "ann@example.org"]]
    stage.workbook(Events=EVENTS, Kickoff=one, Forum=one, Other=[["Item"], ["Tea"]])
    person = stage.person(
        **{
            "What is “Kickoff”": "event_sign_ins",
            "same headers: “Forum”": "",
            "no header that the program knows": "",
            "found by a pattern": ["*", "-"],
        }
    )
    chapter = stage.write(person)
    assert chapter.workbooks[0].event_tabs == ""
    assert chapter.columns == {}


def test_what_fits_two_kinds_has_to_be_chosen(stage: Stage) -> None:
    one: Grid = [["Timestamp", "Name", "Email address"],
                 ["2026-01-13 19:00", "Ann Alder", "ann@example.org"]]  # fmt: skip
    stage.workbook(Events=EVENTS, Sign__ins=SIGN_INS, Responses=one)
    person = stage.person(**{"What is “Responses”": ["", "registrations"]})
    assert stage.write(person).workbooks[0].registrations == "Responses"
    assert "press Enter" not in next(one for one in person.asked if "“Responses”" in one)


def test_two_workbooks(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    stage.workbook(Events=EVENTS, Sign__ins=SIGN_INS)
    stage.workbook("2Sheet0People", Registrations=REGISTRATIONS)
    person = stage.person(
        **{"another spreadsheet": [address("spreadsheet", BOOK),
                                   address("spreadsheet", "2Sheet0People"), ""]}
    )  # fmt: skip
    first, second = stage.write(person).workbooks
    assert (first.events, first.review) == ("Events", "Clerk – needs review")
    assert (second.id, second.registrations, second.review) == (
        "2Sheet0People", "Registrations", "",
    )  # fmt: skip
    assert "in the list already" in capsys.readouterr().err


# ── trouble: told with the next step, and asked again ──


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            address("form", FORM),
            "this is the address of a form. Paste the address of a spreadsheet",
        ),
        ("https://docs.google.com/document/d/1Doc/edit", "not the address of a spreadsheet"),
        ("https://drive.google.com/drive/folders/1Folder", "not the address of a spreadsheet"),
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml", "published to the web"),
        ("https://example.org/our sheet", "this is not an id"),
        (address("spreadsheet", "1NotShared"), "add the account that is named above as Editor"),
        (address("spreadsheet", "1NoSuchFile"), "or does not exist"),
        (address("spreadsheet", "1Excel"), "File → Save as Google Sheets"),
    ],
)
def test_a_wrong_address_is_told_and_asked_again(
    stage: Stage, typed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    google = stage.sandbox.google
    google.add_workbook("1NotShared", "Another's", {"Tab": []}, shared_with=set())
    google.add_workbook("1Excel", "Excel", {"Tab": []}, mime_type=EXCEL)
    person = stage.person(**{"address of a spreadsheet": [typed, address("spreadsheet", BOOK)]})
    assert stage.write(person).workbooks[0].id == BOOK
    assert said in capsys.readouterr().err
    assert person.was_asked("address of a spreadsheet") == 2


@pytest.mark.parametrize(
    ("question", "wrong", "said"),
    [
        ("service account's key", "no-such-file.json", "there is no"),
        ("service account's key", "empty.json", "not a service account's key file"),
        ("service account's key", "strange.json", "Google refused the service account's key"),
        ("Mailchimp API key", "not a key", "this is not a Mailchimp API key"),
        ("Mailchimp API key", "f" * 32 + "-us21", "Mailchimp"),
        ("address that emails come from", "hello", "address"),
        ("address that emails come from", "hello@elsewhere.example.com", "is not verified"),
    ],
)
def test_a_wrong_key_or_sender_is_told_and_asked_again(
    stage: Stage, question: str, wrong: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    (stage.keys / "empty.json").write_text("{}")
    held = (stage.keys / "google.json").read_text()
    (stage.keys / "strange.json").write_text(held.replace("clerk@", "somebody@"))
    right = stage.person().knows[question]
    assert isinstance(right, str)
    typed = str(stage.keys / wrong) if wrong.endswith(".json") else wrong
    person = stage.person(**{question: [typed, right]})
    stage.write(person)
    err = capsys.readouterr().err
    assert said in err
    assert wrong not in err or wrong.endswith(".json")
    assert not list(stage.folder.rglob("*.new"))


def test_a_postal_address_that_is_missing_is_asked_for(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    audience = stage.sandbox.mailchimp.lists["rivertown01"]
    audience.contact = {**audience.contact, "address1": ""}
    person = stage.person(**{"Fill it in and press Enter": ["", "later"]})
    stage.write(person)
    err = capsys.readouterr().err
    assert err.count("lacks the street") == 2


def test_a_sheet_that_is_mended_is_looked_at_again(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    held: Grid = [[*row, ""] for row in SIGN_INS]
    held[0][4] = "SSN"
    stage.workbook(Events=EVENTS, Sign__ins=held)

    class Mender(Person):
        def __call__(self, question: str, secret: bool) -> str:
            if "cannot be read like this" in question:
                with stage.sandbox.google.edit(BOOK, "Sign-ins") as rows:
                    for row in rows:
                        del row[4:]
            return super().__call__(question, secret)

    person = Mender({"cannot be read like this": "", **stage.person().knows})
    chapter = stage.write(person)
    assert chapter.workbooks[0].sign_ins == ("Sign-ins",)
    assert "looks like a government ID" in capsys.readouterr().err


# ── forms ──


def test_forms_are_read_by_their_questions(stage: Stage) -> None:
    stage.workbook(Events=EVENTS, Sign__ins=SIGN_INS)
    google = stage.sandbox.google
    members = google.add_form("1Members", "Join us")
    members.settings = {"emailCollectionType": "VERIFIED"}
    members.add_text("Your name")
    members.add_choice("Our newsletter", ["Yes, write to me"], "CHECKBOX")
    forum = google.add_form("1Forum", "Forum sign-in")
    forum.add_text("Name")
    forum.add_text("E-mail")
    person = stage.person(
        **{
            "address of a form": [
                address("spreadsheet", BOOK), address("form", "1Members"),
                "https://docs.google.com/forms/d/e/1FAIpQLSx/viewform",
                address("form", "1Forum"), "",
            ],
            "What is the form “Join us”": "4",
            "What is the form “Forum sign-in”": "2",
            "whether the person agreed": "D",
            "has the person's email address": "B",
            "Which event is this form for": "Housing forum",
            "box for agreeing": "",
        }
    )  # fmt: skip
    chapter = stage.write(person)
    assert [(form.id, form.holds, form.event) for form in chapter.forms] == [
        ("1Members", "registrations", ""),
        ("1Forum", "event_sign_ins", "Housing forum"),
    ]
    assert chapter.consent == ("Yes, write to me",)
    assert chapter.columns_of("registrations").titles("wants_email") == ("Our newsletter",)
    assert chapter.columns_of("event_sign_ins").titles("address") == ("E-mail",)


def test_a_form_whose_answers_are_read_already_is_not_read_twice(stage: Stage) -> None:
    stage.usual()
    form = stage.sandbox.google.add_form(FORM, "Sign-in")
    form.linked_sheet_id = BOOK
    form.add_text("Name")
    person = stage.person(
        **{"address of a form": [address("form", FORM), ""], "Read the form as well": ""}
    )
    assert stage.write(person).forms == ()
