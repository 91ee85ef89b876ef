"""The voters whom no letter of a vote reaches, for a personal call while there is time (DP-4).

Who cannot be mailed, who left the sheets, whose last letter came back or left them out. Who they
are is asked anew each time and kept nowhere; an alert has how many.
"""

from collections.abc import Iterable, Mapping

from flows.context import ChapterContext
from flows.mail import unlettered
from flows.mail.delivered import WENT, is_late
from flows.nightly.remembered import remembered
from flows.votes.emails.reminders import next_reminder
from flows.votes.sending import Reach, letters_of, segment_of
from models.intake.people import Person, PersonId
from models.mail.audience import ContactState, why_said
from models.privacy import Email
from models.text.sentences import Sentence
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.notices import WithBallot

LEFT = Sentence("is on the voter roll but no longer in the sheets")
"""Why no letter reaches somebody whom we knew when the roll was frozen."""
BOUNCED = Sentence("can be emailed, but the last email bounced")
LEFT_OUT = Sentence("can be emailed, but Mailchimp left them out of the last email")
_GONE = (ContactState.UNSUBSCRIBED, ContactState.CLEANED)


def to_call(context: ChapterContext, vote: ElectionRecord, reached: Reach) -> dict[PersonId, str]:
    """The voters whom no letter of a vote reached or will reach, and why (DP-4).

    Whoever can be mailed again gets the next reminder, with their code; after the last one there
    is none, and who has no code on the list by then was never written to.
    """
    name = vote.election.name
    roll = context.ledger.votes.roll(name)
    voters = [v.person for v in roll if v.on_roll]
    found = unlettered.of(context.ledger, name, roll)
    found |= {p: why_said(reached.unreachable[p].value) for p in voters if p in reached.unreachable}
    found |= {p: LEFT for p in voters if p not in reached.roll.entries}
    if vote.state is ElectionState.OPEN:
        found = unreached(context, vote, reached, voters) | found
    if vote.state is ElectionState.OPEN and next_reminder(context, vote) is None:
        held = context.codes_field(vote.election.electorate).holders()
        late = [p for p in voters if p in reached.mailboxes and reached.mailboxes[p] not in held]
        found = dict.fromkeys(late, Sentence("can be emailed only since the last reminder")) | found
    return found


def unreached(
    context: ChapterContext, vote: ElectionRecord, reached: Reach, voters: Iterable[PersonId]
) -> dict[PersonId, str]:
    """The voters whose last email with a ballot link did not arrive.

    It came back, or they were in its segment and are not among its readers. Someone who got a later
    one needs no call.
    """
    last: dict[Email, str] = {}
    for letter, mailing in letters_of(context.ledger, vote.name).items():
        if isinstance(letter, WithBallot) and mailing.state in WENT and mailing.campaign_id:
            readers = context.reports.came_back(mailing.campaign_id)
            last |= {address: BOUNCED if back else "" for address, back in readers.items()}
            if 0 < len(readers) != mailing.people and is_late(context.now, mailing):
                meant = context.audience.inside(segment_of(vote, letter))
                last |= dict.fromkeys(meant - readers.keys(), LEFT_OUT)
    boxes = {person: reached.mailboxes.get(person) for person in voters}
    return {person: why for person, box in boxes.items() if box and (why := last.get(box))}


def people_of(
    context: ChapterContext, reached: Reach, wanted: Iterable[PersonId]
) -> dict[PersonId, Person]:
    """Voters as the sheets name them, or as the ledger remembers them; of some the id is left."""
    here, wanted = reached.roll.entries, list(wanted)
    left = remembered(context).entries if any(p not in here for p in wanted) else {}
    return {
        p: here[p].person if p in here else left[p].person if p in left else Person(p, None, ())
        for p in wanted
    }


def new_since_the_letters(
    context: ChapterContext,
    vote: ElectionRecord,
    people: Mapping[PersonId, Person],
    why: Mapping[PersonId, str],
) -> int:
    """How many of those to call could be emailed when the election opened.

    Their email came back or left them out, or their code is on a contact that has left since, or
    was removed.
    """
    field = context.codes_field(vote.election.electorate)
    left = {address for state in _GONE for address in field.holders(state)}
    return sum(
        why[person] in (BOUNCED, LEFT_OUT) or bool(left.intersection(who.addresses))
        for person, who in people.items()
    )
