"""The letters of a vote: each one campaign to a segment, exactly once, with everybody's own code.

That a letter was begun stands in the ledger before anything is sent; the campaign is found by its
title before it is made; one that has gone out is only written down.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta

from connectors.ledger import Act, Mailing, Vote
from connectors.mailchimp import GONE_OUT, UNDER_WAY
from flows.desk import Desk
from flows.mirror import read_audience
from flows.sources import facts_of, known_sources
from models.audience import Unreachable, desired
from models.ballots.received import Code
from models.frozen_roll import codes_of
from models.letters import Words
from models.people import PersonId
from models.privacy import Email
from models.roll import Roll

CLERK = "clerk"
"""Who acts when no officer does."""
SENT, INVITATION, ANNOUNCEMENT = "sent a letter", "invitation", "announcement"
CLEAN_UP = "clean-up"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where letters can go today, and why not for others (DP-4)."""

    roll: Roll
    mailboxes: Mapping[PersonId, Email]
    unreachable: Mapping[PersonId, Unreachable]


def reach(desk: Desk) -> Reach:
    """By the sheets as last recorded, and by the mailing list as it is now."""
    roll = facts_of(desk, known_sources(desk)).roll(desk.today)
    actual = read_audience(desk, anew=False).actual
    wanted = desired(roll, actual, desk.chapter.mailchimp.marks, desk.ledger.refusals())
    held = {c.person: c.address for c in wanted.contacts.values() if not c.new}
    waiting = {c.person: Unreachable.UNCONFIRMED for c in wanted.contacts.values() if c.new}
    return Reach(roll, held, {**wanted.unreachable, **waiting})


def send_once(
    desk: Desk, vote: Vote, kind: str, words: Words, to: Collection[PersonId], reached: Reach
) -> int:
    """Bring one letter to its end, wherever it stands.

    Args:
        kind: what tells it from the vote's other letters, e.g. ``reminder 2``.
        to: who should get it; those who cannot be mailed are passed over.

    Returns:
        How many got it; of an earlier job's letter too.
    """
    name, votes = vote.election.name, desk.ledger.votes
    mailing = votes.start_mailing(name, kind, desk.now())
    if mailing.sent:
        return mailing.people
    title = _title(desk, name, mailing)
    since = (mailing.started.astimezone(UTC) - timedelta(days=2)).isoformat(timespec="seconds")
    if mailing.campaign_id:
        campaign = desk.campaigns.get(mailing.campaign_id)
        # Gone: somebody deleted it, perhaps after it was sent. Never risk a second letter.
        done = campaign is None or campaign.state in GONE_OUT
    else:
        campaign = desk.campaigns.find(title, since)
        done = campaign is not None and campaign.state in GONE_OUT
    people = mailing.people
    if not done:
        addresses = {p: reached.mailboxes[p] for p in to if p in reached.mailboxes}
        if vote.secret and kind.partition(" ")[0] != ANNOUNCEMENT:
            uncoded = desk.ballot_field.fill(_codes(desk, vote, addresses))
            # Without their code the letter is of no use; they are not counted as told.
            addresses = {p: a for p, a in addresses.items() if a not in uncoded}
        segment, refused = desk.audience.fill_segment(segment_of(vote, kind), addresses.values())
        people = len(addresses) - len(refused)
        if people:
            if campaign is None:
                campaign = desk.campaigns.create(title, words.subject, segment, since)
            votes.set_campaign(mailing.id, campaign.id, people)
            desk.campaigns.fill(campaign.id, words)
            desk.campaigns.send(campaign.id)
    facts: dict[str, str | int] = {"letter": kind, "people": people}
    votes.end_mailing(name, mailing.id, Act(CLERK, SENT, desk.now(), facts))
    return people


def clear(desk: Desk, vote: Vote, reached: Reach) -> bool:
    """After the close: empty the segments, and take the codes off the mailing list.

    Returns:
        Whether it is done; a letter that is still on its way keeps its segment until it is out.
    """
    name, votes = vote.election.name, desk.ledger.votes
    mailing = votes.start_mailing(name, CLEAN_UP, desk.now())
    if mailing.sent:
        return True
    letters = [
        one
        for kind, one in votes.mailings(name).items()
        if one.campaign_id and not kind.startswith(ANNOUNCEMENT)
    ]
    for letter in letters:
        campaign = desk.campaigns.get(letter.campaign_id or "")
        if campaign and campaign.state in UNDER_WAY:
            return False
    people = {v.person for v in votes.roll(name)} & reached.mailboxes.keys()
    desk.ballot_field.fill({reached.mailboxes[person]: None for person in people})
    for letter in letters:
        desk.audience.fill_segment(segment_of(vote, letter.kind), [])
    act = Act(CLERK, "took the codes off the mailing list", desk.now())
    votes.end_mailing(name, mailing.id, act)
    return True


def segment_of(vote: Vote, kind: str) -> str:
    """A segment for each letter: one is never refilled while its campaign is on its way."""
    return f"clerk: vote {vote.election.name} {kind}"


def _codes(desk: Desk, vote: Vote, addresses: Mapping[PersonId, Email]) -> dict[Email, Code | None]:
    name = vote.election.name
    _, codes = codes_of(desk.ledger.votes.roll(name), vote.secret, name)
    return {address: codes[person] for person, address in addresses.items() if person in codes}


def _title(desk: Desk, name: str, mailing: Mailing) -> str:
    """A title that only this ledger's letter can have, for finding its campaign again."""
    said = f"mailing {mailing.id}".encode()
    mark = hmac.digest(desk.ledger.key, said, hashlib.sha256).hex()[:8]
    return f"clerk: {name} {mailing.kind} {mark}"
