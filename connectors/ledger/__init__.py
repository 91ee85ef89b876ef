"""The ledger: what the program decided, did and must never do twice.

One SQLite file, or a PostgreSQL database by URL. It reads and writes only its own tables; every
method of `Ledger` is one transaction, so that a crash leaves the state before or after it.

chunks       many rows at a time, whatever the database
cipher       personal columns under a key that lies outside the ledger (DP-3)
columns      column types: people's texts, private bytes, moments
exit         where a PostgreSQL ledger's URL leads, said before libpq is asked
files        the SQLite file on its disk
records      what goes into the ledger and comes out of it
schema       the tables
encryption   whether a ledger is sealed, with which key, and how it becomes so
migrations   alembic's migrations, run when a ledger is opened
notes        small values to remember, under a name
outbox       the letters of the nights
people       who is who, how they stood, and the mirror of the mailing list
refusals     new contacts whom the mailing list would not take
sources      snapshots: the sources as last read, in compressed pieces
trouble      a database's errors in our words
kept_people  what a night found of each person, in small pieces
copies       a ledger's SQLite file as a whole
engines      engines on a ledger's database, one owner at a time
changes      whether anything that a night goes by was written since
database     the ledger's database: its transactions, and who may write
alerts       alerts in the ledger
officers     officers at the program's own page: who is signed in, and whom they looked at
looks        the newest look at the sources that was not applied
vote_schema  the tables of votes: elections, frozen rolls, and the sealed record
night        what one night decided, written in one transaction
record       the sealed record: what is written down of an act
requests     the queue of members' requests
quiet        nights that find nothing changed
people_found  what the last full night found of each person, as facts
erasing      what leaves the ledger
imported     lists given as files, kept beside the readings of the sheets
mailings     the mailings: each a letter to many
vote_rows    rows of the votes' tables as values, and values as rows
votes        votes in the ledger
areas        its areas, each imported when it is first asked for
store        the ledger's front: one method a question or a fact
"""

from connectors.ledger.cipher import Cipher as Cipher
from connectors.ledger.cipher import new_key as new_key
from connectors.ledger.encryption import Encrypted as Encrypted
from connectors.ledger.exit import exit_of as exit_of
from connectors.ledger.looks import Look as Look
from connectors.ledger.looks import LookEnd as LookEnd
from connectors.ledger.officers import KeyKind as KeyKind
from connectors.ledger.record import Act as Act
from connectors.ledger.records import Found as Found
from connectors.ledger.records import Gathered as Gathered
from connectors.ledger.records import HistoryRow as HistoryRow
from connectors.ledger.records import LooksInAnHour as LooksInAnHour
from connectors.ledger.records import Mailing as Mailing
from connectors.ledger.records import MailingState as MailingState
from connectors.ledger.records import NightlyRun as NightlyRun
from connectors.ledger.records import OfficerKey as OfficerKey
from connectors.ledger.records import PersonLook as PersonLook
from connectors.ledger.records import Recorded as Recorded
from connectors.ledger.records import RunRecord as RunRecord
from connectors.ledger.records import Snapshot as Snapshot
from connectors.ledger.store import Ledger as Ledger
from connectors.ledger.trouble import Busy as Busy
