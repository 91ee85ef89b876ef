"""A backup holds a chapter's ledger and texts. One with anything else is refused whole."""

import gzip
import struct
import tarfile
import tracemalloc
import zlib
from collections.abc import Callable, Iterable

import pytest

from connectors import backups
from connectors.backups import contents
from connectors.ledger import Cipher, new_key
from models.errors import FixTheData, FixTheSettings
from tests.connectors.backups.crafted import (
    LEDGER,
    LINKS,
    MEMBERS,
    OUTSIDERS,
    PASSED,
    PASSED_LINKS,
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
GZIP = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
FORMS = pytest.mark.parametrize("form", [claimed, earlier], ids=["today", "before"])


def refused(content: bytes) -> str:
    with pytest.raises(FixTheData) as found:
        backups.read(content, None, "the backup")
    return str(found.value)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        pytest.param(form, name, id=f"{what}-{age}")
        for age, form in (("today", claimed), ("before", earlier))
        for what, name in OUTSIDERS[age].items()
    ],
)
def test_no_file_comes_in_that_a_backup_does_not_hold(form: Form, name: str) -> None:
    assert "a backup holds no such file" in refused(form([*LEDGER.items(), (name, b"x")]))


@FORMS
def test_beside_the_settings_a_backup_holds_what_they_name(form: Form) -> None:
    held = LEDGER | {
        "chapter.toml": b'bylaws = "./ours.toml"',
        **dict.fromkeys(("ours.toml", "counting-ours.toml", "committee.toml", "bylaws.toml"), b"x"),
        "chapters.toml": b"x",
    }
    assert backups.read(form(held.items()), None, "").members == held


@pytest.mark.parametrize("name", ["prefect.toml", "pyproject.toml", ".x.toml"])
def test_no_settings_of_another_program_come_in_because_ours_name_them(name: str) -> None:
    settings = f'bylaws = "{name}"'.encode()
    held = [*LEDGER.items(), ("chapter.toml", settings), (name, b"")]
    assert "a backup holds no such file" in refused(claimed(held))
    assert backups.read(earlier(held), None, "").passed_over == (name,)


@pytest.mark.parametrize("settings", [b"\xff", b"[", b"bylaws = 3", b'bylaws = ""'])
def test_settings_that_cannot_be_read_let_in_nothing_more(settings: bytes) -> None:
    held = [*LEDGER.items(), ("chapter.toml", settings)]
    assert backups.read(claimed(held), None, "").members == dict(held)
    assert "a backup holds no such file" in refused(claimed([*held, ("ours.toml", b"")]))


@pytest.mark.parametrize("name", ["photo.jpeg", "Photo.JPEG"])
def test_photos_come_along_by_either_ending(name: str) -> None:
    assert not contents.why_not(f"elections/spring/{name}", 1)


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
    large = form([*held, ("elections/2.txt", bytes(1001))])
    if (form, limit) == (earlier, "MOST_TEXT"):
        assert backups.read(large, None, "").passed_over == ("elections/2.txt",)
    else:
        assert refused(large)


def bomb(size: int, *entries: tuple[tarfile.TarInfo, bytes], declared: int = 0) -> bytes:
    """A backup of the version before that unpacks to many zeros: one packed megabyte, repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head, zeros = b"", bytes(2**20)
    for info, content in entries:
        info.size = declared or info.size
        head += info.tobuf(tarfile.GNU_FORMAT) + content
    packed = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    megabyte = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    check, many = zlib.crc32(head), size // 2**20
    for _ in range(many):
        check = zlib.crc32(zeros, check)
    end = struct.pack("<LL", check, len(head) + many * 2**20)
    whole = GZIP + packed + megabyte * many + packer.flush() + end
    return b"clerk backup\n" + whole


def test_a_bomb_is_what_it_seems() -> None:
    held = regular("elections/x.txt", b"x")
    packed = bomb(2**22, held).removeprefix(b"clerk backup\n")
    assert gzip.decompress(packed) == held[0].tobuf(tarfile.GNU_FORMAT) + held[1] + bytes(2**22)
    assert len(packed) < 2**15


@pytest.mark.parametrize("build", [
    lambda: bomb(2**28, regular("ledger.sqlite"), declared=2**33),
    lambda: bomb(2**28, regular("elections/x.txt"), declared=2**28),
    lambda: bomb(2**28, regular("elections/x.txt"), declared=2**33),
    lambda: bomb(2**20, regular("elections/x.docx"), declared=-(2**33)),
    lambda: bomb(2**28, other("elections/x.txt", tarfile.SYMTYPE), declared=-(2**33)),
    lambda: bomb(2**28, other("x", tarfile.XHDTYPE), declared=2**28),
    lambda: bomb(2**28, other("././@LongLink", tarfile.GNUTYPE_LONGNAME), declared=2**28),
    lambda: bomb(2**28, regular("ledger.sqlite")),
    lambda: bomb(2**28),
], ids=["a ledger", "a text", "a larger text", "a negative size", "a negative link", "a header",
        "a name", "the end", "nothing else"])  # fmt: skip
def test_a_bomb_is_refused_before_it_is_unpacked(build: Callable[[], bytes]) -> None:
    content = build()
    tracemalloc.start()
    try:
        assert refused(content)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("key", ["", new_key()], ids=["plain", "sealed"])
def test_a_backup_of_the_version_before_is_read_and_says_that_it_is_not_proved(key: str) -> None:
    seal = Cipher(key) if key else None
    held = backups.read(earlier(MEMBERS.items(), key), seal, "the backup")
    assert held.members == MEMBERS
    assert "cannot be proved whole" in str(held)


@pytest.mark.parametrize("what", PASSED)
def test_a_file_of_no_use_does_not_keep_an_early_backup_from_being_restored(what: str) -> None:
    held = backups.read(earlier([*MEMBERS.items(), (PASSED[what], b"x")]), None, "")
    assert held.members == MEMBERS
    assert held.passed_over == (PASSED[what],)


@pytest.mark.parametrize("what", PASSED_LINKS)
def test_a_link_in_an_early_backup_is_passed_over(what: str) -> None:
    link = PASSED_LINKS[what]()
    held = backups.read(archive(regular("ledger.sqlite", b"x"), link), None, "")
    assert held.members == {"ledger.sqlite": b"x"}
    assert held.passed_over == (link[0].name,)


def test_a_text_that_goes_through_a_link_is_refused() -> None:
    link = PASSED_LINKS["a link as a folder"]()
    assert refused(archive(link, regular("elections/x.toml", b"x")))


def test_a_folder_with_a_time_in_its_name_is_passed_over_with_what_is_in_it() -> None:
    folder = other("elections/19:00", tarfile.DIRTYPE)
    inside = regular("elections/19:00/x.txt", b"x")
    held = backups.read(archive(regular("ledger.sqlite", b"x"), folder, inside), None, "")
    assert held.members == {"ledger.sqlite": b"x"}
    assert held.passed_over == ("elections/19:00", "elections/19:00/x.txt")


@pytest.mark.parametrize(("name", "size"), [("ballots.xlsx~", 2 * 2**20), ("scan.pdf", 33 * 2**20)])
def test_the_bytes_of_a_file_passed_over_do_not_count_as_a_bomb(name: str, size: int) -> None:
    large = (f"elections/{name}", bytes(size))
    held = backups.read(earlier([large, *MEMBERS.items()]), None, "")
    assert held.members == MEMBERS
    assert held.passed_over == (f"elections/{name}",)


def test_no_more_is_passed_over_than_a_backup_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_PASSED_OVER", 1000)
    held = [*LEDGER.items(), ("elections/1.docx", bytes(600))]
    assert backups.read(earlier(held), None, "").passed_over
    assert "1000 bytes" in refused(earlier([*held, ("elections/2.docx", bytes(600))]))


def test_what_systems_leave_in_folders_is_passed_over_in_an_early_backup() -> None:
    litter = ("elections/.DS_Store", "letters/.x/y", "bylaws/own.toml~", "elections/._a.toml")
    held = backups.read(earlier([*MEMBERS.items(), *((name, b"x") for name in litter)]), None, "")
    assert held.members == MEMBERS
    for name in ("secrets/.x", ".x", "../.x", "elections/../.x"):
        refused(earlier([*MEMBERS.items(), (name, b"x")]))


@pytest.mark.parametrize("key", ["", new_key()], ids=["plain", "sealed"])
def test_a_flipped_bit_changes_nothing_that_a_backup_of_the_version_before_brings(key: str) -> None:
    content = earlier(MEMBERS.items(), key)
    seal = Cipher(key) if key else None
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
