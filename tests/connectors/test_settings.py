"""`chapter.toml` and the environment: what is read, what is refused, in words that help."""

import os
from pathlib import Path

import pytest

from connectors.settings import Chapter, load_chapter, secret_text
from models.errors import FixTheSettings
from models.mail.notices import ONE_AWAY, VOTING

LEAST = """\
name = "Rivertown"
zone = "America/New_York"

[google]
key_file = "secrets/google.json"

[mailchimp]
key_file = "secrets/mailchimp.key"
list_id = "abc"
from_name = "Rivertown"
reply_to = "hello@example.org"

[[workbooks]]
id = "book"
events = "Events"
sign_ins = ["Sign-ins", "More sign-ins"]
"""


def chapter(folder: Path, text: str = LEAST) -> Chapter:
    (folder / "chapter.toml").write_text(text)
    return load_chapter(folder)


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(FixTheSettings) as refused:
        chapter(folder, text)
    return str(refused.value)


def test_the_least_is_enough(tmp_path: Path) -> None:
    read = chapter(tmp_path)
    assert read.emails.send == (VOTING, ONE_AWAY)
    assert read.workbooks[0].tabs() == {
        "Sign-ins": "sign_ins", "More sign-ins": "sign_ins", "Events": "events"
    }  # fmt: skip
    assert read.ledger_url() == f"sqlite:///{tmp_path}/ledger/clerk.sqlite"
    assert read.read_bylaws().chapter


def test_the_officers_email_is_one_address(tmp_path: Path) -> None:
    two = f'{LEAST}\n[elections]\nofficers_email = "ann@example.org, bo@example.org"\n'
    said = complaint(tmp_path, two)
    assert "[elections] officers_email: there are two addresses here" in said
    assert "bo@" not in said


@pytest.mark.parametrize("written", ["https://Clerk.example.org", "https://clerk.example.org:443"])
def test_the_address_of_the_page_is_as_browsers_say_it(tmp_path: Path, written: str) -> None:
    read = chapter(tmp_path, f'{LEAST}\n[desk]\naddress = "{written}"\n')
    assert read.desk
    assert read.desk.address == "https://clerk.example.org"


@pytest.mark.parametrize(
    "wrong", ["http://a.example.org", "https://a.org:99999", "https://a.org/x"]
)
def test_another_address_is_none(tmp_path: Path, wrong: str) -> None:
    said = complaint(tmp_path, f'{LEAST}\n[desk]\naddress = "{wrong}"\n')
    assert "write it as https://clerk.example.org, without a path" in said


def test_the_file_itself_may_be_named(tmp_path: Path) -> None:
    chapter(tmp_path)
    assert load_chapter(tmp_path / "chapter.toml").folder == tmp_path


@pytest.mark.parametrize("url", ["postgresql://db/clerk", "sqlite:////var/clerk.sqlite"])
def test_a_ledger_elsewhere_stays_there(tmp_path: Path, url: str) -> None:
    assert chapter(tmp_path, f'ledger = "{url}"\n{LEAST}').ledger_url() == url


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('zome = "UTC"', "there is no such setting; did you mean zone?"),
        ("nightly = 2", "there is no such setting"),
        ("workbooks = []", "not TOML"),
        ("name = ", "not TOML"),
        ('bylaws = ["x"]', "bylaws: write a text in quotes"),
        ('columns = { sign_ins = { adress = "Mail" } }', "sign_ins has no field adress; it has"),
        (
            "columns = { sign_ins = { address = [] } }",
            "columns: sign_ins cannot do without address: name its header",
        ),
        ('columns = { sign_ins = { address = "" } }', "address, entry 1: must not be empty"),
        ("columns = { sign_ins = { address = 3 } }", "address: write a list in [ ]"),
        ('columns = { guests = { name = "N" } }', "unknown kind of table; known are events"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, line: str, said: str) -> None:
    assert said in complaint(tmp_path, f"{line}\n{LEAST}")


def test_one_header_or_several_may_be_named_for_a_field(tmp_path: Path) -> None:
    own = 'columns = { sign_ins = { address = ["Mail", "E-mail"], event = "Where" } }'
    columns = chapter(tmp_path, f"{own}\n{LEAST}").columns_of("sign_ins")
    assert columns.titles("address") == ("Mail", "E-mail")
    assert columns.titles("event") == ("Where",)
    assert columns.titles("name") == ("Name",)


@pytest.mark.parametrize("zone", ["", "Boston", "America", "EST5EDTX", "../zone", "a/b/c"])
def test_a_zone_that_is_none(tmp_path: Path, zone: str) -> None:
    said = complaint(tmp_path, LEAST.replace("America/New_York", zone))
    assert "this is not an IANA time zone such as America/New_York" in said


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = LEAST.replace('name = "Rivertown"\n', "", 1).replace("list_id", "list")
    said = complaint(tmp_path, text + "[network]\nattempts = 0\n")
    for part in ("name: is missing", "[mailchimp] list_id: is missing",
                 "[mailchimp] list: there is no such setting; did you mean list_id?",
                 "[network] attempts: must be at least 1"):  # fmt: skip
        assert part in said


def test_a_mistake_repeats_no_value(tmp_path: Path) -> None:
    """It may be a key in the wrong place (DP-3)."""
    said = complaint(tmp_path, LEAST + 'secret = "hunter2"\n[network]\nread_timeout = "hunter2"\n')
    assert "hunter2" not in said


def test_no_chapter_is_told(tmp_path: Path) -> None:
    with pytest.raises(FixTheSettings, match=r"there is no chapter\.toml in"):
        load_chapter(tmp_path)


def test_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a secret need not stand in a file."""
    monkeypatch.setenv("CLERK_MAILCHIMP__KEY", "0123-us7")
    monkeypatch.setenv("CLERK_NETWORK__ATTEMPTS", "2")
    read = chapter(tmp_path)
    assert read.mailchimp_key() == "0123-us7"
    assert read.network.attempts == 2
    assert read.mailchimp.list_id == "abc"
    assert "0123" not in repr(read) + str(read) + read.model_dump_json()


def test_no_key_at_all_is_told(tmp_path: Path) -> None:
    read = chapter(tmp_path, LEAST.replace('key_file = "secrets/mailchimp.key"\n', ""))
    with pytest.raises(FixTheSettings, match="CLERK_MAILCHIMP__KEY"):
        read.mailchimp_key()


def test_a_key_stands_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    file = tmp_path / "secrets" / "mailchimp.key"
    read = chapter(tmp_path)
    with pytest.raises(FixTheSettings, match=r"there is no file mailchimp\.key"):
        read.mailchimp_key()
    file.touch(mode=0o600)
    file.write_text("0123-us7\n")
    assert read.mailchimp_key() == "0123-us7"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620])
def test_a_key_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    file.write_text("secret")
    file.chmod(mode)
    with pytest.raises(FixTheSettings, match=f"chmod 600 {file}") as refused:
        secret_text(file, "[google] key_file")
    assert refused.value.rule == "DP-3"
    assert "secret" not in refused.value.fact


def test_bylaws_of_its_own(tmp_path: Path) -> None:
    text = f'bylaws = "ours.toml"\n{LEAST}'
    with pytest.raises(FixTheSettings, match=r"there are no bylaws “ours\.toml”"):
        chapter(tmp_path, text).read_bylaws()
    (tmp_path / "ours.toml").write_text('chapter = "Ours"\neditions = []\n')
    with pytest.raises(FixTheSettings, match="editions"):
        chapter(tmp_path, text).read_bylaws()


def test_who_names_the_folder_above_is_told_the_right_one(tmp_path: Path) -> None:
    inside = tmp_path / "chapter"
    inside.mkdir()
    (inside / "chapter.toml").write_text(LEAST)
    with pytest.raises(FixTheSettings) as refused:
        load_chapter(tmp_path)
    assert refused.value.next_step == f"--chapter {inside}"


@pytest.mark.parametrize("name", ["chapter.toml", "ours.toml", "counting-ours.toml", "key"])
def test_a_file_that_another_user_keeps_to_themselves_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As after a first run with sudo."""
    for each in ("chapter.toml", "ours.toml", "counting-ours.toml", "key"):
        (tmp_path / each).touch(mode=0o600)
    text = LEAST.replace("secrets/mailchimp.key", "key")
    read = chapter(tmp_path, f'bylaws = "ours.toml"\n{text}')
    opened = os.open

    def locked(file: Path, flags: int, *mode: int) -> int:
        if Path(file).name == name:
            raise PermissionError(13, "Permission denied")
        return opened(file, flags, *mode)

    monkeypatch.setattr(os, "open", locked)
    ways = {"chapter.toml": lambda: load_chapter(tmp_path), "key": read.mailchimp_key}
    with pytest.raises(FixTheSettings, match="cannot be read: Permission denied") as refused:
        ways.get(name, read.read_bylaws)()
    assert refused.value.where == str(tmp_path / name)
    assert "chown" in refused.value.next_step


def test_counting_rules_that_are_wrong_are_told_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").touch()
    (tmp_path / "counting-ours.toml").write_text("name = 3\n[ranke]\nstop_at = 1\n")
    with pytest.raises(FixTheSettings) as refused:
        chapter(tmp_path, f'bylaws = "ours.toml"\n{LEAST}').read_bylaws()
    for part in ("name: write a text in quotes", "ranke: there is no such setting; did you mean"):
        assert part in refused.value.fact


@pytest.mark.parametrize(
    "typed",
    ["1FAIpQLSdAbCdEfGhIjKlMnOpQrSt", "https://docs.google.com/forms/d/e/1FAIpQLSdAb/viewform"],
)
def test_the_id_that_a_form_is_answered_by_is_refused(tmp_path: Path, typed: str) -> None:
    """A form has two ids; the API knows the other one."""
    said = complaint(tmp_path, f'{LEAST}\n[[forms]]\nid = "{typed}"\nholds = "sign_ins"\n')
    assert (
        "[forms 1] id: this is the link for filling in the form; open the form for editing" in said
    )


def test_an_address_may_be_pasted_for_an_id(tmp_path: Path) -> None:
    text = LEAST.replace('"book"', '"https://docs.google.com/spreadsheets/d/1Ab_c-9/edit#gid=0"')
    form = "\n[[forms]]\nid = 'https://docs.google.com/forms/d/1Xy/edit'\nholds = 'sign_ins'\n"
    read = chapter(tmp_path, text + form)
    assert (read.workbooks[0].id, read.forms[0].id) == ("1Ab_c-9", "1Xy")
