"""The tellers' report by mail, to the officers alone: no voter, no code, no row (BA-5).

A mailing service carries it: of numbers it says what the published pages say (BA-6), and else which
warnings there are, without a number. The whole report stays on the chapter's machine.

It goes to one address by the mailing service's test send, through a draft that is removed again.
Begun is written down before, sent afterwards: a job that dies between the two sends it once more.
It comes at least once, and once in every ordinary run.
"""

from collections.abc import Iterator, Sequence

from connectors import elections, pages
from connectors.ledger import Act, MailingState
from flows.context import ChapterContext
from flows.mail.delivery import send_test_words
from flows.mail.officers import officers
from flows.votes.pages import TELLERS, CountedContest
from flows.votes.publish import goes_out_by_itself
from flows.votes.remarks import remarks
from flows.votes.sending import CLERK, begin
from models.ballots.boxes import BallotAccounting, RejectionReason
from models.bylaws.tally_rules import in_words
from models.mail.notices import EmailContent
from models.tally.outcome import Result
from models.votes.election_record import ElectionRecord
from models.votes.events import LetterSent
from models.votes.notices import TellersReport
from models.votes.withheld import FEWEST, is_confidential, is_race_of_few

REPORT, REPORT_TEXTS = TellersReport(), "tellers-report"


def worth_a_look(
    context: ChapterContext,
    vote: ElectionRecord,
    boxes: BallotAccounting,
    races: Sequence[CountedContest],
    typos: int,
) -> Iterator[str]:
    """What the tellers should see before the result goes out, in sentences."""
    for race in races:
        if void := race.result.void:
            yield f"{race.contest.title}: void: {void.why}. Its report has details (EN-R11)"
            continue
        found = list(_of_race(race.result))
        if race.aside:
            found.append("the mark of a member who steps aside from it is not counted (SC-R2)")
        if race.unplaced:
            found.append("some ballots are not counted in it: their district is not known (EN-R10)")
        if found and is_confidential(race.contest) and is_race_of_few(race.result):
            found = [
                f"fewer than {FEWEST} ballots; only the full report shows what to check (BA-6)"
            ]
        yield from (f"{race.contest.title}: {one}" for one in found)
    if boxes.reasons().get(RejectionReason.UNKNOWN_CODE) and not _anybodys(boxes):
        yield "every ballot has an unknown code. Find out why before you publish (BA-1)"
    if boxes.unsent:
        yield "the tab has rows that no voter sent, without time and code. They do not count (BA-7)"
    if boxes.marked:
        yield "some rows are marked as void. They still count, because only the code decides (BA-1)"
    if any(said.too_high for ballot in boxes.counted for said in ballot.answers.values()):
        yield "a ballot marks a rank above the number of choices. The rest of it counts (BA-7)"
    if typos:
        yield "some codes have a typo: their check character does not match (BA-1)"
    if boxes.reasons().get(RejectionReason.EARLY):
        yield "some ballots arrived before voting opened and are not counted (BA-2)"
    yield from map(str, remarks(context, vote, "en"))


def _anybodys(boxes: BallotAccounting) -> bool:
    """Whether a single row has the code of anybody who ever was on the roll."""
    known = boxes.counted or boxes.superseded or boxes.reasons().get(RejectionReason.NOT_ON_ROLL)
    return bool(known)


def _of_race(result: Result) -> Iterator[str]:
    yield from map(str, result.notes)
    for reading in result.readings:
        if reading.differs:
            other = f"{reading.setting}: {in_words(reading.value)}, {reading.rule}"
            yield f"under another interpretation ({other}), the result would be {reading.outcome}"
    for tie in result.ties:
        yield f"a tie in round {tie.round}, broken by {tie.settled_by or ''} (EN-R5)"
    if result.sums.unreadable:
        yield "some ballots could not be read (BA-2)"


def tell_officers(context: ChapterContext, vote: ElectionRecord) -> None:
    """Send the report of a counted vote, unless it was sent.

    Raises:
        FixTheSettings: the address it should go to is none.
    """
    name = vote.election.name
    mailing = begin(context, vote, REPORT)
    if mailing.is_over:
        return
    to = officers(context.chapter, "the tellers' report")
    send_test_words(context, report_words(context, vote), to, title=f"clerk: {name} {REPORT}")
    act = Act(CLERK, context.now(), LetterSent(letter=str(REPORT), people=1))
    context.ledger.mailings.settle(mailing.id, MailingState.SENT, act.at, people=1, act=act)


def outcomes_told(vote: ElectionRecord) -> dict[str, str]:
    """How each race came out, for officers; what the committee voided is told so (EN-R11)."""
    assert vote.result is not None  # noqa: S101 - a counted vote has one
    return {
        race: ("voided by the committee; counted: " if race in vote.changes.overruled else "")
        + str(outcome)
        for race, outcome in vote.result.outcomes.items()
    }


def report_words(context: ChapterContext, vote: ElectionRecord) -> EmailContent:
    """The report of a counted vote."""
    election, result = vote.election, vote.result
    assert result is not None  # noqa: S101 - a counted vote has one
    sums = pages.ElectionSums(
        received=result.received,
        counted=result.counted,
        superseded=result.superseded,
        set_aside=result.set_aside,
        voters=len({v.person for v in context.ledger.votes.roll(election.name) if v.on_roll}),
    )
    return context.words(
        REPORT_TEXTS,
        title=election.title,
        name=election.name,
        outcomes=[(one.title, outcomes_told(vote)[one.id]) for one in election.contests],
        rows=pages.sums_told(sums),
        look=result.look_at or (),
        file=f"{elections.FOLDER}/{election.name}/{TELLERS}/index.html",
        at_once=goes_out_by_itself(vote),
    )
