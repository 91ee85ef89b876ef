"""A chapter at one moment, as files: its folder, its ledger as SQL, both services, the mailboxes.

Secrets are left out; the sandbox that takes a moment in gives its own.
"""

import json
import re
import shutil
import sqlite3
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from connectors.sandbox.mailchimp.letters import Draft, Letter
from connectors.sandbox.server import Sandbox
from tests.conftest import Clock, empty
from tests.elections.polls import Poll
from tests.flows.town import Town

CHAPTER, LEDGER, SERVICES = "chapter", "ledger.sql", "services.json"
SQLITE = Path("ledger/clerk.sqlite")


def save(poll: Poll, where: Path) -> None:
    """Write a moment down."""
    sandbox, kept = poll.town.sandbox, shutil.ignore_patterns("secrets", SQLITE.parent.name)
    shutil.copytree(poll.town.folder, where / CHAPTER, ignore=kept)
    with sqlite3.connect(poll.town.folder / SQLITE) as db:
        (where / LEDGER).write_text("\n".join(db.iterdump()))
    said = {
        "at": poll.clock.at,
        "services": sandbox.dump(),
        "letters": [asdict(letter) for letter in sandbox.mailchimp.outbox],
        "tests": [asdict(letter) for letter in sandbox.mailchimp.test_outbox],
    }
    (where / SERVICES).write_text(json.dumps(said, default=str))


def taken_up(where: Path, sandbox: Sandbox, clock: Clock, folder: Path) -> Poll:
    """A moment that was written down, on another sandbox."""
    said = json.loads((where / SERVICES).read_text())
    empty(sandbox)
    sandbox.load(said["services"])
    sandbox.mailchimp.outbox[:] = map(_letter, said["letters"])
    sandbox.mailchimp.test_outbox[:] = map(_letter, said["tests"])
    clock.at = datetime.fromisoformat(said["at"])
    shutil.copytree(where / CHAPTER, folder)
    _give_secrets(sandbox, folder)
    settings = folder / "chapter.toml"
    port = re.search(r":\d+", sandbox.google_url)
    assert port
    settings.write_text(re.sub(r"(?<=127\.0\.0\.1):\d+", port[0], settings.read_text()))
    settings.chmod(0o600)
    _write_ledger((where / LEDGER).read_text(), folder / SQLITE)
    return Poll(Town(sandbox, clock, folder, settings.read_text()), clock)


def _letter(said: dict[str, Any]) -> Letter:
    at, draft = datetime.fromisoformat(said["at"]), Draft(**said["draft"])
    return Letter(**said | {"at": at, "draft": draft})


def _give_secrets(sandbox: Sandbox, folder: Path) -> None:
    (folder / "secrets").mkdir(mode=0o700)
    folder.chmod(0o700)
    key = json.dumps(sandbox.google.service_account_json(sandbox.google_url))
    for name, text in (("google.json", key), ("mailchimp.key", sandbox.mailchimp.api_key)):
        file = folder / "secrets" / name
        file.touch(mode=0o600)
        file.write_text(text)


def _write_ledger(sql: str, file: Path) -> None:
    file.parent.mkdir(mode=0o700)
    file.touch(mode=0o600)
    with sqlite3.connect(file) as db:
        db.executescript(sql)
    db.close()
