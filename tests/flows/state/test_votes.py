"""One vote opens and another closes under a worker, whose server is started anew meanwhile (ST-1).

By the machine's own clock. The vote that closes was opened an hour and more ago. The statewide
body's own night is run beside them.
"""

import signal
from datetime import UTC, datetime, timedelta

import pytest

from connectors import elections
from connectors.sandbox.server import Sandbox
from models.state.directory import STATEWIDE
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.elections.polls import BALLOT, NAME, RACES, TZ, Poll, ranks
from tests.flows.state.installed import (
    ACCOUNTS,
    Installed,
    begin,
    ended,
    founded,
    give_to,
    place,
    take_back,
)
from tests.flows.town import Town

pytestmark = [pytest.mark.slow(minutes=5)]
OPENING, CLOSING = KEYS = "rivertown", "hilltop"
COUNTED = f"{CLOSING}: to-the-minute ended"
NIGHT = f"nightly-eligibility/nightly-{STATEWIDE}"
MORE = f'check_every_minutes = 1\nstatewide_folder = "../chapters/{STATEWIDE}"'
SOON, LONG = timedelta(minutes=2), timedelta(minutes=90)


def test_votes_open_close_and_are_counted_whatever_the_server_does() -> None:
    polls: dict[str, Poll] = {}

    def before(key: str, town: Town) -> None:
        polls[key] = _opens_soon(town) if key == OPENING else _closes_soon(town)

    with (
        place() as within,
        Sandbox() as sandbox,
        Installed(within, "", lambda _: "", KEYS, ("alpha",), MORE, before) as chapters,
    ):
        body = within / "chapters" / STATEWIDE
        founded(sandbox, body, STATEWIDE, "")
        give_to(body, ACCOUNTS[len(KEYS)].pw_uid)
        voter = min(polls[CLOSING].invited())
        polls[CLOSING].votes(voter, ranks("Ada Park"))
        chapters.started()
        server = chapters.running.pop("server")
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0, chapters.all_said()
        chapters.start("server", "serve")
        chapters.until(lambda: chapters.said("server").count("The engine:") > 1, "server")
        chapters.until(lambda: bool(polls[OPENING].invited()), "alpha")
        chapters.until(lambda: not polls[CLOSING].codes_on_the_list, "alpha")
        chapters.until(lambda: chapters.said("alpha").count(COUNTED) > 1, "alpha")
        with chapters.asked() as api:
            assert ended(api, begin(api, NIGHT))["state_type"] == "COMPLETED", chapters.all_said()
        chapters.stop()
        print(chapters.all_said())
        for key in KEYS:
            take_back(within / "chapters" / key)
        assert polls[OPENING].vote.state is ElectionState.OPEN
        assert polls[CLOSING].vote.state is ElectionState.COUNTED
        assert polls[CLOSING].vote.result
        assert polls[CLOSING].vote.result.counted == 1
        for poll, done in zip(polls.values(), ((1, 0, 0), (1, 1, 1)), strict=True):
            record = poll.record()
            acts = ("opened voting", "closed voting", "counted the votes")
            assert tuple(map(record.count, acts)) == done, record
            assert set(poll.letters().values()) == {1}


def _opens_soon(town: Town) -> Poll:
    """A vote that an officer approved, and that opens in a minute or two."""
    town.night()
    opens = _this_minute() + SOON
    return _approved(town, opens, opens + LONG)


def _closes_soon(town: Town) -> Poll:
    """A vote that is open, and that closes in a few minutes."""
    closes = _this_minute() + SOON
    now, town.clock = town.clock, Clock()
    town.clock.at = (closes - 2 * LONG).astimezone(UTC)
    town.night()
    poll = _approved(town, closes - LONG, closes)
    poll.at((closes - LONG).astimezone(UTC))
    town.clock = now
    return poll


def _approved(town: Town, opens: datetime, closes: datetime) -> Poll:
    poll = Poll(town, Clock())
    poll.clock.at = town.clock()
    town.sandbox.google.add_form(BALLOT, "Untitled form")
    said = {
        "title": "Spring endorsements",
        "opens": opens.replace(tzinfo=None),
        "closes": closes.replace(tzinfo=None),
        "grace_minutes": 1,
        "short_because": "the committee said so",
        "ballots": {"form": BALLOT},
    }
    elections.write_new(town.folder, NAME, said, RACES)
    poll.build_form()
    return poll.approved()


def _this_minute() -> datetime:
    return datetime.now(TZ).replace(second=0, microsecond=0)
