"""What people do to the mailing list by hand, and what the next night makes of it.

Rules: DP-4 (nobody is subscribed again), and our own part of the audience, which heals.
"""

import copy
from typing import Any

import pytest

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import LIST, address_of, second_day, serial
from connectors.sandbox.mailchimp.state import Member, subscriber_hash
from models.unmask import reveal
from tests.conftest import Clock
from tests.flows.town import MARKS, Town

STRANGER = "neighbor0@example.com"
Change = dict[str, Any]


@pytest.fixture
def settled(town: Town, clock: Clock) -> Town:
    """A chapter whose own writes are no news any more; a day has passed."""
    town.night()
    clock.go(minutes=10)
    town.night()
    clock.go(days=1)
    town.sandbox.reset()
    return town


def somebody(town: Town, tag: str = MARKS.voting_tag) -> Member:
    """A contact that carries the tag."""
    return town.member(min(town.tagged(tag)))


def archive(town: Town, member: Member) -> None:
    """As a volunteer does with the button; tags stay behind."""
    member.status, member.last_changed = "archived", town.clock()


def delete(town: Town, member: Member) -> None:
    """Permanently."""
    del town.audience.members[member.id]
    for segment in town.audience.segments.values():
        segment.members.pop(member.id, None)
    town.audience.forgotten.add(member.id)


def rename(town: Town, member: Member, address: str) -> None:
    """The person changed the address through "update your profile"."""
    old, member.email_address, member.id = member.id, address, subscriber_hash(address)
    member.last_changed = town.clock()
    town.audience.members[member.id] = town.audience.members.pop(old)
    for segment in town.audience.segments.values():
        if old in segment.members:
            segment.members[member.id] = segment.members.pop(old)


@pytest.mark.parametrize("reported", [False, True])
def test_a_tag_removed_by_hand_comes_back(settled: Town, reported: bool) -> None:
    """Whether Mailchimp says so among what changed or not."""
    member = somebody(settled)
    del settled.tag(MARKS.voting_tag).members[member.id]
    if reported:
        member.last_changed = settled.clock()
    settled.night()
    assert member.email_address in settled.tagged(MARKS.voting_tag)


@pytest.mark.parametrize("reported", [False, True])
def test_a_tag_given_to_a_stranger_goes(settled: Town, reported: bool) -> None:
    stranger = settled.member(STRANGER)
    settled.tag(MARKS.voting_tag).members[stranger.id] = settled.clock()
    if reported:
        stranger.last_changed = settled.clock()
    settled.night()
    assert STRANGER not in settled.tagged(MARKS.voting_tag)


def test_a_tag_passed_from_one_to_another_goes_back(settled: Town) -> None:
    """The counts stay the same; only the tag's own date tells."""
    tag, member = settled.tag(MARKS.voting_tag), somebody(settled)
    tag.members[settled.member(STRANGER).id] = tag.members.pop(member.id)
    tag.updated_at = settled.clock()
    settled.night()
    assert member.email_address in settled.tagged(MARKS.voting_tag)
    assert STRANGER not in settled.tagged(MARKS.voting_tag)


def test_our_tag_deleted_as_a_whole_is_made_again(settled: Town) -> None:
    held = settled.tagged(MARKS.voting_tag)
    del settled.audience.segments[settled.tag(MARKS.voting_tag).id]
    settled.night()
    assert settled.tagged(MARKS.voting_tag) == held


def test_our_field_overwritten_by_hand_is_put_right(settled: Town) -> None:
    member = somebody(settled)
    member.merge_fields[MARKS.status] = "President"
    member.last_changed = settled.clock()
    settled.night()
    assert member.merge_fields[MARKS.status] == "Voting member"


@pytest.mark.parametrize("way", [archive, delete])
@pytest.mark.parametrize("tag", [MARKS.voting_tag, None])
def test_who_is_gone_is_never_subscribed_again(
    settled: Town, clock: Clock, way: Any, tag: str | None
) -> None:
    """DP-4: archived or deleted, with our tag or without, told of or not."""
    member = somebody(settled, tag) if tag else untagged(settled)
    way(settled, member)
    for _ in range(3):
        settled.sandbox.reset()
        settled.night()
        assert not [
            e for e in settled.sandbox.journal if member.email_address in e.request.decode()
        ]
        clock.go(minutes=10)
    left = settled.audience.members.get(member.id)
    assert left is None or left.status == "archived"


def untagged(town: Town) -> Member:
    """A registered person on the list without any tag of ours."""
    tagged = town.tagged(MARKS.voting_tag) | town.tagged(MARKS.one_away_tag)
    people = (town.audience.members.get(subscriber_hash(address_of(n))) for n in range(12))
    return next(m for m in people if m and m.email_address not in tagged)


def test_a_voting_member_who_is_gone_gets_a_call(settled: Town) -> None:
    """DP-4"""
    member = somebody(settled)
    delete(settled, member)
    night = settled.night()
    called = {reveal(a) for e, _ in night.wanted.to_call(night.roll) for a in e.person.addresses}
    assert member.email_address in called


def test_who_comes_back_by_themselves_is_tagged_again(settled: Town, clock: Clock) -> None:
    member = somebody(settled)
    archive(settled, member)
    settled.night()
    clock.go(days=1)
    member.status, member.last_changed = "subscribed", clock()
    settled.tag(MARKS.voting_tag).members.pop(member.id, None)
    settled.night()
    assert member.email_address in settled.tagged(MARKS.voting_tag)


def test_a_changed_address_keeps_no_tag_until_the_sheets_know_it(
    settled: Town, clock: Clock
) -> None:
    """The old one is not subscribed again; a registration with the new one brings it all back."""
    member = somebody(settled)
    old = member.email_address
    rename(settled, member, "moved@example.org")
    settled.night()
    assert subscriber_hash(old) not in settled.audience.members
    assert settled.carries(member) == ("subscribed", dict.fromkeys(MARKS.fields, ""), [])
    with settled.edit("Registrations") as rows:
        row = next(row for row in rows if row[2] == old)
        row[3] = member.email_address
    clock.go(days=1)
    settled.night()
    assert member.email_address in settled.tagged(MARKS.voting_tag)


def test_unsubscribed_is_unsubscribed(settled: Town, clock: Clock) -> None:
    """DP-4: no tag, no field, no letter; and back at the person's own wish."""
    member = somebody(settled, MARKS.one_away_tag)
    member.status, member.last_changed, member.sealed = "unsubscribed", clock(), True
    before = copy.deepcopy(member)
    with settled.edit("Volunteering") as rows:  # which would bring a letter
        rows.append([serial(clock.today), "Door knocking", member.email_address, ""])
    settled.night()
    assert member == before
    assert settled.letters() == {}
    clock.go(days=1)
    member.status, member.last_changed, member.sealed = "subscribed", clock(), False
    settled.night()
    assert member.email_address in settled.tagged(MARKS.voting_tag)
    assert settled.letters() == {(member.email_address, "voting-member"): 1}


def test_a_healthy_mirror_costs_no_whole_reading(settled: Town, clock: Clock) -> None:
    """The census agrees, so nobody is read who did not change."""
    for _ in range(2):
        settled.sandbox.reset()
        settled.night()
        read = [e for e in settled.sandbox.journal if e.path.endswith("/members")]
        assert len(read) == 1
        assert "since_last_changed" in dict(read[0].query)
        clock.go(days=1)


def test_a_person_changed_in_the_second_of_the_reading_is_not_missed(
    settled: Town, clock: Clock
) -> None:
    """Two changes may carry the same second; the later one is asked for again."""
    member, other = (settled.member(a) for a in sorted(settled.tagged(MARKS.voting_tag))[:2])
    member.last_changed = clock()
    settled.night()
    other.merge_fields[MARKS.status] = "President"
    other.last_changed = clock()
    clock.go(days=1)
    settled.night()
    assert other.merge_fields[MARKS.status] == "Voting member"


def test_what_is_not_ours_stays_to_the_byte(town: Town, clock: Clock) -> None:
    """Foreign contacts, tags, fields, and the chapter's own sheets, night by night."""
    mailchimp = town.sandbox.mailchimp
    mailchimp.add_merge_field(LIST, "SHIRT", name="Shirt size")
    town.member(address_of(0)).merge_fields["SHIRT"] = "XL"
    town.member(STRANGER).merge_fields["SHIRT"] = "S"
    ours = {m.id for m in town.audience.members.values() if m.email_address.endswith(".org")}
    before = copy.deepcopy(foreign(town, ours))
    sheets: dict[str, list[list[Cell]]] = copy.deepcopy(chapters_own(town))
    for night in range(3):
        town.night()
        assert foreign(town, ours) == before
        assert chapters_own(town) == sheets
        clock.go(days=1)
        if night == 0:
            second_day(town.sandbox, clock.today)
            sheets = copy.deepcopy(chapters_own(town))


def foreign(town: Town, ours: set[str]) -> Any:
    """All that the mailing list holds and we do not own."""
    audience, marks = town.audience, {*MARKS.fields}
    strangers = {m.id: m for m in audience.members.values() if m.email_address.endswith(".com")}
    return (
        strangers,
        [
            segment
            for segment in audience.segments.values()
            if not segment.name.startswith("clerk:")
        ],
        [field for field in audience.fields.values() if field.tag not in marks],
        {
            name: {t: v for t, v in audience.members[name].merge_fields.items() if t not in marks}
            for name in ours & audience.members.keys()
        },
    )


def chapters_own(town: Town) -> dict[str, list[list[Cell]]]:
    """The tabs that people fill."""
    names = ("Events", "Sign-ins", "Volunteering", "Registrations", "Exceptions")
    return {name: town.rows(name) for name in names}


@pytest.mark.parametrize("status", ["archived", "unsubscribed", "cleaned", "pending"])
def test_who_was_off_the_list_before_the_first_night_stays_off(town: Town, status: Any) -> None:
    """DP-4: a plain reading of the list leaves the archived out; they are looked for."""
    member = town.member(address_of(1))
    member.status, member.sealed = status, status in ("unsubscribed", "cleaned")
    before = copy.deepcopy(member)
    town.night()
    assert member == before
