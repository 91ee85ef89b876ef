"""Whom the mailing list refuses: keyed digests, so that nobody is tried every night."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of refusals."""
    op.create_table(
        "refusals",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("named", sa.LargeBinary, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
