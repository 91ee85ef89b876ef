"""Ballots in files: CSV or XLSX → how many ballots carry each ranking (BA-4).

In reading order: `settings` (what contest.toml may say of a file) · `contest_file` · `columns`
(which hold the votes) · `cells` (what one means) · `rows` (which are ballots) · `csv_file` and
`xlsx_file` (distinct rows) · `beside` (what would make other ballots of them) · `summaries`
(what only looks like ballots) · `kinds` · `limits` · `header` (which row, which sheet) · `reader`.
It reads files and writes none.
"""

from connectors.ballot_files.cells import BallotReader as BallotReader
from connectors.ballot_files.cells import Unreadable as Unreadable
from connectors.ballot_files.columns import find_columns as find_columns
from connectors.ballot_files.contest_file import ContestFile as ContestFile
from connectors.ballot_files.contest_file import Heading as Heading
from connectors.ballot_files.contest_file import contest_file_from as contest_file_from
from connectors.ballot_files.contest_file import read_contest as read_contest
from connectors.ballot_files.reader import BallotFile as BallotFile
from connectors.ballot_files.reader import Fault as Fault
from connectors.ballot_files.reader import read_ballots as read_ballots
from connectors.ballot_files.settings import BallotSettings as BallotSettings
