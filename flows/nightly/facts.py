"""What the sources say of people, events, and the committee's year: matched, and asked about."""

from datetime import date

from flows.context import ChapterContext
from flows.mail.near import directory_of
from flows.nightly.endorsed import endorsed_in
from flows.nightly.fields import lost
from flows.nightly.proposals import year_review
from flows.nightly.sources import Sources, known_sources, tables_of, titled
from models.intake.imported import is_imported
from models.intake.locations import ReviewItem
from models.intake.people import PersonId
from models.intake.tables import Table
from models.membership.erasure import still_named
from models.membership.voter_roll import Facts, gather
from models.state.near import questions
from models.year.book import YearBook, read_year
from models.year.profiles import Profiles, profiles_of
from models.year.request_queue import unanswerable
from models.year.standing import contradictions


def facts_of(context: ChapterContext, sources: Sources, today: date | None = None) -> Facts:
    """Match and count what the sources say.

    Args:
        today: the day it is, where it is to remember what it was compared with.
    """
    today = context.today if today is None else today
    held = [table for key, table in titled(sources) if not is_imported(key)]
    tables = tables_of(sources)
    ledger = context.ledger
    chapter = context.chapter
    facts = gather(
        tables,
        context.bylaws,
        chapter.tz,
        today,
        ledger.ids(),
        ledger.key,
        chapter.consent,
        chapter.name,
    )
    book = _year(context, tables, today)
    record = endorsed_in(ledger) if book.cycles else ()
    facts.review += [
        *year_review(ledger, book, facts),
        *contradictions(book.cycles, record),
        *_profiles(book, facts).review,
        *unanswerable(book.requests, facts.known.people.values(), today),
        *still_named(held),
        *_towns_asked(context, facts),
        *lost(context, sources.snapshots),
    ]
    return facts


def _towns_asked(context: ChapterContext, facts: Facts) -> list[ReviewItem]:
    """Of the statewide sign-ups, the towns that may be misspelled (ST-1)."""
    directory = directory_of(context)
    return questions(directory, facts.known.people.values()) if directory else []


def year_of(context: ChapterContext, sources: Sources | None = None) -> YearBook:
    """What the committee's own tabs said when they were last read.

    Args:
        sources: as they were last read, where somebody has them already.
    """
    return _year(context, tables_of(sources or known_sources(context.ledger)), context.today)


def _profiles(book: YearBook, facts: Facts) -> Profiles:
    return profiles_of(book.profiles, facts.known.people.values(), book.profiles_in_doubt)


def profiles_on_record(context: ChapterContext) -> Profiles:
    """The volunteer profiles as last read, by person."""
    facts = facts_of(context, known_sources(context.ledger))
    return _profiles(year_of(context), facts)


def offers_of(
    context: ChapterContext, facts: Facts, sources: Sources, today: date
) -> dict[PersonId, tuple[str, ...]]:
    """What those offer who want email about it (ST-2, DP-4)."""
    if not context.chapter.volunteers.offers:
        return {}
    held = _profiles(_year(context, tables_of(sources), today), facts).willing()
    return {person: one.offers for person, one in held.items()}


def _year(context: ChapterContext, tables: list[Table], today: date) -> YearBook:
    chapter, rules = context.chapter, context.bylaws.closest(today).counting
    return read_year(tables, chapter.tz, today, rules, chapter.volunteers.offers, chapter.consent)
