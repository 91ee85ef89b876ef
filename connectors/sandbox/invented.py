"""An invented chapter, for the demo and the tests: nobody in it lives.

Everything a data person's sheets really contain is there: a household on one address, a name
without an address, three rows for one event, a cancelled evening, a mistyped event, a late
exception, people who unsubscribed, and contacts of the chapter's that are none of our business.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.server import Sandbox

WORKBOOK, FORM, LIST = "rivertown-attendance", "rivertown-sign-in", "rivertown01"
ZONE = "America/New_York"
EPOCH = date(1899, 12, 30)
FIRST = (  # noqa: SIM905 - names read better in lines
    "Ada Bao Carmen Dev Elif Femi Grace Hugo Imani Jonas Keiko Lena Mateo Nadia Omar Priya Quinn "
    "Rosa Samir Thea Uma Victor Wen Ximena Yusuf Zoe Amir Bea Cleo Dario Esme Farid Gwen Hana Ivo "
    "Jun Kofi Lucia Maya Noor"
).split()
LAST = (  # noqa: SIM905 - as above
    "Abara Brandt Castillo Dube Eriksen Fontaine Garza Haddad Ito Jansen Kowal Lopes Mbeki Novak "
    "Okafor Petrov Quist Rossi Sato Tran"
).split()
EVENTS: tuple[tuple[int, str, str, str, str], ...] = (
    # days ago, name, kind, counts, held
    (420, "Annual meeting", "monthly meeting", "", ""),
    (362, "Housing forum", "forum", "", ""),
    (330, "Monthly meeting", "monthly meeting", "", ""),
    (300, "Monthly meeting", "monthly meeting", "", ""),
    (241, "Candidate forum: Council", "candidate forum", "", ""),
    (210, "Monthly meeting", "monthly meeting", "", ""),
    (180, "Spring social", "social", "", ""),
    (150, "Transit workstream", "workstream meeting", "", ""),
    (120, "Monthly meeting", "monthly meeting", "", "cancelled"),
    (90, "Pride march with partners", "march", "yes", ""),
    (62, "Monthly meeting", "monthly meeting", "", ""),
    (33, "Monthly meeting", "monthly meeting", "", ""),
    (12, "Climate forum", "forum", "", ""),
)


@dataclass(frozen=True)
class Invented:
    """Where the invented chapter's things stand."""

    folder: Path
    workbook: str = WORKBOOK
    form: str = FORM
    audience: str = LIST


def name_of(number: int) -> str:
    """The invented person's name; a number past the names goes on with a numeral."""
    first, last = FIRST[number % len(FIRST)], LAST[(number * 7) % len(LAST)]
    return f"{first} {last}" + (f" {number}" if number >= len(FIRST) else "")


def address_of(number: int) -> str:
    """Their address, at a domain that is nobody's."""
    return f"{name_of(number).lower().replace(' ', '.')}@example.org"


def invent(sandbox: Sandbox, folder: Path, today: date, people: int = 40) -> Invented:
    """Fill both services and write the chapter's folder.

    Args:
        folder: gets `chapter.toml` and the secrets, readable by their owner alone.
        today: the events lie in the fourteen months before.
        people: how many register.
    """
    _write_chapter(sandbox, folder)
    sandbox.google.add_workbook(
        WORKBOOK,
        "Rivertown Progressives: attendance",
        {
            "Events": _events(today),
            "Sign-ins": _sign_ins(today, people),
            "Volunteering": _volunteering(today),
            "Registrations": _registrations(today, people),
            "Exceptions": _exceptions(today),
        },
        time_zone=ZONE,
    )
    form = sandbox.google.add_form(FORM, "Climate forum sign-in")
    name, address = form.add_text("Name"), form.add_text("Email address")
    for number in range(0, people, 5):
        answers = {name: name_of(number), address: address_of(number)}
        form.submit(answers, _moment(today - timedelta(days=12), 19))
    _audience(sandbox, today, people)
    return Invented(folder)


def second_day(sandbox: Sandbox, today: date) -> None:
    """What people typed into the sheets before the next night."""
    edit = sandbox.google.edit
    with edit(WORKBOOK, "Events") as rows:
        rows.append([serial(today), "Canvass kick-off", "volunteer activity", "", "", "", ""])
    with edit(WORKBOOK, "Sign-ins") as rows:
        for number in (3, 8, 13):
            rows.append(
                [serial(today) + 0.75, "Canvass kick-off", address_of(number), name_of(number)]
            )
        rows.append([serial(today) + 0.76, "Canvass kick-off", "new.face@example.org", "New Face"])
    form = sandbox.google.forms[FORM]
    name, address = (question["questionId"] for question in form.questions())
    answers = {name: name_of(7), address: address_of(7)}
    form.submit(answers, _moment(today - timedelta(days=12), 20))


def serial(day: date) -> float:
    """A day as a sheet keeps it."""
    return float((day - EPOCH).days)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def _events(today: date) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["Date", "Event", "Kind", "Counts", "Held", "Partner", "Sign-in tab"]]
    for ago, name, kind, counts, held in EVENTS:
        partner = "Transit Riders" if "partners" in name else ""
        rows.append([serial(today - timedelta(days=ago)), name, kind, counts, held, partner])
    return rows


def _sign_ins(today: date, people: int) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["Timestamp", "Event:", "Email  address", "Name"]]
    for index, (ago, event, *_) in enumerate(EVENTS):
        if event == "Climate forum":
            continue  # signed in through the form
        at = serial(today - timedelta(days=ago)) + 0.79
        rows += [
            [at, event, address_of(number).upper(), name_of(number)]
            for number in range(1, people)
            if (number * 5 + index * 7) % 11 < 3
        ]
    at = serial(today - timedelta(days=33)) + 0.8
    rows += [
        [at, "Monthly meeting", address_of(1), name_of(1)],
        [at, "Monthly meeting", f" {address_of(1)} ", name_of(1)],
        [at, "Monthly meeting", "", name_of(2)],
        [at, "Montly meeting", address_of(4), name_of(4)],
        [at, "Monthly meeting", "not an address", "Some Body"],
        [at, "Monthly meeting", address_of(9).replace("@", "+jp@"), name_of(9)],
        [at, "Monthly meeting", "drop.in@example.org", "Drop In"],
        [at - 29, "Monthly meeting", "drop.in@example.org", "Drop In"],
    ]
    return rows


def _volunteering(today: date) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["Date", "Activity", "Email address", "Name"]]
    for number, ago in ((6, 364), (10, 200), (11, 45), (16, 380)):
        day = serial(today - timedelta(days=ago))
        rows.append([day, "Door knocking", address_of(number), name_of(number)])
    return rows


def _registrations(today: date, people: int) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["Timestamp", "Name", "Email address", "Other addresses", "Phone", "District",
         "Registered voter", "Dues paid", "Mailing list"]
    ]  # fmt: skip
    at = serial(today - timedelta(days=500)) + 0.5
    for number in range(people):
        others = f"{FIRST[number % 40].lower()}{number}@work.example.com" if number % 6 == 0 else ""
        phone = f"617-555-01{number % 100:02d}"
        district = ("10th Suffolk", "14th Suffolk", "15th Suffolk")[number % 3]
        asked = "Yes, please write to me" if number % 9 else ""
        dues = "yes" if number % 2 else "no"
        rows.append(
            [at + number, name_of(number), address_of(number), others, phone, district, "yes",
             dues, asked]
        )  # fmt: skip
    household = address_of(5)
    rows.append([at + 90, "Sol Fontaine", household, "", "", "15th Suffolk", "yes", "no", "Yes"])
    return rows


def _exceptions(today: date) -> list[list[Cell]]:
    return [
        ["Date", "Decided by", "What", "Email address", "Name", "Event", "Event date",
         "Other address", "Reason"],
        [serial(today - timedelta(days=20)), "Thea Novak", "attended", address_of(12), "",
         "Monthly meeting", serial(today - timedelta(days=33)), "",
         "staffed the door, signed no sheet; three members confirm"],
    ]  # fmt: skip


def _audience(sandbox: Sandbox, today: date, people: int) -> None:
    mailchimp = sandbox.mailchimp
    mailchimp.add_list(LIST, name="Rivertown Progressives")
    long_ago = _moment(today - timedelta(days=400), 12)
    for number in range(people):
        if number % 7 == 3:
            continue  # not on the list
        status: Any = {19: "unsubscribed", 26: "cleaned"}.get(number, "subscribed")
        first, _, last = name_of(number).partition(" ")
        names = {"FNAME": first, "LNAME": last}
        tags = ["Volunteers 2023"] if number % 4 == 0 else []
        mailchimp.add_member(LIST, address_of(number), status, names, tags, long_ago)
    for number in range(6):
        mailchimp.add_member(
            LIST, f"neighbor{number}@example.com", "subscribed", {}, ["Newsletter"], long_ago
        )


def _write_chapter(sandbox: Sandbox, folder: Path) -> None:
    secrets = folder / "secrets"
    secrets.mkdir(parents=True, exist_ok=True)
    for path in (folder, secrets):
        path.chmod(0o700)
    key = json.dumps(sandbox.google.service_account_json(sandbox.google_url))
    for name, text in (("google.json", key), ("mailchimp.key", sandbox.mailchimp.api_key)):
        file = secrets / name
        file.touch(mode=0o600)
        file.write_text(text)
    (folder / "chapter.toml").touch(mode=0o600)
    (folder / "chapter.toml").write_text(
        f"""\
# An invented chapter on the sandbox. A real one leaves both base_url lines out.
name = "Rivertown Progressives"
zone = "{ZONE}"
bylaws = "jp-progressives"
website = "https://rivertown.example.org"
ledger = "sqlite:///ledger/clerk.sqlite"

[google]
key_file = "secrets/google.json"
base_url = "{sandbox.google_url}"

[mailchimp]
key_file = "secrets/mailchimp.key"
list_id = "{LIST}"
from_name = "Rivertown Progressives"
reply_to = "hello@rivertown.example.org"
base_url = "{sandbox.mailchimp_url}"

[[workbooks]]
id = "{WORKBOOK}"
events = "Events"
sign_ins = ["Sign-ins"]
volunteers = "Volunteering"
registrations = "Registrations"
exceptions = "Exceptions"
review = "Clerk – needs review"

[[forms]]
id = "{FORM}"
holds = "event_sign_ins"
event = "Climate forum"
"""
    )
