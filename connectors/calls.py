"""The folder of a call to action: `calls/<name>/call.toml`, and a text for each language.

Reads both, and writes a new one. A text begins with the line “Subject: …”; its paragraphs have an
empty line between them.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import tomlkit
from pydantic import ValidationError

from connectors.files.own_files import as_text, is_there, read_own
from connectors.files.private_files import write_private
from connectors.files.toml_files import read_toml
from models.errors import FixTheSettings
from models.faults import faults, shown
from models.privacy import redact_addresses
from models.text.languages import Language
from models.year.calls import CallText, CallToAction

FOLDER: Final = "calls"
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What a call may be called: a folder, and a part of its segment's name at Mailchimp."""
MOST: Final = 50_000
"""Bytes of a text."""
LONGEST_SUBJECT: Final = 150
TEXTS: Final[dict[Language, str]] = {"en": "email.txt", "es": "email-es.txt"}
_SUBJECT: Final = "Subject:"
_NEW: Final[dict[Language, str]] = {
    "en": "Subject: WRITE THE SUBJECT\n\nWRITE WHAT THERE IS TO DO, WHEN, AND WHERE.\n",
    "es": "Subject: ESCRIBA EL ASUNTO\n\nESCRIBA QUÉ HAY QUE HACER, CUÁNDO Y DÓNDE.\n",
}
"""The text of a new call, which nobody gets as it is."""
_HEAD: Final = """\
# Whom this call goes to: people whose volunteer profile asks for email, and whom all of this fits.
# Of each list one entry must fit; an empty list fits everybody. docs/volunteers.md has an example.
"""


def names(chapter: Path) -> list[str]:
    """The calls that have a folder."""
    return sorted(file.parent.name for file in (chapter / FOLDER).glob("*/call.toml"))


def read(chapter: Path, name: str) -> CallToAction:
    """Whom a call goes to.

    Raises:
        FixTheSettings: there is no such call, or what its file says is wrong; all of it at once.
    """
    file = chapter / FOLDER / name / "call.toml"
    if not NAME.fullmatch(name) or not is_there(file):
        known = ", ".join(names(chapter)) or "none yet"
        raise FixTheSettings(
            f"there is no call “{shown(name)}”; the calls are: {known}",
            where=f"{FOLDER}/{shown(name)}",
            next_step=f"use one of those, or create it with `clerk call new {shown(name)}`",
        )
    try:
        return CallToAction.model_validate(read_toml(file, chapter))
    except ValidationError as exc:
        raise FixTheSettings(
            "; ".join(faults(exc, CallToAction)),
            where=f"{FOLDER}/{name}/call.toml",
            rule="ST-2",
            next_step="fix the file; docs/volunteers.md lists its keys",
        ) from None


def read_text(chapter: Path, name: str, language: Language) -> CallText | None:
    """What a call says in a language; None where it has no such file.

    Raises:
        FixTheSettings: it has no subject or no text, is still as `clerk call new` wrote it, or has
            an email address in it.
    """
    file = chapter / FOLDER / name / TEXTS[language]
    where = f"{FOLDER}/{name}/{file.name}"
    if not is_there(file):
        return None
    text = as_text(read_own(file, chapter, most=MOST), where)
    return text_from(text, where, language)


def text_from(typed: str, where: str, language: Language = "en") -> CallText:
    """A text as a file has it.

    Raises:
        FixTheSettings: as `read_text`.
    """
    text = typed.replace("\r\n", "\n").strip()
    head, _, body = text.partition("\n")
    subject = " ".join(head.removeprefix(_SUBJECT).split())
    paragraphs = tuple(part.strip() for part in re.split(r"\n\s*\n", body) if part.strip())
    if fault := _fault(head, subject, paragraphs, text == _NEW[language].strip()):
        fact, next_step = fault
        raise FixTheSettings(fact, where=where, rule="ST-2", next_step=next_step)
    if redact_addresses(text) != text:
        raise FixTheSettings(
            "the text contains an email address",
            where=where,
            rule="DP-3",
            next_step="remove it: readers reach the chapter when they answer the email",
        )
    return CallText(subject, paragraphs)


def as_written(chapter: Path, name: str, language: Language) -> str:
    """A text's file as it stands, whatever is wrong with it; "" if there is none, or a new one."""
    file = chapter / FOLDER / name / TEXTS[language]
    if not is_there(file):
        return ""
    text = as_text(read_own(file, chapter, most=MOST), f"{FOLDER}/{name}/{file.name}")
    return "" if text == _NEW[language] else text


def change(chapter: Path, name: str, call: CallToAction, texts: Mapping[Language, str]) -> None:
    """Write what a call says and whom it goes to; what else stands in its file stays.

    Args:
        texts: as `read_text` reads them; "" for none.

    Raises:
        FixTheSettings: there is no such call, or a text is none that anybody should get.
    """
    read(chapter, name)
    folder = chapter / FOLDER / name
    for language, text in texts.items():
        if text:
            text_from(text, f"{FOLDER}/{name}/{TEXTS[language]}", language)
    file = folder / "call.toml"
    table = tomlkit.parse(as_text(read_own(file, chapter), file.name))
    table.update(call.model_dump(mode="json"))
    for language, text in texts.items():
        if text:
            write_private(folder / TEXTS[language], text.encode())
        else:
            (folder / TEXTS[language]).unlink(missing_ok=True)
    write_private(file, tomlkit.dumps(table).encode())


def _fault(
    head: str, subject: str, paragraphs: tuple[str, ...], is_new: bool
) -> tuple[str, str] | None:
    if is_new:
        return "nobody has written this text yet", "write it into the file"
    if not head.startswith(_SUBJECT) or not subject:
        return "the text has no subject", "begin the file with a line such as “Subject: Come along”"
    if len(subject) > LONGEST_SUBJECT:
        return f"the subject is longer than {LONGEST_SUBJECT} characters", "shorten it"
    if not paragraphs:
        return "there is no text below the subject", "write it, below an empty line"
    return None


def write_new(chapter: Path, name: str, call: CallToAction, languages: Iterable[Language]) -> Path:
    """Write the folder of a new call.

    Raises:
        FixTheSettings: it is no folder's name, or there is a call of this name already.
    """
    folder = chapter / FOLDER / name
    if not NAME.fullmatch(name) or name == "new":  # the page of a new one is called so
        raise FixTheSettings(
            "this is not a valid name for a call's folder",
            where=f"{FOLDER}/{shown(name)}",
            next_step="use lowercase letters, digits, and dashes, as in canvass-may; at most 40",
        )
    if folder.exists():
        raise FixTheSettings(
            "there is a call of this name already",
            where=f"{FOLDER}/{name}",
            next_step="take another name, or edit its files",
        )
    for each in (folder.parent, folder):
        each.mkdir(mode=0o700, exist_ok=True)  # whatever the umask: others do not write here
    for language in languages:
        write_private(folder / TEXTS[language], _NEW[language].encode())
    # Last: a folder without it is no call yet.
    table = tomlkit.dumps(call.model_dump(mode="json"))
    write_private(folder / "call.toml", (_HEAD + table).encode())
    return folder
