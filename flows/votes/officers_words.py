"""What an officer says with an act: it is sealed, and people read it, so that something must be."""

from models.errors import FixTheData

UNREASONED = "the reason is missing; everyone who was invited will read it"
UNNAMED = "nobody is named who decides it"


def given(said: str, where: str = "--reason", missing: str = UNREASONED) -> str:
    """What was said, in one line; something there must be.

    Raises:
        FixTheData: there is nothing.
    """
    if not said.strip():
        step = "write one sentence" if missing != UNNAMED else "give your name"
        raise FixTheData(missing, where=where, rule="EN-R11", next_step=step)
    return in_one_line(said)


def in_one_line(said: str) -> str:
    """The same words, as letters and pages have them: no end of a line, no two spaces."""
    return " ".join(said.split())
