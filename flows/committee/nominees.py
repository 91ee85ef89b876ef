"""Who is nominated, with what the chapter's own record says of them (SC-2).

A nominee is found among the people of the roll by the address. Dues are looked up for nominees
alone, and only where they were looked up for this one (DP-5).
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from connectors.settings import Chapter
from flows.committee.annual import committee_or_none
from flows.committee.attended import attended_by
from flows.context import ChapterContext
from flows.nightly.facts import year_of
from flows.nightly.people import facts_on_record
from models.bylaws.counting import CommitteeCount
from models.committee.members import size
from models.committee.nominees import TimesAttended, in_first_quarter
from models.errors import FixTheSettings
from models.intake.people import Person, PersonId
from models.intake.year_columns import YEAR_COLUMNS
from models.membership.dues import Dues, paid_on
from models.membership.reasons import Reason
from models.membership.voter_roll import Facts
from models.privacy import Email, Name
from models.text.formats import listed
from models.year.annual import meeting_day
from models.year.book import YearBook
from models.year.nomination_rows import NominationRow
from models.year.nominations import nominated
from models.year.nominees import Prospect, with_seats


class Nominees(NamedTuple):
    """Everybody who is nominated, for a confirmation on a day."""

    on: date
    found: list[Prospect]
    people: list[PersonId]
    """Who of them are on the roll, for the record of who was looked at."""
    reasons: list[Reason]
    """What the slate as a whole needs (SC-1)."""
    rules: CommitteeCount
    unmatched_dues: int = 0
    """Payments of an address that nobody on the roll or among the nominees has."""


def must_be_named(chapter: Chapter) -> None:
    """Nobody can be nominated where nothing is read: a tab or form of nominations, or of requests.

    Raises:
        FixTheSettings: neither is named; which one to make, and how.
    """
    if chapter.kinds_read & {"nominations", "requests"}:
        return
    columns = YEAR_COLUMNS["nominations"]
    needed = listed([head for name, head in columns.headers.items() if name in columns.required])
    others = listed([h for name, h in columns.headers.items() if name not in columns.required])
    raise FixTheSettings(
        "no tab or form of nominations is named",
        where="chapter.toml",
        rule="SC-2",
        next_step=f"make a form, or a tab in the chapter's spreadsheet, with the columns {needed}; "
        f"and as far as you have them: {others}. For a form, add [[forms]] with its id and holds = "
        '"nominations"; for a tab, add nominations = "TITLE OF THE TAB" under its [[workbooks]]. '
        "If your headers differ, name them under [columns.nominations]. Then run `clerk sync`",
    )


def nominees_of(
    context: ChapterContext, on: date | None = None, facts: Facts | None = None
) -> Nominees:
    """Everybody who is nominated, with the record's facts.

    Args:
        on: the day of confirmation; else that of the annual meeting to come, or today.
        facts: what the sheets say, if somebody has read them already.
    """
    book = year_of(context)
    facts = facts or facts_on_record(context)
    day = on or meeting_day(facts.events, context.today) or context.today
    rules = context.bylaws.closest(day).committee
    roll = _Roll(facts)
    found, people = [], []
    rows = [row for row in book.nominations if not row.is_before(day)]
    for one in nominated(rows, roll.number):
        number, shared = roll.find(one.addresses, one.name)
        came = attended_by(context, facts, number, day)
        addresses = set(one.addresses)
        if number is not None:
            addresses |= set(facts.known.people[number].addresses)
            people.append(facts.known.people[number].id)
        found.append(Prospect(one, _with_dues(came, book, addresses, day), shared=shared))
    seated = with_seats(found, committee_or_none(context), context.today, rules)
    known = {a for p in facts.known.people.values() for a in p.addresses}
    known |= {address for one in found for address in one.said.addresses}
    standing = sum(one.stands for one in seated)
    return Nominees(
        day,
        seated,
        people,
        [
            size(standing, "nominees", rules),
            *_in_time(day),
            *_left_out(len(book.nominations) - len(rows)),
        ],
        rules,
        book.dues.unmatched(known),
    )


def _in_time(day: date) -> Iterator[Reason]:
    if not in_first_quarter(day):
        fact = "the members usually confirm a slate in the first quarter"
        yield Reason("SC-1", fact, True, look=True)


def _left_out(many: int) -> Iterator[Reason]:
    if many:
        rows = "1 nomination is" if many == 1 else f"{many} nominations are"
        yield Reason("SC-2", f"{rows} of an earlier year, and not used", True, look=True)


def _with_dues(came: TimesAttended, book: YearBook, of: set[Email], day: date) -> TimesAttended:
    dues: Dues = book.dues
    if not dues.knows(of):
        return came
    source = "the dues tab" if dues.is_whole else "the file of dues"
    return came._replace(dues=paid_on(dues.periods(of), day, source))


class _Roll:
    """The people of the roll by their addresses; a household shares one."""

    def __init__(self, facts: Facts) -> None:
        self._by: dict[Email, list[tuple[int, Person]]] = {}
        for number, person in facts.known.people.items():
            for address in person.addresses:
                self._by.setdefault(address, []).append((number, person))

    def number(self, row: NominationRow) -> int | None:
        return self.find((row.address,), row.name)[0]

    def find(self, addresses: tuple[Email, ...], name: str) -> tuple[int | None, bool]:
        """The person's number, and whether several have the address and none the name."""
        there = {number: person for one in addresses for number, person in self._by.get(one, ())}
        if len(there) > 1:
            wanted = Name.parse(name).folded()
            there = {n: p for n, p in there.items() if p.name and p.name.folded() == wanted}
            return (next(iter(there)), False) if len(there) == 1 else (None, True)
        return next(iter(there), None), False
