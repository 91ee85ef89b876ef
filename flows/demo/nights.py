"""`clerk demo`: two nights and a vote of an invented chapter, on real wire traffic, as a story.

Google and Mailchimp are stood in for by the sandbox on loopback; everything else is the product
itself. The first night runs as the command does, the second as the Prefect flow of `clerk serve`.
"""

import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from connectors import pages
from connectors.sandbox.invented import ZONE, invent, second_day
from connectors.sandbox.server import Sandbox
from flows import console
from flows.alerts.nights import fell
from flows.alerts.telling import tell as tell_officers
from flows.clock import utc_now
from flows.context import ChapterContext, open_chapter
from flows.demo.election import election_story
from flows.demo.partners import partners_list
from flows.nightly.night import Sync, SyncOptions
from flows.nightly.people import facts_on_record
from flows.nightly.sync import sync
from flows.scheduler.home import make_ready
from flows.scheduler.own_server import Server
from flows.views import roll as views
from flows.views.words import change_name
from models.errors import FixTheSettings, Refused
from models.membership.voter_roll import VoterRoll
from models.membership.voting_status import Status
from models.text import formats

MARK = ".made-by-clerk-demo"
"""A file in the demo's chapter: that folder may be replaced."""


def run(out: Path) -> None:
    """Run the demo and leave its page and its chapter in a folder.

    Args:
        out: made when missing; an earlier demo's chapter in it is replaced.

    Raises:
        FixTheSettings: it cannot be a folder.
        Refused: the chapter in it is not the demo's.
    """
    chapter = make_room(out)
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")  # the story tells what happens
    make_ready(chapter.resolve())
    with Sandbox() as sandbox, Server(chapter.resolve()) as server:
        _story(sandbox, server, chapter, out)


def make_room(out: Path) -> Path:
    """An empty folder for the demo's chapter, marked as the demo's.

    The mark says where it was made: who copies the chapter and goes on with it keeps theirs.
    """
    chapter = out / "chapter"
    mark, mine = chapter / MARK, str(chapter.resolve())
    try:
        if chapter.is_symlink() or (chapter.exists() and _held(mark) != mine):
            raise Refused(
                "there is a folder that the demo did not make",
                where=str(chapter),
                next_step="name another place with --out, or move that folder away yourself",
            )
        if chapter.exists():
            shutil.rmtree(chapter)
        chapter.mkdir(parents=True)
        mark.write_text(mine, encoding="utf-8")
    except (FileExistsError, NotADirectoryError):
        raise FixTheSettings(
            "this is not a folder", where=f"--out {out}", next_step="name a folder, old or new"
        ) from None
    except OSError as exc:
        raise FixTheSettings(
            f"no folder can be made here: {exc.strerror}",
            where=f"--out {out}",
            next_step="name a folder that you may write to",
        ) from None
    return chapter


def _held(mark: Path) -> str:
    return mark.read_text("utf-8") if mark.is_file() else ""


def _story(sandbox: Sandbox, server: Server, chapter: Path, out: Path) -> None:
    yesterday = utc_now() - timedelta(days=1)
    invent(sandbox, chapter, _day(yesterday))
    console.title("Rivertown Progressives, an invented chapter")
    console.say("41 registrations; everyone who signs in counts, registered or not.")
    console.say("A simulator on this computer plays Google and Mailchimp. Nothing leaves it.")

    _chapter_heading("1  The plan of the first nightly run: clerk sync")
    with open_chapter(chapter, now=lambda: yesterday) as context:
        sync(context, show=_show)

    _chapter_heading("2  The plan is applied: clerk sync --apply")
    with open_chapter(chapter, now=lambda: yesterday) as context:
        first = sync(context, SyncOptions(apply=True))
        _count_requests(sandbox)
        _ask_why(context, first)

    _chapter_heading("3  What only a person can decide: clerk review")
    console.table(("Where", "What", "Why"), [row[:3] for row in views.grouped(first.facts.review)])
    for entry, why in first.wanted.to_call(first.roll):
        console.say(f"To call: {views.name_of(entry.person)}, a voting member: {why}.")

    _chapter_heading("4  The next day: five more sign-ins, and a nightly run that starts by itself")
    sandbox.reset()
    second_day(sandbox, _day(utc_now()))
    with console.working("waiting for the Prefect server") as tell:
        server.wait()
        tell("the nightly flow")
        _prefect_night()
    with open_chapter(chapter) as context:
        second = sync(context)
        done = context.ledger.last_run()
    console.title(f"{formats.day(second.roll.on)}: {views.counted(second.roll)}")
    changes = done.counts if done else {}
    rows = [(change_name(change), many) for change, many in changes.items()]
    console.table(("Change", "How many"), rows)
    _count_requests(sandbox)
    for letter in sandbox.mailchimp.outbox:
        console.say(f"Email sent: “{letter.subject}”")
    _who_gets_none(first, second)

    _chapter_heading("5  A partner's list of who came: clerk attendees")
    partners_list(chapter, _day(yesterday))

    _chapter_heading("6  Someone empties the sign-in tab by mistake")
    _accident(sandbox, chapter)

    _chapter_heading("7  A whole election, on a clock that the demo moves: Endorsements 2024")
    sandbox.reset()
    result = election_story(sandbox, chapter)

    page = out / "night.html"
    nights = [
        _night_on_page(first.roll.on, first.roll, first.plan.counts()),
        _night_on_page(second.roll.on, second.roll, changes),
    ]
    review = views.grouped(second.facts.review)
    page.write_text(pages.night_page("Rivertown Progressives", nights, review), encoding="utf-8")
    console.say()
    console.say(f"A page of the two nights: {page}")
    console.say(f"The published result:     {chapter / result.relative_to(chapter.resolve())}")
    console.say(f"Ask more: .venv/bin/clerk explain thea -c {chapter}")
    console.say(f"        .venv/bin/clerk roll -c {chapter}")
    console.say(f"Try it yourself, in a browser: .venv/bin/clerk rehearse -c {chapter}")


def _show(night: Sync) -> None:
    views.show_plan(night, who=False)


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(ZONE)).date()


def _chapter_heading(line: str) -> None:
    console.say()
    console.say(line, "bold cyan")


def _count_requests(sandbox: Sandbox) -> None:
    writes = len(sandbox.requests(writes_only=True))
    console.say(f"{len(sandbox.journal)} requests so far, {writes} of them writes.")


def _ask_why(context: ChapterContext, night: Sync) -> None:
    """One sentence for each kind of standing."""
    roll = facts_on_record(context).roll(night.day)
    for status in Status:
        entry = next(e for e in roll.entries.values() if e.standing.status is status)
        console.say("• " + views.sentence(entry))
        views.show_because(entry)


def _who_gets_none(before: Sync, after: Sync) -> None:
    """Say why there are fewer emails than new voting members."""
    had = {entry.person.id for entry in before.roll.voting()}
    gained = [entry for entry in after.roll.voting() if entry.person.id not in had]
    whys = [why for entry, why in after.wanted.to_call(after.roll) if entry in gained]
    told = len(gained) - len(whys)
    call = ", ".join(f"one {why}" for why in whys) or "no one"
    console.say(f"{len(gained)} more can vote. {told} of them get an email.")
    console.say(f"To call (clerk review): {call}.")


def _prefect_night() -> None:
    from flows.service.nightly_flow import nightly_eligibility

    nightly_eligibility()


def _accident(sandbox: Sandbox, chapter: Path) -> None:
    """An emptied tab takes nobody's vote."""
    with sandbox.google.edit("rivertown-attendance", "Sign-ins") as rows:
        kept = rows[1:]
        del rows[1:]
    sandbox.reset()
    try:
        with open_chapter(chapter) as context:
            sync(context, SyncOptions(apply=True))
    except Refused as refusal:
        console.print_error(refusal)
        console.say(f"Changes sent: {len(_changes(sandbox))}.")
        _tell_officers(sandbox, chapter, refusal)
    with sandbox.google.edit("rivertown-attendance", "Sign-ins") as rows:
        rows += kept


def _tell_officers(sandbox: Sandbox, chapter: Path, refusal: Refused) -> None:
    """What `clerk serve` tells by itself: to their chat or phones, or to their mailbox as here."""
    with open_chapter(chapter) as context:
        tell_officers(context, *fell(context.ledger, refusal))
    alert = sandbox.mailchimp.test_outbox[-1]
    console.say(f"Alert to the officers: “{alert.subject}”")
    for line in filter(None, alert.text.splitlines()[:8]):
        console.say(f"  {line}")


def _changes(sandbox: Sandbox) -> list[object]:
    """Writes to sheets or the audience; fetching a token is none."""
    return [e for e in sandbox.requests(writes_only=True) if not e.path.endswith("/token")]


def _night_on_page(day: date, roll: VoterRoll, changes: dict[str, int]) -> pages.NightPage:
    return pages.NightPage(
        day=day,
        standings=roll.counts(),
        changes=changes,
    )
