"""From the annual meeting to the autumn's ballot questions, by the clock."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.sandbox.server import Sandbox
from flows.committee.annual import due_now
from flows.committee.cycle import cycle_called, districts_lived_in
from flows.committee.recommendations import take_over
from flows.committee.seats import committee_on
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from flows.votes.drafts.from_cycle import drafted
from flows.votes.drafts.slate import slate_draft
from models.tally.outcome import OutcomeKind
from tests.conftest import Clock, empty
from tests.elections.committees import _people
from tests.flows.test_calls_to_all import with_form
from tests.flows.town import Town
from tests.models.year.races_2024 import CANDIDATES, CYCLE, RACES, STEPS
from tests.year.chapter import TZ, Interrupt, Year, outcomes, undisturbed
from tests.year.ends import ends
from tests.year.nursery import WAYS, Killer, Nursery

pytestmark = pytest.mark.slow(minutes=2)
CHAIRS_SINCE = "2025-01-21"


def founded(sandbox: Sandbox, clock: Clock, folder: Path, befalls: Interrupt) -> Year:
    """A chapter in the first days of 2027, with a committee of eight of last year."""
    empty(sandbox)
    clock.at = datetime(2027, 1, 4, 2, tzinfo=TZ)
    town = Town.found(sandbox, clock, folder, 40)
    with town.edit("Events") as rows:
        rows.append(
            ["2027-01-19", "Annual meeting", "annual meeting", *[None] * (len(rows[0]) - 3)]
        )
    town.night()
    people = _people(town)[:8]
    seats = [[name, who, "2026-01-20"] for name, who in people]
    for seat in seats[:2]:
        seat.append(CHAIRS_SINCE)
    town.add_tab("committee", *seats)
    with_form(town)
    town.night()
    found = Year(town, clock, befalls)
    found.meet(date(2027, 1, 3), "New year")
    return found


@pytest.fixture(scope="module")
def undisturbed_ends(
    services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """How the year ends if nothing befalls it."""
    year = founded(*services, tmp_path_factory.mktemp("year") / "chapter", undisturbed)
    live(year)
    return ends(year)


def test_a_chapter_lives_its_year(undisturbed_ends: dict[str, Any]) -> None:
    assert [*undisturbed_ends["votes"]] == [
        "consensus", "annual", "chairs", "recommend", "general", "autumn"
    ]  # fmt: skip
    letters = undisturbed_ends["letters"]
    assert set(letters.values()) == {1}
    assert {title for _, title in letters} >= {"members 2027", "annual meeting 2027-01-19"}


def test_a_year_with_a_kill_in_every_act_ends_the_same(
    undisturbed_ends: dict[str, Any],
    sandbox: Sandbox,
    clock: Clock,
    tmp_path: Path,
) -> None:
    """Each night, strike, call, and publication is begun, killed somewhere, and taken up again."""
    with Nursery() as nursery:
        killer = Killer(nursery, clock)
        year = founded(sandbox, clock, tmp_path / "chapter", killer)
        live(year)
    found = ends(year)
    wrong = {part: found[part] for part, good in undisturbed_ends.items() if found[part] != good}
    assert wrong == {part: undisturbed_ends[part] for part in wrong}
    assert killer.killed.total() > 25
    assert {way for _, way in killer.killed} == set(WAYS)
    assert {act for act, _ in killer.killed} == {"night", "strike", "call", "publish"}


def members(year: Year) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in year.town.rows("Committee")[1:9]]  # type: ignore[misc]


def due(year: Year) -> list[str]:
    with year.town.context() as context:
        facts = facts_of(context, known_sources(context.ledger))
        return [f"{one.rule}: {one.fact}" for one in due_now(context, facts)]


def live(year: Year) -> None:
    """From the annual meeting to the autumn's ballot questions."""
    # January: what is due, nominations, consensus, the slate and the priorities in one vote.
    said = " | ".join(due(year))
    assert "slate" in said
    assert "priorities" in said
    assert "co-chairs" in said
    year.calls("call-for-members")
    nominate_and_confirm(year)
    # The co-chairs, every second year, by the new committee.
    choose_co_chairs(year)
    # Spring: twelve races from the first step to the guide.
    endorse(year)
    # Autumn: a ballot question of its own.
    year.meet(date(2027, 9, 14), "September meeting")
    year.at(2027, 10, 1, 9)
    question = {
        "kind": "question",
        "id": "question-7",
        "title": "Question 7",
        "scope": "state",
        "explanation": "Whether buses are free.",
        "recommendation": "Yes",
    }
    year.draft("autumn", datetime(2027, 10, 12, 21, tzinfo=TZ), [question])
    assert outcomes(year.hold("autumn", {"Question 7": "Yes"})) == {
        "question-7": OutcomeKind.ENDORSED
    }


def nominate_and_confirm(year: Year) -> None:
    rows = []
    for name, who in members(year)[:6]:
        texts = [f"{name} lives here.", "Knocked on doors.", "A forum on rents.", "Elections"]
        # The invented sheets have not so many events of last year.
        waived = ["events", "for diversity", "Thea Novak", "2027-01-03"]
        rows.append(["2027-01-02", name, who, None, None, *texts, "yes", *waived])
    year.town.add_tab("nominations", *rows)
    year.town.add_tab("dues", *([who, "2027-01-02"] for _, who in members(year)[:6]))
    year.town.add_tab("proposals", ["2027-01-02", members(year)[0][1], "Housing for all"])
    year.night()
    year.at(2027, 1, 8, 9)
    nominate = {
        "kind": "committee",
        "id": "nominate",
        "title": "Nominate the slate",
        "needs": "consensus",
    }
    closes = datetime(2027, 1, 8, 12, tzinfo=TZ)
    year.draft("consensus", closes, [nominate], electorate="committee")
    assert outcomes(year.hold("consensus", {"Nominate*": "Yes"})) == {
        "nominate": OutcomeKind.ADOPTED
    }

    year.at(2027, 1, 12, 9)
    year.calls("annual-meeting")
    closes = datetime(2027, 1, 24, 21, tzinfo=TZ)
    with year.town.context() as context:
        table = {"opens": year.clock.at, "closes": closes}
        slate = dict(slate_draft(context, table).contest)
    slate["recommendation"] = "Yes"
    priorities = {
        "kind": "up-or-down",
        "purpose": "priorities",
        "id": "priorities",
        "title": "Priorities of 2027",
        "subject": "Priorities of 2027",
        "priorities": ["Housing for all", "Free buses"],
        "recommendation": "Yes",
    }
    year.draft("annual", closes, [slate, priorities])
    ended = outcomes(year.hold("annual", {slate["title"]: "Yes", "Priorities of 2027": "Yes"}))
    assert set(ended.values()) == {OutcomeKind.ADOPTED}
    with year.town.edit("Committee") as tab:
        tab += [[name, who, "2027-01-24", *[None] * 4] for name, who in members(year)[:6]]
    year.meet(date(2027, 1, 19), "Annual meeting", "annual meeting")
    year.at(2027, 1, 25, 2)
    year.night()
    with year.town.context() as context:
        found = committee_on(context, date(2027, 1, 25))
    assert found.active == 6
    assert "slate" not in " | ".join(one for one in due(year) if "due" in one)


def choose_co_chairs(year: Year) -> None:
    year.at(2027, 2, 2, 9)
    names = [name for name, _ in members(year)[:6]]
    chairs = {"kind": "approval", "id": "chairs", "title": "Co-chairs", "candidates": names}
    year.draft("chairs", datetime(2027, 2, 3, 9, tzinfo=TZ), [chairs], electorate="committee")
    vote = year.hold("chairs", {"Co-chairs": names[:2]})
    assert vote.result
    assert vote.result.outcomes["chairs"].choices == tuple(names[:2])
    with year.town.edit("Committee") as tab:
        for row in tab[-6:-4]:
            row[3] = "2027-02-03"
    year.night()
    with year.town.context() as context:
        found = committee_on(context, date(2027, 2, 4))
    assert sum(one.now == "co-chair" for one in found.seats) == 2


def endorse(year: Year) -> None:
    year.meet(date(2027, 3, 9), "March meeting")
    year.at(2027, 4, 1, 9)
    steps = [[*row[:4], "2027-03-01", *row[5:]] for row in STEPS if row[3] != "recommendation"]
    year.town.add_tab("races", *RACES)
    year.town.add_tab("candidates", *CANDIDATES)
    year.town.add_tab("steps", *steps)
    year.night()
    with year.town.context() as context:
        cycle = cycle_called(context, CYCLE)
        rules = context.bylaws.in_force(context.today).counting
        contests, _ = drafted(cycle, rules, districts_lived_in(context))
    assert len(contests) == 12
    for one in contests:
        if one["kind"] == "question":
            one["explanation"] = f"What {one['title']} changes."
    decisions = [
        {
            "kind": "committee",
            "id": f"r-{n}",
            "title": f"Recommend for {one['title']}"[:100],
            "recommends_for": one["title"],
            "recommends": choice_of(one),
        }
        for n, one in enumerate(contests)
    ]
    closes = year.clock.at + timedelta(hours=3)
    year.draft("recommend", closes.astimezone(TZ), decisions, electorate="committee")
    ended = outcomes(year.hold("recommend", {"Recommend*": "Yes"}))
    assert set(ended.values()) == {OutcomeKind.ADOPTED}

    year.at(2027, 4, 10, 9)
    year.draft("general", datetime(2027, 4, 21, 21, tzinfo=TZ), contests, cycle=CYCLE)
    with year.town.context() as context:
        assert take_over(context) == ["general"]
    marks = {one["title"]: choice_of(one) for one in contests if one["kind"] != "ranked"}
    # Of the grid's rows one is marked, whatever its name: brackets are a pattern's own.
    marks |= {f"{one['title']} ?{choice_of(one)}?": "1st" for one in contests}
    vote = year.hold("general", marks)
    assert set(outcomes(vote).values()) == {OutcomeKind.ENDORSED}
    guide = year.town.folder / "public" / "general" / "guide"
    assert "Allison Cartwright" in (guide / "index.html").read_text()


def choice_of(contest: dict[str, object]) -> str:
    """Whom the chapter would endorse."""
    candidates = contest.get("candidates")
    return str(candidates[0]) if isinstance(candidates, list) else "Yes"
