"""Who can open what is looked at each night, told once, and once that it is over (DP-7)."""

from typing import Any

import pytest

from connectors.google import NotLetIn
from connectors.google.client import GoogleClient
from connectors.mailchimp import Onlookers
from connectors.sandbox.invented import FORM, WORKBOOK
from connectors.sandbox.mailchimp.letters import Letter
from flows.doctor import Check, examine
from flows.service.due_steps import run_night
from flows.sharing import alerts as sharing_alerts
from flows.sharing.look import File, Sharing, look, look_at
from models.errors import FixTheSettings, Refused
from tests.conftest import Clock
from tests.flows.town import Town

LINK = {"type": "anyone", "role": "reader"}


@pytest.fixture
def open_book(town: Town) -> list[dict[str, Any]]:
    """The workbook's permissions beyond named accounts'."""
    return town.sandbox.google.workbooks[WORKBOOK].grants


def night(town: Town) -> list[str]:
    """What the log says of a night."""
    said: list[str] = []
    with town.context() as context:
        run_night(context, said.append)
    return said


def news(town: Town) -> list[Letter]:
    """The officers' letters since the last look."""
    box = town.sandbox.mailchimp.test_outbox
    found = list(box)
    box.clear()
    return found


def doctor(town: Town, what: str) -> Check:
    (check,) = [one for one in examine(town.folder) if one.what == what]
    return check


def test_a_closed_chapter_hears_nothing(town: Town) -> None:
    assert not any("emailed the officers" in line for line in night(town))
    assert news(town) == []
    with town.context() as context:
        assert [one.is_closed for one in look(context)] == [True, True]


def test_a_workbook_open_to_whoever_has_the_link_is_told_once_and_once_that_it_is_over(
    town: Town, clock: Clock, open_book: list[dict[str, Any]]
) -> None:
    open_book.append(LINK)
    assert "emailed the officers: 1 thing to check" in night(town)
    (letter,) = news(town)
    said = "Workbook 1 of chapter.toml can be opened by everyone who has the link (DP-7)."
    assert said in letter.text
    assert "Share → General access → Restricted" in letter.text
    assert town.letters() or town.writes()  # the night itself ran
    clock.go(days=1)
    night(town)
    assert news(town) == []
    open_book.clear()
    clock.go(days=1)
    night(town)
    (letter,) = news(town)
    assert "OVER" in letter.text
    with town.context() as context:
        assert all(one.is_closed for one in look(context))


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        ({"type": "domain", "role": "reader"}, "everyone in an organization (DP-7)"),
        (LINK | {"role": "writer"}, "everyone who has the link, who can edit it"),
        (LINK | {"allowFileDiscovery": True}, "everyone: it can be found by searching"),
    ],
    ids=["a whole domain", "to change", "by a search"],
)
def test_each_way_in_that_names_nobody_is_told_with_its_words(
    town: Town, open_book: list[dict[str, Any]], grant: dict[str, Any], said: str
) -> None:
    open_book.append(grant)
    night(town)
    (letter,) = news(town)
    assert said in letter.text


def test_what_becomes_open_to_more_is_told_again(
    town: Town, clock: Clock, open_book: list[dict[str, Any]]
) -> None:
    open_book.append({"type": "domain", "role": "reader"})
    night(town)
    news(town)
    open_book.append(LINK)
    clock.go(days=1)
    night(town)
    (letter,) = news(town)
    assert "WORSE" in letter.text
    assert "everyone who has the link" in letter.text
    clock.go(days=1)
    night(town)
    assert news(town) == []


def test_doctor_names_the_file_and_the_way_to_close_it(
    town: Town, open_book: list[dict[str, Any]]
) -> None:
    what = f"spreadsheet {WORKBOOK}: who can open it"
    assert doctor(town, what).found.startswith("only named people: 1 editor, 0 viewers; to alert")
    open_book.append(LINK)
    wrong = doctor(town, what)
    assert not wrong.fine
    assert wrong.found == "open to everyone who has the link (DP-7)"
    assert "Share → General access → Restricted" in wrong.next_step


def test_a_workbook_published_to_the_web_is_open_whatever_its_permissions(
    town: Town, clock: Clock
) -> None:
    book = town.sandbox.google.workbooks[WORKBOOK]
    book.published = True
    with town.context() as context:
        assert [one.is_closed for one in look(context)] == [False, True]
    wrong = doctor(town, f"spreadsheet {WORKBOOK}: who can open it")
    assert "where it is published" in wrong.found
    assert wrong.next_step == "in Google Sheets, File → Share → Publish to web → Stop publishing"
    night(town)
    (letter,) = news(town)
    assert "where it is published (DP-7)" in " ".join(letter.text.split())
    book.grants.append(LINK)  # another way in is told too, and one that is closed does not hide it
    both = doctor(town, f"spreadsheet {WORKBOOK}: who can open it")
    assert both.found.startswith("open to everyone who has the link; everyone who has the web addr")
    assert "Restricted" in both.next_step
    assert "Stop publishing" in both.next_step
    clock.go(days=1)
    night(town)
    assert "WORSE" in news(town)[0].text


def test_a_form_whose_answers_lie_open_is_told_and_one_that_all_may_answer_is_not(
    town: Town,
) -> None:
    form = town.sandbox.google.forms[FORM]
    assert form.responders == ["anyone"]
    assert doctor(town, f"form {FORM}: who can open it").fine
    form.grants.append(LINK | {"role": "writer"})
    night(town)
    (letter,) = news(town)
    assert "Form 1 of chapter.toml can be opened by everyone who has the link" in letter.text


def test_a_sign_in_form_of_one_organisation_is_told_by_doctor(town: Town) -> None:
    """Members have accounts of their own, or none."""
    what, form = f"form {FORM}: who can open it", town.sandbox.google.forms[FORM]
    form.responders = ["domain"]
    wrong = doctor(town, what)
    assert wrong.found == "only accounts of one organization can respond"
    assert "Publish → Responders → “Anyone with the link”" in wrong.next_step
    form.responders = ["domain", "anyone"]
    assert doctor(town, what).fine


def test_the_workbook_into_which_a_forms_answers_go_too_is_one_of_the_chapters(
    town: Town, clock: Clock
) -> None:
    """The settings need not name it, and it holds the same names."""
    google = town.sandbox.google
    google.forms[FORM].linked_sheet_id = "linked"
    linked = google.add_workbook("linked", "Answers", {"Form Responses 1": []})
    what = f"form {FORM}: who can open it"
    assert (
        "spreadsheet linked, into which its responses also go: only named people"
        in doctor(town, what).found
    )
    linked.grants.append(LINK)
    wrong = doctor(town, what)
    assert wrong.found.startswith(
        "spreadsheet linked, into which its responses also go: open to everyone"
    )
    night(town)
    (letter,) = news(town)
    said = "The spreadsheet that also gets the responses of form 1 of chapter.toml can be opened by"
    assert said in " ".join(letter.text.split())
    linked.shared_with.clear()  # the program's account is no more let in: unknown is not closed
    clock.go(days=1)
    night(town)
    said = " ".join(news(town)[0].text.split())
    assert (
        "cannot check who can open the spreadsheet that also gets the responses of form 1" in said
    )
    with town.context() as context:
        assert [one.is_closed for one in look(context)] == [True, True, False]
    google.forms[FORM].linked_sheet_id = WORKBOOK  # one that the settings name is looked at once
    with town.context() as context:
        assert len(look(context)) == 2


def test_more_people_than_the_chapter_accepted_are_told(town: Town, clock: Clock) -> None:
    book = town.sandbox.google.workbooks[WORKBOOK]
    more = town.folder / "chapter.toml"
    more.write_text(f"{more.read_text()}\n[sharing]\neditors = 2\nviewers = 1\n")
    book.shared_with.add("ann@example.org")
    book.viewers.add("ben@example.org")
    night(town)
    assert news(town) == []
    book.viewers.add("eve@example.org")
    book.grants.append({"type": "group", "role": "writer"})
    clock.go(days=1)
    night(town)
    (letter,) = news(town)
    said = "Workbook 1 of chapter.toml can be opened by 3 editors and 2 viewers: 2 more than"
    assert said in " ".join(letter.text.split())
    assert "example.org" not in letter.text.replace("rivertown.example.org", "")
    wrong = doctor(town, f"spreadsheet {WORKBOOK}: who can open it")
    assert wrong.found.startswith("3 editors, 2 viewers, 1 group included: 2 more than")


def test_a_list_of_many_is_read_to_its_end(town: Town, open_book: list[dict[str, Any]]) -> None:
    """Drive tells a hundred at once of a file in a shared drive; the open one may come last."""
    town.sandbox.google.permissions_a_page = 1
    town.sandbox.google.workbooks[WORKBOOK].viewers |= {"ann@example.org", "ben@example.org"}
    open_book.append(LINK)
    with town.context() as context:
        seen = look(context)[0]
    assert seen.access
    assert (seen.access.editors, seen.access.viewers, seen.is_closed) == (1, 2, False)


def test_what_google_does_not_tell_is_unknown_and_unknown_is_not_closed(
    town: Town, clock: Clock
) -> None:
    town.sandbox.google.workbooks[WORKBOOK].editors_share = False
    town.rewrite('review = "Clerk – needs review"\n', "")
    with town.context() as context:
        assert [one.is_closed for one in look(context)] == [False, True]
    untold = doctor(town, f"spreadsheet {WORKBOOK}: who can open it")
    assert untold.fine
    assert untold.found.startswith("cannot be checked")
    line = "the program cannot check who can open 1 of the spreadsheets and forms"
    assert line in night(town)
    (letter,) = news(town)
    assert "The program cannot check who can open workbook 1 of chapter.toml" in letter.text
    clock.go(days=1)
    assert line in night(town)  # each night in the log, once to the officers
    assert news(town) == []


def test_nobody_is_named_by_what_is_asked(town: Town) -> None:
    town.sandbox.reset()
    night(town)
    asked = [e for e in town.sandbox.journal if e.path.endswith(("/permissions", "/revisions"))]
    assert len(asked) == 3  # of permissions one request a form, two a workbook
    for exchange in asked:
        assert b"emailAddress" not in exchange.response
        assert b'"id"' not in exchange.response


@pytest.mark.parametrize("status", ["500", "html-200"])
def test_a_service_that_does_not_answer_ends_nothing_and_stops_no_night(
    town: Town, clock: Clock, open_book: list[dict[str, Any]], status: Any
) -> None:
    open_book.append(LINK)
    town.sandbox.mailchimp.apps.append("An importer")
    night(town)
    news(town)
    clock.go(days=1)
    town.sandbox.faults.matching("GET", "/permissions|/authorized-apps", status, times=9)
    said = night(town)
    assert news(town) == []
    assert sum("the program could not check" in line for line in said) == 2
    town.sandbox.faults.clear()
    open_book.clear()
    town.sandbox.mailchimp.apps.clear()
    clock.go(days=1)
    night(town)
    assert "2 over" in news(town)[0].subject


def test_webhooks_and_applications_that_nobody_listed_are_told_each_once(
    town: Town, clock: Clock
) -> None:
    mailchimp = town.sandbox.mailchimp
    town.audience.webhooks += ["https://hooks.example.org/catch/s3cret", "https://own.example.org"]
    mailchimp.apps += ["An importer", "Our website"]
    more = town.folder / "chapter.toml"
    accepted = 'webhooks = ["OWN.example.org"]\napplications = ["our website"]'
    more.write_text(f"{more.read_text()}\n[sharing]\n{accepted}\n")
    night(town)
    (letter,) = news(town)
    assert (
        letter.text.count("A webhook sends every change of the mailing list, with addresses and")
        == 1
    )
    assert letter.text.count("An application that chapter.toml does not list") == 1
    wrong = doctor(town, "webhooks and applications")
    assert wrong.found == (
        "can see the mailing list but not listed in chapter.toml: a webhook to hooks.example.org, "
        "the application “An importer” (DP-7)"
    )
    assert "s3cret" not in f"{wrong}{letter}"
    assert "Audience → Settings → Webhooks" in wrong.next_step
    mailchimp.apps.append("A raffle")  # another one is told by itself
    clock.go(days=1)
    night(town)
    (letter,) = news(town)
    assert letter.text.count("An application that") == 1
    del town.audience.webhooks[0]
    del mailchimp.apps[0], mailchimp.apps[-1]
    clock.go(days=1)
    night(town)
    assert "3 over" in news(town)[0].subject
    assert doctor(town, "webhooks and applications").fine


def test_a_key_that_may_not_look_is_told_once(
    town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def may_not(_: Any) -> Any:
        raise FixTheSettings("the API key is not allowed to do this")

    with monkeypatch.context() as patch:
        patch.setattr(Onlookers, "told", may_not)
        for letters in (1, 0):
            assert any("the API key is not allowed to do this" in line for line in night(town))
            said = [" ".join(letter.text.split()) for letter in news(town)]
            told = "The program cannot check who else receives changes of the mailing"
            assert sum(told in one for one in said) == letters
            clock.go(days=1)
    night(town)
    assert "1 over" in news(town)[0].subject


def test_one_file_that_cannot_be_looked_at_hides_none_of_the_others(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(context: Any, file: File) -> list[Sharing]:
        if file.id == WORKBOOK:
            raise Refused("refused with status 400")
        return look_at(context, file)

    monkeypatch.setattr(sharing_alerts, "look_at", odd)
    town.sandbox.google.forms[FORM].grants.append(LINK)
    assert any("refused with status 400" in line for line in night(town))
    assert "Form 1 of chapter.toml can be opened by" in news(town)[0].text


def test_a_failed_night_looks_all_the_same(
    town: Town, clock: Clock, open_book: list[dict[str, Any]]
) -> None:
    night(town)
    open_book.append(LINK)
    clock.go(days=1)
    town.rewrite('events = "Events"', 'events = "Evnts"')
    with pytest.raises(Exception, match="no tab"):
        night(town)
    (letter,) = news(town)
    assert "The nightly run failed" in letter.text
    assert "can be opened by everyone" in letter.text


def test_an_account_that_may_do_nothing_tells_nothing_of_a_file(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_let_in(*_: Any, **__: Any) -> Any:
        raise NotLetIn("an API is not switched on")

    monkeypatch.setattr(GoogleClient, "get", not_let_in)
    with town.context() as context, pytest.raises(NotLetIn):
        look(context)
