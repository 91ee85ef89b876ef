"""The email to those who are one event away names the next events that count (VM-R5)."""

from datetime import timedelta
from typing import Any

from typer.testing import CliRunner

from connectors.sandbox.invented import serial
from flows.cli.main import app
from tests.conftest import Clock
from tests.flows.town import Town


def announce(town: Town, clock: Clock, *events: tuple[int, str, str, str]) -> None:
    """Events so many days from now: name, kind, and what stands under “Held”."""
    with town.edit("Events") as rows:
        where = [str(cell) for cell in rows[0]]
        for days, name, kind, held in events:
            row: list[Any] = [""] * len(rows[0])
            row[where.index("Date")] = serial(clock.today + timedelta(days=days))
            row[where.index("Event")], row[where.index("Kind")] = name, kind
            row[where.index("Held")] = held
            rows.append(row)


def letters(town: Town) -> list[tuple[str, str]]:
    """What those who are one event away read."""
    found = [one for one in town.sandbox.mailchimp.outbox if "one-event-away" in one.title]
    assert found
    return [(one.text, one.html) for one in found]


def test_the_next_three_are_named_with_their_days(town: Town, clock: Clock) -> None:
    announce(
        town,
        clock,
        (40, "Fourth forum", "forum", ""),
        (9, "Budget & rents forum", "forum", ""),
        (2, "Snowed out", "forum", "cancelled"),
        (3, "Spring picnic", "social", ""),
        (20, "May meeting", "monthly meeting", ""),
        (0, "Tonight's meeting", "monthly meeting", ""),
        (-3, "Last forum", "forum", ""),
    )
    town.night(tell_everyone=True)
    day = clock.today + timedelta(days=9)
    for text, html in letters(town):
        listed = text.split("The next events that count:")[1].split("Did we miss")[0]
        assert [line[2:].split(": ")[1] for line in listed.strip().splitlines()] == [
            "Tonight's meeting",
            "Budget & rents forum",
            "May meeting",
        ]
        assert f"- {day:%B} {day.day}, {day.year}: Budget & rents forum" in text
        assert f"- {day.day} de " in text.split("Las próximas actividades que cuentan:")[1]
        assert "Budget &amp; rents forum</li>" in html
        for absent in ("Snowed out", "picnic", "Last forum", "Fourth forum"):
            assert absent not in text


def test_without_one_the_sentence_is_left_out(town: Town) -> None:
    town.night(tell_everyone=True)
    for text, html in letters(town):
        assert "next events" not in text + html
        assert "próximas actividades" not in text + html


def test_their_footer_says_how_they_stand(town: Town) -> None:
    town.night(tell_everyone=True)
    for text, html in letters(town):
        said = "You are one event away from becoming a voting member. Events counted: "
        assert said in text
        assert said in html
        assert "Last day to come: " in text
        assert "*|" not in text + html


def test_no_contact_is_written_for_the_way_a_day_reads(town: Town, clock: Clock) -> None:
    town.night()
    town.sandbox.reset()
    clock.go(days=1)
    town.night()
    assert not [line for line in town.writes() if "members" in line]


def test_the_snippet_is_printed_with_the_days_on_record(town: Town) -> None:
    town.night()
    with town.context() as context:
        days = context.last_days()
    shown = CliRunner().invoke(app, ["emails", "snippet", "-c", str(town.folder)]).output
    assert days
    assert all(f"IF:CLUNTIL={day}|*" in shown for day in days)
    assert "Usted tiene derecho a voto." in shown
    assert "@" not in shown
