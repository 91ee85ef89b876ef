"""Whether the letters that were sent came out of the mailing service (EN-R13).

It says "accepted" when a letter is sent. Afterwards a person can stop it there, the service can
hold it back for a review, or it never ends. Each is asked about until it is known: out, or not.
"""

from datetime import timedelta

from connectors.ledger import Act, Mailing, MailingState, Vote
from connectors.mailchimp import CampaignState
from flows.desk import Desk
from flows.vote_letters import CLERK
from models.votes.events import LetterUndelivered
from models.votes.history import each

PATIENCE = timedelta(hours=3)
"""A letter to a chapter is out within minutes; one that is still on its way then hangs."""


def look_after(desk: Desk, vote: Vote) -> list[str]:
    """Ask about each letter that went out and is not known to have arrived there.

    Returns:
        The letters that were found not delivered by this call.

    Raises:
        TryAgainLater: the service does not answer; what is known stands.
    """
    note = f"delivered of {vote.name}"
    known = set((desk.ledger.note(note) or "").split("\n"))
    lost, settled = [], set[str]()
    # A job that died before its note was written has told it already.
    told = {one.letter for one in each(desk.ledger.votes.lines(vote.name), LetterUndelivered)}
    for letter in desk.ledger.mailings.of(vote.name):
        if letter.state is not MailingState.SENT or not letter.campaign_id or letter.mark in known:
            continue
        word = _stuck_at(desk, letter)
        if word is None:
            continue
        settled.add(letter.mark)
        if word and letter.letter not in told:
            event = LetterUndelivered(letter=letter.letter, campaign=word, people=letter.people)
            desk.ledger.votes.note(vote.name, Act(CLERK, desk.now(), event))
            lost.append(letter.letter)
    if settled:
        desk.ledger.set_note(note, "\n".join(sorted(known | settled)))
    return lost


def _stuck_at(desk: Desk, letter: Mailing) -> str | None:
    """The service's word for a letter that it does not deliver; "" if it is out, None: not yet."""
    campaign = desk.campaigns.get(letter.campaign_id or "")
    if campaign is None or campaign.state == CampaignState.SENT:
        return ""  # one that somebody deleted afterwards had been sent
    late = letter.ended is not None and desk.now() - letter.ended > PATIENCE
    return campaign.state if campaign.is_stopped or late else None
