"""A night that failed is told from one that was cut short; a run says which one it finished."""

import sqlalchemy as sa
from alembic import op

from connectors.ledger.columns import Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add both columns.

    An unfinished run of before may have failed or been killed: nothing tells which. It counts as
    failed, so that no clock takes it up: the next night does its work, as it would have before.
    """
    op.add_column("runs", sa.Column("failed", Moment))
    op.add_column("runs", sa.Column("finishes", sa.Integer))
    op.execute("UPDATE runs SET failed = committed WHERE finished IS NULL")
