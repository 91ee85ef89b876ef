"""One table for all mailings: the batches of the nights come to the letters of the votes.

What is on its way keeps the text that its campaign's title was made of ("batch 7", "mailing 12"),
so that the campaign is found and nothing goes out twice. What was done once beside the letters of
a vote, when their campaigns were out, is told by the vote's record alone; how many codes there were
when the first was taken off is kept in a note of the ledger.
"""

from datetime import UTC, datetime, time
from typing import Any

import sqlalchemy as sa
from alembic import op

from connectors.ledger.columns import Moment, PrivateBlob

revision = "0008"
down_revision = "0007"

CLEAN_UPS = ("clean-up", "clean-up after publication")
STOPPED = "gave up a letter that somebody stopped by hand"
OURS = {"sqlite_autoincrement": True}

batches = sa.table(
    "batches", *(sa.column(name) for name in ("id", "kind", "campaign_id", "state")),
    sa.column("day", sa.Date),
)  # fmt: skip
letters = sa.table("letters", *(sa.column(name) for name in ("id", "batch", "mailing")))
mailings = sa.table(
    "mailings",
    *(sa.column(n) for n in ("id", "election", "kind", "letter", "mark", "campaign_id", "people")),
    sa.column("state"), sa.column("started", Moment), sa.column("sent", Moment),
    sa.column("ended", Moment), sa.column("day", sa.Date),
)  # fmt: skip
record = sa.table("record", sa.column("election"), sa.column("said", sa.JSON))
meta = sa.table("meta", sa.column("name"), sa.column("value", PrivateBlob))


def upgrade() -> None:
    """Make the one table of the two."""
    db = op.get_bind()
    given = _ids_given(db, "mailings", "letters")
    _clean_ups_out(db)
    with op.batch_alter_table("mailings", table_kwargs=OURS) as table:
        table.drop_constraint("ux_mailings_election_kind", type_="unique")
        table.alter_column("election", existing_type=sa.Text, nullable=True)
        table.alter_column("kind", existing_type=sa.Text, new_column_name="letter")
        table.alter_column("sent", existing_type=Moment, new_column_name="ended")
        table.add_column(sa.Column("day", sa.Date))
        table.add_column(sa.Column("mark", sa.Text))
        table.add_column(sa.Column("state", sa.Text))
    _letters_of_votes(db)
    with op.batch_alter_table("mailings", table_kwargs=OURS) as table:
        for name, kind in (("day", sa.Date), ("mark", sa.Text), ("state", sa.Text)):
            table.alter_column(name, existing_type=kind, nullable=False)
        table.drop_column("started")
        table.create_unique_constraint("ux_mailings_election_letter", ["election", "letter"])
        table.create_unique_constraint("ux_mailings_mark", ["mark"])
    _never_again(db, given, "mailings")
    op.add_column("letters", sa.Column("mailing", sa.Integer))
    _batches_of_nights(db)
    op.create_index(
        "ux_mailings_one_open_a_kind",
        "mailings",
        ["letter"],
        unique=True,
        sqlite_where=sa.text("election IS NULL AND state = 'open'"),
        postgresql_where=sa.text("election IS NULL AND state = 'open'"),
    )
    op.drop_index("ix_letters_batch", "letters")
    with op.batch_alter_table("letters", table_kwargs=OURS) as table:
        table.drop_column("batch")
        table.create_foreign_key("fk_letters_mailing", "mailings", ["mailing"], ["id"])
    _never_again(db, given, "letters")
    op.create_index("ix_letters_mailing", "letters", ["mailing"])
    op.drop_table("batches")


def _ids_given(db: sa.Connection, *tables: str) -> dict[str, int]:
    """The highest id that each table ever gave; SQLite makes a table anew to change it."""
    if db.dialect.name != "sqlite":
        return {}
    rows = db.execute(sa.text("SELECT name, seq FROM sqlite_sequence"))
    return {name: seq for name, seq in rows if name in tables}


def _never_again(db: sa.Connection, given: dict[str, int], table: str) -> None:
    """No id is given twice, not even that of a row that is gone."""
    if table in given:
        gone = sa.text("DELETE FROM sqlite_sequence WHERE name = :name")
        db.execute(gone, {"name": table})
        kept = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")
        db.execute(kept, {"name": table, "seq": given[table]})


def _clean_ups_out(db: sa.Connection) -> None:
    """They are no letters. Of one that was begun and not ended, how many it was begun for stays."""
    begun = sa.select(mailings.c.election, mailings.c.people).where(
        mailings.c.kind == CLEAN_UPS[0], mailings.c.sent.is_(None), mailings.c.people > 0
    )
    for election, people in db.execute(begun).all():
        note = {"name": f"note codes of {election}", "value": str(people).encode()}
        db.execute(sa.insert(meta).values(note))
    db.execute(sa.delete(mailings).where(mailings.c.kind.in_(CLEAN_UPS)))


def _letters_of_votes(db: sa.Connection) -> None:
    stopped = {
        (election, said["letter"] if "letter" in said else said["facts"]["letter"])
        for election, said in db.execute(sa.select(record.c.election, record.c.said))
        if said.get("kind") == "letter-stopped" or said.get("what") == STOPPED
    }
    for row in db.execute(sa.select(mailings).with_only_columns(
        *(mailings.c[n] for n in ("id", "election", "letter", "started", "ended", "people"))
    )).all():  # fmt: skip
        state = "sent" if row.people else "void"
        if (row.election, row.letter) in stopped:
            state = "stopped"
        values: dict[str, Any] = {
            "day": row.started.date(),
            "mark": f"mailing {row.id}",
            "state": state if row.ended else "open",
        }
        db.execute(sa.update(mailings).where(mailings.c.id == row.id).values(values))


def _batches_of_nights(db: sa.Connection) -> None:
    carried = sa.select(sa.func.count()).where(letters.c.batch == batches.c.id).scalar_subquery()
    for row in db.execute(sa.select(batches, carried.label("people")).order_by(batches.c.id)).all():
        is_over = row.state != "open"
        values: dict[str, Any] = {
            "election": None,
            "letter": row.kind,
            "day": row.day,
            "mark": f"batch {row.id}",
            "campaign_id": row.campaign_id,
            "people": row.people if is_over or row.campaign_id else 0,
            "state": row.state,
            "ended": datetime.combine(row.day, time(), UTC) if is_over else None,
        }
        mailing = db.execute(sa.insert(mailings).values(values).returning(mailings.c.id)).scalar()
        theirs = sa.update(letters).where(letters.c.batch == row.id)
        db.execute(theirs.values(mailing=mailing))
