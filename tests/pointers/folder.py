"""What people do to the chapter's folder, and what `clerk doctor` says of it."""

import re
import shlex
import subprocess
from collections.abc import Generator

from connectors.sandbox.invented import WORKBOOK
from tests.pointers.night import Doctor, Truth
from tests.pointers.scene import Rows, Said

scene = Rows("settings")
Acts = Generator[None, Said, Truth | None]
STANDS = "everybody stands as before"


def run(next_step: str) -> None:
    """Run the `chmod` that is said, as it is said."""
    assert next_step.startswith("chmod "), next_step
    subprocess.run(shlex.split(next_step.partition(";")[0]), check=True)


@scene(
    "a setting is mistyped",
    r"chapter\.toml: .*there is no such setting; did you mean safety_limits",
    r"compare it with docs/settings\.md; `clerk doctor` checks the rest",
    STANDS,
)
def setting_mistyped(at: Doctor) -> Acts:
    at.settings("[mailchimp]", "[safty_limits]\nshrink_percent = 20\n\n[mailchimp]")
    found = yield
    right = re.search(r"did you mean (\w+)", found.fact)
    assert right
    at.settings("[safty_limits]", f"[{right[1]}]")


@scene(
    "the zone is a city's name",
    r"this is not an IANA time zone such as America/New_York",
    r"compare it with docs/settings\.md",
    STANDS,
)
def zone_is_a_city(at: Doctor) -> Acts:
    at.settings('zone = "America/New_York"', 'zone = "Boston"')
    yield
    at.settings('zone = "Boston"', 'zone = "America/New_York"')


@scene(
    "the hour of the night is no hour",
    r"is not a time of day; write it like \"02:00\"",
    r"compare it with docs/settings\.md",
    STANDS,
)
def no_time_of_day(at: Doctor) -> Acts:
    at.settings("[mailchimp]", '[schedule]\nnightly = "25:00"\n\n[mailchimp]')
    found = yield
    right = re.search(r'write it like ("\d\d:\d\d")', found.fact)
    assert right
    at.settings('"25:00"', right[1])


@scene(
    "a quotation mark is missing",
    r"chapter\.toml line 2: this is not TOML: ",
    r"fix that line",
    STANDS,
)
def no_quotation_mark(at: Doctor) -> Acts:
    at.settings('name = "Rivertown Progressives"\nzone', 'name = "Rivertown Progressives\nzone')
    yield
    at.settings('name = "Rivertown Progressives\nzone', 'name = "Rivertown Progressives"\nzone')


@scene(
    "the bylaws' name is mistyped",
    r"there are no bylaws “jp-progressive”",
    r"name a file of yours, or one of: jp-progressives",
    STANDS,
)
def bylaws_mistyped(at: Doctor) -> Acts:
    at.settings('bylaws = "jp-progressives"', 'bylaws = "jp-progressive"')
    found = yield
    at.settings('"jp-progressive"', f'"{found.next_step.rpartition(": ")[2]}"')


@scene(
    "others can read the Mailchimp key",
    r"mailchimp\.key: others on this machine can read the key",
    r"chmod 600 ",
    STANDS,
)
def key_for_all(at: Doctor) -> Acts:
    (at.town.folder / "secrets/mailchimp.key").chmod(0o644)
    found = yield
    run(found.next_step)


@scene(
    "others can write the settings",
    r"others on this machine can write here",
    r"chmod -R go-w ",
    STANDS,
)
def settings_for_all(at: Doctor) -> Acts:
    (at.town.folder / "chapter.toml").chmod(0o666)
    found = yield
    run(found.next_step)


@scene(
    "the ledger can be read by others",
    r"other users of this machine may read the ledger",
    r"chmod 600 ",
    STANDS,
)
def ledger_for_all(at: Doctor) -> Acts:
    (at.town.folder / "ledger/clerk.sqlite").chmod(0o644)
    found = yield
    run(found.next_step)


@scene(
    "the Mailchimp key's file is gone",
    r"there is no file mailchimp\.key",
    r"put the key into .*mailchimp\.key",
    STANDS,
)
def no_key(at: Doctor) -> Acts:
    file = at.town.folder / "secrets/mailchimp.key"
    file.unlink()
    yield
    file.touch(mode=0o600)
    file.write_text(at.town.sandbox.mailchimp.api_key)


@scene(
    "only a part of the Mailchimp key was copied",
    r"this is not a Mailchimp API key",
    r"copy the key from Mailchimp: Account, Extras, API keys",
    STANDS,
)
def half_a_key(at: Doctor) -> Acts:
    file = at.town.folder / "secrets/mailchimp.key"
    file.write_text(at.town.sandbox.mailchimp.api_key.partition("-")[0])
    yield
    file.write_text(at.town.sandbox.mailchimp.api_key)


@scene(
    "the Mailchimp key is another's, or was disabled",
    r"refused the API key",
    r"copy the key again from Mailchimp",
    STANDS,
)
def key_disabled(at: Doctor) -> Acts:
    file = at.town.folder / "secrets/mailchimp.key"
    file.write_text("0" * 32 + "-us21")
    yield
    file.write_text(at.town.sandbox.mailchimp.api_key)


@scene(
    "the audience's id is mistyped",
    r"the audience or what we look for in it does not exist",
    r"copy the audience id from Mailchimp: Audience, Settings",
    STANDS,
)
def no_such_audience(at: Doctor) -> Acts:
    at.settings('list_id = "rivertown01"', 'list_id = "rivertown02"')
    yield
    at.settings('list_id = "rivertown02"', 'list_id = "rivertown01"')


@scene(
    "the Google key is another JSON file",
    r"this is not a service account's key file",
    r"download a JSON key for the service account and put it there",
    STANDS,
)
def no_service_account(at: Doctor) -> Acts:
    file = at.town.folder / "secrets/google.json"
    right = file.read_text()
    file.write_text('{"installed": {"client_id": "x"}}')
    yield
    file.write_text(right)


@scene(
    "the workbook is not shared with the service account",
    r"the spreadsheet or form is not shared with the service account, or does not exist",
    r"share it with .*as editor",
    STANDS,
)
def not_shared(at: Doctor) -> Acts:
    workbook = at.town.sandbox.google.workbooks[WORKBOOK]
    shared = set(workbook.shared_with)
    workbook.shared_with.clear()
    yield
    workbook.shared_with |= shared


@scene(
    "the workbook's id is mistyped",
    r"the spreadsheet or form is not shared with the service account, or does not exist",
    r"compare its id with its link",
    STANDS,
)
def no_such_workbook(at: Doctor) -> Acts:
    at.settings(f'id = "{WORKBOOK}"', f'id = "{WORKBOOK}s"')
    yield
    at.settings(f'id = "{WORKBOOK}s"', f'id = "{WORKBOOK}"')


@scene(
    "the form's id is the one that its answers are given by",
    r"this is the link for filling in the form; open the form for editing and copy that link",
    r"compare it with docs/settings\.md",
    STANDS,
)
def id_for_answering(at: Doctor) -> Acts:
    at.settings('id = "rivertown-sign-in"', 'id = "1FAIpQLSd0123456789012345678901234567890"')
    yield
    at.settings('id = "1FAIpQLSd0123456789012345678901234567890"', 'id = "rivertown-sign-in"')


@scene(
    "the website is not a web address",
    r"website is not a web address",
    r"a website starts with https://",
    STANDS,
)
def no_page(at: Doctor) -> Acts:
    at.settings("https://rivertown.example.org", "rivertown.example.org")
    yield
    at.settings('"rivertown.example.org"', '"https://rivertown.example.org"')


@scene(
    "a sample of the example was left in place",
    r"name still has the example value",
    r"enter your chapter's own value",
    STANDS,
)
def sample_left(at: Doctor) -> Acts:
    at.settings('name = "Rivertown Progressives"\nzone', 'name = "Your Chapter"\nzone')
    yield
    at.settings('name = "Your Chapter"\nzone', 'name = "Rivertown Progressives"\nzone')


@scene(
    "a folder of own email texts is not there",
    r"the folder letters does not exist or cannot be read",
    r"create it, or remove the setting",
    STANDS,
)
def no_letters(at: Doctor) -> Acts:
    at.settings("[mailchimp]", '[emails]\nfolder = "letters"\n\n[mailchimp]')
    yield
    (at.town.folder / "letters").mkdir(mode=0o700)


@scene(
    "a letter of the chapter's own is misspelt",
    r"there is no such email; did you mean voting-member\?",
    r"rename the folder",
    STANDS,
)
def letter_misspelt(at: Doctor) -> Acts:
    (at.town.folder / "letters/voting_member").mkdir(parents=True, mode=0o700)
    at.settings("[mailchimp]", '[emails]\nfolder = "letters"\n\n[mailchimp]')
    yield
    old = at.town.folder / "letters/voting_member"
    old.rename(old.with_name("voting-member"))
