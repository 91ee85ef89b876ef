"""No bad night loses a request, no kill doubles one, and no row is another's (ST-3, DP-6)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from connectors.ledger.erasing import Erasing
from connectors.ledger.requests import Requests
from connectors.sandbox.invented import WORKBOOK
from flows.nightly.facts import year_of
from flows.privacy import person
from flows.requests import deciding
from flows.requests.nightly import bring_on
from flows.views.requests import next_steps
from models.errors import ClerkError, Refused
from models.intake.columns import ALL_COLUMNS
from models.privacy import Email
from models.votes.events import RequestDecided
from models.year.request_queue import MOST_IN_A_WEEK, MOST_TRIES, RequestState, RequestTold
from tests.flows.test_committee_year import Clerk, clerk
from tests.flows.test_requests import (
    ANN,
    BEN,
    OFFICER,
    STRANGER,
    ask,
    asking,
    bring,
    code,
    held,
    mail,
    queue,
)  # fmt: skip
from tests.flows.test_requests_nights import days_later
from tests.flows.town import Town

__all__ = ("asking", "clerk")
WRONG = "XXXX-XXXX-XXXX"


def states(town: Town) -> list[RequestState]:
    return [one.held.state for one in queue(town)]


def rename(town: Town, before: str, after: str) -> None:
    book = town.sandbox.google.workbooks[WORKBOOK]
    book.tab(before).title = after
    town.sandbox.google.wrote(book)


def day(town: Town, days: int) -> None:
    town.clock = days_later(town, days)


def register(town: Town, address: str) -> None:
    """A member registers with it, and wants email."""
    with town.edit("Registrations") as rows:
        new: list[object] = [None] * len(rows[0])
        new[0], new[1], new[2] = rows[1][0], "Zed Quill", address
        new[6], new[7], new[8] = "yes", "no", "yes"
        rows.append(new)


@contextmanager
def killed(what: type, act: str) -> Iterator[None]:
    """Whoever does this dies before it is done."""

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(what, act, dies)
        with pytest.raises(KeyboardInterrupt):
            yield


def test_of_two_tabs_with_one_title_the_officer_accepts_the_row_that_was_shown(
    asking: Town,
) -> None:
    at = f"{asking.clock().date()} 00:10:00"
    heads = list(ALL_COLUMNS["requests"].headers.values())
    theirs = [at, BEN, "propose a priority", "More trains", None, None]
    asking.sandbox.google.add_workbook("last-year", "Last year", {"Requests": [heads, theirs]})
    second = '[[workbooks]]\nid = "last-year"\nrequests = "Requests"\n\n[[forms]]'
    asking.rewrite("[[forms]]", second)
    ask(asking, ANN, "propose a priority", "More buses")
    bring(asking)
    with asking.context() as context:
        for one in queue(asking):
            deciding.accept(context, one.held.number, OFFICER)
        proposed = {one.text for one in year_of(context).proposals}
    assert proposed == {"More buses", "More trains"}


def test_an_end_reaches_the_person_once_the_tab_is_back(asking: Town, clerk: Clerk) -> None:
    ask(asking, ANN, "propose a priority", "More buses")
    bring(asking)
    with asking.context() as context:
        deciding.end(context, 1, RequestState.ANSWERED, "Taken up.", OFFICER)
    rename(asking, "Requests", "Requests 2026")
    day(asking, 1)
    bring(asking)
    assert held(asking).told is RequestTold.UNREACHED
    assert "no email reached the person: 1" in clerk("requests", "list")
    assert "no email reaches this person" in clerk("requests", "show", "1")
    rename(asking, "Requests 2026", "Requests")
    day(asking, 1)
    bring(asking)
    bring(asking)
    assert mail(asking) == [(ANN, "request 1 receipt"), (ANN, "request 1 end")]
    assert "no email reached" not in clerk("requests", "list")


def test_whom_no_email_reached_for_a_month_is_not_tried_again(asking: Town) -> None:
    ask(asking, STRANGER, "my status")
    bring(asking)
    day(asking, 31)
    register(asking, STRANGER)
    bring(asking)
    bring(asking)
    assert mail(asking) == []


def test_who_registers_after_asking_is_answered(asking: Town) -> None:
    """As the note in the review says; and nobody is erased on the word of a form (DP-6)."""
    ask(asking, STRANGER, "my status")
    ask(asking, STRANGER, "erase my data")
    bring(asking)
    assert states(asking) == [RequestState.OPEN, RequestState.OPEN]
    register(asking, STRANGER)
    for _ in range(2):  # the second night knows the new contact
        day(asking, 1)
        bring(asking)
    assert states(asking) == [RequestState.ANSWERED, RequestState.UNPROVED]
    assert mail(asking) == [(STRANGER, "request 1 status"), (STRANGER, "request 2 receipt")]
    assert not any("forget" in step for step in next_steps(queue(asking)[1]))
    ask(asking, STRANGER, "erase my data", None, None, code(asking, 2))
    bring(asking)
    assert states(asking)[1] is RequestState.PROVED


def test_an_erasure_that_dies_leaves_its_request_as_it_was(asking: Town) -> None:
    ask(asking, ANN, "erase my data")
    bring(asking)
    with asking.context() as context:
        deciding.prove(context, 1, code(asking), OFFICER)
        entry = person.find(context, ANN)
        with killed(Erasing, "erase"):
            person.forget(context, entry, OFFICER)
    bring(asking)
    assert states(asking) == [RequestState.PROVED]
    with asking.context() as context:
        person.forget(context, person.find(context, ANN), OFFICER)
    assert states(asking) == [RequestState.ANSWERED]


def test_a_code_that_was_sent_in_time_counts_though_the_tab_was_away(asking: Town) -> None:
    ask(asking, ANN, "erase my data")
    bring(asking)
    day(asking, 7)
    ask(asking, ANN, "erase my data", None, None, code(asking))
    rename(asking, "Requests", "Requests 2026")
    day(asking, 1)
    bring(asking)
    bring(asking)
    assert states(asking) == [RequestState.UNPROVED]
    rename(asking, "Requests 2026", "Requests")
    day(asking, 1)
    bring(asking)
    assert states(asking)[0] is RequestState.PROVED


def test_who_was_readmitted_asks_anew(asking: Town) -> None:
    """What was over before they were erased is not asked again (DP-6)."""
    ask(asking, ANN, "propose a priority", "More buses")
    ask(asking, ANN, "erase my data")
    bring(asking)
    with asking.context() as context:
        deciding.end(context, 1, RequestState.ANSWERED, "Taken up.", OFFICER)
        deciding.prove(context, 2, code(asking, 2), OFFICER)
        person.forget(context, person.find(context, ANN), OFFICER, keep_contact=True)
    bring(asking)
    before = mail(asking)
    day(asking, 5)
    with asking.context() as context:
        person.readmit(context, Email.parse(ANN), OFFICER)
    ask(asking, ANN, "propose a priority", "More trains")
    bring(asking)
    *old, new = queue(asking)
    assert [one.held.state for one in old[2:]] == [RequestState.EXPIRED] * 2
    assert new.held.state is RequestState.OPEN
    assert mail(asking)[len(before) :] == [(ANN, f"request {new.held.number} receipt")]


def test_a_form_that_is_read_late_counts_the_days_on_which_people_asked(asking: Town) -> None:
    with asking.edit("Requests") as rows:
        for ago in (28, 23, 18, 13, 8, 3):
            at = f"{asking.clock().date() - timedelta(days=ago)} 09:00:00"
            rows.append([at, ANN, "propose a priority", f"Number {ago}", None, None])
    bring(asking)
    assert set(states(asking)) == {RequestState.OPEN}


@pytest.mark.parametrize(("after", "state"), [(6, "refused"), (7, "waits for its code")])
def test_five_of_seven_days_are_taken_in_whatever_was_refused(
    asking: Town, after: int, state: str
) -> None:
    for number in range(MOST_IN_A_WEEK):
        ask(asking, ANN, "propose a priority", f"Number {number}")
    bring(asking)
    day(asking, 3)
    for number in range(MOST_IN_A_WEEK):
        ask(asking, ANN, "propose a priority", f"Again {number}")
    bring(asking)
    day(asking, after - 3)
    ask(asking, ANN, "erase my data")
    bring(asking)
    assert states(asking)[MOST_IN_A_WEEK:] == [*["refused"] * MOST_IN_A_WEEK, state]


def test_a_codes_days_begin_when_it_goes_out(asking: Town) -> None:
    ask(asking, ANN, "see my data")
    asking.sandbox.faults.matching("POST", r"/campaigns$", "503-html", 40)
    night = asking.night()
    with asking.context() as context, pytest.raises(ClerkError):
        bring_on(context, night)
    asking.sandbox.faults.clear()
    day(asking, 9)
    bring(asking)
    until = asking.clock().date() + timedelta(days=7)
    assert f"{until:%B} {until.day}, {until.year}" in asking.sandbox.mailchimp.outbox[-1].text
    day(asking, 7)
    ask(asking, ANN, "see my data", None, None, code(asking))
    day(asking, 1)
    bring(asking)
    assert states(asking)[0] is RequestState.PROVED


def test_the_last_wrong_code_an_officer_types_ends_it_on_record_and_tells_nobody(
    asking: Town,
) -> None:
    ask(asking, BEN, "erase my data")
    bring(asking)
    with asking.context() as context:
        for number in range(MOST_TRIES):
            with pytest.raises(Refused, match="not the code") as refused:
                deciding.prove(context, 1, WRONG, OFFICER)
            again = "fill in the form again" in refused.value.next_step
            assert again is (number == MOST_TRIES - 1)
        (line,) = [one for one in context.ledger.votes.lines("") if one.who == OFFICER]
    assert line.event == RequestDecided(number=1, about="erase my data", how="refused")
    bring(asking)
    assert mail(asking) == [(BEN, "request 1 receipt")]


def test_a_kill_counts_no_wrong_code_twice(asking: Town) -> None:
    ask(asking, ANN, "erase my data")
    bring(asking)
    ask(asking, ANN, "erase my data", None, None, WRONG)
    night = asking.night()
    with asking.context() as context, killed(Requests, "add"):
        bring_on(context, night)
    bring(asking)
    assert held(asking).tries == 1
