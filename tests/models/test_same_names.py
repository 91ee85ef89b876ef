"""One name, however a keyboard wrote it: no second person of a household, and the same id."""

import pytest

from models.intake.people import PersonId
from models.membership.identity import Claim, Directory
from models.privacy import Name
from tests.models.test_identity import HERE, HOME, WORK, known, row


@pytest.mark.parametrize(
    "written", ["Bea O’Dowd", "O'Dowd, Bea", "BEA  O`DOWD", "O’Dowd,Bea", "Bea O’Dowd (she/her)"]
)
def test_what_only_a_keyboard_chooses_tells_nobody_apart(written: str) -> None:
    """A curly apostrophe, or the last name first, is no second person and no question."""
    directory = Directory(
        [row("Bea O'Dowd", HOME), row("Ann Alder", HOME), row(written, WORK, HOME)]
    )
    who = directory.who(HOME, Name.parse(written), HERE)
    assert who == directory.who(WORK, None, HERE)
    assert len(directory.review) == 1  # of the household, as before
    (bea,) = [p for p in known(directory).people.values() if WORK in p.addresses]
    assert HOME in bea.addresses


def test_whoever_the_ledger_knows_by_a_curly_name_keeps_the_id() -> None:
    """Ledgers of before hold the name in small letters, and nothing else done to it."""
    rows = [row("Ann Alder", HOME), row("Bea O’Dowd", HOME)]
    before: dict[Claim, PersonId] = {
        (HOME, None): PersonId("p-ann"),
        (HOME, Name("ann alder")): PersonId("p-ann"),
        (HOME, Name("bea o’dowd")): PersonId("p-bea"),
    }
    assert {p.id for p in known(Directory(rows), before).people.values()} == {"p-ann", "p-bea"}
