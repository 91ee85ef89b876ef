"""A slate from its file to its count: nobody unqualified stands unseen (SC-1, SC-2)."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.sandbox.invented import name_of, serial
from connectors.sandbox.server import Sandbox
from flows.committee.seats import slate_votes
from flows.nightly.keeping import HORIZON
from flows.privacy import retention
from flows.votes.ballot_form import build_form
from flows.votes.check import check
from flows.votes.voiding import Decided, void
from models.committee.members import SlateVote
from models.errors import Refused
from models.votes.election import ElectionState, failing
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, Poll

SLATE: dict[str, Any] = {
    "id": "slate",
    "title": "Steering Committee",
    "kind": "up-or-down",
    "purpose": "slate",
    "subject": "The slate of five",
    "recommendation": "Yes",
}
NOMINEES = "".join(
    f'[[nominees]]\nname = "Nominee {number}"\nevents_by_year = {{ 2025 = 3 }}\n'
    'active_in = ["Elections"]\nregistered_voter = true\nbio = true\nsummary = true\n'
    f"dues_paid = {'false' if number == 3 else 'true'}\n"
    for number in range(1, 6)
) + "".join(
    f'[[about]]\nname = "Nominee {number}"\nbio = "Of Green Street, number {number}."\n'
    f'summary = "Knocked on doors."\nactivities = "A forum on rents, number {number}."\n'
    for number in range(1, 6)
)
WAIVER = """
[[nominees.waivers]]
criterion = "dues"
reason = "greater diversity"
by = "the committee"
on = 2026-01-05
"""


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """A vote on a slate whose nominees nobody has written down."""
    return Poll.prepare(sandbox, clock, tmp_path / "chapter", races=[SLATE])


def adds(poll: Poll, text: str) -> None:
    """Somebody edits the contest's file, and builds the form anew."""
    (file,) = poll.folder("contests").glob("*.toml")
    file.write_text(file.read_text() + text)
    poll.form.items.clear()
    with poll.context() as context:
        build_form(context, poll.election(context))


def missing(poll: Poll) -> list[str]:
    with poll.context() as context:
        return failing(check(context, poll.election(context)))


def test_a_slate_opens_when_every_nominee_qualifies_or_is_excepted(poll: Poll) -> None:
    assert missing(poll) == ["Steering Committee: 0 nominees; 5 to 15 are allowed (SC-1)"]
    adds(poll, NOMINEES)
    assert missing(poll) == ["Steering Committee: Nominee 3: dues not paid (SC-2)"]
    with pytest.raises(Refused, match="Nominee 3: dues not paid"):
        poll.approved()
    (file,) = poll.folder("contests").glob("*.toml")
    before, third, after = file.read_text().partition("dues_paid = false\n")
    file.write_text(before + third + WAIVER + after)
    assert missing(poll) == []
    poll.opened()
    assert poll.vote.state is ElectionState.OPEN
    for address in poll.invited():
        poll.votes(address, {"Steering Committee": "Yes"})
    for moment in (CLOSES, COUNTS):
        poll.at(moment)
    result = poll.vote.result
    assert result
    assert result.races["slate"].outcome.kind == "adopted"
    with poll.context() as context:
        assert slate_votes(context) == [], "it is not published yet (EN-R8)"
    poll.published()
    with poll.context() as context:
        assert slate_votes(context) == [SlateVote(CLOSES.date(), confirmed=True)]
        decided = Decided("Meeting of April 14", yes=7, no=0, abstained=0, active=9)
        void(context, NAME, "slate", OFFICER, "The form left a nominee out.", "", decided)
        assert slate_votes(context) == []  # EN-R11: what the committee voids confirms nobody


def test_the_sheets_say_how_often_a_nominee_came(poll: Poll) -> None:
    """SC-2: what the file says of a year that the sheets have whole is not taken for it."""
    paid = NOMINEES.replace("dues_paid = false", "dues_paid = true")
    adds(poll, paid.replace("Nominee 3", name_of(0)).replace("2025 = 3", "2026 = 3"))
    (fact,) = missing(poll)
    assert re.fullmatch(
        rf"Steering Committee: {name_of(0)}: [12] events within a calendar year by the sheets, 3 "
        r"needed; the contest file says 3 \(SC-2\)",
        fact,
    )


def test_a_year_whose_rows_were_destroyed_is_taken_from_the_file(poll: Poll) -> None:
    """SC-2, DP-6: the events are still known, and nobody who came to them."""
    with poll.town.edit("Events") as events:
        events.append([serial(date(2023, 3, 1)), "Meeting of old", "Monthly meeting"])
    poll.town.night()
    paid = NOMINEES.replace("dues_paid = false", "dues_paid = true")
    adds(poll, paid.replace("Nominee 3", name_of(0)).replace("2025 = 3", "2024 = 3"))
    (fact,) = missing(poll)
    assert "the contest file says 3" in fact
    with poll.context() as context:
        retention.apply(context)
        assert "2024" < (context.ledger.note(HORIZON) or "") < "2025"
    assert missing(poll) == []


def test_no_page_or_report_says_what_was_asked_of_a_nominee(poll: Poll) -> None:
    adds(poll, NOMINEES.replace("dues_paid = false", "dues_paid = true"))
    poll.opened()
    for moment in (CLOSES, COUNTS):
        poll.at(moment)
    for file in (*poll.folder("pages").glob("*"), *poll.folder("tellers").glob("*")):
        assert "dues" not in file.read_text("utf-8"), file.name
