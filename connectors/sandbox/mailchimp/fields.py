"""Merge fields: the columns of an audience, and which values fit them.

Source: mailchimp.com/developer/marketing/docs/merge-fields (types, formats, 255 bytes of text, tags
of at most 10 characters, 30 fields an audience, "" erases, an unknown tag is passed over).
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Literal

from pydantic import Field

from connectors.sandbox.mailchimp.ask import Ask, Table, trimmed
from connectors.sandbox.mailchimp.problems import Body, Problem, bad, missing, unfit
from connectors.sandbox.mailchimp.query import flag
from connectors.sandbox.mailchimp.state import Audience, MergeField

TAG = re.compile(r"[A-Z0-9_]{1,10}")
RESERVED = {"EMAIL", "INTERESTS", "UNSUB", "FORWARD", "REWARDS", "ARCHIVE", "DATE"}
TEXT_BYTES = 255
Errors = list[dict[str, str]]


class MergeFieldIn(Body):
    name: str
    type: Literal["text", "number", "address", "phone", "date", "url", "imageurl", "radio",
                  "dropdown", "birthday", "zip"]  # fmt: skip
    tag: str | None = None
    required: bool = False
    default_value: str = ""
    public: bool = False
    display_order: int = 0
    help_text: str = ""
    options: dict[str, Any] = Field(default_factory=dict)


class MergeFieldChange(Body):
    name: str | None = None
    tag: str | None = None
    required: bool | None = None
    default_value: str | None = None
    public: bool | None = None
    display_order: int | None = None
    help_text: str | None = None
    options: dict[str, Any] | None = None


def fitting(
    audience: Audience, old: Mapping[str, Any], given: Mapping[str, Any], *, lax: bool
) -> tuple[dict[str, Any], Errors]:
    """The merge values after a change, and what is wrong with them; `lax` allows required gaps."""
    values, errors = dict(old), []
    for merge_field in audience.fields.values():
        tag = merge_field.tag
        checked = given if not (given and audience.revalidates) else {**old, **given}
        if tag in checked:
            try:
                values[tag] = _fitted(merge_field, checked[tag])
            except ValueError as exc:
                errors.append({"field": tag, "message": str(exc)})
        if merge_field.required and not lax and values.get(tag, "") == "":
            errors.append({"field": tag, "message": "Please enter a value"})
    return values, errors


def _fitted(merge_field: MergeField, value: Any) -> Any:
    if value == "":
        return ""
    if merge_field.type == "address" and isinstance(value, dict):
        return _address(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("Please enter a value of the right type")
    fit = FITS.get(merge_field.type, _text)
    choices = merge_field.options.get("choices")
    if choices is not None and value not in choices:
        raise ValueError("Value must be one of the choices")
    return fit(str(value))


def _text(value: str) -> str:
    if len(value.encode()) > TEXT_BYTES:
        raise ValueError(f"Please enter a value that is at most {TEXT_BYTES} bytes long")
    return value


def _number(value: str) -> int | float:
    try:
        return int(value) if re.fullmatch(r"-?\d+", value) else float(value)
    except ValueError:
        raise ValueError("Please enter a number") from None


def _date(value: str) -> str:
    for style in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(value, style).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError("Please enter the date")


def _shaped(pattern: str, message: str) -> Callable[[str], str]:
    def fit(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(message)
        return value

    return fit


def _address(value: dict[str, Any]) -> dict[str, Any]:
    if not all(value.get(part) for part in ("addr1", "city", "state", "zip")):
        raise ValueError("Please enter a complete address")
    return {"addr2": "", "country": "US"} | value


FITS: dict[str, Callable[[str], Any]] = {
    "number": _number,
    "date": _date,
    "zip": _shaped(r"\d{5}", "Please enter a valid zip code"),
    "birthday": _shaped(r"\d{1,2}/\d{1,2}", "Please enter a valid birthday"),
    "url": _shaped(r"https?://\S+", "Please enter a valid URL"),
}


def shown(audience: Audience, merge_field: MergeField) -> dict[str, Any]:
    """A merge field as the API shows it."""
    return {
        "merge_id": merge_field.merge_id,
        "tag": merge_field.tag,
        "name": merge_field.name,
        "type": merge_field.type,
        "required": merge_field.required,
        "default_value": merge_field.default_value,
        "public": merge_field.public,
        "display_order": merge_field.display_order,
        "options": merge_field.options or ({"size": 25} if merge_field.type == "text" else {}),
        "help_text": merge_field.help_text,
        "list_id": audience.id,
    }


def _all(ask: Ask) -> Any:
    wanted, audience = ask.query.get("type"), ask.audience
    found = [f for f in audience.fields.values() if wanted in (None, f.type)]
    if "required" in ask.query:
        found = [f for f in found if f.required == flag(ask.query, "required")]
    look = trimmed(partial(shown, audience))
    return ask.collection("merge_fields", found, look, list_id=audience.id)


def _one(ask: Ask) -> MergeField:
    try:
        return ask.audience.fields[int(ask.path["merge_id"])]
    except (KeyError, ValueError):
        raise missing() from None


def _get(ask: Ask) -> Any:
    return ask.single(shown(ask.audience, _one(ask)))


def _create(ask: Ask) -> Any:
    audience, body = ask.audience, ask.body(MergeFieldIn)
    if len(audience.fields) >= ask.state.fields_limit:
        raise bad(f"You have reached the maximum of {ask.state.fields_limit} merge fields.")
    merge_id = max(audience.fields, default=0) + 1
    tag = _tag(audience, body.tag or f"MMERGE{merge_id}")
    rest = body.model_dump(exclude={"tag"})
    rest["display_order"] = rest["display_order"] or merge_id + 1
    audience.fields[merge_id] = MergeField(merge_id, tag, **rest)
    return shown(audience, audience.fields[merge_id])


def _tag(audience: Audience, wanted: str) -> str:
    tag = wanted.upper()
    if not TAG.fullmatch(tag):
        raise unfit("tag", "A merge tag has at most 10 letters, digits or underscores.")
    if tag in RESERVED or any(f.tag == tag for f in audience.fields.values()):
        raise bad(f'A Merge Field with the tag "{tag}" already exists for this list.')
    return tag


def _change(ask: Ask) -> Any:
    audience, merge_field = ask.audience, _one(ask)
    given = ask.body(MergeFieldChange).given()
    tag = given.pop("tag", merge_field.tag)
    if tag.upper() != merge_field.tag:
        given["tag"] = _tag(audience, tag)
        for member in audience.members.values():
            if merge_field.tag in member.merge_fields:
                member.merge_fields[given["tag"]] = member.merge_fields.pop(merge_field.tag)
    for name, value in given.items():
        setattr(merge_field, name, value)
    return shown(audience, merge_field)


def _delete(ask: Ask) -> None:
    merge_field = ask.audience.fields.pop(_one(ask).merge_id)
    for member in ask.audience.members.values():
        member.merge_fields.pop(merge_field.tag, None)


def invalid(errors: Errors) -> Problem:
    """400 about merge values."""
    return Problem(400, "Invalid Resource", "Your merge fields were invalid.", errors)


HANDLERS: Table = {
    "GET /lists/{list_id}/merge-fields": _all,
    "POST /lists/{list_id}/merge-fields": _create,
    "GET /lists/{list_id}/merge-fields/{merge_id}": _get,
    "PATCH /lists/{list_id}/merge-fields/{merge_id}": _change,
    "DELETE /lists/{list_id}/merge-fields/{merge_id}": _delete,
}
