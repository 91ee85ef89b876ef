"""A restore that is killed at any moment leaves the old ledger or the new one, whole.

In a process of its own, which forks a child for each moment: before each name that the restore
opens, makes, moves or removes in the chapter's folder, the child is killed.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.ledger import Ledger
from flows.privacy import backup
from tests.flows.test_restore import found, note

KILLER = """
import json, os, shutil, signal, sqlite3, sys
from itertools import count
from pathlib import Path

from connectors.settings import load_chapter
from flows.privacy import restore
from tests.flows.test_restore import note

chapter, file, kept = load_chapter(Path({folder!r})), Path({file!r}), Path({kept!r})
MOMENTS = {moments!r}
left = None

def killer(event, args):
    global left
    if left is not None and event in MOMENTS and str(args[0]).startswith({folder!r}):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(killer)

def as_it_was():
    shutil.rmtree(chapter.folder)
    shutil.copytree(kept, chapter.folder)

def run(moments):
    global left
    left = moments
    restore.restore(chapter, file, replace=True)

run(10_000)  # everything is imported now
ends = []
for moment in count():
    as_it_was()
    if not (child := os.fork()):
        run(moment)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    whole = note(chapter)
    with sqlite3.connect(chapter.folder / "ledger" / "clerk.sqlite") as db:
        ends.append([ended, whole, db.execute("PRAGMA quick_check").fetchone()[0]])
    if ended == 0:
        break
print(json.dumps(ends))
"""
WRITER = """
import os, signal
from connectors.ledger import Ledger
ledger = Ledger.open({url!r})
ledger.set_note("which", "old")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("moments", [
    ("os.rename", "os.remove"),
    pytest.param(("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect"),
                 marks=pytest.mark.slow),
], ids=["moves", "all"])  # fmt: skip
def test_a_killed_restore_leaves_the_old_ledger_or_the_new_one(
    tmp_path: Path, moments: tuple[str, ...]
) -> None:
    chapter = found(tmp_path / "chapter")
    note(chapter, "new")
    backup.backup(chapter, file := tmp_path / "clerk.backup")
    note(chapter, "lost")
    # What was done last lies in the log beside the file, as after a power cut.
    subprocess.run([sys.executable, "-c", WRITER.format(url=chapter.ledger_url())], timeout=60)
    ledger = backup.ledger_file(chapter)
    assert ledger.with_name(f"{ledger.name}-wal").stat().st_size > 0
    chapter.folder.rename(kept := tmp_path / "kept")
    subprocess.run(["cp", "-a", kept, chapter.folder], check=True)
    script = KILLER.format(
        folder=str(chapter.folder), file=str(file), kept=str(kept), moments=moments
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=300
    )
    assert said.returncode == 0, said.stderr
    ends = json.loads(said.stdout)
    killed, last = ends[:-1], ends[-1]
    assert last == [0, "new", "ok"]
    assert {end for end, _, _ in killed} == {-9}
    assert {whole for _, _, whole in killed} == {"ok"}
    which = [note for _, note, _ in killed]
    assert set(which) <= {"old", "new"}
    assert which == sorted(which, reverse=True), "once the new one is there, it stays"
    assert len(killed) >= (20 if "open" in moments else 5)
    with Ledger.open(chapter.ledger_url()) as held:
        assert held.note("which") == "new"
