"""From the nominations tab to the slate's draft and its check (SC-1, SC-2, EN-R14)."""

import json
import tomllib
from typing import Any

import pytest

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import address_of, name_of
from flows.committee.attended import bearers
from flows.committee.nominees import nominees_of
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from flows.votes.check import check_here
from models.contests.contest import UpOrDown
from models.membership.reasons import Reason
from models.privacy import Name
from tests.elections.polls import Poll
from tests.elections.test_commands import Clerk, told
from tests.elections.test_commands import clerk as clerk

WINDOW = ("--title", "Slate", "--form", "slate-form", "--opens", "2027-03-01 09:00",
          "--closes", "2027-03-12 21:00")  # fmt: skip
NEW = ("election", "new", "slate-2027", "--slate", *WINDOW)


def row(number: int, **said: Cell) -> list[Cell]:
    """A nomination of one of the invented people by themselves."""
    told: dict[str, Cell] = {
        "at": "2026-03-20", "name": name_of(number), "address": address_of(number),
        "other_address": None, "consents": None, "bio": f"Of Green Street, number {number}.",
        "summary": "Knocked on doors.", "activities": "A forum on rents.",
        "committees": "Elections", "registered_voter": "yes", **said,
    }  # fmt: skip
    return list(told.values())


def often(poll: Poll, times: int) -> list[int]:
    """The invented people who came so often, or more often, within a calendar year."""
    with poll.context() as context:
        facts = facts_of(context, known_sources(context.ledger))
        known = bearers(context, facts, context.today)
    came = {n: known.get(Name.parse(name_of(n)).folded()) for n in range(40)}
    return [n for n, c in came.items() if c and max(c[1].by_year.values(), default=0) >= times]


@pytest.fixture
def town(poll: Poll) -> Poll:
    """Five nominees who came often; dues of two, one of them until before the vote."""
    five = often(poll, 3)[:5]
    assert len(five) == 5
    poll.town.add_tab("nominations", *map(row, five))
    poll.town.add_tab(
        "dues",
        [address_of(five[0]).upper(), "2026-03-30"],
        [address_of(five[1]), "2026-01-10"],
        ["stranger@example.org", "2026-01-10"],
    )
    poll.town.night()
    return poll


def file(poll: Poll) -> dict[str, Any]:
    folder = poll.folder("election.toml").parent.with_name("slate-2027")
    (found,) = (folder / "contests").glob("*.toml")
    return tomllib.loads(found.read_text())


def rewrite(poll: Poll, old: str, new: str) -> None:
    folder = poll.folder("election.toml").parent.with_name("slate-2027")
    (found,) = (folder / "contests").glob("*.toml")
    assert old in found.read_text()
    found.write_text(found.read_text().replace(old, new, 1))


def checked(poll: Poll) -> list[Reason]:
    with poll.context() as context:
        found = check_here(context, context.election("slate-2027"))
    return [one for one in found if one.rule in ("SC-1", "SC-2", "EN-R14")]


def missing(poll: Poll) -> list[str]:
    return [one.fact.partition(": ")[2] for one in checked(poll) if not one.holds]


def looks(poll: Poll) -> list[str]:
    return [one.fact.partition(": ")[2] for one in checked(poll) if one.look]


def test_everybody_who_is_nominated_is_shown_with_each_fact(town: Poll, clerk: Clerk) -> None:
    said = told(clerk("committee", "nominees", "--on", "2027-03-12"))
    first, second = often(town, 3)[:2]
    assert said.startswith("5 nominees, for a confirmation on March 12, 2027 (SC-2)\n")
    assert name_of(first) in said
    assert "✓ SC-2: dues paid through March 30, 2027" in said
    assert "✗ SC-2: dues were paid through January 10, 2027" in said
    assert said.count("✗ SC-2: dues not paid by the dues tab") == 3
    assert said.count("✓ SC-2: agrees to be nominated") == 5
    assert "1 payment of the dues tab: of an address that nobody here has" in said
    assert "@" not in said
    assert name_of(second) in said


def test_for_a_script_nobody_is_named(town: Poll, clerk: Clerk) -> None:
    found = json.loads(told(clerk("committee", "nominees", "--json", "--on", "2027-03-12")))
    assert len(found["nominees"]) == 5
    assert found["nominees"][1]["missing"] == [
        {"rule": "SC-2", "fact": "dues were paid through January 10, 2027"}
    ]
    assert not any(name_of(n) in str(found) for n in range(40))


def test_the_draft_has_what_the_record_has_and_every_text(town: Poll, clerk: Clerk) -> None:
    made = told(clerk(*NEW))
    assert "Next: clerk election check slate-2027" in made
    slate, five = file(town), often(town, 3)[:5]
    assert [one["name"] for one in slate["nominees"]] == [name_of(n) for n in five]
    first = slate["nominees"][0]
    assert first["dues_paid"] is True
    assert max(first["events_by_year"].values()) >= 3
    assert first["active_in"] == ["Elections"]
    assert slate["about"][0] == {
        "name": name_of(five[0]), "bio": f"Of Green Street, number {five[0]}.",
        "summary": "Knocked on doors.", "activities": "A forum on rents.",
    }  # fmt: skip
    assert "recommendation" not in slate, "the committee's vote puts it forward"


def test_the_check_takes_dues_by_the_tab_and_only_them_is_missing(town: Poll, clerk: Clerk) -> None:
    clerk(*NEW)
    five = often(town, 3)[:5]
    assert missing(town) == [
        "the committee has not put it forward",
        f"{name_of(five[1])}: dues were paid through January 10, 2027",
        *(f"{name_of(n)}: dues not paid by the dues tab" for n in five[2:]),
    ]
    assert looks(town) == []
    rewrite(town, f'name = "{name_of(five[2])}"', f'name = "{name_of(five[2])}"\ndues_paid = true')
    assert f"{name_of(five[2])}: dues not paid by the dues tab; the contest file says paid" in (
        missing(town)
    )


def test_it_says_where_the_draft_differs_and_does_not_stop_for_it(town: Poll, clerk: Clerk) -> None:
    clerk(*NEW)
    five = often(town, 3)[:5]
    before = missing(town)
    rewrite(town, f"Of Green Street, number {five[0]}.", "Of Centre Street.")
    rewrite(town, 'active_in = ["Elections"]', 'active_in = ["Forums"]')
    rewrite(town, "registered_voter = true", "registered_voter = false")
    assert looks(town) == [
        f"{name_of(five[0])}: is a registered voter by the nomination, and not by this draft",
        f"{name_of(five[0])}: is active in Elections by the nomination",
        f"{name_of(five[0])}: the bio on the ballot is not that of the nomination",
    ]
    assert set(missing(town)) - set(before) == {f"{name_of(five[0])}: no registered voter"}


def test_who_is_added_to_either_is_said(town: Poll, clerk: Clerk) -> None:
    clerk(*NEW)
    six = often(town, 3)[:6]
    with town.town.edit("Nominations") as rows:
        rows.append([*row(six[5]), *[None] * 4])
        rows[1][1] = "Pat Poplar"  # one of them is another person now
        rows[1][2] = "pat@example.org"
    town.town.night()
    said = looks(town)
    assert f"{name_of(six[0])}: has no row among the nominations" in said
    assert f"{name_of(six[5])}: is nominated, and not on this slate" in said
    assert "Pat Poplar: is nominated, and not on this slate" in said


def test_nobody_stands_who_did_not_agree(poll: Poll, clerk: Clerk) -> None:
    """SC-2: who is asked is not on the ballot for that; who declined is not drafted at all."""
    five = often(poll, 3)[:5]
    other: Cell = "somebody@example.org"
    poll.town.add_tab(
        "nominations",
        *(row(n) for n in five[:3]),
        row(five[3], other_address=other),
        row(five[4], other_address=other, consents="no"),
    )
    poll.town.night()
    made = told(clerk(*NEW))
    assert "1 left out: they do not agree to be nominated (SC-2)." in made
    assert "4 nominees; 5 to 15 are allowed (SC-1)." in made
    assert [one["name"] for one in file(poll)["nominees"]] == [name_of(n) for n in five[:4]]
    fact = "somebody else nominated them, and nothing says whether they agree"
    assert f"{name_of(five[3])}: {fact}" in missing(poll)


def test_two_of_one_name_are_told_apart_and_neither_is_drafted(poll: Poll, clerk: Clerk) -> None:
    first = often(poll, 3)[0]
    namesake = row(first, address="other@example.org")
    poll.town.add_tab("nominations", row(first), namesake, row(often(poll, 3)[1]))
    poll.town.night()
    said = told(clerk("committee", "nominees"))
    assert said.count("✗ EN-R14: another nominee has the same name") == 2
    assert "✗ SC-2: 0 events within a calendar year by the sheets, 3 needed" in said
    assert "2 left out: they have the name of another nominee" in told(clerk(*NEW))
    assert len(file(poll)["nominees"]) == 1


def test_an_exception_of_the_tab_is_a_waiver_of_the_draft(town: Poll, clerk: Clerk) -> None:
    five = often(town, 3)[:5]
    with town.town.edit("Nominations") as rows:
        for number in five[1:]:
            cells: list[Cell] = [None, name_of(number), address_of(number), *[None] * 7]
            rows.append([*cells, "dues", "greater diversity", "the committee", "2026-03-20"])
    town.town.night()
    clerk(*NEW)
    assert missing(town) == ["the committee has not put it forward"]
    with town.context() as context:
        (slate,) = context.election("slate-2027").contests
    assert isinstance(slate, UpOrDown)
    assert [tuple(w.by for w in one.waivers) for one in slate.nominees] == [
        (),
        *[("the committee",)] * 4,
    ]


def test_without_nominations_there_is_no_draft(poll: Poll, clerk: Clerk) -> None:
    for command in (NEW, ("committee", "nominees"), ("committee", "nominees", "--json")):
        said = told(clerk(*command))
        assert "no tab or form of nominations is named (SC-2)" in said
        assert "with the columns Nominee and Nominee's email address; and as far as" in said
        assert 'add nominations = "TITLE OF THE TAB" under its [[workbooks]]' in said
    poll.town.add_tab("nominations")
    poll.town.night()
    assert "nobody is nominated who can stand" in told(clerk(*NEW))
    assert not poll.folder("election.toml").parent.with_name("slate-2027").exists()


def test_who_was_nominated_for_an_earlier_slate_is_no_nominee(poll: Poll, clerk: Clerk) -> None:
    """SC-2"""
    poll.town.add_tab("nominations", row(0, at="2023-01-05"), row(1))
    poll.town.night()
    with poll.context() as context:
        found = nominees_of(context)
        review = facts_of(context, known_sources(context.ledger)).review
    assert [one.said.name for one in found.found] == [name_of(1)]
    assert "1 nomination is of an earlier year, and not used" in [r.fact for r in found.reasons]
    (asked,) = [one for one in review if "earlier year" in one.reason]
    assert str(asked.place).startswith("Nominations")
    assert name_of(0) not in told(clerk("committee", "nominees"))
