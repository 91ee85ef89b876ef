"""Whom to keep out: keyed digests of the people who were erased."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table of erasures."""
    op.create_table(
        "erasures",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
