"""A line of the record says an event's JSON; a line of before keeps its sentence and its facts, as
they were sealed. An open question is asked anew: the next count of that vote stops at it again."""

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
    op.execute("UPDATE elections SET question = NULL")
