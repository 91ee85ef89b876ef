"""The tellers' report by mail, to the officers alone: counts; no voter, no code, no row (BA-5).

It goes to one address by the mailing service's test send, through a draft that is removed again.
Begun is written down before, sent afterwards: a job that dies between the two sends it once more.
It comes at least once, and once in every ordinary run.
"""

from collections.abc import Iterator, Sequence

from connectors import elections
from connectors.ledger import Act, Vote
from flows.delivery import send_test_words
from flows.desk import Desk
from flows.publish import outcomes_of
from flows.tally_pages import TELLERS, CountedRace, early_said, remarks
from flows.vote_letters import CLERK, SENT
from models.ballots.boxes import Boxes
from models.errors import FixTheSettings
from models.letters import Words
from models.privacy import Email

REPORT = "tellers' report"
LOOK = "look_at"
"""What a result holds for the tellers; one of an earlier version lacks it, and is not told."""


def worth_a_look(
    desk: Desk, vote: Vote, boxes: Boxes, races: Sequence[CountedRace], typos: int
) -> Iterator[str]:
    """What the tellers should see before the result goes out, in sentences."""
    for race in races:
        title = race.contest.title
        yield from (f"{title}: {note}" for note in race.result.notes)
        for reading in race.result.readings:
            if reading.differs:
                other = f"{reading.setting}: {reading.value}, {reading.rule}"
                yield f"{title}: read otherwise ({other}), it would be {reading.outcome}"
        for tie in race.result.ties:
            yield f"{title}: a tie in round {tie.round}, settled by {tie.settled_by} (EN-R5)"
        if unreadable := race.result.sums.unreadable:
            yield f"{title}: ballots that could not be read: {unreadable} (BA-2)"
    if typos:
        yield f"codes that are typing errors, for their check letter does not fit: {typos} (BA-1)"
    yield from early_said(desk, vote, boxes, "en")
    yield from remarks(desk, vote, "en")


def tell_officers(desk: Desk, vote: Vote) -> None:
    """Send the report of a counted vote, unless it was sent.

    Raises:
        FixTheSettings: the address it should go to is none.
    """
    name, votes = vote.election.name, desk.ledger.votes
    mailing = votes.start_mailing(name, REPORT, desk.now())
    if mailing.sent:
        return
    send_test_words(desk, _words(desk, vote), _officers(desk), title=f"clerk: {name} {REPORT}")
    act = Act(CLERK, SENT, desk.now(), {"letter": REPORT, "people": 1})
    votes.end_mailing(name, mailing.id, act, people=1)


def _officers(desk: Desk) -> Email:
    chapter = desk.chapter
    try:
        return Email.parse(chapter.elections.officers_mail or chapter.mailchimp.reply_to)
    except ValueError as exc:
        raise FixTheSettings(
            f"the tellers' report has nowhere to go: {exc}",
            where="chapter.toml [mailchimp] reply_to",
            next_step="mend it, or name the officers' address as [elections] officers_mail",
        ) from None


def _words(desk: Desk, vote: Vote) -> Words:
    election, result = vote.election, vote.result or {}
    outcomes = outcomes_of(vote)
    return desk.words(
        "tellers-report",
        title=election.title,
        name=election.name,
        outcomes=[(one.title, str(outcomes[one.id])) for one in election.contests],
        received=result["received"],
        voters=len({v.person for v in desk.ledger.votes.roll(election.name) if v.on_roll}),
        boxes=[
            ("counted", result["counted"]),
            ("superseded by a later ballot of the same voter", result["superseded"]),
            *((f"set aside: {reason}", many) for reason, many in result["set_aside"].items()),
        ],
        look=result[LOOK],
        file=f"{elections.FOLDER}/{election.name}/{TELLERS}/index.html",
        at_once=election.publish == "at once",
    )
