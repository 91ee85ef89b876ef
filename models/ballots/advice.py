"""What to do about headers that fit in no way, or in two (BA-7)."""

HEADED = (
    "head the columns with the contest's title, or rank1, rank2 … or the choices in a file of one "
    "race; if they were taken out, put them back; only if the file calls this very contest "
    "otherwise, name its question, or its columns in the order of the ranks: contest.toml "
    "[ballots] question, columns"
)
A_RANK_EACH = (
    "ask it as a grid, or a question for each rank; where each rank has a column, name all of them "
    "in their order: contest.toml [ballots] columns; a list of names in one cell is first split "
    "into a column for each"
)
MENDED = (
    "fix the header; or say in contest.toml what it means: a choice written otherwise, as with "
    "its party, in [ballots.aliases], a rank in [ranks]{write_in}; or name a column that asks "
    "something else in [ballots] ignore; only a further candidate belongs among the choices"
)
WRITE_IN = ", a line for write-ins in undeclared_write_ins"
RETITLED = (
    "give each column of this contest its rank in the title, as in “Mayor, first choice”, and "
    "another title to what asks something else; or name the columns that count, in the order of "
    "the ranks: contest.toml [ballots] columns; or what asks something else in ignore"
)
TITLED = (
    "give what asks something else another title, or name it in contest.toml [ballots] ignore; or "
    "name the column that counts: [ballots] columns"
)
"""As RETITLED, where a contest has one column and no ranks."""
PUT_BACK = (
    "put the column back with what voters marked in it; add an empty one only where nobody marked "
    "anything"
)
JOINED = (
    "put what stands in both into one column, and take the other out; one that has nothing to do "
    "with this contest, give another title and name that in [ballots] ignore"
)
