"""A plan and a refused night leave what they saw: review, roll, explain and doctor show it.

Rules: VM-1 (nothing is changed unasked), DP-3 (names stay here), DP-6 (kept no longer than needed).
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from connectors.ledger import LookEnd
from connectors.sandbox.invented import name_of
from connectors.sandbox.server import Sandbox
from flows.doctor import examine
from flows.nightly.looks import newest, on_record
from flows.privacy import person, retention
from flows.votes.history import facts, sentence
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from models.mail.plans import UnsafePlan
from models.text import formats
from models.votes.events import PlanApproved
from tests.conftest import Clock
from tests.flows.test_cli import answer, run
from tests.flows.town import Town

TOWN_ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def clock(services: tuple[Sandbox, Clock]) -> Clock:
    """Yesterday: the commands go by the machine's own clock."""
    services[1].at = datetime.now(UTC) - timedelta(days=1)
    return services[1]


@pytest.fixture
def settled(town: Town, clock: Clock) -> Town:
    """A chapter after its first night."""
    town.night()
    clock.go(days=1)
    town.sandbox.reset()
    return town


def misname_every_event(town: Town) -> None:
    """No row is missing, and nobody's evidence fits an event any more."""
    with town.edit("Sign-ins") as rows:
        for row in rows[1:]:
            row[1] = "Gathering of a quite different kind"


def refused(town: Town) -> UnsafePlan:
    misname_every_event(town)
    with pytest.raises(UnsafePlan) as found:
        town.night()
    return found.value


@pytest.fixture
def stopped(settled: Town) -> Town:
    refused(settled)
    return settled


def today(town: Town) -> date:
    with town.context() as context:
        return context.today


def test_on_the_first_evening_the_plan_can_be_looked_at(town: Town) -> None:
    assert "7 voting members" in run(town, "sync")
    assert town.writes() == []
    said = run(town, "review")
    by_the_machine = datetime.now(TOWN_ZONE).date()
    assert f"Planned on {formats.day(by_the_machine)}, not applied." in said
    assert "Next: if it is right, `clerk sync --apply`" in said
    assert "To check: 0." not in said
    assert "is a voting member" in said
    assert name_of(1) in run(town, "roll")
    assert f"{name_of(1)} has been a voting member" in run(town, "explain", name_of(1))
    assert answer(town, "review")["look"]["became"] == "planned"


def test_who_is_concerned_is_told_on_the_first_evening_too(town: Town) -> None:
    said = run(town, "sync", "--who")
    assert said.count("is a voting member") == 7
    assert f"{name_of(1)}\t" in said


def test_what_the_first_plan_shows_is_what_the_first_night_records(town: Town) -> None:
    run(town, "sync")
    planned = answer(town, "review"), answer(town, "roll")
    town.night()
    recorded = answer(town, "review"), answer(town, "roll")
    assert planned[1] == recorded[1]
    assert planned[0]["review"] == recorded[0]["review"]
    assert planned[0]["to_call"] == recorded[0]["to_call"]
    assert recorded[0]["look"] is None


def test_a_refused_night_is_reviewed_as_it_was(stopped: Town) -> None:
    told = answer(stopped, "review")
    assert told["look"]["became"] == "refused"
    assert len([i for i in told["review"] if i["where"].startswith("Sign-ins!")]) > 40
    assert "would lose their status" in told["look"]["said"]
    assert "clerk sync --approve" in told["look"]["next"]
    assert {one["what"] for one in told["concerned"]} == {"loses the voting membership"}
    said = run(stopped, "review")
    assert said.startswith(f"Refused on {formats.day(today(stopped))}; nothing was changed: ")
    assert "loses the voting membership" in said
    assert "clerk review" not in said, "who looks is not sent to look"


def test_the_roll_stays_the_one_on_record_and_the_refused_one_can_be_asked_for(
    stopped: Town,
) -> None:
    assert "7 voting members" in run(stopped, "roll")
    assert f"Newer, but not applied: Refused on {formats.day(today(stopped))}" in run(
        stopped, "roll"
    )
    assert ": 3 voting members, " in run(stopped, "roll", "--planned")
    assert "has been a voting member" in run(stopped, "explain", name_of(1))
    assert "is a voting member" not in run(stopped, "explain", name_of(1), "--planned")


def test_the_doctor_says_that_a_night_was_refused_and_where_it_is_shown(stopped: Town) -> None:
    check = next(check for check in examine(stopped.folder) if check.what == "ledger")
    assert not check.fine
    assert f"the latest nightly run was refused on {formats.day(today(stopped))}" in check.found
    assert "`clerk review` shows" in check.next_step
    assert "clerk sync --approve" in check.next_step


def test_a_plan_that_was_mended_takes_the_place_of_the_refused_night(stopped: Town) -> None:
    with stopped.edit("Sign-ins") as rows:
        for row in rows[1:]:
            row[1] = "Monthly meeting"
    stopped.night(apply=False)
    assert answer(stopped, "review")["look"]["became"] == "planned"


def test_who_approved_a_plan_stands_in_the_audit_log(stopped: Town) -> None:
    with stopped.context() as context:
        look = context.ledger.looks.newest()
    assert look
    assert look.reasons
    assert sum(dict(look.changes).values())
    assert "--by says who approves" in run(stopped, "sync", "--by", "Ana Reyes")
    run(stopped, "sync", "--approve", look.fingerprint, "--by", "Ana Reyes")
    with stopped.context() as context:
        line = context.ledger.votes.lines("")[-1]
        assert not context.ledger.votes.lines()[:-1]
    assert line.who == "Ana Reyes"
    assert isinstance(line.event, PlanApproved)
    assert line.event.fingerprint == look.fingerprint
    said = "; ".join(f"{name}: {value}" for name, value in facts(line.event, TOWN_ZONE).items())
    assert sentence(line.event) == "approved the plan of a nightly run"
    assert said == f"fingerprint: {look.fingerprint}; changes: {line.event.changes}"


def test_the_approved_night_takes_the_looks_place(stopped: Town) -> None:
    with pytest.raises(UnsafePlan) as again:
        stopped.night()
    stopped.night(approve=again.value.fingerprint)
    with stopped.context() as context:
        assert context.ledger.looks.newest() is None
        assert context.ledger.looks.read_for_it() == {}
        assert newest(context).is_look is False
        assert len(context.ledger.versions()) == len(on_record(context).sources.snapshots)


def test_a_look_that_is_not_applied_changes_nothing_of_the_next_night(settled: Town) -> None:
    before = settled.end_state()
    with settled.context() as context:
        known = context.ledger.versions(), context.ledger.boxes(), context.ledger.snapshots()
    refused(settled)
    assert settled.end_state() == before
    with settled.context() as context:
        assert (
            context.ledger.versions(),
            context.ledger.boxes(),
            context.ledger.snapshots(),
        ) == known


def test_what_broke_off_a_night_is_shown(settled: Town) -> None:
    with settled.edit("Sign-ins") as rows:
        rows[0][2] = "E-mail addres"
    with pytest.raises(FixTheSettings):
        settled.night()
    said = run(settled, "review")
    assert f"Newer, but not applied: Interrupted on {formats.day(today(settled))}: " in said
    assert "no header “Email address”; the closest is “E-mail addres” in column C" in said
    check = next(check for check in examine(settled.folder) if check.what == "ledger")
    assert "no header “Email address”" in check.found


@pytest.mark.parametrize("apply", [False, True], ids=["a plan", "a night"])
def test_a_look_that_google_breaks_off_leaves_the_refused_night_to_be_seen(
    stopped: Town, apply: bool
) -> None:
    """A refusal sends people to `clerk review`: what it speaks of stands there until it is over."""
    before = answer(stopped, "review")
    stopped.sandbox.faults.matching("GET", "drive|spreadsheets", "500", times=99)
    with pytest.raises(TryAgainLater):
        stopped.night(apply=apply)
    stopped.sandbox.faults.clear()
    after = answer(stopped, "review")
    assert (after["review"], after["concerned"]) == (before["review"], before["concerned"])
    assert (after["look"]["became"], after["newer"]["became"]) == ("refused", "broken off")
    said = run(stopped, "review")
    assert said.startswith(f"Refused on {formats.day(today(stopped))}; nothing was changed: ")
    assert f"Interrupted on {formats.day(today(stopped))}: " in said


def test_a_plan_that_breaks_off_writes_nothing_while_another_job_is_at_work(settled: Town) -> None:
    with settled.edit("Sign-ins") as rows:
        rows[0][2] = "E-mail addres"
    with settled.ledger() as other, other.alone():
        with pytest.raises(FixTheSettings):
            settled.night(apply=False)
        assert other.looks.newest() is None


def test_a_fault_on_the_first_evening_is_shown_where_it_is_asked_for(town: Town) -> None:
    with town.edit("Sign-ins") as rows:
        rows[0][2] = "E-mail addres"
    with pytest.raises(FixTheSettings):
        town.night(apply=False)
    assert "no header “Email address”" in run(town, "review")


def test_an_approval_of_another_plan_is_kept_as_refused(settled: Town) -> None:
    with pytest.raises(Refused):
        settled.night(approve="0123456789ab")
    with settled.context() as context:
        look = context.ledger.looks.newest()
        assert look
        assert look.end is LookEnd.REFUSED


def test_somebody_who_is_forgotten_stands_in_no_look(town: Town) -> None:
    """DP-6: found by the look alone, shown what it holds, and erased from it."""
    run(town, "sync")
    with town.context() as context:
        entry = person.find(context, name_of(1))
        assert any("Sign-ins!" in held.where for held in person.held_on(context, entry))
        erased = person.forget(context, entry, by="Olu")
        assert any(place.startswith("Sign-ins!") for place in erased.still_named)
        assert context.ledger.looks.newest() is None
        assert context.ledger.looks.read_for_it() == {}
        with pytest.raises(
            ClerkError, match="no one in the sheets has this id, email address, or name"
        ):
            person.find(context, name_of(1))


def test_a_row_that_both_readings_hold_is_shown_once(stopped: Town) -> None:
    with stopped.context() as context:
        held = person.held_on(context, person.find(context, name_of(1)))
        rows = [one for one in held if one.where.startswith("Registrations!")]
        assert len(rows) == len(set(rows)) == 1


def test_what_is_destroyed_in_time_stands_in_no_look(stopped: Town) -> None:
    with stopped.context() as context:
        retention.apply(context)
        assert context.ledger.looks.newest() is None
        assert context.ledger.looks.read_for_it() == {}
