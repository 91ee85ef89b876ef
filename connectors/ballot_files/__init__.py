"""Ballots in files: CSV or XLSX → how many ballots carry each ranking (BA-4).

not_text      a ballot file in an encoding that was not tried
settings      `[ballots]` of a contest's file: how to read the ballot file
columns       which columns of a file hold the votes of a contest (BA-4, BA-7)
cells         what the cells of one ballot mean
contest_file  contest.toml of a stand-alone count
rows          which rows of a file are ballots, and the cells of each (BA-2, BA-7)
csv_file      CSV ballots: the records of a file as rows of text
xlsx_file     XLSX ballots: a workbook's sheet as rows of text
edges         what the first and last rows lack, and every other row has
doubtful      rows marked as no votes, or sent twice by one voter (BA-1, BA-2)
tables_of_results  tables of results that look like ballots
summaries     rows that look like ballots but are not
written_in    votes written beside a contest, where it is blank
beside        what stands beside a contest's columns
header        where a file has a contest's header: in which row, and on which sheet
reader        a ballot file → how many ballots carry each ranking
"""

from connectors.ballot_files.contest_file import ContestFile as ContestFile
from connectors.ballot_files.contest_file import Heading as Heading
from connectors.ballot_files.contest_file import contest_file_from as contest_file_from
from connectors.ballot_files.contest_file import read_contest as read_contest
from connectors.ballot_files.reader import BallotFile as BallotFile
from connectors.ballot_files.reader import read_ballots as read_ballots
from connectors.ballot_files.settings import BallotSettings as BallotSettings
