"""The letters of a vote: each one campaign to a segment, exactly once, with everybody's own code.

That a letter was begun stands in the ledger before anything is sent; the campaign is found by its
title before it is made; one that has gone out is only written down.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import partial

from connectors.ledger import Act, Mailing, Vote
from connectors.mailchimp import UNDER_WAY
from flows import dispatch
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
from models.votes.events import (
    AnnouncementCleared,
    CodesCleared,
    LetterSent,
    LetterStopped,
    Written,
)

CLERK = "clerk"
"""Who acts when no officer does."""
INVITATION, ANNOUNCEMENT = "invitation", "announcement"
TO_ALL = "to all"
"""The announcement's readers whom no race of single districts concerns."""
CLEAN_UP, ANNOUNCEMENT_CLEAN_UP = "clean-up", "clean-up after publication"
"""Rows beside the letters': what is done once, when their campaigns are out."""


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
    """Bring one letter with a ballot to its end, wherever it stands.

    Args:
        kind: what tells it from the vote's other letters, e.g. ``reminder 2``.
        to: who should get it; those who cannot be mailed, or have no code, are passed over.

    Returns:
        How many got it; of an earlier job's letter too.
    """

    def filled() -> tuple[int, int]:
        codes = _codes(desk, vote, {p: reached.mailboxes[p] for p in to if p in reached.mailboxes})
        # Without their code the letter is of no use; they are not counted as told.
        return fill(desk, vote, kind, codes.keys() - desk.ballot_field.fill(codes))

    return bring_out(desk, vote, kind, words, filled)


def fill(desk: Desk, vote: Vote, kind: str, addresses: Collection[Email]) -> tuple[int, int]:
    """Make a letter's segment hold exactly these; its id, and how many it holds."""
    segment, refused = desk.audience.fill_segment(segment_of(vote, kind), addresses)
    return segment, len(addresses) - len(refused)


def bring_out(
    desk: Desk, vote: Vote, kind: str, words: Words, filled: Callable[[], tuple[int, int]]
) -> int:
    """Bring a letter to its end.

    Args:
        filled: makes the letter's segment ready, if it is to be sent; its id, and for how many.
    """
    name, votes = vote.election.name, desk.ledger.votes
    mailing = votes.start_mailing(name, kind, desk.now())
    if mailing.sent:
        return mailing.people
    since = (mailing.started.astimezone(UTC) - timedelta(days=2)).isoformat(timespec="seconds")
    number = f"mailing {mailing.id}"
    letter = dispatch.find(desk, f"{name} {kind}", number, since, mailing.campaign_id)
    people, unsent = mailing.people, ""
    if letter.stopped:  # whom it had reached by then, only Mailchimp's own page can say
        people = 0
    elif not letter.is_out:
        segment, people = filled()
        if people:
            begun = partial(votes.set_campaign, mailing.id, people=people)
            unsent = dispatch.send(desk, letter, words, segment, begun)
            people = 0 if unsent else people
    ended: LetterSent | LetterStopped = LetterSent(letter=kind, people=people)
    if letter.stopped:
        ended = LetterStopped(letter=kind, campaign=letter.stopped)
    votes.end_mailing(name, mailing.id, Act(CLERK, desk.now(), ended), people)
    if unsent:
        desk.campaigns.delete(unsent)
    return people


def clear(desk: Desk, vote: Vote) -> None:
    """After the close: empty the ballot letters' segments, and take the codes off the list."""

    def codes_off(mailing: Mailing) -> CodesCleared:
        votes = desk.ledger.votes
        # Counted before the first is taken off: a job that dies leaves the next one the number.
        refused = desk.ballot_field.clear(partial(votes.expect, mailing.id))
        held = votes.mailings(vote.election.name)[CLEAN_UP].people
        return CodesCleared(contacts=held - refused, refused=refused)

    _clear(desk, vote, CLEAN_UP, codes_off)


def clear_announcement(desk: Desk, vote: Vote) -> None:
    """After the announcement: empty its segments."""
    _clear(desk, vote, ANNOUNCEMENT_CLEAN_UP, lambda _: AnnouncementCleared())


def _clear(desk: Desk, vote: Vote, clean_up: str, first: Callable[[Mailing], Written]) -> None:
    """Once; a letter that is still on its way keeps its segment until it is out."""
    name, votes = vote.election.name, desk.ledger.votes
    mailing = votes.start_mailing(name, clean_up, desk.now())
    if mailing.sent:
        return
    announces = clean_up == ANNOUNCEMENT_CLEAN_UP
    letters = [
        one
        for kind, one in votes.mailings(name).items()
        if one.campaign_id and is_announcement(kind) == announces
    ]
    campaigns = [desk.campaigns.get(one.campaign_id or "") for one in letters]
    if any(campaign and campaign.state in UNDER_WAY for campaign in campaigns):
        return
    cleared = first(mailing)
    for letter in letters:
        desk.audience.fill_segment(segment_of(vote, letter.kind), [])
    votes.end_mailing(name, mailing.id, Act(CLERK, desk.now(), cleared))


def is_cleared(desk: Desk, name: str) -> bool:
    """Whether no code of a vote is on the mailing list any more."""
    held = desk.ledger.votes.mailings(name).get(CLEAN_UP)
    return held is not None and held.sent is not None


def is_announcement(kind: str) -> bool:
    """Whether a letter tells the result, and carries no ballot."""
    return kind.partition(" ")[0] == ANNOUNCEMENT


def segment_of(vote: Vote, kind: str) -> str:
    """A segment for each letter: one is never refilled while its campaign is on its way."""
    return f"clerk: vote {vote.election.name} {kind}"


def _codes(desk: Desk, vote: Vote, addresses: Mapping[PersonId, Email]) -> dict[Email, Code | None]:
    name = vote.election.name
    _, codes = codes_of(desk.ledger.votes.roll(name), vote.secret, name)
    return {address: codes[person] for person, address in addresses.items() if person in codes}
