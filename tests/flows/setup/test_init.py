"""From an empty folder to the first plan: stopped anywhere, gone on with, and private all along."""

import json
import stat
from pathlib import Path

import pytest
import typer

from connectors.google import SCOPES
from connectors.sandbox.google.workbook import SERVICE_ACCOUNT
from connectors.settings import load_chapter
from flows.setup.interview import KEPT
from models.errors import FixTheSettings
from tests.flows.setup.person import BOOK, EVENTS, LIST, REGISTRATIONS, SIGN_INS, Stage, address


def test_from_nothing_to_the_first_plan(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    stage.usual()
    assert stage.init(stage.person()) == 0
    said = capsys.readouterr().out
    chapter = load_chapter(stage.folder)
    (book,) = chapter.workbooks
    assert (book.id, book.events, book.sign_ins) == (BOOK, "Events", ("Sign-ins",))
    assert (book.registrations, book.review) == ("Registrations", "Clerk – needs review")
    assert (chapter.name, chapter.zone) == ("Rivertown Progressives", "America/New_York")
    assert (chapter.mailchimp.list_id, chapter.mailchimp.from_name) == (LIST, chapter.name)
    assert chapter.consent == ("I agree to receive mail",)
    assert chapter.columns == {}
    assert "# Google spreadsheets: the id is between /d/ and /edit" in stage.written
    assert "Everything works." in said
    assert "March 31, 2026: 2 voting members" in said
    assert stage.sandbox.requests("mailchimp", writes_only=True) == []


@pytest.mark.parametrize("patience", [1, 6, 11])
def test_who_stops_goes_on_where_they_stood(stage: Stage, patience: int) -> None:
    stage.usual()
    person = stage.person()
    person.patience = patience
    with pytest.raises(typer.Abort):
        stage.init(person)
    assert not (stage.folder / "chapter.toml").exists()
    again = stage.person()
    assert stage.init(again) == 0
    assert not set(person.asked) & set(again.asked)
    assert load_chapter(stage.folder).workbooks[0].sign_ins == ("Sign-ins",)
    assert not (stage.folder / KEPT).exists()


def test_keys_and_answers_are_their_owners_alone(stage: Stage) -> None:
    stage.usual()
    person = stage.person()
    person.patience = 8
    with pytest.raises(typer.Abort):
        stage.init(person)
    files = [stage.folder / name for name in (KEPT, "secrets/google.json", "secrets/mailchimp.key")]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert {stat.S_IMODE(file.parent.stat().st_mode) for file in files} == {0o700}
    kept = (stage.folder / KEPT).read_text()
    assert "hello@rivertown.example.org" in kept
    assert stage.sandbox.mailchimp.api_key not in kept
    assert "PRIVATE KEY" not in kept
    left = {path.name for path in stage.folder.rglob("*")}
    assert left == {KEPT, "secrets", "google.json", "mailchimp.key"}


def test_nothing_that_is_shown_names_anybody(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the columns are taken for: here those of names and addresses for something else."""
    rows = [["Timestamp", "Event", "Email address", "Name", "Friend", "Phone"],
            ["2026-03-01 19:00", "Ann Alder", "Forum", "ann@example.org", "Cy Cruz",
             6175550100]]  # fmt: skip
    stage.workbook(Sign__ins=rows, Registrations=REGISTRATIONS)
    person = stage.person()
    stage.init(person)
    said = "".join([*capsys.readouterr(), *person.asked, stage.written])
    for of_a_person in ("Ann", "Alder", "Cruz", "ann@", "617"):
        assert of_a_person not in said.replace("ann_arbor", "")
    assert "an address" in said


def test_a_row_about_a_person_is_never_taken_for_headers(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.workbook(
        Registrations=REGISTRATIONS,
        List=[["Ann Alder", "ann@example.org"], ["Ben Alder", "ben@example.org"]],
        Board=[["Cy Cruz", "co-chair"], ["Dee Dorn", "treasurer"]],
    )
    person = stage.person(**{"no header that the program knows": ""})
    stage.init(person)
    said = "".join([*capsys.readouterr(), *person.asked, stage.written])
    assert "“List”: row 1 has an address in it" in said
    assert person.was_asked("“Board” has no header that the program knows") == 1
    for name in ("Ann", "Cy Cruz", "Dorn", "treasurer"):
        assert name not in said


@pytest.mark.parametrize("left", ["secrets/google.json", "secrets/mailchimp.key"])
def test_a_key_that_was_taken_is_not_asked_for_again(stage: Stage, left: str) -> None:
    stage.usual()
    person = stage.person()
    person.patience = 6
    with pytest.raises(typer.Abort):
        stage.init(person)
    before = (stage.folder / left).read_bytes()
    again = stage.person()
    stage.init(again)
    assert (stage.folder / left).read_bytes() == before
    assert again.was_asked("key") == 0


def test_a_key_that_stopped_working_in_between_is_asked_for_again(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    person = stage.person()
    person.patience = 5
    with pytest.raises(typer.Abort):
        stage.init(person)
    stage.sandbox.mailchimp.api_key = "0" * 32 + "-us21"
    (stage.keys / "mailchimp.key").write_text(stage.sandbox.mailchimp.api_key)
    again = stage.person()
    assert stage.init(again) == 0
    assert again.was_asked("Mailchimp API key") == 1
    assert "Mailchimp" in capsys.readouterr().err


def test_a_chapter_without_a_sheet_is_told_of_the_template(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.workbook("budget0", Budget=[["Item", "Cost"], ["Flyers", 12]])
    stage.usual()
    person = stage.person(
        **{
            "no header that the program knows": "",
            "address of a spreadsheet": address("spreadsheet", "budget0"),
            "another spreadsheet": ["", address("spreadsheet", BOOK), ""],
        }
    )
    stage.write(person)
    assert "`clerk init --template FOLDER` makes its sheets" in capsys.readouterr().err
    assert [book.id for book in load_chapter(stage.folder).workbooks] == [BOOK]


def test_a_folder_that_others_can_write_is_refused(stage: Stage, tmp_path: Path) -> None:
    stage.folder.mkdir(mode=0o777)
    stage.folder.chmod(0o777)
    with pytest.raises(FixTheSettings):
        stage.init(stage.person())


def test_officers_another_zone_and_english_alone(stage: Stage) -> None:
    stage.usual()
    person = stage.person(
        **{
            "time zone": ["Mars/Olympus", "America/Chicago"],
            "Spanish": "no",
            "Name somebody": ["Ana Officer", "b@example.org", "Bo Officer", ""],
            "May Ana Officer also act": "yes",
            "May Bo Officer also act": "",
            "website": ["rivertown.example.org", "https://rivertown.example.org"],
        }
    )
    stage.write(person)
    chapter = load_chapter(stage.folder)
    assert (chapter.zone, chapter.languages) == ("America/Chicago", ("en",))
    assert [(one.name, one.acts) for one in chapter.officers] == [
        ("Ana Officer", True), ("Bo Officer", False),
    ]  # fmt: skip
    assert chapter.website == "https://rivertown.example.org"
    assert "b@example.org" not in stage.written


def test_where_keys_are_forbidden_googles_own_sign_in_does(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.usual()
    file = stage.keys / "default.json"
    file.write_text(json.dumps(stage.sandbox.google.authorized_user_json(SERVICE_ACCOUNT, SCOPES)))
    file.chmod(0o600)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    assert stage.init(stage.person(**{"service account's key": "application-default"})) == 0
    assert 'credentials = "application-default"' in stage.written
    assert not (stage.folder / "secrets" / "google.json").exists()


def test_a_key_of_the_environment_is_not_asked_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.usual()
    monkeypatch.setenv("CLERK_MAILCHIMP__KEY", stage.sandbox.mailchimp.api_key)
    person = stage.person()
    stage.write(person)
    assert person.was_asked("Mailchimp API key") == 0
    assert "mailchimp.key" not in stage.written


def test_one_of_several_audiences_is_chosen_by_its_name(stage: Stage) -> None:
    stage.usual()
    stage.sandbox.mailchimp.add_list("other0list", name="Donors")
    person = stage.person(audience=["", "Donors", "2"])
    stage.write(person)
    assert load_chapter(stage.folder).mailchimp.list_id == "other0list"
    assert "Donors (0 subscribed)" in next(one for one in person.asked if "audience" in one)
    assert address("spreadsheet", BOOK) not in stage.written


def test_a_membership_form_with_yeses_and_noes_is_no_roster(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    registrations = [
        [*REGISTRATIONS[0], "Registered voter", "Dues paid"],
        *([*row, "yes", "no"] for row in REGISTRATIONS[1:]),
    ]
    stage.workbook(Sign__ins=SIGN_INS, Events=EVENTS, Registrations=registrations)
    assert stage.init(stage.person()) == 0
    assert load_chapter(stage.folder).workbooks[0].registrations == "Registrations"
    assert "looks like a roster" not in capsys.readouterr().err
