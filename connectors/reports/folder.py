"""The files of a report on the disk, each in its place.

It writes into the folder it is given and into `tellers/` inside that; it reads a report again.
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from connectors.files.disk import refusal
from models.errors import FixTheData

REPORT = "detailed_report.json"
TELLERS = "tellers"
_WARNING = """\
These files are for the tellers alone: they hold single ballots, and whoever bought a vote could
look for its pattern (BA-6). Do not publish them; destroy them after the contest window (DP-6).
"""


def as_text(report: Mapping[str, Any]) -> str:
    """A report as its file has it."""
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def write_published(
    folder: Path, files: Mapping[str, str], *, without: Iterable[str] = ()
) -> list[Path]:
    """Write files that may be published.

    Args:
        without: files that an earlier count may have left there, and that are no longer for
            everybody.

    Raises:
        FixTheSettings: the folder cannot be written.
    """
    try:
        for name in without:
            (folder / name).unlink(missing_ok=True)
    except OSError as exc:
        raise refusal(exc) or exc from None
    return [_write(folder / name, [text], 0o777, 0o666) for name, text in files.items()]


def write_tellers(folder: Path, files: Mapping[str, Iterable[str]]) -> list[Path]:
    """Write files for the tellers into their folder, which nobody else can open (BA-6).

    Raises:
        FixTheSettings: the folder cannot be written.
    """
    mine = folder / TELLERS
    files = {"README.txt": [_WARNING], **files}
    written = [_write(mine / name, lines, 0o700, 0o600) for name, lines in files.items()]
    mine.chmod(0o700)  # it may have been there before
    return written


def reports_in(path: Path) -> list[Path]:
    """A report's file; of a folder the tellers' own too, where there is one to be read."""
    if not path.is_dir():
        return [path]
    mine = path / TELLERS / REPORT
    return [path / REPORT, *([mine] if os.access(mine, os.R_OK) else [])]


def read_report(path: Path) -> dict[str, Any]:
    """The report of a folder, or of a file.

    Raises:
        FixTheData: there is none, or it is no report of ours.
    """
    file = path / REPORT if path.is_dir() else path
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FixTheData(
            "there is no report here", where=str(file), next_step="name a folder that clerk wrote"
        ) from None
    except (OSError, ValueError, RecursionError):
        raise FixTheData(
            "this is no report", where=str(file), next_step=f"name a {REPORT}"
        ) from None
    if not isinstance(report, dict) or "clerk" not in report or "results" not in report:
        raise FixTheData(
            "this report was not written by clerk", where=str(file), next_step=f"name a {REPORT}"
        )
    return report


def earlier_report(folder: Path) -> dict[str, Any] | None:
    """The digests of the report that a folder holds, the tellers' if it can be read; None if none.

    A file of that name which is no report of ours has no digests.
    """
    if not (folder / REPORT).exists():
        return None
    try:
        digests = read_report(reports_in(folder)[-1])["clerk"]["digests"]
    except (FixTheData, KeyError, TypeError):
        return {}
    return digests if isinstance(digests, dict) else {}


def remove_report(folder: Path) -> None:
    """Remove an earlier report with its pages and ballots, so that no two counts are mixed."""
    try:
        contest = str(read_report(folder)["clerk"]["contest"]["id"])
    except (FixTheData, KeyError, TypeError):
        contest = ""
    pages = [f"{contest}.html", f"{contest}.es.html"] if Path(contest).name == contest else []
    both, mine = [REPORT, "rcvis.json", *pages], folder / TELLERS
    votes = ["ballots.blt", "ballots.csv"]  # beside the report it may be the ballots themselves
    for file in (*map(folder.joinpath, both), *map(mine.joinpath, [*both, *votes])):
        with suppress(
            OSError, ValueError
        ):  # what cannot be removed cannot be written either, and is told
            file.unlink()


def _write(path: Path, lines: Iterable[str], folder_mode: int, file_mode: int) -> Path:
    """Write a file beside its place, then put it there: on a full disk the earlier one stays.

    What stood there before goes, permissions and all.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(mode=folder_mode, parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        try:
            made = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, file_mode)
            with os.fdopen(made, "w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as exc:
        if exc.filename in (None, str(beside)):
            exc.filename = str(path)  # what was meant
        raise refusal(exc) or exc from None
    return path
