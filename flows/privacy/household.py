"""People who share an address. What names one of them is not told to another, nor erased unasked.

Two registrations that share an address under different names are two people (decision 3). Where the
address alone names somebody, the name beside it says which of them is meant.
"""

from collections.abc import Callable, Collection

from flows.context import ChapterContext
from flows.nightly.people import facts_on_record
from models.errors import Refused
from models.intake.people import Person
from models.intake.rows import Row
from models.membership.erasure import names
from models.text.formats import amount


def sharing(context: ChapterContext, person: Person) -> list[Person]:
    """Who else has one of a person's addresses."""
    mine = set(person.addresses)
    known = facts_on_record(context).known.people.values()
    return [one for one in known if one.id != person.id and mine.intersection(one.addresses)]


def is_anothers(person: Person, others: Collection[Person]) -> Callable[[Row], bool]:
    """Says whether a row with a shared address names one of the others, and not the person."""
    shared = {address for one in others for address in one.addresses}
    own = set(person.addresses) - shared  # by these nobody else is meant, whatever name is beside
    named = {one.name.folded() for one in others if one.name}
    named -= {person.name.folded()} if person.name else set()

    def says(row: Row) -> bool:
        name = row.if_readable(row.name, "name") if named and own.isdisjoint(names(row)) else None
        return name is not None and name.folded() in named

    return says


def refuse_unasked(others: Collection[Person]) -> None:
    """Erasing an address erases it for all who have it.

    Raises:
        Refused: somebody else has it too.
    """
    if others:
        raise Refused(
            f"{amount(len(others), 'other person has', 'other people have')} one of the addresses: "
            "the contact on the mailing list, and every row with that address, would be erased for "
            "them too",
            rule="DP-6",
            next_step="correct the address of one of them in the chapter's sheets, run `clerk "
            "sync`, and erase then; or, if everybody agrees, add --others-too",
        )
