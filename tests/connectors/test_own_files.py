"""A file that somebody else could have written is not read (DP-3); nor is what is no file."""

import os
import shlex
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from connectors import elections
from connectors.files.own_files import is_there, read_named, read_own
from connectors.sandbox.invented import invent
from connectors.sandbox.server import Sandbox
from connectors.settings import load_chapter
from connectors.settings.files import secret_line, secret_text
from models.errors import FixTheSettings
from tests.conftest import Clock
from tests.connectors.test_settings import LEAST

FOLDERS = ("", "secrets", "letters", "letters/voting-member", "elections", "elections/spring")


@pytest.fixture
def chapter(tmp_path: Path) -> Path:
    folder = tmp_path / "chapter"
    for each in FOLDERS:
        (folder / each).mkdir()
    (folder / "chapter.toml").write_text(LEAST)
    (folder / "elections" / "spring" / "election.toml").write_text("x = 1\n")
    key = folder / "secrets" / "mailchimp.key"
    key.touch(mode=0o600)
    key.write_text("0123-us7\n")
    return folder


def refusal(way: Callable[[], object]) -> FixTheSettings:
    with pytest.raises(FixTheSettings) as refused:
        way()
    return refused.value


def owned_by(monkeypatch: pytest.MonkeyPatch, wanted: Path, user: int) -> None:
    """Let a file or folder belong to somebody else, as only root could really make it."""
    facts, opened = Path.stat, os.fstat

    def given(found: os.stat_result) -> os.stat_result:
        if (found.st_dev, found.st_ino) != there:
            return found
        return os.stat_result((*found[:4], user, *found[5:]))

    there = (wanted.stat().st_dev, wanted.stat().st_ino)
    monkeypatch.setattr(Path, "stat", lambda self, **how: given(facts(self, **how)))
    monkeypatch.setattr(os, "fstat", lambda handle: given(opened(handle)))


@pytest.mark.parametrize("mode", [0o660, 0o606, 0o666, 0o664])
def test_settings_that_others_can_write_are_refused(chapter: Path, mode: int) -> None:
    file = chapter / "chapter.toml"
    file.chmod(mode)
    said = refusal(lambda: load_chapter(chapter))
    assert said.fact == "others on this machine can write here"
    assert (said.where, said.rule) == (str(file), "DP-3")
    assert said.next_step == f"chmod -R go-w {chapter}"


def test_settings_that_others_can_read_are_read(chapter: Path) -> None:
    (chapter / "chapter.toml").chmod(0o644)
    assert load_chapter(chapter).name == "Rivertown"


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o1777])
@pytest.mark.parametrize("folder", FOLDERS)
def test_no_folder_down_to_the_file_can_be_written_by_others(
    chapter: Path, folder: str, mode: int
) -> None:
    """In a sticky folder nobody takes our files away, but anybody can put theirs beside them."""
    file = chapter / folder / "any.toml"
    file.write_text("x = 1\n")
    assert read_own(file, chapter)
    (chapter / folder).chmod(mode)
    said = refusal(lambda: read_own(file, chapter))
    assert (said.where, said.rule) == (str(chapter / folder), "DP-3")
    assert said.next_step == f"chmod -R go-w {chapter}"


@pytest.mark.parametrize(("mode", "reads"), [(0o777, False), (0o1777, True), (0o775, True)])
def test_a_folder_above_the_chapter_may_be_sticky_or_a_groups(
    chapter: Path, mode: int, reads: bool
) -> None:
    """A folder above that others can write to is no risk where they cannot swap the chapter's.

    /tmp is sticky, and a checkout under umask 002 belongs to its group.
    """
    chapter.parent.chmod(mode)
    if reads:
        assert load_chapter(chapter)
    else:
        said = refusal(lambda: load_chapter(chapter))
        assert said.next_step == f"chmod o-w {chapter.parent}"


@pytest.mark.parametrize("name", ["chapter.toml", ""])
def test_what_belongs_to_another_user_is_refused(
    chapter: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    owned_by(monkeypatch, chapter / name, 4242)
    said = refusal(lambda: load_chapter(chapter))
    assert said.fact == "this belongs to another user of this machine"
    assert said.where == str(chapter / name).rstrip("/")
    owned_by(monkeypatch, chapter / name, 0)
    assert load_chapter(chapter)


def test_a_secret_is_judged_by_the_file_that_is_read(chapter: Path) -> None:
    """Not by a name that can be moved between the look and the reading."""
    real, key = chapter.parent / "real.key", chapter / "secrets" / "mailchimp.key"
    real.write_text("0123-us7\n")
    real.chmod(0o640)
    key.unlink()
    key.symlink_to(real)
    assert refusal(lambda: load_chapter(chapter).mailchimp_key()).rule == "DP-3"
    real.chmod(0o600)
    assert load_chapter(chapter).mailchimp_key() == "0123-us7"


def test_a_secret_swapped_after_the_look_is_judged_anew(
    chapter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = chapter / "secrets" / "mailchimp.key"
    opened = os.open

    def swapped(file: Any, *how: int) -> int:
        if Path(file) == key:
            key.unlink()
            key.write_text("0123-us8\n")
            key.chmod(0o644)
        return opened(file, *how)

    monkeypatch.setattr(os, "open", swapped)
    said = refusal(lambda: secret_text(key, "[mailchimp] key_file"))
    assert said.fact == "others on this machine can read the key"


def test_what_the_program_writes_it_can_read_whatever_the_umask(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """A checkout under umask 002 is its group's; a chapter that the demo makes in it is not."""
    tmp_path.chmod(0o775)
    before = os.umask(0o002)
    try:
        invent(sandbox, tmp_path / "chapter", clock.today, people=3)
        read = load_chapter(tmp_path / "chapter")
        contest = {"kind": "question", "id": "one", "title": "One"}
        said = {
            "title": "Spring",
            "opens": datetime(2026, 10, 1, 9),  # noqa: DTZ001 - as the file has it
            "closes": datetime(2026, 10, 11, 9),  # noqa: DTZ001
            "ballots": {"form": "1Xy"},
        }
        elections.write_new(read.folder, "spring", said, [contest])
        assert elections.read(read.folder, "spring", read.tz).contests
        assert read.mailchimp_key()
    finally:
        os.umask(before)


def test_where_a_link_leads_is_nobody_elses_either(chapter: Path) -> None:
    shared = chapter.parent / "shared"
    shared.mkdir()
    (shared / "ours.toml").write_text("x = 1\n")
    (chapter / "ours.toml").symlink_to(shared / "ours.toml")
    shared.chmod(0o777)
    assert refusal(lambda: read_own(chapter / "ours.toml", chapter)).where == str(shared)


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o775])
def test_every_folder_that_a_link_lies_in_is_nobody_elses(chapter: Path, mode: int) -> None:
    """Who can write it can point the link elsewhere."""
    mid, mine = chapter.parent / "mid", chapter.parent / "mine"
    mid.mkdir()
    (chapter / "secrets").rename(mine)
    (mid / "hop").symlink_to("../mine")
    (chapter / "secrets").symlink_to(mid / "hop")
    assert load_chapter(chapter).mailchimp_key()
    mid.chmod(mode)
    said = refusal(lambda: load_chapter(chapter).mailchimp_key())
    assert (said.where, said.next_step) == (str(mid), f"chmod go-w {mid}")


def test_a_link_to_the_chapter_may_lie_in_a_groups_folder(chapter: Path) -> None:
    above = chapter.parent / "above"
    above.mkdir()
    (above / "link").symlink_to(chapter)
    above.chmod(0o775)
    assert load_chapter(above / "link").mailchimp_key()
    above.chmod(0o777)
    assert refusal(lambda: load_chapter(above / "link")).where == str(above)


@pytest.mark.parametrize("target", ["loop.toml", "loop.toml/loop.toml", "../chapter/loop.toml"])
def test_a_link_in_a_circle_ends(chapter: Path, target: str) -> None:
    (chapter / "loop.toml").symlink_to(target)
    said = refusal(lambda: read_own(chapter / "loop.toml", chapter))
    assert "cannot be read" in said.fact


def test_a_chapter_made_open_is_closed_at_once(chapter: Path) -> None:
    """Under umask 002 everything in it is its group's; only keys need another word."""
    every = [chapter, *(each for each in chapter.rglob("*") if each.parent.name != "secrets")]
    for each in every:
        each.chmod(each.stat().st_mode | 0o020)
    said = refusal(lambda: load_chapter(chapter))
    assert said.next_step == f"chmod -R go-w {chapter}"
    subprocess.run(shlex.split(said.next_step), check=True)
    read = load_chapter(chapter)
    assert read.mailchimp_key()
    assert read_own(chapter / "elections" / "spring" / "election.toml", chapter)


def test_a_chapters_folder_may_end_as_a_file_does(chapter: Path) -> None:
    folder = chapter.rename(chapter.parent / "chapter.toml")
    assert load_chapter(folder).folder == folder
    assert load_chapter(folder / "chapter.toml").folder == folder


@pytest.fixture
def strange(tmp_path: Path) -> Iterator[dict[str, Path]]:
    places = {kind: tmp_path / kind for kind in ("folder", "pipe", "socket")}
    places["folder"].mkdir()
    os.mkfifo(places["pipe"])
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(places["socket"]))
        yield {**places, "device": Path("/dev/null")}


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device"])
def test_what_is_no_file_is_named_and_not_waited_for(strange: dict[str, Path], kind: str) -> None:
    said = refusal(lambda: read_named(strange[kind]))
    assert said.fact == f"this is a {kind}, not a file"
    assert said.where == str(strange[kind])


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket"])
def test_settings_that_are_no_file_are_named(
    chapter: Path, strange: dict[str, Path], kind: str
) -> None:
    (chapter / "chapter.toml").unlink()
    strange[kind].rename(chapter / "chapter.toml")
    assert f"this is a {kind}" in refusal(lambda: load_chapter(chapter)).fact


def test_a_name_that_no_file_can_have_is_told() -> None:
    for name in ("x" * 3000, "a\0b"):
        assert is_there(Path(name))
        assert "cannot be read" in refusal(lambda name=name: read_named(Path(name))).fact  # type: ignore[misc]
    assert not is_there(Path("/nowhere/at/all"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file key is empty"),
        (b" \r\n\n", "the file key is empty"),
        ("0123-us7\n".encode("utf-16"), "this file is UTF-16"),
        ("0123-us7\n".encode("utf-16-le"), "this file is UTF-16"),
        (b"0123-us7\n4567-us7\n", "the file key has 2 lines, and a key is one"),
        (b"\x89PNG\r\n\x1a\n\x00", "line 1 is not UTF-8"),
        (b"\x7fELF\x01\x00", "contains characters that a key cannot have"),
        ("0123\N{NO-BREAK SPACE}us7".encode(), "contains characters that a key cannot have"),
        (b"0" * 64_001, "is longer than 64000 bytes"),
    ],
)
def test_a_key_file_that_is_none_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "key"
    file.touch(mode=0o600)
    file.write_bytes(content)
    told = refusal(lambda: secret_line(file, "[mailchimp] key_file"))
    assert said in told.fact
    assert told.next_step
    assert "0123" not in str(told)


@pytest.mark.parametrize("content", [b"0123-us7\r\n", b"\xef\xbb\xbf0123-us7", b"\n0123-us7\n\n"])
def test_what_an_editor_adds_to_a_key_is_harmless(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key"
    file.touch(mode=0o600)
    file.write_bytes(content)
    assert secret_line(file, "[mailchimp] key_file") == "0123-us7"


def test_a_huge_key_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.touch(mode=0o600)
    os.truncate(file, 100_000_000)
    assert stat.S_ISREG(file.stat().st_mode)
    assert "longer than" in refusal(lambda: secret_line(file, "[mailchimp] key_file")).fact
