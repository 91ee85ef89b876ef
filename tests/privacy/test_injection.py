"""Text from a cell stays text: each way of attack, at each place that it could reach (DP-3).

Ways: a formula, HTML, a merge tag, a header. Places: the sheet, a page, a letter, the log. The
texts stand in every cell of the chapter that takes text, for two nights.
"""

import logging
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import product

import pytest

from connectors import pages
from connectors.sandbox.invented import LIST, serial
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from flows.scheduler.quiet_logs import QuietFormatter
from flows.views import roll as views
from tests.conftest import Clock
from tests.flows.town import Town

WAYS = {
    "formula": '=HYPERLINK("http://evil.example.com","Ann")',
    "another formula": "+1+cmd|' /C calc'!A0",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "merge tag": "*|UNSUB|* *|HTML:MERGE1|*",
    "halves of one": "*||UNSUB||*",
    "header": "Ann\r\nBcc: everybody@example.org\r\n\r\nHello",
    "a line of its own": "Ann\n2026-01-01 INFO clerk: all is well",
}
ADDRESSES = {way: f"hostile{number}@example.org" for number, way in enumerate(WAYS)}


class Reached:
    """Everything two nights wrote to the four places."""

    def __init__(self, town: Town, log: str) -> None:
        self.log, self.cells = log, [str(c) for r in town.rows("Clerk – needs review") for c in r]
        self.google = town.sandbox.requests("google", writes_only=True)
        writes = town.sandbox.requests("mailchimp", writes_only=True)
        members = [m for e in writes if e.path.endswith(LIST) for m in e.request_json["members"]]
        self.values = {
            m["email_address"]: m["merge_fields"] for m in members if "FNAME" in m["merge_fields"]
        }
        self.letters = {letter.to: letter for letter in town.sandbox.mailchimp.outbox}
        bodies = [e.request_json for e in writes if "/campaigns" in e.path and e.request]
        self.campaigns = str(bodies)
        with town.context() as context:
            facts = facts_of(context, known_sources(context.ledger))
            self.review = views.grouped(facts.review)
            self.counts = facts.roll(context.today).counts()


@pytest.fixture
def reached(town: Town, clock: Clock, caplog: pytest.LogCaptureFixture) -> Reached:
    """Everybody hostile attends, registers, asks for mail and gets letters."""
    caplog.set_level(logging.DEBUG)
    with town.edit("Registrations") as rows:
        for way, text in WAYS.items():
            day = serial(clock.today) - 9
            rows.append([day, text, ADDRESSES[way], "", "", text, "yes", "no", "Yes"])
            rows.append([day, text, f"more.{ADDRESSES[way]}", text, text, text, text, text, text])
    held = [row for row in town.rows("Events")[1:] if row[1] == "Monthly meeting"]
    with town.edit("Sign-ins") as rows:
        for way, text in WAYS.items():
            rows += [[row[0], row[1], ADDRESSES[way], text] for row in held[-4:]]
            rows.append([held[-1][0], text, ADDRESSES[way], text])
            rows.append([held[-1][0], row_event(text), text, text])
    with town.edit("Volunteering") as rows:
        rows += [
            [serial(clock.today) - 5, text, ADDRESSES[way], text] for way, text in WAYS.items()
        ]
    town.night(tell_everyone=True)
    clock.at += timedelta(days=1)
    town.night(tell_everyone=True)
    return Reached(town, caplog.text)


def row_event(text: str) -> str:
    """An event that nobody held, called so."""
    return f"Monthly meeting {text}"


def parts(text: str) -> list[str]:
    """The lines of a text, and the text: nothing of it may come out as more than text."""
    return [text, *(line for line in text.splitlines() if line.startswith("Bcc"))]


class Page(HTMLParser):
    """A page's tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_each_way_at_each_place(reached: Reached) -> None:
    """One pair of nights for all: sixteen and more pairs, each named where it fails."""
    places = {"sheet": in_the_sheet, "page": on_a_page, "letter": in_a_letter, "log": in_the_log}
    for way, (place, check) in product(WAYS, places.items()):
        assert check(reached, way), f"{way} reached the {place}"


VALUE = re.compile(rb'"userEnteredValue": ?{"(\w+)"')


def in_the_sheet(reached: Reached, way: str) -> bool:
    """The review tab repeats no cell, and is written as it stands."""
    bodies = [e.request for e in reached.google if e.path.endswith(":batchUpdate")]
    kinds = {kind for body in bodies for kind in VALUE.findall(body)}
    assert kinds == {b"stringValue"}
    assert len(reached.cells) > len(WAYS)
    begun = [cell for cell in reached.cells if cell[:1] in "=+-@" and cell]
    return not begun and not any(p in c for p in parts(WAYS[way]) for c in reached.cells)


def on_a_page(reached: Reached, way: str) -> bool:
    """The text is on the page, as text: as many tags as with a harmless one."""
    text = WAYS[way].replace("everybody@example.org", "everybody")

    def page(text: str) -> Page:
        rows = [*reached.review, (text, text, text, text)]
        night = pages.NightPage(date(2026, 3, 31), reached.counts, {text: 2})
        return Page(pages.night_page(text, [night], rows))

    hostile, harmless = page(text), page("harmless")
    said = "".join(hostile.text.split())
    return hostile.tags == harmless.tags and "".join(text.split()) in said


def in_a_letter(reached: Reached, way: str) -> bool:
    """A name is one line without tags of any kind; texts of letters hold nothing of a cell."""
    values, letter = reached.values[ADDRESSES[way]], reached.letters[ADDRESSES[way]]
    named = f"{values['FNAME']} {values.get('LNAME', '')}"
    quiet_name = named.isprintable() and not set("<>|") & set(named)
    one_line = letter.subject.isprintable() and "Bcc:" not in letter.subject
    fair = {"script", "img"}.isdisjoint(tag for tag, _ in Page(letter.html).tags)
    alone = not any(part in reached.campaigns for part in parts(WAYS[way]))
    return quiet_name and one_line and fair and alone


def in_the_log(reached: Reached, way: str) -> bool:
    """At DEBUG, from every library."""
    return not any(part in reached.log for part in parts(WAYS[way]))


def test_a_record_of_a_log_is_one_line_whatever_stands_in_it() -> None:
    record = logging.LogRecord("clerk", logging.INFO, "", 0, "read %s", (WAYS["header"],), None)
    assert "\n" not in QuietFormatter("%(message)s").format(record)
    assert "everybody" not in QuietFormatter("%(message)s").format(record)
