"""What is typed for a vote is published, mailed and sealed: it holds no mail address (DP-3).

Found only by the page, an address would stop the count of a vote that cannot be changed any more.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from connectors import elections
from flows import context as desks
from flows.cli.main import app
from flows.votes.lifecycle import extend
from models.errors import FixTheSettings, Refused
from tests.elections.polls import BALLOT, CLOSES, COUNTS, OPENS, RACES, Poll, ranks
from tests.flows.town import Town

ANN = "ann@example.org"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Spring endorsements", f"Ask {ANN}"),
        lambda text: text + f'short_because = "{ANN} wants it"\n',
        lambda text: text + f'title_es = "{ANN}"\n',
    ],
)
def test_an_election_with_an_address_is_not_read(town: Town, change: Callable[[str], str]) -> None:
    said = {"title": "Spring endorsements", "opens": OPENS.replace(tzinfo=None),
            "closes": CLOSES.replace(tzinfo=None), "ballots": {"form": BALLOT}}  # fmt: skip
    made = elections.write_new(town.folder, "spring", said, RACES)
    file = made / "election.toml"
    head, found, tables = file.read_text().partition("\n[")
    file.write_text(change(head + "\n").rstrip() + "\n" + found + tables)
    with town.context() as context, pytest.raises(FixTheSettings, match="mail address") as refused:
        context.election("spring")
    assert ANN not in str(refused.value)


@pytest.mark.parametrize("key", ["title", "statement", "office"])
def test_nor_is_a_race_with_one(town: Town, key: str) -> None:
    said = {"title": "Spring", "opens": OPENS.replace(tzinfo=None),
            "closes": CLOSES.replace(tzinfo=None), "ballots": {"form": BALLOT}}  # fmt: skip
    elections.write_new(town.folder, "spring", said, [{**RACES[0], key: f"Ask {ANN}"}])
    with town.context() as context, pytest.raises(FixTheSettings, match="mail address"):
        context.election("spring")


def test_a_reason_with_an_address_is_refused_before_it_is_recorded(poll: Poll) -> None:
    """And the count comes, for nothing was recorded."""
    poll.opened()
    with poll.context() as context, pytest.raises(Refused, match="mail address"):
        extend(context, poll.name, CLOSES + timedelta(hours=1), "Thea Novak", f"told by {ANN}")
    assert "extended" not in str(poll.record())
    poll.everybody_votes(ranks("Ada Park") | {"Question 6": "Yes"})
    for moment in (CLOSES, COUNTS):
        poll.at(moment)
    assert poll.vote.result


@pytest.mark.parametrize(
    "words", [("election", "open", "spring"), ("person", "forget", "Thea Novak", "--yes")]
)
def test_an_officer_is_named_by_a_name(
    poll: Poll, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager
    monkeypatch.setattr(opening, "__defaults__", (poll.clock,))
    where = ["--chapter", str(poll.town.folder), "--by", ANN]
    refused = CliRunner().invoke(app, [*words, *where]).exception
    assert isinstance(refused, Refused)
    assert ANN not in str(refused)
    with poll.context() as context:
        assert context.ledger.votes.lines() == []
