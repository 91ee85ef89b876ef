"""People whom the sheets may not name any more."""

from flows.context import Desk
from models.intake.people import Person, PersonId
from models.membership.ids import mint
from models.membership.voter_roll import Entry, Roll
from models.membership.voting_status import standing


def remembered(desk: Desk) -> Roll:
    """Those whom the ledger remembers or the mailing list knows, whatever the sheets say today."""
    claims = dict(desk.ledger.ids())
    told = {address for address, _ in claims}
    contacts, _ = desk.ledger.audience()
    claims |= {
        (address, None): mint((address, None), desk.ledger.key)
        for address in contacts
        if address not in told
    }
    people: dict[PersonId, Person] = {}
    for (address, name), id_ in claims.items():
        known = people.get(id_, Person(id_, None, ()))
        addresses = tuple(dict.fromkeys((*known.addresses, address)))
        people[id_] = Person(id_, known.name or name, addresses)
    verdict = standing((), desk.bylaws, desk.today)
    return Roll(desk.today, {id_: Entry(person, verdict) for id_, person in people.items()})
