"""Each flipped bit of a backup is found, and the place named; a wrong key is no damage."""

import pytest

from connectors import backups
from connectors.ledger import Cipher, new_key
from models.errors import ClerkError, FixTheData, FixTheSettings
from tests.connectors.backups.crafted import LEDGER, MEMBERS, claimed, flipped

KEY = new_key()


def read(content: bytes, seal: Cipher | None = None) -> backups.Backup:
    return backups.read(content, seal, "the backup")


def place_of(content: bytes, seal: Cipher | None = None) -> str:
    """What is found of a damaged backup."""
    with pytest.raises(FixTheData) as found:
        read(content, seal)
    assert found.value.exit_code == 5
    return found.value.where


@pytest.mark.parametrize("seal", [None, Cipher(KEY)], ids=["plain", "sealed"])
def test_what_was_packed_is_read_and_proved(seal: Cipher | None) -> None:
    held = read(backups.pack(MEMBERS, seal), seal)
    assert held.members == MEMBERS
    assert str(held) == "Checked: 6 files, all as they were written"


@pytest.mark.parametrize("seal", [None, Cipher(KEY)], ids=["plain", "sealed"])
def test_every_flipped_bit_is_found(seal: Cipher | None) -> None:
    content = backups.pack(MEMBERS, seal)
    places = {place_of(flipped(content, bit), seal) for bit in range(len(content) * 8)}
    expected = {"header or sealed content", "sealed content", "header"} if seal else {
        "manifest", *MEMBERS}  # fmt: skip
    assert places == {"the backup", *(f"the backup: {place}" for place in expected)}


def test_the_member_in_which_a_bit_was_flipped_is_named() -> None:
    content = backups.pack(MEMBERS, None)
    at = len(content)
    for name, member in reversed(MEMBERS.items()):
        at -= len(member)
        assert place_of(flipped(content, at * 8)) == f"the backup: {name}"


@pytest.mark.parametrize("seal", [None, Cipher(KEY)], ids=["plain", "sealed"])
def test_a_backup_that_is_too_short_or_too_long_is_damaged(seal: Cipher | None) -> None:
    content = backups.pack(MEMBERS, seal)
    for damaged in (*(content[:many] for many in range(len(content))), content + b"\0"):
        place_of(damaged, seal)


def test_a_wrong_key_is_told_from_damage() -> None:
    """A flipped bit is FixTheData whatever key is set, and a wrong key is FixTheSettings."""
    content = backups.pack(MEMBERS, Cipher(KEY))
    other = Cipher(new_key())
    with pytest.raises(FixTheSettings, match="does not fit"):
        read(content, other)
    with pytest.raises(FixTheSettings, match="no key is set"):
        read(content)
    for seal in (None, other):
        for bit in range(0, len(content) * 8, 7):
            place_of(flipped(content, bit), seal)


def test_who_changes_the_digest_too_is_stopped_by_the_seal() -> None:
    content = backups.pack(MEMBERS, Cipher(KEY))
    first, _, rest = content.split(b"\n", 2)
    changed = flipped(rest, len(rest) * 8 - 1)
    digest = backups.container._digest(changed)
    assert place_of(b"\n".join((first, digest, changed)), Cipher(KEY)).endswith(": sealed content")


def test_what_was_sealed_elsewhere_under_the_same_key_is_no_backup() -> None:
    """A value of the ledger, for instance: somebody may have typed it into a sheet."""
    seal = Cipher(KEY)
    head = backups.pack(MEMBERS, seal).split(b"\n", 3)[2]
    rest = head + b"\n" + seal.close(b"clerk backup\n")
    digest = backups.container._digest(rest)
    place_of(b"clerk backup 2, sealed\n" + digest + b"\n" + rest, seal)


def test_a_size_that_is_no_size_is_refused() -> None:
    for size in (-1, 2**31, 2**70):
        place_of(claimed([*LEDGER.items(), ("chapter.toml", b"")], {"chapter.toml": size}))


def test_a_backup_without_a_ledger_is_none() -> None:
    place_of(claimed([("chapter.toml", b"")]))


def test_a_fault_shows_no_address() -> None:
    with pytest.raises(ClerkError) as found:
        read(claimed([*LEDGER.items(), ("elections/thea@example.org/x.py", b"")]))
    assert "thea" not in str(found.value)
    assert "thea" not in repr(
        read(claimed([*LEDGER.items(), ("elections/a.toml", b"thea@example.org")]))
    )
