"""What an election is about becomes a private blob, encrypted where addresses are.

A slate's nominees are in it. Their answers leave every election that has opened: they are needed
no more (DP-6).
"""

import sqlalchemy as sa
from alembic import op

from connectors.ledger.columns import PrivateBlob, pack

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Write each definition anew: the ledger was unlocked before, so the column's type seals it."""
    empty = sa.text("''")  # SQLite adds no column that must hold something without a default
    blob = sa.Column("packed", sa.LargeBinary, nullable=False, server_default=empty)
    op.add_column("elections", blob)
    old = sa.table(
        "elections",
        sa.column("name", sa.Text),
        sa.column("state", sa.Text),
        sa.column("definition", sa.JSON),
        sa.column("packed", PrivateBlob),
    )
    db = op.get_bind()
    for name, state, definition in db.execute(
        sa.select(old.c.name, old.c.state, old.c.definition)
    ).all():
        if state != "draft":
            for contest in definition["contests"]:
                contest |= {key: [] for key in ("nominees", "invited") if key in contest}
        db.execute(sa.update(old).where(old.c.name == name).values(packed=pack(definition)))
    op.drop_column("elections", "definition")
    op.execute("ALTER TABLE elections RENAME COLUMN packed TO definition")
