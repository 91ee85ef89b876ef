"""The forms, answered as a member would; answers land where Google puts them."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from connectors.sandbox.google.form_state import Form
from connectors.sandbox.invented import WORKBOOK
from models.votes.codes import looks_like_one
from tests.conftest import Clock
from tests.elections.polls import Kept, Poll
from tests.flows.rehearsal.pages.questions import EVERY_KIND
from tests.flows.rehearsal.pages.world import Pages, fields_of, opened
from tests.flows.web.ballots import opened_poll
from tests.flows.web.desk import words
from tests.flows.web.walk import Parts


@pytest.fixture
def form(pages: Pages) -> Form:
    """A form with every kind of question."""
    made = pages.world.sandbox.google.add_form("every-kind", "Every kind")
    made.items += EVERY_KIND
    return made


def test_all_forms_are_listed_and_whether_they_are_open(pages: Pages, form: Form) -> None:
    form.accepting = False
    assert "Every kind Closed 0 answers" in pages.text("/forms")
    assert "Climate forum sign-in Takes answers" in pages.text("/forms")


FULL = {
    "entry.1": "Thea", "entry.2": "One line\r\nand another", "entry.3": "Yes",
    "entry.4": ["Red", "Blue"], "entry.5": "North", "entry.6": "4", "entry.7": "2026-03-31",
    "entry.8": "19:30", "entry.9": "1st", "entry.10": "2nd", "entry.11": ["Mon", "Tue"],
    "entry.12": "__other_option__", "entry.12.other_option_response": "By bus",
}  # fmt: skip


def test_an_answer_to_every_kind_of_question_lands_as_google_has_it(
    pages: Pages, form: Form
) -> None:
    answer = pages.press("/forms/every-kind", "/forms/every-kind", FULL)
    assert "Your response has been recorded." in words(answer)
    (response,) = form.responses
    assert response.submitted == pages.world.clock.now()
    assert response.answers == {
        "00000001": ["Thea"], "00000002": ["One line\nand another"], "00000003": ["Yes"],
        "00000004": ["Red", "Blue"], "00000005": ["North"], "00000006": ["4"],
        "00000007": ["2026-03-31"], "00000008": ["19:30"], "00000009": ["1st"],
        "0000000a": ["2nd"], "0000000b": ["Mon", "Tue"], "0000000c": ["By bus"],
    }  # fmt: skip
    assert "saved" in pages.world.done


def test_what_is_not_an_option_is_no_answer(pages: Pages, form: Form) -> None:
    strange = {"entry.1": "Thea", "entry.3": "Perhaps", "entry.9": "9th", "entry.99": "x"}
    pages.press("/forms/every-kind", "/forms/every-kind", strange)
    assert form.responses[0].answers == {"00000001": ["Thea"]}


def test_a_required_question_is_asked_again_and_keeps_what_was_answered(
    pages: Pages, form: Form
) -> None:
    answer = pages.press("/forms/every-kind", "/forms/every-kind", {**FULL, "entry.1": "  "})
    assert answer.status_code == 422
    assert "A question below needs an answer." in words(answer)
    assert words(answer).count("This question needs an answer.") == 1
    assert 'value="By bus"' in answer.text
    checked = [had["value"] for tag, had in Parts(answer.text).tags if "checked" in had]
    assert checked == ["Yes", "Red", "Blue", "4", "1st", "2nd", "Mon", "Tue", "__other_option__"]
    assert form.responses == []


@pytest.mark.parametrize("kind", ["3", "4", "5", "6", "9", "12"])
def test_each_kind_can_be_required(pages: Pages, form: Form, kind: str) -> None:
    wanted = next(q for q in form.questions() if int(q["questionId"], 16) == int(kind))
    wanted["required"] = True
    left = {name: value for name, value in FULL.items() if name.split(".")[1] != kind}
    assert pages.press("/forms/every-kind", "/forms/every-kind", left).status_code == 422
    assert pages.press("/forms/every-kind", "/forms/every-kind", FULL).ok
    assert len(form.responses) == 1


def test_a_prefilled_link_fills_in(pages: Pages, form: Form) -> None:
    link = "/forms/every-kind?usp=pp_url&entry.1=Sam+Lee&entry.3=No&entry.9=2nd&entry.4=Blue"
    tags = Parts(pages.get(link).text).tags
    assert next(had for _, had in tags if had.get("name") == "entry.1")["value"] == "Sam Lee"
    checked = {(had["name"], had["value"]) for _, had in tags if "checked" in had}
    assert checked == {("entry.3", "No"), ("entry.9", "2nd"), ("entry.4", "Blue")}


@pytest.mark.parametrize("shut", ["accepting", "published"])
def test_a_closed_form_says_so_and_takes_nothing(pages: Pages, form: Form, shut: str) -> None:
    before = pages.get("/forms/every-kind")
    setattr(form, shut, False)
    assert "is no longer accepting responses" in pages.text("/forms/every-kind")
    answer = pages.post("/forms/every-kind", FULL | fields_of(before, "/forms/every-kind"))
    assert "is no longer accepting responses" in words(answer)
    assert form.responses == []


def test_a_form_that_collects_addresses_asks_for_one(pages: Pages, form: Form) -> None:
    form.settings["emailCollectionType"] = "RESPONDER_INPUT"
    assert pages.press("/forms/every-kind", "/forms/every-kind", FULL).status_code == 422
    with_address = {**FULL, "emailAddress": "thea@example.org"}
    assert pages.press("/forms/every-kind", "/forms/every-kind", with_address).ok
    assert [one.respondent_email for one in form.responses] == ["thea@example.org"]


def test_the_answer_of_a_linked_form_is_a_row_of_its_tab(pages: Pages, form: Form) -> None:
    form.linked_sheet_id = WORKBOOK
    for _ in range(2):
        pages.press("/forms/every-kind", "/forms/every-kind", FULL)
    heads, first, second = pages.world.town.rows("Form Responses 1")
    assert heads[:3] == ["Timestamp", "Your name", "Anything else"]
    assert heads[9:11] == ["Mayor [Ada Park]", "Mayor [Bea Stone]"]
    local = pages.world.clock.now().astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None)
    assert first == second
    assert first[0] == local
    assert isinstance(first[0], datetime)
    assert first[4] == "Red, Blue"
    assert first[9:11] == ["1st", "2nd"]


def test_a_form_that_is_not_there_says_so(pages: Pages) -> None:
    assert "This form is not there." in words(pages.get("/forms/none"))


def test_a_ballot_form_without_answers_is_emptied_as_in_google_forms(pages: Pages) -> None:
    """Its draft changed, so the form has to be built again, and `--build` fills only empty ones."""
    google = pages.world.sandbox.google
    ballot = google.add_form("rehearsal-ballot-spring", "Spring endorsements")
    ballot.add_choice("Committee slate", ["Yes", "No"])
    version = ballot.version
    answer = pages.press("/forms", "/forms/rehearsal-ballot-spring/empty")
    assert "The questions of “Spring endorsements” were removed." in words(answer)
    assert ballot.items == []
    assert ballot.version > version
    assert "saved" in pages.world.done
    assert "/empty" not in pages.get("/forms").text  # nothing is left to remove


def test_a_form_with_answers_and_one_of_the_chapters_own_keep_their_questions(
    pages: Pages, form: Form
) -> None:
    google, now = pages.world.sandbox.google, pages.world.clock.now()
    ballot = google.add_form("rehearsal-ballot-spring", "Spring endorsements")
    asked = ballot.add_choice("Committee slate", ["Yes", "No"])
    key = "/forms/rehearsal-ballot-spring/empty"
    fields = fields_of(pages.get("/forms"), key)
    assert pages.get("/forms").text.count("/empty") == 1
    ballot.submit({asked: "Yes"}, now)
    answer = pages.post(key, fields)
    assert answer.status_code == 409
    assert "has answers" in words(answer)
    assert ballot.items
    assert "/empty" not in pages.get("/forms").text
    assert form.items


def test_an_empty_form_is_made_for_a_vote_that_begins_here(pages: Pages) -> None:
    pages.press("/forms", "/forms")
    shown = words(pages.press("/forms", "/forms"))
    google = pages.world.sandbox.google
    made = [one for one in google.forms if one.startswith("rehearsal-ballot-")]
    assert made == ["rehearsal-ballot-form-1", "rehearsal-ballot-form-2"]
    assert "https://docs.google.com/forms/d/rehearsal-ballot-form-2/edit" in shown
    assert google.forms["rehearsal-ballot-form-2"].items == []


@pytest.fixture(scope="module")
def kept(services: tuple[object, Clock], tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A vote at the minute of its opening, prepared once."""
    folder = tmp_path_factory.mktemp("rehearsed")
    return opened_poll(services, folder, people=24).keep(folder / "kept")  # type: ignore[arg-type]  # a sandbox


@pytest.fixture
def poll(kept: Kept) -> Poll:
    """The same, as new."""
    return kept.restore()


@pytest.fixture
def ballots(poll: Poll) -> Iterator[Pages]:
    """The pages of a rehearsal with an open vote."""
    with opened(poll.town) as one:
        yield one


def test_a_member_votes_by_the_link_of_their_email(ballots: Pages, poll: Poll) -> None:
    """From the inbox to a counted ballot, by links alone."""
    letter = next(had["href"] for _, had in Parts(ballots.get("/inbox").text).tags
                  if had.get("href", "").startswith("/inbox/members/"))  # fmt: skip
    tags = Parts(ballots.get(f"{letter}/email").text).tags
    link = next(had["href"] for _, had in tags if had.get("href", "").startswith("/forms/"))
    shown = Parts(ballots.get(link).text)
    code = next(had for _, had in shown.tags if looks_like_one(had.get("value", "")))
    fields = dict(shown.forms[-1].hidden) | {code["name"]: code["value"]}
    for tag, had in shown.tags:
        if tag == "input" and had.get("value") in ("1st", "Yes"):
            fields.setdefault(had["name"], had["value"])
    assert "Your response has been recorded." in words(ballots.post(shown.forms[-1].action, fields))
    assert code["value"] in poll.invited().values()
    with poll.context() as context:
        arrived = context.ballot_forms.arrived(poll.election(context).ballots)
    assert [row.code for row in arrived.rows] == [code["value"]]
