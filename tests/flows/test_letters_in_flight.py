"""Letters on their way while the program is upgraded to one table of mailings go out once.

Rules: VM-R4. What an earlier program had sent, and not yet written down, is found by its title.
"""

import hashlib
import hmac

import pytest
import sqlalchemy as sa

from connectors.settings import load_chapter
from models.mail.notices import VOTING
from models.membership.ids import mint
from models.privacy import Email
from tests.conftest import Clock
from tests.connectors.ledger.test_upgrading import OLD_RUNS, at_schema
from tests.connectors.ledger.test_upgrading_mailings import BATCHES, LETTERS
from tests.flows.town import MARKS, Town

READER = "elif.ito@example.org"
KEY = sa.table("meta", sa.column("name"), sa.column("value", sa.LargeBinary))


@pytest.fixture
def earlier(town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town of an earlier program that was killed with a batch open, to one reader."""
    guards = "[safety_limits]\ngains_at_least = 99\n[network]"
    town.rewrite("[network]", guards)
    today = clock.today
    with at_schema("0007", load_chapter(town.folder).ledger_url(), "", monkeypatch) as db:
        db.execute(sa.insert(OLD_RUNS).values(
            day=today, started=clock(), committed=clock(), finished=clock(), fingerprint="",
            approved="", baseline=True, counts={},
        ))  # fmt: skip
        batch = {"id": 7, "kind": VOTING, "state": "open", "campaign_id": None, "day": today}
        db.execute(sa.insert(BATCHES).values(**batch))
        key = db.execute(sa.select(KEY.c.value).where(KEY.c.name == "key")).scalar_one()
        db.execute(sa.insert(LETTERS).values(
            run=1, person=mint((Email.parse(READER), None), key), kind=VOTING, passed_over=False,
            batch=7, since=today, until=today,
        ))  # fmt: skip
    return town


def old_title(town: Town, number: str) -> str:
    """As that program made it."""
    with town.ledger() as ledger:
        mark = hmac.digest(ledger.key, number.encode(), hashlib.sha256).hex()[:8]
    return f"clerk: voting-member {town.clock().date()} {mark}"


@pytest.mark.parametrize("was_sent", [True, False], ids=["sent", "made"])
def test_a_letter_of_the_night_that_was_on_its_way_goes_out_once(
    earlier: Town, clock: Clock, was_sent: bool
) -> None:
    with earlier.context() as context:
        segment, _ = context.audience.fill_segment(
            "clerk: letter voting-member", [Email.parse(READER)]
        )
        words, since = context.words(VOTING), f"{clock.today}T00:00:00+00:00"
        old = context.campaigns.create(old_title(earlier, "batch 7"), words.subject, segment, since)
        if was_sent:
            context.campaigns.fill(old.id, words)
            context.campaigns.send(old.id)
    assert earlier.letters().total() == was_sent
    clock.go(days=1)
    for _ in range(2):
        earlier.night()
        got = {to: many for (to, kind), many in earlier.letters().items() if kind == VOTING}
        assert got == dict.fromkeys(earlier.tagged(MARKS.voting_tag), 1)
    assert READER in got
    titles = [one.settings["title"] for one in earlier.sandbox.mailchimp.campaigns.values()]
    assert len([title for title in titles if VOTING in title]) == 2  # hers, and the others'
