"""A developer's own kind of letter: its folder, its kind, its occasion; the ledger needs nothing.

Rules: VM-4, VM-R4 (once), DP-4 (to whoever may be mailed).
"""

import shutil
from datetime import date, timedelta

import pytest

from connectors.mailchimp import Campaigns
from flows.mail.own_emails import own_letters
from models.errors import TryAgainLater
from models.mail.notices import KINDS, Kind, NoticeKind
from models.membership.status_periods import StatusPeriod
from models.membership.voter_roll import Entry
from tests.conftest import Clock
from tests.flows.test_letters import joins
from tests.flows.town import MARKS, Town

INVITATION = NoticeKind("annual-meeting")
MEETING = date(2026, 4, 20)


def invited(entry: Entry) -> StatusPeriod | None:
    """To all voting members, until the day of the meeting."""
    now = entry.standing
    return StatusPeriod(MEETING, MEETING) if now.can_vote and now.on <= MEETING else None


@pytest.fixture
def inviting(town: Town, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Town:
    """A town after its first night, with such a kind of its own."""
    monkeypatch.setitem(KINDS, INVITATION, Kind(invited))
    folder = town.folder / "our-letters" / INVITATION
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("Come to the annual meeting, *|FNAME|*")
    for part in ("body.html", "body.txt"):
        (folder / part).write_text("On April 20. *|LIST:ADDRESS|* *|UNSUB|*")
    kinds = f'["voting-member", "one-event-away", "{INVITATION}"]'
    letters = f'[emails]\nfolder = "our-letters"\nsend = {kinds}\n[network]'
    town.rewrite("[network]", letters)
    town.night()
    assert town.letters() == {}
    clock.go(days=1)
    return town


def got_it(town: Town) -> dict[str, int]:
    return {to: many for (to, kind), many in town.letters().items() if kind == INVITATION}


def test_it_goes_to_all_voting_members_once_and_the_next_night_is_quiet(
    inviting: Town, clock: Clock
) -> None:
    night = inviting.night()
    everybody = inviting.tagged(MARKS.voting_tag)
    assert everybody
    assert got_it(inviting) == dict.fromkeys(everybody, 1)
    assert night.sent == ((INVITATION, len(everybody)),)
    clock.go(days=1)
    inviting.sandbox.reset()
    assert inviting.night().sent == ()
    assert not [one for one in inviting.writes() if "campaigns" in one or "segments" in one]
    assert got_it(inviting) == dict.fromkeys(everybody, 1)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/campaigns$"),
        ("PUT", "/campaigns/.*/content"),
        ("POST", "/campaigns/.*/actions/send"),
    ],
)
@pytest.mark.parametrize("kind", ["500", "lost-answer"])
def test_a_night_that_breaks_off_sends_it_to_nobody_twice(
    inviting: Town, clock: Clock, method: str, path: str, kind: str
) -> None:
    inviting.sandbox.faults.matching(method, path, kind)  # type: ignore[arg-type]
    try:
        inviting.night()
    except TryAgainLater:
        clock.go(days=1)
    inviting.sandbox.faults.clear()
    inviting.night()
    assert got_it(inviting) == dict.fromkeys(inviting.tagged(MARKS.voting_tag), 1)


def test_whoever_comes_to_vote_until_then_gets_theirs_and_nobody_later(
    inviting: Town, clock: Clock
) -> None:
    inviting.night()
    first = set(got_it(inviting))
    clock.go(days=1)
    joins(inviting, "nia.new@example.org", "Nia New")
    inviting.night()
    clock.at += timedelta(days=(MEETING - clock.today).days + 1)
    joins(inviting, "noa.new@example.org", "Noa New")
    inviting.night()
    assert inviting.letters()["noa.new@example.org", "voting-member"] == 1
    assert got_it(inviting) == dict.fromkeys({*first, "nia.new@example.org"}, 1)


def test_the_doctor_knows_its_folder_for_a_letters(inviting: Town) -> None:
    with inviting.context() as context:
        assert INVITATION in own_letters(context.chapter)


def test_when_the_kind_is_gone_what_waits_is_withdrawn_and_what_went_is_remembered(
    inviting: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A developer takes it out again: the ledger of before is no fault."""
    inviting.night()
    with inviting.context() as context:
        told = context.ledger.notified().keys()
    monkeypatch.delitem(KINDS, INVITATION)
    inviting.rewrite(f', "{INVITATION}"', "")
    clock.go(days=1)
    assert inviting.night().sent == ()
    with inviting.context() as context:
        assert context.ledger.notified().keys() == told
        assert context.ledger.pending_letters() == []


@pytest.mark.parametrize("at", ["create", "fill"])
def test_a_mailing_of_a_kind_that_is_gone_ends_and_stops_no_night(
    inviting: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """The night died with it open; then the kind went, and its texts with it (VM-4)."""

    def dead(*_: object, **__: object) -> None:
        raise TryAgainLater("the machine went down")

    with monkeypatch.context() as patch:
        patch.setattr(Campaigns, at, dead)
        with pytest.raises(TryAgainLater, match="went down"):
            inviting.night()
    monkeypatch.delitem(KINDS, INVITATION)
    inviting.rewrite(f', "{INVITATION}"', "")
    shutil.rmtree(inviting.folder / "our-letters" / INVITATION)
    clock.go(days=1)
    assert inviting.night().sent == ()
    assert got_it(inviting) == {}
    assert inviting.sandbox.mailchimp.campaigns == {}
    with inviting.context() as context:
        assert context.ledger.mailings.open_of_nights() == []
