"""Canaries: marked people go through every command, and are found nowhere but where they may be.

Rules: DP-3. This is the quick part; `test_canaries_everywhere.py` adds Prefect and the demo.
"""

import base64
import gzip
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from urllib.parse import quote

import pytest

from connectors.sandbox.faults import Kind
from connectors.sandbox.server import Sandbox
from tests.privacy.canaries import Hit
from tests.privacy.colony import Colony

EVERYTHING = {"address", "name", "phone"}
ALLOWED: tuple[tuple[str, set[str], str], ...] = (
    ("file ledger/clerk.sqlite*", EVERYTHING,
     "the ledger is the chapter's own memory, readable by its owner alone; a key encrypts it"),
    ("stdout of clerk roll*", {"name"}, "the local roll names people; no addresses"),
    ("stdout of clerk explain*", {"name"}, "a person's own standing, asked for by name"),
    ("stdout of clerk review*", {"name", "phone"}, "the personal calls of DP-4, local"),
    ("stdout of clerk requests show*", {"name"}, "who asks for what, asked for by its number"),
    ("stdout of clerk sync --who*", {"name"}, "asked for: the people a plan concerns, local"),
)  # fmt: skip
"""Where a canary may be found: place, what of it, why."""

BREAKS = (
    "connectors.mailchimp.wire:contact_from",
    "models.intake.report:records",
    "connectors.google.sheets:Workbooks.read",
    "connectors.ledger.people:learn",
    "connectors.ledger.sources:save",
)


def unexpected(hits: set[Hit]) -> list[Hit]:
    """The hits that no line of `ALLOWED` explains."""
    return sorted((hit for hit in hits if not allowed(hit)), key=str)


def allowed(hit: Hit) -> bool:
    """Whether a line of `ALLOWED` explains it."""
    return any(fnmatchcase(hit.place, place) and hit.kind in kinds for place, kinds, _ in ALLOWED)


@pytest.fixture(scope="module")
def colony(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Colony]:
    with Sandbox() as sandbox:
        colony = Colony(sandbox, tmp_path_factory.mktemp("colony"), datetime.now(UTC).date())
        live(colony, BREAKS[:2], ("partial-errors", "lost-answer"))
        gone = colony.people[-1].address
        colony.run("person", "forget", gone, "--by", "Thea", "--yes", WATCH_DEBUG="1")
        yield colony


def live(colony: Colony, breaks: Iterable[str], faults: Iterable[Kind]) -> None:
    """A chapter's ordinary and less ordinary days.

    Args:
        breaks: functions that fail with a person's address in the error.
        faults: what goes wrong at the services.
    """
    colony.run("sync", "--who", "--tell-everyone")
    for fault in faults:
        colony.sandbox.faults.matching("POST", r"/lists/\w+$", fault, seconds=6)
        colony.run("sync", "--apply", "--tell-everyone", WATCH_DEBUG="1")
        colony.sandbox.faults.clear()
    colony.run("sync", "--apply", "--tell-everyone", WATCH_DEBUG="1")
    for broken in breaks:
        colony.run("sync", "--apply", "--full", WATCH_BREAK=broken, WATCH_DEBUG="1")
    person = colony.people[0]
    for command in (
        ("roll", "--csv"), ("roll", "--json"), ("explain", person.address),
        ("explain", "q"), ("review",), ("doctor",), ("requests", "show", "1"), ("requests", "list"),
    ):  # fmt: skip
        colony.run(*command)
    colony.run("emails", "test", "voting-member", typed=f"{person.address}\n")


def test_the_runs_were_real(colony: Colony) -> None:
    ended = {said.command: said.exit_code for said in colony.said}
    assert ended["clerk roll --csv"] == 0
    assert {said.exit_code for said in colony.said} == {0, 1, 6, 7}, ended
    assert {letter.to for letter in colony.sandbox.mailchimp.outbox} >= {colony.people[0].address}
    broken = [said for said in colony.said if "breaks" in said.command]
    assert all("This is a bug in Chapter Clerk: RuntimeError" in said.err for said in broken)


def test_a_canary_is_found_only_where_it_may_be(colony: Colony) -> None:
    assert unexpected(colony.hits()) == []


def test_every_allowance_is_used(colony: Colony) -> None:
    hits = colony.hits()
    idle = [p for p, kinds, _ in ALLOWED if not any(fnmatchcase(h.place, p) for h in hits)]
    assert idle == [], sorted({h.place for h in hits})


def test_from_inside_a_command_nothing_else_can_be_reached(colony: Colony) -> None:
    assert set((colony.root / "tried").read_text().split()) == {"Refused"}


def test_nothing_went_anywhere_but_to_the_two_owners(colony: Colony) -> None:
    assert {sent.name for sent in colony.wire.iterdir()} == {colony.owners, "look-up_0"}
    assert set((colony.wire / "look-up_0").read_text().split()) == {"127.0.0.1"}


@pytest.mark.parametrize(
    "dressed",
    [
        lambda a: a.upper().encode(),
        lambda a: quote(quote(a)).encode(),
        lambda a: base64.b64encode(b"x" + a.encode()),
        lambda a: base64.urlsafe_b64encode(b"xy" + a.encode()),
        lambda a: hashlib.md5(a.encode(), usedforsecurity=False).hexdigest().encode(),
        lambda a: a.encode().hex().encode(),
        lambda a: a.encode("utf-16"),
        lambda a: b"junk" + zlib.compress(a.encode() * 40, 1),
        lambda a: gzip.compress(json.dumps({"to": a}).encode()),
        lambda a: zipped(gzip.compress(a.encode())),
    ],
)
def test_the_search_finds_a_canary_in_any_dress(
    colony: Colony, dressed: Callable[[str], bytes]
) -> None:
    assert colony.search.bytes("here", b"..." + dressed(colony.people[3].address) + b"...")


def zipped(data: bytes) -> bytes:
    """A zip file that holds the data."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("report.csv.gz", data)
    return out.getvalue()
