"""The queue of members' requests."""

import sqlalchemy as sa
from alembic import op

from connectors.ledger.columns import PrivateBlob

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table of requests."""
    op.create_table(
        "requests",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("row", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False, index=True),
        sa.Column("received", sa.Date, nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("ended", sa.Date),
        sa.Column("why", PrivateBlob("requests.why"), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("segments", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
