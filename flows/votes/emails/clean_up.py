"""After its letters: a vote leaves no code on the mailing list, and nobody in its segments.

Each is done once, when the letters are out, and told by a line of the record. A letter that is
still on its way keeps its segment until it is out.
"""

from collections.abc import Callable
from datetime import timedelta

from connectors.ledger import Act, Mailing
from connectors.mailchimp import UNDER_WAY
from flows.context import ChapterContext
from flows.mail import unlettered
from flows.mail.delivered import PATIENCE
from flows.votes.sending import CLERK, letters_of, segment_of
from models.votes.election_record import ElectionRecord
from models.votes.events import AnnouncementCleared, CodesCleared
from models.votes.notices import Announcement, CancellationNews, VoteLetter, WithBallot

LONG = timedelta(days=3)
"""A review of the account takes days, and none on Saturday and Sunday."""
Which = Callable[[VoteLetter], bool]
"""Whose segments are meant."""


def clear(context: ChapterContext, vote: ElectionRecord) -> None:
    """After the close: empty the ballot letters' segments, and take the codes off the list."""
    name, ledger = vote.election.name, context.ledger
    codes = f"codes of {name}"

    def expect(many: int) -> None:
        """Counted before the first is taken off: a job that dies leaves the next one the number."""
        if ledger.note(codes) is None:
            ledger.set_note(codes, str(many))

    if _are_out(context, vote, _with_a_ballot):
        refused = context.codes_field(vote.election.electorate).clear(expect)
        cleared = int(ledger.note(codes) or 0) - refused
        _empty(context, vote, _with_a_ballot)
        unlettered.forget(context.ledger, name)
        done = CodesCleared(contacts=cleared, refused=refused)
        ledger.votes.note(name, Act(CLERK, context.now(), done))


def clear_announcement(context: ChapterContext, vote: ElectionRecord) -> None:
    """After the announcement: empty its segments."""
    if _are_out(context, vote, _announces):
        _empty(context, vote, _announces)
        done = Act(CLERK, context.now(), AnnouncementCleared())
        context.ledger.votes.note(vote.election.name, done)


def _announces(letter: VoteLetter) -> bool:
    return isinstance(letter, Announcement)


def _with_a_ballot(letter: VoteLetter) -> bool:
    return isinstance(letter, WithBallot | CancellationNews)


def _are_out(context: ChapterContext, vote: ElectionRecord, which: Which) -> bool:
    """Whether none of these letters is on its way any more, or is worth waiting for."""
    held = letters_of(context.ledger, vote.election.name).items()
    return not any(which(letter) and _is_awaited(context, letter, one) for letter, one in held)


def _is_awaited(context: ChapterContext, letter: VoteLetter, mailing: Mailing) -> bool:
    """Whether a letter may still go out, and should.

    A letter with a ballot says nothing to anybody once nobody can vote: what hangs then, or was
    stopped and may go on one day, had better find nobody in its segment. News is waited for.
    """
    of_no_use = isinstance(letter, WithBallot)
    gone = context.now() - mailing.ended if mailing.ended else timedelta()
    if mailing.campaign_id is None or gone > (PATIENCE if of_no_use else LONG):
        return False
    campaign = context.campaigns.get(mailing.campaign_id)
    if campaign is None or campaign.is_final:
        return False
    return campaign.state in UNDER_WAY or not of_no_use


def _empty(context: ChapterContext, vote: ElectionRecord, which: Which) -> None:
    for letter in letters_of(context.ledger, vote.election.name):
        if which(letter):  # whether or not a campaign came of it: it may have been filled
            context.audience.fill_segment(segment_of(vote, letter), [])
