"""What to do about headers that fit in no way, or in two (BA-7)."""

HEADED = (
    "use the contest's title as the header of its columns (or rank1, rank2 … or the choices, if "
    "the file has only one contest); if the columns were deleted, put them back; only if the "
    "file has another name for this same contest, set its question, or its columns in the order "
    "of the ranks, in contest.toml [ballots] question, columns"
)
A_RANK_EACH = (
    "ask it as a grid, or with one question per rank; if each rank has a column, list all of "
    "them in order in contest.toml [ballots] columns; if one cell has a list of names, first "
    "split it into one column per name"
)
MENDED = (
    "fix the header; or set what it means in contest.toml: a choice with another spelling, as "
    "with its party, in [ballots.aliases], a rank in [ranks]{write_in}; or list a column that "
    "asks something else in [ballots] ignore; add it to the choices only if it is another "
    "candidate"
)
WRITE_IN = ", a line for write-ins in undeclared_write_ins"
RETITLED = (
    "write the rank in the title of each column of this contest, as in “Mayor, first choice”, "
    "and give another title to what asks something else; or list the columns that count, in the "
    "order of the ranks, in contest.toml [ballots] columns; or list what asks something else in "
    "ignore"
)
TITLED = (
    "give what asks something else another title, or list it in contest.toml [ballots] ignore; "
    "or list the column that counts in [ballots] columns"
)
"""As RETITLED, where a contest has one column and no ranks."""
PUT_BACK = (
    "put the column back with what voters marked in it; add an empty column only if no one "
    "marked anything"
)
NEVER_THERE = (
    '{fix}; if the ballots of your group never had “{line}”, write rules = "public" and '
    'no_endorsement = "" in contest.toml'
)
JOINED = (
    "put the answers of both into one column, and delete the other; if one has nothing to do "
    "with this contest, give it another title and list that in [ballots] ignore"
)
