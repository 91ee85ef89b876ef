"""The roll tab: everybody's name and status, for those who can open the workbook (DP-7).

1. It says what the night on record decided: name, status, events counted, last day, what is
   missing. No address, no telephone number, and not which events those were.
2. Before it is written, it is looked at who can open the workbook. While that is anybody whom
   nobody named, or cannot be seen, the tab is emptied, and says why.
3. A tab that cannot be emptied then is another matter than one that cannot be written: officers
   are told.

Hold `Ledger.alone` around what writes it, so that nobody who is erased meanwhile comes back.
"""

from collections.abc import Iterator
from functools import partial

from connectors.google import RollLine, RollRows, Rows
from connectors.settings import OwnTab
from flows.alerts.sharing_words import opened_to
from flows.context import ChapterContext
from flows.nightly.kept import standing
from flows.nightly.people import facts_on_record
from flows.sharing.look import File, look_at
from flows.tabs.written import clear_left_behind, last_written, left_behind, still_stands, write
from flows.views.words import SHOWN
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from models.intake.people import PersonId
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import Status, VotingStatus
from models.text import formats

HEADER = ("Name", "Status", "Events counted", "Good through", "What is missing")
UNSEEN = "Google does not tell the program who can open this spreadsheet"
AGAIN = "The next nightly run after that fills this tab again."


def is_due(context: ChapterContext) -> bool:
    """Whether a night is on record that the tab does not tell of yet."""
    run = context.ledger.last_run()
    return bool(
        run and context.chapter.own_tab("roll") and last_written(context, "roll").run != run.id
    )


def update(context: ChapterContext) -> str:
    """Write the tab as it should be now.

    Returns:
        What the log may say of it; "" where nothing changed.

    Raises:
        StaysReadable: it should have been emptied, and could not be.
    """
    tab, run = context.chapter.own_tab("roll"), context.ledger.last_run()
    if tab and run:
        why = open_because(context, tab)
        if not why:
            basis = standing(context)
            if not still_stands(context, tab, basis, run=run.id):
                roll = facts_on_record(context).roll(run.day)
                write(context, tab, content_of(roll), run=run.id, basis=basis)
        elif emptied(context, tab, why, run.id):
            return f"emptied the roll tab: {why}"
    return ""


class StaysReadable(FixTheSettings):
    """A tab that names people is in a spreadsheet that others can open, and cannot be emptied."""


def emptied(context: ChapterContext, tab: OwnTab, why: str, run: int = 0) -> bool:
    """Empty a tab that names people, and say in it why; whether it was not so before.

    Raises:
        StaysReadable: it cannot be emptied.
    """
    try:
        return write(context, tab, closed(why), run=run, if_there=True)
    except TryAgainLater:
        raise
    except ClerkError as fault:
        raise StaysReadable(fault.fact, where=fault.where, next_step=fault.next_step) from fault


def take_out(context: ChapterContext, person: PersonId) -> Iterator[str]:
    """Take out a person who is to be erased (DP-6), and say what is left of them there.

    A tab that cannot be written keeps nobody from being erased.
    """
    now, before = last_written(context, "roll").title, left_behind(context, "roll")
    titles = dict.fromkeys([*(tab.title for tab in before), *([now] if now else [])])
    for step in (_clear, partial(_write_without, person=person)):
        try:
            step(context)
        except ClerkError as fault:
            tabs = [one.title for one in left_behind(context, "roll")] if step is _clear else [now]
            for title in tabs:
                yield f"their line in the tab “{title}”: delete it yourself ({fault.fact})"
    for title in titles:
        yield f"older versions of the tab “{title}”, which Google keeps (docs/privacy.md)"


def titles(context: ChapterContext) -> list[str]:
    """The tabs in which everybody may stand: the one written last, and those not emptied yet."""
    behind = (one.title for one in left_behind(context, "roll"))
    return [*dict.fromkeys(filter(None, [last_written(context, "roll").title, *behind]))]


def _clear(context: ChapterContext) -> None:
    clear_left_behind(context, "roll")


def _write_without(context: ChapterContext, person: PersonId) -> None:
    tab, run = context.chapter.own_tab("roll"), context.ledger.last_run()
    if tab and run and last_written(context, "roll").is_at(tab):
        roll = facts_on_record(context).roll(run.day)
        others = {one: entry for one, entry in roll.entries.items() if one != person}
        why = open_because(context, tab)
        content = closed(why) if why else content_of(VoterRoll(roll.on, others))
        write(context, tab, content, run=run.id, if_there=True)


def open_because(context: ChapterContext, tab: OwnTab) -> str:
    """Why people whom nobody named may see the tab; "" where named people alone can."""
    try:
        (seen,) = look_at(context, File(tab.workbook, "workbook", "workbook"))
    except Exception:  # noqa: BLE001 - whatever stands in the way: unknown is not closed
        return UNSEEN
    if seen.is_closed:
        return ""
    if seen.access is None:
        return UNSEEN
    return f"this spreadsheet is open to {opened_to(seen.access)}"


def content_of(roll: VoterRoll) -> RollRows:
    """Everybody, voting members first, then by name."""
    order = list(Status)

    def place(entry: Entry) -> tuple[object, ...]:
        name = entry.person.name
        return (
            order.index(entry.standing.status),
            name is None,
            *([name.lowered()] if name else []),
            entry.person.id,
        )

    entries = sorted(roll.entries.values(), key=place)
    return RollRows(header=HEADER, lines=tuple(map(_line, entries)))


def _line(entry: Entry) -> RollLine:
    standing, spell = entry.standing, entry.standing.spell
    through = "" if spell is None else spell.last_day if spell.is_open else formats.day(spell.until)
    told = (SHOWN[standing.status], str(len(standing.counted)), through, _missing(standing))
    return RollLine(name=entry.person.name, id=entry.person.id, told=told)


def _missing(standing: VotingStatus) -> str:
    """What each path lacks, without the events behind it: those stay in the chapter's sheets."""
    if standing.can_vote:
        return ""
    facts = (reason.fact.partition(": ")[0] for reason in standing.because if not reason.holds)
    return "; or ".join(dict.fromkeys(facts))


def closed(why: str) -> Rows:
    """What stands in a tab that names nobody while others can open it."""
    said = f"Empty, because {why}. To change that: Share → General access → Restricted. {AGAIN}"
    return Rows(rows=((said,),))
