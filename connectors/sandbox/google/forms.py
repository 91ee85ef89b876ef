"""Forms v1, `forms`: the form itself, and building one."""

import copy
import secrets
from typing import Any

from connectors.sandbox.google.call import Call, GoogleError
from connectors.sandbox.google.form_changes import CHANGES
from connectors.sandbox.google.form_state import Form
from connectors.sandbox.google.state import GoogleState


def get(state: GoogleState, call: Call) -> dict[str, Any]:
    """`forms.get`."""
    return _resource(state.form(call))


def create(state: GoogleState, call: Call) -> dict[str, Any]:
    """`forms.create`: title only; unpublished, as forms made by the API are since 2026."""
    info = call.body.get("info", {})
    if set(call.body) - {"info"} or set(info) - {"title", "documentTitle"}:
        raise GoogleError(
            400,
            "Only info.title can be set when creating a form. To add items and change settings,"
            " use batchUpdate.",
        )
    now = state.now()
    form = Form(
        id=f"1{secrets.token_urlsafe(32)}",
        title=info.get("title", ""),
        document_title=info.get("documentTitle") or "Untitled form",
        published=False,
        accepting=False,
        shared_with={call.mail},
        created=now,
        modified=now,
    )
    state.forms[form.id] = form
    return _resource(form)


def batch_update(state: GoogleState, call: Call) -> dict[str, Any]:
    """`forms.batchUpdate`: every change is made, or none."""
    form = state.form(call, write=True)
    required = call.body.get("writeControl", {}).get("requiredRevisionId")
    if required and required != _revision(form):
        raise GoogleError(400, "The required revision ID does not match the latest revision.")
    requests = call.body.get("requests", [])
    if not requests:
        raise GoogleError(400, "Must specify at least one request.")
    draft = copy.deepcopy(form)
    replies = [_change(draft, number, request) for number, request in enumerate(requests)]
    for name in ("title", "description", "items", "settings"):
        setattr(form, name, getattr(draft, name))
    state.wrote(form)
    answer: dict[str, Any] = {
        "replies": replies,
        "writeControl": {"requiredRevisionId": _revision(form)},
    }
    if call.body.get("includeFormInResponse"):
        answer["form"] = _resource(form)
    return answer


def publish(state: GoogleState, call: Call) -> dict[str, Any]:
    """`forms.setPublishSettings`."""
    form = state.form(call, write=True)
    wanted = call.body.get("publishSettings", {}).get("publishState", {})
    form.published = bool(wanted.get("isPublished"))
    form.accepting = bool(wanted.get("isAcceptingResponses"))
    if form.accepting and not form.published:
        raise GoogleError(400, "An unpublished form cannot accept responses.")
    state.wrote(form)
    return {"formId": form.id, "publishSettings": _publish_settings(form)}


def _resource(form: Form) -> dict[str, Any]:
    info = {
        "title": form.title,
        "documentTitle": form.document_title or form.title,
        "description": form.description,
    }
    optional = {"items": form.items, "linkedSheetId": form.linked_sheet_id}
    return {
        "formId": form.id,
        "info": {name: value for name, value in info.items() if value},
        "settings": form.settings,
        "revisionId": _revision(form),
        "responderUri": f"https://docs.google.com/forms/d/e/{form.id}/viewform",
        "publishSettings": _publish_settings(form),
        **{name: value for name, value in optional.items() if value},
    }


def _publish_settings(form: Form) -> dict[str, Any]:
    state = {"isPublished": form.published, "isAcceptingResponses": form.accepting}
    return {"publishState": {name: True for name, value in state.items() if value}}


def _revision(form: Form) -> str:
    return f"{form.version:08d}"


def _change(form: Form, number: int, request: dict[str, Any]) -> dict[str, Any]:
    kind, wanted = next(iter(request.items()), ("", {}))
    if kind not in CHANGES:
        raise GoogleError(501, f"The sandbox does not do {kind or 'an empty request'}.")
    try:
        return CHANGES[kind](form, wanted)
    except GoogleError as exc:
        raise GoogleError(exc.code, f"Invalid requests[{number}].{kind}: {exc.message}") from None
