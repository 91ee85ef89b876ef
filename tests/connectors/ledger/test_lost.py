"""A ledger that is gone, empty or damaged is refused: who was told stands nowhere else."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from connectors.ledger import Ledger
from connectors.ledger.files import chapter_mark, mark_of
from models.errors import FixTheSettings
from tests.connectors.ledger.nights import ANN, night, voting


@pytest.fixture
def begun(file: Path) -> Path:
    """A ledger with a night in it, closed."""
    with Ledger.open(f"sqlite:///{file}") as ledger, ledger.alone():
        ledger.commit_night(night(voting(ANN)))
    return file


def refusal(file: Path) -> FixTheSettings:
    """What opening it says; it leaves every file as it was."""
    before = contents(file)
    with pytest.raises(FixTheSettings) as said:
        Ledger.open(f"sqlite:///{file}")
    assert contents(file) == before
    assert said.value.next_step
    return said.value


def contents(file: Path) -> dict[str, bytes]:
    made = ("-wal", "-shm")  # SQLite's own, empty, when it only looked
    return {
        found.name: found.read_bytes()
        for found in file.parent.iterdir()
        if not (found.name.endswith(made) and not found.stat().st_size)
    }


@pytest.mark.parametrize(
    ("lose", "says"),
    [
        (lambda file: file.unlink(), "the ledger is gone"),
        (lambda file: file.write_bytes(b""), "the ledger is empty"),
        (lambda file: file.write_bytes(file.read_bytes()[:1]), "the ledger is cut short"),
        (lambda file: file.write_bytes(file.read_bytes()[:511]), "the ledger is cut short"),
    ],
    ids=["gone", "emptied", "1", "511"],
)
def test_a_ledger_that_was_there_is_not_begun_anew(
    begun: Path, lose: Callable[[Path], object], says: str
) -> None:
    lose(begun)
    said = refusal(begun)
    assert says in said.fact
    assert said.where == str(begun)
    assert "clerk restore" in said.next_step
    assert str(mark_of(begun)) in said.next_step


def test_to_begin_anew_on_purpose_the_mark_is_deleted(begun: Path) -> None:
    begun.unlink()
    refusal(begun)
    mark_of(begun).unlink()
    with Ledger.open(f"sqlite:///{begun}") as ledger:
        assert ledger.is_new()
    assert mark_of(begun).exists()


def test_a_ledger_folder_that_is_gone_is_told_by_the_chapters_own_mark(file: Path) -> None:
    """`rm -rf ledger` takes the mark along that lies in it."""
    url, home = f"sqlite:///{file}", file.parent.parent
    Ledger.open(url, home=home).close()
    shutil.rmtree(file.parent)
    with pytest.raises(FixTheSettings, match="the ledger is gone") as said:
        Ledger.open(url, home=home)
    assert not file.parent.exists()
    (mark,) = home.iterdir()
    assert said.value.next_step.endswith(f"delete {mark}")
    mark.unlink()
    with Ledger.open(url, home=home) as ledger:
        assert ledger.is_new()


def test_a_chapter_from_before_its_own_mark_gets_one(begun: Path) -> None:
    home = begun.parent.parent
    Ledger.open(f"sqlite:///{begun}", home=home).close()
    mark = chapter_mark(home)
    assert mark.stat().st_mode & 0o777 == 0o600
    assert "state/ledger.db" in mark.read_text()


def test_a_ledger_outside_the_chapters_folder_is_marked_beside_itself_alone(
    begun: Path, tmp_path: Path
) -> None:
    home = tmp_path / "chapter"
    home.mkdir()
    Ledger.open(f"sqlite:///{begun}", home=home).close()
    assert not list(home.iterdir())
    begun.unlink()
    assert "the ledger is gone" in refusal(begun).fact


@pytest.mark.parametrize("marked", [True, False], ids=["mark", "no mark"])
def test_a_write_ahead_log_without_its_ledger_is_a_ledger_that_is_gone(
    begun: Path, marked: bool
) -> None:
    """SQLite would throw the log away. What is named is there, and without it a ledger is begun."""
    log = Path(f"{begun}-wal")
    if not marked:
        mark_of(begun).unlink()
    with closing(sqlite3.connect(begun)) as held:
        held.execute("UPDATE meta SET name = name")
        held.commit()
        begun.unlink()
        written = log.read_bytes()
        assert written
        said = refusal(begun)
        assert log.read_bytes() == written
    log.write_bytes(written)
    assert "the ledger is gone" in said.fact
    in_the_way = [mark_of(begun), log] if marked else [log]
    assert said.next_step.endswith(f"delete {' and '.join(map(str, in_the_way))}")
    for file in in_the_way:
        file.unlink()
    Path(f"{begun}-shm").unlink(missing_ok=True)
    with Ledger.open(f"sqlite:///{begun}") as ledger:
        assert ledger.is_new()


def test_a_ledger_without_tables_was_not_begun_just_now(begun: Path) -> None:
    """As when the log of its first hours was deleted: the file is no longer empty, and has none."""
    begun.unlink()
    with closing(sqlite3.connect(begun)) as held:
        held.execute("PRAGMA journal_mode = WAL")
    begun.chmod(0o600)
    assert "the ledger is empty" in refusal(begun).fact


def test_a_ledger_from_before_the_mark_gets_one(begun: Path) -> None:
    mark_of(begun).unlink()
    Ledger.open(f"sqlite:///{begun}").close()
    assert mark_of(begun).stat().st_mode & 0o777 == 0o600
    assert begun.name in mark_of(begun).read_text()


@pytest.mark.parametrize("kept", [512, 4096, 10_000, 20_480], ids=str)
def test_a_ledger_that_was_cut_short_is_damaged(begun: Path, kept: int) -> None:
    begun.write_bytes(begun.read_bytes()[:kept])
    said = refusal(begun)
    assert "damaged" in said.fact or "not a database" in said.fact
    assert "clerk restore" in said.next_step


def test_a_ledger_with_a_page_of_something_else_is_damaged(begun: Path) -> None:
    whole = bytearray(begun.read_bytes())
    whole[4096:] = b"minutes " * ((len(whole) - 4096) // 8)
    begun.write_bytes(whole)
    assert "damaged" in refusal(begun).fact


def test_a_ledger_that_is_a_text_is_no_database(begun: Path) -> None:
    begun.write_text("Minutes of the January meeting. " * 100)
    assert "not a database" in refusal(begun).fact


def test_another_programs_database_is_left_alone(file: Path) -> None:
    """A path that was mistyped must not put our tables into it."""
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE minutes (text)")
        other.commit()
    file.chmod(0o600)
    with pytest.raises(FixTheSettings, match="another program's"):
        Ledger.open(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("minutes",)]


def test_a_first_opening_that_was_killed_can_be_repeated(file: Path) -> None:
    """An empty file without the mark: nothing was ever in it."""
    file.parent.mkdir(mode=0o700)
    file.touch(mode=0o600)
    with Ledger.open(f"sqlite:///{file}") as ledger:
        assert ledger.is_new()
