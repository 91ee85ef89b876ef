"""A statewide body and its chapters: no row of a person crosses, in either direction (ST-1, DP-1).

Marked people live in each of them; nobody of the one is in the other's folder, ledger, audience or
workbooks, nor in anything that was sent to its services. Each folder belongs to a user of its own,
and the others' jobs are refused, by the program and by the machine.
"""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from connectors.sandbox.invented import serial
from connectors.sandbox.server import Sandbox
from flows.cli.main import app
from flows.context import open_chapter
from models.errors import ClerkError
from tests.conftest import Clock
from tests.flows.test_near import LIST, SEND, write_list
from tests.flows.town import Town
from tests.privacy.canaries import Hit, Search
from tests.privacy.colony import Marked


class Two(NamedTuple):
    """A statewide body and one of its chapters, each with services of its own."""

    state: Town
    chapter: Town
    of_state: list[Marked]
    of_chapter: list[Marked]


@pytest.fixture
def two(sandbox: Sandbox, town: Town, clock: Clock, tmp_path: Path) -> Iterator[Two]:
    """Both after two nights: people signed up with one, and registered with the other."""
    with Sandbox(now=clock) as other:
        state = Town.found(other, clock, tmp_path / "state", people=4)
        of_state, of_chapter = [Marked() for _ in range(4)], [Marked() for _ in range(2)]
        state.rewrite(*SEND)
        state.add_tab("statewide")
        write_list(
            state.folder,
            LIST.replace('key = "river"', 'key = "river"\nfolder = "../chapter"\nuser = "river"'),
        )
        for each in (state, town):
            each.night()
        today = serial(clock().date())
        places = ("Rivertown", "Bigcity", "Elsewhere", "Rivertwon")
        with state.edit("Statewide") as rows:
            rows += [
                [today, who.address, place, None, "yes"]
                for who, place in zip(of_state, places, strict=True)
            ]
        with town.edit("Registrations") as rows:
            rows += [
                [today, who.name, who.address, "", who.phone, "", "", "", "Yes"]
                for who in of_chapter
            ]
        for each in (state, town, state, town):
            each.night()
        yield Two(state, town, of_state, of_chapter)


def found(people: list[Marked], there: Town) -> set[Hit]:
    """Where somebody of them is, in all that a body has and sent."""
    search = Search([one for who in people for one in who.canaries()])
    services = json.dumps(there.sandbox.dump()).encode()
    sent = "\n".join(f"{one.method} {one.path} {one.request!r}" for one in there.sandbox.journal)
    return (
        search.files(there.folder)
        | search.bytes("services", services)
        | search.bytes("the wire", sent.encode())
    )


def test_nobody_who_signed_up_with_the_state_is_in_a_chapter(two: Two) -> None:
    """ST-1, DP-1"""
    assert {one.kind for one in found(two.of_state, two.state)} == {"address"}  # they are there
    assert found(two.of_state, two.chapter) == set()


def test_nobody_who_registered_with_a_chapter_is_in_the_state(two: Two) -> None:
    """ST-1, DP-1"""
    assert {one.kind for one in found(two.of_chapter, two.chapter)} >= {"address", "name"}
    assert found(two.of_chapter, two.state) == set()


def test_the_state_sends_a_link_and_asks_no_host_of_the_chapter(two: Two) -> None:
    told = [one for one in two.state.sandbox.mailchimp.outbox if "chapter-near" in one.title]
    assert len(told) == 3  # of four: one town may be misspelled
    with two.state.context() as context:
        assert not any("example.org" in str(one) for one in context.exits())


def test_no_command_of_the_state_says_an_address(two: Two) -> None:
    search = Search([one for who in two.of_state for one in who.canaries()])
    for command in (["towns"], ["review"], ["sync"], ["roll"], ["audit"]):
        said = CliRunner().invoke(app, [*command, "--chapter", str(two.state.folder)])
        assert "@example.org" not in said.output, command
        assert search.bytes(command[0], said.output.encode()) == set()


# ── a user for each folder ──────────────────────────────────────────────────────────────────────

STATE, RIVER = 64001, 64002
"""Users whom no account of this machine has."""
NO_ROOT = "only root can play several users; without root, test_own_files.py plays the owner"


@pytest.fixture
def owned(two: Two, tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Each folder is a user's own, as docs/state.md asks, where others can look at its name."""
    if os.geteuid():
        pytest.skip(NO_ROOT)
    above = [one for one in tmp_path.parents if one.stat().st_uid == 0 and one != Path("/")]
    modes = {one: stat.S_IMODE(one.stat().st_mode) for one in (tmp_path, *above)}
    for one in modes:
        one.chmod(modes[one] | 0o011)
    folders = {"state": two.state.folder, "chapter": two.chapter.folder}
    for name, user in (("state", STATE), ("chapter", RIVER)):
        for one in (folders[name], *folders[name].rglob("*")):
            os.chown(one, user, user)
    yield folders
    for one, mode in modes.items():
        one.chmod(mode)


def as_user(user: int, work: Callable[[], Any]) -> Any:
    """What a child says that has become another user."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            os.write(writing, json.dumps(work()).encode())
        except BaseException as fault:  # noqa: BLE001 - a child that dies in silence proves nothing
            os.write(writing, json.dumps(f"the child failed: {fault!r}").encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        said = json.loads(told.read() or b"null")
    os.waitpid(child, 0)
    return said


def opens(folder: Path) -> str:
    """What the program says to whoever takes a folder for their own."""
    try:
        with open_chapter(folder) as context:
            context.ledger.ids()
    except ClerkError as refused:
        return str(refused)
    return "opened"


def readable(folder: Path) -> list[str]:
    """The files of a folder that whoever asks can read."""
    got = []
    for file in sorted(folder.rglob("*")):
        try:
            if file.is_file() and file.read_bytes():
                got.append(str(file.relative_to(folder)))
        except OSError:
            continue
    return got


@pytest.mark.parametrize(
    ("user", "other"), [(STATE, "chapter"), (RIVER, "state"), (0, "chapter"), (0, "state")]
)
def test_a_job_refuses_the_folder_of_another_user(
    owned: dict[str, Path], user: int, other: str
) -> None:
    """ST-1, DP-3"""
    said = as_user(user, lambda: opens(owned[other]))
    assert "this belongs to another user of this machine" in said
    assert "run the command as that user" in said


@pytest.mark.parametrize(("user", "own"), [(STATE, "state"), (RIVER, "chapter")])
def test_a_job_opens_the_folder_of_its_own_user(
    owned: dict[str, Path], user: int, own: str
) -> None:
    assert as_user(user, lambda: opens(owned[own])) == "opened"


@pytest.mark.parametrize(("user", "other"), [(STATE, "chapter"), (RIVER, "state")])
def test_the_machine_itself_lets_no_other_user_read_ledger_and_keys(
    owned: dict[str, Path], user: int, other: str
) -> None:
    """Even where the folder is left open, which it is not: only settings can be read then."""
    folder = owned[other]
    folder.chmod(0o755)
    got = as_user(user, lambda: readable(folder))
    assert not [one for one in got if one.startswith(("ledger/", "secrets/"))]
    assert (folder / "ledger" / "clerk.sqlite").exists()
    assert any((folder / "secrets").iterdir())
    folder.chmod(0o700)
    assert as_user(user, lambda: readable(folder)) == []


def test_a_folder_that_another_user_put_in_place_of_ones_own_is_refused(
    owned: dict[str, Path], tmp_path: Path
) -> None:
    """A link from one's own place into another's folder leads nowhere."""
    link = tmp_path / "link"
    link.symlink_to(owned["chapter"])
    os.lchown(link, STATE, STATE)
    assert "another user" in as_user(STATE, lambda: opens(link))
    ledger = owned["state"] / "ledger"
    shutil.rmtree(ledger)
    ledger.symlink_to(owned["chapter"] / "ledger")
    os.lchown(ledger, STATE, STATE)
    assert as_user(STATE, lambda: opens(owned["state"])) != "opened"
