"""People whom the sheets may not name any more."""

from collections.abc import Iterator

from flows.context import ChapterContext
from models.intake.people import Person, PersonId
from models.intake.rows import Rows
from models.intake.year_columns import YEAR_COLUMNS
from models.membership.erasure import names
from models.membership.ids import mint
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import determine_status
from models.privacy import Email


def remembered(context: ChapterContext) -> VoterRoll:
    """Those whom the ledger remembers or the mailing list knows, whatever the sheets say today.

    Also whom a tab or form names that tells nobody apart, such as a volunteer profile.
    """
    claims = dict(context.ledger.ids())
    told = {address for address, _ in claims}
    contacts, _ = context.ledger.audience()
    claims |= {
        (address, None): mint((address, None), context.ledger.key)
        for address in (*contacts, *_named_in_tabs(context))
        if address not in told
    }
    people: dict[PersonId, Person] = {}
    for (address, name), id_ in claims.items():
        known = people.get(id_, Person(id_, None, ()))
        addresses = tuple(dict.fromkeys((*known.addresses, address)))
        people[id_] = Person(id_, known.name or name, addresses)
    verdict = determine_status((), context.bylaws, context.today)
    return VoterRoll(context.today, {id_: Entry(person, verdict) for id_, person in people.items()})


def _named_in_tabs(context: ChapterContext) -> Iterator[Email]:
    for snapshot in context.ledger.snapshots().values():
        for table in (one for one in snapshot.tables if one.kind in YEAR_COLUMNS):
            for row in Rows(table, table.sheet_zone):
                yield from (one for one in names(row) if isinstance(one, Email))
