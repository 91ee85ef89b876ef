"""The settings of a rehearsal: the chapter's own, without any key, address or way out.

What is taken over is listed here by name: a setting that is new does not come in by itself.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Set
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import tomlkit

from connectors import elections
from connectors.files.private_files import write_private
from connectors.files.toml_files import read_toml
from connectors.sandbox.server import Sandbox
from connectors.settings import EDITIONS, LEDGER, Chapter
from connectors.settings.state import FILE as CHAPTERS
from connectors.settings.state import has_chapters
from models.errors import FixTheSettings
from models.intake.columns import COLUMNS

LIST_ID, MAILBOX = "rehearsal01", "rehearsal@example.org"
OFFICER = "Rehearsal officer"
NAME = "Rehearsal: {}"
COMMITTEE = "Rehearsal committee"
_TAKEN = {
    "zone",
    "languages",
    "consent",
    "columns",
    "volunteers",
    "requests",
    "safety_limits",
    "schedule",
    "retention",
}
_RUN = {"folder", "user", "machine"}
"""What `chapters.toml` says of where a chapter runs."""
_NETWORK = {"read_timeout": 2, "connect_timeout": 2, "attempts": 1, "pause": 0}
"""Nobody waits long for a simulator that was told to be slow."""
_EMAILS = {".html", ".txt"}
_SIGNED_IN = {"session_hours": 24 * 7, "invitation_hours": 24 * 14}
"""The most there is: days pass in a minute."""


def ids_of(chapter: Chapter) -> dict[str, str]:
    """The chapter's ids at Google → those of the rehearsal: none of its links leads to the real."""
    books = {one.id: f"rehearsal-workbook-{n}" for n, one in enumerate(chapter.workbooks, 1)}
    return books | {one.id: f"rehearsal-form-{n}" for n, one in enumerate(chapter.forms, 1)}


def settings_of(chapter: Chapter, in_two: Set[str] = frozenset()) -> dict[str, Any]:
    """The chapter's settings as a rehearsal has them, but for where its services are.

    Args:
        in_two: the kinds of sheet that have the usual headers for a first and a last name.
    """
    said = chapter.model_dump(mode="json", include=_TAKEN, exclude_defaults=True)
    ids, name = ids_of(chapter), NAME.format(chapter.name)[:100]
    officers = [one.model_dump(mode="json") for one in chapter.officers]
    if not any(one.acts for one in chapter.officers):
        officers.append({"name": OFFICER, "may": ["look", "act"]})
    emails = chapter.emails.model_dump(mode="json", include={"send"}, exclude_defaults=True)
    if chapter.emails.folder:
        emails["folder"] = "emails"
    for kind in sorted(in_two):
        usual = {name: COLUMNS[kind].titles(name)[0] for name in ("first_name", "last_name")}
        own = said.setdefault("columns", {}).setdefault(kind, {})
        said["columns"][kind] = usual | own
    return {
        "name": name,
        "bylaws": PurePath(chapter.bylaws).name,
        "ledger": LEDGER,
        **said,
        "rehearsal": {"of": chapter.name},
        "google": {"key_file": "secrets/google.json"},
        "mailchimp": {
            "key_file": "secrets/mailchimp.key",
            "list_id": LIST_ID,
            "from_name": name,
            "reply_to": MAILBOX,
            "marks": chapter.mailchimp.marks.model_dump(mode="json"),
        },
        "network": _NETWORK,
        "emails": emails,
        "desk": dict(_SIGNED_IN),
        "elections": {},
        "officers": officers,
        "workbooks": _workbooks(chapter, ids),
        "forms": [_renamed(one.model_dump(mode="json"), ids) for one in chapter.forms],
    }


def _workbooks(chapter: Chapter, ids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The chapter's, with a tab for an invented committee: a file of seats has real names."""
    first, *others = [_renamed(one.model_dump(mode="json"), ids) for one in chapter.workbooks]
    if not any(one.committee for one in chapter.workbooks):
        first["committee"] = COMMITTEE
    return [first, *others]


def _renamed(table: dict[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    return {name: said for name, said in table.items() if said} | {"id": ids[table["id"]]}


class Addresses(NamedTuple):
    """Where a rehearsal is on this computer while it runs."""

    home: str
    """Its pages; emails and published pages link to them."""
    desk_port: int


def write_settings(folder: Path, table: dict[str, Any], sandbox: Sandbox, here: Addresses) -> None:
    """Write `chapter.toml`, led to a stand-in that listens now, and its keys."""
    places: dict[str, dict[str, Any]] = {
        "google": {"base_url": sandbox.google_url},
        "mailchimp": {"base_url": sandbox.mailchimp_url},
        "elections": {"public_url": f"{here.home}/published"},
        "desk": {"port": here.desk_port},
    }
    table = table | {name: table[name] | more for name, more in places.items()}
    table["website"] = here.home
    about = "# A rehearsal: made by `clerk rehearse`, and removed by `clerk rehearse --over`.\n"
    write_private(folder / "chapter.toml", (about + tomlkit.dumps(table)).encode())
    key = sandbox.google.service_account_json(sandbox.google_url)
    write_private(folder / "secrets" / "google.json", json.dumps(key).encode())
    write_private(folder / "secrets" / "mailchimp.key", sandbox.mailchimp.api_key.encode())


def copy_texts(chapter: Chapter, folder: Path) -> None:
    """Take over the chapter's own bylaws and emails: texts alone, and no link.

    The bylaws lie beside the settings there, wherever the chapter has them.

    Raises:
        FixTheSettings: a file cannot be read, or emails lie among what is no email.
    """
    files = chapter.bylaws_files()
    for file in (files.first, files.second):
        if file and file.parent != EDITIONS:
            write_private(folder / file.name, file.read_bytes())
    if has_chapters(chapter.folder):
        _copy_chapters(chapter.folder, folder)
    if own := chapter.emails.folder:
        for file, place in _emails_in(chapter.path(own), chapter.folder):
            write_private(folder / "emails" / place, file.read_bytes())


def texts_of(chapter: Chapter) -> str:
    """A digest of the texts that a rehearsal is made of: settings, bylaws, emails, and drafts.

    Where the chapter's folder lies makes no difference, and the built-in bylaws are the program's.

    Raises:
        FixTheSettings: a file cannot be read, or emails lie among what is no email.
    """
    home, bylaws, own = chapter.folder, chapter.bylaws_files(), chapter.emails.folder
    files = {file.name: file for file in (home / "chapter.toml", home / CHAPTERS)}
    files |= {
        f"bylaws/{file.name}": file
        for file in (bylaws.first, bylaws.second)
        if file and file.parent != EDITIONS
    }
    emails = _emails_in(chapter.path(own), home) if own else ()
    files |= {f"emails/{place}": file for file, place in emails}
    drafts = (home / elections.FOLDER).rglob("*.toml")
    files |= {str(file.relative_to(home)): file for file in drafts}
    told = (
        f"{place} {hashlib.sha256(file.read_bytes()).hexdigest()}"
        for place, file in sorted(files.items())
        if file.is_file()
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _copy_chapters(source: Path, folder: Path) -> None:
    """The list of chapters near people: of where the real ones run, a rehearsal has nothing."""
    listed = [
        {name: value for name, value in one.items() if name not in _RUN}
        for one in read_toml(source / CHAPTERS, source).get("chapters", [])
    ]
    text = tomlkit.dumps({"schema": 1, "chapters": listed})
    write_private(folder / CHAPTERS, text.encode())


def _emails_in(source: Path, home: Path) -> Iterator[tuple[Path, Path]]:
    if home.resolve().is_relative_to(source.resolve()):
        raise FixTheSettings(
            "the emails lie in the same folder as the keys and the ledger, so a rehearsal cannot "
            "tell which files to take over",
            where="chapter.toml [emails] folder",
            next_step="move the emails into a folder of their own, such as emails",
        )
    for file in sorted([*source.glob("*"), *source.glob("*/*")]):
        if file.suffix in _EMAILS and file.is_file() and not file.is_symlink():
            yield file, file.relative_to(source)
