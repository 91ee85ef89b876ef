"""A private file is there whole or not at all, and no link leads its writer elsewhere."""

import errno
import os
import stat
from pathlib import Path

import pytest

from connectors.files import private_files
from connectors.files.private_files import private_folder, refuse_shared, write_private
from models.errors import FixTheSettings

NEW = pytest.mark.parametrize("new", [True, False], ids=["new", "any"])


@NEW
def test_a_file_is_private_from_the_first_byte_on(tmp_path: Path, new: bool) -> None:
    before = os.umask(0)
    try:
        write_private(tmp_path / "folder" / "file", b"content", new=new)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "folder" / "file").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["file"]


@pytest.mark.parametrize("kind", ["file", "link", "dangling link"])
def test_a_new_file_takes_nobodys_place(tmp_path: Path, kind: str) -> None:
    precious = tmp_path / "precious"
    if kind != "dangling link":
        precious.write_text("precious")
    file = precious if kind == "file" else tmp_path / "file"
    if kind != "file":
        file.symlink_to(precious)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FileExistsError):
        write_private(file, b"content", new=True)
    assert sorted(tmp_path.iterdir()) == before
    assert kind == "dangling link" or precious.read_text() == "precious"


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "file").symlink_to(tmp_path / "precious")
    write_private(tmp_path / "file", b"content")
    assert (tmp_path / "precious").read_text() == "precious"
    assert (tmp_path / "file").read_bytes() == b"content"


@NEW
@pytest.mark.parametrize("step", ["fsync", "replace", "mkstemp"])
def test_a_full_disk_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, new: bool
) -> None:
    if not new:
        (tmp_path / "file").write_text("before")
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    where = {"fsync": os, "replace": Path, "mkstemp": private_files.tempfile}[step]
    with monkeypatch.context() as patch:
        patch.setattr(where, step, full)
        with pytest.raises(FixTheSettings, match="the disk is full"):
            write_private(tmp_path / "file", b"content", new=new)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == before


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FixTheSettings, match="of another kind"):
        write_private(tmp_path / "file" / "inside", b"content")


def test_a_file_is_durable_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []
    sync, move = os.fsync, Path.replace

    def synced(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def moved(path: Path, target: Path) -> Path:
        steps.append("name")
        return move(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", moved)
    write_private(tmp_path / "file", b"content", new=True)
    assert steps == ["file", "name", "folder"]


@pytest.mark.parametrize(("mode", "step"), [
    (0o770, "chmod go-w"), (0o707, "chmod go-w"), (0o1777, "a folder of your own"),
])  # fmt: skip
def test_a_folder_where_others_can_write_is_refused(tmp_path: Path, mode: int, step: str) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(mode)
    with pytest.raises(FixTheSettings, match="can write here") as refused:
        refuse_shared(tmp_path / "shared")
    assert step in refused.value.next_step
    (tmp_path / "shared").chmod(0o755)
    refuse_shared(tmp_path / "shared")


def test_a_private_folder_goes_with_all_that_lies_in_it(tmp_path: Path) -> None:
    with private_folder(tmp_path / "new") as folder:
        (folder / "file").write_text("people")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list((tmp_path / "new").iterdir()) == []
