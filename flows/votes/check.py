"""What must hold before a vote may open: its window, its races, its form, each with its rule."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from connectors.elections import contest_file
from connectors.ledger import Ledger
from connectors.settings import Chapter
from flows.committee.attended import attended_by_name
from flows.committee.recommendations import recommendation_reasons
from flows.committee.roll import committee_reasons
from flows.context import ChapterContext
from flows.nightly.people import facts_on_record
from flows.votes.against_tabs import against_the_tabs
from flows.votes.approvals import needed
from flows.votes.check_tab import check_tab
from flows.votes.drafts.slate import from_the_record
from flows.votes.overlaps import overlapping
from flows.votes.untranslated import check_spanish
from flows.votes.who_answers import form_reasons
from models.ballots.asked import marked
from models.ballots.drift import FormQuestion, kept
from models.ballots.form import mismatches
from models.ballots.form_reader import FormReader
from models.ballots.silent import silent
from models.bylaws.counting import CountingRules
from models.contests.contest import Advisory, Approval, CommitteeDecision, Contest, UpOrDown
from models.contests.offices import before_opening
from models.contests.unsaid import unsaid
from models.errors import FixTheSettings, describe
from models.lookalikes import alike
from models.membership.reasons import Reason
from models.tally.rehearsal import rehearse
from models.text.folding import folded
from models.text.sentences import English, Sentence, day_said, in_english
from models.votes.election import BallotSource, Election
from models.votes.frozen_roll import spelled
from models.votes.windows import committee_window, window_reasons

PUNCTUAL = timedelta(hours=1)
"""An opening that is later than this is a shorter window (EN-9)."""
COLLECTS_TOO = Sentence(
    "the form collects email addresses together with the votes; in its settings, turn off “Collect "
    "email addresses”"
)
ACCEPTS_NONE = Sentence(
    "the form does not accept responses; publish it and turn on “Accepting responses”"
)


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
    found.append(Reason("VM-R3", Sentence("the record date is {day}", day=day_said(day)), before))
    found.append(
        Reason(
            "EN-R6", Sentence("the closing time is in the future"), context.now() < election.closes
        )
    )
    ends, rules = election.closes.astimezone(zone).date(), context.counting_of(election)
    slates = (one for one in election.contests if isinstance(one, UpOrDown) and one.nominees)
    known = attended_by_name(context, election.record_date) if any(slates) else {}
    for contest in election.contests:
        recorded, differences = from_the_record(context, contest, ends)
        found += [
            replace(
                reason,
                fact=Sentence("{title}: {fact}", title=contest.title, fact=reason.fact),
                at=reason.at._replace(contest=contest.id),
            )
            for reason in (
                *(
                    before_opening(contest, rules, ends, context.today, {**known, **recorded})
                    if not election.is_the_committees
                    else ()
                ),
                *(() if approved else unsaid(contest)),
                *(() if approved else differences),
            )
        ]
        told = (
            Sentence("{title}: {fact}", title=contest.title, fact=one)
            for one in alike(marked(contest))
        )
        found += [Reason("BA-7", one, True, look=True) for one in told]
        of_another_count = isinstance(contest, Approval | Advisory | CommitteeDecision)
        if election.is_the_committees or not of_another_count:
            found += _rehearsed(context.chapter, election, contest, rules)
    if election.is_the_committees:
        found += committee_reasons(context, election)
    else:
        found = _with_recommended(found, list(recommendation_reasons(context, election)))
    if election.publish == "at once" and election.has_public_pages:
        many = needed(context, "publish")
        fact = Sentence(
            "the result goes out at once, and {many} officers approve a publication here", many=many
        )
        found += [Reason("EN-13", fact, False)] if many > 1 else []
    if not approved:
        found += against_the_tabs(context, election)
    found += overlapping(context, election)
    found += check_spanish(context.chapter, election)
    found += _check_districts(context, election)
    return [*found, *_check_places(context, election)]


def _with_recommended(found: list[Reason], recommended: list[Reason]) -> list[Reason]:
    """With what the committee's vote decided; what is wrong with a file's word is said once."""
    instead = {one.at for one in recommended if not one.holds}
    kept = [one for one in found if one.rule != "EN-1" or one.at not in instead]
    return kept + recommended


def _rehearsed(
    chapter: Chapter, election: Election, contest: Contest, rules: CountingRules
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
        fact = Sentence(
            "{title}: it could not be counted: {why}", title=contest.title, why=English(wrong)
        )
        yield Reason("EN-R11", fact, False)


def check_there(context: ChapterContext, election: Election) -> list[Reason]:
    """Whether the form or tab, as it is now, fits, and the list can hold the voters' codes."""
    form = list(check_form(context, election))
    if all(reason.holds for reason in form):
        form += _check_early(context, election)
    return [*form, *_check_code_field(context, election)]


def _check_code_field(context: ChapterContext, election: Election) -> Iterator[Reason]:
    try:
        context.codes_field(election.electorate).unmade()
    except FixTheSettings as exc:
        fact = Sentence(
            "the mailing list cannot store the voters' codes: {why}; {step}",
            why=in_english(exc.fact),
            step=in_english(exc.next_step),
        )
        yield Reason("BA-1", fact, False)


def window(chapter: Chapter, election: Election, opened: datetime) -> tuple[Reason, ...]:
    """Whether voting is open long enough, from its real opening on (EN-9, EN-R6, SC-4)."""
    opens = opened if opened - election.opens > PUNCTUAL else election.opens
    if election.is_the_committees:
        return committee_window(opens, election.closes)
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


def told_early(many: int) -> Sentence:
    """What becomes of them: they are never deleted by us, and never counted (BA-2)."""
    if many == 1:
        return Sentence("1 response arrived before voting opened and will not be counted")
    return Sentence(
        "{many} responses arrived before voting opened and will not be counted", many=many
    )


def _check_districts(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """A mistyped district would take a question from its people (EN-12)."""
    if not election.districts:
        return
    roll = facts_on_record(context).roll(context.today)
    typed = {spelled(e.person.district, election.districts) for e in roll.entries.values()}
    for district in sorted(election.districts):
        known = district in typed
        fact = (
            Sentence("some of the registered people live in {district}", district=district)
            if known
            else Sentence(
                "none of the registered people live in {district}; use the spelling that `clerk "
                "roll` shows",
                district=district,
            )
        )
        yield Reason("EN-12", fact, known)


def _check_places(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """Nobody can say whether a voter without a district has a vote on a race of some (EN-R10).

    A vote that was approved when no contest could say so opens as it was approved.
    """
    races = [one.title for one in election.contests if one.only_these_districts_vote]
    if not races:
        return
    roll = facts_on_record(context).roll(election.record_date)
    many = sum(not entry.person.district.strip() for entry in roll.voting())
    told = (
        Sentence(
            "{contests}: only for voters in some districts; the district of {many} voters is not "
            "known: `clerk roll` lists them; enter it in the registrations, or remove "
            "only_these_districts_vote",
            contests=", ".join(races),
            many=many,
        )
        if many
        else Sentence(
            "{contests}: only for voters in some districts; every voter's district is known",
            contests=", ".join(races),
        )
    )
    yield Reason("EN-R10", told, not many)


def check_form(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """Whether the live form asks what the contests ask (BA-1, BA-5, EN-5)."""
    source = election.ballots
    if not source.form:
        yield from check_tab(context, election)
        return
    live = context.ballot_forms.live(source.form)
    if not live.items:
        build = Sentence(
            "; to build its questions, run `clerk election form {name} --build`",
            name=election.name,
        )
        fact = Sentence("the form “{title}” is empty{build}", title=live.title, build=build)
        yield Reason("EN-5", fact, False)
        return
    edition, off = context.counting_of(election), _called_off(context.ledger, election)
    items = [one for one in live.items if folded(one.title) not in off]
    heads = [head for _, head in live.headers if folded(head.partition(" [")[0]) not in off]
    faults = list(mismatches(items, election.contests, source.code_question, edition))
    faults = faults or FormReader(heads, election.contests, edition).faults
    if not faults:
        fits = Sentence("the form “{title}” matches the contests", title=live.title)
        yield Reason("EN-5", fits, True)
    lacks = silent(live.items, election.contests)
    for rule, one in (*(("EN-5", one) for one in faults), *(("EN-R14", one) for one in lacks)):
        said = Sentence("form “{title}”: {fault}", title=live.title, fault=in_english(one))
        yield Reason(rule, said, False)
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
