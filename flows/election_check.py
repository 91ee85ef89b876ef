"""What must hold before a vote may open: its window, its races, its form, each with its rule."""

from collections.abc import Iterator
from datetime import timedelta

from flows.desk import Desk
from flows.sources import facts_of, known_sources
from models.ballots.form import FormReader, mismatches
from models.contests import Approval, CommitteeDecision
from models.elections import Election, window_reasons
from models.frozen_roll import spelled
from models.offices import before_opening
from models.standing import Reason
from models.tally.settings import choose

PUNCTUAL = timedelta(hours=1)
"""An opening that is later than this is a shorter window (EN-9)."""


def check(desk: Desk, election: Election) -> list[Reason]:
    """Everything that must hold before the vote may open, each with its rule."""
    zone = desk.chapter.tz
    late = desk.now() - election.opens > PUNCTUAL
    opens = desk.now() if late else election.opens
    found = list(window_reasons(opens, election.closes, zone, election.short_because))
    day = election.record_date
    before = day <= election.opens.astimezone(zone).date()
    found.append(Reason("VM-R3", f"the record date is {day}", before))
    found.append(Reason("EN-R6", "the close lies ahead", desk.now() < election.closes))
    for contest in election.contests:
        found += [
            Reason(reason.rule, f"{contest.title}: {reason.fact}", reason.holds)
            for reason in before_opening(contest, desk.counting_rules.offices)
        ]
        if not isinstance(contest, Approval | CommitteeDecision):
            choose(contest, desk.counting_rules)  # says what contradicts itself
    found += _check_districts(desk, election)
    return [*found, *check_form(desk, election)]


def _check_districts(desk: Desk, election: Election) -> Iterator[Reason]:
    """A mistyped district would take a question from its people (EN-12)."""
    if not election.districts:
        return
    roll = facts_of(desk, known_sources(desk)).roll(desk.today)
    typed = {spelled(e.person.district, election.districts) for e in roll.entries.values()}
    for district in sorted(election.districts):
        known = district in typed
        fact = f"{'some' if known else 'none'} of the people registered live in {district}"
        yield Reason("EN-12", fact, known)


def check_form(desk: Desk, election: Election) -> Iterator[Reason]:
    """Whether the live form asks what the contests ask (BA-1, BA-5, EN-5)."""
    source = election.ballots
    if not source.form:
        yield from _check_tab(desk, election)
        return
    live = desk.ballot_forms.live(source.form)
    edition = desk.counting_rules
    faults = list(mismatches(live.items, election.contests, source.code_question, edition))
    if not faults:
        yield Reason("EN-5", f"the form “{live.title}” asks what the contests ask", True)
    yield from (Reason("EN-5", f"form “{live.title}”: {fault}", False) for fault in faults)
    if live.collects_addresses:
        yield Reason("BA-5", "the form collects mail addresses beside the votes", False)
    if not live.accepting:
        yield Reason("BA-1", "the form accepts no answers", False)


def _check_tab(desk: Desk, election: Election) -> Iterator[Reason]:
    reader = FormReader(desk.ballot_forms.arrived(election.ballots).headers, election.contests)
    where = f"tab “{election.ballots.tab}”"
    yield Reason("BA-4", f"{where} has a column for every contest", not reader.faults)
    yield from (Reason("BA-4", f"{where}: {fault}", False) for fault in reader.faults)
