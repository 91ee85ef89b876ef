"""After its letters: a vote leaves no code on the mailing list, and nobody in its segments.

Each is done once, when the letters are out, and told by a line of the record. A letter that is
still on its way keeps its segment until it is out.
"""

from collections.abc import Callable
from datetime import timedelta

from connectors.ledger import Act, Mailing, Vote
from connectors.mailchimp import UNDER_WAY
from flows.context import Desk
from flows.mail import unlettered
from flows.mail.delivered import PATIENCE
from flows.votes.sending import CLERK, letters_of, segment_of
from models.votes.events import AnnouncementCleared, CodesCleared
from models.votes.notices import Announcement, CancellationNews, VoteLetter, WithBallot

LONG = timedelta(days=3)
"""A review of the account takes days, and none on Saturday and Sunday."""
Which = Callable[[VoteLetter], bool]
"""Whose segments are meant."""


def clear(desk: Desk, vote: Vote) -> None:
    """After the close: empty the ballot letters' segments, and take the codes off the list."""
    name, ledger = vote.election.name, desk.ledger
    codes = f"codes of {name}"

    def expect(many: int) -> None:
        """Counted before the first is taken off: a job that dies leaves the next one the number."""
        if ledger.note(codes) is None:
            ledger.set_note(codes, str(many))

    if _are_out(desk, vote, _with_a_ballot):
        refused = desk.ballot_field.clear(expect)
        cleared = int(ledger.note(codes) or 0) - refused
        _empty(desk, vote, _with_a_ballot)
        unlettered.forget(desk, name)
        done = CodesCleared(contacts=cleared, refused=refused)
        ledger.votes.note(name, Act(CLERK, desk.now(), done))


def clear_announcement(desk: Desk, vote: Vote) -> None:
    """After the announcement: empty its segments."""
    if _are_out(desk, vote, _announces):
        _empty(desk, vote, _announces)
        done = Act(CLERK, desk.now(), AnnouncementCleared())
        desk.ledger.votes.note(vote.election.name, done)


def _announces(letter: VoteLetter) -> bool:
    return isinstance(letter, Announcement)


def _with_a_ballot(letter: VoteLetter) -> bool:
    return isinstance(letter, WithBallot | CancellationNews)


def _are_out(desk: Desk, vote: Vote, which: Which) -> bool:
    """Whether none of these letters is on its way any more, or is worth waiting for."""
    held = letters_of(desk, vote.election.name).items()
    return not any(which(letter) and _is_awaited(desk, letter, one) for letter, one in held)


def _is_awaited(desk: Desk, letter: VoteLetter, mailing: Mailing) -> bool:
    """Whether a letter may still go out, and should.

    A letter with a ballot says nothing to anybody once nobody can vote: what hangs then, or was
    stopped and may go on one day, had better find nobody in its segment. News is waited for.
    """
    of_no_use = isinstance(letter, WithBallot)
    gone = desk.now() - mailing.ended if mailing.ended else timedelta()
    if mailing.campaign_id is None or gone > (PATIENCE if of_no_use else LONG):
        return False
    campaign = desk.campaigns.get(mailing.campaign_id)
    if campaign is None or campaign.is_final:
        return False
    return campaign.state in UNDER_WAY or not of_no_use


def _empty(desk: Desk, vote: Vote, which: Which) -> None:
    for letter in letters_of(desk, vote.election.name):
        if which(letter):  # whether or not a campaign came of it: it may have been filled
            desk.audience.fill_segment(segment_of(vote, letter), [])
