"""What the committee recommended by its own votes, for the races of the members' votes (EN-1).

1. A decision that was adopted recommends what it says, for the race whose title or office it names.
2. A later decision about a race takes the place of an earlier one. Two of one vote that recommend
   different choices are asked about: two thirds may be for both.
3. What the record has goes before what somebody typed: a draft that says something else does not
   open. A draft that says nothing takes the recommendation over.
4. It is about the vote that comes next: one that was decided after voting opened, or long before,
   is about no race of it, though the office has the same name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from connectors import drafts, elections
from connectors.drafts import DraftFile
from connectors.ledger import Ledger
from flows.context import ChapterContext
from models.contests.contest import CommitteeDecision, Contest, contest_from, of_an_election
from models.contests.recommending import choice_meant, names_of_race
from models.errors import ClerkError
from models.membership.reasons import Reason, Spot
from models.tally.outcome import OutcomeKind
from models.text.folding import folded
from models.text.sentences import Sentence, day_said
from models.votes.election import Election, ElectionState
from models.votes.election_record import ElectionRecord

LASTS: Final = timedelta(days=270)
"""How long before the members' vote a recommendation may be decided: a cycle's work takes months,
and the next election of any office is a year away or more."""


LATELY: Final = timedelta(days=7)
"""So long after its close a committee's vote is looked at for what drafts are to take over."""


def was_counted_lately(votes: Iterable[ElectionRecord], now: datetime) -> bool:
    """Whether a vote of the committee has a result of these days, whoever counted it."""
    counted = (ElectionState.COUNTED, ElectionState.PUBLISHED)
    theirs = (one for one in votes if one.election.is_the_committees and one.state in counted)
    return any(one.election.closes > now - LATELY for one in theirs)


class Recommended(NamedTuple):
    """What the committee recommended for one race."""

    choices: tuple[str, ...]
    """One, or several that one vote recommends at once."""
    vote: str
    """The name of that vote."""
    closed: datetime


def recommendations(ledger: Ledger, before: datetime) -> dict[str, Recommended]:
    """Race, folded → the newest recommendation of a counted vote of the committee.

    Args:
        before: the opening of the members' vote; of a race that has none yet, now.
    """
    found: dict[str, Recommended] = {}
    votes = (one for one in ledger.votes.all() if _is_about(one, before))
    for vote in sorted(votes, key=lambda one: one.election.closes):
        for race, choices in _adopted(vote).items():
            found[race] = Recommended(tuple(choices), vote.name, vote.election.closes)
    return found


def _is_about(vote: ElectionRecord, before: datetime) -> bool:
    """Whether the committee's vote recommends for what opens then."""
    decided = vote.state in (ElectionState.COUNTED, ElectionState.PUBLISHED) and vote.result
    age = before - vote.election.closes
    return bool(vote.election.is_the_committees and decided) and timedelta() < age <= LASTS


def _adopted(vote: ElectionRecord) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    assert vote.result is not None  # noqa: S101 - its callers ask for counted votes
    for contest in vote.election.contests:
        if not isinstance(contest, CommitteeDecision) or not contest.recommends:
            continue
        outcome = vote.result.outcomes.get(contest.id)
        adopted = outcome is not None and outcome.kind is OutcomeKind.ADOPTED
        if adopted and contest.id not in vote.changes.overruled:
            found.setdefault(folded(contest.recommends_for), []).append(contest.recommends)
    return found


def of_contest(
    known: Mapping[str, Recommended], contest: Contest, *, alone: bool
) -> Recommended | None:
    """What the committee recommended for a contest, by its title, or its office and district.

    Args:
        alone: whether no other contest of the vote has its office.
    """
    names = names_of_race(contest.title, (contest.office,), contest.districts, alone=alone)
    return next((known[one] for one in names if one in known), None)


def recommendation_reasons(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """Whether each contest says what the committee recommended (EN-1)."""
    known = recommendations(context.ledger, election.opens)
    offices = Counter(folded(one.office) for one in election.contests)
    for contest in election.contests:
        found = of_contest(known, contest, alone=offices[folded(contest.office)] == 1)
        if found is None:
            continue
        at = Spot("recommendation", contest=contest.id)
        day = day_said(found.closed.astimezone(context.chapter.tz).date())
        told = {"title": contest.title, "vote": found.vote, "day": day}
        choice, meant = found.choices[0], choice_meant(contest, found.choices[0])
        if len(found.choices) > 1:
            fact = Sentence(
                "{title}: the committee's vote “{vote}” of {day} recommends several at once: "
                "{choices}; decide between them first",
                choices=", ".join(found.choices),
                **told,
            )
        elif not meant:
            fact = Sentence(
                "{title}: the committee's vote “{vote}” of {day} recommends {choice}, which is not "
                "a choice on this ballot",
                choice=choice,
                **told,
            )
        elif choice_meant(contest, contest.recommendation) != meant:
            fact = Sentence(
                "{title}: the committee's vote “{vote}” of {day} recommends {choice}; the file "
                "says {other}",
                choice=choice,
                other=contest.recommendation or "–",
                **told,
            )
        else:
            fact = Sentence(
                "{title}: the committee's vote “{vote}” of {day} recommends {choice}",
                choice=choice,
                **told,
            )
            yield Reason("EN-1", fact, True, at=at)
            continue
        yield Reason("EN-1", fact, False, at=at)


def take_over(context: ChapterContext, name: str = "") -> list[str]:
    """Write the committee's recommendations into drafts that say none.

    A file that is being edited, or would not be a contest with it, is left as it is: the check says
    so.

    Args:
        name: a draft; then in it alone.

    Returns:
        The drafts that were changed.
    """
    chapter, changed = context.chapter.folder, []
    for one in [name] if name else elections.names(chapter):
        opens = elections.opening(chapter, one, context.chapter.tz)
        if opens is None or context.ledger.votes.get(one) is not None:
            continue
        known = recommendations(context.ledger, opens)
        files = drafts.contests_of(elections.folder_of(chapter, one), chapter)
        offices = Counter(folded(str(file.table.get("office", ""))) for file in files)
        wanted = [(file, choice) for file in files if (choice := _missing(known, file, offices))]
        if sum(_change(file, context, choice) for file, choice in wanted):
            changed.append(one)
    return changed


def _missing(known: Mapping[str, Recommended], file: DraftFile, offices: Mapping[str, int]) -> str:
    """What a file should recommend and does not say; "" where it says something."""
    if file.fault or file.table.get("recommendation"):
        return ""
    try:
        contest = contest_from(of_an_election(file.table), file.path.name)
    except ClerkError:
        return ""
    found = of_contest(known, contest, alone=offices[folded(contest.office)] == 1)
    if isinstance(contest, CommitteeDecision) or not found or len(found.choices) > 1:
        return ""
    return choice_meant(contest, found.choices[0])


def _change(file: DraftFile, context: ChapterContext, choice: str) -> bool:
    said: dict[str, Any] = {"recommendation": choice}
    with suppress(ClerkError):
        drafts.change(file, context.chapter.folder, said)
        return True
    return False
