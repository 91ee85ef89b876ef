"""The plan on the officers' page: approved by its fingerprint, recorded by name (VM-1)."""

import pytest

from flows.votes.history import sentence
from models.votes.events import PlanApproved
from tests.flows.web.desk import ACTS, LOOKS, DeskClient, hidden, words


@pytest.fixture
def stopped(desk: DeskClient) -> DeskClient:
    """Somebody acts who sees a plan that takes the vote from most; nothing is written yet."""
    desk.town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    with desk.town.edit("Sign-ins") as rows:
        for row in rows[1:]:
            row[1] = "Spring social"
    desk.sign_in()
    desk.ended(desk.press("/plan", "/plan/look"))
    desk.town.sandbox.reset()
    return desk


def lines(desk: DeskClient) -> list[tuple[str, object]]:
    with desk.town.context() as context:
        return [(line.who, line.event) for line in context.ledger.votes.lines("")]


def test_without_a_look_there_is_no_plan_and_one_can_look(desk: DeskClient) -> None:
    said = desk.sign_in(LOOKS).text("/plan")
    assert "No plan is waiting" in said
    assert "The last run finished" in said
    desk.town.sandbox.reset()
    after = words(desk.ended(desk.press("/plan", "/plan/look")))
    assert "This is the plan as of now. Nothing was changed." in after
    assert "There is nothing to do" in after
    assert "Approve" not in after
    assert desk.town.writes() == []


def test_a_plan_says_how_much_it_changes_and_whom_it_concerns(stopped: DeskClient) -> None:
    said = stopped.text("/plan")
    assert "This plan needs an approval" in said
    assert "voting members would lose their status before their recorded end date" in said
    assert "Contacts that lose the tag “clerk: voting member”" in said
    assert "Loses the voting membership" in said
    with stopped.town.context() as context:
        looks = context.ledger.officers.looks()
        look = context.ledger.looks.newest()
    assert look
    assert {one.person for one in looks} == {person for person, _ in look.concerned}
    assert {one.what for one in looks} == {"whom the plan of a run concerns"}


def test_who_looks_alone_sees_the_plan_and_no_button(stopped: DeskClient) -> None:
    answer = stopped.sign_in(LOOKS).get("/plan")
    assert "An officer who may act can approve this plan." in words(answer)
    assert "/plan/approve" not in answer.text


def test_approving_applies_exactly_this_plan_and_names_the_officer(stopped: DeskClient) -> None:
    with stopped.town.context() as context:
        look = context.ledger.looks.newest()
    said = words(stopped.ended(stopped.press("/plan", "/plan/approve", {"sure": "yes"})))
    assert "changes in the mailing list" in said
    assert "No plan is waiting" in said
    ((who, event),) = lines(stopped)
    assert who == ACTS
    assert isinstance(event, PlanApproved)
    assert look
    assert event.fingerprint == look.fingerprint
    assert sentence(event) == "approved the plan of a nightly run"
    with stopped.town.context() as context:
        run = context.ledger.last_run()
    assert run
    assert (run.approved, run.fingerprint) == (look.fingerprint, look.fingerprint)
    assert run.finished


def test_without_its_tick_nothing_is_approved(stopped: DeskClient) -> None:
    said = words(stopped.press("/plan", "/plan/approve"))
    assert "Nothing was done, because the box was not ticked" in said
    assert (lines(stopped), stopped.town.writes()) == ([], [])


def test_a_plan_that_has_changed_is_not_applied_and_the_new_one_is_shown(
    stopped: DeskClient,
) -> None:
    form = hidden(stopped.get("/plan"), "/plan/approve")
    with stopped.town.edit("Sign-ins") as rows:
        del rows[-3:]
    said = words(stopped.ended(stopped.post("/plan/approve", {**form, "sure": "yes"})))
    assert "this is no longer the same plan; nothing was changed" in said
    assert "clerk sync" not in said
    assert (lines(stopped), stopped.town.writes()) == ([], [])
    again = hidden(stopped.get("/plan"), "/plan/approve")
    assert again["fingerprint"] != form["fingerprint"]
    assert "changes in the mailing list" in words(
        stopped.ended(stopped.press("/plan", "/plan/approve", {"sure": "yes"}))
    )


def test_a_made_up_fingerprint_approves_nothing(stopped: DeskClient) -> None:
    form = hidden(stopped.get("/plan"), "/plan/approve")
    for made_up in ("", "none", "000000000000"):
        sent = {**form, "fingerprint": made_up, "sure": "yes"}
        assert stopped.ended(stopped.post("/plan/approve", sent)).status_code == 409
    assert (lines(stopped), stopped.town.writes()) == ([], [])


def test_what_interrupts_a_look_is_said(desk: DeskClient) -> None:
    desk.town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    with desk.town.edit("Sign-ins") as rows:
        rows[0][1] = "Something else"
    said = words(desk.ended(desk.sign_in().press("/plan", "/plan/look")))
    assert "This did not work" in said
    assert "The last look was interrupted" in desk.text("/plan")
    assert "One thing needs attention." in desk.text("/")


def test_after_an_approval_the_own_tabs_are_up_to_date(stopped: DeskClient) -> None:
    """As after a night that was applied at the terminal."""
    stopped.town.rewrite('review = "', 'status = "Clerk – status"\nreview = "')
    stopped.ended(stopped.press("/plan", "/plan/look"))
    stopped.ended(stopped.press("/plan", "/plan/approve", {"sure": "yes"}))
    assert "things to check in the sheets" in str(stopped.town.rows("Clerk – status"))
