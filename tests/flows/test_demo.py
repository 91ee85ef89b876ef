"""The demo's vote, told to its end: what a newcomer sees first must not break unseen."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.sandbox.invented import invent
from connectors.sandbox.server import Sandbox
from flows.demo_election import election_story
from flows.desk import open_desk
from flows.eligibility import Wishes, sync


def test_the_vote_of_the_demo_is_told_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC) - timedelta(days=1)
    with Sandbox() as sandbox:
        invent(sandbox, tmp_path, now.date())
        with open_desk(tmp_path, lambda: now) as desk:
            sync(desk, Wishes(apply=True))
        page = election_story(sandbox, tmp_path)
    assert "endorsed: Ayanna Pressley" in capsys.readouterr().out
    assert "Ayanna Pressley" in page.read_text("utf-8")
