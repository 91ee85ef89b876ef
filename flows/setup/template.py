"""`clerk init --template`: sheets for a chapter that has none, with the headers that are read."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from connectors.files.own_files import is_there
from connectors.files.private_files import write_private
from models.errors import Refused
from models.intake.columns import ALL_COLUMNS

TABS: Mapping[str, str] = {
    "Events": "events",
    "Sign-ins": "sign_ins",
    "Volunteering": "volunteers",
    "Registrations": "registrations",
    "Exceptions": "exceptions",
    "Committee": "committee",
    "Requests": "requests",
}
"""Tab → what it holds."""
_LEFT_OUT = {"cancelled", "first_name", "last_name"}
"""Fields that another one says: a sheet has one of the two."""
INSTRUCTIONS = "READ ME FIRST.txt"
_TEXT = """\
Sheets for a chapter that has none
==================================

Each file here is one tab: a row of headers, and nothing else yet.

1. Go to sheets.google.com, signed in to the chapter's own account, and make a blank spreadsheet.
   Name it after the chapter.
2. For each of the {many} .csv files: choose File, Import, Upload, and drop the file there. Under
   “Import location”, choose “Insert new sheet(s)”. Take the check off “Convert text to numbers,
   dates, and formulas” only if you want dates to stay as you type them; both are read.
3. The new tab has the file's name: {tabs}. Delete the empty tab “Sheet1”.
4. Freeze row 1 in each tab (View, Freeze, 1 row), so that nobody sorts the headers away.
5. Share the spreadsheet with the people on your committee by name, never by link, and with the
   service account as Editor. `clerk init` names it.
6. Run `clerk init` and a folder, and paste the address of the spreadsheet when it asks.

What goes into the tabs
-----------------------

Events          one row for each event: its date, its name, its kind as your bylaws name it.
                “Held” is empty if it took place, and no if it did not.
Sign-ins        one row for each person at an event. “Event” is the name from the Events tab.
Volunteering    one row for each person and activity.
Registrations   one row for each person who filled in the membership form. “Mailing list” is yes
                only if the person said so.
Exceptions      corrections that somebody decided, with a date, a name, and a reason.
Committee       one row for each seat on the Steering Committee: who, and the day on which the
                members confirmed it.
Requests        what members ask for, one row each: usually the answers of a form.
                docs/requests.md has its questions.

docs/sheets.md says what each cell can contain. A Google form can fill a tab: in the form, choose
Responses, Link to Sheets, and this spreadsheet. Then `clerk init` reads the tab that Google makes.
"""


def write(folder: Path) -> list[Path]:
    """Write the files; none that is there already is replaced.

    Raises:
        Refused: one of them is there.
    """
    texts = {f"{tab}.csv": _row(headers(kind)) for tab, kind in TABS.items()}
    texts[INSTRUCTIONS] = _TEXT.format(many=len(TABS), tabs=", ".join(TABS))
    files = {folder / name: text for name, text in texts.items()}
    if there := [file.name for file in files if is_there(file)]:
        raise Refused(
            f"there is a file {there[0]} already",
            where=folder.name,
            next_step="name another folder, or move that file away",
        )
    for file, text in files.items():
        write_private(file, text.encode(), new=True)
    return list(files)


def headers(kind: str) -> list[str]:
    """The usual headers of a kind of table, each field once."""
    wanted = ALL_COLUMNS[kind]
    return [wanted.titles(name)[0] for name in wanted.headers if name not in _LEFT_OUT]


def _row(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
