"""Proposals from the members' rows to a ballot: numbered once, moderated by number (SC-7)."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.sandbox.google.cells import Cell
from flows import context as desks
from flows.cli.main import app
from flows.committee.proposals import begin_list, judged
from flows.nightly.facts import facts_of, year_of
from flows.nightly.proposals import Numbers, numbers_of
from flows.nightly.sources import known_sources
from flows.notes import PROPOSALS
from flows.privacy import retention
from flows.service.due_steps import run_night
from models.privacy import Email
from models.unmask import reveal
from models.votes.codes import code_for, written
from tests.elections.test_commands import told
from tests.flows.town import REVIEW, Town

TAB = "Clerk – proposals"
NAMED = f'review = "{REVIEW}"\n'
CALL = "proposals 2026"
NEW = ("--title", "Priorities", "--form", "f", "--opens", "2099-09-01 09:00",
       "--closes", "2099-09-12 09:00")  # fmt: skip


def night(town: Town) -> list[str]:
    said: list[str] = []
    with town.context() as context:
        run_night(context, said.append)
    return said


def voters(town: Town) -> list[tuple[str, str]]:
    """Each voting member's address, and the code of the call in their email."""
    with town.context() as context:
        begin_list(context, CALL)
        roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
        return sorted(
            (
                reveal(one.person.addresses[0]),
                written(code_for(context.ledger.key, CALL, one.person.id)),
            )
            for one in roll.voting()
        )


@pytest.fixture
def members(town: Town) -> list[tuple[str, str]]:
    """A chapter with proposals of three members, one of them without a code."""
    night(town)
    found = voters(town)
    (ann, hers), (ben, his), (cy, _) = found[:3]
    town.add_tab(
        "proposals",
        ["2026-03-01", ann, "Rents that people can pay", hers],
        ["2026-03-02", ben, "Trees | one in every street", his],
        ["2026-03-03", cy, "Buses"],
        ["2026-03-04", ben, "=HYPERLINK(1)", his],
    )
    town.rewrite(NAMED, f'{NAMED}proposed = "{TAB}"\n')
    return found


def shown(town: Town) -> dict[str, tuple[Cell, Cell]]:
    """The lines of the tab by their numbers."""
    rows = [[*row, "", ""] for row in town.rows(TAB)[1:] if row[0]]
    return {str(row[0]): (row[1], row[2] or "") for row in rows}


def test_the_tab_has_numbers_and_texts_and_nobody(
    town: Town, members: list[tuple[str, str]]
) -> None:
    """SC-7, DP-3"""
    assert "proposals: 3 new" in night(town)
    lines = shown(town)
    assert [line[0] for line in lines.values()] == [
        "Rents that people can pay", "Trees | one in every street", "=HYPERLINK(1)",
    ]  # fmt: skip
    everything = str(town.rows(TAB))
    assert not [address for address, _ in members if address in everything]
    assert [row for row in town.rows(REVIEW) if "has no code from an email" in str(row)]


def test_a_number_stays_with_its_text_whatever_rows_come_and_go(
    town: Town, members: list[tuple[str, str]]
) -> None:
    """SC-7"""
    night(town)
    with town.edit("Proposals") as rows:
        rows[1][:3] = ["2026-02-01", members[0][0], "Earlier than all"]
        rows[4][2] = "=HYPERLINK(2)"
    night(town)
    assert {n: line[0] for n, line in shown(town).items()} == {
        "2": "Trees | one in every street",
        "4": "Earlier than all",
        "5": "=HYPERLINK(2)",
    }
    with town.edit("Proposals") as rows:
        rows[1][2] = "Rents that people can pay"
    night(town)
    assert shown(town)["1"][0] == "Rents that people can pay", "its number came back with it"


def test_the_note_has_neither_texts_nor_addresses(
    town: Town, members: list[tuple[str, str]]
) -> None:
    """DP-3"""
    night(town)
    with town.context() as context:
        held = context.ledger.note("proposals numbered") or ""
        assert sorted(numbers_of(context.ledger).given.values()) == [1, 2, 3]
    assert "Rents" not in held
    assert "@" not in held


def test_another_call_begins_another_list(town: Town, members: list[tuple[str, str]]) -> None:
    """SC-7"""
    night(town)
    with town.context() as context:
        begin_list(context, "proposals 2027")
        found = judged(context)
    assert (found.counted, found.numbered) == ((), {})
    assert {one.reason for one in found.review} >= {"the code is not this member's"}


def test_only_voting_members_with_their_code_are_counted(
    town: Town, members: list[tuple[str, str]]
) -> None:
    """SC-7"""
    night(town)
    with town.context() as context:
        counted = judged(context).counted
    assert {one.address for one in counted} == {Email.parse(a) for a, _ in members[:2]}


def test_old_proposals_are_kept_no_longer_than_sign_ins(
    town: Town, members: list[tuple[str, str]]
) -> None:
    """DP-6"""
    with town.edit("Proposals") as rows:
        rows[1][0] = "2019-03-01"
    night(town)
    with town.context() as context:
        assert retention.due(context).rows
        retention.apply(context)
        held = [one.text for one in year_of(context).proposals]
    assert held == ["Trees | one in every street", "Buses", "=HYPERLINK(1)"]


@pytest.fixture
def moderated(town: Town, members: list[tuple[str, str]]) -> Town:
    """The committee has moderated two of three."""
    night(town)
    town.add_tab("priorities", [1, "keep", None, "Rents we can pay"], [2, "keep"])
    night(town)
    return town


Clerk = Callable[..., str]


@pytest.fixture
def clerk(town: Town, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """A command on this chapter, by the test's clock; what it says, or its fault."""
    opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager
    monkeypatch.setattr(opening, "__defaults__", (town.clock,))

    def run(*words: str) -> str:
        return told(CliRunner().invoke(app, [*words, "--chapter", str(town.folder)]))

    return run


def contest(town: Town, name: str) -> dict[str, Any]:
    (file,) = (town.folder / "elections" / name / "contests").glob("*.toml")
    return tomllib.loads(file.read_text())


def test_another_call_goes_on_numbering(moderated: Town) -> None:
    """SC-7: what the committee wrote about an old number keeps, merges, or drops nothing new."""
    call = "proposals 2027"
    with moderated.context() as context:
        begin_list(context, call)
        roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
        codes = {
            reveal(address): written(code_for(context.ledger.key, call, one.person.id))
            for one in roll.voting()
            for address in one.person.addresses
        }
    with moderated.edit("Proposals") as rows:
        for row, text in zip(rows[1:3], ("Free buses", "Rents that people can pay"), strict=True):
            row[2:4] = [text, codes[str(row[1])]]
        del rows[3:]
    assert "proposals: 2 new" in night(moderated)
    with moderated.context() as context:
        found = judged(context)
        begin_list(context, "proposals 2028")
        assert numbers_of(context.ledger).last == 5
    assert found.numbered == {4: "Free buses", 5: "Rents that people can pay"}
    assert (found.moderation.kept, found.moderation.waiting) == ((), (4, 5))
    assert [one.reason for one in found.review][:2] == [
        f"proposal {n} is of an earlier call for proposals; the row is not used" for n in (1, 2)
    ]


def test_after_a_lost_ledger_no_old_row_decides_about_another_proposal(moderated: Town) -> None:
    """SC-7: a number that a row is about before it is given is never given."""
    with moderated.ledger() as ledger:
        ledger.set_note(PROPOSALS, Numbers(call=CALL).model_dump_json())  # as a new ledger has it
    assert "proposals: 3 new" in night(moderated)
    with moderated.context() as context:
        found = judged(context)
    assert list(found.numbered) == [3, 4, 5], "rows are about 1 and 2"
    assert (found.moderation.kept, found.moderation.waiting) == ((), (3, 4, 5))
    asked = [one.reason for one in found.review if "no proposal" in one.reason]
    assert asked == [f"there is no proposal {n}; the row is not used" for n in (1, 2)]


def test_a_row_about_a_number_to_come_takes_that_number_out(moderated: Town) -> None:
    with moderated.edit("Priorities") as rows:
        rows.append([4, "drop", *[None] * (len(rows[0]) - 2)])
    night(moderated)
    with moderated.edit("Proposals") as rows:
        rows.append(["2026-03-05", *rows[1][1:2], "Bike lanes", *rows[1][3:]])
    night(moderated)
    with moderated.context() as context:
        found = judged(context)
    assert list(found.numbered) == [1, 2, 3, 5]
    assert found.moderation.dropped == ()


def test_the_tab_says_what_the_committee_decided(moderated: Town) -> None:
    """SC-7"""
    assert [line[1] for line in shown(moderated).values()] == ["kept", "kept", ""]
    assert [row for row in moderated.rows(REVIEW) if "not moderated yet: 3" in str(row)]


def test_an_advisory_vote_is_drafted_from_what_is_kept(moderated: Town, clerk: Clerk) -> None:
    """SC-7"""
    made = clerk("election", "new", "advice", "--priorities-advisory", *NEW)
    assert "Not moderated yet, and left out: 3." in made
    drafted = contest(moderated, "advice")
    assert drafted["kind"] == "advisory"
    assert drafted["proposals"] == ["1. Rents we can pay", "2. Trees | one in every street"]
    again = clerk("election", "new", "advice", "--priorities-advisory", *NEW)
    assert "there is an election of this name already" in again


def test_the_ratification_has_the_committees_words(moderated: Town, clerk: Clerk) -> None:
    """SC-7, EN-R14"""
    made = clerk("election", "new", "final", "--priorities", *NEW)
    assert "No result of an advisory vote on them is published" in made
    drafted = contest(moderated, "final")
    assert (drafted["kind"], drafted["purpose"]) == ("up-or-down", "priorities")
    assert drafted["priorities"] == ["Rents we can pay", "Trees | one in every street"]
    assert "recommendation" not in drafted, "the committee's word is its own"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--priorities", "--priorities-advisory"), "either the advisory vote or the ratification"),
        (("--priorities-advisory",), "the committee keeps too few proposals: 0, at least 2"),
        (("--priorities",), "the committee keeps too few proposals: 0, at least 1"),
    ],
)
def test_what_cannot_be_drafted_is_refused(
    town: Town, members: object, clerk: Clerk, options: tuple[str, ...], said: str
) -> None:
    """SC-7"""
    night(town)
    assert said in clerk("election", "new", "advice", *options, *NEW)
    assert not (town.folder / "elections" / "advice").exists()
