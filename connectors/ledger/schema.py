"""The tables. A change here needs a migration beside it; a test compares the two.

The migrations make the tables. What they say of PostgreSQL alone (`postgresql_where`) is not said
here again: SQLAlchemy would import its driver, whatever database the chapter has.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from connectors.ledger.columns import Moment, PersonalText, PrivateBlob
from models.privacy import Email, Name

metadata = MetaData()
# sqlite_autoincrement: an id is never given twice, not even after an erasure.

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", PrivateBlob("meta.value"), nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("started", Moment, nullable=False),
    Column("committed", Moment, nullable=False),
    Column("finished", Moment),
    Column("fingerprint", Text, nullable=False),
    Column("approved", Text, nullable=False),
    Column("baseline", Boolean, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("failed", Moment),
    Column("finishes", Integer),  # the run that was cut short, and whose work this one took over
    sqlite_autoincrement=True,
)

# A claim and a contact are found by a keyed digest, so that their texts need no order or equality.
claims = Table(
    "claims",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("address", PersonalText(Email, "claims.address"), nullable=False),
    Column("name", PersonalText(Name, "claims.name")),
    Column("person", Text, nullable=False, index=True),
    sqlite_autoincrement=True,
)

contacts = Table(
    "contacts",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("address", PersonalText(Email, "contacts.address"), nullable=False),
    Column("state", Text, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("key", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("shape", Text, nullable=False),
    Column("boxes", JSON, nullable=False),
)

# A source's tables in pieces, so that neither side ever holds a whole one twice.
pieces = Table(
    "snapshot_pieces",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "key", Text, ForeignKey("snapshots.key", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("content", PrivateBlob("snapshot_pieces.content"), nullable=False),
    sqlite_autoincrement=True,
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("person", Text, nullable=False),
    Column("recorded", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("since", Date),
    Column("until", Date),
    Column("evidence", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("edition", Text, nullable=False),
    Index("ix_history_person_id", "person", "id"),
    sqlite_autoincrement=True,
)

# One row a mailing. Of a vote's letter there is one for ever, of a night's kind one at a time that
# is open: these two uniques are why no letter goes out twice.
mailings = Table(
    "mailings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("election", Text, ForeignKey("elections.name")),  # none: it is a night's
    Column("letter", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("mark", Text, nullable=False),  # what tells its campaign from all others
    Column("campaign_id", Text),
    Column("people", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("ended", Moment),
    UniqueConstraint("election", "letter", name="ux_mailings_election_letter"),
    UniqueConstraint("mark", name="ux_mailings_mark"),
    Index(
        "ux_mailings_one_open_a_kind",
        "letter",
        unique=True,
        sqlite_where=text("election IS NULL AND state = 'open'"),
    ),
    sqlite_autoincrement=True,
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("passed_over", Boolean, nullable=False),
    Column("mailing", Integer, ForeignKey("mailings.id"), index=True),
    sqlite_autoincrement=True,
)

# Keyed digests of addresses and names, so that a sheet cannot bring an erased person back unseen.
erasures = Table(
    "erasures",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("day", Date, nullable=False),
)

# Keyed digests of addresses, and of addresses with a name, that the mailing list would not take.
refusals = Table(
    "refusals",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("named", LargeBinary, nullable=False),
    Column("times", Integer, nullable=False),
    Column("day", Date, nullable=False),
)

# What officers are told of; one row for as long as it is so.
alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("raised", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("ended", Moment),
    Column("told", JSON(none_as_null=True)),  # the counts as they were told
    Column("told_over", Boolean, nullable=False),
    Index(
        "ux_alerts_one_while_it_is_so",
        "kind",
        "place",
        unique=True,
        sqlite_where=text("ended IS NULL"),
    ),
    sqlite_autoincrement=True,
)

# Sign-in links and sessions of officers at the program's page: digests of what they hold.
officer_keys = Table(
    "officer_keys",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("made", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
)

# Each look of an officer at a person (DP-3); "" for a person who was erased since.
person_looks = Table(
    "person_looks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("officer", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("what", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Members' requests (ST-3): found by a keyed digest of their row, which alone has who and what.
requests = Table(
    "requests",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("row", LargeBinary, nullable=False, unique=True),
    Column("mark", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("received", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("ended", Date),
    Column("why", PrivateBlob("requests.why"), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("told", Text, nullable=False),
    Column("segments", Text, nullable=False),
    Column("code_sent", Date),
    sqlite_autoincrement=True,
)
