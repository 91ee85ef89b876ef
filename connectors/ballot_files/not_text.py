"""A ballot file whose text is in another encoding than was tried."""

from models.errors import FixTheData

OTHER_TEXT = (
    "it is not UTF-8, so it was read as Windows-1252; if it is neither, set its encoding in "
    "contest.toml [ballots] encoding"
)
"""What to do where the text of a guessed encoding is not what was written."""


def not_text(name: str, encoding: str) -> FixTheData:
    """A file that is no text in the encodings tried."""
    return FixTheData(
        f"the file is not text in {encoding}",
        where=name,
        rule="BA-4",
        next_step="save it again as CSV UTF-8, or set its encoding in contest.toml [ballots] "
        "encoding",
    )
