"""The list as it is read and written: pages, limits, what a batch refuses, what a census counts."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from connectors.mailchimp import CODE_TAG, Audience, Census, wire
from connectors.mailchimp.answers import Batch, Member
from connectors.sandbox.exchange import Exchange
from connectors.sandbox.faults import STRANGERS
from connectors.sandbox.invented import LIST
from connectors.sandbox.mailchimp.state import subscriber_hash
from models.errors import FixTheSettings, TryAgainLater
from models.mail.audience import Contact, ContactState, FieldNames
from models.mail.plans import Change, ChangeKind
from models.mail.refusals import WhyRefused
from models.privacy import Email, Name
from models.unmask import reveal
from tests.flows.town import MARKS, Town

TAG = MARKS.voting_tag


@contextmanager
def audience(town: Town) -> Iterator[Audience]:
    with town.context() as context:
        context.audience.prepare()
        yield context.audience


def emails(count: int) -> list[Email]:
    return [Email.parse(f"person{number}@example.org") for number in range(count)]


def crowd(town: Town, count: int) -> dict[Email, Contact]:
    """Contacts on the list, and the same as the mirror knows them."""
    for email in emails(count):
        town.sandbox.mailchimp.add_member(LIST, reveal(email))
    return {email: Contact(email, ContactState.SUBSCRIBED) for email in emails(count)}


def test_a_long_list_is_read_page_by_page(town: Town) -> None:
    crowd(town, 2_100)
    with audience(town) as ours:
        town.sandbox.reset()
        contacts = ours.read().contacts
    assert len(contacts) == len(town.audience.members)
    assert len(town.sandbox.requests("mailchimp")) == 3 + 1  # and the archived ones


def test_only_what_is_ours_is_asked_for(town: Town) -> None:
    """DP-5: no names, no other fields, no foreign tags come along."""
    with audience(town) as ours:
        town.sandbox.reset()
        read = ours.read().contacts
    answers = str([e.response_json for e in town.sandbox.journal])
    assert "FNAME" not in answers
    assert {tag for contact in read for tag in contact.tags} <= {*MARKS.tags}


def test_a_list_that_moves_while_it_is_read_is_read_again(town: Town) -> None:
    """A contact changed between two pages moves to the end, and another slips through."""
    crowd(town, 1_500)

    def meddle(number: int, moment: str, exchange: Exchange) -> None:
        if moment == "after" and dict(exchange.query).get("offset") == "0" and not moved:
            first = min(town.audience.members.values(), key=lambda m: m.last_changed)
            first.last_changed = town.clock()
            moved.append(first)

    moved: list[object] = []
    with audience(town) as ours:
        town.sandbox.faults.on_request = meddle
        assert len(ours.read().contacts) == len(town.audience.members)
    assert moved


@pytest.mark.parametrize("nothing", ["", None])
def test_contacts_without_an_address_are_passed_over(town: Town, nothing: Any) -> None:
    """Mailchimp also keeps contacts of whom it knows a telephone number and nothing else."""
    town.night()
    with audience(town) as ours:
        before = ours.read().contacts
        for email in crowd(town, 2):
            contact = town.audience.members[subscriber_hash(reveal(email))]
            contact.email_address, contact.merge_fields[CODE_TAG] = nothing, "ABCDEFGH"
        assert ours.read().contacts == before
    town.sandbox.mailchimp.add_merge_field(LIST, CODE_TAG)
    with town.context() as context:
        assert context.codes_field().holders() == set()
    assert town.night().applied


def test_a_list_that_never_rests_is_tried_later(town: Town) -> None:
    crowd(town, 1_500)

    def meddle(number: int, moment: str, exchange: Exchange) -> None:
        if moment == "after":
            members = sorted(town.audience.members.values(), key=lambda m: m.last_changed)
            members[0].last_changed = town.clock()

    with audience(town) as ours:
        town.sandbox.faults.on_request = meddle
        with pytest.raises(TryAgainLater, match="changes while it is read"):
            ours.read()


def test_at_most_five_hundred_go_in_one_request(town: Town) -> None:
    mirror = crowd(town, 1_100)
    fields = ((MARKS.events, "3"),)
    changes = [Change(ChangeKind.SET_FIELDS, e, fields=fields) for e in emails(1_100)]
    changes += [Change(ChangeKind.ADD_TAG, e, tag=TAG) for e in emails(1_100)]
    with audience(town) as ours:
        written = list(ours.write(changes, mirror))
        assert sum(len(part.contacts) for part in written) == 2_200
        assert ours.read().contacts  # and the list agrees with the mirror
        assert {c.address: c for c in ours.read().contacts}.items() >= mirror.items()
    sizes = [len(e.request_json.get("members", e.request_json.get("members_to_add", [])))
             for e in town.sandbox.requests("mailchimp", writes_only=True)
             if e.pattern.endswith(("{list_id}", "{segment_id}"))]  # fmt: skip
    assert sorted(sizes) == [100, 100, 500, 500, 500, 500]


def test_what_a_batch_refuses_is_not_taken_for_written(town: Town) -> None:
    mirror = crowd(town, 2)
    new = Email.parse("somebody@example.com")  # a domain that Mailchimp takes for fake
    changes = [
        Change(ChangeKind.ADD_CONTACT, new, name=Name.parse("Some Body")),
        Change(ChangeKind.ADD_TAG, new, tag=TAG),
        Change(ChangeKind.ADD_TAG, emails(1)[0], tag=TAG),
    ]
    with audience(town) as ours:
        written = list(ours.write(changes, mirror))
    assert Counter(why for part in written for why in part.refused.values()) == {WhyRefused.FAKE: 1}
    assert new not in mirror
    assert town.tagged(TAG) == {"person0@example.org"}


def test_who_left_the_list_meanwhile_is_told_apart(town: Town) -> None:
    mirror = crowd(town, 2)
    gone = emails(1)[0]
    del town.audience.members[subscriber_hash(reveal(gone))]
    with audience(town) as ours:
        changes = [Change(ChangeKind.ADD_TAG, e, tag=TAG) for e in emails(2)]
        (written,) = ours.write(changes, mirror)
    assert written.refused == {gone: WhyRefused.ABSENT}
    assert TAG not in mirror[gone].tags


def test_a_census_counts_as_the_mirror_does(town: Town) -> None:
    town.night()
    with audience(town) as ours:
        census = ours.census()
        assert census == Census.of(ours.read().contacts)
    assert census.tags[TAG] == len(town.tagged(TAG)) > 0
    subscribed = [m for m in town.audience.members.values() if m.status == "subscribed"]
    assert census.states[ContactState.SUBSCRIBED] == len(subscribed)


@pytest.mark.parametrize("status", ["archived", "unsubscribed", "cleaned"])
def test_a_census_sees_who_went(town: Town, status: str) -> None:
    with audience(town) as ours:
        before = ours.census()
        next(iter(town.audience.members.values())).status = status  # type: ignore[assignment]  # one of them
        assert ours.census() != before


def test_tags_are_found_whatever_their_case(town: Town) -> None:
    """A volunteer may rename a tag's capitals in Mailchimp."""
    town.night()
    town.tag(TAG).name = TAG.upper()
    with audience(town) as ours:
        assert ours.census().tags[TAG] > 0
        assert any(TAG in contact.tags for contact in ours.read().contacts)


def test_the_word_server_in_a_name_stays(town: Town) -> None:
    """The library replaces it anywhere in a URL."""
    with audience(town) as ours:
        ours.fill_segment("clerk: server", emails(0))
    assert town.audience.tag("clerk: server")


def test_an_audience_that_is_not_there(town: Town) -> None:
    town.rewrite(f'"{LIST}"', '"elsewhere"')
    with town.context() as context, pytest.raises(FixTheSettings, match="audience"):
        context.audience.name()


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ann", "Ann", None),
        ("Ann de la Cruz", "Ann", "de la Cruz"),
        ("*|UNSUB|* Ann", "*UNSUB*", "Ann"),
        ("**||UNSUB||** Ann", "**UNSUB**", "Ann"),
    ],
)
def test_a_name_is_no_merge_tag(name: str, first: str, last: str | None) -> None:
    """Nor does one come out of what is left of two."""
    change = Change(ChangeKind.ADD_CONTACT, emails(1)[0], name=Name.parse(name))
    (member,) = wire.adding([change]).model_dump()["members"]
    fields = member["merge_fields"]
    assert (fields.get("FNAME"), fields.get("LNAME")) == (first, last)


def test_a_status_is_sent_for_new_contacts_alone() -> None:
    """DP-4"""
    change = Change(ChangeKind.SET_FIELDS, emails(1)[0], fields=((MARKS.events, "3"),))
    (member,) = wire.updating([change]).model_dump()["members"]
    assert "status" not in member


@pytest.mark.parametrize("tag", FieldNames().fields)
def test_our_field_names_keep_to_ten_letters(tag: str) -> None:
    assert len(tag) <= 10


def test_who_is_named_nowhere_in_a_batchs_answer_is_not_written() -> None:
    """Mailchimp names each contact as new, as updated or as refused."""
    first, second, third = emails(3)
    answer = Batch.model_validate_json(
        b'{"new_members": [{"email_address": "Person0@example.org", "status": "subscribed"}],'
        b' "updated_members": [], "errors": [{"email_address": "person1@example.org"}],'
        b' "total_created": 1, "total_updated": 0, "error_count": 1}'
    )
    refused = wire.refused_in(answer, (first, second, third))
    assert refused == {second: WhyRefused.OTHER, third: WhyRefused.UNANSWERED}


def test_a_batchs_answer_that_decides_about_nobody_is_none(town: Town) -> None:
    nobody = (
        b'{"new_members": [], "updated_members": [], "errors": [],'
        b' "total_created": 0, "total_updated": 0, "error_count": 0}'
    )
    change = Change(ChangeKind.SET_FIELDS, emails(1)[0], fields=((MARKS.events, "3"),))
    with audience(town) as ours, pytest.MonkeyPatch.context() as patch:
        patch.setitem(STRANGERS, "other-200", (200, "application/json", nobody))
        town.sandbox.faults.matching("POST", f"/lists/{LIST}$", "other-200")
        with pytest.raises(TryAgainLater, match="this is not Mailchimp answering"):
            list(ours.write([change], crowd(town, 1)))


@pytest.mark.parametrize("empty", [b'"merge_fields": []', b'"merge_fields": null', b'"tags": null'])
def test_what_mailchimp_leaves_empty_is_empty(empty: bytes) -> None:
    """Times that never were are ""; an empty object may come as a list, or not at all."""
    told = b'{"email_address": "a@example.org", "status": "cleaned", "last_changed": "", %s}'
    member = Member.model_validate_json(told % empty)
    contact = wire.contact_from(member, MARKS)
    assert contact == Contact(Email("a@example.org"), ContactState.CLEANED)
