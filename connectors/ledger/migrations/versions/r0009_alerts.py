"""What officers are told of: since when it is so, until when, and what they were told."""

import sqlalchemy as sa
from alembic import op

from connectors.ledger.columns import Moment

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table of alerts."""
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("raised", Moment, nullable=False),
        sa.Column("seen", Moment, nullable=False),
        sa.Column("ended", Moment),
        sa.Column("told", sa.JSON(none_as_null=True)),
        sa.Column("told_over", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ux_alerts_one_while_it_is_so",
        "alerts",
        ["kind", "place"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
