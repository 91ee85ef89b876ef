"""What comes next, what is open, and the last backup."""

from collections.abc import Iterator
from functools import partial

from connectors.ledger import LookEnd
from flows.alerts.words import clock, next_step, sentence
from flows.context import ChapterContext
from flows.doctor.backups import last_backup
from flows.handover.items import Item, item
from flows.nightly.review import TO_CHECK
from flows.privacy.retention import due
from flows.privacy.scheduled import alerts_of, trouble
from flows.tabs.status import next_night
from flows.votes.drafts.folders import names
from flows.votes.what_next import is_finished, what_next
from models.text import formats
from models.text.formats import amount

NEXT, OPEN, BACKUPS = "What comes next", "What is open", "Backups"


def coming(context: ChapterContext) -> Iterator[Item]:
    """The next nightly run, and the next moment of each election that is on its way."""
    said = f"{formats.moment(next_night(context))}, if `clerk serve` runs it"
    yield item(NEXT, "the nightly run", said)
    votes = [vote for vote in context.ledger.votes.all() if not is_finished(context, vote)]
    for vote in votes:
        next_ = partial(what_next, context, vote)
        yield item(NEXT, f"election {vote.name}", next_, f"`clerk election status {vote.name}`")
    drafts = names(context)
    for name in drafts:
        check = f"`clerk election check {name}` shows what is missing"
        yield item(NEXT, f"election {name}", "a draft that nobody has approved", check)
    if not votes and not drafts:
        yield item(NEXT, "elections", "none is on its way")


def open_questions(context: ChapterContext) -> Iterator[Item]:
    """What waits for a person: the plan, the sheets, the alerts, old data."""
    look = context.ledger.looks.newest()
    if look and look.end is LookEnd.REFUSED:
        yield item(OPEN, "the latest nightly run", f"refused: {look.said}", look.next_step)
    if to_check := int(context.ledger.note(TO_CHECK) or 0):
        yield item(OPEN, "the sheets", f"{amount(to_check, 'thing')} to check", "`clerk review`")
    for known in context.ledger.alerts.still_so():
        said = f"{sentence(known.alert)} Since {clock(known.raised, context.chapter.tz)}."
        yield item(OPEN, "alert", said, next_step(known.alert.kind))
    old = due(context)
    if old.rows or old.votes:
        rolls = amount(len(old.votes), "election")
        said = f"{amount(old.rows, 'row')} and the voter rolls of {rolls} are past their time"
        yield item(OPEN, "old data", said, "`clerk retention`")
    if look is None and not context.ledger.last_run():
        yield item(OPEN, "the first nightly run", "has not taken place", "`clerk sync`")
    yield item(OPEN, "all else", "`clerk doctor` checks it", "fix what it shows as ✗")


def last_backups(context: ChapterContext) -> Iterator[Item]:
    """Where backups go, and whether the last one was restored for a test."""
    wanted = context.chapter.backup
    if not wanted:
        yield item(
            BACKUPS,
            "scheduled backups",
            "none; the program does not know of backups that a person makes",
            "add [backup] to chapter.toml (docs/running.md), and make one before you hand over: "
            "`clerk backup FILE`",
        )
        return
    failed, wrong = trouble(context), alerts_of(context, wanted)
    said = [last_backup(context, wanted)]
    said += [f"the newest attempt failed: {failed.said}"] if failed else []
    said += [sentence(one) for one in wrong]
    todo = "`clerk backup` makes one now and tests it; `clerk doctor` shows what is wrong"
    yield item(BACKUPS, "scheduled backups", "; ".join(said), todo if failed or wrong else "")
    yield item(
        BACKUPS,
        "their folder",
        f"{context.chapter.path(wanted.folder)}, one a {wanted.every}, {wanted.keep} kept",
        "who else can take that disk, and is it encrypted?",
    )
