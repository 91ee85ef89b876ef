"""Nobody's letter is lost on its way, and nobody is told who was not written to (VM-4, DP-4)."""

from datetime import timedelta

import pytest

from connectors.ledger.mailings import Mailings
from connectors.mailchimp import Audience, Campaigns
from connectors.sandbox.invented import LIST, second_day, serial
from connectors.sandbox.mailchimp.state import Segment, subscriber_hash
from flows.nightly.night import Sync
from models.errors import TryAgainLater
from models.mail.audience import Unreachable
from models.mail.notices import VOTING
from tests.conftest import Clock
from tests.flows.town import Town

NIA = "nia.new@example.org"
WELCOME = (NIA, "voting-member")
LATE = ("late.comer@example.org", "voting-member")
EVENTS = ("Candidate forum: Council", "Transit workstream", "Pride march with partners")


def joins(town: Town, address: str = NIA, name: str = "Nia New") -> None:
    """Somebody signs in three times, registers, and asks for mail."""
    today = serial(town.clock().date())
    with town.edit("Registrations") as rows:
        rows.append([today, name, address, "", "", "", "yes", "", "Yes"])
    with town.edit("Sign-ins") as rows:
        held = [row for row in town.rows("Events") if row[1] in EVENTS]
        rows += [[day, event, address, name] for day, event, *_ in held]


def waits_for(town: Town) -> int:
    """How many letters are due and not sent."""
    with town.context() as context:
        assert context.ledger.mailings.open_of_nights() == []
        return len(context.ledger.pending_letters())


def to_call(night: Sync) -> set[Unreachable]:
    return {why for _, why in night.wanted.to_call(night.roll)}


@pytest.fixture
def second_night(town: Town, clock: Clock) -> Town:
    """A town after its first night, with news for the second one."""
    town.night()
    clock.go(days=1)
    second_day(town.sandbox, clock.today)
    joins(town)
    return town


def test_who_asked_is_added_and_told(second_night: Town) -> None:
    town = second_night
    town.night()
    assert town.letters()[WELCOME] == 1
    assert waits_for(town) == 0


def test_who_is_refused_is_not_told_nor_tried_for_ever(second_night: Town, clock: Clock) -> None:
    """Twice refused, they are called instead; a night without change writes nothing."""
    town = second_night
    town.audience.refusing[subscriber_hash(NIA)] = "cannot be processed"
    assert town.night().refused.total() == 1
    others = town.letters()
    assert others.total()
    assert others[WELCOME] == 0
    assert waits_for(town) == 1
    clock.go(days=1)
    assert town.night().refused.total() == 1  # once may be an accident
    clock.go(days=1)
    town.sandbox.reset()
    night = town.night()
    assert town.writes() == []
    assert Unreachable.REFUSED in to_call(night)
    assert town.letters() == others
    assert waits_for(town) == 1


def test_who_was_refused_is_told_when_it_works_after_all(second_night: Town, clock: Clock) -> None:
    """Tried again by hand."""
    town = second_night
    town.audience.forgotten.add(subscriber_hash(NIA))
    town.night()
    clock.go(days=1)
    town.audience.forgotten.clear()
    assert Unreachable.REFUSED in to_call(town.night())
    assert Unreachable.REFUSED not in to_call(town.night(full=True))
    assert town.letters()[WELCOME] == 1
    assert waits_for(town) == 0


def test_who_leaves_while_a_batch_is_open_is_told_on_coming_back(
    second_night: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The night died with the batch open; by the next one Nia had unsubscribed."""
    town = second_night
    _die(monkeypatch, town)
    town.sandbox.mailchimp.leave(LIST, NIA, clock.at + timedelta(hours=1))
    clock.go(days=1)
    town.night()
    assert town.letters().total()
    assert town.letters()[WELCOME] == 0
    assert waits_for(town) == 1
    clock.go(days=1)
    town.sandbox.reset()
    town.night()
    assert town.writes() == []
    town.sandbox.mailchimp.join(LIST, NIA, clock.at)
    clock.go(days=1)
    town.night()
    assert town.letters()[WELCOME] == 1
    assert set(town.letters().values()) == {1}
    assert waits_for(town) == 0


def test_whom_the_segment_does_not_take_is_not_told(
    second_night: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody deletes the contact between the changes and the letters."""
    town = second_night
    fill = Audience.fill_segment

    def late(*arguments: object) -> object:
        town.audience.members.pop(subscriber_hash(NIA), None)
        return fill(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Audience, "fill_segment", late)
    town.night()
    assert town.letters().total()
    assert town.letters()[WELCOME] == 0
    assert waits_for(town) == 1


def test_a_letter_to_nobody_waits(
    town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All its readers left within the minute. Mailchimp's count may lag: the next job knows."""
    town.night()
    joins(town)
    fill = Campaigns.fill

    def late(*arguments: object) -> None:
        town.sandbox.mailchimp.leave(LIST, NIA, clock.at)
        fill(*arguments)  # type: ignore[arg-type]

    clock.go(days=1)
    with monkeypatch.context() as patch:
        patch.setattr(Campaigns, "fill", late)
        with pytest.raises(TryAgainLater, match="counts 0 recipients"):
            town.night()
    clock.go(minutes=5)
    assert town.night().sent == ()
    assert town.letters() == {}
    assert town.sandbox.mailchimp.campaigns == {}
    assert waits_for(town) == 1


def test_a_segment_is_not_refilled_while_its_letter_goes_out(
    second_night: Town, clock: Clock
) -> None:
    """New letters have their own; the campaign under way would go to them instead."""
    town = second_night
    town.sandbox.mailchimp.delivery = timedelta(hours=1)
    town.night()
    (first,) = _segments(town)
    people = set(first.members)
    joins(town, "late.comer@example.org", "Late Comer")
    town.night()
    assert len(_segments(town)) == 2
    assert set(first.members) == people
    assert town.letters()["late.comer@example.org", "voting-member"] == 1
    clock.go(days=1)
    town.night()
    assert _segments(town) == [], "what is out leaves nobody marked on the list"
    assert set(town.letters().values()) == {1}


def test_a_segment_is_not_refilled_while_a_letter_that_an_officer_sent_goes_out(
    second_night: Town, clock: Clock
) -> None:
    """The night died with the campaign made and not noted; somebody pressed its button there."""
    town = second_night
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Mailings, "set_campaign", _dead)
        with pytest.raises(TryAgainLater, match="went down"):
            town.night()
    (first,) = (set(one.members) for one in _segments(town))
    (draft,) = _drafts(town)
    town.sandbox.mailchimp.campaigns[draft].status = "sending"
    joins(town, "late.comer@example.org", "Late Comer")
    clock.go(days=1)
    town.night()
    assert first in [set(one.members) for one in _segments(town)]
    with town.context() as context:
        gone = context.ledger.mailings.gone_of_nights(clock.today - timedelta(days=1))
        assert (draft, len(first)) in {(one.campaign_id, one.people) for one in gone}
    assert town.letters()[LATE] == 1


def test_a_batch_of_a_dead_job_and_a_new_one_do_not_share_a_moment(
    second_night: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = second_night
    town.sandbox.mailchimp.delivery = timedelta(hours=1)
    _die(monkeypatch, town)
    joins(town, "late.comer@example.org", "Late Comer")
    town.night()
    assert town.letters()[WELCOME] == 1
    assert town.letters()[LATE] == 1
    clock.go(days=1)
    town.night()
    assert set(town.letters().values()) == {1}


@pytest.mark.parametrize("at", ["create", "fill", "send"])
def test_who_is_in_a_mailing_of_a_dead_job_and_was_told_under_another_address_is_not_told_again(
    second_night: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Two people become one before it goes on, whether or not there was a campaign (VM-R4)."""
    town, other = second_night, "nia.two@example.org"
    town.night()
    assert town.letters()[WELCOME] == 1
    clock.go(days=1)
    joins(town, other, "Nia Newer")
    joins(town, "late.comer@example.org", "Late Comer")
    _die(monkeypatch, town, at=at)
    _are_one(town, NIA, other)
    for _ in range(2):
        clock.go(days=1)
        town.night()
    assert town.letters()[WELCOME] == 1
    assert town.letters()[other, VOTING] == 0
    assert town.letters()["late.comer@example.org", VOTING] == 1
    assert waits_for(town) == 0


def test_a_draft_whose_readers_left_meanwhile_is_not_left_lying(
    second_night: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody could press its button later, when others stand in its segment."""
    town = second_night
    _die(monkeypatch, town, at="fill")
    (draft,) = _drafts(town)
    for member in town.audience.members.values():
        town.sandbox.mailchimp.leave(LIST, member.email_address, clock.at)
    clock.go(days=1)
    assert town.night().sent == ()
    assert _drafts(town) == []
    assert draft not in town.sandbox.mailchimp.campaigns
    with town.context() as context:
        assert context.ledger.mailings.open_of_nights() == []


@pytest.mark.parametrize("status", ["canceled", "paused", "new word"])
def test_a_letter_that_somebody_stopped_is_theirs_and_keeps_back_no_later_one(
    second_night: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    town = second_night
    _die(monkeypatch, town, at="send")
    (draft,) = _drafts(town)
    town.sandbox.mailchimp.campaigns[draft].status = status  # type: ignore[assignment]
    clock.go(days=1)
    joins(town, "late.comer@example.org", "Late Comer")
    town.night()
    assert town.letters()[WELCOME] == 0  # whom it reached, only Mailchimp's own page can say
    assert town.letters()["late.comer@example.org", "voting-member"] == 1
    assert set(town.letters().values()) == {1}
    assert waits_for(town) == 0


def _are_one(town: Town, address: str, other: str) -> None:
    """A tab of exceptions says that two addresses are the same person's."""
    said = {
        "Date": serial(town.clock().date()),
        "Decided by": "Thea Novak",
        "What": "same person",
        "Email address": address,
        "Other address": other,
        "Reason": "she says so",
    }
    with town.edit("Exceptions") as rows:
        rows.append([said.get(str(column), "") for column in rows[0]])


def _drafts(town: Town) -> list[str]:
    campaigns = town.sandbox.mailchimp.campaigns
    return [name for name, one in campaigns.items() if one.status == "save"]


def _segments(town: Town) -> list[Segment]:
    """Those of the voting members' letters."""
    found = town.audience.segments.values()
    return [one for one in found if one.name.startswith(f"clerk: letter {VOTING}")]


def _dead(*_: object, **__: object) -> None:
    raise TryAgainLater("the machine went down")


def _die(monkeypatch: pytest.MonkeyPatch, town: Town, at: str = "create") -> None:
    """A night that ends with a mailing open."""
    with monkeypatch.context() as patch:
        patch.setattr(Campaigns, at, _dead)
        with pytest.raises(TryAgainLater, match="went down"):
            town.night()
    with town.context() as context:
        assert VOTING in {one.letter for one in context.ledger.mailings.open_of_nights()}
