"""What a whole vote left in the chapter's folder goes along in a backup, and comes back."""

import shutil
from pathlib import Path

from connectors.settings import load_chapter
from flows.privacy.backup import backup
from flows.privacy.restore import restore
from flows.votes.cancelling import cancel_vote, withdraw_candidate
from flows.votes.tally.audit import audit
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, Poll, ranks


def test_a_counted_vote_comes_back_whole(poll: Poll, tmp_path: Path) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park", "Bea Stone"))
    for moment in (CLOSES, COUNTS):
        poll.at(moment)
    folder = poll.town.folder
    before = files(folder / "elections")
    assert {f"{NAME}/pages/index.html", f"{NAME}/tellers/rows.txt"} <= before.keys()
    assert backup(load_chapter(folder), tmp_path / "file") == []
    for lost in ("elections", "ledger"):
        shutil.rmtree(folder / lost)
    restore(load_chapter(folder), tmp_path / "file", replace=False)
    assert files(folder / "elections") == before
    with poll.context() as context:
        assert audit(context)


def test_a_cancelled_vote_comes_back_cancelled(poll: Poll, tmp_path: Path) -> None:
    """EN-R11: its page, its record, and what was changed before."""
    poll.opened()
    with poll.context() as context:
        withdraw_candidate(context, NAME, "mayor", "Cy Rivers", OFFICER, "He moved away.")
        cancel_vote(context, NAME, OFFICER, "The form was wrong.")
    poll.strike()
    folder = poll.town.folder
    before = files(folder / "elections"), poll.record(), poll.vote
    assert backup(load_chapter(folder), tmp_path / "file") == []
    for lost in ("elections", "ledger"):
        shutil.rmtree(folder / lost)
    restore(load_chapter(folder), tmp_path / "file", replace=False)
    assert (files(folder / "elections"), poll.record(), poll.vote) == before
    with poll.context() as context:
        assert audit(context)
    assert poll.strike() == []


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
