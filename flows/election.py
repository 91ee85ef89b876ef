"""A vote before it closes: check the folder, approve it, open it on its frozen roll, invite.

Approving fixes what is voted on; the opening comes by itself at its time. It begins with a night's
sync, so that the roll rests on what the sheets say now, and on nothing that a guard would refuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.ledger import Act, Vote
from flows.delivery import send_test_words
from flows.desk import Desk
from flows.eligibility import Wishes, sync
from flows.sources import facts_of, known_sources
from flows.vote_letters import CLERK, INVITATION, SENT, Reach, send_once
from models.ballots.form import items_of, mismatches
from models.contests import Approval, CommitteeDecision
from models.elections import (
    Calendar,
    Election,
    ElectionState,
    calendar_of,
    extended,
    failing,
    window_reasons,
)
from models.errors import FixTheSettings, Refused
from models.frozen_roll import RollVoter, frozen, spelled, voter_from
from models.letters import Words
from models.offices import before_opening
from models.people import PersonId
from models.privacy import Email
from models.standing import Reason
from models.tally.digests import contest_digest
from models.tally.settings import choose
from models.voter_codes import TEST_VOTER, code_for, written

PUNCTUAL = timedelta(hours=1)
"""An opening that is later than this is a shorter window (EN-9)."""
CODE_TAG = "*|CLBALLOT|*"
CONFIDENTIAL = (
    "Your ballot is confidential, not secret: whoever owns this form could match a code to a vote. "
    "Those who count see no names. If you vote again, your last ballot before the close counts."
)
"""What the form itself says (BA-1, BA-5)."""
ADDED, STRUCK, EXTENDED = "added to the roll", "struck from the roll", "extended the vote"


def calendar(desk: Desk, election: Election) -> Calendar:
    """When everything happens."""
    grace = timedelta(minutes=election.grace_minutes)
    return calendar_of(election.opens, election.closes, desk.chapter.tz, grace)


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
    from models.ballots.form import FormReader

    reader = FormReader(desk.ballot_forms.arrived(election.ballots).headers, election.contests)
    where = f"tab “{election.ballots.tab}”"
    yield Reason("BA-4", f"{where} has a column for every contest", not reader.faults)
    yield from (Reason("BA-4", f"{where}: {fault}", False) for fault in reader.faults)


def build_form(desk: Desk, election: Election) -> None:
    """Fill in the chapter's empty form with what the contests ask.

    Raises:
        FixTheSettings: the election reads a tab, or the form is not empty.
    """
    source = election.ballots
    if not source.form:
        raise FixTheSettings(
            "the ballots come from a tab, not from a form",
            where="election.toml [ballots]",
            next_step="name a form, or build yours by hand and run `clerk election form`",
        )
    items = items_of(election.contests, source.code_question, desk.counting_rules)
    with desk.form_builder() as builder:
        builder.build(source.form, items, election.title, CONFIDENTIAL)


def send_test_ballot(desk: Desk, name: str, to: Email) -> None:
    """The invitation to one officer, with a code that nobody holds: its answers are set aside."""
    election = desk.election(name)
    words = _ballot_words(desk, election, "vote-invitation")
    code = written(code_for(desk.ledger.key, name, TEST_VOTER))
    words = Words(
        f"[Test] {words.subject}",
        words.html.replace(CODE_TAG, code),
        words.text.replace(CODE_TAG, code),
    )
    send_test_words(desk, words, to)


def approve(desk: Desk, name: str, by: str) -> Election:
    """An officer's word that the vote may open; everything but the close is fixed from now on.

    Raises:
        Refused: something that a rule asks for is missing; all of it is named.
    """
    election = desk.election(name)
    if missing := failing(check(desk, election)):
        raise Refused(
            "; ".join(missing),
            where=f"elections/{name}",
            next_step="mend it; `clerk election check` shows everything",
        )
    with desk.ledger.alone():
        if desk.ledger.votes.get(name):
            raise Refused("the vote is approved already", where=name, rule="EN-R6")
        facts: dict[str, str | int] = {
            "opens": _said(election.opens),
            "closes": _said(election.closes),
            "record date": str(election.record_date),
            "contests": ", ".join(c.id for c in election.contests),
            "digests": " ".join(contest_digest(c)[7:19] for c in election.contests),
        }
        desk.ledger.votes.approve(election, Act(by, "approved the vote", desk.now(), facts))
    return election


def freeze(desk: Desk, vote: Vote) -> None:
    """Fix the roll of the record date, by the sheets as just recorded (VM-R3)."""
    election = vote.election
    if missing := failing(check(desk, election)):
        raise Refused(
            "; ".join(missing),
            where=f"elections/{election.name}",
            next_step="mend it; or `clerk election withdraw`, change the folder, and approve again",
        )
    known = facts_of(desk, known_sources(desk)).roll(election.record_date)
    roll = frozen(known, election.districts)
    if not roll:
        raise Refused(
            f"nobody may vote on {election.record_date}", where=election.name, rule="VM-1"
        )
    facts: dict[str, str | int] = {"voters": len(roll), "record date": str(election.record_date)}
    desk.ledger.votes.freeze(vote, roll, Act(CLERK, "opened the vote", desk.now(), facts))


def sync_first(desk: Desk) -> None:
    """The night's job before an opening; it refuses what is unsafe."""
    sync(desk, Wishes(apply=True))


def invite(desk: Desk, vote: Vote, reached: Reach) -> int:
    """The invitation, to everybody on the roll who can be mailed."""
    people = [voter.person for voter in desk.ledger.votes.roll(vote.election.name) if voter.on_roll]
    return send_once(
        desk, vote, INVITATION, ballot_words(desk, vote, "vote-invitation"), people, reached
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter that an exception or an extension asks for."""

    kind: str
    letter: str
    people: tuple[PersonId, ...]
    reason: str = ""


def owed(desk: Desk, vote: Vote) -> list[Owed]:
    """What has not gone out yet to those added to the roll, and of a later close."""
    name = vote.election.name
    held = desk.ledger.votes.mailings(name)
    everybody = tuple(v.person for v in desk.ledger.votes.roll(name) if v.on_roll)
    found, extensions, invited = [], 0, False
    for line in desk.ledger.votes.lines(name):
        if line.what == SENT and line.facts["letter"] == INVITATION:
            invited = True  # it went to all who were on the roll by then
        elif line.what == ADDED and invited:
            person = PersonId(str(line.facts["voter"]))
            found.append(Owed(f"invitation {line.number}", "vote-invitation", (person,)))
        elif line.what == EXTENDED:
            extensions += 1
            reason = str(line.facts["reason"])
            found.append(Owed(f"extension {extensions}", "vote-extended", everybody, reason))
    return [one for one in found if not (one.kind in held and held[one.kind].sent)]


def send_owed(desk: Desk, vote: Vote, one: Owed, reached: Reach) -> int:
    """Send such a letter."""
    words = ballot_words(desk, vote, one.letter, reason=one.reason)
    return send_once(desk, vote, one.kind, words, one.people, reached)


def extend(desk: Desk, name: str, closes: datetime, by: str, reason: str) -> Vote:
    """Move the close later, recorded and announced (EN-R6)."""
    with desk.ledger.alone():
        vote = opened(desk, name)
        later = extended(vote.election.closes, closes, desk.now())
        facts: dict[str, str | int] = {
            "from": _said(vote.election.closes), "to": _said(later), "reason": reason,
        }  # fmt: skip
        desk.ledger.votes.change(name, Act(by, EXTENDED, desk.now(), facts), closes=later)
    return opened(desk, name)


def correct_roll(
    desk: Desk, name: str, person: PersonId, by: str, reason: str, *, strike: bool
) -> None:
    """Add somebody to a frozen roll or strike them: dated, named, reasoned (VM-R3)."""
    with desk.ledger.alone():
        vote = opened(desk, name)
        if desk.now() >= vote.election.closes:
            raise Refused("the vote has closed", where=name, rule="EN-R6")
        said = f"{desk.today} {by}: {reason}"
        held = [v for v in desk.ledger.votes.roll(name) if v.person == person]
        if not held and strike:
            raise FixTheSettings("this person is not on the roll", where=name, rule="VM-R3")
        line = held[0] if held else _new_line(desk, vote, person, said)
        line = line.model_copy(update={"on_roll": not strike, "exception": said})
        facts: dict[str, str | int] = {"voter": person, "reason": reason}
        act = Act(by, STRUCK if strike else ADDED, desk.now(), facts)
        desk.ledger.votes.correct_roll(name, line, act)


def _new_line(desk: Desk, vote: Vote, person: PersonId, said: str) -> RollVoter:
    roll = facts_of(desk, known_sources(desk)).roll(vote.election.record_date)
    return voter_from(roll.entries[person], vote.election.districts, said)


def opened(desk: Desk, name: str) -> Vote:
    """The vote, which must be open.

    Raises:
        Refused: it is not.
    """
    vote = desk.ledger.votes.get(name)
    if vote is None or vote.state is not ElectionState.OPEN:
        state = vote.state if vote else ElectionState.DRAFT
        raise Refused(f"the vote is {state}, not open", where=name, rule="EN-R6")
    return vote


def ballot_words(desk: Desk, vote: Vote, letter: str, **facts: object) -> Words:
    """A letter with a ballot in it; everybody's code is their own merge field."""
    return _ballot_words(desk, vote.election, letter, **facts)


def _ballot_words(desk: Desk, election: Election, letter: str, **facts: object) -> Words:
    source = election.ballots
    link = source.link
    if source.form:
        link = desk.ballot_forms.live(source.form).prefilled(source.code_question)
    races = [
        {
            "title": contest.title,
            "districts": " and ".join(contest.districts),
            "recommendation": contest.recommendation,
        }
        for contest in election.contests
    ]
    return desk.words(
        letter,
        title=election.title,
        closes=spoken_moment(election.closes, desk.chapter.tz),
        ballot_link=link,
        races=races,
        **facts,
    )


def spoken_moment(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as members read it: Friday, October 11, at 9:00 PM."""
    local = moment.astimezone(zone)
    hour = local.hour % 12 or 12
    half = "AM" if local.hour < 12 else "PM"
    return f"{local:%A, %B} {local.day}, at {hour}:{local:%M} {half}"


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
