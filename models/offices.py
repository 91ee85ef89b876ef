"""Which races the chapter endorses in, whom it invites, and what must be done before a vote.

1. Only offices and questions that represent the neighbourhood (EN-2): focus races aim at the full
   process, others may use the abbreviated one.
2. Questionnaires and forums are for candidates with an active OCPF account and a campaign website
   (EN-11).
3. The committee recommends, then the members vote (EN-1). A short vote needs its own minimum
   (EN-7); without it the vote may not open.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from models.bylaws.counting import CountingRules, Offices
from models.contest_settings import Candidacy
from models.contests import Approval, CommitteeDecision, Contest, Question, UpOrDown, folded
from models.nominees import Attendance, nomination, slate
from models.standing import Reason


class Level(StrEnum):
    """How much of a process a race gets (EN-2)."""

    FOCUS = "focus race"
    OTHER = "other race"
    ELSEWHERE = "not an office that represents the neighbourhood"


def level_of(office: str, offices: Offices) -> Level:
    """The level of an office by its name in the bylaws, whatever its case and dashes."""
    asked = _plain(office)
    if asked in map(_plain, offices.focus.value):
        return Level.FOCUS
    if asked in map(_plain, offices.other.value):
        return Level.OTHER
    return Level.ELSEWHERE


def invitation(candidacy: Candidacy) -> tuple[Reason, ...]:
    """The reasons for or against an invitation; it goes out when all hold."""
    account, website = candidacy.ocpf_account_active, bool(candidacy.campaign_website.strip())
    return (
        Reason("EN-11", f"{'an' if account else 'no'} active OCPF account", account),
        Reason("EN-11", f"{'a' if website else 'no'} campaign website", website),
    )


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
    if contest.rules == "public" or isinstance(contest, CommitteeDecision | Approval):
        return
    if isinstance(contest, UpOrDown) and contest.confirms:
        nominated = contest.place_of(contest.recommendation) == 0
        if contest.purpose == "slate":
            yield from slate(
                contest.nominees, nominated, on, rules.committee, min(today, on), attended
            )
        else:
            yield nomination(nominated, "SC-7")
        return
    if contest.office and not isinstance(contest, Question):
        level = level_of(contest.office, rules.offices)
        yield Reason("EN-2", f"{contest.office}: {level}", level is not Level.ELSEWHERE)
    done = bool(contest.recommendation)
    yield Reason("EN-1", f"the committee {'recommends' if done else 'has not recommended'}", done)
    if isinstance(contest, UpOrDown):
        yield from _short_vote(contest)
    elif not isinstance(contest, Question):
        for candidacy in contest.invited:
            yield from (
                Reason(one.rule, f"{candidacy.name} is invited: {one.fact}", one.holds)
                for one in invitation(candidacy)
            )


def _short_vote(contest: UpOrDown) -> Iterator[Reason]:
    if contest.purpose == "anti-endorsement":
        return
    before = contest.previously_endorsed
    yield Reason("EN-7", f"{'previously' if before else 'not previously'} endorsed", before)
    if contest.purpose == "abbreviated":
        free = contest.uncontested
        yield Reason("EN-7", f"{'uncontested' if free else 'a competitive race'}", free)
        researched = "research" in contest.done
        yield Reason("EN-7", f"research {'done' if researched else 'missing'}", researched)
    else:
        met = not {"record review", "candidate conversation"}.isdisjoint(contest.done)
        what = "record review or candidate conversation"
        yield Reason("EN-7", f"{what} {'done' if met else 'missing'}", met)


def _plain(office: str) -> str:
    """Dashes and apostrophes are typed in many ways."""
    return folded(office.replace("–", "-").replace("—", "-").replace("’", "'"))
