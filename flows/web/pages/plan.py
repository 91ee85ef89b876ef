"""Plan: what a run would change, who would gain or lose the vote, and its approval."""

from collections import defaultdict
from typing import Final, NamedTuple

from connectors.ledger import Look
from flows.context import ChapterContext
from flows.nightly.looks import concerned
from flows.nightly.night import Sync, SyncOptions
from flows.nightly.sync import sync
from flows.tabs.by_hand import sync_by_hand
from flows.views.roll import name_of
from flows.views.words import change_name
from flows.web.pages.progress import start
from flows.web.pages.roll import PAGE
from flows.web.spoken import moment
from flows.web.spoken import told as said
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import Refused
from models.intake.locations import Weight
from models.mail.plans import AnotherPlan
from models.text.sentences import in_english

LOOKED: Final = "whom the plan of a run concerns"


class Concerned(NamedTuple):
    """The people of whom a plan would make the same."""

    what: str
    people: list[tuple[str, str]]
    """Handle ("" for somebody whom no sheet names any more) and name."""
    more: int


def plan(visit: Visit) -> Page:
    """The newest look's plan, or that there is none since the last run."""
    look = visit.context.ledger.looks.newest()
    known = visit.roll(planned=True)
    run = known.seen.run
    return Page(
        "plan.html",
        {
            "look": look,
            "at": moment(visit, look.at) if look else "",
            "since": moment(visit, look.since.at) if look and look.since else "",
            "run": moment(visit, run.finished or run.started) if run else "",
            "counts": known.roll.counts(),
            "changes": [(_kind(visit, kind), many) for kind, many in look.changes] if look else [],
            "concerned": _concerned(visit, look) if look else [],
            "is_empty": bool(look and look.fingerprint and not look.changes and run),
            "to_check": sum(one.weight is not Weight.NOTE for one in known.facts.review),
        },
    )


def _kind(visit: Visit, kind: str) -> str:
    """A kind of change as people read it."""
    name, _, about = kind.partition(" tag ")
    if about:
        return visit.words.say(f"plan.kind.{name}_tag", tag=about)
    name, _, about = kind.partition("letter ")
    if about:
        return visit.words.say("plan.kind.letter", letter=about)
    key = f"plan.kind.{kind.replace(' ', '_')}"
    return visit.words.say(key) if visit.words.has(key) else change_name(kind)


def _concerned(visit: Visit, look: Look) -> list[Concerned]:
    """Who would gain, lose or be written to; that these names were seen is recorded."""
    known, found = visit.roll(planned=True), defaultdict(list)
    for one, what in concerned(look).items():
        found[what].append(one)
    told = []
    for what, people in found.items():
        entries = {one: known.entry(one) for one in people[:PAGE]}
        visit.looked_at(entries, LOOKED)
        named = [
            (visit.keep(one), name_of(entry.person)) if entry else ("", one)
            for one, entry in entries.items()
        ]
        told.append(
            Concerned(said(what), sorted(named, key=lambda n: n[1]), len(people) - len(named))
        )
    return told


def look_now(visit: Visit) -> GoTo:
    """Read the sheets and the mailing list, and keep the plan; nothing is changed."""
    said = visit.words.say("plan.looked")

    def job(context: ChapterContext, tell: Tell) -> Done:
        sync(context, tell=tell)
        return Done((said,), "/plan")

    return start(visit, visit.words.say("plan.looking"), job, "/plan")


def approve(visit: Visit) -> GoTo:
    """Apply exactly the plan that was shown, under the officer's name."""
    words, fingerprint, by = visit.words, visit.sent.one("fingerprint"), visit.by
    visit.must_be_sure()

    def job(context: ChapterContext, tell: Tell) -> Done:
        remarks: list[str] = []
        try:
            wishes = SyncOptions(apply=True, approve=fingerprint or "none", by=by, by_hand=True)
            night = sync_by_hand(context, wishes, tell=tell, remark=remarks.append)
        except AnotherPlan:
            raise Refused(words.say("plan.changed"), next_step=words.say("plan.again")) from None
        return Done((*_told(visit, night), *map(in_english, remarks)), "/plan")

    return start(visit, words.say("plan.applying"), job, "/plan")


def _told(visit: Visit, night: Sync) -> list[str]:
    words = visit.words
    letters = sum(many for _, many in night.sent)
    said = words.say(
        "plan.applied",
        changes=words.number(len(night.plan.changes)),
        letters=words.number(letters),
    )
    refused = sum(night.refused.values())
    more = [words.say("plan.refused_by_list", n=words.number(refused))] if refused else []
    return [said, *more]


ASKED: Final = (
    Asked("GET", "/plan", plan),
    Asked("POST", "/plan/look", look_now),
    Asked("POST", "/plan/approve", approve, "act"),
)
