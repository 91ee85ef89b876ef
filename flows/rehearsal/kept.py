"""A rehearsal as it was at a moment: the stand-in, the ledger, the time and the notes, in one file.

One file takes the place of the one before at once: after a kill all four are of the same moment.
"""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from connectors.files.own_files import read_own
from connectors.files.private_files import write_private
from connectors.ledger.copies import SIDES, copied
from connectors.sandbox.server import Sandbox
from connectors.settings.rehearsal import CLOCK
from flows.rehearsal.notes import FILE as NOTES
from models.errors import FixTheSettings

KEPT, RUNS = "kept.zip", "running"
LEDGER = Path("ledger", "clerk.sqlite")
_STAND_IN = "stand-in.json"
_MOST = 1_000_000_000


def keep(folder: Path, sandbox: Sandbox) -> None:
    """Keep all of it as it is now."""
    held = {
        _STAND_IN: json.dumps(_shared(sandbox.dump())).encode(),
        CLOCK: (folder / CLOCK).read_bytes(),
        NOTES: (folder / NOTES).read_bytes(),
    }
    if (folder / LEDGER).is_file():
        with copied(folder / LEDGER) as copy:
            held[LEDGER.name] = copy.read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, content in held.items():
            out.writestr(name, content)
    write_private(folder / KEPT, packed.getvalue())


def take_up(folder: Path, sandbox: Sandbox, *, killed: bool) -> None:
    """Make the stand-in as it was kept; after a kill, the ledger, the time and the notes too.

    Raises:
        FixTheSettings: nothing of this rehearsal was kept.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(read_own(folder / KEPT, folder, most=_MOST))) as held:
            content = {name: held.read(name) for name in held.namelist()}
        sandbox.load(_each(json.loads(content[_STAND_IN])))
    except (FixTheSettings, zipfile.BadZipFile, ValueError, KeyError):
        raise FixTheSettings(
            "nothing of this rehearsal was kept",
            where=str(folder / KEPT),
            next_step="end it with `clerk rehearse --over`, and begin another",
        ) from None
    if not killed:
        return
    for side in SIDES:
        (folder / LEDGER).with_name(LEDGER.name + side).unlink(missing_ok=True)
    (folder / LEDGER).unlink(missing_ok=True)
    for place, name in ((LEDGER, LEDGER.name), (Path(CLOCK), CLOCK), (Path(NOTES), NOTES)):
        if name in content:
            write_private(folder / place, content[name])


def _shared(state: dict[str, Any]) -> dict[str, Any]:
    """The same with each email's words once: a thousand copies of it share them."""
    words: list[Any] = []
    places: dict[str, int] = {}
    boxes = {}
    for box in ("outbox", "test_outbox"):
        letters = []
        for letter in state["mailchimp"][box]:
            draft = letter["draft"]
            place = places.setdefault(letter["campaign_id"], len(words))
            if place == len(words):
                words.append(draft)
            elif words[place] != draft:  # a campaign that was changed between two tests
                place = len(words)
                words.append(draft)
            letters.append(letter | {"draft": place})
        boxes[box] = letters
    return state | {"mailchimp": state["mailchimp"] | boxes, "words": words}


def _each(state: dict[str, Any]) -> dict[str, Any]:
    words = state.pop("words")
    for box in ("outbox", "test_outbox"):
        for letter in state["mailchimp"][box]:
            letter["draft"] = words[letter["draft"]]
    return state
