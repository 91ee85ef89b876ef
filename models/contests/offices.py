"""Which races the chapter endorses in, whom it invites, and what must be done before a vote.

1. Only offices and questions that represent the neighbourhood (EN-2): focus races aim at the full
   process, others may use the abbreviated one.
2. Questionnaires and forums are for candidates with an active OCPF account and a campaign website
   (EN-11); for a federal office a registration with the FEC stands in its place (EN-R9).
3. The committee recommends, then the members vote (EN-1). A short vote needs its own minimum
   (EN-7); without it the vote may not open.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from models.bylaws.counting import CountingRules, Offices
from models.committee.nominees import Attendance, Nominee, nomination, slate
from models.contests.contest import (
    Advisory,
    Approval,
    CommitteeDecision,
    Contest,
    Question,
    Ranked,
    RatifyOrPrefer,
    SingleChoice,
    UpOrDown,
)
from models.contests.settings import Candidacy, is_web_address
from models.membership.reasons import Reason, Spot
from models.text.folding import folded
from models.text.sentences import Sentence


class Level(StrEnum):
    """How much of a process a race gets (EN-2)."""

    FOCUS = "focus race"
    OTHER = "other race"
    ELSEWHERE = "not an office that represents the neighbourhood"


def office_called(said: str, offices: Offices) -> str | None:
    """The bylaws' name of an office, by that name or another, however its dashes are typed."""
    return office_names(offices).get(plain_words(said))


def level_of(office: str, offices: Offices) -> Level:
    """The level of an office, whatever it is called."""
    named = office_called(office, offices)
    if named in offices.focus.value:
        return Level.FOCUS
    return Level.OTHER if named else Level.ELSEWHERE


def nearest_offices(said: str, offices: Offices) -> list[str]:
    """The bylaws' offices whose names are most like what was said, three at most."""
    names = office_names(offices)
    found = get_close_matches(plain_words(said), names, n=6, cutoff=0.6)
    return list(dict.fromkeys(names[name] for name in found))[:3]


def office_names(offices: Offices) -> dict[str, str]:
    """Each name of an office in plain words → its name in the bylaws."""
    own = {plain_words(name): name for name in (*offices.focus.value, *offices.other.value)}
    return {plain_words(other): name for other, name in offices.aliases.value.items()} | own


def plain_words(office: str) -> str:
    """Letters and digits alone: dashes, dots and apostrophes are typed in many ways."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’.]", "", office.casefold())))


def invitation(candidacy: Candidacy, *, federal: bool = False) -> tuple[Reason, ...]:
    """The reasons for or against an invitation; it goes out when all hold.

    Args:
        federal: the office is one whose campaigns register with the FEC (EN-R9).
    """
    account, registered = candidacy.ocpf_account_active, candidacy.fec_registered
    known = (
        Reason("EN-R9", _REGISTERED[registered], registered)
        if federal
        else Reason("EN-11", _ACCOUNT[account], account)
    )
    return known, _website(candidacy.campaign_website.strip())


_REGISTERED = {
    True: Sentence("registered with the FEC"),
    False: Sentence("not registered with the FEC"),
}
_ACCOUNT = {
    True: Sentence("an active OCPF account"),
    False: Sentence("no active OCPF account"),
}


def _website(typed: str) -> Reason:
    if typed and not is_web_address(typed):
        fact = Sentence("the campaign website must start with http:// or https://")
        return Reason("EN-R9", fact, False)
    fact = Sentence("a campaign website") if typed else Sentence("no campaign website")
    return Reason("EN-11", fact, bool(typed))


def is_federal(office: str, offices: Offices) -> bool:
    """Whether campaigns for an office register with the FEC, whatever it is called (EN-R9)."""
    return office_called(office, offices) in offices.federal.value


NOBODY: Attendance = {}


def before_opening(
    contest: Contest,
    rules: CountingRules,
    on: date,
    today: date | None = None,
    attended: Attendance = NOBODY,
) -> tuple[Reason, ...]:
    """What must be done before the vote may open; it opens when all hold.

    Endorsements by EN-1, EN-2, EN-7 and EN-11; the slate by SC-1 and SC-2, the priorities by SC-7.

    Args:
        on: the day on which the vote ends.
        today: the day of the look, if that is earlier.
        attended: what the sheets say of people who may be nominees.
    """
    return tuple(_asked(contest, rules, on, today or on, attended))


def _asked(
    contest: Contest,
    rules: CountingRules,
    on: date,
    today: date,
    attended: Attendance,
) -> Iterator[Reason]:
    if not_the_members := _no_vote_of_the_members(contest):
        yield not_the_members
        return
    if isinstance(contest, UpOrDown) and contest.confirms:
        nominated = contest.place_of(contest.recommendation) == 0
        if contest.purpose == "slate":
            yield from slate(
                _with_texts(contest), nominated, on, rules.committee, min(today, on), attended
            )
        else:
            yield nomination(nominated, "SC-7")
        return
    if isinstance(contest, Advisory):
        yield Reason("SC-7", "an advisory vote: nothing is decided by it", True)
        return
    yield _represents_us(contest, rules.offices)
    done = bool(contest.recommendation)
    fact = (
        Sentence("the committee recommends")
        if done
        else Sentence("the committee has not recommended")
    )
    yield Reason("EN-1", fact, done, at=Spot("recommendation"))
    if isinstance(contest, UpOrDown):
        yield from _short_vote(contest)
    elif isinstance(contest, Ranked | SingleChoice | RatifyOrPrefer):
        federal = is_federal(contest.office, rules.offices)
        for candidacy in contest.invited:
            yield from (
                Reason(
                    one.rule,
                    Sentence("{name} is invited: {fact}", name=candidacy.name, fact=one.fact),
                    one.holds,
                )
                for one in invitation(candidacy, federal=federal)
            )


def _with_texts(contest: UpOrDown) -> tuple[Nominee, ...]:
    """A slate's nominees; who has a bio and a summary on the ballot has given them (SC-2)."""
    told = {folded(one.name): one for one in contest.about}
    found = ((one, told.get(folded(one.name))) for one in contest.nominees)
    return tuple(
        one.model_copy(
            update={"bio": one.bio or bool(said.bio), "summary": one.summary or bool(said.summary)}
        )
        if said
        else one
        for one, said in found
    )


def _no_vote_of_the_members(contest: Contest) -> Reason | None:
    """What is counted with `clerk count` and opens no vote of the members."""
    if contest.rules == "public":
        return Reason(
            "EN-2", Sentence('rules = "public" is for contests that belong to no chapter'), False
        )
    if isinstance(contest, CommitteeDecision):
        return Reason(
            "SC-4", Sentence("a committee decision is not an election by the members"), False
        )
    if isinstance(contest, Approval):
        return Reason(
            "SC-3", Sentence("co-chairs are chosen by the committee, not by the members"), False
        )
    return None


def _represents_us(contest: Contest, offices: Offices) -> Reason:
    """Whether an office or a question is one of the neighbourhood's (EN-2)."""
    if isinstance(contest, Question):
        where = contest.scope or ", ".join(contest.districts)
        fact = (
            Sentence("a question on the ballots of: {where}", where=where)
            if where
            else Sentence("names no scope or district")
        )
        return Reason("EN-2", fact, bool(where), at=Spot("scope"))
    at = Spot("office")
    if not contest.office:
        return Reason("EN-2", Sentence("names no office"), False, at=at)
    level = level_of(contest.office, offices)
    fact = Sentence("{office}: {level}", office=contest.office, level=_LEVELS[level])
    if level is Level.ELSEWHERE:
        near = _what_is(nearest_offices(contest.office, offices))
        fact = Sentence("{fact}; {near}", fact=fact, near=near)
    return Reason("EN-2", fact, level is not Level.ELSEWHERE, at=at)


_LEVELS = {
    Level.FOCUS: Sentence("focus race"),
    Level.OTHER: Sentence("other race"),
    Level.ELSEWHERE: Sentence("not an office that represents the neighbourhood"),
}


def _what_is(near: Sequence[str]) -> Sentence:
    """What to put instead of an office that the bylaws do not know."""
    if not near:
        return Sentence(
            "the bylaws list those that do, under `offices`, where another name can be added"
        )
    if len(near) == 1:
        return Sentence("the nearest is {office}", office=near[0])
    return Sentence("the nearest are {offices}", offices=", ".join(near))


def _short_vote(contest: UpOrDown) -> Iterator[Reason]:
    if contest.purpose == "anti-endorsement":
        return
    before = contest.previously_endorsed
    fact = Sentence("previously endorsed") if before else Sentence("not previously endorsed")
    yield Reason("EN-7", fact, before, at=Spot("previously_endorsed"))
    if contest.purpose == "abbreviated":
        free = contest.uncontested
        fact = Sentence("uncontested") if free else Sentence("a competitive race")
        yield Reason("EN-7", fact, free, at=Spot("uncontested"))
        researched = "research" in contest.done
        fact = Sentence("research done") if researched else Sentence("research missing")
        yield Reason("EN-7", fact, researched, at=Spot("done"))
    else:
        met = not {"record review", "candidate conversation"}.isdisjoint(contest.done)
        fact = (
            Sentence("record review or candidate conversation done")
            if met
            else Sentence("record review or candidate conversation missing")
        )
        yield Reason("EN-7", fact, met, at=Spot("done"))
