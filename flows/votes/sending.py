"""The letters of a vote, each to its own segment, exactly once; everybody has their own code.

That a letter was begun stands in the ledger before anything is sent; how it ended is a line of the
vote's record.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from connectors.ledger import Act, Ledger, Mailing, MailingState
from connectors.mailchimp import Audience
from flows.context import ChapterContext
from flows.mail import unlettered
from flows.mail.mailing import Fill, Went, finish_sending
from flows.nightly.mirror import read_audience
from flows.nightly.people import facts_on_record
from models.ballots.received import Code
from models.errors import Refused
from models.intake.people import PersonId
from models.mail.audience import Unreachable, desired
from models.mail.notices import EmailContent
from models.mail.refusals import WhyRefused
from models.membership.voter_roll import VoterRoll
from models.privacy import Email
from models.votes.election_record import ElectionRecord
from models.votes.events import AnnouncementCleared, CodesCleared, LetterSent, LetterStopped
from models.votes.frozen_roll import codes_of
from models.votes.history import last
from models.votes.notices import VoteLetter, WithBallot, vote_letter

CLERK = "clerk"
"""Who acts when no officer does."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where letters can go today, and why not for others (DP-4)."""

    roll: VoterRoll
    mailboxes: Mapping[PersonId, Email]
    unreachable: Mapping[PersonId, Unreachable]


def reach(context: ChapterContext) -> Reach:
    """By the sheets as last recorded, and by the mailing list as it is now."""
    roll = facts_on_record(context).roll(context.today)
    actual = read_audience(context, full=False).actual
    wanted = desired(
        roll, actual, context.chapter.mailchimp.marks, context.ledger.refusals(context.today)
    )
    held = {c.person: c.address for c in wanted.contacts.values() if not c.new}
    waiting = {c.person: Unreachable.UNCONFIRMED for c in wanted.contacts.values() if c.new}
    return Reach(roll, held, {**waiting, **wanted.unreachable})


def letters_of(ledger: Ledger, name: str) -> dict[VoteLetter, Mailing]:
    """The letters of a vote that were begun, in that order."""
    return {vote_letter(one.letter): one for one in ledger.mailings.of(name)}


def is_over(ledger: Ledger, name: str, letter: VoteLetter) -> bool:
    """Whether a letter of a vote is out, or was given up."""
    held = letters_of(ledger, name).get(letter)
    return held is not None and held.is_over


def send_once(
    context: ChapterContext,
    vote: ElectionRecord,
    letter: WithBallot,
    words: EmailContent,
    to: Collection[PersonId],
    reached: Reach,
) -> int:
    """Bring one letter with a ballot to its end, wherever it stands.

    Args:
        to: who should get it; those who cannot be mailed, or have no code, are passed over.

    Returns:
        How many got it; of an earlier job's letter too.
    """

    def filled() -> tuple[int, int]:
        boxes = {p: reached.mailboxes[p] for p in to if p in reached.mailboxes}
        codes, field = (
            _codes(context.ledger, vote, boxes),
            context.codes_field(vote.election.electorate),
        )
        # Without their code the letter is of no use; they are not counted as told.
        refused = {one: field.why(one) for one in field.fill(codes)}
        segment, left = _filled(context.audience, vote, letter, codes.keys() - refused.keys())
        refused |= dict.fromkeys(left, WhyRefused.ABSENT)
        untold = {person: refused[box] for person, box in boxes.items() if box in refused}
        unlettered.note(context.ledger, vote.election.name, boxes, untold)
        if len(refused) == len(codes) > 1:
            raise _took_nobody(refused)
        return segment, len(codes) - len(refused)

    return send(context, vote, letter, words, filled)


def fill(
    audience: Audience, vote: ElectionRecord, letter: VoteLetter, addresses: Collection[Email]
) -> tuple[int, int]:
    """Make a letter's segment hold exactly these; its id, and how many it holds."""
    segment, refused = _filled(audience, vote, letter, addresses)
    return segment, len(addresses) - len(refused)


def _filled(
    audience: Audience, vote: ElectionRecord, letter: VoteLetter, addresses: Collection[Email]
) -> tuple[int, set[Email]]:
    """The same; its id, and whom it does not take."""
    return audience.fill_segment(segment_of(vote, letter), addresses)


def remove_from_segments(
    context: ChapterContext, vote: ElectionRecord, addresses: Collection[Email]
) -> None:
    """Take somebody out of a vote's letters that may still go on, and their code off the list."""
    context.audience.leave_segments(sorted(addresses), segments_of(vote))
    context.codes_field(vote.election.electorate).fill(dict.fromkeys(addresses))


def _took_nobody(refused: Mapping[Email, WhyRefused]) -> Refused:
    """A letter to nobody would be booked as one that is over."""
    said = "; ".join(f"{many}: {why}" for why, many in Counter(refused.values()).items())
    return Refused(
        f"the mailing list rejected every ballot code ({said}), so the email was not sent",
        where="Mailchimp",
        next_step="run `clerk doctor` to check the audience and the account; the next scheduled "
        "check sends the email",
    )


def begin(context: ChapterContext, vote: ElectionRecord, letter: VoteLetter) -> Mailing:
    """Write down that a letter was begun, once; how far it has come."""
    return context.ledger.mailings.begin(str(letter), context.today, vote.election.name)


def send(
    context: ChapterContext,
    vote: ElectionRecord,
    letter: VoteLetter,
    words: EmailContent,
    filled: Fill,
) -> int:
    """Bring a letter to its end; how many got it."""
    mailing = begin(context, vote, letter)
    if mailing.is_over:
        return mailing.people

    def act(went: Went) -> Act:
        return Act(CLERK, context.now(), _ended(letter, went))

    title = f"{vote.election.name} {letter}"
    return finish_sending(context, mailing, title, lambda: words, filled, act).people


def give_up(context: ChapterContext, vote: ElectionRecord, letter: VoteLetter) -> None:
    """Bring a letter that was begun to its end without sending it, unless it has gone already."""
    send(context, vote, letter, EmailContent("", "", ""), lambda: (0, 0))


def _ended(letter: VoteLetter, went: Went) -> LetterSent | LetterStopped:
    if went.how is MailingState.STOPPED:
        return LetterStopped(letter=str(letter), campaign=went.word)
    return LetterSent(letter=str(letter), people=went.people)


def is_cleared(ledger: Ledger, name: str) -> bool:
    """Whether the ballot letters' segments were emptied, and the codes taken off."""
    return last(ledger.votes.lines(name), CodesCleared) is not None


def is_announcement_cleared(ledger: Ledger, name: str) -> bool:
    """Whether the announcement's segments were emptied."""
    return last(ledger.votes.lines(name), AnnouncementCleared) is not None


def segment_of(vote: ElectionRecord, letter: VoteLetter) -> str:
    """A segment for each letter: one is never refilled while its campaign is on its way."""
    return f"{segments_of(vote)}{letter}"


def segments_of(vote: ElectionRecord) -> str:
    """How the names of a vote's segments begin."""
    return f"clerk: vote {vote.election.name} "


def _codes(
    ledger: Ledger, vote: ElectionRecord, addresses: Mapping[PersonId, Email]
) -> dict[Email, Code | None]:
    name = vote.election.name
    _, codes = codes_of(ledger.votes.roll(name), vote.secret, name)
    return {address: codes[person] for person, address in addresses.items() if person in codes}
