"""The terminal: tables and progress for people, tabs and silence for pipes."""

import csv
import io
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from rich.console import Console
from rich.table import Table

from connectors.files.old_names import OldName
from flows.printable import json_text, printable
from models.errors import ClerkError
from models.privacy import redact_addresses
from models.text.formulas import BEGINS

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

out = Console(highlight=False, soft_wrap=True)
_BREAKS = str.maketrans("\t\n", "  ")
err = Console(stderr=True, highlight=False, soft_wrap=True)


class ProgressCallback(Protocol):
    """Shows what is going on."""

    def __call__(self, line: str) -> None:
        """Replace the line shown."""


class Linked(str):
    """A cell of a table that a terminal can open; plain text in a pipe."""

    __slots__ = ("address",)
    address: str

    def __new__(cls, text: str, address: str) -> "Linked":
        made = super().__new__(cls, text)
        made.address = address
        return made


class _Unheard(io.FileIO):
    """An output whose reader may go away; what nobody reads is dropped."""

    def write(self, data: "ReadableBuffer") -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes


def is_for_eyes_alone() -> bool:
    """Whether what is printed goes to a terminal, and into no file or other program."""
    return sys.stdout.isatty()


def outlive_readers() -> None:
    """Ignore a closed pipe, so that `clerk roll | head -1` finishes and keeps its exit code.

    A letter that the other side does not know is shown as a question mark, and ends nothing. What
    was closed before we began (`>&-`) becomes the null device: nobody hears, and no file of ours
    takes its number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: PTH123, SIM115 - a device, for as long as we run
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            raw = io.BufferedWriter(_Unheard(os.dup(stream.fileno()), "w"))
            heard = io.TextIOWrapper(
                raw,
                stream.encoding,
                "replace",
                line_buffering=stream.line_buffering,
                write_through=stream.write_through,
            )
            setattr(sys, name, heard)


def flush() -> None:
    """Write what is still held back.

    Raises:
        OSError: it fits nowhere; it is dropped, for Python would try again at its end.
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def say(line: str = "", style: str = "") -> None:
    """A line of the answer. Nothing in it is read as markup: it may hold a cell's text."""
    out.print(printable(line), style=style or None, markup=False)


def title(line: str) -> None:
    """The answer itself, first."""
    say(line, "bold")


def warn(line: str) -> None:
    """What must be known before the answer; apart from it, so that a script's is not disturbed."""
    err.print(printable(line), style="yellow", markup=False)


def hush(*, on: bool) -> None:
    """Show nothing for a while: all of it was shown before."""
    out.quiet = err.quiet = on


def tell_of_old_names() -> None:
    """Show each old name of a setting or an option once, above the answer and apart from it."""
    usual, shown = warnings.showwarning, set[str]()

    def show(message: Warning | str, category: type[Warning], *more: Any, **named: Any) -> None:
        if category is not OldName:
            usual(message, category, *more, **named)
        elif (line := str(message)) not in shown:
            shown.add(line)
            warn(f"{line}.")

    warnings.showwarning = show


def table(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows under headers; in a pipe one line a row, cells separated by tabs."""
    if out.quiet:
        return
    if not out.is_terminal:
        for row in (headers, *rows):
            print("\t".join(_line(cell) for cell in row))  # noqa: T201 - a pipe wants plain text
        return
    shown = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 3, 0, 0))
    for number, header in enumerate(headers):
        figures = bool(rows) and all(isinstance(row[number], int) for row in rows)
        shown.add_column(_cell(header), justify="right" if figures else "left")
    for row in rows:
        shown.add_row(*(_cell(cell) for cell in row))
    out.print(shown)


def _cell(cell: Any) -> Any:
    from rich.text import Text

    text = Text(f"{cell:,}" if isinstance(cell, int) else printable(str(cell)))
    if isinstance(cell, Linked) and cell.address:
        text.stylize(f"link {cell.address}")
    return text


def _line(cell: Any) -> str:
    """A cell of a pipe's table, where a line is a row and a tab a column."""
    return printable(str(cell)).translate(_BREAKS)


def csv_rows(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as CSV; a cell that a spreadsheet would take for a formula is made text."""
    lines = csv.writer(sys.stdout)
    for row in (headers, *rows):
        cells = (printable(str(cell)) for cell in row)
        lines.writerow([f"'{cell}" if cell[:1] in BEGINS else cell for cell in cells])


def print_json(answer: Any) -> None:
    """The answer for a script."""
    print(json_text(answer))  # noqa: T201 - for scripts


def plain(text: str) -> None:
    """A text of ours as it is written, for a pipe."""
    print(text, end="" if text.endswith("\n") else "\n")  # noqa: T201 - a pipe wants plain text


def laid_out(markdown: str) -> list[str]:
    """A page of ours as a terminal shows it, by lines."""
    from rich.markdown import Markdown

    screen = Console(highlight=False)
    with screen.capture() as shown:
        screen.print(Markdown(markdown, hyperlinks=False))
    return shown.get().splitlines()


def put(text: str) -> None:
    """A text that is laid out already."""
    print(text)  # noqa: T201 - with its colors


@contextmanager
def working(first: str) -> Iterator[ProgressCallback]:
    """A spinner with the line of the moment, on a terminal; silence in a pipe."""
    if not err.is_terminal:
        yield lambda line: None
        return
    from rich.text import Text

    with err.status(Text(printable(first)), spinner="dots") as status:
        yield lambda line: status.update(Text(printable(line)))


def mention(line: str) -> None:
    """A line about what is going on, on a terminal; silence in a pipe."""
    if err.is_terminal:
        err.print(printable(line), style="dim", markup=False)


def print_error(error: ClerkError) -> None:
    """An error, told to the person who can fix it; an address typed in the wrong place is dots."""
    what, _, next_step = printable(redact_addresses(str(error))).partition("\nNext: ")
    err.print(what, style="bold red", markup=False)
    if next_step:
        err.print(f"Next: {next_step}", markup=False)


def crash(error: BaseException) -> None:
    """A bug: where it happened, and nothing of what was in the variables (DP-3)."""
    trace, places = error.__traceback__, []
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"  {code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno} "
                      f"in {code.co_name}")  # fmt: skip
        trace = trace.tb_next
    lines = "\n".join(places[-12:])
    err.print(
        f"This is a bug in Chapter Clerk: {type(error).__name__} at\n{lines}\nIts message is left "
        "out because it could name a person. Run the command again: nothing is done twice. If "
        "the bug comes back, report the lines above.",
        markup=False,
        style="red",
    )
    sys.stderr.flush()
