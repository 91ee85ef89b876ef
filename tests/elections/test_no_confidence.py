"""Slate or priorities without 60%: who hears of it, and until when it stands open (SC-8)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented_election import questions
from connectors.sandbox.server import Sandbox
from flows import context as desks
from flows.cli.main import app
from flows.committee.ad_hoc import ad_hoc_now
from flows.committee.annual import priority_votes
from flows.committee.proposals import number_new
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from flows.tabs.status import content_of
from flows.votes.drafts.priorities import _in_order, contest_for
from models.unmask import reveal
from models.votes.election import ElectionState
from models.year.moderation import Kept
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, Poll

PRIORITIES: dict[str, Any] = {
    "id": "priorities",
    "title": "Priorities of 2026",
    "kind": "up-or-down",
    "purpose": "priorities",
    "subject": "The priorities of 2026",
    "recommendation": "Yes",
    "priorities": ["Rents that people can pay", "A tree in every street"],
}
ADVICE: dict[str, Any] = {
    "id": "proposals",
    "title": "Proposals for 2026",
    "kind": "advisory",
    "proposals": ["1. Rents", "2. Trees", "3. Buses"],
}
ASKS_FOR_ONE = "an ad hoc committee of members of the Steering Committee and voting members"
MEMBERS = "".join(
    f'[[members]]\nname = "Member {n}"\nconfirmed = 2026-01-20\n' for n in range(1, 8)
)


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    return Poll.prepare(sandbox, clock, tmp_path / "chapter", races=[PRIORITIES])


def counted(poll: Poll, yes: int, no: int) -> Poll:
    """After the count."""
    poll.opened()
    marks = ["Yes"] * yes + ["No"] * no
    for address, mark in zip(sorted(poll.invited()), marks, strict=False):
        poll.votes(address, {"Priorities of 2026": mark})
    poll.at(COUNTS)
    return poll


def ended(poll: Poll, yes: int, no: int) -> Poll:
    """After the count and the announcement."""
    counted(poll, yes, no).published()
    return poll


def letter(poll: Poll) -> str:
    """The announcement, as people read it."""
    found = [one for one in poll.town.sandbox.mailchimp.outbox if "announcement" in one.title]
    assert found
    return " ".join(found[0].text.split())


def waits(poll: Poll) -> list[str]:
    """What the status tab says of it."""
    with poll.context() as context:
        return [row[1] for row in content_of(context).rows if "ad hoc" in row[1]]


def lacks(poll: Poll) -> list[str]:
    with poll.context() as context:
        held = ad_hoc_now(context)
        return [one.fact for one in held.reasons if not one.holds] if held else ["closed"]


def test_exactly_60_percent_is_confidence(poll: Poll) -> None:
    """SC-R3, SC-8"""
    ended(poll, 6, 4)
    assert ASKS_FOR_ONE not in letter(poll)
    assert (waits(poll), lacks(poll)) == ([], ["closed"])


def test_below_60_percent_everybody_reads_of_the_ad_hoc_committee(poll: Poll) -> None:
    """SC-8"""
    ended(poll, 5, 5)
    said = letter(poll)
    assert ASKS_FOR_ONE in said
    assert "un comité especial con miembros del Comité Directivo" in said
    (waiting,) = waits(poll)
    assert waiting.startswith("No confidence: “Priorities of 2026”, April 12, 2026.")
    assert waiting.endswith("An ad hoc committee must be formed (SC-8).")
    assert lacks(poll) == ["no tab is named for the ad hoc committee: add ad_hoc to chapter.toml"]


def test_before_the_publication_no_tab_or_list_says_how_it_ended(poll: Poll) -> None:
    """EN-R8"""
    counted(poll, 5, 5)
    assert poll.vote.state is ElectionState.COUNTED
    assert (waits(poll), lacks(poll)) == ([], ["closed"])
    with poll.context() as context:
        assert "onfidence" not in str(content_of(context))
        assert priority_votes(context) == []
    poll.published()
    assert waits(poll)
    with poll.context() as context:
        assert priority_votes(context) == [CLOSES.date()]


def test_zero_ballots_are_not_no_confidence(poll: Poll) -> None:
    """EN-R12, SC-8"""
    ended(poll, 0, 0)
    said = letter(poll)
    assert ASKS_FOR_ONE not in said
    assert "confidence" not in said
    assert (waits(poll), lacks(poll)) == ([], ["closed"])


def rows(poll: Poll, *filled: list[Cell]) -> None:
    """What the tab says from the next night on."""
    if not any(tab.title == "Ad hoc" for tab in _tabs(poll)):
        poll.town.add_tab("ad_hoc", *filled)
    else:
        with poll.town.edit("Ad hoc") as there:
            there[1:] = [[*row, *[None] * (5 - len(row))] for row in filled]
    poll.town.night()


def _tabs(poll: Poll) -> list[Any]:
    return [t for book in poll.town.sandbox.google.workbooks.values() for t in book.tabs]


def voter_and_other(poll: Poll) -> tuple[tuple[str, str], tuple[str, str]]:
    """Name and address of somebody who can vote, and of somebody who cannot."""
    with poll.context() as context:
        entries = facts_of(context, known_sources(context.ledger)).roll(context.today).entries
        told = {
            can: next(
                (reveal(e.person.name), reveal(e.person.addresses[0]))
                for e in entries.values()
                if e.standing.can_vote is can and e.person.name and e.person.addresses
            )
            for can in (True, False)
        }
        return told[True], told[False]


def test_it_stands_open_until_its_tab_says_that_it_is_done(poll: Poll) -> None:
    """SC-8"""
    (poll.town.folder / "committee.toml").write_text(MEMBERS)
    ended(poll, 5, 5)
    (voter, address), (other, elsewhere) = voter_and_other(poll)
    rows(poll)
    assert lacks(poll) == ["nobody is named for the ad hoc committee yet"]
    rows(poll, ["Member 1", None, "committee"], [other, elsewhere, "voting members"])
    assert lacks(poll) == [f"{other} sits for the voting members, and is not one"]
    rows(poll, ["Nobody Known", None, "committee"], [voter, address, "voting members"])
    assert lacks(poll) == ["Nobody Known sits for the committee, and is not on it"]
    rows(poll, ["Member 1", None, "committee"], [voter, address, "voting members"])
    assert lacks(poll) == []
    assert waits(poll)[0].endswith("An ad hoc committee is at work (SC-8).")
    rows(poll, ["Member 1", None, "committee", None, "2026-04-11"], [voter, address, "members"])
    assert waits(poll), "a day before the vote closed another one"
    rows(poll, ["Member 1", None, "committee", None, "2026-04-12"], [voter, address, "members"])
    assert (lacks(poll), waits(poll)) == (["closed"], [])


def test_no_name_of_its_members_stands_in_the_status_tab(poll: Poll) -> None:
    """DP-3"""
    ended(poll, 5, 5)
    rows(poll, ["Nobody Known", None, "committee"])
    with poll.context() as context:
        assert "Nobody Known" not in str(content_of(context))


def test_the_committees_command_says_what_it_lacks(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SC-8"""
    (poll.town.folder / "committee.toml").write_text(MEMBERS)
    ended(poll, 5, 5)
    rows(poll, ["Member 1", None, "committee"])
    opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager
    monkeypatch.setattr(opening, "__defaults__", (poll.clock,))
    said = CliRunner().invoke(app, ["committee", "--chapter", str(poll.town.folder)])
    assert "An ad hoc committee must be formed" in said.output
    assert "the ad hoc committee has nobody from the voting members" in said.output
    assert said.exit_code


def supports(poll: Poll, address: str, proposals: list[str]) -> None:
    """Somebody ticks several boxes, by the link in their letter."""
    said: dict[str, Any] = {
        "Ballot code": poll.invited()[address], "Proposals for 2026": proposals,
    }  # fmt: skip
    found = {q: said[header] for header, q in questions(poll.form) if header in said}
    poll.form.submit(found, poll.clock.at)


def test_an_advisory_vote_runs_to_its_announcement_and_orders_the_ratification(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """SC-7"""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", races=[ADVICE])
    poll.opened()
    for place, address in enumerate(sorted(poll.invited())):
        supports(poll, address, ["2. Trees", "3. Buses"] if place % 2 else ["2. Trees"])
    poll.at(COUNTS)
    poll.published()
    assert poll.vote.result
    assert str(poll.vote.result.outcomes["proposals"]) == "advised: 2. Trees, 3. Buses"
    said = letter(poll)
    assert "advisory: nothing is decided" in said
    assert said.index("2. Trees") < said.index("3. Buses")
    page = (poll.folder("pages") / "index.html").read_text()
    assert "Advisory votes" in page
    race = (poll.folder("pages") / "proposals.html").read_text()
    assert "decides nothing" in race
    assert "60%" not in race


@pytest.fixture
def advised(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """Three proposals are kept, one of them reworded, and the members' advice is counted."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", races=[ADVICE])
    (_, address), _ = voter_and_other(poll)
    texts = ("Rents", "Trees", "Buses")
    proposed: list[list[Cell]] = [
        ["2026-03-01", address, text, None, "Olive Officer"] for text in texts
    ]
    poll.town.add_tab("proposals", *proposed)
    poll.town.night()
    with poll.context() as context, context.ledger.alone():
        assert number_new(context) == 3
    poll.town.add_tab("priorities", [1, "keep", None, "Rents we can pay"], [2, "keep"], [3, "keep"])
    poll.town.night()
    poll.opened()
    for person in sorted(poll.invited()):
        supports(poll, person, ["3. Buses"])
    poll.at(COUNTS)
    return poll


def ratification(poll: Poll) -> tuple[list[str], list[str]]:
    with poll.context() as context:
        made, remarks = contest_for(context, "priorities")
    return made["priorities"], remarks


def test_the_ratification_stands_in_the_order_of_the_advisory_vote(advised: Poll) -> None:
    """SC-7, EN-R8"""
    texts, (remark,) = ratification(advised)
    assert texts == ["Rents we can pay", "Trees", "Buses"]
    assert remark.startswith("no result of an advisory vote on them is published")
    advised.published()
    assert ratification(advised) == (
        ["Buses", "Rents we can pay", "Trees"],
        ["they stand in the order of support in “Spring endorsements”"],
    )


def test_the_advice_of_another_year_orders_nothing_by_its_numbers(advised: Poll) -> None:
    """SC-7: unless the very texts were voted on."""
    advised.published()
    advised.clock.at = COUNTS + timedelta(days=330)
    kept = [Kept(number=n, text=one) for n, one in enumerate(("Library", "School", "Parks"), 1)]
    ours = [*kept[:2], Kept(number=3, text="Buses")]
    with advised.context() as context:
        assert _in_order(context, tuple(kept), 2027)[0] == kept
        assert _in_order(context, tuple(ours), 2027)[0] == [ours[2], *ours[:2]]
