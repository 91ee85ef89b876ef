"""Votes of the committee: from what a member steps aside, and whether they took part."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Give each line of a roll both; a roll of the members has neither."""
    op.add_column("voters", sa.Column("aside", sa.JSON))
    op.add_column("voters", sa.Column("took_part", sa.Boolean))
