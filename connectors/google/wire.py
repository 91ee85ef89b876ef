"""What Google says of a form and of a tab's cells, as our own values; nothing is asked for."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.ballots.form import Item, ItemKind
from models.dates import EPOCH
from models.tables import Cell

_KINDS: dict[str, ItemKind] = {"RADIO": "one", "DROP_DOWN": "one", "CHECKBOX": "several"}


def item(item: dict[str, Any]) -> Item | None:
    """One of Google's items; page breaks, texts and pictures ask nothing."""
    title = str(item.get("title", ""))
    if group := item.get("questionGroupItem"):
        columns = group.get("grid", {}).get("columns", {}).get("options", [])
        rows = [str(q.get("rowQuestion", {}).get("title", "")) for q in group.get("questions", [])]
        return Item(title, "grid", _values(columns), tuple(rows))
    question = item.get("questionItem", {}).get("question")
    if question is None:
        return None
    choice = question.get("choiceQuestion")
    if choice is None:
        return Item(title, "text")
    kind = _KINDS.get(choice.get("type", ""), "one")
    return Item(title, kind, _values(choice.get("options", [])))


def _values(options: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return tuple("Other" if o.get("isOther") else str(o.get("value", "")) for o in options)


def headers(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Each question of an item: its id, and the header that a sheet of its answers would have."""
    title = str(item.get("title", ""))
    if group := item.get("questionGroupItem"):
        return [
            (str(q["questionId"]), f"{title} [{q.get('rowQuestion', {}).get('title', '')}]")
            for q in group.get("questions", [])
        ]
    question = item.get("questionItem", {}).get("question")
    return [(str(question["questionId"]), title)] if question else []


def moment(response: dict[str, Any]) -> datetime:
    """When an answer was last sent: an answer that was edited is as late as its last edit."""
    return datetime.fromisoformat(str(response["lastSubmittedTime"]))


def answer(response: dict[str, Any], question: str) -> str:
    """What was answered to a question, several ticks joined as in a sheet; "" is nothing."""
    texts = response.get("answers", {}).get(question, {}).get("textAnswers", {}).get("answers", [])
    return ", ".join(str(text.get("value", "")) for text in texts)


def text(cell: Cell) -> str:
    """A cell as a voter would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def serial(cell: Cell, zone: ZoneInfo) -> datetime | None:
    """A sheet's moment; None when it is none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    try:
        day = datetime.combine(EPOCH + timedelta(days=int(cell)), datetime.min.time())
    except (OverflowError, ValueError):
        return None
    return (day + timedelta(milliseconds=round(cell % 1 * 86_400_000))).replace(tzinfo=zone)
