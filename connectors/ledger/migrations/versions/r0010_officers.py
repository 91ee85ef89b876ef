"""Officers at the program's own page: their sign-in keys, and whom they looked at."""

import sqlalchemy as sa
from alembic import op

from connectors.ledger.columns import Moment

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables of sign-in keys and of looks at people."""
    op.create_table(
        "officer_keys",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("made", Moment, nullable=False),
        sa.Column("ends", Moment, nullable=False),
    )
    op.create_table(
        "person_looks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False, index=True),
        sa.Column("what", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
