"""A person's rights: to be shown all that is held on them, and to be erased (DP-6)."""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from connectors.ledger import Act, Ledger, Snapshot
from connectors.mailchimp import PROOF_TAG, PROPOSAL_TAG
from flows.context import ChapterContext
from flows.mail import unlettered
from flows.nightly.facts import facts_of
from flows.nightly.keeping import OVER, without
from flows.nightly.looks import newest, on_record
from flows.nightly.people import about
from flows.nightly.remembered import remembered
from flows.privacy.household import is_anothers, refuse_unasked, sharing
from flows.requests import queue as requests
from flows.tabs import roll as roll_tab
from flows.tabs import seats as seats_tab
from flows.views.roll import find_person
from flows.votes import nominations
from flows.votes.history import taken_out
from models.errors import FixTheData
from models.intake.imported import is_imported
from models.intake.people import Person
from models.intake.rows import Rows
from models.mail.audience import ContactState
from models.mail.plans import Change, ChangeKind
from models.membership.erasure import ERASED, marked, names, shown
from models.membership.voter_roll import Entry
from models.membership.waiting import known_by
from models.privacy import Email
from models.text.formats import day
from models.unmask import reveal
from models.votes.election import ElectionState
from models.votes.events import PersonReadmitted

OURS = "clerk:"
"""What the names of our segments begin with."""
LOOKS = "so that you can learn who looked (DP-3)"
_COPY = "the chapter's sheet, and the program's copy", "the program's copy of a list (DP-2, VM-3)"
BACKUPS, PREFECT = ELSEWHERE = ("backups", "Prefect")


class StoredItem(NamedTuple):
    """One thing that is held on a person: where, what, and for what."""

    where: str
    what: str
    purpose: str


class Erasure(NamedTuple):
    """What an erasure did, without the person."""

    contacts: int
    counts: dict[str, int]
    still_named: tuple[str, ...]
    """Rows of the chapter's own sheets that name them."""
    remains: tuple[str, ...]


def find(context: ChapterContext, wanted: str) -> Entry:
    """Find whom an id, an address, or part of a name means, in the sheets or only in our memory."""
    if (kept := about(context, wanted)) and (them := kept.facts.roll(context.today)).entries:
        return find_person(them, wanted)
    for seen in (on_record, newest):
        with suppress(FixTheData):
            return find_person(facts_of(context, seen(context).sources).roll(context.today), wanted)
    return find_person(remembered(context), wanted)


def held_on(context: ChapterContext, entry: Entry) -> list[StoredItem]:
    """All that the program holds on a person, plain, for that person's eyes."""
    others = sharing(context, entry.person)
    return [
        *_in_the_ledger(context, entry, others),
        *_in_small_notes(context, entry.person),
        *_in_the_sheets(context, entry.person, others),
        *_in_the_tabs(context, entry.person),
        *_elsewhere(),
    ]


def _in_the_ledger(
    context: ChapterContext, entry: Entry, others: list[Person]
) -> Iterator[StoredItem]:
    person = entry.person
    yield StoredItem(
        "ledger", f"id {person.id}", "identifies the person in plans and logs without a name"
    )
    for address in person.addresses:
        yield StoredItem("ledger", f"address {reveal(address)}", "to recognize the person")
    if person.name:
        yield StoredItem("ledger", f"name {reveal(person.name)}", "to recognize the person")
    contacts, _ = context.ledger.audience()
    theirs = {address for one in others for address in one.mail_addresses}
    for address in (one for one in person.addresses if one not in theirs):
        if contact := contacts.get(address):
            shown = "; ".join(
                [*(f"{tag} {value}" for tag, value in contact.fields if value), *contact.tags]
            )
            listed = f"{reveal(address)}, {contact.state}{': ' if shown else ''}{shown}"
            yield StoredItem("mailing list", listed, "letters")
    for row in context.ledger.history(person.id):
        events = ", ".join(f"{day} {name}" for day, name in row.evidence)
        yield StoredItem("ledger", f"{row.recorded}: {row.status}; {events}", "evidence (VM-R3)")
    for one in context.ledger.told(person.id):
        if one.passed_over:
            became = "recorded as notified (first run, or emails turned off); not sent"
        else:
            became = f"sent on {one.sent}" if one.sent else "due; not sent yet"
        yield StoredItem(
            "ledger", f"email {one.kind}: {became}", "one email per change of status (VM-R4)"
        )
    for name, state in context.ledger.erasing.votes_of(person.id):
        stands = "voting is open" if state == ElectionState.OPEN else "voting has ended"
        yield StoredItem(
            "ledger", f"an entry of the frozen voter roll of {name} ({stands})", "VM-R3, BA-1"
        )
    for asked in nominations.in_the_ledger(context, person.name):
        yield StoredItem(
            asked.where, asked.told(), "for the election; deleted when voting opens (SC-2)"
        )
    for vote, said in nominations.on_ballots(context.ledger, person.name):
        yield StoredItem("ledger", f"on the ballot of {vote}: {said}", "what voters read (EN-R14)")
    for asked in nominations.in_the_files(context, person.name):
        yield StoredItem(asked.where, asked.told(), "the chapter's own file (SC-2)")


def _in_small_notes(context: ChapterContext, person: Person) -> Iterator[StoredItem]:
    """By their id alone, or by a digest of their address."""
    if look := context.ledger.looks.newest():
        for one, what in (*look.concerned, *look.calls):
            if one == person.id:
                kept = f"reading of {look.day}, not applied: {what}"
                yield StoredItem("ledger", kept, "clerk review; deleted at the next nightly run")
    for vote in context.ledger.votes.all():
        untold = unlettered.of(context.ledger, vote.name, context.ledger.votes.roll(vote.name))
        if why := untold.get(person.id):
            yield StoredItem(
                "ledger", f"election {vote.name}: {why}", "so that someone calls instead (DP-4)"
            )
    for asked in requests.told_of(context, person):
        yield StoredItem("ledger", asked, "so that it has an end (ST-3)")
    for seen in context.ledger.officers.looks(person.id):
        said = f"{seen.officer} looked on {day(seen.at.astimezone(context.chapter.tz))}"
        yield StoredItem("ledger", f"{said}: {seen.what}", LOOKS)
    refusals = context.ledger.refusals(context.today)
    for address in person.addresses:
        if known := refusals.of((address, person.name)):
            said = f"{reveal(address)}, as a hash: rejected by the mailing list on {known.since}"
            yield StoredItem("ledger", said, "so that it is not tried every night")


def _in_the_sheets(
    context: ChapterContext, person: Person, others: list[Person]
) -> Iterator[StoredItem]:
    who, of_another = set(known_by(person)), is_anothers(person, others)
    held: dict[StoredItem, None] = {}  # a look's copy of a row is no second row
    for snapshot in _readings(context.ledger):
        for table in snapshot.tables:
            for row in Rows(table, context.chapter.tz):
                if who.intersection(names(row)) and not of_another(row):
                    said = shown(row, table.fields, row.cells), _COPY[is_imported(snapshot.key)]
                    held[StoredItem(str(table.place(row.number)), *said)] = None
    yield from held


def _in_the_tabs(context: ChapterContext, person: Person) -> Iterator[StoredItem]:
    tabs = [(tab, "name, status, events counted") for tab in roll_tab.titles(context)]
    tabs += [(tab, "name, confirmed") for tab in seats_tab.titles_naming(context, person)]
    yield from (StoredItem(f"tab “{t}”", what, "for the committee (DP-7)") for t, what in tabs)


def _readings(ledger: Ledger) -> list[Snapshot]:
    """All copies of the sheets: of the night on record, and of the newest look."""
    return [*ledger.snapshots().values(), *ledger.looks.read_for_it().values()]


def _elsewhere() -> Iterator[StoredItem]:
    yield StoredItem(BACKUPS, "everything the ledger contained when they were made", "clerk backup")
    yield StoredItem(PREFECT, "nothing; only counts", "DP-3")


def many(held: list[StoredItem]) -> int:
    """Count the items stored about a person, without the lines about backups and Prefect."""
    return sum(one.where not in ELSEWHERE for one in held)


def forget(
    context: ChapterContext,
    entry: Entry,
    by: str,
    *,
    keep_contact: bool = False,
    others_too: bool = False,
) -> Erasure:
    """Erase a person everywhere the program can reach.

    The mailing list goes first: a job that dies in between is simply asked again.

    Args:
        by: the officer's name, for the record.
        keep_contact: they want to stay on the mailing list; only our fields and tags go.
        others_too: whoever has the address too agrees.

    Raises:
        Refused: somebody else has one of the addresses, and nobody says that they agree.
    """
    person, ledger = entry.person, context.ledger
    with ledger.alone():
        with suppress(FixTheData):  # as a night that ended meanwhile found them
            person = find(context, person.id).person
        if not others_too:
            refuse_unasked(sharing(context, person))
        who = known_by(person)
        left = tuple(roll_tab.take_out(context, person.id))
        contacts = _off_the_list(context, person, keep_contact=keep_contact)
        rows = {
            key: without(snapshot, set(who).__contains__)
            for key, snapshot in ledger.snapshots().items()
        }
        looked_at = [without(one, set(who).__contains__) for one in _readings(context.ledger)]
        gone = {
            str(table.place(number)): is_imported(one.key)
            for one in looked_at for table in one.tables for number in marked(table, ERASED)
        }  # fmt: skip
        still_named = tuple(place for place, ours in gone.items() if not ours)
        votes = ledger.erasing.votes_of(person.id)
        erased = ledger.erasing.erase(
            person.id,
            who,
            context.today,
            rows.values(),
            contacts=contacts,
            rows=len(gone),
            by=by,
            at=context.now(),
            asked=[*requests.ended_with(context, person)],
        )
        left += tuple(seats_tab.without_the_erased(context))
    by_hand = {
        f"what a file in {one.where} says about them as a nominee: remove it yourself (SC-2)"
        for one in nominations.in_the_files(context, person.name)
    }
    remains = *left, *sorted(by_hand), *_remains(votes, keep_contact=keep_contact)
    return Erasure(contacts, taken_out(erased), still_named, remains)


def _off_the_list(context: ChapterContext, person: Person, *, keep_contact: bool) -> int:
    actual, _ = context.ledger.audience()
    if not keep_contact:
        # Where none is left, one that we know of went in an earlier try.
        return sum(
            context.audience.delete_permanently(address)
            or (address in actual and actual[address].state is not ContactState.ARCHIVED)
            for address in person.addresses
        )
    marks = context.chapter.mailchimp.marks
    mine = [actual[address] for address in person.addresses if address in actual]
    empty = tuple((tag, "") for tag in (*marks.fields, PROPOSAL_TAG, PROOF_TAG))
    changes = [Change(ChangeKind.SET_FIELDS, contact.address, fields=empty) for contact in mine]
    deque(context.audience.write(changes, actual), maxlen=0)
    context.audience.leave_segments([contact.address for contact in mine], OURS)
    for tag in marks.tags:
        context.audience.leave_segments([contact.address for contact in mine], tag)
    return 0


def _remains(votes: list[tuple[str, str]], *, keep_contact: bool) -> Iterator[str]:
    for name, state in votes:
        ways = "`clerk retention` deletes it", "the election needs it until it is counted"
        until = ways[0] if state in OVER else ways[1]
        yield (
            f"an entry without name or address on the frozen voter roll of {name}; {until} (VM-R3)"
        )
    if keep_contact:
        yield (
            "the contact on the mailing list, without anything that this program added, as "
            "requested"
        )
    yield "a keyed hash of their addresses and name, so that no sheet brings them back unnoticed"
    yield "that a ballot was counted, if they voted, in totals without names (DP-6)"
    yield "what older backups contain: delete them, or erase the person again after restoring one"


def readmit(context: ChapterContext, address: Email, by: str) -> bool:
    """Let somebody who was erased back in, because they came back; the next night reads anew."""
    with context.ledger.alone():
        back = context.ledger.erasing.readmit([address], context.today)
        if back:
            context.ledger.votes.note("", Act(by, context.now(), PersonReadmitted()))
    return back
