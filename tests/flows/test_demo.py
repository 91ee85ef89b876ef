"""The demo: what a newcomer sees first must not break unseen, nor break what is there."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.sandbox.invented import invent
from connectors.sandbox.server import Sandbox
from flows.context import open_chapter
from flows.demo.election import election_story
from flows.demo.nights import _accident, make_room
from flows.demo.partners import partners_list
from flows.lists.keeping import kept_lists
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync
from models.errors import FixTheSettings, Refused


def test_the_vote_of_the_demo_is_told_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC) - timedelta(days=1)
    with Sandbox() as sandbox:
        invent(sandbox, tmp_path, now.date())
        with open_chapter(tmp_path, lambda: now) as context:
            sync(context, SyncOptions(apply=True))
        page = election_story(sandbox, tmp_path)
    assert "endorsed: Ayanna Pressley" in capsys.readouterr().out
    assert "Ayanna Pressley" in page.read_text("utf-8")
    for file in page.parent.glob("*.html"):
        said = "Votos inventados" if file.name.endswith(".es.html") else "Made-up votes"
        assert said in file.read_text("utf-8"), file.name


def test_the_accident_of_the_demo_alerts_the_officers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC) - timedelta(days=1)
    with Sandbox() as sandbox:
        invent(sandbox, tmp_path, now.date())
        with open_chapter(tmp_path, lambda: now) as context:
            sync(context, SyncOptions(apply=True))
        _accident(sandbox, tmp_path)
    said = capsys.readouterr().out
    assert "Changes sent: 0." in said
    assert "Alert to the officers: “Rivertown Progressives: 1 thing to check”" in said
    assert "A safety limit stopped the nightly run" in said.partition("Alert to the officers")[2]


def test_the_demo_replaces_its_own_folder_and_nobody_elses(tmp_path: Path) -> None:
    """A real chapter lives in a folder called chapter too."""
    real = tmp_path / "home" / "chapter"
    (real / "ledger").mkdir(parents=True)
    (real / "ledger" / "clerk.sqlite").write_text("precious")
    with pytest.raises(Refused, match="the demo did not make") as refused:
        make_room(tmp_path / "home")
    assert "--out" in refused.value.next_step
    assert (real / "ledger" / "clerk.sqlite").read_text() == "precious"

    made = make_room(tmp_path / "out")
    (made / "chapter.toml").touch()
    assert list(make_room(tmp_path / "out").glob("*.toml")) == []

    shutil.copytree(tmp_path / "out", tmp_path / "copy")
    with pytest.raises(Refused):  # somebody may have gone on with it
        make_room(tmp_path / "copy")


def test_the_demo_follows_no_link_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "chapter").symlink_to(tmp_path / "real")
    with pytest.raises(Refused):
        make_room(tmp_path / "out")


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_the_demo_wants_a_folder(tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("precious")
    with pytest.raises(FixTheSettings, match="not a folder"):
        make_room(tmp_path / out)
    assert (tmp_path / "file").read_text() == "precious"


def test_the_partners_list_of_the_demo_comes_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """DP-2"""
    now = datetime.now(UTC) - timedelta(days=1)
    with Sandbox() as sandbox:
        invent(sandbox, tmp_path, now.date())
        with open_chapter(tmp_path, lambda: now) as context:
            sync(context, SyncOptions(apply=True))
        partners_list(tmp_path, now.date())
        with open_chapter(tmp_path) as context:
            ((_, rows),) = kept_lists(context.ledger)
            night = sync(context, SyncOptions(apply=True))
    said = capsys.readouterr().out
    assert rows == 4
    assert "At this event by the list alone: " in said
    assert "Left out: “Shirt size” and “Mobile” (DP-5)." in said
    assert "example.org" not in said
    assert night.applied
