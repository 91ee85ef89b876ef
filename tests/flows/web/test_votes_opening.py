"""Check a draft, see what members will see, try it, and approve it, by clicking."""

import re
from html import unescape
from time import monotonic

import pytest
from requests import Response

from connectors import elections
from flows.votes.history import sentence
from flows.votes.schedule import tick
from models.votes.election import ElectionState
from tests.elections.polls import BALLOT, CLOSES, NAME, OPENS, RACES
from tests.flows.web.desk import ACTS, LOOKS, DeskClient, Fields, hidden, words

SPRING = f"/votes/{NAME}"


def worked(desk: DeskClient, page: str, action: str, fields: Fields | None = None) -> Response:
    """Press a button whose work takes time, and look again until it is done."""
    answer = desk.press(page, action, fields)
    end = monotonic() + 60
    while "/progress/" in answer.url and answer.ok and monotonic() < end:
        answer = desk.get(answer.url.removeprefix(desk.home))
    return answer


@pytest.fixture
def spring(desk: DeskClient) -> DeskClient:
    """A draft that lacks nothing, its form still empty."""
    desk.town.sandbox.google.add_form(BALLOT, "Untitled form")
    said = {
        "title": "Spring endorsements",
        "title_es": "Respaldos de primavera",
        "opens": OPENS.replace(tzinfo=None),
        "closes": CLOSES.replace(tzinfo=None),
        "ballots": {"form": BALLOT},
    }
    elections.write_new(desk.town.folder, NAME, said, RACES)
    return desk.sign_in()


@pytest.fixture
def built(spring: DeskClient) -> DeskClient:
    """The same with its form's questions."""
    checked = worked(spring, SPRING, f"{SPRING}/check").url.removeprefix(spring.home)
    assert worked(spring, checked, f"{SPRING}/form").ok
    return spring


def approved(desk: DeskClient) -> str:
    return words(worked(desk, f"{SPRING}/approve", f"{SPRING}/approve", {"sure": "yes"}))


def record(desk: DeskClient) -> list[tuple[str, str]]:
    with desk.town.ledger() as ledger:
        return [(line.who, sentence(line.event)) for line in ledger.votes.lines(NAME)]


def test_a_check_says_first_what_is_missing_and_builds_the_form(spring: DeskClient) -> None:
    """EN-5"""
    checked = worked(spring, SPRING, f"{SPRING}/check")
    said = words(checked)
    assert "1 thing is missing" in said
    assert "The form “Untitled form” is empty. EN-5" in said
    assert said.index("is empty") < said.index("Please look at this") < said.index("are fine")
    assert "April 7, 2026, 9:00 AM Reminder 1, to those who have not voted" in said
    assert "Go to the approval" not in said
    again = worked(spring, checked.url.removeprefix(spring.home), f"{SPRING}/form")
    said = words(again)
    assert "Ready to be approved" in said
    assert "Go to the approval" in said
    assert "matches the contests" in said.partition("are fine")[2]
    assert spring.town.sandbox.google.forms[BALLOT].title == (
        "Spring endorsements / Respaldos de primavera"
    )


def test_a_check_says_that_the_draft_changed_since(built: DeskClient) -> None:
    page = worked(built, SPRING, f"{SPRING}/check").url.removeprefix(built.home)
    assert "changed after this check" not in built.text(page)
    file = built.town.folder / "elections" / NAME / "contests" / "01-mayor.toml"
    file.write_text(file.read_text().replace("Cy Rivers", "Cy Rios"))
    said = built.text(page)
    assert "The draft was changed after this check. Check it again." in said
    assert "Go to the approval" not in said


def test_what_is_saved_while_an_approval_is_checked_is_not_approved_unseen(
    built: DeskClient,
) -> None:
    """EN-R6: another officer is told "Saved." before the approval has the ledger to itself."""
    file = built.town.folder / "elections" / NAME / "contests" / "01-mayor.toml"

    def save(*_: object) -> None:
        file.write_text(file.read_text().replace("Cy Rivers", "Cy Rios"))

    built.town.sandbox.faults.on_request = save
    assert "changed after you opened this page, so it was not approved" in approved(built)
    with built.town.ledger() as ledger:
        assert ledger.votes.get(NAME) is None


def test_a_form_that_cannot_be_reached_hides_nothing_that_is_known(spring: DeskClient) -> None:
    del spring.town.sandbox.google.forms[BALLOT]
    said = words(worked(spring, SPRING, f"{SPRING}/check"))
    assert "Not everything could be checked" in said
    assert "Open for 10 days and 12 hours" in said
    assert "Go to the approval" not in said


def test_the_ballot_is_shown_as_its_form_will_be(built: DeskClient) -> None:
    """EN-5, EN-R14: titles, help in both languages, questions, choices, and ranks."""
    page = unescape(built.get(f"{SPRING}/ballot").text)
    for item in built.town.sandbox.google.forms[BALLOT].items:
        assert item["title"] in page
        for part in item.get("description", "").split(" / "):
            assert part in page
    said = built.text(f"{SPRING}/ballot")
    assert "Choice 1st 2nd 3rd 4th Ada Park Bea Stone Cy Rivers No endorsement" in said
    assert "Yes No No position" in said
    assert '<input type="radio"' not in page


def test_every_email_is_shown_as_it_will_look(built: DeskClient) -> None:
    answer = worked(built, SPRING, f"{SPRING}/emails")
    page, said = answer.text, words(answer)
    assert "Your ballot / Su papeleta: Spring endorsements / Respaldos de primavera" in said
    assert said.count("Can be shown once there is something to tell.") == 2
    frames = re.findall(r'<iframe class="frame" sandbox src="([^"]+)"', page)
    assert len(frames) == page.count("<iframe") == 12
    html = built.get(frames[0])
    assert "sandbox" in html.headers["content-security-policy"]
    assert html.headers["x-frame-options"] == "SAMEORIGIN"
    assert "2345-6789-CDFH" in words(html)
    assert "This is reminder 1 of 3" in words(built.get(frames[2]))
    assert "<pre>Hello Robin" in built.get(frames[1]).text
    assert built.get(frames[0].replace("/1/html", "/9/html")).status_code == 409
    built.sign_in()  # what a session was shown is no other session's
    assert built.get(frames[0]).status_code == 409


def test_a_test_ballot_goes_to_the_address_that_is_typed_and_shown_nowhere(
    built: DeskClient,
) -> None:
    wrong = worked(built, f"{SPRING}/test", f"{SPRING}/test", {"to": "ann at example.org"})
    assert wrong.status_code == 422
    assert "This is not an email address." in words(wrong)
    sent = worked(built, f"{SPRING}/test", f"{SPRING}/test", {"to": "ann@example.org"})
    assert "The test email was sent." in words(sent)
    assert "ann@" not in wrong.text + sent.text + built.get(f"{SPRING}/test").text
    letter = built.town.sandbox.mailchimp.test_outbox[-1]
    assert (letter.to, letter.subject[:6]) == ("ann@example.org", "[Test]")


def test_an_approval_is_asked_for_once_more_and_recorded(built: DeskClient) -> None:
    """EN-R6, DP-3"""
    asked = built.text(f"{SPRING}/approve")
    assert "April 2, 2026, 9:00 AM Voting opens, and the invitation goes out" in asked
    assert "It is recorded that Ana Reyes approved it." in asked
    refused = worked(built, f"{SPRING}/approve", f"{SPRING}/approve")
    assert "Nothing was done, because the box was not ticked" in words(refused)
    assert record(built) == []
    said = approved(built)
    assert "you can change only the closing time of “Spring endorsements.”" in said
    assert record(built) == [(ACTS, "approved the election")]
    assert "Spring endorsements Approved Opens by itself on April 2, 2026" in built.text("/votes")
    assert built.get(f"{SPRING}/settings").status_code == 409
    assert "Ada Park" in built.text(f"{SPRING}/ballot")
    assert "Your ballot" in words(worked(built, SPRING, f"{SPRING}/emails"))
    built.town.clock.at = OPENS  # type: ignore[attr-defined]  # the tests' clock
    with built.town.context() as context:
        tick(context)
    built.sign_in()
    assert "Voting is open Open until April 12, 2026" in built.text("/votes")
    assert "Only a vote that has not opened" in words(built.get(f"{SPRING}/withdraw-approval"))


def test_what_is_missing_stands_in_the_way_of_an_approval(spring: DeskClient) -> None:
    said = approved(spring)
    assert "The form “Untitled form” is empty" in said
    assert record(spring) == []


def test_what_changed_after_it_was_seen_is_not_approved(built: DeskClient) -> None:
    """EN-R6"""
    fields = hidden(built.get(f"{SPRING}/approve"), f"{SPRING}/approve")
    file = built.town.folder / "elections" / NAME / "election.toml"
    file.write_text(file.read_text() + "\ngrace_minutes = 30\n")
    answer = built.post(f"{SPRING}/approve", fields | {"sure": "yes"})
    assert "The draft was changed after you opened this page" in words(answer)
    assert record(built) == []


def test_an_approval_after_the_opening_time_opens_at_once(built: DeskClient) -> None:
    """EN-9: as the command does."""
    built.town.clock.at = OPENS  # type: ignore[attr-defined]  # the tests' clock
    built.sign_in()
    assert "Voting opens right away" in built.text(f"{SPRING}/approve")
    approved(built)
    with built.town.ledger() as ledger:
        vote = ledger.votes.get(NAME)
    assert vote
    assert vote.state is ElectionState.OPEN


def test_an_approval_is_taken_back_before_the_opening(built: DeskClient) -> None:
    """EN-R6"""
    approved(built)
    path = f"{SPRING}/withdraw-approval"
    assert f'href="{path}"' in built.get(SPRING).text
    assert "Nothing was done" in words(built.press(path, path))
    said = words(built.press(path, path, {"sure": "yes"}))
    assert "The approval is withdrawn. The vote is a draft again." in said
    assert record(built)[-1][0] == ACTS
    assert "Change title, dates, or form" in said


def test_who_may_only_look_sees_ballot_and_emails(built: DeskClient) -> None:
    built.sign_in(LOOKS)
    assert "Mayor" in built.text(f"{SPRING}/ballot")
    assert "Your ballot" in words(worked(built, SPRING, f"{SPRING}/emails"))


def test_the_pages_speak_spanish(built: DeskClient) -> None:
    built.press(SPRING, "/language", {"language": "es", "back": SPRING})
    checked = worked(built, SPRING, f"{SPRING}/check")
    emails = worked(built, SPRING, f"{SPRING}/emails")
    said = {
        "/votes": "Todavía sin aprobar. Debe abrirse el 2 de abril de 2026",
        SPRING: "No se envía nada hasta que alguien del comité la apruebe.",
        checked.url.removeprefix(built.home): "Lista para aprobarse",
        emails.url.removeprefix(built.home): "Como los recibirán los miembros",
        f"{SPRING}/ballot": "Como la verán quienes voten",
        f"{SPRING}/approve": "¿Aprobar esta votación?",
        f"{SPRING}/test": "La dirección no se guarda.",
        f"{SPRING}/settings": "Título en español",
        f"{SPRING}/add": "¿Qué se vota?",
        f"{SPRING}/contests/1": "Una de las candidaturas, escrita igual.",
        "/votes/new": "Esto hace un borrador.",
    }
    for path, words_of_it in said.items():
        assert words_of_it in built.text(path)


def test_what_is_missing_leads_to_where_it_is_written(built: DeskClient) -> None:
    file = built.town.folder / "elections" / NAME / "contests" / "01-mayor.toml"
    file.write_text(file.read_text().replace('recommendation = "Ada Park"\n', ""))
    answer = worked(built, SPRING, f"{SPRING}/check")
    assert "the committee has not recommended. EN-1 Change “Mayor”" in words(answer)
    assert f'<a href="{SPRING}/contests/1#f-recommendation">' in answer.text


def test_a_draft_that_was_approved_before_is_not_deleted(built: DeskClient) -> None:
    """EN-R6: its lines of the audit log tell of files that must be there."""
    stale = hidden(built.get(SPRING), f"{SPRING}/delete")
    approved(built)
    page = f"{SPRING}/withdraw-approval"
    assert worked(built, page, page, {"sure": "yes"}).ok
    assert "Delete this draft" not in built.text(SPRING)
    refused = built.post(f"{SPRING}/delete", {**stale, "sure": "yes"})
    assert "This election was approved before" in words(refused)
    assert (built.town.folder / "elections" / NAME).is_dir()
