"""At rest: a ledger copied without its key shows no address, and others may read no file.

Rules: DP-3.
"""

import shutil
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from connectors.ledger import Ledger, NightlyRun, Snapshot
from connectors.ledger.cipher import new_key
from connectors.settings import load_chapter
from models.errors import FixTheSettings
from models.intake.people import PersonId
from models.intake.tables import Table
from models.mail.audience import Contact, ContactState
from models.membership.identity import Claim
from models.membership.voter_roll import VoterRoll
from models.privacy import Email, Name
from tests.flows.town import Town
from tests.privacy.canaries import Search
from tests.privacy.colony import Marked

DAY = date(2026, 3, 31)
EVERYWHERE = {"claims", "contacts", "snapshot_pieces"}


def lived(folder: Path, key: str, people: list[Marked]) -> Path:
    """A ledger with people in every private column; closed."""
    file = folder / "clerk.sqlite"
    claims: dict[Claim, PersonId] = {
        (Email(p.address), Name(p.name)): PersonId(f"p-{n}") for n, p in enumerate(people)
    }
    rows: list[list[str | int | float | bool | None]] = [[p.address, p.name] for p in people]
    sheet = Table("Sign-ins", "sign_ins", "UTC", ("address", "name"), (0, 1), rows)
    with Ledger.open(f"sqlite:///{file}", key) as ledger:
        ledger.commit_night(
            NightlyRun(DAY, datetime(2026, 3, 31, tzinfo=UTC), "f", {}, True, VoterRoll(DAY, {}),
                  claims=claims, snapshots=[Snapshot("workbook w", "1", (sheet,), {"b": 1})])
        )  # fmt: skip
        ledger.save_contacts(
            [Contact(Email(p.address), ContactState.SUBSCRIBED) for p in people], watermark="then"
        )
    return file


def found(file: Path, people: list[Marked]) -> set[str]:
    """Where a thief of the file, its WAL and journal finds somebody."""
    search = Search(canary for person in people for canary in person.canaries())
    return {hit.place.rpartition("› ")[2] for hit in search.files(file.parent)}


@pytest.fixture
def people() -> list[Marked]:
    return [Marked() for _ in range(40)]


def test_a_ledger_without_a_key_holds_people(tmp_path: Path, people: list[Marked]) -> None:
    assert found(lived(tmp_path, "", people), people) >= EVERYWHERE


def test_a_ledger_with_a_key_shows_nobody_without_it(tmp_path: Path, people: list[Marked]) -> None:
    assert found(lived(tmp_path, new_key(), people), people) == set()


def test_whoever_copies_it_cannot_even_test_for_an_address(
    tmp_path: Path, people: list[Marked]
) -> None:
    key = new_key()
    file = lived(tmp_path, key, people)
    with Ledger.open(f"sqlite:///{file}", key) as ledger:
        digest_key = ledger.key
    assert len(digest_key) == 32
    assert digest_key not in file.read_bytes()


def test_with_its_key_it_says_what_was_put_in(tmp_path: Path, people: list[Marked]) -> None:
    key = new_key()
    file = lived(tmp_path, key, people)
    with Ledger.open(f"sqlite:///{file}", key) as ledger:
        assert {address for address, _ in ledger.ids()} == {Email(p.address) for p in people}
        contacts, watermark = ledger.audience()
        assert (len(contacts), watermark) == (40, "then")
        snapshot = ledger.snapshot("workbook w")
        assert snapshot is not None
        assert snapshot.tables[0].rows[0][0] == people[0].address


@pytest.mark.parametrize(
    ("made_with", "opened_with", "said"),
    [
        ("one", "", "encrypted and no key is set"),
        ("one", "two", "the key does not fit"),
        ("", "one", "not encrypted yet"),
        ("one", "rubbish", "this is not a ledger key: it needs 32 random bytes in URL-safe base64"),
    ],
)
def test_a_wrong_key_is_told_from_a_missing_one(
    tmp_path: Path, people: list[Marked], made_with: str, opened_with: str, said: str
) -> None:
    keys = {"one": new_key(), "two": new_key(), "": "", "rubbish": "rubbish"}
    file = lived(tmp_path, keys[made_with], people)
    with pytest.raises(FixTheSettings, match=said):
        Ledger.open(f"sqlite:///{file}", keys[opened_with])


def test_an_old_ledger_is_encrypted_whole_and_back_again(
    tmp_path: Path, people: list[Marked]
) -> None:
    file, key = lived(tmp_path, "", people), new_key()
    with Ledger.open(f"sqlite:///{file}") as ledger:
        before = (ledger.key, ledger.ids(), ledger.audience(), ledger.snapshots())
        ledger.encrypt(key)
        assert (ledger.key, ledger.ids(), ledger.audience(), ledger.snapshots()) == before
    assert found(file, people) == set()
    with Ledger.open(f"sqlite:///{file}", key) as ledger:
        assert (ledger.key, ledger.ids(), ledger.audience(), ledger.snapshots()) == before
        ledger.encrypt("")
    with Ledger.open(f"sqlite:///{file}") as ledger:
        assert (ledger.key, ledger.ids(), ledger.audience(), ledger.snapshots()) == before


def test_nothing_of_the_old_form_is_left_beside_an_open_ledger(
    tmp_path: Path, people: list[Marked]
) -> None:
    file = lived(tmp_path / "one", "", people)
    with Ledger.open(f"sqlite:///{file}") as ledger:
        ledger.encrypt(new_key())
        shutil.copytree(file.parent, tmp_path / "copy")
    assert found(tmp_path / "copy" / file.name, people) == set()


def test_every_file_of_a_ledger_is_its_owners_alone(tmp_path: Path, people: list[Marked]) -> None:
    folder = tmp_path / "ledger"
    file = lived(folder, "", people)
    with Ledger.open(f"sqlite:///{file}") as ledger, ledger.alone():
        ledger.set_note("a", "b")
        modes = {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["google.json", "mailchimp.key", "ledger.key"])
def test_a_secret_that_others_can_read_is_refused(town: Town, name: str) -> None:
    settings = town.folder / "chapter.toml"
    settings.write_text('ledger_key_file = "secrets/ledger.key"\n' + settings.read_text())
    file = town.folder / "secrets" / name
    file.touch()
    file.chmod(0o640)
    chapter = load_chapter(town.folder)
    ask = {"google.json": chapter.google_credentials, "mailchimp.key": chapter.mailchimp_key,
           "ledger.key": chapter.ledger_secret}  # fmt: skip
    with pytest.raises(FixTheSettings, match="chmod 600"):
        ask[name]()
