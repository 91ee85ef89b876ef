"""The committee's year in a real browser: cycle, nominees, a decision's and a slate's ballot."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from connectors import elections
from connectors.sandbox.server import Sandbox
from flows.votes.drafts.slate import slate_draft
from tests.browser.chromium import Tab
from tests.browser.look import faults, screenshot
from tests.browser.test_desk import PICTURES, VIEWS, browser, signed_in
from tests.conftest import Clock
from tests.elections.committees import CHAIRS, Board
from tests.elections.polls import NAME
from tests.elections.test_slate_from_nominations import row
from tests.flows.test_cycle import with_cycle
from tests.flows.web.ballots import at_the_desk
from tests.flows.web.desk import DeskClient

pytestmark = pytest.mark.slow
__all__ = ["browser"]
SLATE = "slate-2027"
WINDOW = {
    "title": "Slate",
    "opens": datetime(2027, 3, 1, 9),  # noqa: DTZ001 - the chapter's clock, as in its file
    "closes": datetime(2027, 3, 12, 21),  # noqa: DTZ001
    "ballots": {"form": "slate-form"},
}


@pytest.fixture
def desk(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Iterator[DeskClient]:
    """A committee that votes on its co-chairs, with a cycle, nominees, and a draft of a slate."""
    board = Board.seated(sandbox, clock, tmp_path / "chapter", CHAIRS)
    board.opened()
    with_cycle(board.town)
    board.town.add_tab("nominations", *map(row, range(5)))
    board.town.night()
    with board.context() as context:
        contest = slate_draft(context, WINDOW).contest
    elections.write_new(board.town.folder, SLATE, WINDOW, [contest])
    with at_the_desk(board) as vote:
        yield vote.desk


def test_its_pages_are_whole_in_every_view(browser: Tab, desk: DeskClient) -> None:
    signed_in(browser, desk)
    PICTURES.mkdir(exist_ok=True)
    found = []
    for name, path in {
        "cycle": "/cycle",
        "nominees": "/committee/nominees",
        "decision": f"/votes/{NAME}",
        "decision-ballot": f"/votes/{NAME}/ballot",
        "slate": f"/votes/{SLATE}",
        "slate-ballot": f"/votes/{SLATE}/ballot",
    }.items():
        for view in VIEWS:
            found += faults(browser, desk.home + path, view, home=desk.home)
            (PICTURES / f"committee-{name}-{view.name}.png").write_bytes(screenshot(browser))
    assert found == []
