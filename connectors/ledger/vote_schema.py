"""The tables of votes: elections, frozen rolls, and the sealed record."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from connectors.ledger.columns import Moment, PrivateBlob
from connectors.ledger.schema import metadata

elections = Table(
    "elections",
    metadata,
    Column("name", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("record_date", Date, nullable=False),
    Column("opened", Moment),
    Column("closes", Moment, nullable=False),
    # A slate's nominees stand in it (SC-2).
    Column("definition", PrivateBlob("elections.definition"), nullable=False),
    # Of the codes; gone once the contest window is over (DP-6).
    Column("secret", PrivateBlob("elections.secret")),
    Column("roll_digest", Text, nullable=False),
    Column("decisions", JSON, nullable=False),
    Column("question", JSON),
    Column("result", JSON),
)

voters = Table(
    "voters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("election", Text, ForeignKey("elections.name"), nullable=False),
    Column("frozen_as", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("district", Text, nullable=False),
    Column("on_roll", Boolean, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("because", JSON, nullable=False),
    Column("exception", Text, nullable=False),
    # Of the committee's own votes alone; None in a roll of the members.
    Column("aside", JSON),
    Column("took_part", Boolean),
    UniqueConstraint("election", "frozen_as", name="ux_voters_election_frozen_as"),
    sqlite_autoincrement=True,
)

record = Table(
    "record",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("election", Text, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("said", JSON, nullable=False),  # an event's JSON, or a former line's sentence and facts
    Column("before", Text, nullable=False),
    Column("seal", Text, nullable=False),
)
