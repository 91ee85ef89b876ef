"""`clerk election history`: the events in words, and to scripts what was sealed."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from connectors.ledger.vote_schema import elections, record
from flows.votes.tally.audit import audit
from models.errors import FixTheData
from models.votes.audit_log import AuditLogEntry, faults
from tests.elections.polls import NAME, OFFICER, Poll
from tests.elections.test_commands import Clerk, told
from tests.elections.test_commands import clerk as clerk


def rewritten(poll: Poll, number: int, said: dict[str, Any]) -> None:
    """Somebody writes another event into the ledger."""
    with poll.context() as context, context.ledger._database.writing() as db:
        db.execute(update(record).where(record.c.number == number).values(said=said))


def test_a_script_gets_the_words_and_what_was_sealed(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    lines = json.loads(clerk("election", "history", NAME, "--json").output)
    assert [line["what"] for line in lines][:2] == ["approved the election", "opened voting"]
    assert (lines[0]["who"], lines[0]["said"]["kind"]) == (OFFICER, "approved")
    assert lines[0]["facts"]["closes"] == "2026-04-12T21:00-04:00"
    assert lines[1]["facts"]["voters"] == lines[1]["said"]["voters"] > 0
    sealed = [{k: v for k, v in line.items() if k not in ("what", "facts")} for line in lines]
    assert list(faults(map(AuditLogEntry.model_validate, sealed))) == []


def test_an_event_that_was_changed_is_found(poll: Poll) -> None:
    poll.opened()
    with poll.context() as context:
        said = dict(context.ledger.votes.lines(NAME)[1].said)
        audit(context)
    rewritten(poll, 2, said | {"voters": 1})
    with poll.context() as context, pytest.raises(FixTheData, match="entry 2 was changed after"):
        audit(context)


def test_a_line_that_says_nothing_known_is_named(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    rewritten(poll, 2, {"kind": "danced", "with": "ann@example.org"})
    shown = clerk("election", "history", NAME)
    assert isinstance(shown.exception, FixTheData)
    assert "entry 2 cannot be read by this version of the program" in str(shown.exception)
    assert "ann@" not in told(shown)
    with poll.context() as context, pytest.raises(FixTheData, match="entry 2 was changed after"):
        audit(context)


def test_a_row_that_no_version_wrote_is_named(poll: Poll) -> None:
    poll.opened()
    with poll.context() as context, context.ledger._database.writing() as db:
        db.execute(update(elections).values(result={"races": "ann@example.org"}))
    with (
        poll.context() as context,
        pytest.raises(FixTheData, match="not what the program wrote") as said,
    ):
        audit(context)
    assert said.value.where == NAME
    assert "ann@" not in str(said.value)


def test_a_close_is_held_to_the_second(poll: Poll) -> None:
    poll.opened()
    with poll.context() as context:
        closes = context.ledger.votes.all()[0].election.closes
        with context.ledger._database.writing() as db:
            db.execute(update(elections).values(closes=closes.replace(second=30)))
    with poll.context() as context, pytest.raises(FixTheData, match="the closing time of"):
        audit(context)
