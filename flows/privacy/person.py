"""A person's rights: to be shown all that is held on them, and to be erased (DP-6)."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from connectors.ledger import Act, Snapshot
from flows.context import Desk
from flows.mail import unlettered
from flows.nightly.keeping import OVER, without
from flows.nightly.looks import newest, on_record
from flows.nightly.remembered import remembered
from flows.nightly.sources import facts_of
from flows.views.roll import find_person, roll_rows
from flows.votes import nominations
from flows.votes.history import taken_out
from models.errors import FixTheData, Refused
from models.intake.people import Person
from models.intake.rows import Row
from models.mail.audience import ContactState
from models.mail.plans import Change, ChangeKind
from models.membership.erasure import ERASED, marked, names, shown
from models.membership.voter_roll import Entry, Roll
from models.membership.waiting import known_by
from models.privacy import Email, Name, quiet
from models.unmask import plain
from models.votes.election import ElectionState
from models.votes.events import ListWritten, PersonReadmitted

Who = Email | Name
OURS = "clerk:"
"""What the names of our segments begin with."""
BACKUPS, PREFECT = ELSEWHERE = ("backups", "Prefect")


class Held(NamedTuple):
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


def find(desk: Desk, wanted: str) -> Entry:
    """Whom an id, an address or a part of a name means: in the sheets as last read, and else among
    those whom only the ledger remembers or the mailing list knows."""
    for seen in (on_record, newest):
        with suppress(FixTheData):
            return find_person(facts_of(desk, seen(desk).sources).roll(desk.today), wanted)
    return find_person(remembered(desk), wanted)


def held_on(desk: Desk, entry: Entry) -> list[Held]:
    """All that the program holds on a person, plain, for that person's eyes."""
    return [
        *_in_the_ledger(desk, entry),
        *_in_small_notes(desk, entry.person),
        *_in_the_sheets(desk, entry.person),
        *_elsewhere(desk),
    ]


def _in_the_ledger(desk: Desk, entry: Entry) -> Iterator[Held]:
    person = entry.person
    yield Held("ledger", f"id {person.id}", "names them in plans and logs without naming them")
    for address in person.addresses:
        yield Held("ledger", f"address {plain(address)}", "to know them again")
    if person.name:
        yield Held("ledger", f"name {plain(person.name)}", "to know them again")
    contacts, _ = desk.ledger.audience()
    for address in person.addresses:
        if contact := contacts.get(address):
            shown = "; ".join(
                [*(f"{tag} {value}" for tag, value in contact.fields if value), *contact.tags]
            )
            listed = f"{plain(address)}, {contact.state}{': ' if shown else ''}{shown}"
            yield Held("mailing list", listed, "letters")
    for row in desk.ledger.history(person.id):
        events = ", ".join(f"{day} {name}" for day, name in row.evidence)
        yield Held("ledger", f"{row.recorded}: {row.status}; {events}", "evidence (VM-R3)")
    for one in desk.ledger.told(person.id):
        if one.passed_over:
            became = "noted as told (the first night, or letters turned off); not sent"
        else:
            became = f"sent on {one.sent}" if one.sent else "due; not sent yet"
        yield Held("ledger", f"letter {one.kind}: {became}", "told once (VM-R4)")
    for name, state in desk.ledger.erasing.votes_of(person.id):
        stands = "voting is open" if state == ElectionState.OPEN else "voting has ended"
        yield Held("ledger", f"a line of the frozen roll of {name} ({stands})", "VM-R3, BA-1")
    for asked in nominations.in_the_ledger(desk, person.name):
        yield Held(asked.where, asked.told(), "for the vote; gone when it opens (SC-2)")
    for vote, said in nominations.on_ballots(desk, person.name):
        yield Held("ledger", f"on the ballot of {vote}: {said}", "what voters read (EN-R14)")
    for asked in nominations.in_the_files(desk, person.name):
        yield Held(asked.where, asked.told(), "the chapter's own file (SC-2)")


def _in_small_notes(desk: Desk, person: Person) -> Iterator[Held]:
    """By their id alone, or by a digest of their address."""
    if look := desk.ledger.looks.newest():
        for one, what in (*look.concerned, *look.calls):
            if one == person.id:
                kept = f"look of {look.day}, not applied: {what}"
                yield Held("ledger", kept, "clerk review; gone with the next night")
    for vote in desk.ledger.votes.all():
        untold = unlettered.of(desk, vote.name, desk.ledger.votes.roll(vote.name))
        if why := untold.get(person.id):
            yield Held("ledger", f"vote {vote.name}: {why}", "called instead (DP-4)")
    refusals = desk.ledger.refusals(desk.today)
    for address in person.addresses:
        if known := refusals.of((address, person.name)):
            said = f"{plain(address)}, as a digest: not taken by the mailing list on {known.since}"
            yield Held("ledger", said, "not tried every night")


def _in_the_sheets(desk: Desk, person: Person) -> Iterator[Held]:
    who = set(known_by(person))
    held: dict[Held, None] = {}  # a look's copy of a row is no second row
    for snapshot in _readings(desk):
        for table in snapshot.tables:
            row = Row(table, desk.chapter.tz)
            for number, cells in table.filled():
                row.turn_to(number, cells)
                if who.intersection(names(row)):
                    text = shown(row, table.fields, cells)
                    copy = "the chapter's sheet, and our copy"
                    held[Held(str(table.place(number)), text, copy)] = None
    yield from held


def _readings(desk: Desk) -> list[Snapshot]:
    """All copies of the sheets: of the night on record, and of the newest look."""
    return [*desk.ledger.snapshots().values(), *desk.ledger.looks.read_for_it().values()]


def _elsewhere(desk: Desk) -> Iterator[Held]:
    yield Held(BACKUPS, "whatever the ledger held when they were made", "clerk backup")
    yield Held(PREFECT, "nothing: counts only", "DP-3")


def many(held: list[Held]) -> int:
    """How many things are held; what is said of backups and of Prefect is no further thing."""
    return sum(one.where not in ELSEWHERE for one in held)


def take_out(
    desk: Desk, roll: Roll, *, by: str, reason: str, as_csv: bool
) -> list[tuple[object, ...]]:
    """The whole roll with addresses: the one command that writes the list, and it is recorded.

    Raises:
        Refused: without a name and a reason, or for anything but a file of one's own.
    """
    if not (as_csv and by.strip() and reason.strip()):
        raise Refused(
            "the list with addresses is written only for a stated reason, and recorded",
            rule="DP-1",
            next_step='clerk roll --csv --with-addresses --by NAME --reason "…"',
        )
    written = ListWritten(reason=quiet(reason), people=len(roll.entries))
    with desk.ledger.alone():
        desk.ledger.votes.note("", Act(by, desk.now(), written))
    addresses = {
        entry.person.id: " ".join(map(plain, entry.person.addresses))
        for entry in roll.entries.values()
    }
    return [(*row, addresses[row[1]]) for row in roll_rows(roll)]


def forget(desk: Desk, entry: Entry, by: str, *, keep_contact: bool = False) -> Erasure:
    """Erase a person everywhere the program can reach.

    The mailing list goes first: a job that dies in between is simply asked again.

    Args:
        by: the officer's name, for the record.
        keep_contact: they want to stay on the mailing list; only our fields and tags go.
    """
    person, ledger = entry.person, desk.ledger
    who = known_by(person)
    with ledger.alone():
        contacts = _off_the_list(desk, person, keep_contact=keep_contact)
        rows = {
            key: without(snapshot, set(who).__contains__)
            for key, snapshot in ledger.snapshots().items()
        }
        looked_at = [without(one, set(who).__contains__) for one in _readings(desk)]
        still_named = tuple(dict.fromkeys(
            str(table.place(number))
            for snapshot in looked_at
            for table in snapshot.tables
            for number in marked(table, ERASED)
        ))  # fmt: skip
        votes = ledger.erasing.votes_of(person.id)
        erased = ledger.erasing.erase(
            person.id,
            who,
            desk.today,
            rows.values(),
            contacts=contacts,
            rows=len(still_named),
            by=by,
            at=desk.now(),
        )
    files = {one.where for one in nominations.in_the_files(desk, person.name)}
    remains = *_files_by_hand(files), *_remains(votes, keep_contact=keep_contact)
    return Erasure(contacts, taken_out(erased), still_named, remains)


def _files_by_hand(folders: Iterable[str]) -> Iterator[str]:
    for folder in sorted(folders):
        yield f"what a file in {folder} says of them as a nominee: take it out by hand (SC-2)"


def _off_the_list(desk: Desk, person: Person, *, keep_contact: bool) -> int:
    actual, _ = desk.ledger.audience()
    if not keep_contact:
        # Where none is left, one that we know of went in an earlier try.
        return sum(
            desk.audience.delete_for_good(address)
            or (address in actual and actual[address].state is not ContactState.ARCHIVED)
            for address in person.addresses
        )
    marks = desk.chapter.mailchimp.marks
    mine = [actual[address] for address in person.addresses if address in actual]
    empty = tuple((tag, "") for tag in marks.fields)
    changes = [Change(ChangeKind.SET_FIELDS, contact.address, fields=empty) for contact in mine]
    deque(desk.audience.write(changes, actual), maxlen=0)
    desk.audience.leave_segments([contact.address for contact in mine], OURS)
    for tag in marks.tags:
        desk.audience.leave_segments([contact.address for contact in mine], tag)
    return 0


def _remains(votes: list[tuple[str, str]], *, keep_contact: bool) -> Iterator[str]:
    for name, state in votes:
        over = state in OVER
        until = "`clerk retention` destroys it" if over else "the vote needs it until it is counted"
        yield f"a line without name or address on the frozen roll of {name}; {until} (VM-R3)"
    if keep_contact:
        yield "the contact on the mailing list, without anything of ours, as they wished"
    yield "a keyed digest of their addresses and name, so that no sheet brings them back unseen"
    yield "that a ballot was counted, where they voted, in totals that name nobody (DP-6)"
    yield "what older backups hold: destroy them, or forget again after restoring one"


def readmit(desk: Desk, address: Email, by: str) -> bool:
    """Let somebody who was erased back in, because they came back; the next night reads anew."""
    with desk.ledger.alone():
        back = desk.ledger.erasing.readmit([address])
        if back:
            desk.ledger.votes.note("", Act(by, desk.now(), PersonReadmitted()))
    return back
