"""The life of a vote: elections, frozen rolls, mailings, the sealed record."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of votes."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "elections",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("record_date", sa.Date, nullable=False),
        sa.Column("opened", moment),
        sa.Column("closes", moment, nullable=False),
        sa.Column("definition", sa.JSON, nullable=False),
        sa.Column("secret", sa.LargeBinary),
        sa.Column("roll_digest", sa.Text, nullable=False),
        sa.Column("decisions", sa.JSON, nullable=False),
        sa.Column("question", sa.JSON),
        sa.Column("result", sa.JSON),
    )
    op.create_table(
        "voters",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("election", sa.Text, sa.ForeignKey("elections.name"), nullable=False),
        sa.Column("frozen_as", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("on_roll", sa.Boolean, nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("because", sa.JSON, nullable=False),
        sa.Column("exception", sa.Text, nullable=False),
        sa.UniqueConstraint("election", "frozen_as", name="ux_voters_election_frozen_as"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_voters_person", "voters", ["person"])
    op.create_table(
        "mailings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("election", sa.Text, sa.ForeignKey("elections.name"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("started", moment, nullable=False),
        sa.Column("sent", moment),
        sa.Column("campaign_id", sa.Text),
        sa.Column("people", sa.Integer, nullable=False),
        sa.UniqueConstraint("election", "kind", name="ux_mailings_election_kind"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "record",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("election", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
    )
    op.create_index("ix_record_election", "record", ["election"])
