"""What must hold before a vote may open: its window, its races, its form, each with its rule."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from connectors.elections import contest_file
from connectors.ledger import ElectionRecord, Ledger
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.nightly.sources import facts_of, known_sources
from flows.votes.against_tabs import against_the_tabs
from flows.votes.nominations import attended_by_name
from flows.votes.overlaps import overlapping
from flows.votes.unread_tabs import how_to_copy
from flows.votes.untranslated import check_spanish
from flows.votes.who_answers import form_reasons, workbook_reasons
from models.ballots.asked import marked
from models.ballots.drift import FormQuestion, kept
from models.ballots.form import mismatches
from models.ballots.form_reader import FormReader
from models.ballots.silent import silent
from models.bylaws.counting import CountingRules
from models.contests.contest import Approval, CommitteeDecision, UpOrDown
from models.contests.offices import before_opening
from models.contests.unsaid import must_say, unsaid
from models.errors import FixTheSettings, describe
from models.lookalikes import alike
from models.membership.reasons import Reason
from models.privacy import redact_addresses
from models.tally.rehearsal import rehearse
from models.tally.settings import MemberVote
from models.text import formats
from models.text.folding import folded
from models.votes.election import BallotSource, Election, window_reasons
from models.votes.frozen_roll import spelled

PUNCTUAL = timedelta(hours=1)
"""An opening that is later than this is a shorter window (EN-9)."""
COLLECTS_TOO = ("the form collects email addresses together with the votes; in its settings, "
                "turn off “Collect email addresses”")  # fmt: skip
ACCEPTS_NONE = "the form does not accept responses; publish it and turn on “Accepting responses”"


def check(context: ChapterContext, election: Election, *, approved: bool = False) -> list[Reason]:
    """Everything that must hold before the vote may open, each with its rule.

    Args:
        approved: what an approval has fixed is not asked again.
    """
    return [*check_here(context, election, approved=approved), *check_there(context, election)]


def check_here(
    context: ChapterContext, election: Election, *, approved: bool = False
) -> list[Reason]:
    """What can be said of it without reaching a service."""
    zone = context.chapter.tz
    found = list(
        window(context.chapter, election, _opened(context.ledger, election) or context.now())
    )
    day = election.record_date
    before = day <= election.opens.astimezone(zone).date()
    found.append(Reason("VM-R3", f"the record date is {formats.day(day)}", before))
    found.append(
        Reason("EN-R6", "the closing time is in the future", context.now() < election.closes)
    )
    ends, rules = election.closes.astimezone(zone).date(), context.counting_of(election)
    slates = (one for one in election.contests if isinstance(one, UpOrDown) and one.nominees)
    known = attended_by_name(context, election.record_date) if any(slates) else {}
    for contest in election.contests:
        found += [
            replace(
                reason,
                fact=f"{contest.title}: {reason.fact}",
                at=reason.at._replace(contest=contest.id),
            )
            for reason in (
                *before_opening(contest, rules, ends, context.today, known),
                *(() if approved else unsaid(contest)),
            )
        ]
        told = (f"{contest.title}: {one}" for one in alike(marked(contest)))
        found += [Reason("BA-7", one, True, look=True) for one in told]
        if not isinstance(contest, Approval | CommitteeDecision):
            found += _rehearsed(context.chapter, election, contest, rules)
    if not approved:
        found += against_the_tabs(context, election)
    found += overlapping(context, election)
    found += check_spanish(context.chapter, election)
    found += _check_districts(context, election)
    return [*found, *_check_places(context, election)]


def _rehearsed(
    chapter: Chapter, election: Election, contest: MemberVote, rules: CountingRules
) -> Iterator[Reason]:
    """Whether it can be counted, tried on no ballot and on invented ones by both counts (EN-R11).

    Raises:
        FixTheSettings: the contest contradicts itself, at a named place of its file.
    """
    try:
        wrong = "; ".join(rehearse(contest, rules))
    except FixTheSettings as exc:
        exc.where = f"{contest_file(chapter.folder, election.name, contest.id)}, {exc.where}"
        raise
    except Exception as exc:  # noqa: BLE001 - whatever it is would happen after people voted
        wrong = describe(exc)
    if wrong:
        yield Reason("EN-R11", f"{contest.title}: it could not be counted: {wrong}", False)


def check_there(context: ChapterContext, election: Election) -> list[Reason]:
    """Whether the form or tab, as it is now, fits, and the list can hold the voters' codes."""
    form = list(check_form(context, election))
    if all(reason.holds for reason in form):
        form += _check_early(context, election)
    return [*form, *_check_code_field(context)]


def _check_code_field(context: ChapterContext) -> Iterator[Reason]:
    try:
        context.ballot_field.unmade()
    except FixTheSettings as exc:
        fact = f"the mailing list cannot store the voters' codes: {exc.fact}; {exc.next_step}"
        yield Reason("BA-1", fact, False)


def window(chapter: Chapter, election: Election, opened: datetime) -> tuple[Reason, ...]:
    """Whether voting is open long enough, from its real opening on (EN-9, EN-R6)."""
    opens = opened if opened - election.opens > PUNCTUAL else election.opens
    return window_reasons(opens, election.closes, chapter.tz, election.short_because)


def _opened(ledger: Ledger, election: Election) -> datetime | None:
    vote = ledger.votes.get(election.name)
    return vote.opened if vote else None


def _check_early(context: ChapterContext, election: Election) -> Iterator[Reason]:
    if early := early_answers(context, election, _opened(context.ledger, election)):
        yield Reason("BA-2", told_early(early), True, look=True)


def early_answers(
    context: ChapterContext, election: Election, opened: datetime | None = None
) -> int:
    """How many answers came before the opening; all there are, before it has come."""
    before = opened or context.now()
    rows = context.ballot_forms.arrived(election.ballots).rows
    return sum(row.at is not None and row.at < before for row in rows)


def told_early(many: int) -> str:
    """What becomes of them: they are never deleted by us, and never counted (BA-2)."""
    what = "1 response" if many == 1 else f"{many} responses"
    return f"{what} arrived before voting opened and will not be counted"


def _check_districts(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """A mistyped district would take a question from its people (EN-12)."""
    if not election.districts:
        return
    roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
    typed = {spelled(e.person.district, election.districts) for e in roll.entries.values()}
    for district in sorted(election.districts):
        known = district in typed
        fact = f"{'some' if known else 'none'} of the registered people live in {district}"
        look = "" if known else "; use the spelling that `clerk roll` shows"
        yield Reason("EN-12", f"{fact}{look}", known)


def _check_places(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """Nobody can say whether a voter without a district has a vote on a race of some (EN-R10).

    A vote that was approved when no contest could say so opens as it was approved.
    """
    races = [one.title for one in election.contests if one.only_these_districts_vote]
    if not races:
        return
    roll = facts_of(context, known_sources(context.ledger)).roll(election.record_date)
    many = sum(not entry.person.district.strip() for entry in roll.voting())
    told = f"{', '.join(races)}: only for voters in some districts; "
    if many:
        told += f"the district of {many} voters is not known: `clerk roll` lists them; enter it "
        told += "in the registrations, or remove only_these_districts_vote"
    else:
        told += "every voter's district is known"
    yield Reason("EN-R10", told, not many)


def check_form(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """Whether the live form asks what the contests ask (BA-1, BA-5, EN-5)."""
    source = election.ballots
    if not source.form:
        yield from _check_tab(context, election)
        return
    live = context.ballot_forms.live(source.form)
    if not live.items:
        build = f"to build its questions, run `clerk election form {election.name} --build`"
        yield Reason("EN-5", f"the form “{live.title}” is empty; {build}", False)
        return
    edition, off = context.counting_of(election), _called_off(context.ledger, election)
    items = [one for one in live.items if folded(one.title) not in off]
    heads = [head for _, head in live.headers if folded(head.partition(" [")[0]) not in off]
    faults = list(mismatches(items, election.contests, source.code_question, edition))
    faults = faults or FormReader(heads, election.contests, edition).faults
    if not faults:
        yield Reason("EN-5", f"the form “{live.title}” matches the contests", True)
    yield from (Reason("EN-5", f"form “{live.title}”: {fault}", False) for fault in faults)
    lacks = list(silent(live.items, election.contests))
    yield from (Reason("EN-R14", f"form “{live.title}”: {one}", False) for one in lacks)
    if live.collects_addresses:
        yield Reason("BA-5", COLLECTS_TOO, False)
    if not live.accepting:
        yield Reason("BA-1", ACCEPTS_NONE, False)
    yield from form_reasons(context.drive, source.form, live)


def _called_off(ledger: Ledger, election: Election) -> set[str]:
    """The folded titles of cancelled races, which may stay on the form or leave it (EN-R11)."""
    vote = ledger.votes.get(election.name)
    return {folded(race.title) for *_, race in vote.changes.races} if vote else set()


def asked_now(context: ChapterContext, source: BallotSource) -> tuple[FormQuestion, ...]:
    """What the ballot form asks now, as the record can keep it."""
    return tuple(kept(one, context.ledger.key) for one in context.ballot_forms.asked(source))


def _check_tab(context: ChapterContext, election: Election) -> Iterator[Reason]:
    arrived = context.ballot_forms.arrived(election.ballots)
    vote = context.ledger.votes.get(election.name)
    cancelled = vote.cancelled if vote else ()
    reader = FormReader(
        arrived.headers, election.contests, context.counting_of(election), cancelled
    )
    where = f"tab “{election.ballots.tab}”"
    yield Reason("BA-4", f"{where} has a column for every contest", not reader.faults)
    cells = [row.cells for row in arrived.rows]
    faults = [*reader.faults, *reader.beyond(), *reader.forgotten(cells)]
    yield from (Reason("BA-4", f"{where}: {fault}", False) for fault in faults)
    yield from (Reason("BA-7", f"{where}: {one}", True, look=True) for one in reader.passed_over)
    for one in reader.unreadable(cells):
        mend = "ask whoever typed it there; a voter can vote again until the close"
        yield Reason("BA-2", f"{where}: {one}: {mend}", True, look=True)
    if arrived.unsent:
        many = f"{arrived.unsent} rows have neither a time nor a code, so they are not ballots"
        yield Reason("BA-7", f"{where}: {many}", True, look=True)
    for other in context.ballot_forms.elsewhere(election.ballots):
        fact = (
            f"the tab “{redact_addresses(other.tab)}” also has responses, but the program "
            "does not read it: "
        )
        fact += _what_to_do(vote, other)
        yield Reason("BA-2", fact, True, look=True)
    yield from workbook_reasons(context.drive, election.ballots.workbook, "the workbook")
    wanted = [words for contest in election.contests for words in must_say(contest)]
    if wanted:
        told = "only you can see whether the form behind it says: "
        told += "; ".join(f"“{one}”" for one in wanted)
        yield Reason("EN-R14", f"{where}: {told}", True, look=True)


def _what_to_do(vote: ElectionRecord | None, other: BallotSource) -> str:
    """Of a tab that is not read, which a form that was linked anew may answer into."""
    if vote is None or not vote.opened:
        return (
            "if the form answers there now, name it as tab in election.toml [ballots] before the "
            f"approval: “{redact_addresses(other.tab)}”"
        )
    read = vote.election.ballots
    return f"if they are ballots of this vote, {how_to_copy(read)}, and look again before the close"
