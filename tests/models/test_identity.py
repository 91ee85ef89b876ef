"""A sign-in → a person: exact, alias, ambiguous (asks), unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.intake.locations import ReviewItem, SourceLocation
from models.intake.participation import ExceptionKind, RecordedException
from models.intake.people import PersonId, Registration
from models.membership.identity import Ask, Claim, Directory, KnownPeople
from models.membership.ids import mint
from models.privacy import Email, Name
from tests.models.invented import (
    KEY,
    day,
    entries,
    entry,
    gathered,
    held,
    registered,
    said,
    signed_in,
)

HOME, ANN, WORK, BEN = (
    Email.parse(f"{local}@example.org") for local in ("home", "ann", "ann.work", "ben")
)
HERE = SourceLocation("Sign-ins", "2:2")


def row(
    name: str, *addresses: Email, at: str = "", number: int = 2, wants_email: bool = False
) -> Registration:
    """One registration."""
    return Registration(
        place=SourceLocation("Registrations", f"{number}:{number}"),
        at=day(at) if at else None,
        name=Name.parse(name),
        addresses=addresses,
        wants_email=wants_email,
    )


def same(one: Email, other: Email) -> RecordedException:
    """A recorded decision that two addresses are one person's."""
    return RecordedException(
        place=SourceLocation("Exceptions", "2:2"),
        decided=day("2026-01-15"),
        decided_by=Name.parse("Sam Secretary"),
        reason="she said so",
        kind=ExceptionKind.SAME_PERSON,
        address=one,
        other_address=other,
    )


def known(directory: Directory, ids: dict[Claim, PersonId] | None = None) -> KnownPeople:
    """Everybody with an id, given what the ledger remembers."""
    return directory.people(ids or {}, KEY)


def id_of(found: KnownPeople, name: str) -> PersonId:
    """The id of the one person of a name."""
    (person,) = (p for p in found.people.values() if p.name == Name.parse(name))
    return person.id


def reasons(items: list[ReviewItem]) -> str:
    """All that is asked, as text."""
    return "\n".join(f"{item.place} {item.reason}" for item in items)


# ── exact, unknown, nameless ──


def test_a_registered_address_is_that_person() -> None:
    people = Directory([row("Ann Alder", ANN), row("Ben Birch", BEN)])
    assert people.who(BEN, None, HERE) == 1
    assert people.who(ANN, Name.parse("Ann Alder"), HERE) == 0


def test_an_unknown_address_is_a_person_of_its_own_and_stays_one() -> None:
    people = Directory([row("Ann Alder", ANN)])
    newcomer = people.who(BEN, None, HERE)
    assert newcomer == 1
    assert people.who(BEN, Name.parse("Ben Birch"), HERE) == newcomer
    assert known(people).people[1].name == Name.parse("Ben Birch")


@pytest.mark.parametrize(
    ("registered_as", "says"),
    [
        ([], "no one is registered under this name"),
        (["Ann Alder"], "one person is registered under this name"),
        (["Ann Alder", "ann  ALDER"], "2 people are registered under this name"),
    ],
)
def test_a_name_without_an_address_is_never_matched(registered_as: list[str], says: str) -> None:
    addresses = (ANN, BEN)
    people = Directory([row(n, a) for n, a in zip(registered_as, addresses, strict=False)])
    asked = people.who(None, Name.parse("Ann Alder"), HERE)
    assert isinstance(asked, Ask)
    assert says in asked.reason
    assert "the program never matches by name only" in asked.next_step


def test_a_row_without_address_and_name_is_asked_about() -> None:
    asked = Directory().who(None, None, HERE)
    assert isinstance(asked, Ask)
    assert asked.reason == "this row has neither an address nor a name"


def test_a_tag_belongs_to_the_address_and_its_likeness_is_asked_about() -> None:
    people = Directory([row("Ann Alder", ANN)])
    tagged = people.who(Email.parse("ann+jpp@example.org"), None, HERE)
    assert tagged != people.who(ANN, None, HERE)
    (item,) = people.strangers()
    assert (item.place, item.reason) == (
        HERE,
        "without its +tag, this is another person's address; kept as two people",
    )


def test_a_tagged_address_that_was_registered_or_decided_is_not_asked_about() -> None:
    tagged = Email.parse("ann+jpp@example.org")
    assert Directory([row("Ann Alder", ANN, tagged)]).strangers() == []
    decided = Directory([row("Ann Alder", ANN)], [same(ANN, tagged)])
    assert decided.who(tagged, None, HERE) == decided.who(ANN, None, HERE)
    assert decided.strangers() == []
    alone = Directory()
    alone.who(tagged, None, HERE)
    assert alone.strangers() == []


# ── several addresses of one person ──


def test_two_addresses_in_one_registration_are_one_person() -> None:
    people = Directory([row("Ann Alder", ANN, WORK)])
    assert people.who(ANN, None, HERE) == people.who(WORK, None, HERE) == 0


def test_a_second_registration_of_the_name_with_an_old_address_joins_the_new_one() -> None:
    people = Directory([row("Ann Alder", ANN, at="2025-01-01"), row("ann alder", WORK, ANN)])
    assert people.who(WORK, None, HERE) == people.who(ANN, None, HERE)
    assert len(known(people).people) == 1


def test_a_third_registration_may_show_two_people_to_be_one() -> None:
    people = Directory(
        [
            row("Ann Alder", ANN, at="2025-01-01"),
            row("Ann Alder", WORK, at="2025-02-01"),
            row("Ann Alder", ANN, WORK, at="2025-03-01"),
        ]
    )
    assert people.who(WORK, None, HERE) == people.who(ANN, None, HERE) == 0
    (person,) = known(people).people.values()
    assert person.addresses == (ANN, WORK)


def test_a_recorded_decision_joins_two_registered_people_of_different_names() -> None:
    rows = [row("Ann Alder", ANN), row("A. Miller", WORK)]
    assert len(known(Directory(rows)).people) == 2
    joined = Directory(rows, [same(ANN, WORK)])
    assert len(known(joined).people) == 1
    assert joined.review == []


def test_decisions_chain() -> None:
    third = Email.parse("ann.old@example.org")
    people = Directory([], [same(ANN, WORK), same(WORK, third)])
    assert people.who(third, None, HERE) == people.who(ANN, None, HERE)


def test_the_newest_registration_says_where_letters_go_and_whether() -> None:
    people = Directory(
        [
            row("Ann Alder", WORK, ANN, at="2025-06-01", wants_email=True),
            row("Ann Alder", ANN, at="2025-01-01", wants_email=False),
        ]
    )
    (person,) = known(people).people.values()
    assert person.mail_addresses == (WORK, ANN)
    assert person.wants_email


def test_a_decision_does_not_choose_where_letters_go() -> None:
    asked = row("Ann Alder", ANN, wants_email=True)
    (person,) = known(Directory([asked], [same(WORK, ANN)])).people.values()
    assert person.mail_addresses == (ANN, WORK)
    assert person.asks_at == (ANN,)


def test_equal_names_without_a_common_address_are_two_people_and_pointed_out() -> None:
    people = Directory([row("Ann Alder", ANN, number=2), row("Ann Alder", BEN, number=3)])
    assert len(known(people).people) == 2
    assert reasons(people.review) == (
        "Registrations!3:3 has the same name as Registrations!2:2 and no address in common; "
        "kept as two people"
    )


# ── a household's shared address ──

HOUSEHOLD = [
    row("Ann Alder", HOME, number=2, at="2025-01-01", wants_email=True),
    row("Ben Alder", HOME, number=3, at="2025-02-01", wants_email=True),
]


def test_two_names_at_one_address_are_two_people_and_pointed_out() -> None:
    people = Directory(HOUSEHOLD)
    assert len(known(people).people) == 2
    assert reasons(people.review) == (
        "Registrations!3:3 shares an address with Registrations!2:2 under another name; "
        "kept as two people"
    )


def test_the_name_tells_which_of_the_household_it_was() -> None:
    people = Directory(HOUSEHOLD)
    assert people.who(HOME, Name.parse("BEN alder"), HERE) == 1
    assert people.who(HOME, Name.parse("Ann Alder"), HERE) == 0


@pytest.mark.parametrize("name", [None, "Alder", "Cy Alder"])
def test_without_a_name_that_tells_it_is_asked(name: str | None) -> None:
    asked = Directory(HOUSEHOLD).who(HOME, Name.parse(name) if name else None, HERE)
    assert isinstance(asked, Ask)
    assert asked.reason.startswith(
        "several registered people share this address, and the name does not"
    )


def test_the_first_registered_gets_the_letters_of_a_shared_address() -> None:
    ann, ben = known(Directory(HOUSEHOLD)).people.values()
    assert (ann.mail_addresses, ben.mail_addresses) == ((HOME,), ())
    assert ann.addresses == ben.addresses == (HOME,)


def test_the_second_gets_them_at_an_address_of_their_own() -> None:
    people = Directory([*HOUSEHOLD, row("Ben Alder", BEN, HOME, at="2025-03-01")])
    _, ben = known(people).people.values()
    assert ben.mail_addresses == (BEN,)


def test_a_decision_about_one_of_the_household_does_not_swallow_the_other() -> None:
    people = Directory(HOUSEHOLD, [same(HOME, WORK)])
    assert len(known(people).people) == 2
    assert people.who(HOME, Name.parse("Ben Alder"), HERE) == 1
    assert people.who(WORK, Name.parse("Ann Alder"), HERE) == 0


def test_somebody_else_signing_in_under_an_address_is_pointed_out() -> None:
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Forum")],
        registrations=[registered("Ann Alder", "home@example.org")],
        sign_ins=[
            signed_in("Forum", "home@example.org", "Ann Alder"),
            signed_in("Forum", "home@example.org", "ann"),
            signed_in("Forum", "home@example.org", "Ben Birch"),
            signed_in("Forum", "home@example.org", "Ben Birch"),
        ],
    )
    assert len(entries(facts, "home@example.org")) == 1
    assert said(facts) == (
        "Sign-ins!4:4 [note] this is not the name we know for this address; counted for the "
        "person we know -> if it is another person in the household, ask them to register; if "
        "not, you do not need to do anything VM-R2"
    )


# ── ids that last ──


def test_an_id_is_kept_by_the_address() -> None:
    first = known(Directory([row("Ann Alder", ANN)]))
    later = known(Directory([row("Ann Miller", WORK, ANN)]), first.claims)
    assert id_of(later, "Ann Miller") == id_of(first, "Ann Alder")


def test_who_signed_in_first_and_registered_later_keeps_the_id() -> None:
    before = Directory()
    before.who(ANN, None, HERE)
    (newcomer,) = (first := known(before)).people.values()
    assert (
        id_of(known(Directory([row("Ann Alder", ANN)]), first.claims), "Ann Alder") == newcomer.id
    )


def test_two_ids_that_turn_out_to_be_one_person_are_merged_into_the_older() -> None:
    first = known(Directory([row("Ann Alder", ANN), row("Ann Alder", WORK, number=3)]))
    older, newer = (person.id for person in first.people.values())
    later = known(
        Directory([row("Ann Alder", ANN), row("Ann Alder", WORK)], [same(ANN, WORK)]), first.claims
    )
    assert [person.id for person in later.people.values()] == [older]
    assert later.merged == {newer: older}


def test_two_people_never_get_one_id_when_a_decision_is_taken_back() -> None:
    rows = [row("Ann Alder", ANN), row("Ben Birch", BEN, number=3)]
    joined = known(Directory(rows, [same(ANN, BEN)]))
    assert len(joined.people) == 1
    for order in (rows, rows[::-1]):
        parted = known(Directory(order), joined.claims)
        assert len({person.id for person in parted.people.values()}) == 2


@pytest.mark.parametrize("sorted_anew", [[0, 1], [1, 0]])
def test_a_household_keeps_its_ids_when_the_tab_is_sorted_anew(sorted_anew: list[int]) -> None:
    together = [row("Ann Alder", HOME, number=2), row("Ben Alder", HOME, number=3)]
    first = known(Directory(together))
    later = known(Directory([together[i] for i in sorted_anew]), first.claims)
    for name in ("Ann Alder", "Ben Alder"):
        assert id_of(later, name) == id_of(first, name)
    assert later.merged == {}
    assert sorted(p.mail_addresses for p in later.people.values()) == [(), (HOME,)]


def test_who_stays_in_a_household_does_not_become_the_one_who_left() -> None:
    first = known(Directory(HOUSEHOLD))
    later = known(Directory(HOUSEHOLD[1:]), first.claims)
    assert id_of(later, "Ben Alder") == id_of(first, "Ben Alder")
    assert later.merged == {}


def test_who_joins_a_household_does_not_take_over_the_id_of_who_was_there() -> None:
    first = known(Directory(HOUSEHOLD[1:]))
    later = known(Directory(HOUSEHOLD), first.claims)
    assert id_of(later, "Ben Alder") == id_of(first, "Ben Alder")
    assert id_of(later, "Ann Alder") != id_of(first, "Ben Alder")


def test_an_id_tells_nothing_without_the_ledgers_key() -> None:
    assert mint((ANN, None), KEY) != mint((ANN, None), b"another")
    assert mint((ANN, None), KEY) != mint((ANN, Name.parse("Ann")), KEY)
    assert str(mint((ANN, None), KEY)).startswith("p-")


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["Ann Alder", "Ben Alder", "Cy Cole"]),
        st.lists(st.sampled_from([HOME, ANN, WORK, BEN]), min_size=1, max_size=3, unique=True),
        st.sampled_from(["", "2025-01-01", "2025-02-01"]),
    ),
    max_size=6,
)
DECISIONS = st.lists(st.tuples(*[st.sampled_from([HOME, ANN, WORK, BEN])] * 2), max_size=2)


@given(PEOPLE, DECISIONS, PEOPLE, DECISIONS)
def test_every_person_has_an_id_of_their_own_night_after_night(
    before: list[tuple[str, list[Email], str]],
    decided: list[tuple[Email, Email]],
    after: list[tuple[str, list[Email], str]],
    decided_later: list[tuple[Email, Email]],
) -> None:
    claims: dict[Claim, PersonId] = {}
    for registrations, decisions in ((before, decided), (after, decided_later), (after, [])):
        people = Directory(
            [row(name, *addresses, at=at) for name, addresses, at in registrations],
            [same(one, other) for one, other in decisions],
        )
        for address in (HOME, ANN, WORK, BEN):
            people.who(address, None, HERE)
        found = known(people, claims)
        ids = [person.id for person in found.people.values()]
        assert len(ids) == len(set(ids))
        assert not set(found.merged) & set(ids)
        assert set(found.merged.values()) <= set(ids)
        mailboxes = [a for person in found.people.values() for a in person.mail_addresses]
        assert len(mailboxes) == len(set(mailboxes))
        claims = {**claims, **found.claims}
        again = known(people, claims)
        assert [person.id for person in again.people.values()] == ids


def test_people_on_the_roll_are_those_registered_and_those_who_came() -> None:
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Forum")],
        registrations=[registered("Ann Alder", "ann@example.org")],
        sign_ins=[signed_in("Forum", "ben@example.org", "Ben Birch")],
    )
    assert entry(facts, "ann@example.org").person.registered
    assert not entry(facts, "ben@example.org").person.registered
