"""The interview of `clerk init`, from the name to the first plan to look at."""

import os
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

from connectors.files.own_files import is_there
from connectors.files.private_files import refuse_shared
from connectors.settings import load_chapter
from flows import console
from flows.clock import Clock, utc_now
from flows.context import open_chapter
from flows.doctor import Check, examine, exit_code_of, summary_of
from flows.nightly.sync import sync
from flows.setup import bylaws, keys
from flows.setup.adding import add
from flows.setup.consent import ask as ask_consent
from flows.setup.face import Terminal
from flows.setup.file import NAME, write_new
from flows.setup.forms import FormsAsked
from flows.setup.headers import Wordings
from flows.setup.interview import BACK, Interview, from_the_beginning
from flows.setup.kinds import kinds_of
from flows.setup.lock import alone
from flows.setup.trial import Trial, table_of, trial
from flows.setup.workbooks import Books, account_of
from flows.views.roll import show_plan
from models.errors import ClerkError, FixTheSettings
from models.privacy import redact_addresses

REVIEW, STATUS = "Clerk – needs review", "Clerk – status"


def run(
    folder: Path,
    ask: Callable[[str, bool], str],
    now: Clock = utc_now,
    *,
    patient: bool = True,
) -> int:
    """Make a chapter's folder, or add to one that is there; then look at it.

    Args:
        ask: shows a question and gives what was typed.
        patient: whether a wrong answer is asked for again.

    Returns:
        The exit code: doctor's.
    """
    if not write(folder, ask, patient=patient):
        console.say(f"Nothing was added to {NAME}.")
        return 0
    console.say(f"{NAME} is written.")
    return _look(folder, now)


def write(folder: Path, ask: Callable[[str, bool], str], *, patient: bool = True) -> bool:
    """Ask, and write what was answered; whether anything was written.

    Args:
        ask: as above.
        patient: as above.

    Raises:
        Refused: somebody else sets this chapter up.
    """
    refuse_shared(folder)
    with alone(folder, f"in a terminal (process {os.getpid()})"):
        interview = Interview(folder, Terminal(ask), patient=patient)
        if interview.is_resumed:
            console.say("What you answered before is kept. The questions go on from there.")
        console.say(f"At any question, type “{BACK}” to return to the question before.")
        try:
            written = from_the_beginning(lambda: _asked(folder, interview))
        finally:
            console.hush(on=False)
        interview.forget()
    return written


def _asked(folder: Path, interview: Interview) -> bool:
    with trial(folder) as trying:
        if is_there(folder / NAME):
            chapter = load_chapter(folder)
            console.title(f"{chapter.name}: add a spreadsheet, a tab, or a form.")
            return bool(add(interview, trying, chapter))
        table = _new(interview, trying)
    try:
        write_new(folder, table)
    except FixTheSettings:
        interview.take_back()  # or each later run would end here again
        raise
    return True


def _new(interview: Interview, trying: Trial) -> dict[str, Any]:
    """The settings of a new chapter, in the order of the file."""
    console.title("A new chapter. Stop whenever you like: what you answered is kept.")
    name = interview.text("name", "The chapter's name, as members know it", _name)
    website = interview.text(
        "website", "Its website (press Enter if there is none)", _website, default=""
    )
    google = keys.google(interview, trying)
    mailchimp = keys.mailchimp(interview, trying, google)
    mailchimp["list_id"] = keys.audience(interview, trying, google, mailchimp)
    mailchimp |= keys.from_whom(interview, trying, name, google, mailchimp)
    wordings = Wordings()
    with trying.look(table_of(google=google)) as context:
        console.say(f"Share each spreadsheet and form with {account_of(context)} as Editor.")
        books = Books(interview, context, wordings)
        workbooks = _with_own_tabs(interview, books.ask())
        forms = FormsAsked(interview, context, wordings)
        asked = forms.ask([one["id"] for one in workbooks])
    consent = ask_consent(interview, wordings, forms.boxes)
    table: dict[str, Any] = {
        "name": name,
        "zone": _zone(interview, books.zones),
        "bylaws": bylaws.choose(interview, trying.folder, name, kinds_of(wordings)),
        **({"website": website} if website else {}),
        "languages": _languages(interview),
        **({"consent": consent} if consent else {}),
        "google": google,
        "mailchimp": mailchimp,
        "workbooks": workbooks,
        **({"forms": asked} if asked else {}),
    }
    if own := wordings.headers():
        table["columns"] = own
    if officers := _officers(interview):
        table["officers"] = officers
    return table


def _with_own_tabs(interview: Interview, workbooks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the tabs that the program writes, in the first spreadsheet."""
    first = workbooks[0]
    if interview.confirm(
        "review tab",
        f"The program can write what needs a person into a tab “{REVIEW}” of the first "
        "spreadsheet, by cell and without names. Shall it?",
        default=True,
    ):
        first["review"] = REVIEW
    if interview.confirm(
        "status tab",
        f"And what waits for the committee, in counts, into a tab “{STATUS}”?",
        default=False,
    ):
        first["status"] = STATUS
    return workbooks


def _zone(interview: Interview, zones: list[str]) -> str:
    usual = next((one for one in zones if "/" in one), "America/New_York")
    return interview.text(
        "zone",
        f"The chapter's time zone (press Enter for {usual}, as the spreadsheet has it)"
        if zones
        else f"The chapter's time zone (press Enter for {usual})",
        _time_zone,
        default=usual,
    )


def _languages(interview: Interview) -> list[str]:
    spanish = interview.confirm(
        "spanish", "Shall emails, pages, and ballots be in Spanish too?", default=True
    )
    return ["en", "es"] if spanish else ["en"]


def _officers(interview: Interview) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in interview.several(
        "officer",
        "Name somebody who can sign in at the officers' page (press Enter for nobody else)",
        _officer,
    ):
        acts = interview.confirm(f"officer {name}", f"May {name} also act, not only look?",
                                 default=False)  # fmt: skip
        found.append({"name": name, "may": ["look", "act"] if acts else ["look"]})
    return found


def _look(folder: Path, now: Clock) -> int:
    """Doctor's checks, and the first plan: nothing is changed."""
    checks: list[Check] = []
    for check in examine(folder, now):
        checks.append(check)
        if not check.fine:
            console.say(f"✗ {check.what}: {check.found}", "bold red")
            if check.next_step:
                console.say(f"    Next: {check.next_step}")
    console.title(f"{sum(check.fine for check in checks)} checks pass. {summary_of(checks)}")
    try:
        with open_chapter(folder, now) as context:
            console.say("The first plan, to look at. Nothing is changed:")
            show_plan(sync(context), who=False)
    except ClerkError as fault:
        if not exit_code_of(checks):
            raise
        console.warn(str(fault))
    where = redact_addresses(str(folder))
    console.say(f"Next: export CLERK_CHAPTER={where}")
    console.say("      clerk review    # what needs a person")
    console.say("      clerk sync      # this plan again; --apply makes the changes")
    return exit_code_of(checks)


def _name(typed: str) -> str:
    if len(typed) > 100 or redact_addresses(typed) != typed:
        raise ValueError("write the name in at most 100 letters, without an address")
    return typed


def _officer(typed: str) -> str:
    if len(typed) > 100 or redact_addresses(typed) != typed:
        raise ValueError("write the officer's name, without an address")
    return typed


def _website(typed: str) -> str:
    if typed and not typed.startswith(("https://", "http://")):
        raise ValueError("write it as https://chapter.example.org")
    return typed


def _time_zone(typed: str) -> str:
    try:
        return zoneinfo.ZoneInfo(typed).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("write a city's zone, such as America/New_York") from None
