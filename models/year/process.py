"""What follows about one race of a cycle: which process fits, what it lacks, what is striven for.

1. A race gets a full process; an abbreviated one if the one candidate was endorsed before and is
   uncontested; a re-endorsement if one of several candidates was endorsed before (EN-7).
2. The minimum (✗): the committee looked into the candidates, and recommends (EN-1, EN-7).
3. Questionnaires and forums are for candidates who may be invited (EN-11, EN-R9).
4. What the bylaws strive for (to look at): a meeting with each candidate, a questionnaire, a forum,
   or else video or written answers, a discussion after it; meetings that all members may attend.
"""

from collections.abc import Iterator
from typing import Final

from models.bylaws.counting import Offices
from models.contests.offices import (
    Level,
    invitation,
    is_federal,
    level_of,
    nearest_offices,
)
from models.contests.settings import Candidacy
from models.membership.reasons import Reason
from models.text.folding import folded
from models.year.cycles import Candidate, Decision, Race, StepKind
from models.year.endorsed import Record

RESEARCH: Final[tuple[StepKind, ...]] = ("research", "record review")
CONVERSATION: Final[tuple[StepKind, ...]] = (
    "candidate conversation",
    "committee meeting",
    "forum",
)
LOOKED_INTO: Final[tuple[StepKind, ...]] = (
    *RESEARCH,
    *CONVERSATION,
    "questionnaire received",
    "video or written answers",
)
"""Steps by which the committee learns about candidates."""
INVITED_BY: Final[tuple[StepKind, ...]] = ("questionnaire sent", "questionnaire received", "forum")
SHORT: Final = ("abbreviated", "re-endorsement")
NAMES_ONE: Final = (*SHORT, "anti-endorsement")


def endorsed_before(candidate: Candidate, cycle: str, record: Record) -> bool:
    """Whether somebody was endorsed before this cycle: by the record, else by the tab's word."""
    return bool(candidate.endorsed_before) or is_on_record(candidate, cycle, record)


def is_on_record(candidate: Candidate, cycle: str, record: Record) -> bool:
    """Whether the record has an endorsement of them by another cycle's vote."""
    return any(
        folded(one.name) == folded(candidate.name) and folded(one.cycle) != folded(cycle)
        for one in record
    )


def may_be_invited(candidate: Candidate, race: Race, offices: Offices) -> tuple[Reason, ...]:
    """The reasons for or against an invitation to a questionnaire or forum (EN-11, EN-R9)."""
    federal = is_federal(race.office, offices)
    account, website = invitation(candidacy_of(candidate), federal=federal)
    if (candidate.fec if federal else candidate.ocpf) is None:
        what = "a registration with the FEC" if federal else "an active OCPF account"
        account = Reason(account.rule, f"whether there is {what} is not entered", False)
    return account, website


def candidacy_of(candidate: Candidate) -> Candidacy:
    """What a contest's file says of somebody who is invited."""
    return Candidacy(
        name=candidate.name,
        ocpf_account_active=bool(candidate.ocpf),
        fec_registered=bool(candidate.fec),
        campaign_website=candidate.website,
    )


def invited(race: Race, offices: Offices) -> tuple[Candidate, ...]:
    """Who was: those named by such a step, and by one that was for all, all who may be."""
    steps = race.done(*INVITED_BY)
    named = {folded(step.candidate) for step in steps}
    return tuple(
        one
        for one in race.standing
        if folded(one.name) in named
        or ("" in named and all(r.holds for r in may_be_invited(one, race, offices)))
    )


def subject_of(race: Race, record: Record) -> Candidate | None:
    """Whom a short vote is about: as the tab says, else the only one whom it can be about."""
    if race.about:
        return next((one for one in race.standing if folded(one.name) == folded(race.about)), None)
    able = list(race.standing)
    if race.decision == "re-endorsement":
        able = [one for one in able if endorsed_before(one, race.cycle, record)]
    return able[0] if len(able) == 1 else None


def fitting(race: Race, record: Record) -> tuple[Decision, ...]:
    """The processes that fit a race, the one that the bylaws aim at first."""
    if race.is_question:
        return ("question",)
    before = [endorsed_before(one, race.cycle, record) for one in race.standing]
    if not any(before):
        return ("full",)
    return ("full", "re-endorsement" if len(before) > 1 else "abbreviated")


def represents_us(race: Race, offices: Offices) -> Reason:
    """Whether it is an office or a question of the neighborhood (EN-2)."""
    if race.is_question:
        where = race.scope or ", ".join(race.districts)
        fact = f"a question on the ballots of: {where}" if where else "names no scope or district"
        return Reason("EN-2", fact, bool(where))
    level = level_of(race.office, offices)
    fact = f"{level}"
    if level is Level.ELSEWHERE and (near := nearest_offices(race.called, offices)):
        fact += f"; the nearest: {', '.join(near)}"
    return Reason("EN-2", fact, level is not Level.ELSEWHERE)


def decided(race: Race, record: Record, offices: Offices) -> Iterator[Reason]:
    """Whether what the committee decided fits the race (EN-7, EN-8, EN-12)."""
    fits = fitting(race, record)
    if not race.decision:
        yield Reason("EN-2", "the committee has not decided", True, look=True)
    elif race.decision == "withheld":
        given = bool(race.reason)
        fact = "no endorsement will be made" if given else "withheld without a reason"
        yield Reason("EN-8", fact, given)
    elif race.is_question:
        fact = "ballot questions are put to the members as such"
        yield Reason("EN-12", fact, race.decision in ("question", "full"))
    elif race.decision == "question":
        yield Reason("EN-12", "this is an office and not a ballot question", False)
    else:
        yield from _candidates(race)
        yield from _short_vote(race, record)
        if race.decision in SHORT and level_of(race.office, offices) is Level.FOCUS:
            yield Reason("EN-2", "a focus race, which aims at the full process", True, look=True)
        elif race.decision == "full" and "full" in fits:
            yield Reason("EN-7", "a full process fits every race", True)


def _candidates(race: Race) -> Iterator[Reason]:
    if not race.standing:
        yield Reason("EN-7", "no candidate is in the tab with the candidates", False)
    for one in race.standing:
        if one.elsewhere:
            yield Reason("EN-2", f"{one.name} is a candidate in two races", False)


def _short_vote(race: Race, record: Record) -> Iterator[Reason]:
    """Whether the facts allow it (EN-7), and whom it is about (EN-R14)."""
    if race.decision not in NAMES_ONE or not race.standing:
        return
    subject = subject_of(race, record)
    if subject is None and (race.about or race.decision == "anti-endorsement"):
        what = "names nobody who stands in this race" if race.about else "does not say whom"
        yield Reason("EN-R14", f"“About candidate” {what}", False)
    if race.decision == "anti-endorsement":
        return
    before = [one for one in race.standing if endorsed_before(one, race.cycle, record)]
    if race.decision == "abbreviated":
        free = len(race.standing) == 1
        yield Reason("EN-7", "uncontested" if free else "a competitive race", free)
    else:
        rivals = len(race.standing) > 1
        yield Reason("EN-7", "a competitive race" if rivals else "uncontested", rivals)
    if subject is None and len(before) > 1:
        fact = "several candidates were endorsed before: “About candidate” says whom it is about"
        yield Reason("EN-7", fact, False)
        return
    was = subject in before if subject else bool(before)
    yield Reason("EN-7", f"{'previously' if was else 'not previously'} endorsed", was)


def minimum(race: Race, record: Record, offices: Offices) -> Iterator[Reason]:
    """What must be done before the members vote (EN-1, EN-7, EN-11)."""
    subject = subject_of(race, record) if race.decision in SHORT else None
    of = subject.name if subject else ""
    if race.decision == "abbreviated":
        known = bool(race.done(*RESEARCH, of=of))
        yield Reason("EN-7", f"research {'done' if known else 'missing'}", known)
    elif race.decision == "re-endorsement":
        met = bool(race.done("record review", *CONVERSATION, of=of))
        fact = "record review or candidate conversation"
        yield Reason("EN-7", f"{fact} {'done' if met else 'missing'}", met)
    elif race.decision == "full" and not race.is_question:
        known = bool(race.done(*LOOKED_INTO))
        fact = "the committee has looked into the candidates"
        missing = "no step by which the committee looked into the candidates"
        yield Reason("EN-7", fact if known else missing, known)
    for one in invited(race, offices):
        for reason in may_be_invited(one, race, offices):
            if not reason.holds:
                yield Reason(reason.rule, f"{one.name} was invited: {reason.fact}", False)


def recommended(race: Race) -> Reason:
    """Whether the committee recommends (EN-1)."""
    done = bool(race.done("recommendation"))
    return Reason("EN-1", f"the committee {'recommends' if done else 'has not recommended'}", done)


def striven(race: Race, offices: Offices) -> Iterator[Reason]:
    """What the bylaws strive for and is not there; it blocks nothing (EN-2)."""
    if race.decision == "full" and not race.is_question:
        yield from _full(race, offices)
    yield from _open_to_all(race)


def _open_to_all(race: Race) -> Iterator[Reason]:
    """Meetings with candidates are open to all members."""
    met = race.done("committee meeting", "candidate conversation")
    if closed := sum(step.announced is False for step in met):
        were = "meeting with a candidate was" if closed == 1 else "meetings with candidates were"
        yield _look(f"{closed} {were} not open to all members")
    if unsaid := sum(step.announced is None for step in met):
        what = "meeting with a candidate" if unsaid == 1 else "meetings with candidates"
        yield _look(f"it is not entered whether all members could come to {unsaid} {what}")


def _full(race: Race, offices: Offices) -> Iterator[Reason]:
    may = [o for o in race.standing if all(r.holds for r in may_be_invited(o, race, offices))]
    unmet = sum(not race.done("committee meeting", of=one.name) for one in race.standing)
    if unmet:
        yield _look(f"the committee met with {len(race.standing) - unmet} of "
                    f"{len(race.standing)} candidates")  # fmt: skip
    asked = [o for o in may if race.done("questionnaire sent", of=o.name)]
    answered = [o for o in asked if race.done("questionnaire received", of=o.name)]
    if len(asked) < len(may) or not asked:
        yield _look(f"a questionnaire went to {len(asked)} of {len(may)} who can be invited"
                    if asked else "no questionnaire was sent")  # fmt: skip
    if len(answered) < len(asked):
        yield _look(f"{len(answered)} of {len(asked)} questionnaires came back")
    if not race.done("forum"):
        shared = race.done("video or written answers")
        instead = "video or written answers were shared" if shared else (
            "neither video nor written answers were shared"
        )  # fmt: skip
        yield _look(f"no forum was held; {instead}")
    elif not race.done("discussion"):
        yield _look("no discussion was held after the forum")


def _look(fact: str) -> Reason:
    return Reason("EN-2", fact, True, look=True)
