"""A chapter with other paths to the vote, from its file to its letters: data only."""

import tomllib
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from connectors.sandbox.invented import serial
from connectors.settings import EDITIONS
from flows.cli.main import app
from flows.doctor import local
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from flows.privacy import retention
from flows.service.due_steps import told
from models.membership.voting_status import Status
from models.privacy import Email
from models.text import formats
from tests.conftest import Clock
from tests.flows.town import MARKS, Town
from tests.models.bylaws.texts import path

LAST_MEETINGS = path("meetings", "last events", kinds=["monthly meeting"], at_least=2, of_last=3)
EVER = path("events", "events", at_least=3, window="ever")
DUES = path("dues", "dues paid", rule="VM-3")


def go_by(town: Town, paths: str) -> None:
    """Give the town bylaws with these paths alone."""
    text = (EDITIONS / "jp-progressives.toml").read_text("utf-8")
    head, _, rest = text.partition("[[editions.membership.paths]]")
    _, mark, counting = rest.partition("# ── how votes are counted ──")
    whole = f"{head}{paths}\n{mark}{counting}"
    assert tomllib.loads(whole)
    (town.folder / "bylaws.toml").write_text(whole, "utf-8")
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "bylaws.toml"')


def run(town: Town, *words: str) -> str:
    """What a command prints."""
    return CliRunner().invoke(app, [*words, "--chapter", str(town.folder)]).output


def came(town: Town, clock: Clock, address: str, *days_ago: int) -> None:
    """Somebody signs in at monthly meetings, each so many days before today."""
    with town.edit("Events") as events, town.edit("Sign-ins") as rows:
        for ago in days_ago:
            on = serial(clock.today - timedelta(days=ago))
            events.append([on, f"Meeting {ago}", "Monthly meeting"])
            rows.append([on + 0.8, f"Meeting {ago}", address, "Pat Poplar"])


def test_a_night_by_another_chapters_paths(town: Town, clock: Clock) -> None:
    go_by(town, LAST_MEETINGS)
    came(town, clock, "pat@example.org", 1, 2, 3)
    night = town.night(tell_everyone=True)
    by_name = {str(e.standing.status): e for e in night.roll.entries.values()}
    assert Status.VOTING in by_name
    told = run(town, "explain", "Pat Poplar")
    assert "The membership is good until further notice." in told
    assert "attended 3 of the last 3 monthly meetings (2 needed)" in told
    assert "volunteer" not in told
    assert "further notice" in run(town, "roll", "--csv")


def test_what_has_no_last_day_is_told_to_the_mailing_list_in_words(
    town: Town, clock: Clock
) -> None:
    go_by(town, EVER)
    town.night()
    until = [dict(want.fields).get(MARKS.until) for want in town.night().wanted.contacts.values()]
    assert set(until) == {"further notice", None}


def test_the_doctor_and_explain_say_that_nothing_reads_dues(town: Town, clock: Clock) -> None:
    go_by(town, DUES)
    came(town, clock, "pat@example.org", 1)
    town.night()
    bylaws = next(check for check in local(town.folder) if check.what == "bylaws")
    assert bylaws.fine
    assert "no file of dues was read, so the path “dues” applies to no one" in (bylaws.found)
    assert "VM-3: dues are not read yet" in run(town, "explain", "Pat Poplar")


def test_dues_of_the_tab_give_the_vote_where_a_path_asks_for_them(town: Town, clock: Clock) -> None:
    """VM-R7, DP-5: by the address, from the day of the payment through its last."""
    go_by(town, DUES)
    came(town, clock, "pat@example.org", 1)
    paid = (clock.today - timedelta(days=10)).isoformat()
    until = (clock.today + timedelta(days=5)).isoformat()
    town.add_tab("dues", ["PAT@example.org", paid, until], ["stranger@example.org", paid, until])
    night = town.night(tell_everyone=True)
    assert len(night.roll.voting()) == 1
    said = run(town, "explain", "Pat Poplar", "--on", clock.today.isoformat())
    assert f"dues paid through {formats.day(clock.today + timedelta(days=5))}" in said
    bylaws = next(check for check in local(town.folder) if check.what == "bylaws")
    assert "dues" not in bylaws.found
    clock.go(days=6)
    with town.context() as context:
        roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
    assert not roll.voting()


def test_a_dues_tab_that_lost_its_rows_is_asked_about_where_it_decides(
    town: Town, clock: Clock
) -> None:
    go_by(town, DUES)
    came(town, clock, "pat@example.org", 1)
    town.add_tab("dues", ["pat@example.org", (clock.today - timedelta(days=10)).isoformat()])
    town.night(tell_everyone=True)
    with town.edit("Dues") as rows:
        del rows[1:]
    clock.go(days=1)
    shrunk = town.night(apply=False).sources.shrunk
    assert [(one.before, one.now) for one in shrunk] == [(1, 0)]


def test_where_no_path_asks_for_dues_they_are_no_matter_of_the_roll(
    town: Town, clock: Clock
) -> None:
    """DP-5"""
    town.add_tab("dues", ["pat@example.org", clock.today.isoformat()])
    assert town.night().facts.dues is None
    with town.edit("Dues") as rows:
        del rows[1:]
    clock.go(days=1)
    assert town.night(apply=False).sources.shrunk == ()


@pytest.mark.parametrize(("paths", "rows"), [(EVER, 0), (LAST_MEETINGS, 0), ("built in", 1)])
def test_no_row_is_destroyed_that_a_path_still_counts(
    town: Town, clock: Clock, paths: str, rows: int
) -> None:
    """DP-6: the built-in window is over after a year, and such a row after its margin."""
    if paths != "built in":
        go_by(town, paths)
    came(town, clock, "pat@example.org", 700)
    town.night()
    with town.context() as context:
        assert retention.due(context).rows == rows


def test_rows_that_were_destroyed_come_back_when_an_amendment_counts_them(
    town: Town, clock: Clock
) -> None:
    """DP-6: retention went by the bylaws of its day; the sheet still has the rows."""
    came(town, clock, "pat@example.org", 700, 710, 720)
    town.night()
    with town.context() as context:
        retention.apply(context)
    town.night(full=True)
    assert statuses(town, "pat@example.org") in ([], [Status.NOT_YET])
    nothing_left_to_read(town)
    go_by(town, EVER)
    said = "rows of any age count again: reading every source again"
    with town.context() as context:
        assert said in _bylaws_check(town)
        assert any(said in line for line in told(context, town.night()))
    assert statuses(town, "pat@example.org") == [Status.VOTING]
    assert said not in _bylaws_check(town)
    nothing_left_to_read(town)
    with town.context() as context:
        assert not list(told(context, town.night()))[1:]


def test_retention_that_looks_back_further_has_the_sheets_read_again(
    town: Town, clock: Clock
) -> None:
    """DP-6: it moves the day itself, before any night could see that it moved."""
    came(town, clock, "pat@example.org", 700, 710, 720)
    town.night()
    with town.context() as context:
        retention.apply(context)
    nothing_left_to_read(town)
    go_by(town, EVER)
    with town.context() as context:
        retention.apply(context)
    town.night()
    assert statuses(town, "pat@example.org") == [Status.VOTING]


def nothing_left_to_read(town: Town) -> None:
    """After a night by which every source is known as it stands."""
    for _ in range(3):
        if town.night().sources.fresh == ():
            return
    pytest.fail("the sources are read night after night")


def statuses(town: Town, address: str) -> list[Status]:
    """What whoever has an address may do today, by the sheets as last read."""
    with town.context() as context:
        facts = facts_of(context, known_sources(context.ledger))
        entries = facts.roll(context.today).entries.values()
        return [e.standing.status for e in entries if Email.parse(address) in e.person.addresses]


def _bylaws_check(town: Town) -> str:
    return next(check.found for check in local(town.folder) if check.what == "bylaws")
