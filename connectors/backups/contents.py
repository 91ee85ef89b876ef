"""What a backup may hold: names and sizes, judged before a byte of it is read or written.

Whoever can put a file of their choice into a chapter's folder can make the program do anything.
So a backup holds what is listed here, and nothing else is taken from one.
"""

import unicodedata
from pathlib import PurePosixPath

from models.errors import FixTheData
from models.faults import shown

ABOUT, LEDGER = "about.json", "ledger.sqlite"
SETTINGS = ".toml"
"""Of the files beside `chapter.toml`, those with this ending; which of them, says `at_top`."""
_OF_OTHERS = frozenset(("prefect.toml", "pyproject.toml"))
"""Prefect takes its settings from these in the folder it works in."""
FOLDERS = ("elections", "calls", "emails", "letters", "bylaws")
"""`letters` is where chapters kept the texts of their emails before there was `[emails]`."""
KINDS = frozenset(
    (".csv", ".html", ".jpeg", ".jpg", ".json", ".md", ".pdf", ".png", ".toml", ".txt", ".xlsx")
)
"""Of the files in the folders: what the program reads and writes, and papers that people put there.
Nothing that a computer runs."""
_CODE = (".py", ".pyc", ".pth", ".so", ".pyd")
"""What Python runs. No chapter's folder has any: an early backup with it was tampered with."""
MOST_FILES = 10_000
"""A vote leaves about a hundred."""
MOST_TEXT = 32 * 2**20
"""Bytes of one text; the answers of 20,000 voters are a tenth of it."""
MOST_IN_ALL = 2**30
"""Bytes of everything, the ledger too; all of it is in memory once."""
MOST_PASSED_OVER = 2**30
"""Bytes of an early backup that are read and dropped: scans and photos, not a bomb's zeros."""
_LONGEST_NAME, _DEEPEST = 255, 8
_TAKE_ANOTHER = "nothing was changed; use a file that `clerk backup` wrote"


def why_not(name: str, size: int) -> str:
    """Why a file of this name and size is none that a backup holds; "" if it is one."""
    if not 0 <= size <= (MOST_IN_ALL if name == LEDGER else MOST_TEXT):
        return "it is too large"
    if name in (ABOUT, LEDGER):
        return ""
    if fault := _no_plain_name(name):
        return fault
    if _is_hidden(name):
        return "it is hidden, or an editor's copy"
    path = PurePosixPath(name)
    if path.parts[0] in FOLDERS and len(path.parts) > 1:
        return "" if path.suffix.lower() in KINDS else "it is of another kind"
    if _alike(name) in _OF_OTHERS:
        return "it holds settings of another program"
    is_settings = len(path.parts) == 1 and path.suffix == SETTINGS
    return "" if is_settings else "it is none of the chapter's texts"


def why_no_folder(name: str) -> str:
    """Why a folder of this name is none that a backup holds; "" if it is one."""
    if fault := _no_plain_name(name):
        return fault
    return "" if PurePosixPath(name).parts[0] in FOLDERS else "it is none of the chapter's folders"


def was_packed(name: str) -> bool:
    """Whether the version before packed such a file, or a link of this name.

    It took everything in the three folders, and all settings beside them.
    """
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or name.lower().endswith(_CODE):
        return False
    return parts[0] in FOLDERS or (len(parts) == 1 and name.endswith(SETTINGS))


def is_leftover(name: str) -> bool:
    """Whether systems and editors leave such files in every folder; no backup holds them."""
    in_folder = name.startswith(tuple(f"{folder}/" for folder in FOLDERS))
    return in_folder and not _no_plain_name(name) and _is_hidden(name)


def _is_hidden(name: str) -> bool:
    return name.endswith("~") or any(part.startswith(".") for part in name.split("/"))


def _no_plain_name(name: str) -> str:
    parts = name.split("/")
    if name.startswith("/"):
        return "its name begins at the root of the disk"
    if any(part in ("", ".", "..") for part in parts):
        return "its name leads out of the folder"
    if not name.isprintable() or "\\" in name or ":" in name:
        return "its name has characters that a name here does not have"
    return "its name is too long" if len(name) > _LONGEST_NAME or len(parts) > _DEEPEST else ""


class Contents:
    """The files of one backup, admitted one by one.

    Args:
        where: the backup, or the folder that one is made of, for messages.
        next_step: what the reader can do about a file that may not come in.
    """

    def __init__(self, where: str, next_step: str = _TAKE_ANOTHER) -> None:
        self._where, self._next_step = where, next_step
        self._files: set[str] = set()
        self._folders: dict[str, str] = {}
        self._size = 0
        self.passed_over: list[str] = []
        """What an early backup has and none may have, and what is therefore not taken from it."""
        self._bytes_passed_over = 0

    def admit(self, name: str, size: int) -> None:
        """Let a file in.

        Raises:
            FixTheData: a backup holds no such file, or has one of this name, or is too large.
        """
        if fault := why_not(name, size):
            raise self._refused(name, fault)
        if _alike(name) in self._files:
            raise self._refused(name, "there is another of this name, or it differs in case only")
        if _alike(name) in self._folders:
            raise self._refused(name, "it is a file and a folder")
        self._files.add(_alike(name))
        self._size += size
        for parent in PurePosixPath(name).parents[:-1]:
            self._enter(str(parent))
        if len(self._files) > MOST_FILES or self._size > MOST_IN_ALL:
            raise self._refused(name, f"more than {MOST_FILES} files or {MOST_IN_ALL} bytes")

    def pass_over(self, name: str, size: int, fault: str) -> None:
        """Note what is not taken from an early backup.

        Raises:
            FixTheData: no version packed this; or there is too much of it.
        """
        if not was_packed(name):
            raise self._refused(name, fault)
        self.passed_over.append(name)
        self._files.add(_alike(name))  # nothing may come in through a link of this name
        self._bytes_passed_over += size
        many = len(self.passed_over)
        if many > MOST_FILES or self._bytes_passed_over > MOST_PASSED_OVER:
            most = f"{MOST_FILES} files or {MOST_PASSED_OVER} bytes"
            raise self._refused(name, f"more than {most} would not be taken")

    def admit_folder(self, name: str) -> None:
        """Let a folder in; it is only made if a file lies in it.

        Raises:
            FixTheData: a backup holds no such folder.
        """
        if fault := why_no_folder(name):
            raise self._refused(name, fault)
        self._enter(name)
        if len(self._folders) > MOST_FILES:
            raise self._refused(name, f"more than {MOST_FILES} folders")

    def refuse(self, name: str, fault: str) -> None:
        """Refuse a file for what it is.

        Raises:
            FixTheData: always.
        """
        raise self._refused(name, fault)

    def _enter(self, folder: str) -> None:
        if _alike(folder) in self._files:
            raise self._refused(folder, "it is a file and a folder")
        if self._folders.setdefault(_alike(folder), folder) != folder:
            raise self._refused(folder, "there is another that differs in case only")

    def _refused(self, name: str, fault: str) -> FixTheData:
        return FixTheData(
            f"a backup holds no such file: {fault}",
            where=f"{self._where}: {shown(name)}",
            rule="DP-3",
            next_step=self._next_step,
        )


def _alike(name: str) -> str:
    """The same for names that some disk would take for one."""
    return unicodedata.normalize("NFC", name).casefold()
