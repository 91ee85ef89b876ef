"""Google's half of the sandbox against Google's own discovery documents."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import gspread
import pytest
from gspread.utils import ValueInputOption, ValueRenderOption

from connectors.sandbox.exchange import Exchange, named
from connectors.sandbox.google.auth import SCOPES
from connectors.sandbox.google.routes import DRIVE, FORMS, SHEETS
from connectors.sandbox.server import Sandbox
from tests.connectors.sandbox.google_clients import FormsClient, gspread_client
from tests.contract.discovery import method_of, methods
from tests.contract.referee import check_google

HOSTS = {"sheets.v4": "sheets.googleapis.com", "forms.v1": "forms.googleapis.com"}
TABLES = [("sheets.v4", SHEETS), ("forms.v1", FORMS), ("drive.v3", DRIVE)]
ROUTES = [
    (http, HOSTS.get(api, "www.googleapis.com"), path.replace(":path}", "}"), scopes)
    for api, table in TABLES
    for http, path, scopes, _ in table
]
# some dates with milliseconds, some without
NOON = datetime(2024, 10, 2, 12, 0, 0, 45000, UTC)


@pytest.fixture(scope="module")
def journal() -> list[Exchange]:
    """Every route called at least once, by the true clients."""
    with Sandbox() as sandbox:
        gc, forms = gspread_client(sandbox), FormsClient(sandbox)
        tour_of_sheets(sandbox, gc)
        tour_of_forms(sandbox, forms)
        gc.http_client.session.close()
        forms.session.close()  # type: ignore[no-untyped-call]  # google-auth has no types here
    return sandbox.requests("google")


def tour_of_sheets(sandbox: Sandbox, gc: gspread.Client) -> None:
    when = NOON.replace(tzinfo=None)
    sandbox.google.add_workbook("book", "Book", {"Sign-ins": [["When", "n"], [when, 1.5]]})
    sandbox.google.add_workbook("hidden", "Hidden", {"T": []}, shared_with=set())
    book = gc.open("Book")
    gc.openall()
    tab = book.worksheet("Sign-ins")
    for option in ValueRenderOption:
        tab.get_all_values(value_render_option=option)
        book.values_batch_get(["'Sign-ins'", "A:A"], {"valueRenderOption": option})
    tab.update([["=1+1", None, True]], "A3", value_input_option=ValueInputOption.user_entered)
    tab.append_rows([["x"], ["y"]], include_values_in_response=True)
    tab.batch_update([{"range": "A1", "values": [["x"]]}])
    added = book.add_worksheet("Review", 10, 5)
    added.duplicate()
    added.update_title("Reviewed")
    added.freeze(1)
    added.resize(20, 6)
    added.insert_row(["x"], 1)
    added.sort((1, "asc"))
    added.format("A1", {"textFormat": {"bold": True}})
    added.delete_rows(2)
    added.batch_clear(["A1:B2"])
    added.clear()
    book.del_worksheet(added)
    book.update_timezone("Europe/Paris")
    made = gc.create("Made")
    gc.copy(made.id, "Copied")
    gc.del_spreadsheet(made.id)
    url = "https://sheets.googleapis.com/v4/spreadsheets"
    gc.http_client.request("post", url, json={"properties": {"title": "Also made"}})
    formulas = "sheets(properties.title,data.rowData.values.userEnteredValue.formulaValue)"
    told = book.fetch_sheet_metadata({"fields": formulas})["sheets"]
    (rows,) = (s["data"][0]["rowData"] for s in told if s["properties"]["title"] == "Sign-ins")
    assert rows[2]["values"][0] == {"userEnteredValue": {"formulaValue": "=1+1"}}
    drive = "https://www.googleapis.com/drive/v3/files/book"
    gc.http_client.request("get", drive, params={"fields": "id,name,version,modifiedTime"})
    sandbox.google.add_form("ballot", "Ballot")
    who = "https://www.googleapis.com/drive/v3/files/ballot/permissions"
    gc.http_client.request("get", who)
    kept = gc.http_client.request("get", f"{drive}/revisions", params={"fields": "*"}).json()
    assert kept["revisions"][-1]["published"] is False
    view = {"includePermissionsForView": "published", "fields": "kind,permissions(type,view)"}
    told = gc.http_client.request("get", who, params=view).json()["permissions"]
    assert {"type": "anyone", "view": "published"} in told
    for refused in ("Nowhere!A1", "A9999"):
        with pytest.raises(gspread.exceptions.APIError):
            book.values_get(refused)
    with pytest.raises(PermissionError):
        gc.open_by_key("hidden")
    with pytest.raises(gspread.exceptions.APIError):
        gc.get_file_drive_metadata("nowhere")


def tour_of_forms(sandbox: Sandbox, forms: FormsClient) -> None:
    made = forms.post("", {"info": {"title": "Ballot"}})
    place, form = f"/{made['formId']}", sandbox.google.forms[made["formId"]]
    options = [{"value": "1st"}, {"value": "2nd"}]
    grid = {
        "questions": [{"rowQuestion": {"title": "Ana"}, "required": False}],
        "grid": {"columns": {"type": "RADIO", "options": options}},
    }
    text = {"question": {"textQuestion": {"paragraph": False}}}
    items = [{"title": "Code", "questionItem": text}, {"title": "S", "questionGroupItem": grid}]
    requests = [
        {"createItem": {"item": item, "location": {"index": index}}}
        for index, item in enumerate(items)
    ]
    forms.post(f"{place}:batchUpdate", {"requests": requests, "includeFormInResponse": True})
    state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    forms.post(f"{place}:setPublishSettings", {"publishSettings": state})
    code = form.questions()[0]["questionId"]
    sent = [form.submit({code: str(n)}, NOON + timedelta(hours=n)) for n in range(3)]
    forms.get(place)
    forms.get(f"{place}/responses", pageSize="2", filter="timestamp >= 2024-10-02T12:00:00Z")
    forms.get(f"{place}/responses/{sent[0].id}")
    forms.get("/nowhere")
    forms.get(f"{place}/responses", filter="rubbish")


def test_requests_and_answers_keep_the_contract(journal: list[Exchange]) -> None:
    assert [
        fault for exchange in journal for fault in check_google(exchange, by_the_library=True)
    ] == []


def test_every_route_was_called(journal: list[Exchange]) -> None:
    called = {(exchange.method, exchange.host, exchange.pattern) for exchange in journal}
    assert {(http, host, path) for http, host, path, _ in ROUTES} <= called


def test_every_kind_of_error_was_seen(journal: list[Exchange]) -> None:
    assert {400, 403, 404} <= {exchange.status for exchange in journal}


@pytest.mark.parametrize(("http", "host", "path", "scopes"), ROUTES)
def test_scopes_are_googles(http: str, host: str, path: str, scopes: str) -> None:
    url = named(path, []).replace("{", "").replace("}", "")
    method = method_of(http, host, url)
    assert method is not None
    assert SCOPES[scopes] == method.scopes


def test_every_method_has_a_pattern_of_its_own() -> None:
    assert len({(method.http, method.url.pattern) for method in methods()}) == len(methods())


BOOK = "/v4/spreadsheets/b"
READ = Exchange(
    number=1,
    service="google",
    method="GET",
    host="sheets.googleapis.com",
    path=f"{BOOK}/values:batchGet",
    query=[("ranges", "A"), ("ranges", "B"), ("valueRenderOption", "FORMULA")],
    request=b"",
    status=200,
    response=b'{"valueRanges": [{"range": "A1", "values": [["x", 1, true]]}]}',
    response_type="application/json; charset=UTF-8",
)
WRITE = replace(
    READ,
    method="PUT",
    path=f"{BOOK}/values/T!A1",
    query=[("valueInputOption", "RAW")],
    request=b'{"values": [["x"]]}',
    request_type="application/json",
    response=b'{"updatedCells": 1}',
)
LIST = replace(
    READ, host="forms.googleapis.com", path="/v1/forms/f/responses", query=[], response=b"{}"
)
OTHER_ERROR = b'{"error": {"code": 500, "message": "", "status": "INTERNAL"}}'


@pytest.mark.parametrize("exchange", [READ, WRITE, LIST])
def test_the_referee_passes_what_is_right(exchange: Exchange) -> None:
    assert check_google(exchange) == []


@pytest.mark.parametrize(
    ("exchange", "fault"),
    [
        (replace(READ, path=f"{BOOK}/values:batchGot"), "no API has this method"),
        (replace(READ, query=[("range", "A")]), "range is unknown"),
        (replace(READ, query=[("valueRenderOption", "PRETTY")]), "none of the enumeration"),
        (replace(READ, query=[("majorDimension", "ROWS")] * 2), "more than once"),
        (replace(READ, query=[("fields", "valueRanges(range,rows)")]), "valueRanges.rows"),
        (replace(READ, query=[("prettyPrint", "maybe")]), "no boolean"),
        (replace(READ, request=b"{}"), "none is wanted"),
        (replace(READ, response=b'{"ranges": []}'), "'ranges' was unexpected"),
        (replace(READ, response=b'{"valueRanges": {}}'), "is not of type 'array'"),
        (replace(READ, status=400), "error answer"),
        (replace(READ, status=400, response=OTHER_ERROR), "code is not the answer's status"),
        (replace(WRITE, request=b'{"value": [["x"]]}'), "'value' was unexpected"),
        (replace(WRITE, request=b'{"majorDimension": "UP"}'), "'UP' is not one of"),
        (replace(WRITE, request=b"no"), "no JSON"),
        (replace(LIST, query=[("pageSize", "x")]), "no integer"),
        (replace(LIST, response=b'{"responses": [{"createTime": "noon"}]}'), "does not match"),
        (replace(WRITE, host="oauth2.googleapis.com", path="/token", method="POST"), "RFC 7523"),
    ],
)
def test_the_referee_objects(exchange: Exchange, fault: str) -> None:
    assert fault in "; ".join(check_google(exchange))


def test_faulty_answers_are_not_judged() -> None:
    broken = replace(READ, response=b"<!DOCTYPE html>", status=503, fault="503-html")
    assert check_google(broken) == []
