"""Sheets v4, `spreadsheets`: the workbook, its tabs, and changes to them."""

import copy
import secrets
from dataclasses import replace
from typing import Any

from connectors.sandbox.google.call import Call, GoogleError
from connectors.sandbox.google.cells import Cell, Shown
from connectors.sandbox.google.fields import parse
from connectors.sandbox.google.protection import must_be_free
from connectors.sandbox.google.sheet_changes import CHANGES, UNSEEN
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.google.tabs import sheet_resource, tab_from
from connectors.sandbox.google.workbook import Tab, Workbook

FORMULAS = parse("rowData.values.userEnteredValue.formulaValue")


def get(state: GoogleState, call: Call) -> dict[str, Any]:
    """`spreadsheets.get`; of cells only their formulas, where the mask asks for them."""
    workbook = state.workbook(call)
    fields = call.one("fields")
    cells = parse(fields).get("sheets", {}).get("data") if fields else None
    if cells is None and not call.flag("includeGridData"):
        return _resource(workbook, call.mail)
    if cells != FORMULAS:
        raise GoogleError(501, "Of the cells the sandbox gives the formulas; read the values.")
    resource = _resource(workbook, call.mail)
    for sheet, tab in zip(resource["sheets"], workbook.tabs, strict=True):
        if tab.has_cells:
            sheet["data"] = [_formulas(tab)]
    return resource


def _formulas(tab: Tab) -> dict[str, Any]:
    """GridData under that mask: a cell without a formula is an empty object."""
    rows = [[_formula(cell) for cell in row] for row in tab.rows]
    return {"rowData": [{"values": row} if row else {} for row in rows]} if rows else {}


def _formula(cell: Cell) -> dict[str, Any]:
    if isinstance(cell, Shown) and cell.formula:
        return {"userEnteredValue": {"formulaValue": cell.formula}}
    return {}


def create(state: GoogleState, call: Call) -> dict[str, Any]:
    """`spreadsheets.create`: it belongs to the caller."""
    wanted = call.body.get("properties", {})
    sheets = [sheet.get("properties", {}) for sheet in call.body.get("sheets", [])]
    workbook = new_workbook(
        state,
        call.mail,
        wanted.get("title") or "Untitled spreadsheet",
        [tab_from(properties, number) for number, properties in enumerate(sheets, 1)],
    )
    workbook.time_zone = wanted.get("timeZone", workbook.time_zone)
    workbook.locale = wanted.get("locale", workbook.locale)
    return _resource(workbook, call.mail)


def batch_update(state: GoogleState, call: Call) -> dict[str, Any]:
    """`spreadsheets.batchUpdate`: every change is made, or none."""
    workbook = state.workbook(call, write=True)
    requests = call.body.get("requests", [])
    if not requests:
        raise GoogleError(400, "Must specify at least one request.")
    draft = _draft(workbook)
    replies = [
        _change(draft, number, request, call.mail) for number, request in enumerate(requests)
    ]
    for name in ("title", "locale", "time_zone", "tabs"):
        setattr(workbook, name, getattr(draft, name))
    state.wrote(workbook)
    answer: dict[str, Any] = {"spreadsheetId": workbook.id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        answer["updatedSpreadsheet"] = _resource(workbook, call.mail)
    return answer


def new_workbook(state: GoogleState, mail: str, title: str, tabs: list[Tab]) -> Workbook:
    """A workbook as the API makes one: in Greenwich time, with Sheet1."""
    now = state.now()
    workbook = Workbook(
        id=f"1{secrets.token_urlsafe(32)}",
        title=title,
        tabs=tabs or [Tab("Sheet1")],
        time_zone="Etc/GMT",
        shared_with={mail},
        created=now,
        modified=now,
    )
    state.workbooks[workbook.id] = workbook
    return workbook


def _resource(workbook: Workbook, mail: str) -> dict[str, Any]:
    return {
        "spreadsheetId": workbook.id,
        "properties": {
            "title": workbook.title,
            "locale": workbook.locale,
            "autoRecalc": "ON_CHANGE",
            "timeZone": workbook.time_zone,
        },
        "sheets": [sheet_resource(tab, index, mail) for index, tab in enumerate(workbook.tabs)],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{workbook.id}/edit",
    }


def _draft(workbook: Workbook) -> Workbook:
    """A copy to try the changes on."""
    tabs = [
        replace(
            tab,
            rows=[list(row) for row in tab.rows],
            properties=copy.deepcopy(tab.properties),
        )
        for tab in workbook.tabs
    ]
    return replace(workbook, tabs=tabs)


def _change(workbook: Workbook, number: int, request: dict[str, Any], mail: str) -> dict[str, Any]:
    kind, wanted = next(iter(request.items()), ("", {}))
    if kind in UNSEEN:
        return {}
    if kind not in CHANGES:
        raise GoogleError(501, f"The sandbox does not do {kind or 'an empty request'}.")
    try:
        must_be_free(workbook, kind, wanted, mail)
        return CHANGES[kind](workbook, wanted)
    except GoogleError as exc:
        raise GoogleError(exc.code, f"Invalid requests[{number}].{kind}: {exc.message}") from None
