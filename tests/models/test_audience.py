"""What the mailing list should say, and whom it cannot reach: DP-4 exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.intake.participation import Event
from models.intake.people import Person, PersonId
from models.mail.audience import (
    Contact,
    ContactState,
    FieldNames,
    Unreachable,
    Wanted,
    desired,
    leftovers,
)
from models.mail.plans import ChangeKind, changes_between
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import determine_status
from models.privacy import Email, Name
from tests.models.invented import JPP, day, event, helped

ON = "2025-12-01"
MARKS = FieldNames()
ANN, WORK, BEN, HOME = (
    Email.parse(f"{local}@example.org") for local in ("ann", "ann.work", "ben", "home")
)
VOTES = (helped("2025-10-18"),)
ONE_AWAY = event("2025-10-14"), event("2025-11-11")
STATES = list(ContactState)


def person(*addresses: Email, wants_email: bool = False, number: int = 1) -> Person:
    """A person with addresses of their own."""
    return Person(
        PersonId(f"p-{number}"),
        Name.parse("Ann Alder"),
        addresses,
        addresses,
        addresses if wants_email else (),
    )


def roll(*people: tuple[Person, tuple[Event, ...]]) -> VoterRoll:
    """A roll of people, each with what they attended."""
    return VoterRoll(
        day(ON),
        {p.id: Entry(p, determine_status(attended, JPP, day(ON))) for p, attended in people},
    )


def audience(*contacts: Contact) -> dict[Email, Contact]:
    """The list as it is."""
    return {contact.address: contact for contact in contacts}


def contact(
    address: Email, state: ContactState = ContactState.SUBSCRIBED, *tags: str, **fields: str
) -> Contact:
    """One contact with what is ours on it."""
    return Contact(address, state, tuple(sorted(fields.items())), frozenset(tags))


def one(wanted: Wanted) -> Unreachable:
    """The reason why the only person cannot be mailed."""
    assert wanted.contacts == {}
    ((_, why),) = wanted.unreachable.items()
    return why


# ── consent ──


@pytest.mark.parametrize("attended", [(), VOTES])
def test_nobody_is_subscribed_who_did_not_ask(attended: tuple[Event, ...]) -> None:
    wanted = desired(roll((person(ANN), attended)), {}, MARKS)
    assert one(wanted) is Unreachable.NEVER_ASKED


def test_who_asked_is_subscribed_at_their_first_address() -> None:
    wanted = desired(roll((person(ANN, WORK, wants_email=True), ())), {}, MARKS)
    assert [(want.address, want.new) for want in wanted.contacts.values()] == [(ANN, True)]


def test_nobody_is_subscribed_at_an_address_they_did_not_type_when_they_asked() -> None:
    asked = Person(PersonId("p-1"), None, (WORK, ANN), (WORK, ANN), asks_at=(ANN,))
    assert list(desired(roll((asked, ())), {}, MARKS).contacts) == [ANN]
    dead = audience(contact(ANN, ContactState.CLEANED))
    assert one(desired(roll((asked, ())), dead, MARKS)) is Unreachable.BOUNCED


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (ContactState.UNSUBSCRIBED, Unreachable.UNSUBSCRIBED),
        (ContactState.CLEANED, Unreachable.BOUNCED),
        (ContactState.ARCHIVED, Unreachable.ARCHIVED),
        (ContactState.PENDING, Unreachable.UNCONFIRMED),
        (ContactState.TRANSACTIONAL, Unreachable.RECEIPTS),
    ],
)
@pytest.mark.parametrize("asked", [True, False])
def test_who_left_the_list_is_never_subscribed_again(
    state: ContactState, why: Unreachable, asked: bool
) -> None:
    actual = audience(contact(ANN, state))
    wanted = desired(roll((person(ANN, wants_email=asked), VOTES)), actual, MARKS)
    assert one(wanted) is why
    assert changes_between(wanted, actual, MARKS) == ()


@pytest.mark.parametrize("state", [s for s in STATES if s not in ("subscribed", "cleaned")])
def test_who_left_under_one_address_is_not_subscribed_under_another(state: ContactState) -> None:
    actual = audience(contact(ANN, state))
    wanted = desired(roll((person(WORK, ANN, wants_email=True), VOTES)), actual, MARKS)
    assert one(wanted) is not None


def test_who_asked_at_a_new_address_is_not_held_back_by_a_dead_one() -> None:
    actual = audience(contact(ANN, ContactState.CLEANED))
    wanted = desired(roll((person(WORK, ANN, wants_email=True), VOTES)), actual, MARKS)
    assert list(wanted.contacts) == [WORK]


def test_who_did_not_ask_is_not_moved_from_a_dead_address_to_a_new_one() -> None:
    actual = audience(contact(ANN, ContactState.CLEANED))
    assert one(desired(roll((person(WORK, ANN), VOTES)), actual, MARKS)) is Unreachable.BOUNCED


@pytest.mark.parametrize("other", [s for s in STATES if s is not ContactState.SUBSCRIBED])
def test_the_subscribed_one_of_two_addresses_gets_the_letters(other: ContactState) -> None:
    actual = audience(contact(ANN, other), contact(WORK))
    wanted = desired(roll((person(ANN, WORK), VOTES)), actual, MARKS)
    assert [(w.address, w.new) for w in wanted.contacts.values()] == [(WORK, False)]


def test_of_two_subscribed_addresses_the_better_one_gets_them_and_the_other_nothing() -> None:
    actual = audience(contact(ANN), contact(WORK, ContactState.SUBSCRIBED, MARKS.voting_tag))
    wanted = desired(roll((person(ANN, WORK), VOTES)), actual, MARKS)
    assert list(wanted.contacts) == [ANN]
    changes = changes_between(wanted, actual, MARKS)
    assert [(c.kind, c.address) for c in changes if c.tag] == [
        (ChangeKind.ADD_TAG, ANN),
        (ChangeKind.REMOVE_TAG, WORK),
    ]


def test_a_voting_member_who_cannot_be_mailed_is_listed_for_a_call() -> None:
    ann, ben = person(ANN), person(BEN, number=2)
    the_roll = roll((ann, VOTES), (ben, ()))
    wanted = desired(the_roll, {}, MARKS)
    assert [(e.person.id, why) for e, why in wanted.to_call(the_roll)] == [
        (ann.id, Unreachable.NEVER_ASKED)
    ]


def test_who_shares_an_address_and_has_no_other_is_called() -> None:
    first = person(HOME, wants_email=True)
    second = Person(PersonId("p-2"), Name.parse("Ben Alder"), (HOME,), (), asks_at=(HOME,))
    the_roll = roll((first, ()), (second, VOTES))
    wanted = desired(the_roll, {}, MARKS)
    assert wanted.contacts[HOME].person == first.id
    assert wanted.contacts[HOME].tags == frozenset()
    assert [why for _, why in wanted.to_call(the_roll)] == [Unreachable.SHARED]


# ── what a contact carries ──


def test_a_voting_member_carries_status_events_end_and_tag() -> None:
    wanted = desired(roll((person(ANN), VOTES)), audience(contact(ANN)), MARKS)
    assert dict(wanted.contacts[ANN].fields) == {
        "CLSTATUS": "Voting member",
        "CLEVENTS": "1",
        "CLUNTIL": "2026-10-18",
    }
    assert wanted.contacts[ANN].tags == {MARKS.voting_tag}


def test_who_is_one_event_away_carries_that_and_the_other_tag() -> None:
    wanted = desired(roll((person(ANN), ONE_AWAY)), audience(contact(ANN)), MARKS)
    assert dict(wanted.contacts[ANN].fields)["CLSTATUS"] == "One event away"
    assert wanted.contacts[ANN].tags == {MARKS.one_away_tag}


def test_who_is_neither_carries_no_tag_and_no_end() -> None:
    wanted = desired(roll((person(ANN), ())), audience(contact(ANN)), MARKS)
    assert dict(wanted.contacts[ANN].fields) == {"CLSTATUS": "Not yet", "CLEVENTS": "0"}
    assert wanted.contacts[ANN].tags == frozenset()


def test_a_merge_tag_has_at_most_ten_letters() -> None:
    assert all(len(tag) <= 10 for tag in MARKS.fields)
    with pytest.raises(ValidationError):
        FieldNames(status="ELEVENCHARS")


# ── what is taken back ──


def test_a_contact_nobody_stands_behind_any_more_loses_our_marks() -> None:
    stale = contact(ANN, ContactState.SUBSCRIBED, MARKS.voting_tag, CLSTATUS="Voting member")
    assert leftovers([stale, contact(BEN)], {}) == [stale]
    changes = changes_between(desired(roll(), audience(stale), MARKS), audience(stale), MARKS)
    assert [(c.kind, c.fields, c.tag) for c in changes] == [
        (ChangeKind.SET_FIELDS, (("CLSTATUS", ""),), ""),
        (ChangeKind.REMOVE_TAG, (), MARKS.voting_tag),
    ]


@pytest.mark.parametrize("state", [s for s in STATES if s is not ContactState.SUBSCRIBED])
def test_a_contact_that_is_not_subscribed_is_never_touched(state: ContactState) -> None:
    gone = contact(ANN, state, MARKS.voting_tag, CLSTATUS="Voting member")
    for people in ((), ((person(ANN, wants_email=True), ()),)):
        wanted = desired(roll(*people), audience(gone), MARKS)
        assert changes_between(wanted, audience(gone), MARKS) == ()


@given(
    st.dictionaries(st.sampled_from([ANN, WORK, BEN, HOME]), st.sampled_from(STATES)),
    st.lists(
        st.tuples(
            st.lists(st.sampled_from([ANN, WORK, BEN, HOME]), unique=True, max_size=3),
            st.booleans(),
            st.sampled_from([(), VOTES, ONE_AWAY]),
        ),
        max_size=4,
    ),
)
def test_every_person_is_reached_or_told_why_not_and_no_dead_contact_moves(
    states: dict[Email, ContactState],
    people: list[tuple[list[Email], bool, tuple[Event, ...]]],
) -> None:
    taken: set[Email] = set()
    crowd = []
    for number, (addresses, wants, attended) in enumerate(people):
        mine = tuple(a for a in addresses if a not in taken)
        taken.update(mine)
        someone = Person(
            PersonId(f"p-{number}"), None, tuple(addresses), mine, mine[-1:] if wants else ()
        )
        crowd.append((someone, attended))
    the_roll = roll(*crowd)
    actual = audience(*(contact(address, state) for address, state in states.items()))
    wanted = desired(the_roll, actual, MARKS)
    reached = {want.person for want in wanted.contacts.values()}
    assert reached.isdisjoint(wanted.unreachable)
    assert reached | set(wanted.unreachable) == set(the_roll.entries)
    for change in changes_between(wanted, actual, MARKS):
        if change.address in actual:
            assert actual[change.address].state is ContactState.SUBSCRIBED
        else:
            person = the_roll.entries[wanted.contacts[change.address].person].person
            assert change.address in person.asks_at
    to_call = {entry.person.id for entry, _ in wanted.to_call(the_roll)}
    assert to_call == {e.person.id for e in the_roll.voting()} - reached


@pytest.mark.parametrize(
    ("tag", "ours"),
    [
        ("clerk: Voting Member", "clerk: voting member"),
        ("CLERK: offers Canvass", "clerk: offers canvass"),
        ("clerk: offers", ""),
        ("clerk: voting member?", ""),
        ("clerk: action canvass", ""),
        ("canvass", ""),
    ],
)
def test_a_tag_is_ours_by_its_name_or_by_how_that_of_an_offer_begins(tag: str, ours: str) -> None:
    """ST-2: the segment of a call to action is none."""
    assert MARKS.ours(tag) == ours
    assert MARKS.of_offer("Canvass") == MARKS.ours("clerk: offers Canvass")


def test_offers_are_tags_beside_that_of_a_status_and_of_whom_the_list_has() -> None:
    someone = person(ANN)
    offers = {someone.id: ("Canvass", "phone bank"), PersonId("p-9"): ("Canvass",)}
    held = audience(contact(ANN))
    found = desired(roll((someone, VOTES)), held, MARKS, offers=offers)
    (one,) = found.contacts.values()
    assert one.tags == {MARKS.voting_tag, "clerk: offers canvass", "clerk: offers phone bank"}
