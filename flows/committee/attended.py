"""How often people came to meetings and events, by calendar year, as the sheets have it (SC-2)."""

from collections import Counter
from datetime import date

from flows.context import ChapterContext
from flows.nightly.keeping import HORIZON
from flows.nightly.people import facts_on_record
from models.committee.nominees import Attendance, TimesAttended
from models.intake.people import PersonId
from models.membership.voter_roll import Facts
from models.privacy import Name


def attended_by_name(context: ChapterContext, on: date) -> Attendance:
    """What the sheets as last read say of everybody's events (SC-2).

    Two who bear one name are left out: the contest's file has a name alone.
    """
    facts = facts_on_record(context)
    return {name: came for name, (_, came) in bearers(context, facts, on).items()}


def bearers(
    context: ChapterContext, facts: Facts, on: date
) -> dict[Name, tuple[PersonId, TimesAttended]]:
    """Everybody whose name nobody else has, by that name folded."""
    people = {number: p.name.folded() for number, p in facts.known.people.items() if p.name}
    bearers = Counter(people.values())
    found: dict[Name, tuple[PersonId, TimesAttended]] = {}
    for number, name in people.items():
        if bearers[name] == 1:
            found[name] = facts.known.people[number].id, attended_by(context, facts, number, on)
    return found


def attended_by(
    context: ChapterContext, facts: Facts, number: int | None, on: date
) -> TimesAttended:
    """How often a person came, by calendar year; of nobody whom the sheets know, never.

    Args:
        number: the person's among the facts.
    """
    rules = context.bylaws.closest(on).membership
    attended = facts.attended.get(number, ()) if number is not None else ()
    events = (facts.events[event] for event in attended)
    came = (one.day.year for one in events if not one.why_not(rules, context.today))
    return TimesAttended(Counter(came), _whole_from(context, facts))


def _whole_from(context: ChapterContext, facts: Facts) -> int:
    """The first year of which the sheets have every row: events outlive who came to them (DP-6)."""
    first = min((event.day.year for event in facts.events), default=context.today.year)
    kept_since = context.ledger.note(HORIZON)
    return max(first, date.fromisoformat(kept_since).year if kept_since else first) + 1
