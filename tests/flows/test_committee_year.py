"""The committee's year on a town: what is due, who came, who disclosed what (SC-1 to SC-7)."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import address_of, name_of, serial
from flows import console
from flows import context as desks
from flows.cli.main import app
from flows.nightly.facts import year_of
from flows.nightly.sources import known_sources, tables_of
from flows.privacy import person, retention
from flows.tabs.status import content_of
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.flows.town import Town
from tests.year.chapter import TZ, Year

Clerk = Callable[..., str]
JANUARY = datetime(2026, 1, 12, 12, tzinfo=UTC)
MEETING = date(2026, 2, 20)
SEATS: list[list[Cell]] = [
    [name_of(n), address_of(n), "2025-01-20", "2024-01-20" if n < 2 else None] for n in range(6)
]


@pytest.fixture
def clerk(town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """A command on this chapter, by the test's clock."""
    opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager
    monkeypatch.setattr(opening, "__defaults__", (clock,))

    def run(*words: str) -> str:
        found = CliRunner().invoke(app, [*words, "--chapter", str(town.folder)])
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return str(found.output)

    return run


@pytest.fixture
def seated(town: Town, clock: Clock) -> Town:
    """Six members, confirmed last January, two of them co-chairs for two years."""
    clock.at = JANUARY
    town.add_tab("committee", *SEATS)
    town.night()
    return town


def plan_meeting(town: Town, day: date = MEETING, kind: str = "Annual Meeting") -> None:
    with town.edit("Events") as rows:
        rows.append([serial(day), "Our year", kind])
    town.night()


def test_in_january_it_says_that_no_annual_meeting_is_planned(
    seated: Town, clock: Clock, clerk: Clerk
) -> None:
    """SC-1: from the first of January, and not before."""
    lacks = "no annual meeting is in the Events tab for the first quarter of 2026"
    assert f"! SC-1: {lacks}" in clerk("committee")
    plan_meeting(seated)
    said = clerk("committee")
    assert lacks not in said
    assert "✓ SC-1: the annual meeting is on February 20, 2026" in said
    clock.at = datetime(2025, 12, 31, 20, tzinfo=UTC)
    assert "annual meeting" not in clerk("committee")


@pytest.mark.parametrize(
    ("day", "kind"),
    [(date(2026, 4, 1), "Annual meeting"), (date(2025, 3, 1), "Annual meeting"),
     (MEETING, "Monthly meeting")],
)  # fmt: skip
def test_another_days_or_kinds_event_is_not_this_years_meeting(
    seated: Town, clerk: Clerk, day: date, kind: str
) -> None:
    plan_meeting(seated, day, kind)
    assert "no annual meeting is in the Events tab" in clerk("committee")


def test_a_canceled_meeting_is_none(seated: Town, clerk: Clerk) -> None:
    plan_meeting(seated)
    with seated.edit("Events") as rows:
        rows[0].append("Cancelled")
        rows[-1] += [""] * (len(rows[0]) - len(rows[-1]))
        rows[-1][-1] = "yes"
    seated.night()
    assert "no annual meeting is in the Events tab" in clerk("committee")


def test_what_is_due_is_proposed_until_it_is_done(seated: Town, clock: Clock, clerk: Clerk) -> None:
    """SC-1, SC-3, SC-7: co-chairs of 2024 are due in 2026."""
    said = clerk("committee")
    assert "! SC-1: the slate: due in the first quarter of 2026" in said
    assert "! SC-7: the annual priorities: due in the first quarter of 2026" in said
    assert "! SC-3: the co-chairs, by the committee: due in the first quarter of 2026" in said
    clock.at = datetime(2026, 2, 21, 12, tzinfo=UTC)
    with seated.edit("Committee") as rows:
        rows += [[*row[:2], "2026-02-20", "2026-02-20" if n < 2 else None]
                 for n, row in enumerate(SEATS)]  # fmt: skip
    seated.night()
    said = clerk("committee")
    assert "✓ SC-1: the slate: voted on in the first quarter of 2026" in said
    assert "✓ SC-3: the co-chairs, by the committee: voted on" in said
    assert "! SC-7: the annual priorities: due" in said
    clock.at = datetime(2027, 1, 12, 12, tzinfo=UTC)
    said = clerk("committee")
    assert "the slate: due in the first quarter of 2027" in said
    assert "the co-chairs, by the committee" not in said, "every second year"


def test_what_was_voted_on_and_is_not_published_is_not_due(
    seated: Town, clock: Clock, clerk: Clerk
) -> None:
    """EN-R8: from the count to the publication nothing says how it ended."""
    year = Year(seated, clock)
    year.meet(date(2026, 1, 10), "January meeting")
    year.night()
    clock.at = datetime(2026, 1, 13, 14, tzinfo=UTC)
    closes = datetime(2026, 1, 23, 21, tzinfo=TZ)
    table = {"kind": "up-or-down", "purpose": "priorities", "id": "priorities",
             "title": "Priorities", "subject": "Priorities", "priorities": ["Housing"],
             "recommendation": "Yes"}  # fmt: skip
    year.draft("annual", closes, [table])
    vote = year.hold("annual", {"Priorities": "No"}, publishes=False)
    assert vote.state is ElectionState.COUNTED
    said = clerk("committee")
    waits = "voted on in the first quarter of 2026, and not published yet"
    assert f"✓ SC-7: the annual priorities: {waits}" in said
    assert "! SC-1: the slate: due in the first quarter of 2026" in said
    assert "ad hoc" not in said
    year.publishes("annual")
    said = clerk("committee")
    assert "✓ SC-7: the annual priorities: voted on in the first quarter of 2026\n" in said
    assert "ad hoc" in said


def test_the_status_tab_says_it_without_a_name(seated: Town) -> None:
    with seated.context() as context:
        rows = [row for row in content_of(context).rows if "SC-" in row[1]]
    assert [row[1].partition(":")[0] for row in rows] == [
        (
            "No annual meeting is in the Events tab for the first quarter of 2026; add an event of "
            "the kind “annual meeting” (SC-1)."
        ),
        "The slate",
        "The annual priorities",
        "The co-chairs, by the committee",
    ]
    assert not any(name_of(n) in str(rows) for n in range(40))


def test_a_chapter_that_keeps_no_committee_is_told_nothing(town: Town, clock: Clock) -> None:
    clock.at = JANUARY
    town.night()
    with town.context() as context:
        assert "annual" not in str(content_of(context))


def test_who_came_to_the_annual_meeting_is_told_in_numbers(
    seated: Town, clock: Clock, clerk: Clerk
) -> None:
    """VM-1: engagement: attend the annual meeting."""
    plan_meeting(seated)
    assert "came" not in clerk("committee"), "it has not been"
    clock.at = datetime(2026, 2, 21, 12, tzinfo=UTC)
    with seated.edit("Sign-ins") as rows:
        for n in (0, 1, 2, 30):
            rows.append([serial(MEETING) + 0.8, "Our year", address_of(n), name_of(n)])
    night = seated.night()
    (number,) = [n for n, e in enumerate(night.facts.events) if e.name == "Our year"]
    roll, known = night.facts.roll(MEETING), night.facts.known.people
    voters = [known[n].id for n, came in night.facts.attended.items() if number in came]
    could = {entry.person.id for entry in roll.voting()}
    told = (
        f"The annual meeting of February 20, 2026: {len(could & set(voters))} of {len(could)} "
        "voting members came, and 3 of 6 of the committee."
    )
    assert len(voters) == 4
    assert told in clerk("committee")
    assert told in clerk("roll")


TIES: list[list[Cell]] = [
    ["2026-01-05", name_of(0), None, "Jo Rivera campaign", "paid work"],
    ["2026-01-05", name_of(1), None, "Sam Stone", "family tie"],
    ["2026-01-05", name_of(2), None, "Sam Stone", "donation"],
    ["2024-01-05", name_of(3), None, "Jo Rivera", "volunteer work", None, "2025-01-11"],
]


@pytest.fixture
def tied(seated: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Four disclosures; the last tie ended a year and a day ago."""
    seated.add_tab("disclosures", *TIES)
    seated.add_tab(
        "races", ["2024", "Auditor"], ["2024", "Mayor"], ["2026", "Mayor"], ["2026", "Sheriff"]
    )
    seated.add_tab(
        "candidates",
        ["2024", "Auditor", "Sam Stone"],
        ["2026", "Mayor", "Jo Rivera"],
        ["2026", "Mayor", "Sam Stone"],
    )
    seated.add_tab(
        "steps",
        ["2024", "Auditor", None, "forum", "2026-01-10", None, name_of(0)],
        [
            "2026",
            "Mayor",
            None,
            "candidate forum",
            "2026-01-10",
            None,
            f"{name_of(4)}; {name_of(0)}",
        ],
        ["2026", "Mayor", None, "research", "2026-01-10", None, name_of(0)],
    )
    seated.night()
    monkeypatch.setattr(console, "is_for_eyes_alone", lambda: True)
    return seated


def test_recusals_are_proposed_and_who_may_not_work_on_forums(tied: Town, clerk: Clerk) -> None:
    """SC-5"""
    said = clerk("committee")
    assert f"{name_of(0)}: paid work for Jo Rivera; ask them to recuse themselves" in said
    assert f"{name_of(1)}: family tie for Sam Stone; ask them to recuse themselves" in said
    assert f"{name_of(0)} can work on no questionnaire or forum of this race" in said
    assert f"{name_of(1)} can work on no" not in said
    assert f"{name_of(2)}: donation, Sam Stone" in said
    assert f"{name_of(2)}: donation for" not in said
    assert (
        f"✗ SC-5: {name_of(0)} worked on a step of Mayor (forum on January 10, 2026), and "
        "disclosed paid work for Jo Rivera"
    ) in said
    assert said.count("worked on a step") == 1
    assert "Sheriff" not in said
    assert "Auditor" not in said, "of an earlier cycle"


def test_of_one_item_alone(tied: Town, clerk: Clerk) -> None:
    assert "Sheriff: no disclosed tie" in clerk("committee", "--item", "sheriff")
    said = clerk("committee", "--item", "Sam Stone")
    assert f"{name_of(1)}: family tie for Sam Stone" in said


def test_into_a_file_goes_only_how_many(
    tied: Town, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "is_for_eyes_alone", lambda: False)
    said = clerk("committee")
    assert "3 disclosed ties hold today." in said
    assert "Rivera" not in said
    assert "family" not in said
    assert "Rivera" not in clerk("committee", "--json")


def test_what_is_disclosed_stands_in_no_tab_and_in_nothing_that_is_sent(tied: Town) -> None:
    with tied.context() as context:
        assert "Rivera" not in str(content_of(context))
    kept = {"Disclosures", "Candidates"}
    book = next(iter(tied.sandbox.google.workbooks.values()))
    told = str([tab.rows for tab in book.tabs if tab.title not in kept])
    assert "Rivera" not in told
    assert "family" not in told


def test_a_tie_that_ended_a_year_ago_is_kept_no_longer(tied: Town) -> None:
    """DP-6, SC-5: the night that reads it drops it; one that ends later goes with `retention`."""
    with tied.context() as context:
        assert len(year_of(context).disclosures) == 3
    with tied.edit("Disclosures") as rows:
        rows[2][6] = "2025-01-12"
    tied.night()
    with tied.context() as context:
        assert len(year_of(context).disclosures) == 3, "a year ago to the day"
        assert retention.due(context).rows == 0, "the night had dropped the other"
    tied.clock.go(days=1)  # type: ignore[attr-defined]  # the test's
    with tied.context() as context:
        assert retention.due(context).rows == 2
        retention.apply(context)
        assert len(year_of(context).disclosures) == 2


def test_who_is_erased_takes_disclosures_nominations_and_dues_along(tied: Town) -> None:
    """DP-6"""
    tied.add_tab("nominations", ["2026-01-06", name_of(0), address_of(0)])
    tied.add_tab("dues", [address_of(0), "2026-01-06"])
    with tied.edit("Disclosures") as rows:
        rows[1][2] = address_of(0)
    tied.night()
    with tied.context() as context:
        found = person.find(context, address_of(0))
        held = [one.where for one in person.held_on(context, found)]
        for tab in ("Disclosures!", "Nominations!", "Dues!", "Committee!"):
            assert any(where.startswith(tab) for where in held), tab
        person.forget(context, found, "Thea")
        book = year_of(context)
        assert (len(book.disclosures), book.nominations, bool(book.dues)) == (2, (), False)
        tables = tables_of(known_sources(context.ledger))
        assert address_of(0) not in str([table.rows for table in tables])
