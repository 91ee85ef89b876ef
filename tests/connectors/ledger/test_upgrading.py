"""A ledger of an earlier version, with an open vote in it, is opened by this one.

Rules: DP-3, DP-6, EN-R6, VM-R4.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from connectors.ledger import Ledger, database
from connectors.ledger.cipher import Cipher, new_key
from connectors.ledger.columns import Moment, PrivateBlob
from models.errors import FixTheSettings
from models.votes.election import Election, ElectionState

OPENS, CLOSES = datetime(2026, 3, 1, 14, tzinfo=UTC), datetime(2026, 3, 12, 1, tzinfo=UTC)
SLATE = {
    "id": "slate",
    "title": "Steering Committee",
    "kind": "up-or-down",
    "purpose": "slate",
    "subject": "The slate of five",
    "nominees": [{"name": "Ann Alder", "dues_paid": True}],
}
SPRING = Election.model_validate(
    {
        "name": "spring",
        "title": "Spring votes",
        "opens": OPENS,
        "closes": CLOSES,
        "record_date": OPENS.date(),
        "ballots": {"form": "a-form"},
        "contests": [SLATE],
    }
)
OLD = sa.table(
    "elections",
    sa.column("name", sa.Text),
    sa.column("state", sa.Text),
    sa.column("record_date", sa.Date),
    sa.column("opened", Moment),
    sa.column("closes", Moment),
    sa.column("definition", sa.JSON),
    sa.column("secret", PrivateBlob),
    sa.column("roll_digest", sa.Text),
    sa.column("decisions", sa.JSON),
)
OLD_RUNS = sa.table(
    "runs",
    sa.column("day", sa.Date),
    sa.column("started", Moment),
    sa.column("committed", Moment),
    sa.column("finished", Moment),
    sa.column("fingerprint", sa.Text),
    sa.column("approved", sa.Text),
    sa.column("baseline", sa.Boolean),
    sa.column("counts", sa.JSON),
)


def of_an_earlier_version(url: str, key: str, monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    """A ledger whose definitions stood as plain JSON, with one vote in it."""
    row: dict[str, Any] = {
        "name": SPRING.name,
        "state": state,
        "record_date": SPRING.record_date,
        "opened": None if state == "draft" else OPENS,
        "closes": CLOSES,
        "definition": SPRING.model_dump(mode="json"),
        "secret": b"of the codes",
        "roll_digest": "",
        "decisions": [],
    }
    with at_schema("0004", url, key, monkeypatch) as db:
        db.execute(sa.insert(OLD).values(**row))


@contextmanager
def at_schema(
    revision: str, url: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[sa.Connection]:
    """A new ledger as an earlier program made it, to be written to."""
    newest = command.upgrade
    with monkeypatch.context() as earlier:
        earlier.setattr(command, "upgrade", lambda config, _: newest(config, revision))
        earlier.setattr(database, "HEAD", revision)
        earlier.setattr(Cipher, "_bound", lambda *_: None)
        with Ledger.open(url, key) as ledger, ledger._database.writing() as db:
            yield db


def lies_there(ledger: Ledger) -> bytes:
    """The definition as it lies in its column."""
    with ledger._database.reading() as db:
        asked = sa.text("SELECT definition FROM elections").columns(definition=sa.LargeBinary)
        return bytes(db.execute(asked).scalar_one())


@pytest.mark.parametrize("key", ["", new_key()], ids=["plain", "sealed"])
def test_an_open_vote_is_carried_over_without_its_nominees(
    url: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_an_earlier_version(url, key, monkeypatch, "open")
    for _ in ("upgraded", "and opened again"):
        with Ledger.open(url, key) as ledger:
            vote = ledger.votes.get("spring")
            assert vote
            assert vote.state is ElectionState.OPEN
            assert (vote.opened, vote.secret) == (OPENS, b"of the codes")
            slate = SPRING.contests[0].model_copy(update={"nominees": ()})
            assert vote.election == SPRING.model_copy(update={"contests": (slate,)})
            assert lies_there(ledger).startswith(b"x\x01") is not bool(key)  # zlib's first bytes


def test_a_vote_that_has_not_opened_keeps_its_nominees(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_an_earlier_version(url, "", monkeypatch, "draft")
    with Ledger.open(url) as ledger:
        vote = ledger.votes.get("spring")
        assert vote
        assert vote.election == SPRING


@pytest.mark.parametrize("wrong", ["", new_key()], ids=["none", "another"])
def test_without_its_key_nothing_is_upgraded(
    url: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    of_an_earlier_version(url, key, monkeypatch, "open")
    with pytest.raises(FixTheSettings):
        Ledger.open(url, wrong)
    with Ledger.open(url, key) as ledger:
        assert ledger.votes.get("spring")


def test_an_unfinished_night_of_an_earlier_version_is_not_taken_for_one_that_was_killed(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That version knew no mark of failure: the next night does its work, as that version's did."""
    row: dict[str, Any] = {
        "day": OPENS.date(),
        "started": OPENS,
        "committed": OPENS,
        "fingerprint": "",
        "approved": "",
        "baseline": False,
        "counts": {},
    }
    with at_schema("0005", url, "", monkeypatch) as db:
        for finished in (CLOSES, None):
            db.execute(sa.insert(OLD_RUNS).values(finished=finished, **row))
    with Ledger.open(url) as ledger:
        unfinished, finished_one = ledger.runs()
    assert (unfinished.finished, unfinished.failed) == (None, OPENS)
    assert not unfinished.cut_short
    assert (finished_one.finished, finished_one.failed) == (CLOSES, None)
