"""The day on which a request's code went out, from which its days count."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column; of a code that is out its days count from the request's, as they did."""
    op.add_column("requests", sa.Column("code_sent", sa.Date))
