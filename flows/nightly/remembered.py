"""People whom the sheets may not name any more."""

from flows.context import ChapterContext
from models.intake.people import Person, PersonId
from models.membership.ids import mint
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import determine_status


def remembered(context: ChapterContext) -> VoterRoll:
    """Those whom the ledger remembers or the mailing list knows, whatever the sheets say today."""
    claims = dict(context.ledger.ids())
    told = {address for address, _ in claims}
    contacts, _ = context.ledger.audience()
    claims |= {
        (address, None): mint((address, None), context.ledger.key)
        for address in contacts
        if address not in told
    }
    people: dict[PersonId, Person] = {}
    for (address, name), id_ in claims.items():
        known = people.get(id_, Person(id_, None, ()))
        addresses = tuple(dict.fromkeys((*known.addresses, address)))
        people[id_] = Person(id_, known.name or name, addresses)
    verdict = determine_status((), context.bylaws, context.today)
    return VoterRoll(context.today, {id_: Entry(person, verdict) for id_, person in people.items()})
