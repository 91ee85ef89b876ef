"""The voters whom no letter of a vote reaches, for a personal call while there is time (DP-4).

Who cannot be mailed, who left the sheets, whose last letter came back. Who they are is asked anew
each time and kept nowhere; an alert has how many.
"""

from collections.abc import Iterable, Mapping

from connectors.ledger import Vote
from flows import unlettered
from flows.delivered import WENT
from flows.desk import Desk
from flows.person import remembered
from flows.reminders import next_reminder
from flows.vote_letters import Reach, letters_of
from models.audience import ContactState
from models.elections import ElectionState
from models.people import Person, PersonId
from models.privacy import Email
from models.votes.letters import WithBallot

LEFT = "is on the roll, and in the sheets no more"
"""Why no letter reaches somebody whom we knew when the roll was frozen."""
BOUNCED = "can be mailed, and the last letter came back"
_GONE = (ContactState.UNSUBSCRIBED, ContactState.CLEANED)


def to_call(desk: Desk, vote: Vote, reached: Reach) -> dict[PersonId, str]:
    """The voters whom no letter of a vote reached or will reach, and why (DP-4).

    Whoever can be mailed again gets the next reminder, with their code; after the last one there
    is none, and who has no code on the list by then was never written to.
    """
    name = vote.election.name
    roll = desk.ledger.votes.roll(name)
    voters = [v.person for v in roll if v.on_roll]
    found = unlettered.of(desk, name, roll)
    found |= {p: reached.unreachable[p].value for p in voters if p in reached.unreachable}
    found |= {p: LEFT for p in voters if p not in reached.roll.entries}
    if vote.state is ElectionState.OPEN:
        back = bounced(desk, vote, reached).intersection(voters)
        found |= dict.fromkeys(back - found.keys(), BOUNCED)
    if vote.state is ElectionState.OPEN and next_reminder(desk, vote) is None:
        held = desk.ballot_field.holders()
        late = [p for p in voters if p in reached.mailboxes and reached.mailboxes[p] not in held]
        found = dict.fromkeys(late, "can be mailed only since the last reminder") | found
    return found


def bounced(desk: Desk, vote: Vote, reached: Reach) -> set[PersonId]:
    """Those whose last letter with a ballot came back; whoever got a later one needs no call."""
    last: dict[Email, bool] = {}
    for letter, mailing in letters_of(desk, vote.name).items():
        if isinstance(letter, WithBallot) and mailing.state in WENT and mailing.campaign_id:
            last |= desk.reports.came_back(mailing.campaign_id)
    return {person for person, address in reached.mailboxes.items() if last.get(address)}


def people_of(desk: Desk, reached: Reach, wanted: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Voters as the sheets name them, or as the ledger remembers them; of some the id is left."""
    here, wanted = reached.roll.entries, list(wanted)
    left = remembered(desk).entries if any(p not in here for p in wanted) else {}
    return {
        p: here[p].person if p in here else left[p].person if p in left else Person(p, None, ())
        for p in wanted
    }


def new_since_the_letters(
    desk: Desk, people: Mapping[PersonId, Person], why: Mapping[PersonId, str]
) -> int:
    """How many of those to call could be mailed when the vote was opened: their letter came back,
    or their code stands on a contact that has left since, or was taken off."""
    left = {address for state in _GONE for address in desk.ballot_field.holders(state)}
    return sum(
        why[person] == BOUNCED or bool(left.intersection(who.addresses))
        for person, who in people.items()
    )
