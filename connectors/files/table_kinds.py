"""What a file of rows is: it is what it holds, whatever its name ends with."""

from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from models.errors import FixTheData

PIECE = 1 << 20
"""Bytes that are looked at together."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SAVE = "open it in a spreadsheet; save it as .xlsx without a password, or as CSV UTF-8"
_UNPACK = "unpack it, and use the file inside"
_EXPORT = "download the answers again as CSV or .xlsx"
_BEGINS = {
    b"\x1f\x8b": ("a packed file (.gz)", _UNPACK),
    b"%PDF": ("a PDF", _EXPORT),
    b"\x89PNG": ("a picture", _EXPORT),
    b"\xff\xd8\xff": ("a picture", _EXPORT),
    b"{\\rtf": ("a text document (.rtf)", _EXPORT),
    b"<!doctype html": ("a web page (HTML)", _SAVE),
    b"<html": ("a web page (HTML)", _SAVE),
    b"<table": ("a web page (HTML)", _SAVE),
    b"<?xml": ("an XML document", _SAVE),
}
_PACKED = {
    "xl/workbook.bin": ("a binary Excel workbook (.xlsb)", _SAVE),
    "xl/": ("", ""),
    "content.xml": ("an OpenDocument spreadsheet (.ods)", _SAVE),
    "Index/": ("an Apple Numbers document (.numbers)", "export it as CSV or Excel"),
    "Index.zip": ("an Apple Numbers document (.numbers)", "export it as CSV or Excel"),
    "word/": ("a Word document (.docx)", _EXPORT),
    "": ("a ZIP archive", _UNPACK),
}
"""By a part that it has, or a folder of parts; a form's download is packed, too."""


def is_workbook(path: Path, rule: str) -> bool:
    """Whether a file is an XLSX workbook, or says so; its content counts, whatever its name.

    Args:
        rule: the one that asks for the file, for the refusal.

    Raises:
        FixTheData: it is of another kind, which one; or a pipe, which cannot be read twice.
        OSError: it cannot be read.
    """
    if not (path.is_file() or path.is_dir()) and path.exists():
        raise FixTheData(
            "this is not a file",
            where=path.name,
            next_step="save what it holds in a file, and use that",
        )
    with path.open("rb") as file:
        start = file.read(100)
        if start.startswith(_OLD_OFFICE):
            pieces = iter(lambda: file.read(PIECE), b"")
            locked = any("EncryptedPackage".encode("utf-16-le") in piece for piece in pieces)
            raise _another(path, rule, _OLD[locked], _SAVE)
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for begins, (kind, next_step) in _BEGINS.items():
        if head.startswith(begins.lower()):
            raise _another(path, rule, kind, next_step)
    if start.startswith(_ZIP):
        if b"application/vnd.oasis.opendocument" in start:
            raise _another(path, rule, *_PACKED["content.xml"])
        kind, next_step = _packed(path)
        if kind:
            raise _another(path, rule, kind, next_step)
        return True
    return path.suffix.casefold() in {".xlsx", ".xlsm"}


_OLD = ("an old Excel workbook (.xls)", "a workbook with a password")


def _packed(path: Path) -> tuple[str, str]:
    """What a ZIP is, and what to do; a broken one is left to the reader."""
    with suppress(BadZipFile, OSError, ValueError), ZipFile(path) as packed:
        names = packed.namelist()
        return next(
            kind
            for part, kind in _PACKED.items()
            if any(n.startswith(part) if part.endswith("/") or not part else n == part
                   for n in names) or not part
        )  # fmt: skip
    return "", ""


def _another(path: Path, rule: str, kind: str, next_step: str) -> FixTheData:
    return FixTheData(
        f"the file is {kind}, which the program cannot read",
        where=path.name,
        rule=rule,
        next_step=next_step,
    )
