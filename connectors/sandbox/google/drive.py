"""Drive v3, `files`: find a file, see whether it changed, make and delete one."""

import copy
import re
import zlib
from dataclasses import replace
from typing import Any

from connectors.sandbox.google.call import Call, GoogleError, rfc3339
from connectors.sandbox.google.fields import parse, select
from connectors.sandbox.google.form_state import Form
from connectors.sandbox.google.sheets import new_workbook
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.google.workbook import SHEET, Workbook

FORM = "application/vnd.google-apps.form"
WITHOUT_FIELDS = "kind,id,name,mimeType"
TERM = re.compile(
    r"""(?P<field>mimeType|name|trashed)\s*(?P<op>=|!=|contains)\s*(?P<q>["']?)(?P<value>.*?)(?P=q)""",
    re.IGNORECASE,
)


def get(state: GoogleState, call: Call) -> dict[str, Any]:
    """`files.get`; four fields unless asked for more."""
    return _select(_resource(_file(state, call), call.mail), call)


def list_(state: GoogleState, call: Call) -> dict[str, Any]:
    """`files.list` of what is shared with the caller, in pages."""
    files = [_resource(file, call.mail) for file in _visible(state, call)]
    found = [file for file in files if _fits(file, call.one("q"))]
    start, size = int(call.one("pageToken") or 0), int(call.one("pageSize") or 100)
    answer: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    answer["files"] = found[start : start + size]
    fields = call.one("fields") or f"kind,incompleteSearch,nextPageToken,files({WITHOUT_FIELDS})"
    return select(answer, parse(fields))  # type: ignore[no-any-return]  # a dict stays one


def create(state: GoogleState, call: Call) -> dict[str, Any]:
    """`files.create` of an empty spreadsheet, the caller's own."""
    if call.body.get("mimeType") != SHEET:
        raise GoogleError(501, "The sandbox makes spreadsheets only.")
    title = call.body.get("name") or "Untitled"
    return _select(_resource(new_workbook(state, call.mail, title, []), call.mail), call)


def copy_(state: GoogleState, call: Call) -> dict[str, Any]:
    """`files.copy` of a spreadsheet."""
    source = _file(state, call)
    if not isinstance(source, Workbook):
        raise GoogleError(501, "The sandbox copies spreadsheets only.")
    title = call.body.get("name") or f"Copy of {source.title}"
    made = new_workbook(state, call.mail, title, copy.deepcopy(source.tabs))
    state.workbooks[made.id] = replace(made, time_zone=source.time_zone, locale=source.locale)
    return _select(_resource(state.workbooks[made.id], call.mail), call)


def delete(state: GoogleState, call: Call) -> None:
    """`files.delete`: gone for good."""
    file = _file(state, call, write=True)
    state.workbooks.pop(file.id, None)
    state.forms.pop(file.id, None)


def comments(state: GoogleState, call: Call) -> dict[str, Any]:
    """`comments.list`: nobody comments here, but gspread's `copy` asks."""
    _file(state, call)
    if not call.one("fields"):
        raise GoogleError(400, "The 'fields' parameter is required for this method.")
    return {"comments": []}


def permissions(state: GoogleState, call: Call) -> dict[str, Any]:
    """`permissions.list`; who may answer a form, if that view is asked for.

    Told to those alone who may share the file: measured in oomol-lab/open-connector#556.
    """
    file = _file(state, call, write=True)
    if not file.editors_share:
        raise _not_enough()
    view = call.one("includePermissionsForView")
    if view not in ("", "published"):
        raise GoogleError(400, f"Invalid value: {view}.", reason="invalid")
    found = [_permission(mail, "user", "writer") for mail in sorted(file.shared_with)]
    found += [_permission(mail, "user", "reader") for mail in sorted(file.viewers)]
    found += [
        _permission(f"{n}", one["type"], one["role"], **_findable(one))
        for n, one in enumerate(file.grants)
    ]
    if view and isinstance(file, Form):
        found += [
            _permission(f"{kind}-published", kind, "reader", view=view) for kind in file.responders
        ]
    start, size = int(call.one("pageToken") or 0), state.permissions_a_page
    answer: dict[str, Any] = {"kind": "drive#permissionList"}
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    answer["permissions"] = found[start : start + size]
    fields = call.one("fields") or "kind,nextPageToken,permissions(kind,id,type,role)"
    return select(answer, parse(fields))  # type: ignore[no-any-return]  # a dict stays one


def revisions(state: GoogleState, call: Call) -> dict[str, Any]:
    """`revisions.list`, to editors alone; one of each version, the newest last."""
    file = _file(state, call, write=True)
    start, size = int(call.one("pageToken") or 0), int(call.one("pageSize") or 200)
    found: list[dict[str, Any]] = [
        {"kind": "drive#revision", "id": str(n + 1)} for n in range(file.version)
    ]
    if isinstance(file, Workbook):
        found = [one | {"published": False} for one in found]
        found[-1]["published"] = file.published
    answer: dict[str, Any] = {"kind": "drive#revisionList"}
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    answer["revisions"] = found[start : start + size]
    fields = call.one("fields") or "kind,nextPageToken,revisions(kind,id)"
    return select(answer, parse(fields))  # type: ignore[no-any-return]  # a dict stays one


def _findable(one: dict[str, Any]) -> dict[str, Any]:
    """What only wide permissions say; the others have an address instead."""
    if one["type"] not in ("anyone", "domain"):
        return {"emailAddress": f"{one['type']}@example.org"}
    return {"allowFileDiscovery": bool(one.get("allowFileDiscovery"))}


def _permission(name: str, kind: str, role: str, **more: Any) -> dict[str, Any]:
    number = f"{zlib.crc32(name.encode()):020d}"
    own = {"kind": "drive#permission", "id": number, "type": kind, "role": role}
    return own | ({"emailAddress": name} if kind == "user" and not more else {}) | more


def _visible(state: GoogleState, call: Call) -> list[Workbook | Form]:
    files: list[Workbook | Form] = [*state.workbooks.values(), *state.forms.values()]
    return [file for file in files if call.mail in file.shared_with | file.viewers]


def _file(state: GoogleState, call: Call, *, write: bool = False) -> Workbook | Form:
    """The file; one that is not shared does not exist, as far as Drive says."""
    wanted = call.ids["file_id"]
    for file in _visible(state, call):
        if file.id == wanted:
            if write and call.mail not in file.shared_with:
                raise _not_enough()
            return file
    raise GoogleError(404, f"File not found: {wanted}.", reason="notFound")


def _not_enough() -> GoogleError:
    return GoogleError(
        403,
        "The user does not have sufficient permissions for this file.",
        reason="insufficientFilePermissions",
    )


def _resource(file: Workbook | Form, mail: str) -> dict[str, Any]:
    kind, place = (
        (file.mime_type, "spreadsheets") if isinstance(file, Workbook) else (FORM, "forms")
    )
    return {
        "kind": "drive#file",
        "id": file.id,
        "name": file.title,
        "mimeType": kind,
        "trashed": False,
        "capabilities": {"canEdit": mail in file.shared_with},
        "version": str(file.version),
        "webViewLink": f"https://docs.google.com/{place}/d/{file.id}/edit",
        "createdTime": rfc3339(file.created),
        "modifiedTime": rfc3339(file.modified),
    }


def _select(resource: dict[str, Any], call: Call) -> dict[str, Any]:
    return select(resource, parse(call.one("fields") or WITHOUT_FIELDS))  # type: ignore[no-any-return]  # a dict stays one


def _fits(file: dict[str, Any], query: str) -> bool:
    """Whether the file meets every term of the query; terms joined by `and` are understood."""
    return all(_meets(file, term.strip()) for term in query.split(" and ") if term.strip())


def _meets(file: dict[str, Any], term: str) -> bool:
    found = TERM.fullmatch(term)
    if not found:
        raise GoogleError(400, "Invalid Value", reason="invalid")
    value, wanted = str(file[found["field"]]), found["value"].replace("\\'", "'")
    match found["op"]:
        case "contains":
            return wanted.casefold() in value.casefold()
        case "!=":
            return value.casefold() != wanted.casefold()
        case _:
            return value.casefold() == wanted.casefold()
