"""A ledger with two machines of letters is opened by a program with one: nothing is sent twice.

Rules: VM-R4 (once), BA-1 (a letter of a vote carries codes).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from connectors.ledger import Ledger, Mailing, MailingState
from connectors.ledger.columns import Moment, PrivateBlob, pack
from models.intake.people import PersonId
from models.mail.notices import ONE_AWAY, VOTING
from tests.connectors.ledger.nights import ANN, BEN, CID, SPRING, night, voting, welcome
from tests.connectors.ledger.test_upgrading import CLOSES, OLD_RUNS, OPENS, at_schema
from tests.connectors.ledger.test_upgrading import SPRING as ELECTION

DAY, NEXT = date(2026, 3, 9), date(2026, 3, 10)
DEB = PersonId("p-deb")
AT = datetime(2026, 3, 10, 7, tzinfo=UTC)


def table(name: str, *columns: str, **typed: Any) -> sa.TableClause:
    plain = [sa.column(column) for column in columns]
    return sa.table(name, *plain, *(sa.column(column, kind) for column, kind in typed.items()))


BATCHES = table("batches", "id", "kind", "campaign_id", "state", day=sa.Date)
LETTERS = table(
    "letters", "id", "run", "person", "kind", "passed_over", "batch", since=sa.Date, until=sa.Date
)
MAILINGS = table(
    "mailings", "id", "election", "kind", "campaign_id", "people", started=Moment, sent=Moment
)
RECORD = table("record", "number", "election", "who", "before", "seal", at=Moment, said=sa.JSON)
ELECTIONS = table(
    "elections",
    "name", "state", "roll_digest", record_date=sa.Date, opened=Moment, closes=Moment,
    definition=PrivateBlob, secret=PrivateBlob, decisions=sa.JSON,
)  # fmt: skip


def fill(db: sa.Connection) -> None:
    """A sent batch, a void and two open ones, letters that wait; a vote with letters in it."""
    run = {"started": AT, "committed": AT, "finished": AT, "fingerprint": "", "approved": ""}
    db.execute(sa.insert(OLD_RUNS).values(day=DAY, baseline=False, counts={}, **run))
    for number, kind, state, campaign in (
        (3, VOTING, "sent", "c3"), (4, VOTING, "void", None),
        (7, VOTING, "open", None), (8, ONE_AWAY, "open", "c8"),
    ):  # fmt: skip
        row = {"id": number, "kind": kind, "state": state, "campaign_id": campaign, "day": DAY}
        db.execute(sa.insert(BATCHES).values(**row))
    spell = {"since": SPRING.since, "until": SPRING.until}
    for number, person, kind, batch, passed_over in (
        (1, ANN, VOTING, 3, False), (2, BEN, VOTING, 7, False), (3, CID, VOTING, None, False),
        (4, DEB, VOTING, None, True), (5, CID, ONE_AWAY, 8, False),
    ):  # fmt: skip
        row = {"id": number, "run": 1, "person": person, "kind": kind, "batch": batch, **spell}
        db.execute(sa.insert(LETTERS).values(**row, passed_over=passed_over))
    db.execute(sa.insert(ELECTIONS).values(
        name=ELECTION.name, state="open", record_date=ELECTION.record_date, opened=OPENS,
        closes=CLOSES, definition=pack(ELECTION.model_dump(mode="json")), secret=b"of the codes",
        roll_digest="", decisions=[],
    ))  # fmt: skip
    for number, kind, campaign, people, sent in (
        (2, "invitation", "v2", 9, AT), (3, "reminder 1", "v3", 0, AT),
        (4, "reminder 2", None, 0, AT),
        (5, "extension 1", None, 0, None), (6, "reminder 3", "v6", 8, None),
        (9, "clean-up", None, 5, None), (10, "clean-up after publication", None, 0, AT),
    ):  # fmt: skip
        row = {"id": number, "election": ELECTION.name, "kind": kind, "campaign_id": campaign}
        db.execute(sa.insert(MAILINGS).values(**row, people=people, started=AT, sent=sent))
    stopped = {"letter": "reminder 1", "campaign": "canceled", "people": 0}
    said = {"what": "gave up a letter that somebody stopped by hand", "facts": stopped}
    line = {"number": 1, "at": AT, "election": ELECTION.name, "who": "clerk", "said": said}
    db.execute(sa.insert(RECORD).values(**line, before="", seal=""))
    if db.dialect.name == "postgresql":
        for name, last in (("batches", 8), ("letters", 5), ("mailings", 10)):
            db.execute(sa.text(f"SELECT setval('{name}_id_seq', {last})"))
    # Rows that are gone: their ids are given to nobody else.
    db.execute(sa.insert(LETTERS).values(
        run=1, person=DEB, kind=VOTING, passed_over=False, **spell
    ))  # fmt: skip
    db.execute(sa.delete(LETTERS).where(LETTERS.c.id == 6))


@pytest.fixture
def upgraded(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    with at_schema("0007", url, "", monkeypatch) as db:
        fill(db)
    Ledger.open(url).close()
    with Ledger.open(url) as ledger:  # and opened again
        yield ledger


def essence(mailing: Mailing) -> tuple[Any, ...]:
    """All of it but the id."""
    it = mailing
    return it.election, it.letter, it.day, it.mark, it.campaign_id, it.people, it.state, it.ended


def test_open_batches_go_on_under_the_marks_of_their_campaigns(upgraded: Ledger) -> None:
    voting_members, one_away = upgraded.mailings.open_of_nights()
    still = (MailingState.OPEN, None)
    assert essence(voting_members) == (None, VOTING, DAY, "batch 7", None, 0, *still)
    assert essence(one_away) == (None, ONE_AWAY, DAY, "batch 8", "c8", 1, *still)
    assert upgraded.mailings.carried(voting_members.id) == (BEN,)
    assert upgraded.mailings.carried(one_away.id) == (CID,)
    assert upgraded.mailings.begin(VOTING, NEXT, to=[CID]) == voting_members


def test_who_was_told_stays_told_and_who_waits_waits(upgraded: Ledger) -> None:
    assert upgraded.pending_letters() == [welcome(CID)]
    assert [told.sent for told in upgraded.told(ANN)] == [DAY]
    assert [told.passed_over for told in upgraded.told(DEB)] == [True]
    assert upgraded.notified() == {
        **{(one, VOTING): [SPRING] for one in (ANN, BEN, CID, DEB)},
        (CID, ONE_AWAY): [SPRING],
    }
    gone = upgraded.mailings.gone_of_nights(date.min)
    assert ("batch 3", "c3", 1) in [(one.mark, one.campaign_id, one.people) for one in gone]


def test_the_letters_of_a_vote_are_each_as_far_as_they_were(upgraded: Ledger) -> None:
    """Clean-ups are no letters any more."""
    name, day = ELECTION.name, AT.date()
    assert [(one.id, *essence(one)) for one in upgraded.mailings.of(name)] == [
        (2, name, "invitation", day, "mailing 2", "v2", 9, MailingState.SENT, AT),
        (3, name, "reminder 1", day, "mailing 3", "v3", 0, MailingState.STOPPED, AT),
        (4, name, "reminder 2", day, "mailing 4", None, 0, MailingState.VOID, AT),
        (5, name, "extension 1", day, "mailing 5", None, 0, MailingState.OPEN, None),
        (6, name, "reminder 3", day, "mailing 6", "v6", 8, MailingState.OPEN, None),
    ]
    for one in upgraded.mailings.of(name):
        assert upgraded.mailings.begin(one.letter, NEXT, name) == one


def test_how_many_codes_a_clean_up_began_with_is_remembered(upgraded: Ledger) -> None:
    assert upgraded.note(f"codes of {ELECTION.name}") == "5"


def test_no_id_of_before_is_given_again(upgraded: Ledger) -> None:
    """Not even that of a row that is gone; and the marks of new mailings are their own."""
    held = [*upgraded.mailings.open_of_nights(), *upgraded.mailings.of(ELECTION.name)]
    new = upgraded.mailings.begin("invitation 12", NEXT, ELECTION.name)
    assert new.id > max(10, *(one.id for one in held))
    assert new.mark not in {one.mark for one in held}
    newcomer = PersonId("p-eve")
    upgraded.commit_night(night(voting(newcomer), letters=[welcome(newcomer)]))
    with upgraded._database.reading() as db:
        ids = db.execute(sa.text("SELECT max(id) FROM letters")).scalar_one()
    assert ids > 6
