"""A letter of a vote that was on its way under an earlier program is found by the title it had."""

import hashlib
import hmac
from datetime import timedelta

import pytest
from sqlalchemy import update

from connectors.ledger.mailings import Mailings
from connectors.ledger.schema import mailings
from connectors.mailchimp import Campaigns
from tests.elections.polls import NAME, OPENS, Poll
from tests.elections.test_disturbed import dying


@pytest.mark.parametrize(
    ("place", "name", "was_sent"),
    [(Mailings, "settle", True), (Campaigns, "send", False)],
    ids=["sent", "made"],
)
@pytest.mark.parametrize("noted", [True, False], ids=["noted", "not-noted"])
def test_it_goes_out_once(poll: Poll, place: type, name: str, was_sent: bool, noted: bool) -> None:
    poll.approved()
    with dying(place, name):
        poll.at(OPENS)
    assert bool(poll.letters()) == was_sent
    _as_it_was(poll, "mailing 12", noted=noted)
    for minutes in (1, 2):
        poll.at(OPENS + timedelta(minutes=minutes))
        assert set(poll.letters().values()) == {1}
    assert len(_invitations(poll)) == 1


def _invitations(poll: Poll) -> list[str]:
    campaigns = poll.town.sandbox.mailchimp.campaigns.items()
    return [name for name, one in campaigns if " invitation " in one.settings["title"]]


def _as_it_was(poll: Poll, mark: str, *, noted: bool) -> None:
    """As an earlier program left its row, and titled its campaign."""
    (campaign,) = _invitations(poll)
    with poll.town.ledger() as ledger:
        last = hmac.digest(ledger.key, mark.encode(), hashlib.sha256).hex()[:8]
        with ledger._database.writing() as db:
            row = {"mark": mark, "campaign_id": campaign if noted else None}
            db.execute(update(mailings).values(row))
    settings = poll.town.sandbox.mailchimp.campaigns[campaign].settings
    settings["title"] = f"clerk: {NAME} invitation {last}"
