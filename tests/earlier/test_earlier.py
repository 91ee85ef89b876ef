"""What an earlier version left half done is opened, goes on, ends well, and audits clean.

Rules: VM-R4 and EN-10 (no letter twice, none lost), VM-R3, EN-R6, BA-2 (what the record says).
"""

import re
import shutil
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from connectors.files.old_names import OldName
from connectors.sandbox.server import Sandbox
from connectors.settings import EDITIONS, load_chapter
from flows.privacy.restore import restore
from flows.votes.tally.audit import audit
from models.old_names import CHAPTER
from models.tally.digests import edition_digest
from models.tally.outcome import Outcome, OutcomeKind
from models.votes.events import Approved
from models.votes.history import last
from tests.conftest import Clock
from tests.earlier.moments import SQLITE, taken_up
from tests.earlier.story import MOMENTS, STEPS
from tests.elections.polls import NAME, Poll

ARCHIVES = sorted(Path(__file__).parent.glob("r*.tar.xz"))


@pytest.fixture(scope="module", params=ARCHIVES, ids=lambda file: file.name.partition(".")[0])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The moments of one earlier version."""
    where = tmp_path_factory.mktemp("earlier")
    with tarfile.open(request.param) as archive:
        archive.extractall(where, filter="data")
    return where


def end_of(poll: Poll) -> dict[str, Any]:
    """All there is to see when the story is over, every letter to anybody included."""
    outbox = poll.town.sandbox.mailchimp.outbox
    letters = Counter((letter.to, letter.title.rpartition(" ")[0]) for letter in outbox)
    return poll.ends() | {"every letter": letters}


def by_the_rules_of_today(ends: dict[str, Any]) -> dict[str, Any]:
    """What nobody marked was "no consensus" before it was a kind of its own (EN-R12).

    On a question of some districts their voters alone voted before (EN-R10): approved since, it is
    another definition and has other blank ballots.
    """
    races = dict(ends["result"] or {})
    if question := races.get("question-6"):
        roll = {"roll": question.digests["roll"]}
        races["question-6"] = question.model_copy(update={"digests": roll})
    unmarked = [name for name, race in races.items() if not any(race.rounds[0].values())]
    nobody = Outcome(OutcomeKind.NOBODY_VOTED)
    renamed = {name: races[name].model_copy(update={"outcome": nobody}) for name in unmarked}
    record: Counter[str] = Counter()
    for line, times in ends["record"].items():
        for name in unmarked:
            line = line.replace(f"{name}: no consensus", f"{name}: {nobody}")
        line = re.sub(", reminders: [^,)]*", "", line)  # a close did not count them (EN-R13)
        line = line.partition("result digest")[0]  # the digest is of the outcome, too
        # Whoever was struck kept the code until the close (VM-R3).
        line = re.sub(r"(removed the codes from .*)contacts: \d+", r"\1contacts", line)
        line = re.sub(", reminders: [^)]*", "", line)  # which went out was not told (EN-R13)
        record[re.sub("definition digest: [^,)]*", "", line)] += times
    pages = [name for name in ends["public"] if name != "guide"]  # a vote had none (EN-13)
    return ends | {"result": races | renamed, "record": record, "public": pages}


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(one, marks=() if one in ("night-cut-short", "tie") else pytest.mark.slow)
        for one in MOMENTS
    ],
)
def test_it_goes_on_and_audits_clean(
    kept: Path, moment: str, sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    good = end_of(taken_up(kept / MOMENTS[-1], sandbox, clock, tmp_path / "good"))
    poll = taken_up(kept / moment, sandbox, clock, tmp_path / "chapter")
    with poll.context() as context:
        assert audit(context) or moment == "night-cut-short"
    for _, step in STEPS[MOMENTS.index(moment) + 1 :]:
        step(poll)
    assert by_the_rules_of_today(end_of(poll)) == by_the_rules_of_today(good)
    with poll.context() as context:
        assert len(audit(context)) > len(STEPS)


OLD_NAMES = """
[guards]
unforeseen_percent = 10
unforeseen_at_least = 1
[letters]
tracking = false
[schedule]
clock_minutes = 5
[retention]
contest_days = 30
[elections]
officers_mail = ""
[columns.registrations]
wants_mail = "Mailing list"
"""
"""Each with the value that holds without it."""


@pytest.mark.filterwarnings("ignore::connectors.files.old_names.OldName")
@pytest.mark.parametrize("moment", ["approved", pytest.param("tie", marks=pytest.mark.slow)])
def test_a_folder_with_the_old_names_goes_on_as_with_the_new(
    kept: Path, moment: str, sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """A vote that is approved keeps its edition's digest, and is counted by it (EN-R6)."""
    good = end_of(taken_up(kept / MOMENTS[-1], sandbox, clock, tmp_path / "good"))
    poll = taken_up(kept / moment, sandbox, clock, tmp_path / "chapter")
    poll.town.rewrite('bylaws = "jp-progressives"', 'bylaws = "ours.toml"')
    built_in = (EDITIONS / "jp-progressives.toml").read_text("utf-8")
    ours = built_in.replace("\neffective_from =", "\nin_force_from =")
    (poll.town.folder / "ours.toml").write_text(ours, "utf-8")
    settings = poll.town.folder / "chapter.toml"
    settings.write_text(settings.read_text("utf-8") + OLD_NAMES, "utf-8")
    with poll.context() as context:
        approval = last(context.ledger.votes.lines(NAME), Approved)
        assert approval
        assert edition_digest(context.counting_of(context.election(NAME))) == approval.rules
    for _, step in STEPS[MOMENTS.index(moment) + 1 :]:
        step(poll)
    assert by_the_rules_of_today(end_of(poll)) == by_the_rules_of_today(good)
    with poll.context() as context:
        assert audit(context)
    with pytest.warns(OldName) as told:
        load_chapter(poll.town.folder)
    assert [one.old for one in CHAPTER if one.old not in str(told[0].message)] == []


def test_its_backup_is_restored(kept: Path, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    where = kept / "published"
    poll = taken_up(where, sandbox, clock, tmp_path / "chapter")
    good = end_of(poll)
    shutil.rmtree(poll.town.folder / SQLITE.parent)
    file = where / "chapter.clerk-backup"
    file.chmod(0o600)
    restore(load_chapter(poll.town.folder), file, replace=False)
    assert end_of(poll) == good
    with poll.context() as context:
        assert audit(context)
