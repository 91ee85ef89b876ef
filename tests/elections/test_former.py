"""A ledger whose record is in sentences: it is carried over, and says and proves what it did.

`former.json` holds the rows of a vote, from its approval to its announcement, as the program wrote
them before its history was typed; the record has every sentence that was ever sealed.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from connectors import pages
from connectors.ledger import Act
from connectors.ledger.columns import Moment, PrivateBlob, pack
from connectors.ledger.vote_schema import record
from connectors.settings import load_chapter
from flows.views.election import history_rows
from flows.votes.history import facts
from flows.votes.roll_exceptions import correct_roll
from flows.votes.tally.audit import audit
from models.contests.contest import contest_from
from models.errors import FixTheData
from models.tally.digests import contest_digest
from models.tally.outcome import OutcomeKind
from models.votes.audit_log import START, AuditLogEntry
from models.votes.earlier import SENTENCES
from models.votes.election import ElectionState
from models.votes.events import (
    Approved,
    CodesShown,
    Counted,
    LetterSent,
    Opened,
    Unread,
    VoterAdded,
)
from models.votes.history import last
from tests.connectors.ledger.test_upgrading import at_schema
from tests.elections.polls import Poll
from tests.flows.town import Town

FORMER: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("former.json").read_text()
)
RECORD = FORMER["record"]
NAME, OFFICER = "spring", "Thea Novak"
MOMENTS, DAYS = ("opened", "closes", "at"), ("record_date",)
TYPES = {
    "definition": PrivateBlob,
    "secret": PrivateBlob,
    **dict.fromkeys(MOMENTS, Moment),
    **dict.fromkeys(DAYS, sa.Date),
    **dict.fromkeys(("decisions", "question", "result", "facts", "evidence", "because"), sa.JSON),
}


@pytest.fixture
def town(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The chapter whose ledger it is; nobody has opened it since."""
    url = load_chapter(town.folder).ledger_url()
    with at_schema("0006", url, "", monkeypatch) as db:
        for name, rows in FORMER.items():
            columns = [sa.column(column, TYPES.get(column)) for column in rows[0]]
            db.execute(sa.insert(sa.table(name, *columns)), [as_kept(row) for row in rows])
    return town


def as_kept(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the file as the ledger's columns take it."""
    kept = dict(row)
    for name in MOMENTS:
        if name in row:
            kept[name] = datetime.fromisoformat(row[name])
    for name in DAYS:
        if name in row:
            kept[name] = date.fromisoformat(row[name])
    if "definition" in row:
        kept |= {"definition": pack(row["definition"]), "secret": bytes.fromhex(row["secret"])}
    return kept


def test_it_has_every_sentence_that_was_ever_sealed() -> None:
    assert {row["what"] for row in RECORD} == SENTENCES


def test_it_is_carried_over_with_its_seals(town: Town) -> None:
    with town.context() as context:
        lines = audit(context)
    assert [line.seal for line in lines] == [row["seal"] for row in RECORD]
    assert [line.said for line in lines] == [
        {"what": row["what"], "facts": row["facts"]} for row in RECORD
    ]
    assert not [line for line in lines if isinstance(line.event, Unread)]


def test_its_vote_is_what_it_was(town: Town) -> None:
    with town.context() as context:
        vote, lines = context.ledger.votes.get(NAME), context.ledger.votes.lines(NAME)
    assert vote
    assert vote.state is ElectionState.PUBLISHED
    assert vote.result
    assert vote.result.outcomes["mayor"].kind is OutcomeKind.ENDORSED
    assert vote.result.outcomes["mayor"].choices == ("Bea Stone",)
    assert [one.picked for one in vote.decisions] == ["Cy Rivers"]
    counted = last(lines, Counted)
    assert counted
    assert counted.result == vote.result_digest
    assert str(counted.outcomes["mayor"]) == "endorsed: Bea Stone"


@pytest.mark.parametrize("row", RECORD, ids=lambda row: str(row["number"]))
def test_a_changed_word_or_fact_is_found(town: Town, row: dict[str, Any]) -> None:
    said = {"what": row["what"], "facts": {**row["facts"], "letter": "another"}}
    with town.context() as context:
        with context.ledger._database.writing() as db:
            db.execute(sa.update(record).where(record.c.number == row["number"]).values(said=said))
        with pytest.raises(FixTheData, match=f"entry {row['number']} was changed after"):
            audit(context)


def test_it_is_shown_in_the_words_of_today(town: Town) -> None:
    with town.context() as context:
        lines = context.ledger.votes.lines("")
        shown = history_rows(context.chapter, None, lines)
    assert [(what, facts) for _, _, what, facts in shown] == [
        ("exported the list with email addresses", "reason: a letter on paper; people: 43"),
        (
            "erased a person",
            "contacts: 1; rows: 4; addresses and names: 2; status records: 1; email records: 1",
        ),
        ("readmitted a person", ""),
        (
            "retention",
            "rows: 143; email records: 39; status records: 1; people no sheet names: 0",
        ),
    ]


def test_it_goes_on_in_events(town: Town) -> None:
    with town.context() as context:
        context.ledger.votes.note(NAME, Act(OFFICER, context.now(), CodesShown(voters=3)))
        lines = audit(context)
        assert lines[-1].event == CodesShown(voters=3)
        changed = {"kind": "codes-shown", "voters": 4}
        with context.ledger._database.writing() as db:
            newest = record.c.number == lines[-1].number
            db.execute(sa.update(record).where(newest).values(said=changed))
        with pytest.raises(FixTheData, match=f"entry {lines[-1].number} was changed after"):
            audit(context)


def test_its_contests_have_the_digests_they_were_counted_with() -> None:
    """What they say has grown since; and "no endorsement" turns no Spanish sentence round."""
    (vote,) = FORMER["elections"]
    counted = vote["result"]["races"]
    contests = [contest_from(table, "former") for table in vote["definition"]["contests"]]
    assert {c.id: contest_digest(c) for c in contests} == {
        name: race["digests"]["contest"] for name, race in counted.items()
    }
    assert pages.words("es").names(contests[0])["No endorsement"] == "No respaldar a nadie"


FIRST_WORDS = {
    Approved: "approved the vote",
    Opened: "opened the vote",
    LetterSent: "sent a letter",
    VoterAdded: "added to the roll",
}


def in_the_first_words(lines: Sequence[AuditLogEntry], voter: str) -> Iterator[AuditLogEntry]:
    """A record as the first version wrote it: no digest of a roll, and a voter by their id."""
    later = {"counting rules", "definition digest", "test ballots", "roll", "line of the roll"}
    before = START
    for line in lines:
        told = facts(line.event, ZoneInfo("America/New_York"))
        kept = {fact: value for fact, value in told.items() if fact not in later}
        if isinstance(line.event, VoterAdded):
            kept["voter"] = voter
        said = {"what": FIRST_WORDS[type(line.event)], "facts": kept}
        written = line.model_copy(update={"said": said, "before": before}).sealed()
        before = written.seal
        yield written


def test_a_ledger_of_the_first_version_holds_and_loses_no_letter(poll: Poll) -> None:
    poll.opened()
    late = poll.stranger()
    person = poll.people()[late]
    with poll.context() as context:
        correct_roll(context, NAME, person, OFFICER, "was at the door", remove=False)
        lines = list(in_the_first_words(context.ledger.votes.lines(), person))
        with context.ledger._database.writing() as db:
            db.execute(sa.delete(record))
            db.execute(sa.insert(record), [dict(line) for line in lines])
        assert audit(context) == lines
    poll.strike()
    assert late in poll.invited()
