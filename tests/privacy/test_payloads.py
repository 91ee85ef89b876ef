"""Only what is needed: what each owner is told, and that text from a sheet stays text.

Rules: DP-3, DP-5, BA-6. The traffic is that of real nights; the sandbox's journal has all of it.
"""

import json
import subprocess
import sys
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from connectors.mailchimp import wire
from connectors.sandbox.exchange import Exchange
from connectors.sandbox.invented import LIST, WORKBOOK, serial
from flows.nightly.facts import facts_of
from flows.nightly.links import Links
from flows.nightly.review import review_rows
from flows.nightly.sources import known_sources
from flows.views import roll as views
from models.mail.audience import FieldNames
from models.mail.plans import Change, ChangeKind
from models.privacy import Email, Name
from tests.conftest import Clock
from tests.flows.town import REVIEW, Town
from tests.privacy.canaries import Search
from tests.privacy.colony import EVENTS, Marked

TO_MAILCHIMP = {
    "email_address", "status", "merge_fields", "FNAME", "LNAME", "members", "update_existing",
    "members_to_add", "members_to_remove", "name", "static_segment", "tag", "type", "required",
    "public", "recipients", "list_id", "segment_opts", "saved_segment_id", "settings", "title",
    "match", "conditions", "condition_type", "field", "op", "value", "tracking", "opens",
    "html_clicks", "text_clicks",
    "subject_line", "from_name", "reply_to", "html", "plain_text", *FieldNames().fields,
}  # fmt: skip
"""Every key that a body to Mailchimp may have."""


def keys_of(body: Any) -> set[str]:
    """All keys of some JSON, at any depth."""
    if isinstance(body, dict):
        return set(body) | {key for value in body.values() for key in keys_of(value)}
    return {key for item in body for key in keys_of(item)} if isinstance(body, list) else set()


@pytest.fixture
def marked(town: Town, clock: Clock) -> Marked:
    """A voting member who registered with everything there is, after two nights."""
    who = Marked()
    with town.edit("Registrations") as rows:
        rows.append([serial(clock.today) - 9, who.name, who.address, "",
                     f"617{who.phone}", "15th Suffolk", "yes", "yes", "Yes"])  # fmt: skip
    with town.edit("Sign-ins") as rows:
        for ago, event in EVENTS:
            at = serial(clock.today - timedelta(days=ago)) + 0.8
            rows.append([at, event, who.address, who.name])
    town.night(tell_everyone=True)
    clock.go(days=1)
    town.night()
    return who


def test_mailchimp_is_told_the_fields_on_the_list_and_no_other(town: Town, marked: Marked) -> None:
    writes = town.sandbox.requests("mailchimp", writes_only=True)
    said = {key for exchange in writes for key in keys_of(exchange.request_json)}
    assert said <= TO_MAILCHIMP
    assert {"email_address", "CLSTATUS"} <= said


def test_mailchimp_is_told_nothing_of_attendance_phone_or_district(
    town: Town, marked: Marked
) -> None:
    exchanges = town.sandbox.requests("mailchimp")
    sent = b"".join(e.request for e in exchanges)
    assert marked.address.encode() in sent
    for kept in (marked.phone, "15th Suffolk", "Pride march", "Monthly meeting"):
        assert kept.encode() not in sent
    # The text of an email to all voting members encourages them to pay dues, whoever they are.
    assert b"dues" not in b"".join(e.request for e in exchanges if "/campaigns" not in e.path)


def test_google_is_told_of_nobody(town: Town, marked: Marked) -> None:
    search = Search(marked.canaries())
    for exchange in town.sandbox.requests("google"):
        if not exchange.path.endswith("/token"):
            assert not search.bytes(exchange.path, exchange.request + exchange.path.encode())
            assert not search.bytes("query", repr(exchange.query).encode())


def test_only_the_review_tab_is_written_and_as_it_stands(town: Town, marked: Marked) -> None:
    writes = town.sandbox.requests("google", writes_only=True)
    requests = [one for e in writes if e.host.startswith("sheets") for one in _changes_of(e)]
    written = [one["updateCells"] for one in requests if "updateCells" in one]
    review = town.sandbox.google.workbooks[WORKBOOK].tab(REVIEW).sheet_id
    assert {one["range"]["sheetId"] for one in written} == {review}
    cells = [cell for one in written for row in one["rows"] for cell in row["values"] if cell]
    assert {kind for cell in cells for kind in cell["userEnteredValue"]} == {"stringValue"}
    assert {kind for one in requests for kind in one} <= {
        "addSheet", "updateSheetProperties", "updateCells",
    }  # fmt: skip


def _changes_of(exchange: Exchange) -> list[dict[str, Any]]:
    assert exchange.path.endswith(":batchUpdate"), exchange.path
    body: dict[str, list[dict[str, Any]]] = json.loads(exchange.request)
    return body["requests"]


def test_of_a_member_only_our_own_fields_are_asked_for(town: Town, marked: Marked) -> None:
    asked = {
        field
        for e in town.sandbox.requests("mailchimp")
        if e.path.endswith("/members") and e.method == "GET"
        for name, value in e.query
        if name == "fields"
        for field in value.split(",")
    }
    assert asked == set(wire.member_fields(FieldNames()))
    assert not any(
        word in field for field in asked for word in ("ip_", "location", "stats", "NAME")
    )


def test_a_contact_has_no_place_for_anything_else() -> None:
    with pytest.raises(TypeError):
        Change(ChangeKind.SET_FIELDS, Email("ann@example.org"), phone="6175550142")  # type: ignore[call-arg]  # the test
    change = Change(ChangeKind.SET_FIELDS, Email("ann@example.org"), name=Name("Ann"))
    assert "Ann" not in json.dumps(wire.updating([change]).model_dump())


def test_a_published_value_cannot_hold_a_person() -> None:
    """Pages take counts and texts: a masked value prints as dots wherever it is put."""
    assert "ann" not in f"{Email('ann@example.org')} {[Name('Ann')]} {Name('Ann')!r}".lower()
    with pytest.raises(TypeError):
        json.dumps({"who": Email("ann@example.org")})


# ── text from a cell stays text ──

HOSTILE = (
    '=HYPERLINK("http://evil.example.com","x")',
    "<script>alert(1)</script>",
    "*|UNSUB|* *|FNAME|*",
    "Ann\r\nBcc: everybody@example.org",
    "{{ chapter }}{% for x in y %}",
    "[bold red]x[/bold red]",
    "\x1b[31mred\x1b[0m",
)


class Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)


@pytest.fixture
def attacked(town: Town, clock: Clock) -> Town:
    """Hostile text in every cell that takes text."""
    at = serial(clock.today - timedelta(days=33)) + 0.8
    with town.edit("Sign-ins") as rows:
        for number, text in enumerate(HOSTILE):
            rows += [[at, "Monthly meeting", f"hostile{number}@example.org", text],
                     [at, text, f"hostile{number}@example.org", text]]  # fmt: skip
    with town.edit("Registrations") as rows:
        for number, text in enumerate(HOSTILE):
            rows.append([at, text, f"hostile{number}@example.org", text, text, text, text, text,
                         "Yes"])  # fmt: skip
    with town.edit("Volunteering") as rows:
        for number, text in enumerate(HOSTILE):
            rows.append([at, text, f"hostile{number}@example.org", text])
    town.night(tell_everyone=True)
    return town


def test_no_formula_reaches_a_sheet(attacked: Town) -> None:
    review = [cell for row in attacked.rows("Clerk – needs review") for cell in row]
    assert review
    assert not [cell for cell in review if str(cell)[:1] in ("=", "+", "-", "@")]
    assert not any(text in str(cell) for cell in review for text in HOSTILE)


def test_no_merge_tag_or_header_reaches_a_letter(attacked: Town) -> None:
    sent = attacked.sandbox.requests("mailchimp", writes_only=True)
    members = [m for e in sent if e.path.endswith(LIST) for m in e.request_json["members"]]
    names = [str(v) for m in members for t, v in m["merge_fields"].items() if t.endswith("NAME")]
    assert names
    assert not [name for name in names if "*|" in name or "|*" in name or not name.isprintable()]


def test_no_markup_or_escape_code_reaches_the_terminal(attacked: Town) -> None:
    clerk = str(Path(sys.executable).with_name("clerk"))
    for words in (["roll"], ["review"], ["explain", "hostile5@example.org"]):
        said = subprocess.run(
            [clerk, *words, "--chapter", str(attacked.folder)], capture_output=True, text=True
        )
        assert said.returncode == 0, said.stderr
        assert "\x1b" not in said.stdout + said.stderr
        assert "\r" not in said.stdout


def test_no_markup_reaches_a_page(attacked: Town) -> None:
    from connectors import pages

    with attacked.context() as context:
        facts = facts_of(context, known_sources(context.ledger))
        rows = views.grouped(facts.review)
        counts = facts.roll(context.today).counts()
    rows += [(text, text, text, text) for text in HOSTILE if "@" not in text]
    night = pages.NightPage(day=attacked.clock().date(), standings=counts, changes={HOSTILE[1]: 1})
    tags = Tags()
    tags.feed(pages.night_page(HOSTILE[1], [night], rows))
    assert "script" not in tags.seen


def test_a_complaint_repeats_nothing_of_a_cell(attacked: Town) -> None:
    with attacked.context() as context:
        seen = known_sources(context.ledger)
        said = str(review_rows(facts_of(context, seen).review, Links(seen)))
    assert not [text for text in HOSTILE if text in said]
