"""Today, on the officers' page: is everything well, and what waits for a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.alerts.places import place_of
from flows.alerts.trouble import Troubles
from models.errors import TryAgainLater
from models.mail.alerts import ENDINGS, SHARING, SIGN_INS, Alert, AlertKind
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, OPENS, RACES, Poll, ranks
from tests.flows.town import Town
from tests.flows.web.desk import DeskClient, opened


def test_a_chapter_after_its_night_is_well(desk: DeskClient) -> None:
    said = desk.sign_in().text("/")
    assert "Everything is well. What is listed here can wait." in said
    assert "The last run finished" in said
    assert "The next one is planned for Wednesday, April 1, at 2:00 AM" in said
    assert "No election has a date in the next month." in said
    assert "7 voting members" in said


def test_a_chapter_that_read_nothing_yet_says_so(town: Town) -> None:
    with opened(town) as desk:
        said = desk.sign_in().text("/")
    assert "The program has not read any sheets yet." in said
    assert "There has been no run yet." in said


def test_a_chapter_at_which_no_nightly_run_came_yet_is_not_called_well(town: Town) -> None:
    with opened(town) as desk:
        desk.ended(desk.sign_in().press("/plan", "/plan/look"))
        said = desk.text("/")
        assert "Everything is well" not in said
        assert "The sheets were read, but no nightly run has come yet." in said
        assert "There has been no run yet." in said
        desk.press("/", "/language", {"language": "es"})
        assert "todavía no hubo ninguna ejecución nocturna" in desk.text("/")


def test_a_chapter_at_which_nothing_runs_any_more_is_not_called_well(desk: DeskClient) -> None:
    desk.town.clock.go(days=3)  # type: ignore[attr-defined]  # the tests' clock
    said = desk.sign_in().text("/")
    assert "One thing needs attention." in said
    assert "No nightly run has come" in said or "nightly run" in said


def test_it_looks_again_by_itself_without_a_script_of_ours(desk: DeskClient) -> None:
    html = desk.sign_in().get("/").text
    assert 'id="live" hx-get="/" hx-trigger="every 20s" hx-select="#live"' in html


def test_what_is_wrong_is_counted_and_leads_to_where_it_is_settled(desk: DeskClient) -> None:
    with desk.town.context() as context:
        found = [
            Alert(kind=AlertKind.OPEN_TO_OTHERS, place="workbook-1", counts={"link": 1}),
            Alert(kind=AlertKind.SIGN_INS_STOPPED, place="sign-ins", counts={"events": 3}),
        ]
        context.ledger.alerts.reconcile(found, SHARING | SIGN_INS, context.now())
    answer = desk.sign_in().get("/")
    said = desk.text("/")
    assert "2 things need attention." in said
    assert "No one signed in at the last 3 events." in said
    assert '<a class="button" href="/review">' in answer.text
    assert '<a class="button" href="/privacy">' in answer.text
    desk.press("/", "/language", {"language": "es"})
    assert "2 cosas necesitan atención." in desk.text("/")


def test_a_plan_that_waits_is_a_decision(desk: DeskClient) -> None:
    desk.town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    with desk.town.edit("Sign-ins") as rows:
        del rows[5:]
    desk.ended(desk.sign_in().press("/plan", "/plan/look"))
    said = desk.text("/")
    assert "Everything works, and one decision waits for an officer." in said
    assert "A plan needs an approval" in said


@pytest.fixture
def vote(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Iterator[tuple[Poll, DeskClient]]:
    """A vote that is approved, and the page beside it."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", people=30, races=RACES[:1])
    with opened(poll.town) as desk:
        poll.approved()
        yield poll, desk.sign_in()


def test_a_vote_from_its_calendar_to_its_tie(vote: tuple[Poll, DeskClient]) -> None:
    poll, desk = vote
    said = desk.text("/")
    assert "Spring endorsements opens Thursday, April 2, at 9:00 AM" in said
    assert "Spring endorsements sends reminder 1 Tuesday, April 7, at 9:00 AM" in said
    assert "Spring endorsements closes Sunday, April 12, at 9:00 PM" in said
    assert "Spring endorsements is counted" in said
    with poll.context() as context:
        Troubles(context, poll.name).failed("open", TryAgainLater("Google does not answer"))
    said = desk.text("/")
    assert "One thing needs attention." in said
    assert "Spring endorsements: a step failed" in said
    assert "the opening. Google does not answer" in said
    poll.at(OPENS)
    desk.sign_in()
    assert "Everything is well." in desk.text("/")
    ballots = [("Ada Park", "Bea Stone")] * 4 + [("Bea Stone", "Ada Park")] * 3
    ballots += [("Cy Rivers", "Bea Stone")] * 3
    for address, ranked in zip(sorted(poll.invited()), ballots, strict=False):
        poll.votes(address, ranks(*ranked))
    poll.at(CLOSES)
    poll.at(COUNTS)
    poll.town.night()
    with poll.context() as context:  # of which officers were told too
        told = Alert(kind=AlertKind.DECISION_WAITS, place=place_of(poll.name))
        context.ledger.alerts.reconcile([told], ENDINGS, context.now())
    said = desk.sign_in().text("/")
    assert "Everything works, and one decision waits for an officer." in said
    assert "Spring endorsements: a tie waits for a decision" in said
    assert '<a class="button" href="/votes/spring">Decide the tie</a>' in desk.get("/").text


def test_a_result_waits_to_be_published(vote: tuple[Poll, DeskClient]) -> None:
    poll, desk = vote
    poll.at(OPENS)
    for address in sorted(poll.invited())[:6]:
        poll.votes(address, ranks("Ada Park"))
    poll.at(CLOSES)
    poll.at(COUNTS)
    poll.town.night()
    desk.sign_in()
    assert "Spring endorsements: the result waits to be published" in desk.text("/")
    poll.published()
    assert "Everything is well." in desk.text("/")


def test_a_night_that_never_came_is_seen_here_though_nothing_runs(desk: DeskClient) -> None:
    desk.town.clock.go(days=3)  # type: ignore[attr-defined]  # the tests' clock
    said = desk.sign_in().text("/")
    assert "One thing needs attention." in said
    assert "nightly run" in said
    assert "Everything is well." not in said
