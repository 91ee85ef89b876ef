"""A night that failed is told from one that was cut short; a run says which one it finished."""

import sqlalchemy as sa
from alembic import op

from connectors.ledger.columns import Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add both columns; a run of before has neither failed nor finished another."""
    op.add_column("runs", sa.Column("failed", Moment))
    op.add_column("runs", sa.Column("finishes", sa.Integer))
