"""Privacy on the officers' page: what is held, for how long, who can open what (DP-6, DP-7)."""

from datetime import date
from typing import Any

import pytest
import requests

from connectors.sandbox.invented import WORKBOOK, serial
from models.mail.alerts import AlertKind
from models.unmask import reveal
from tests.flows.web.desk import ACTS, LOOKS, DeskClient, words

LINK = {"type": "anyone", "role": "writer"}


@pytest.fixture
def open_book(desk: DeskClient) -> list[dict[str, Any]]:
    """The workbook's permissions beyond named accounts'."""
    return desk.town.sandbox.google.workbooks[WORKBOOK].grants


def settled(desk: DeskClient, answer: requests.Response) -> requests.Response:
    """The page after a work has ended."""
    while "/progress/" in answer.url:
        answer = desk.get(answer.url.removeprefix(desk.home))
    return answer


def someone(desk: DeskClient) -> tuple[str, str]:
    """A person of the town: name and address."""
    with desk.town.ledger() as ledger:
        found = [(reveal(name), reveal(address)) for address, name in ledger.ids() if name]
    return min(found)


def twins(desk: DeskClient) -> str:
    """What the names of two people of the town begin with, after another night."""
    with desk.town.edit("Sign-ins") as rows:
        for name in ("Quill One", "Quill Two"):
            address = f"{name.replace(' ', '')}@example.org"
            rows.append([serial(date(2026, 2, 26)) + 0.8, "Monthly meeting", address, name])
    desk.town.night()
    return "quill"


def held(desk: DeskClient) -> requests.Response:
    """All that is held on that person, found by address."""
    return desk.press("/privacy", "/privacy/find", {"wanted": someone(desk)[1]})


def test_a_closed_chapter_is_told_so(desk: DeskClient) -> None:
    said = desk.sign_in(LOOKS).text("/privacy")
    assert "Only named people can open the chapter’s files" in said
    assert "The last run was on March 31, 2026" in said


def test_a_look_now_says_of_each_file_who_can_open_it(
    desk: DeskClient, open_book: list[dict[str, Any]]
) -> None:
    open_book.append(LINK)
    answer = settled(desk, desk.sign_in(LOOKS).press("/privacy", "/privacy/sharing"))
    assert "1 file to look at" in words(answer)
    assert "open Workbook 1 of chapter.toml open to everyone who has the link, who can edit it" in (
        words(answer)
    )
    assert "closed Form 1 of chapter.toml only named people" in words(answer)
    assert "1 thing to look at in who can open what" in desk.text("/privacy")


def test_what_was_looked_at_now_is_what_the_officers_are_told(
    desk: DeskClient, open_book: list[dict[str, Any]]
) -> None:
    open_book.append(LINK)
    settled(desk, desk.sign_in().press("/privacy", "/privacy/sharing"))
    with desk.town.ledger() as ledger:
        assert [one.alert.kind for one in ledger.alerts.untold()] == [AlertKind.OPEN_TO_OTHERS]
    open_book.clear()
    settled(desk, desk.press("/privacy", "/privacy/sharing"))
    with desk.town.ledger() as ledger:
        assert ledger.alerts.still_so() == []


def test_what_google_does_not_tell_is_not_taken_for_closed(desk: DeskClient) -> None:
    desk.town.sandbox.google.workbooks[WORKBOOK].editors_share = False
    answer = settled(desk, desk.sign_in().press("/privacy", "/privacy/sharing"))
    assert "cannot be checked Workbook 1 of chapter.toml" in words(answer)


def test_all_that_is_held_is_shown_without_addresses_and_the_look_recorded(
    desk: DeskClient,
) -> None:
    desk.sign_in(LOOKS)
    name, address = someone(desk)
    answer = held(desk)
    assert "items are stored" in words(answer)
    assert name.title() in words(answer)
    assert address not in answer.text
    assert "the chapter's sheet, and the program's copy" in words(answer)
    with desk.town.ledger() as ledger:
        whats = [(one.officer, one.what) for one in ledger.officers.looks()]
    assert whats == [(LOOKS, "all that is held"), (LOOKS, "searched for what is held")]
    assert f"{LOOKS} looked on March 31, 2026: searched for what is held" in words(answer)


def test_several_of_a_name_are_listed_and_each_look_recorded(desk: DeskClient) -> None:
    answer = desk.sign_in().press("/privacy", "/privacy/find", {"wanted": twins(desk)})
    many = answer.text.count('href="/privacy/person/')
    assert many == 2
    with desk.town.ledger() as ledger:
        assert len(ledger.officers.looks()) == many


def test_nobody_is_found_by_what_nobody_is_called(desk: DeskClient) -> None:
    for wanted in ("", "Zzyzx", "<script>alert(1)</script>"):
        answer = desk.sign_in().press("/privacy", "/privacy/find", {"wanted": wanted})
        assert "No one found" in words(answer)
        assert "<script>alert" not in answer.text


def test_a_person_is_erased_after_being_asked_twice(desk: DeskClient) -> None:
    answer = held(desk.sign_in())
    (path,) = _links(answer, "/privacy/erase/")
    assert "Erasing cannot be undone" in words(desk.get(path))
    refused = desk.press(path, path)
    assert (refused.status_code, "the box was not ticked" in words(refused)) == (409, True)
    done = settled(desk, desk.press(path, path, {"sure": "yes"}))
    assert "The person is erased 1 contact on the mailing list was deleted." in words(done)
    assert "Delete these rows yourself" in words(done)
    with desk.town.context() as context:
        line = context.ledger.votes.lines("")[-1]
    assert (line.who, line.event.kind) == (ACTS, "person-erased")


def test_who_asked_to_stay_on_the_mailing_list_stays(desk: DeskClient) -> None:
    _, address = someone(desk)
    (path,) = _links(held(desk.sign_in()), "/privacy/erase/")
    settled(desk, desk.press(path, path, {"sure": "yes", "keep_contact": "yes"}))
    assert desk.town.member(address)


def test_who_was_erased_is_let_back_in(desk: DeskClient) -> None:
    _, address = someone(desk)
    (path,) = _links(held(desk.sign_in()), "/privacy/erase/")
    settled(desk, desk.press(path, path, {"sure": "yes"}))
    assert "Readmitted." in words(desk.press("/privacy", "/privacy/readmit", {"address": address}))
    again = desk.press("/privacy", "/privacy/readmit", {"address": address})
    assert "No one with that address was erased" in words(again)
    wrong = desk.press("/privacy", "/privacy/readmit", {"address": "nobody"})
    assert wrong.status_code == 409


def test_old_data_goes_when_it_is_due_and_somebody_is_sure(desk: DeskClient) -> None:
    assert "Nothing is due" in desk.sign_in().text("/privacy/retention")
    desk.town.clock.go(days=500)  # type: ignore[attr-defined]  # the tests' clock
    desk.sign_in()
    assert "rows from before" in desk.text("/privacy/retention")
    refused = desk.press("/privacy/retention", "/privacy/retention")
    assert "the box was not ticked" in words(refused)
    done = desk.press("/privacy/retention", "/privacy/retention", {"sure": "yes"})
    assert "Deleted: " in words(settled(desk, done))
    assert "Nothing is due" in desk.text("/privacy/retention")
    with desk.town.ledger() as ledger:
        newest = ledger.votes.lines("")[-1]
    assert (newest.who, newest.event.kind) == (ACTS, "rows-destroyed")


def test_who_may_only_look_is_shown_no_act(desk: DeskClient) -> None:
    desk.sign_in(LOOKS)
    said = "".join(desk.get(path).text for path in ("/privacy", "/privacy/retention"))
    said += held(desk).text + desk.get("/privacy/access").text
    for act in ("/privacy/erase/", "/privacy/readmit", "/privacy/access/", "grave"):
        assert f'="{act}' not in said


@pytest.mark.parametrize("path", ["/privacy", "/privacy/retention", "/privacy/access"])
def test_it_is_in_spanish_too(desk: DeskClient, path: str) -> None:
    answer = desk.sign_in().press("/", "/language", {"language": "es", "back": path})
    assert answer.status_code == 200
    assert '<html lang="es">' in answer.text
    assert "Volver" in words(answer) or "Buscar" in words(answer)


def test_a_person_in_spanish(desk: DeskClient) -> None:
    desk.sign_in().press("/", "/language", {"language": "es"})
    answer = held(desk)
    assert "Se guardan" in words(answer)
    (path,) = _links(answer, "/privacy/erase/")
    assert "¿Borrar a" in words(desk.get(path))
    done = settled(desk, desk.press(path, path, {"sure": "yes"}))
    assert "La persona está borrada" in words(done)


def _links(answer: requests.Response, to: str) -> set[str]:
    return {one.split('"')[0] for one in answer.text.split('href="') if one.startswith(to)}
