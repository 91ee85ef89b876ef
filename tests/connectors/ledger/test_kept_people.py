"""What is kept of a person is all that is known of them, and holds no longer than it may."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from connectors.ledger import Gathered, Ledger, kept_people
from models.bylaws.rules import Bylaws
from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.intake.participation import Event
from models.intake.people import Person, PersonId, StatewideSignUp
from models.intake.row_results import RowCounts
from models.membership.dues import Dues, Payment
from models.membership.identity import KnownPeople
from models.membership.voter_roll import Facts
from models.privacy import Email, Name, Phone
from models.text.sentences import Sentence
from tests.models.invented import JPP

ANN, BEN = Email("ann@example.org"), Email("ben@example.org")
DAY, LATER = date(2026, 3, 1), date(2026, 3, 2)
EVENT = Event(place=SourceLocation("Events", "2:2"), day=DAY, name="Tea", kind="forum")
PERSON = Person(
    id=PersonId("p1"),
    name=Name("Ann Alder"),
    addresses=(ANN, BEN),
    mail_addresses=(BEN,),
    asks_at=(ANN,),
    phone=Phone("617-555-0100"),
    district="Ward 1",
    registered=True,
    registered_since=DAY,
    new_since=LATER,
    sign_up=StatewideSignUp(
        place=SourceLocation("Statewide", "2:2"),
        at=DAY,
        moment=datetime(2026, 3, 1, 18, 30, tzinfo=ZoneInfo("America/New_York")),
        address=ANN,
        town="Springfield",
        zip_code="01103",
        wants_email=True,
    ),
)
ASKED = ReviewItem(
    place=SourceLocation("Sign-ins", "C2"),
    weight=Weight.QUESTION,
    reason=Sentence("all {rows} rows wait: {reason}", rows=2, reason="so"),
    next_step="look",
    rule="VM-2",
)
FACTS = Facts(
    bylaws=JPP,
    today=LATER,
    events=[EVENT],
    attended={3: (0,)},
    known=KnownPeople({3: PERSON, 7: Person(PersonId("p2"), None, (ANN,))}, {}, {}),
    attested={3: [DAY]},
    review=[ASKED],
    boxes=[RowCounts("Sign-ins", "sign_ins", rows=4, nobody=1)],
    unsigned=[EVENT],
    dues=Dues.of([Payment(address=one, paid=DAY, through=LATER) for one in (ANN, ANN, BEN)]),
)


def _asked_of(person: Person) -> Iterable[ReviewItem]:
    return [ASKED] if person is PERSON else []


def _kept(ledger: Ledger, facts: Facts = FACTS, changes: date = date.max) -> Any:
    found = Gathered(facts, "so", changes, _asked_of, {"Sign-ins": "https://example.org/1"})
    with ledger._database.writing() as db:
        kept_people.save(db, ledger.key, found)
    return ledger.people.everybody("so", facts.bylaws, LATER)


def test_all_that_is_known_of_people_is_kept(ledger: Ledger) -> None:
    defaults = Person(PersonId(""), None, ())
    for field in fields(Person):
        assert getattr(PERSON, field.name) != getattr(defaults, field.name), "say it here too"
    for field in fields(Facts):
        assert field.name == "_numbers" or getattr(FACTS, field.name), "say it here too"
    found = _kept(ledger)
    assert found.facts == FACTS
    assert found.waiting == {PERSON.id: [ASKED]}
    assert found.homes == {"Sign-ins": "https://example.org/1"}


def test_an_address_of_two_people_finds_both_and_an_id_one(ledger: Ledger) -> None:
    _kept(ledger)

    def ids(wanted: str, bylaws: Bylaws = JPP) -> list[str]:
        found = ledger.people.about(wanted, "so", bylaws, LATER)
        assert found
        return [one.id for one in found.facts.known.people.values()]

    assert ids(" ANN@example.org ") == ["p1", "p2"]
    assert ids("ben@example.org") == ids("P1") == ids("alder") == ["p1"]
    assert ids("nobody") == []
    assert ids("\udcff") == []  # a byte at a terminal that is no text


def test_it_holds_until_the_first_day_on_which_it_may_be_otherwise(ledger: Ledger) -> None:
    _kept(ledger, changes=LATER)
    assert ledger.people.everybody("so", JPP, DAY)
    assert ledger.people.everybody("so", JPP, LATER) is None
    assert ledger.people.everybody("otherwise", JPP, DAY) is None
    assert ledger.people.review("so", DAY) == [ASKED]
    assert ledger.people.review("so", LATER) is None


def test_what_changes_sources_or_people_drops_it_and_what_is_about_mail_does_not(
    ledger: Ledger,
) -> None:
    _kept(ledger)
    ledger.set_note("anything", "else")
    ledger.save_contacts([], watermark="2026-03-01T00:00:00+00:00", replace=True)
    assert ledger.people.everybody("so", JPP, LATER)
    with ledger._database.writing():
        pass
    assert ledger.people.everybody("so", JPP, LATER) is None


def test_without_dues_none_are_known(ledger: Ledger) -> None:
    assert _kept(ledger, replace(FACTS, dues=None)).facts.dues is None
