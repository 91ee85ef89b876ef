"""The Forms API through google-auth's own session."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.sandbox.google.form_state import Form
from connectors.sandbox.server import Sandbox
from tests.connectors.sandbox.google_clients import FormsClient

NOON = datetime(2024, 10, 2, 12, tzinfo=UTC)
CHOICE = {
    "question": {
        "choiceQuestion": {"type": "RADIO", "options": [{"value": "Yes"}, {"value": "No"}]}
    }
}
GRID: dict[str, Any] = {
    "questions": [{"rowQuestion": {"title": "Ana"}}, {"rowQuestion": {"title": "Ben"}}],
    "grid": {"columns": {"type": "RADIO", "options": [{"value": "1st"}, {"value": "2nd"}]}},
}


@pytest.fixture
def form(sandbox: Sandbox) -> Form:
    return sandbox.google.add_form("f", "Ballot")


def new(item: dict[str, Any], index: int = 0) -> dict[str, Any]:
    return {"createItem": {"item": item, "location": {"index": index}}}


def test_the_form_and_its_questions(form: Form, forms: FormsClient) -> None:
    code = form.add_text("Code")
    vote = form.add_choice("Question 1", ["Yes", "No"])
    rows = form.add_grid("Senate", ["Ana", "Ben"], ["1st", "2nd"])
    seen = forms.get("/f")
    assert (seen["formId"], seen["info"]["title"]) == ("f", "Ballot")
    assert seen["publishSettings"]["publishState"] == {
        "isPublished": True,
        "isAcceptingResponses": True,
    }
    text, choice, grid = seen["items"]
    assert text["questionItem"]["question"] == {"questionId": code, "textQuestion": {}}
    assert choice["questionItem"]["question"]["questionId"] == vote
    assert [
        (question["rowQuestion"]["title"], question["questionId"])
        for question in grid["questionGroupItem"]["questions"]
    ] == list(rows.items())
    ids = [code, vote, *rows.values()]
    assert len({int(question, 16) for question in ids}) == 4, "hexadecimal and distinct"


def test_responses_are_text_by_question(form: Form, forms: FormsClient) -> None:
    code, many = form.add_text("Code"), form.add_choice("Help with", ["a", "b"], "CHECKBOX")
    assert forms.get("/f/responses") == {}
    sent = form.submit({code: "abc", many: ["a", "b"]}, NOON, respondent_email="kim@example.org")
    (seen,) = forms.get("/f/responses")["responses"]
    assert seen == {
        "responseId": sent.id,
        "createTime": "2024-10-02T12:00:00.000Z",
        "lastSubmittedTime": "2024-10-02T12:00:00.000Z",
        "respondentEmail": "kim@example.org",
        "answers": {
            code: {"questionId": code, "textAnswers": {"answers": [{"value": "abc"}]}},
            many: {
                "questionId": many,
                "textAnswers": {"answers": [{"value": "a"}, {"value": "b"}]},
            },
        },
    }
    assert forms.get(f"/f/responses/{sent.id}") == {"formId": "f", **seen}
    assert forms.get("/f/responses/unknown")["error"]["code"] == 404


def test_an_edited_response_keeps_its_id(form: Form, forms: FormsClient) -> None:
    code = form.add_text("Code")
    sent = form.submit({code: "abc"}, NOON)
    form.submit({code: "xyz"}, NOON + timedelta(hours=1), edits=sent.id)
    (seen,) = forms.get("/f/responses")["responses"]
    assert (seen["responseId"], seen["createTime"]) == (sent.id, "2024-10-02T12:00:00.000Z")
    assert seen["lastSubmittedTime"] == "2024-10-02T13:00:00.000Z"
    assert seen["answers"][code]["textAnswers"]["answers"] == [{"value": "xyz"}]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("timestamp > 2024-10-02T12:00:00Z", 2),
        ("timestamp >= 2024-10-02T12:00:00Z", 3),
        ("timestamp >= 2024-10-02T12:00:00.000001Z", 2),
        ("timestamp > 2024-10-02T14:00:00Z", 0),
    ],
)
def test_filters(form: Form, forms: FormsClient, text: str, count: int) -> None:
    for hour in range(3):
        form.submit({}, NOON + timedelta(hours=hour))
    assert len(forms.get("/f/responses", filter=text).get("responses", [])) == count


@pytest.mark.parametrize(
    "text",
    ["timestamp < 2024-10-02T12:00:00Z", "timestamp > 2024-10-02T12:00:00-04:00", "code = 1"],
)
def test_other_filters_are_refused(form: Form, forms: FormsClient, text: str) -> None:
    assert forms.get("/f/responses", filter=text)["error"]["code"] == 400


def test_pages_hold_for_one_filter(form: Form, forms: FormsClient) -> None:
    for second in range(7):
        form.submit({}, NOON + timedelta(seconds=second))
    query, seen = {"pageSize": "3", "filter": "timestamp > 2024-10-02T12:00:00Z"}, []
    page = forms.get("/f/responses", **query)
    token = page["nextPageToken"]
    while True:
        seen += [response["responseId"] for response in page["responses"]]
        if "nextPageToken" not in page:
            break
        page = forms.get("/f/responses", **query, pageToken=page["nextPageToken"])
    assert len(set(seen)) == len(seen) == 6
    assert forms.get("/f/responses", pageSize="3", pageToken=token)["error"]["code"] == 400
    assert forms.get("/f/responses", pageToken="rubbish")["error"]["code"] == 400


def test_at_most_5000_a_page(form: Form, forms: FormsClient) -> None:
    for second in range(5001):
        form.submit({}, NOON + timedelta(seconds=second))
    page = forms.get("/f/responses", pageSize="9999")
    assert len(page["responses"]) == 5000
    rest = forms.get("/f/responses", pageSize="9999", pageToken=page["nextPageToken"])
    assert len(rest["responses"]) == 1


def test_a_ballot_form_is_built(forms: FormsClient) -> None:
    made = forms.post("", {"info": {"title": "Endorsements"}})
    assert "publishState" in made["publishSettings"]
    assert made["publishSettings"]["publishState"] == {}
    place = f"/{made['formId']}"
    text = {"question": {"required": True, "textQuestion": {}}}
    answer = forms.post(
        f"{place}:batchUpdate",
        {
            "includeFormInResponse": True,
            "requests": [
                new({"title": "Code", "questionItem": text}),
                new({"title": "Senate", "questionGroupItem": GRID}, 1),
                new({"title": "Question 1", "questionItem": CHOICE}, 1),
                {"updateFormInfo": {"info": {"description": "Vote!"}, "updateMask": "description"}},
                {"moveItem": {"originalLocation": {"index": 1}, "newLocation": {"index": 2}}},
            ],
        },
    )
    code, senate, question, *rest = answer["replies"]
    assert len(senate["createItem"]["questionId"]) == 2
    assert rest == [{}, {}]
    ids = [*code["createItem"]["questionId"], *senate["createItem"]["questionId"],
           *question["createItem"]["questionId"]]  # fmt: skip
    assert len(set(ids)) == 4
    seen = forms.get(place)
    assert seen == answer["form"]
    assert [item["title"] for item in seen["items"]] == ["Code", "Senate", "Question 1"]
    assert seen["info"]["description"] == "Vote!"
    state = {"isPublished": True, "isAcceptingResponses": True}
    published = forms.post(
        f"{place}:setPublishSettings", {"publishSettings": {"publishState": state}}
    )
    assert published["publishSettings"]["publishState"] == state


def test_items_are_changed_and_removed(form: Form, forms: FormsClient) -> None:
    form.add_text("Code")
    form.add_text("Second")
    change = {"item": {"title": "Your code"}, "location": {"index": 0}, "updateMask": "title"}
    settings = {
        "settings": {"emailCollectionType": "VERIFIED"},
        "updateMask": "emailCollectionType",
    }
    requests = [
        {"updateItem": change},
        {"deleteItem": {"location": {"index": 1}}},
        {"updateSettings": settings},
    ]
    forms.post("/f:batchUpdate", {"requests": requests})
    seen = forms.get("/f")
    assert [item["title"] for item in seen["items"]] == ["Your code"]
    assert seen["settings"] == {"emailCollectionType": "VERIFIED"}


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (new({"title": "Two\nlines", "questionItem": CHOICE}), "cannot contain newlines"),
        (new({"title": "T", "questionItem": CHOICE}, 5), "location.index"),
        ({"createItem": {"item": {"title": "T"}}}, "location.index"),
        ({"deleteItem": {"location": {"index": 0}}}, "location.index"),
        ({"updateFormInfo": {"info": {"title": "T"}}}, "update_mask"),
        (new({"questionGroupItem": {"grid": GRID["grid"]}}), "at least one row"),
        (
            new(
                {
                    "questionGroupItem": GRID
                    | {"grid": {"columns": {"type": "RADIO", "options": []}}}
                }
            ),
            "Options must be given",
        ),
    ],
)
def test_refused_changes_change_nothing(
    form: Form, forms: FormsClient, request_: dict[str, Any], why: str
) -> None:
    good = new({"title": "Good", "questionItem": CHOICE})
    answer = forms.post("/f:batchUpdate", {"requests": [request_, good]})
    assert answer["error"]["code"] == 400
    assert why in answer["error"]["message"]
    assert form.items == []


def test_a_stale_revision_is_refused(form: Form, forms: FormsClient) -> None:
    requests = [new({"title": "Good", "questionItem": CHOICE})]
    control = {"requiredRevisionId": forms.get("/f")["revisionId"]}
    body = {"requests": requests, "writeControl": control}
    assert "replies" in forms.post("/f:batchUpdate", body)
    assert forms.post("/f:batchUpdate", body)["error"]["code"] == 400


def test_only_the_title_at_first(forms: FormsClient) -> None:
    body = {"info": {"title": "T", "description": "D"}}
    assert "Only info.title" in forms.post("", body)["error"]["message"]


def test_an_unknown_form(forms: FormsClient) -> None:
    assert forms.get("/nowhere")["error"]["status"] == "NOT_FOUND"
