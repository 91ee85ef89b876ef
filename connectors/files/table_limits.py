"""How large a file of rows may be: looked at in pieces, before anything of it is in memory.

A million ballots stay well below every limit; what lies above is another file, or was made to fill
the memory. `docs/count.md` names the limits.
"""

from collections.abc import Iterator
from typing import IO
from zipfile import ZipFile

from models.errors import FixTheData

MOST_ROWS = 5_000_000
MOST_COLUMNS = 16_384
"""As in a workbook."""
LARGEST_WORKBOOK = 1_000_000_000
"""Bytes of all its parts, unpacked."""
LONGEST_RECORD = PIECE = 1 << 20
"""Bytes of one row, and of the pieces that are looked at."""
MOST_EMPTY = 1_000
"""Empty rows between two filled ones of a sheet."""


class Scan:
    """Looks through a file of this name once.

    Args:
        rule: the one that asks for the file, for a refusal.
    """

    def __init__(self, name: str, rule: str) -> None:
        self._name, self._rule = name, rule

    def text(self, file: IO[bytes]) -> None:
        """A CSV file.

        Raises:
            FixTheData: it has too many rows, one without end, or is no text.
        """
        lines = 0
        for piece in _pieces(file):
            breaks = piece.count(b"\n")
            if b"\0" in piece:
                lines += piece[: piece.index(b"\0")].count(b"\n")
                raise self._refusal(
                    "there is a NUL byte here: the file is not text, or is written in UTF-16",
                    "open it in a spreadsheet and save it again as CSV UTF-8",
                    line=lines + 1,
                )  # fmt: skip
            if not breaks and len(piece) == PIECE:
                raise self._refusal(
                    f"the line is longer than {LONGEST_RECORD:,} bytes: a line break or a "
                    "quotation mark is missing, or a cell is too long",
                    "check that it is the right file, and save it again as CSV UTF-8",
                    line=lines + 1,
                )
            lines += breaks
            if lines > MOST_ROWS:
                raise self.too_large(f"more than {MOST_ROWS:,} rows", MOST_ROWS)

    def workbook(self, packed: ZipFile) -> None:
        """A workbook: its parts unpacked, and whether each is made of cells.

        Raises:
            FixTheData: it would fill the memory.
        """
        size = sum(part.file_size for part in packed.infolist())
        if size > LARGEST_WORKBOOK:
            raise self.too_large(f"{size:,} bytes when unpacked", LARGEST_WORKBOOK)
        for part in packed.infolist():
            if part.filename.endswith((".xml", ".rels")):
                with packed.open(part) as file:
                    self._markup(file)

    def _markup(self, file: IO[bytes]) -> None:
        for number, piece in enumerate(_pieces(file)):
            if not number and b"<!DOCTYPE" in piece:
                raise self._refusal(
                    "the workbook defines text that expands, which no spreadsheet program does",
                    "check where it comes from; save it again as .xlsx, or as CSV UTF-8",
                )
            if len(piece) == PIECE and b"<" not in piece:
                raise self._refusal(
                    f"a cell is longer than {PIECE:,} bytes",
                    "shorten the cell, or save the file as CSV UTF-8",
                )

    def too_large(self, what: str, most: int) -> FixTheData:
        """The refusal of a file that has more of something than any such file."""
        return self._refusal(
            f"the file has {what}; at most {most:,} can be read",
            "check that it is the right file; save only the columns that are needed in a new file",
        )

    def _refusal(self, fact: str, next_step: str, *, line: int = 0) -> FixTheData:
        where = f"{self._name}, line {line}" if line else self._name
        return FixTheData(fact, where=where, rule=self._rule, next_step=next_step)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(PIECE), b"")
