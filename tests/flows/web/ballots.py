"""A vote of an invented chapter, and the officers' page beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from connectors.sandbox.server import Sandbox
from flows.web import works
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.elections.polls import NAME, Poll
from tests.flows.web.desk import DeskClient, Fields, hidden, opened, words

HERE = f"/votes/{NAME}"


@dataclass
class VoteDesk:
    """A vote and a browser at its pages."""

    poll: Poll
    desk: DeskClient

    def text(self, path: str = "") -> str:
        """What a page of the vote says."""
        return self.desk.text(HERE + path)

    def press(self, page: str, fields: Fields | None = None, action: str = "") -> requests.Response:
        """Fill in a form on a page of the vote, and send it."""
        return self.desk.press(HERE + page, HERE + (action or page), fields)

    def confirm(self, asked: requests.Response) -> str:
        """Tick the box on the page that asks once more, and go on."""
        assert asked.status_code == 200, words(asked)
        fields = hidden(asked, f"{HERE}/confirm")
        done = self.desk.post(f"{HERE}/confirm", {**fields, "sure": "yes"})
        assert done.status_code == 200, words(done)
        return words(done)

    def record(self) -> list[str]:
        """Who did what, newest last."""
        with self.poll.town.ledger() as ledger:
            return [f"{line.who}: {type(line.event).__name__}" for line in ledger.votes.lines(NAME)]


def opened_poll(services: tuple[Sandbox, Clock], folder: Path, people: int) -> Poll:
    """A vote at the minute of its opening, for all tests of a file: each restores it."""
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    empty(sandbox)
    return Poll.prepare(sandbox, clock, folder / "chapter", people=people).opened()


@contextmanager
def at_the_desk(poll: Poll) -> Iterator[VoteDesk]:
    """The page of a vote as it is, signed in; it waits for what others see the progress of."""
    before = poll.town.settings
    with pytest.MonkeyPatch.context() as patch, opened(poll.town) as desk:
        patch.setattr(works, "AT_ONCE", 60)
        yield VoteDesk(poll, desk.sign_in())
    poll.town.settings = before
