"""All that is ever written to Google, each as a type: nobody has a place in any of them (DP-3)."""

from typing import Annotated, Any

from pydantic import Field, model_serializer

from models.ballots.form import ItemKind
from models.outgoing import Payload, Text

COLUMNS = 26
"""Of a tab that we make."""


class ReviewRows(Payload):
    """The rows of the review tab: places, words of ours, rule ids. A text is never a formula."""

    rows: tuple[tuple[Text, ...], ...]

    @model_serializer
    def _told(self) -> dict[str, object]:
        return {"rows": [{"values": [_as_text(cell) for cell in row]} for row in self.rows]}


class NewTab(Payload):
    """The review tab, where it is missing."""

    sheet: int
    title: Text
    rows: int

    @model_serializer
    def _told(self) -> dict[str, object]:
        grid = {"rowCount": self.rows, "columnCount": COLUMNS}
        about = {"sheetId": self.sheet, "title": self.title, "gridProperties": grid}
        return {"addSheet": {"properties": about}}


class LargerTab(Payload):
    """More room in the review tab."""

    sheet: int
    rows: int
    columns: int

    @model_serializer
    def _told(self) -> dict[str, object]:
        grid = {"rowCount": self.rows, "columnCount": self.columns}
        change = {
            "properties": {"sheetId": self.sheet, "gridProperties": grid},
            "fields": "gridProperties(rowCount,columnCount)",
        }
        return {"updateSheetProperties": change}


class ReviewTab(Payload):
    """The review tab as it shall be, in one change: all of it, or none.

    What the rows do not cover of the tab is cleared.
    """

    sheet: int
    room: NewTab | LargerTab | None
    content: ReviewRows

    @model_serializer
    def _told(self) -> dict[str, object]:
        whole = {"range": {"sheetId": self.sheet}, "fields": "userEnteredValue"}
        write = {"updateCells": whole | self.content.model_dump()}
        room = [self.room.model_dump()] if self.room else []
        return {"requests": [*room, write]}


class FormItem(Payload):
    """One item of a ballot form. A ranked choice has one rank, and a rank one choice a row."""

    title: Text
    kind: ItemKind
    options: tuple[Text, ...]
    rows: tuple[Text, ...]
    help: Text

    @model_serializer
    def _told(self) -> dict[str, object]:
        body: dict[str, Any] = {"title": _shown(self.title)}
        if self.help:
            body["description"] = _shown(self.help)
        if self.kind == "note":
            return body | {"textItem": {}}
        options = [{"value": option} for option in self.options]
        if self.kind == "grid":
            rows = [{"rowQuestion": {"title": _shown(row)}} for row in self.rows]
            grid = {"columns": {"type": "RADIO", "options": options}}
            return body | {"questionGroupItem": {"questions": rows, "grid": grid}}
        if self.kind == "text":
            question: dict[str, Any] = {"required": True, "textQuestion": {}}
        else:
            kind = "CHECKBOX" if self.kind == "several" else "RADIO"
            question = {"choiceQuestion": {"type": kind, "options": options}}
        return body | {"questionItem": {"question": question}}


class NewForm(Payload):
    """All items of an empty form. Its description may name the chapter's own mailbox."""

    title: Text
    description: str
    items: Annotated[tuple[FormItem, ...], Field(min_length=1)]

    @model_serializer
    def _told(self) -> dict[str, object]:
        about = {
            "info": {"title": self.title, "description": self.description},
            "updateMask": "title,description",
        }
        created = [
            {"createItem": {"item": item.model_dump(), "location": {"index": index}}}
            for index, item in enumerate(self.items)
        ]
        return {"requests": [{"updateFormInfo": about}, *created]}


def _as_text(cell: str) -> dict[str, object]:
    return {"userEnteredValue": {"stringValue": cell}} if cell else {}


def _shown(text: str) -> str:
    return " ".join(text.split())
