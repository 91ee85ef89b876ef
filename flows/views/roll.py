"""What the terminal shows of a night, a roll and a person; local only, names included (DP-3)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Any

from connectors.ledger import HistoryRow
from flows import console
from flows.nightly.links import Links
from flows.views.words import PEOPLE, PLURAL, SHOWN, change_name, event_said, fact_said
from models.errors import AskAPerson, FixTheData
from models.intake.locations import ReviewItem, SourceLocation, Weight, together
from models.intake.people import Person, PersonId
from models.membership.voter_roll import Entry, Facts, VoterRoll
from models.membership.voting_status import Status, VotingStatus
from models.privacy import redact_addresses
from models.text import formats
from models.text.naming import is_meant, words_of
from models.text.sentences import Sentence, day_said
from models.unmask import reveal

if TYPE_CHECKING:
    from flows.nightly.night import Sync


def name_of(person: Person) -> str:
    """The person's name, or their id where no sheet says one; an address typed as one is dots."""
    return redact_addresses(reveal(person.name)) if person.name else person.id


def phone_of(person: Person) -> str:
    """The number for a personal call (DP-4), or ""."""
    return reveal(person.phone) if person.phone else ""


def counted(roll: VoterRoll) -> str:
    """The roll in one line of counts."""
    return counted_standings(roll.counts())


def counted_standings(standings: Mapping[Status, int]) -> str:
    """How many people have each status, in one line."""
    return ", ".join(f"{many} {PLURAL[status]}" for status, many in standings.items())


def show_plan(night: "Sync", who: bool) -> None:
    """A night's plan: the answer first, then the changes, then what to look at."""
    plan = night.plan
    console.title(f"{formats.day(night.day)}: {counted_standings(night.found.standings)}")
    if plan.is_empty():
        console.say("The mailing list is up to date. There is nothing to do.")
    else:
        console.say(_on_the_list(night))
        console.table(
            ("Change", "How many"),
            [(change_name(one), many) for one, many in plan.counts().items()],
        )
    if night.told_nobody:
        console.say(
            f"First sync: no one gets an email. To email {night.told_nobody} voting members, add "
            "--tell-everyone."
        )
    if plan.losing:
        console.say(
            f"{len(plan.losing)} of {plan.had} voting members would lose their voting membership."
        )
    if night.found.unsigned:
        unsigned = night.facts.unsigned
        events = ", ".join(map(event_said, unsigned[:3])) + (" …" if len(unsigned) > 3 else "")
        console.say(f"No one signed in at the latest events: {events}.")
    if who:
        show_who(night.roll, night.plan.concerned())
    if many := night.found.to_review:
        console.say(f"To check: {many}. See `clerk review`.")


def _on_the_list(night: "Sync") -> str:
    """For how many the plan can change anything: what its numbers add up to."""
    known, listed = night.found.standings, night.on_the_list
    parts = [f"{listed[one]} of {many} {PEOPLE[one]}" for one, many in known.items() if many]
    if listed.total() == sum(known.values()):
        return "All of them are on the mailing list, or are added now."
    said = f"On the mailing list, or added now: {formats.listed(parts)}."
    return f"{said} We cannot email the others."


def show_who(roll: VoterRoll, concerned: Mapping[PersonId, str]) -> None:
    """Whom a plan concerns, and how; somebody whom no sheet names any more by the id alone."""
    entries = roll.entries
    rows = [(name_of(entries[one].person) if one in entries else "", one, what)
            for one, what in concerned.items()]  # fmt: skip
    if rows:
        console.table(("Who", "Id", "What"), sorted(rows))


ROLL_HEADERS = ("Name", "Id", "Status", "Events", "Since", "Through", "District")


def roll_rows(roll: VoterRoll, said: Callable[[date], str] = str) -> list[tuple[Any, ...]]:
    """The roll, voting members first, then by name; no addresses.

    Args:
        said: how a day is written.
    """
    order = list(Status)
    entries = sorted(
        roll.entries.values(),
        key=lambda e: (order.index(e.standing.status), name_of(e.person).casefold()),
    )
    return [
        (
            name_of(entry.person),
            entry.person.id,
            SHOWN[entry.standing.status],
            len(entry.standing.counted),
            *_span(entry.standing, said),
            entry.person.district,
        )
        for entry in entries
    ]


def _span(standing: VotingStatus, said: Callable[[date], str]) -> tuple[str, str]:
    spell = standing.spell
    if spell is None:
        return "", ""
    return said(spell.since), spell.last_day if spell.is_open else said(spell.until)


def find_person(roll: VoterRoll, wanted: str, *, show: bool = True) -> Entry:
    """Whom an id, an address or a part of a name means.

    Args:
        show: if several fit, print their names too; an error may travel further (DP-3).

    Raises:
        FixTheData: nobody.
        AskAPerson: several; their ids are listed.
    """
    folded = wanted.strip().casefold()
    entries = roll.entries.values()
    exact = [
        e
        for e in entries
        if folded == e.person.id or folded in {reveal(a) for a in e.person.addresses}
    ]
    typed = words_of(wanted)
    found = exact or [
        e for e in entries if e.person.name and is_meant(typed, words_of(name_of(e.person)))
    ]
    if not found:
        raise FixTheData(
            "no one in the sheets has this id, email address, or name",
            next_step="`clerk roll` lists everyone; if a sheet was just changed, run `clerk "
            "sync`, then `clerk explain NAME --planned`",
        )
    if len(found) > 1:
        some = [e.person for e in found[:10]]
        if show:
            rows = [(name_of(e.person), e.person.id, e.person.district, _last(e)) for e in found]
            console.table(("Name", "Id", "District", "Last counted event"), rows[:10])
        listed = ", ".join(one.id for one in some)
        more = f" and {len(found) - len(some)} more" if len(found) > len(some) else ""
        raise AskAPerson(
            f"{len(found)} people match: {listed}{more}", next_step="use the id of one of them"
        )
    return found[0]


def _last(entry: Entry) -> str:
    """The day of somebody's last event that counts: it tells namesakes apart."""
    days = [event.day for event in entry.standing.counted]
    return formats.day(max(days)) if days else ""


def suggest_names(roll: VoterRoll, wanted: str) -> None:
    """Print the name that was perhaps meant; here and not in an error, which may travel (DP-3)."""
    names = sorted({name_of(e.person) for e in roll.entries.values() if e.person.name})
    typed = wanted.strip().casefold()
    known: dict[str, list[str]] = {}
    for name in names:
        whole = name.casefold()  # one word is a first or a last name alone
        for part in [whole] if " " in typed else {*whole.split()}:
            known.setdefault(part, []).append(name)
    found = [name for near in get_close_matches(typed, known, n=1) for name in known[near]]
    if len(found) == 1:
        console.say(f"Did you mean {found[0]}?")
    elif found:
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        console.say(f"Did you mean one of these: {', '.join(found[:5])}{more}?")


def sentence(entry: Entry) -> Sentence:
    """The verdict as a member reads it; its reasons follow one by one."""
    standing, name = entry.standing, name_of(entry.person)
    spell = standing.spell
    ends = spell is not None and not spell.is_open
    until = day_said(spell.until) if spell and ends else ""
    match standing.status:
        case Status.VOTING:
            assert spell is not None  # noqa: S101 - a voting member is one on some days
            said = {"name": name, "since": day_said(spell.since)}
            if not ends:
                return Sentence(
                    "{name} has been a voting member since {since}. The membership is good until "
                    "further notice.",
                    **said,
                )
            return Sentence(
                "{name} has been a voting member since {since}. The membership is good through "
                "{until}, or longer with more events.",
                **said,
                until=until,
            )
        case Status.ONE_AWAY:
            if not ends:
                return Sentence("1 more event makes {name} a voting member.", name=name)
            if standing.counted:
                return Sentence(
                    "1 more event makes {name} a voting member. The events counted so far keep "
                    "counting through {until}.",
                    name=name,
                    until=until,
                )
            return Sentence(
                "1 more event makes {name} a voting member. This is so through {until}.",
                name=name,
                until=until,
            )
        case Status.NOT_YET:
            return Sentence("{name} cannot vote on {day}.", name=name, day=day_said(standing.on))


def show_because(entry: Entry) -> None:
    """Every reason of a standing with its rule, as of its day: some are newer than the status."""
    first, *reasons = because_lines(entry)
    console.say(first)
    for line in reasons:
        console.say(f"  {line}")


def because_lines(entry: Entry) -> Iterator[str]:
    """The same as lines; the first says on which day."""
    yield Sentence("What counts on {day}:", day=day_said(entry.standing.on))
    for reason in entry.standing.because:
        yield Sentence(
            "{mark} {rule}: {fact}",
            mark="✓" if reason.holds else "–",
            rule=reason.rule,
            fact=fact_said(reason.fact),
        )


def show_person(entry: Entry, facts: Facts, history: Sequence[HistoryRow]) -> None:
    """Why somebody may or may not vote, with every fact behind it, and what is on record."""
    person, day = entry.person.id, entry.standing.on
    console.title(sentence(entry))
    show_because(entry)
    idle = facts.not_counted(person, day)
    if idle:
        console.say("Not counted:")
        for event, why in idle:
            console.say(f"  – {event_said(event)}: {formats.spoken(why)}")
    if missed := facts.missed(person, day):
        newest = ", ".join(map(event_said, missed[:-4:-1]))
        console.say(f"Events not attended: {len(missed)}. The latest: {newest}")
    if history:
        console.say("Recorded:")
        for row in history:
            console.say(f"  {formats.day(row.recorded)}: {SHOWN[row.status]} ({row.edition})")


def show_waiting(items: Sequence[ReviewItem]) -> None:
    """What is skipped or asked of the rows that name somebody."""
    if items:
        console.say("Rows that name this person, and were skipped or have an open question:")
    for item in items:
        console.say(f"  – {item.place}: {item.reason}. Next: {item.next_step}")


def grouped(
    items: Iterable[ReviewItem], links: Links | None = None
) -> list[tuple[str, str, str, str]]:
    """Review lines for the eye: equal complaints of one tab in one line, with all its cells.

    Its place opens the first of them.
    """

    def alike(item: ReviewItem) -> tuple[str, str, str, str]:
        return item.weight.shown, item.place.source, item.reason, item.next_step

    rows: list[tuple[str, str, str, str]] = []
    for (weight, source, reason, next_step), same in groupby(sorted(items, key=alike), alike):
        place = SourceLocation(source, together([item.place.cell for item in same]))
        where = console.Linked(str(place), links.of(place) if links else "")
        rows.append((where, weight, reason, next_step))
    order = [weight.shown for weight in Weight]
    return sorted(rows, key=lambda row: order.index(row[1]))
