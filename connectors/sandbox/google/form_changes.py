"""The kinds of change in `forms.batchUpdate` that the sandbox makes."""

import copy
from collections.abc import Callable
from typing import Any

from connectors.sandbox.google.call import GoogleError
from connectors.sandbox.google.fields import Mask, parse, select
from connectors.sandbox.google.form_state import Form

Change = Callable[[Form, dict[str, Any]], dict[str, Any]]


def create_item(form: Form, wanted: dict[str, Any]) -> dict[str, Any]:
    item = copy.deepcopy(wanted.get("item", {}))
    _check(item)
    index = _index(wanted.get("location", {}), len(form.items) + 1)
    item.setdefault("itemId", form.new_id("item"))
    ids = []
    for number, question in enumerate(_questions(item)):
        question.setdefault("questionId", form.new_id(f"{item.get('title')} {number}"))
        ids.append(question["questionId"])
    form.items.insert(index, item)
    reply = {"itemId": item["itemId"]} | ({"questionId": ids} if ids else {})
    return {"createItem": reply}


def update_item(form: Form, wanted: dict[str, Any]) -> dict[str, Any]:
    index = _index(wanted.get("location", {}), len(form.items))
    item = wanted.get("item", {})
    mask = _update_mask(wanted)
    changed = form.items[index] | select(item, mask)
    _check(changed)
    form.items[index] = changed
    return {}


def delete_item(form: Form, wanted: dict[str, Any]) -> dict[str, Any]:
    del form.items[_index(wanted.get("location", {}), len(form.items))]
    return {}


def move_item(form: Form, wanted: dict[str, Any]) -> dict[str, Any]:
    item = form.items.pop(_index(wanted.get("originalLocation", {}), len(form.items)))
    form.items.insert(_index(wanted.get("newLocation", {}), len(form.items) + 1), item)
    return {}


def update_info(form: Form, wanted: dict[str, Any]) -> dict[str, Any]:
    info, mask = wanted.get("info", {}), _update_mask(wanted)
    for name in ("title", "description"):
        if name in mask or "*" in mask:
            setattr(form, name, info.get(name, ""))
    return {}


def update_settings(form: Form, wanted: dict[str, Any]) -> dict[str, Any]:
    form.settings = form.settings | select(wanted.get("settings", {}), _update_mask(wanted))
    return {}


CHANGES: dict[str, Change] = {
    "createItem": create_item,
    "updateItem": update_item,
    "deleteItem": delete_item,
    "moveItem": move_item,
    "updateFormInfo": update_info,
    "updateSettings": update_settings,
}


def _update_mask(wanted: dict[str, Any]) -> Mask:
    if not wanted.get("updateMask"):
        raise GoogleError(400, "At least one field must be listed in 'update_mask'.")
    return parse(wanted["updateMask"])


def _index(location: dict[str, Any], size: int) -> int:
    index = location.get("index")
    if not isinstance(index, int) or not 0 <= index < size:
        raise GoogleError(400, "location.index is missing or out of range.")
    return index


def _questions(item: dict[str, Any]) -> list[dict[str, Any]]:
    single = item.get("questionItem", {}).get("question")
    rows: list[dict[str, Any]] = item.get("questionGroupItem", {}).get("questions", [])
    return [single] if single else rows


def _check(item: dict[str, Any]) -> None:
    """What Google refuses in an item: line breaks in shown text, double and missing options."""
    group = item.get("questionGroupItem", {})
    choices = [
        question["choiceQuestion"] for question in _questions(item) if "choiceQuestion" in question
    ]
    if "grid" in group:
        choices.append(group["grid"].get("columns", {}))
        if not group.get("questions"):
            raise GoogleError(400, "A grid needs at least one row.")
    texts = [item.get("title", "")]
    texts += [question.get("rowQuestion", {}).get("title", "") for question in _questions(item)]
    for choice in choices:
        options = [option.get("value", "") for option in choice.get("options", [])]
        if not options or len(set(options)) < len(options):
            raise GoogleError(400, "Options must be given, and each only once.")
        texts += options
    if any("\n" in text for text in texts):
        raise GoogleError(400, "Displayed text cannot contain newlines")
