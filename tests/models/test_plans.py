"""Plans: what changes, what names exactly this plan, and when a person must be asked first."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.intake.people import PersonId
from models.mail.audience import Contact, ContactState, Desired, FieldNames, Wanted
from models.mail.notices import ONE_AWAY, VOTING, Notice
from models.mail.plans import (
    Change,
    ChangeKind,
    Plan,
    SafetyLimits,
    Shrunk,
    UnsafePlan,
    changes_between,
)
from models.membership.status_periods import StatusPeriod
from models.privacy import Email, Name
from tests.models.invented import day

MARKS, LIMITS = FieldNames(), SafetyLimits()
ANN, BEN = Email.parse("ann@example.org"), Email.parse("ben@example.org")
P_ANN, P_BEN = PersonId("p-ann"), PersonId("p-ben")
SPELL = StatusPeriod(day("2025-11-11"), day("2026-09-09"))
TELL_ANN = Notice(P_ANN, VOTING, SPELL)


def people(count: int) -> frozenset[PersonId]:
    """That many invented ids."""
    return frozenset(PersonId(f"p-{n}") for n in range(count))


def want(
    address: Email = ANN, *tags: str, new: bool = False, person: PersonId = P_ANN, **fields: str
) -> Desired:
    """What a contact should carry."""
    return Desired(person, address, tuple(sorted(fields.items())), frozenset(tags), new=new)


def have(address: Email = ANN, *tags: str, **fields: str) -> Contact:
    """What a subscribed contact carries."""
    return Contact(address, ContactState.SUBSCRIBED, tuple(sorted(fields.items())), frozenset(tags))


def changes(wanted: list[Desired], actual: list[Contact]) -> tuple[Change, ...]:
    """From actual to wanted."""
    return changes_between(
        Wanted({w.address: w for w in wanted}, {}), {c.address: c for c in actual}, MARKS
    )


# ── changes ──


def test_a_list_that_is_as_wanted_needs_no_change() -> None:
    as_wanted = [want(ANN, "clerk: voting member", CLSTATUS="Voting member")]
    assert changes(as_wanted, [have(ANN, "clerk: voting member", CLSTATUS="Voting member")]) == ()
    assert Plan().is_empty()


def test_a_new_contact_comes_with_its_fields_and_then_its_tag() -> None:
    found = changes([want(ANN, "clerk: voting member", new=True, CLEVENTS="3")], [])
    assert [(c.kind, c.fields, c.tag) for c in found] == [
        (ChangeKind.ADD_CONTACT, (("CLEVENTS", "3"),), ""),
        (ChangeKind.ADD_TAG, (), "clerk: voting member"),
    ]


def test_a_field_that_is_wanted_no_more_is_erased_with_nothing() -> None:
    (change,) = changes(
        [want(CLSTATUS="Not yet")], [have(CLSTATUS="Voting member", CLUNTIL="2026-09-09")]
    )
    assert dict(change.fields) == {"CLSTATUS": "Not yet", "CLUNTIL": ""}


def test_who_reaches_the_vote_gets_the_new_tag_before_losing_the_old_one() -> None:
    found = changes([want(ANN, "clerk: voting member")], [have(ANN, "clerk: one event away")])
    assert [(c.kind, c.tag) for c in found] == [
        (ChangeKind.ADD_TAG, "clerk: voting member"),
        (ChangeKind.REMOVE_TAG, "clerk: one event away"),
    ]


CONTACTS = st.lists(
    st.builds(
        have,
        st.sampled_from([ANN, BEN]),
        st.sampled_from(MARKS.tags),
        CLSTATUS=st.sampled_from(["Voting member", "Not yet"]),
    ),
    unique_by=lambda contact: contact.address,
)
WISHES = st.lists(
    st.builds(
        want,
        st.sampled_from([ANN, BEN]),
        st.sampled_from(MARKS.tags),
        CLSTATUS=st.sampled_from(["Voting member", "Not yet"]),
        CLUNTIL=st.sampled_from(["2026-09-09", "2026-10-10"]),
    ),
    unique_by=lambda wish: wish.address,
)


def applied(plan: tuple[Change, ...], actual: list[Contact]) -> list[Contact]:
    """The list after a plan, as a service would leave it."""
    found = {c.address: (dict(c.fields), set(c.tags)) for c in actual}
    for change in plan:
        fields, tags = found.setdefault(change.address, ({}, set()))
        fields.update(change.fields)
        if change.kind is ChangeKind.ADD_TAG:
            tags.add(change.tag)
        elif change.kind is ChangeKind.REMOVE_TAG:
            tags.discard(change.tag)
    return [
        have(address, *tags, **{k: v for k, v in fields.items() if v})
        for address, (fields, tags) in found.items()
    ]


@given(WISHES, CONTACTS)
def test_an_applied_plan_leaves_nothing_to_do_and_applying_it_twice_is_once(
    wanted: list[Desired], actual: list[Contact]
) -> None:
    plan = changes(wanted, actual)
    after = applied(plan, actual)
    assert changes(wanted, after) == ()
    assert applied(plan, after) == after


@given(WISHES, CONTACTS, st.randoms(use_true_random=False))
def test_a_plan_is_sorted_whatever_order_its_makings_came_in(
    wanted: list[Desired], actual: list[Contact], random: Random
) -> None:
    plan = changes(wanted, actual)
    random.shuffle(wanted)
    random.shuffle(actual)
    assert changes(wanted, actual) == plan
    assert Plan(plan).fingerprint == Plan(changes(wanted, actual)).fingerprint


# ── the fingerprint ──

PLAN = Plan(
    changes=(Change(ChangeKind.ADD_TAG, ANN, P_ANN, tag="clerk: voting member"),),
    letters=(TELL_ANN,),
    had=20,
    losing=people(2),
    unexpected=people(1),
    shrunk=(Shrunk("Sign-ins", 100, 99),),
)


def test_a_fingerprint_is_twelve_hex_digits_and_stable() -> None:
    again = Plan(**{name: getattr(PLAN, name) for name in Plan.__dataclass_fields__})
    assert PLAN.fingerprint == again.fingerprint
    assert len(PLAN.fingerprint) == 12
    assert set(PLAN.fingerprint) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "different",
    [
        {"changes": ()},
        {"changes": (Change(ChangeKind.ADD_TAG, BEN, P_ANN, tag="clerk: voting member"),)},
        {"changes": (Change(ChangeKind.ADD_TAG, ANN, P_BEN, tag="clerk: voting member"),)},
        {"changes": (Change(ChangeKind.ADD_TAG, ANN, P_ANN, tag="clerk: one event away"),)},
        {"changes": (Change(ChangeKind.REMOVE_TAG, ANN, P_ANN, tag="clerk: voting member"),)},
        {"changes": (Change(ChangeKind.SET_FIELDS, ANN, P_ANN, (("CLEVENTS", "3"),)),)},
        {"changes": (Change(ChangeKind.ADD_CONTACT, ANN, P_ANN, name=Name.parse("Ann")),)},
        {"letters": ()},
        {"letters": (Notice(P_BEN, VOTING, SPELL),)},
        {"letters": (Notice(P_ANN, ONE_AWAY, SPELL),)},
        {"letters": (Notice(P_ANN, VOTING, StatusPeriod(SPELL.since, SPELL.since)),)},
        {"losing": people(3)},
        {"unexpected": people(2)},
        {"gaining": people(1)},
        {"shrunk": (Shrunk("Sign-ins", 100, 98),)},
    ],
)
def test_whatever_differs_gives_another_fingerprint(different: dict[str, object]) -> None:
    fields = {name: getattr(PLAN, name) for name in Plan.__dataclass_fields__}
    assert Plan(**{**fields, **different}).fingerprint != PLAN.fingerprint


def test_a_plan_prints_its_counts_and_nobody() -> None:
    assert PLAN.counts() == {"add tag clerk: voting member": 1, "letter voting-member": 1}
    assert "ann@" not in repr(PLAN)


# ── the guards: unexpected losses, losses at all, gains, shrunk sources ──

SIZES_AND_UNFORESEEN = [(1, 0), (2, 1), (3, 1), (5, 1), (10, 1), (19, 1), (20, 2), (100, 10)]
SIZES_AND_LOSSES = [(1, 1), (2, 2), (3, 2), (5, 2), (6, 3), (10, 5), (20, 10), (100, 50)]
SIZES_AND_GAINS = [(0, 5), (1, 5), (7, 5), (10, 5), (11, 5), (12, 6), (23, 11), (100, 50)]
SIZES_AND_ROWS = [(1, 0), (2, 1), (3, 1), (5, 1), (10, 1), (20, 2), (100, 10)]


@pytest.mark.parametrize(("had", "allowed"), SIZES_AND_UNFORESEEN)
def test_unexpected_losses_up_to_a_tenth_pass_and_one_more_asks(had: int, allowed: int) -> None:
    passing = Plan(had=had, losing=people(allowed), unexpected=people(allowed))
    assert passing.unsafe_because(LIMITS) == []
    asking = Plan(had=had, losing=people(allowed + 1), unexpected=people(allowed + 1))
    assert asking.unsafe_because(LIMITS)[0] == (
        f"{allowed + 1} of {had} voting members would lose their status before their recorded end "
        "date"
    )


@pytest.mark.parametrize(("had", "allowed"), SIZES_AND_LOSSES)
def test_lapses_on_their_announced_day_up_to_half_pass_and_one_more_asks(
    had: int, allowed: int
) -> None:
    assert Plan(had=had, losing=people(allowed)).unsafe_because(LIMITS) == []
    if allowed < had:
        assert Plan(had=had, losing=people(allowed + 1)).unsafe_because(LIMITS) == [
            f"{allowed + 1} of {had} voting members would lose their status in one nightly run"
        ]


@pytest.mark.parametrize(("had", "allowed"), SIZES_AND_GAINS)
def test_gains_up_to_half_pass_and_one_more_asks(had: int, allowed: int) -> None:
    assert Plan(had=had, gaining=people(allowed)).unsafe_because(LIMITS) == []
    assert Plan(had=had, gaining=people(allowed + 1)).unsafe_because(LIMITS) == [
        (
            f"{allowed + 1} people would become voting members in one nightly run; "
            f"there were {had} before"
        )
    ]


def test_at_the_first_sync_everybody_may_gain_the_vote() -> None:
    assert Plan(gaining=people(100), baseline=True).unsafe_because(LIMITS) == []


@pytest.mark.parametrize(("before", "allowed"), SIZES_AND_ROWS)
def test_a_source_may_lose_a_tenth_of_its_rows_and_never_all(before: int, allowed: int) -> None:
    passing = Plan(shrunk=(Shrunk("Sign-ins", before, before - allowed),))
    assert passing.unsafe_because(LIMITS) == []
    now = before - allowed - 1
    assert Plan(shrunk=(Shrunk("Sign-ins", before, now),)).unsafe_because(LIMITS) == [
        f"“Sign-ins” has {now} rows but had {before} before"
    ]


@pytest.mark.parametrize("before", [1, 2, 3, 5, 10, 20, 100, 1_000_000])
def test_an_emptied_source_always_asks(before: int) -> None:
    assert Plan(shrunk=(Shrunk("Sign-ins", before, 0),)).unsafe_because(LIMITS)


@pytest.mark.parametrize("before", [1, 2, 3, 5, 10, 20, 100])
def test_losing_every_voting_member_unexpectedly_always_asks(before: int) -> None:
    everybody = people(before)
    assert Plan(had=before, losing=everybody, unexpected=everybody).unsafe_because(LIMITS)


@pytest.mark.parametrize("held", [1, 2, 3, 10])
def test_a_new_ledger_takes_the_audiences_own_tags_for_a_witness(held: int) -> None:
    plan = Plan(tags_held=held, tags_removed=held, baseline=True)
    assert plan.unsafe_because(LIMITS)[0].startswith(f"{held} of {held} voting members")


@pytest.mark.parametrize("had", [0, 1, 2, 3, 100])
def test_a_night_without_losses_is_safe(had: int) -> None:
    assert Plan(had=had).unsafe_because(LIMITS) == []


def test_a_chapter_may_set_its_own_limits() -> None:
    strict = SafetyLimits(unexpected_percent=0, unexpected_at_least=0)
    assert Plan(had=100, losing=people(1), unexpected=people(1)).unsafe_because(strict)
    lax = SafetyLimits(losses_percent=100)
    assert Plan(had=100, losing=people(100)).unsafe_because(lax) == []
    assert Plan(had=10, gaining=people(1)).unsafe_because(
        SafetyLimits(gains_percent=0, gains_at_least=0)
    )
    assert Plan(had=10, gaining=people(20)).unsafe_because(SafetyLimits(gains_percent=200)) == []


# ── approval ──

UNSAFE = Plan(had=10, losing=people(6), unexpected=people(6), shrunk=(Shrunk("Sign-ins", 90, 9),))


def test_an_unsafe_plan_is_refused_with_all_the_numbers_and_its_fingerprint() -> None:
    with pytest.raises(UnsafePlan) as caught:
        UNSAFE.raise_if_unsafe(LIMITS)
    error = caught.value
    assert (error.had, error.losing, error.unexpected) == (10, 6, 6)
    assert error.fingerprint == UNSAFE.fingerprint
    assert "6 of 10 voting members would lose their status before" in str(error)
    assert "6 of 10 voting members would lose their status in one nightly run" in str(error)
    assert "“Sign-ins” has 9 rows but had 90 before. Nothing was changed" in str(error)
    assert f"`clerk sync --approve {UNSAFE.fingerprint}`" in error.next_step
    assert error.exit_code == 3


def test_an_approval_lets_exactly_that_plan_pass() -> None:
    UNSAFE.raise_if_unsafe(LIMITS, UNSAFE.fingerprint)


@pytest.mark.parametrize("plan", [UNSAFE, Plan()])
def test_an_approval_of_another_plan_lets_none_pass(plan: Plan) -> None:
    with pytest.raises(Refused, match="the approval names plan 0123456789ab, but the plan is now"):
        plan.raise_if_unsafe(LIMITS, "0123456789ab")


def test_a_safe_plan_passes_unasked() -> None:
    Plan(had=10, losing=people(1), unexpected=people(1)).raise_if_unsafe(LIMITS)
