"""A backup holds a chapter's ledger and texts. One with anything else is refused whole."""

import gzip
import io
import tarfile
import tracemalloc
from collections.abc import Callable, Iterable

import pytest

from connectors import backups
from connectors.backups import contents
from connectors.ledger import Seal, new_key
from models.errors import FixTheData, FixTheSettings
from tests.connectors.backups.crafted import (
    LEDGER,
    LINKS,
    MEMBERS,
    OUTSIDERS,
    TWINS,
    archive,
    claimed,
    earlier,
    flipped,
    other,
    regular,
    some_bits,
)

Form = Callable[[Iterable[tuple[str, bytes]]], bytes]
FORMS = pytest.mark.parametrize("form", [claimed, earlier], ids=["today", "before"])


def refused(content: bytes) -> str:
    with pytest.raises(FixTheData) as found:
        backups.read(content, None, "the backup")
    return str(found.value)


@FORMS
@pytest.mark.parametrize("what", OUTSIDERS)
def test_no_file_comes_in_that_a_backup_does_not_hold(form: Form, what: str) -> None:
    assert "a backup holds no such file" in refused(
        form([*LEDGER.items(), (OUTSIDERS[what], b"x")])
    )


@FORMS
@pytest.mark.parametrize("what", TWINS)
def test_no_two_files_take_one_place(form: Form, what: str) -> None:
    names = TWINS[what]
    held = [*LEDGER.items(), *((name, b"x") for name in names)]
    assert "a backup holds no such file" in refused(form(held))


@pytest.mark.parametrize("what", LINKS)
def test_no_archive_brings_a_link_or_a_device(what: str) -> None:
    assert "a backup holds no such" in refused(archive(regular(*next(iter(LEDGER.items()))),
                                                       LINKS[what]()))  # fmt: skip


@FORMS
def test_no_more_files_than_a_backup_holds(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_FILES", 1000)
    many = [(f"elections/{number}.txt", b"") for number in range(999)]
    assert len(backups.read(form([*LEDGER.items(), *many]), None, "").members) == 1000
    said = refused(form([*LEDGER.items(), *many, ("elections/one.txt", b"")]))
    assert "more than 1000 files" in said


def test_no_more_folders_than_a_backup_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_FILES", 100)
    many = [other(f"elections/{number}", tarfile.DIRTYPE) for number in range(101)]
    assert "more than 100 folders" in refused(archive(*many))


@FORMS
@pytest.mark.parametrize("limit", ["MOST_TEXT", "MOST_IN_ALL"])
def test_no_larger_files_than_a_backup_holds(
    form: Form, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, limit, 1000)
    held = [*LEDGER.items(), ("elections/1.txt", bytes(500))]
    assert backups.read(form(held), None, "").members == dict(held)
    assert refused(form([*held, ("elections/2.txt", bytes(1001))]))


def bomb(size: int, *entries: tuple[tarfile.TarInfo, bytes], declared: int = 0) -> bytes:
    """A backup of the version before that unpacks to many zeros."""
    out = io.BytesIO()
    with gzip.open(out, "wb", compresslevel=9) as packed:
        for info, content in entries:
            info.size = declared or info.size
            packed.write(info.tobuf(tarfile.GNU_FORMAT) + content)
        for _ in range(size // 2**20):
            packed.write(bytes(2**20))
    return b"clerk backup\n" + out.getvalue()


@pytest.mark.parametrize("content", [
    bomb(2**28, regular("ledger.sqlite"), declared=2**33),
    bomb(2**28, regular("elections/x.txt"), declared=2**28),
    bomb(2**28, other("x", tarfile.XHDTYPE), declared=2**28),
    bomb(2**28, other("././@LongLink", tarfile.GNUTYPE_LONGNAME), declared=2**28),
    bomb(2**28, regular("ledger.sqlite")),
    bomb(2**28),
], ids=["a ledger", "a text", "a header", "a name", "the end", "nothing else"])  # fmt: skip
def test_a_bomb_is_refused_before_it_is_unpacked(content: bytes) -> None:
    tracemalloc.start()
    try:
        assert refused(content)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("key", ["", new_key()], ids=["plain", "sealed"])
def test_a_backup_of_the_version_before_is_read_and_says_that_it_is_not_proved(key: str) -> None:
    seal = Seal(key) if key else None
    held = backups.read(earlier(MEMBERS.items(), key), seal, "the backup")
    assert held.members == MEMBERS
    assert "cannot be proved whole" in str(held)


def test_what_systems_leave_in_folders_is_left_out_of_a_backup_of_the_version_before() -> None:
    litter = ("elections/.DS_Store", "letters/.x/y", "bylaws/own.toml~", "elections/._a.toml")
    held = backups.read(earlier([*MEMBERS.items(), *((name, b"x") for name in litter)]), None, "")
    assert held.members == MEMBERS
    for name in ("secrets/.x", ".x", "../.x", "elections/../.x"):
        refused(earlier([*MEMBERS.items(), (name, b"x")]))


@pytest.mark.parametrize("key", ["", new_key()], ids=["plain", "sealed"])
def test_a_flipped_bit_changes_nothing_that_a_backup_of_the_version_before_brings(key: str) -> None:
    content = earlier(MEMBERS.items(), key)
    seal = Seal(key) if key else None
    for bit in some_bits(content, 1000, seed=3):
        try:
            held = backups.read(flipped(content, bit), seal, "the backup").members
        except (FixTheData, FixTheSettings):
            continue
        assert held == MEMBERS


def test_a_backup_of_the_version_before_that_was_cut_short_is_damaged() -> None:
    content = earlier(MEMBERS.items())
    for many in range(len(content)):
        refused(content[:many])
