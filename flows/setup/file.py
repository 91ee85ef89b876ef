"""`chapter.toml`, written with its comments; one that is there keeps everything a person wrote."""

import copy
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from connectors.files.own_files import as_text, read_own
from connectors.files.private_files import write_private
from connectors.settings import chapter_from
from models.errors import Refused
from models.google_ids import google_id

NAME, BEFORE = "chapter.toml", "chapter.toml.before"
_ABOUT: Mapping[str, str] = {
    "name": "Written by `clerk init`, which adds to it when it is run again. Every setting is in "
    "docs/settings.md.",
    "google": "The service account that reads the chapter's spreadsheets and forms.",
    "mailchimp": "The chapter's own mailing-list account.",
    "workbooks": "Google spreadsheets: the id is between /d/ and /edit in the address. Each line "
    "below names a tab.",
    "forms": "Google forms that are read directly, without a sheet.",
    "columns": "Headers that are worded in another way than the usual ones (docs/sheets.md).",
    "officers": "Who can sign in at the officers' page (docs/desk.md).",
}
_LATER = """
# Other settings that many chapters add:
# [elections]
# public_url = "https://chapter.example.org/votes"
# [alerts]                            # what needs a person, in Slack, on a phone, by mail
# file = "secrets/alerts"             # docs/alerts.md
# [sharing]                           # who may open all this: `clerk doctor` shows the numbers
# editors = 4
"""


class Additions(NamedTuple):
    """What is added to a chapter that is there."""

    workbooks: Sequence[Mapping[str, Any]] = ()
    """New ones, and tabs of old ones: each with its id."""
    forms: Sequence[Mapping[str, Any]] = ()
    columns: Mapping[str, Mapping[str, Sequence[str]]] = MappingProxyType({})
    """As they are to be, old ones included."""
    consent: Sequence[str] = ()


def write_new(folder: Path, table: Mapping[str, Any]) -> None:
    """Write the settings of a new chapter.

    Raises:
        FixTheSettings: they would be refused.
    """
    chapter_from(table, folder / NAME)
    write_private(folder / NAME, (_new_text(table) + _LATER).encode(), new=True)


def extend(folder: Path, more: Additions) -> None:
    """Add to the settings that are there; the file as it was is kept beside it.

    Raises:
        Refused: the file is written in a way that cannot be added to.
        FixTheSettings: it would be refused afterwards.
    """
    before = read_own(folder / NAME, folder)
    text = as_text(before, NAME)
    wanted = _extended(tomllib.loads(text), more)
    chapter_from(wanted, folder / NAME)
    found = _extended_text(text, more)
    if found is None or not _says(found, wanted):
        raise Refused(
            "this file is written in a way that the program cannot add to",
            where=NAME,
            next_step="add this to it yourself:\n" + tomlkit.dumps(_blocks(more)),
        )
    write_private(folder / BEFORE, before)
    write_private(Path(os.path.realpath(folder / NAME)), found.encode())  # a link to it stays one


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _new_text(table: Mapping[str, Any]) -> str:
    document = tomlkit.document()
    document.add(tomlkit.comment(_ABOUT["name"]))
    for key, value in table.items():
        if key in _ABOUT and key != "name":
            document.add(tomlkit.nl())
            document.add(tomlkit.comment(_ABOUT[key]))
        document.add(key, tomlkit.item(_plain(value)))
    return re.sub(r"(?m)^(# .+)\n\n\[", r"\1\n[", tomlkit.dumps(document))


def _extended(table: Mapping[str, Any], more: Additions) -> dict[str, Any]:
    """The settings as they are to be."""
    found: dict[str, Any] = copy.deepcopy(dict(table))
    for book in more.workbooks:
        _add_book(found.setdefault("workbooks", []), dict(book))
    if more.forms:
        found["forms"] = [*found.get("forms", []), *map(dict, more.forms)]
    for kind, fields in more.columns.items():
        for name, titles in fields.items():
            mine = found.setdefault("columns", {}).setdefault(kind, {})
            if _listed(mine.get(name)) != list(titles):
                mine[name] = _short(titles)
    if new := [one for one in more.consent if one not in found.get("consent", [])]:
        found["consent"] = [*found.get("consent", []), *new]
    return found


def _add_book(books: Any, book: dict[str, Any]) -> None:
    """A spreadsheet more, or tabs more of one that is there."""
    there = next((one for one in books if google_id(str(one["id"])) == book["id"]), None)
    if there is None:
        books.append(book)
        return
    for key, held in book.items():
        if key == "sign_ins":
            there[key] = [*there.get(key, []), *held]
        elif there.get(key) != held:
            there[key] = held


def _extended_text(text: str, more: Additions) -> str | None:
    """The file with what is new: changed in place where it must be, else behind all the rest."""
    try:
        document = tomlkit.parse(text)
        old = {google_id(str(one["id"])) for one in document.get("workbooks", [])}
        for book in more.workbooks:
            if book["id"] in old:
                _add_book(document["workbooks"], dict(book))
        columns = _in_place(document, more)
        if consent := [one for one in more.consent if one not in document.get("consent", [])]:
            document["consent"] = [*document.get("consent", []), *consent]
        behind = more._replace(
            workbooks=[book for book in more.workbooks if book["id"] not in old],
            columns=columns,
            consent=(),
        )
        kept = tomlkit.dumps(document)
        blocks = tomlkit.dumps(_blocks(behind))
        return kept if not blocks.strip() else f"{kept.rstrip()}\n\n{blocks}"
    except (TOMLKitError, ValueError, TypeError, KeyError):
        return None


def _in_place(
    document: tomlkit.TOMLDocument, more: Additions
) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Change the sections of headers that are there; those that are not are handed back."""
    there: Any = document.get("columns", {})
    left: dict[str, Mapping[str, Sequence[str]]] = {}
    for kind, fields in more.columns.items():
        if kind not in there:
            left[kind] = fields
            continue
        for name, titles in fields.items():
            if _listed(there[kind].get(name)) != list(titles):
                there[kind][name] = _short(titles)
    return left


def _blocks(more: Additions) -> dict[str, Any]:
    blocks: dict[str, Any] = {}
    if more.consent:
        blocks["consent"] = list(more.consent)
    for key, tables in (("workbooks", more.workbooks), ("forms", more.forms)):
        if tables:
            blocks[key] = _plain([dict(table) for table in tables])
    if more.columns:
        blocks["columns"] = {
            kind: {name: _short(titles) for name, titles in fields.items()}
            for kind, fields in more.columns.items()
        }
    return blocks


def _plain(value: Any) -> Any:
    """The same of what TOML knows; tables in a list become tables of their own."""
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        tables: AoT = tomlkit.aot()
        for one in value:
            tables.append(tomlkit.item(_plain(one)))
        return tables
    return list(value) if isinstance(value, tuple) else value


def _listed(held: Any) -> list[str]:
    if held is None:
        return []
    return [str(held)] if isinstance(held, str) else [str(one) for one in held]


def _short(titles: Sequence[str]) -> str | list[str]:
    return titles[0] if len(titles) == 1 else list(titles)
