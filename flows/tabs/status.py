"""The status tab: what waits for a person, the calendar of votes, the nights. Counts, and nobody.

A vote is named with its state, and nothing of what is in its ballots. Its turnout is looked at once
an hour, and is not told while it is under ten (BA-6).
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from connectors.google import Rows
from connectors.ledger import RunRecord
from flows.alerts.words import clock, next_step, sentence
from flows.committee.ad_hoc import ad_hoc_now
from flows.committee.annual import due_now
from flows.context import ChapterContext
from flows.nightly.review import TO_CHECK
from flows.notes import noted
from flows.requests.queue import Waiting
from flows.votes.arrived import arrived_numbers
from flows.votes.lifecycle import calendar, state_label
from flows.votes.publish import goes_out_by_itself
from models.privacy import redact_addresses
from models.text import formats
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.withheld import FEWEST

Row = tuple[str, str, str]
HEADER = ("What", "How it is", "What to do")
TO_DO, ELECTION, NIGHTS, MORE = "To do", "Election", "Nightly run", "To see more"
_TURNOUT = "turnout told"
_TOLD = TypeAdapter(dict[str, tuple[str, int]])
"""Vote → the hour in which it was looked at, and how many ballots had arrived."""


def content_of(context: ChapterContext) -> Rows:
    """The whole tab."""
    waits = list(_waits(context)) or [(TO_DO, "Nothing waits for a person.", "")]
    rows = (HEADER, *waits, *_elections(context), *_nights(context), *_more(context))
    return Rows(rows=tuple(tuple(map(redact_addresses, row)) for row in rows))


def _waits(context: ChapterContext) -> Iterator[Row]:
    look = context.ledger.looks.newest()
    if look and "--approve" in look.next_step:
        said = f"The plan of {formats.day(look.day)} needs a person's approval."
        yield TO_DO, said, f"`clerk review` shows why; {look.next_step}"
    if many := int(context.ledger.note(TO_CHECK) or 0):
        tab = context.chapter.own_tab("review")
        where = f"see the tab “{tab.title}”, and fix the sheets" if tab else "`clerk review`"
        yield TO_DO, f"{many} {'thing' if many == 1 else 'things'} to check in the sheets.", where
    if many := len((waiting := Waiting(context)).requests):
        said = f"{many} {'request waits' if many == 1 else 'requests wait'}; late: {waiting.late}."
        yield TO_DO, said, "the officers' page “Requests”, or `clerk requests list`"
    for vote in context.ledger.votes.all():
        yield from _waits_of(vote)
    if held := ad_hoc_now(context):
        yield TO_DO, held.told, "`clerk committee` shows what it lacks (docs/year.md)"
    for one in due_now(context):
        if one.look:
            said = f"{one.fact[:1].upper()}{one.fact[1:]} ({one.rule})."
            yield TO_DO, said, "`clerk committee`; docs/year.md says how"
    for known in context.ledger.alerts.still_so():
        said = f"{sentence(known.alert)} Since {clock(known.raised, context.chapter.tz)}."
        yield TO_DO, said, next_step(known.alert.kind)


def _waits_of(vote: ElectionRecord) -> Iterator[Row]:
    name, title = vote.name, vote.election.title
    if vote.state is ElectionState.CLOSED and vote.question:
        step = f"`clerk election status {name}` shows it; then `clerk election decide {name} …`"
        yield TO_DO, f"“{title}”: the count stopped at a tie and needs a decision.", step
    if vote.state is ElectionState.COUNTED and not goes_out_by_itself(vote):
        step = f"clerk election publish {name} --by …"
        yield TO_DO, f"“{title}”: the result waits to be published.", step


_UNDER_WAY = (ElectionState.DRAFT, ElectionState.OPEN, ElectionState.CLOSED, ElectionState.COUNTED)


def _elections(context: ChapterContext) -> Iterator[Row]:
    votes = [vote for vote in context.ledger.votes.all() if vote.state in _UNDER_WAY]
    if not votes:
        yield ELECTION, "No election is running.", ""
    for vote in sorted(votes, key=lambda one: one.election.closes):
        said = f"“{vote.election.title}”: {state_label(vote)}."
        if vote.state is ElectionState.OPEN and (turnout := _turnout(context, vote)):
            said = f"{said} {turnout}"
        yield ELECTION, said, f"clerk election status {vote.name}"
        for what, at in calendar(context.chapter, vote.election).moments():
            if at > context.now():
                yield "", f"{what}: {formats.moment(at.astimezone(context.chapter.tz))}", ""


def _turnout(context: ChapterContext, vote: ElectionRecord) -> str:
    """How many have voted, as of an hour ago at most."""
    told = noted(context.ledger, _TURNOUT, _TOLD, {})
    hour = context.now().astimezone(context.chapter.tz).replace(minute=0, second=0, microsecond=0)
    if told.get(vote.name, ("", 0))[0] != hour.isoformat():
        with suppress(Exception):  # what was told stands; the watch of votes says what is wrong
            told = {vote.name: (hour.isoformat(), len(arrived_numbers(context, vote)))}
            kept = noted(context.ledger, _TURNOUT, _TOLD, {}) | told
            context.ledger.set_note(_TURNOUT, _TOLD.dump_json(kept).decode())
    if vote.name not in told:
        return ""
    at, ballots = told[vote.name]
    voters = len({one.person for one in context.ledger.votes.roll(vote.name) if one.on_roll})
    if ballots < FEWEST:
        return f"Fewer than {FEWEST} people have voted." if voters >= FEWEST else ""
    since = formats.stamp(datetime.fromisoformat(at))
    return f"{formats.number(ballots)} of {formats.number(voters)} voters have voted ({since})."


def _nights(context: ChapterContext) -> Iterator[Row]:
    run = context.ledger.last_run()
    yield NIGHTS, f"Last: {_last(run)}" if run else "There was none yet.", ""
    yield "", f"Next: {formats.moment(next_night(context))}, while `clerk serve` is running.", ""


def _last(run: RunRecord) -> str:
    day, changes = formats.day(run.day), sum(run.counts.values())
    if run.finished:
        return f"{day}, done: {changes} changes and emails."
    how = "failed" if run.failed else "interrupted; the next scheduled check finishes it"
    return f"{day}, {how}."


def next_night(context: ChapterContext) -> datetime:
    """When the schedule of `clerk serve` has the next nightly run."""
    now, at = context.now().astimezone(context.chapter.tz), context.chapter.schedule.nightly
    tonight = datetime.combine(now.date(), at, context.chapter.tz)
    if tonight > now:
        return tonight
    return datetime.combine(now.date() + timedelta(days=1), at, context.chapter.tz)


def _more(context: ChapterContext) -> Iterator[Row]:
    said = "On the chapter's computer: `clerk review`, `clerk roll`, `clerk election status NAME`."
    yield MORE, said, ""
    if tab := context.chapter.own_tab("roll"):
        yield "", f"Everybody's status: the tab “{tab.title}”.", ""
    yield "", "Chapter Clerk rewrites this tab. Nothing that you write here stays.", ""
