"""The first ledger: runs, people's history, letters, snapshots, the audience's mirror."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True)),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("approved", sa.Text, nullable=False),
        sa.Column("baseline", sa.Boolean, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    _people_and_audience()
    _sources()
    op.create_table(
        "history",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("recorded", sa.Date, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_history_person_id", "history", ["person", "id"])
    _letters()


def _people_and_audience() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("person", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_claims_person", "claims", ["person"])
    op.create_table(
        "contacts",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
    )


def _sources() -> None:
    op.create_table(
        "snapshots",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("shape", sa.Text, nullable=False),
        sa.Column("boxes", sa.JSON, nullable=False),
    )
    op.create_table(
        "snapshot_pieces",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "key", sa.Text, sa.ForeignKey("snapshots.key", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_snapshot_pieces_key", "snapshot_pieces", ["key"])


def _letters() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("campaign_id", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ux_batches_one_open_a_kind",
        "batches",
        ["kind"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("passed_over", sa.Boolean, nullable=False),
        sa.Column("batch", sa.Integer, sa.ForeignKey("batches.id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letters_person", "letters", ["person"])
    op.create_index("ix_letters_batch", "letters", ["batch"])
