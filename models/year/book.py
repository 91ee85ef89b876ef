"""Everything that the committee's own tabs, volunteer profiles and requests say, read as one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.bylaws.counting import CountingRules
from models.committee.members import Committee
from models.intake.consents import boxes_of
from models.intake.locations import ReviewItem, SourceLocation
from models.intake.row_results import RowCounts, RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.intake.year_columns import YEAR_COLUMNS
from models.intake.yearless import with_years
from models.membership.dues import ASKED, Dues, Payment, asked_in, payment
from models.privacy import Email
from models.year.ad_hoc import AdHoc, read_ad_hoc
from models.year.campaign_rows import with_candidates, with_steps
from models.year.cycles import Cycle, in_cycles
from models.year.disclosures import Disclosure, disclosure, sitting
from models.year.moderation import Moderated, read_moderation
from models.year.nomination_rows import NominationRow, nomination
from models.year.profiles import VolunteerProfile, profile
from models.year.proposals import PriorityProposal, read_proposals
from models.year.race_names import RaceNames
from models.year.race_rows import read_races
from models.year.requests import RequestRow, request
from models.year.seats import read_seats

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class YearBook:
    """What the committee's tabs say; a kind that no workbook names is empty."""

    committee: Committee | None
    """None where no tab names it, or no row of it can be used."""
    proposals: tuple[PriorityProposal, ...]
    """All that were sent; which of them count needs the roll."""
    moderated: tuple[Moderated, ...]
    ad_hoc: AdHoc
    disclosures: tuple[Disclosure, ...]
    nominations: tuple[NominationRow, ...]
    dues: Dues
    """That nobody paid, where nothing has them; see `Dues.knows`."""
    cycles: tuple[Cycle, ...]
    """The endorsement cycles, in the order in which the tab begins them."""
    profiles: tuple[VolunteerProfile, ...]
    profiles_in_doubt: frozenset[Email]
    """The addresses of answers that cannot be read: any of them may be the newest (DP-4)."""
    """All answers to the volunteer form; which of them holds needs the people."""
    requests: tuple[RequestRow, ...]
    """What members ask for, in the order of the rows."""
    review: tuple[ReviewItem, ...]
    boxes: tuple[RowCounts, ...]


def read_year(
    tables: Iterable[Table],
    zone: ZoneInfo,
    today: date = date.max,
    rules: CountingRules | None = None,
    offers: Sequence[str] = (),
    boxes: Iterable[str] = (),
) -> YearBook:
    """Read the committee's tabs; every row becomes a record or is set aside.

    Args:
        today: the day of the look; what is recorded lies before it.
        rules: what the bylaws list and ask; without them no name of theirs is held against a list.
        offers: what a volunteer profile can offer.
        boxes: the texts of consent boxes (DP-4).
    """
    tables = list(tables)
    own = [with_years(table, zone) for table in tables if table.kind in YEAR_COLUMNS]
    tray = RowResults()

    def of(kind: str) -> list[Table]:
        return [table for table in own if table.kind == kind]

    def read(kind: str, row: Callable[[Row, SourceLocation], R]) -> tuple[R, ...]:
        return tuple(one for table in of(kind) for one in records(table, zone, tray, row))

    committee = read_seats(of("committee"), zone, tray, today, rules.committee if rules else None)
    seats = sitting(committee, of("committee"), today, rules.committee) if rules else None
    standing = rules.committee.standing.value if rules else ()
    in_doubt: set[Email] = set()

    def helps(row: Row, place: SourceLocation) -> VolunteerProfile:
        try:
            return profile(row, place, today, offers, boxes_of(boxes))
        except Unreadable:
            in_doubt.update(row.named_by("address"))
            raise

    def cycles() -> tuple[Cycle, ...]:
        offices = rules.offices if rules else None
        races = read_races(of("races"), zone, tray, offices)
        names = RaceNames(races, offices)
        races = with_candidates(races, names, of("candidates"), zone, tray, today)
        return in_cycles(with_steps(races, names, of("steps"), zone, tray, today))

    return YearBook(
        committee=committee,
        disclosures=read("disclosures", partial(disclosure, today=today, seats=seats)),
        nominations=read("nominations", partial(nomination, today=today, standing=standing)),
        dues=_dues(read("dues", partial(payment, today=today)), tables),
        proposals=read_proposals(of("proposals"), zone, tray),
        moderated=read_moderation(of("priorities"), zone, tray),
        ad_hoc=read_ad_hoc(of("ad_hoc"), zone, tray, today),
        cycles=cycles(),
        profiles=read("profiles", helps),
        profiles_in_doubt=frozenset(in_doubt),
        requests=read("requests", partial(request, today=today)),
        review=tuple(tray.review),
        boxes=tuple(tray.boxes),
    )


def _dues(payments: Iterable[Payment], tables: list[Table]) -> Dues:
    """The payments; a file comes with those who were asked about, a tab is everybody's."""
    kinds = [table.kind for table in tables]
    is_whole = kinds.count("dues") > kinds.count(ASKED)
    return Dues.of(payments, is_whole=is_whole, asked=asked_in(tables))
