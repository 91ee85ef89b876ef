"""One race of a closed vote, by two counts that must agree; else it is void (EN-R11)."""

from collections.abc import Mapping, Sequence

from flows.context import ChapterContext
from flows.votes.pages import CountedContest
from models.ballots.boxes import BallotAccounting
from models.bylaws.counting import CountingRules
from models.contests.contest import Contest
from models.errors import describe
from models.privacy import redact_addresses
from models.tally.count import count
from models.tally.cross_check import check
from models.tally.digests import ballots_digest, contest_digest, edition_digest
from models.tally.outcome import Decision, Result, Void, WhyVoid
from models.tally.rankings import Rankings
from models.tally.void import voided
from models.votes.election_record import ElectionRecord
from models.year.electorate import with_numbers


def count_race(
    context: ChapterContext, vote: ElectionRecord, contest: Contest, boxes: BallotAccounting
) -> CountedContest:
    """One race, by two counts that must agree; what cannot be counted is void (EN-R11).

    A race that is void on record stays so, also when a mended program could count it.
    """
    edition, digest = context.counting_of(vote.election), contest_digest(contest)
    if vote.election.is_the_committees:
        contest = with_numbers(contest, context.ledger.votes.roll(vote.name))
    ballots = boxes.race(contest.id, contest.voting_districts)
    unreadable = ballots.sums.unreadable
    digests = {
        "roll": vote.roll_digest,
        "ballots": ballots_digest(ballots.rankings, unreadable),
        "contest": digest,
        "edition": edition_digest(edition),
    }
    made: Result | Void | None = vote.result.voids.get(contest.id) if vote.result else None
    made = made or _counted_twice(
        contest, ballots.rankings, edition, unreadable, decided(vote, contest.id), digests
    )
    if isinstance(made, Void):
        made = voided(
            contest, ballots.rankings, edition, made, unreadable=unreadable, digests=digests
        )
    return CountedContest(contest, made, ballots.elsewhere, ballots.unplaced, ballots.aside)


def _counted_twice(
    contest: Contest,
    ballots: Rankings,
    edition: CountingRules,
    unreadable: int,
    decisions: Sequence[Decision],
    digests: Mapping[str, str],
) -> Result | Void:
    """What two counts agree on; or why there is no result, which stops no other race (EN-R11)."""
    try:
        result = count(
            contest,
            ballots,
            edition,
            unreadable=unreadable,
            decisions=decisions,
            digests=digests,
        )
        wrong = check(contest, ballots, edition, result, decisions)
    except MemoryError:
        raise  # the next try may find room
    except Exception as exc:  # noqa: BLE001 - whatever it is, the other races have theirs
        fault = describe(exc)
        return Void(WhyVoid.COUNT_FAILED, redact_addresses(fault))
    if wrong:
        return Void(WhyVoid.COUNTS_DISAGREE, redact_addresses("; ".join(wrong)))
    return result


def decided(vote: ElectionRecord, contest: str) -> list[Decision]:
    """The recorded decisions of a contest's ties."""
    return [one.as_input for one in vote.decisions if one.contest == contest]
