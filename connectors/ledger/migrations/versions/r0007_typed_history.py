"""An entry of the audit log holds an event's JSON.

An entry from before keeps its sentence and its facts, as they were hashed. An open question, which
was a sentence, becomes what the sentence was made of.
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Put what a line says into one column, to the letter: its seal covers it."""
    nothing = sa.text("'{}'")  # SQLite adds no column that must hold something without a default
    op.add_column("record", sa.Column("said", sa.JSON, nullable=False, server_default=nothing))
    record = sa.table(
        "record",
        sa.column("number", sa.Integer),
        sa.column("what", sa.Text),
        sa.column("facts", sa.JSON),
        sa.column("said", sa.JSON),
    )
    db = op.get_bind()
    for number, what, facts in db.execute(
        sa.select(record.c.number, record.c.what, record.c.facts)
    ).all():
        said = {"what": what, "facts": facts}
        db.execute(sa.update(record).where(record.c.number == number).values(said=said))
    op.drop_column("record", "what")
    op.drop_column("record", "facts")
    votes = sa.table("elections", sa.column("name", sa.Text), sa.column("question", sa.JSON))
    for name, question in db.execute(sa.select(votes.c.name, votes.c.question)).all():
        if question is not None:
            asked = {race: _asked(one) for race, one in question.items()}
            db.execute(sa.update(votes).where(votes.c.name == name).values(question=asked))


def _asked(before: dict[str, Any]) -> dict[str, Any]:
    """An open tie; all that is lost of it is which of a branch's names are one name."""
    says = re.search(
        r" are tied in round (\d+); who of them (wins|is eliminated)\?", before["says"]
    )
    assert says  # noqa: S101 - every earlier version wrote it so
    return {
        "tied": before["tied"],
        "round": int(says[1]),
        "for_election": says[2] == "wins",
        "branches": {choice: _outcome(end) for choice, end in before["branches"].items()},
    }


def _outcome(said: str) -> dict[str, Any]:
    kind, _, choices = said.partition(": ")
    many = kind == "open tie"
    return {"kind": kind, "choices": choices.split(", ") if many else [choices] if choices else []}
