"""All that is ever written to Google, each as a type.

Nobody has a place in any of them but in a line of the roll tab, and there by name alone (DP-3);
and candidates for public office, whom the chapter's own tab names.
"""

from typing import Annotated, Any

from pydantic import Field, model_serializer

from models.ballots.form import ItemKind
from models.outgoing import Payload, Text
from models.privacy import Name, redact_addresses
from models.unmask import reveal

FEWEST_DIGITS = 7
"""Of a telephone number."""
COLUMNS = 26
"""Of a tab that we make."""


class Rows(Payload):
    """Rows of a tab: places, words of ours, counts, rule ids. A text is never a formula."""

    rows: tuple[tuple[Text, ...], ...]

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.rows), max(map(len, self.rows), default=0)

    @model_serializer
    def _told(self) -> dict[str, object]:
        return {"rows": list(map(_row, self.rows))}


class RollLine(Payload):
    """One person's line in the roll tab.

    An address typed as a name is dots, and a name with a telephone number is the person's id.
    """

    name: Name | None
    id: Text
    """What stands for a person whom no sheet names."""
    told: tuple[Text, ...]
    """Status, events counted, last day, what is missing."""

    def cells(self) -> tuple[str, ...]:
        """The line as it is written."""
        name = redact_addresses(reveal(self.name)) if self.name else self.id
        is_number = sum(sign.isdigit() for sign in name) >= FEWEST_DIGITS
        return (self.id if is_number else name, *self.told)


class RollRows(Payload):
    """The roll tab: the one thing written to Google that names people (DP-7)."""

    header: tuple[Text, ...]
    lines: tuple[RollLine, ...]

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return 1 + len(self.lines), len(self.header)

    @model_serializer
    def _told(self) -> dict[str, object]:
        rows = (self.header, *(line.cells() for line in self.lines))
        return {"rows": list(map(_row, rows))}


class NewTab(Payload):
    """A tab of ours, where it is missing."""

    sheet: int
    title: Text
    rows: int

    @model_serializer
    def _told(self) -> dict[str, object]:
        grid = {"rowCount": self.rows, "columnCount": COLUMNS}
        about = {"sheetId": self.sheet, "title": self.title, "gridProperties": grid}
        return {"addSheet": {"properties": about}}


class LargerTab(Payload):
    """More room in a tab of ours."""

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


class WholeTab(Payload):
    """A tab of ours as it shall be, in one change: all of it, or none.

    What the rows do not cover of the tab is cleared.
    """

    sheet: int
    room: NewTab | LargerTab | None
    content: Rows | RollRows

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


def _row(cells: tuple[str, ...]) -> dict[str, object]:
    return {"values": [_as_text(cell) for cell in cells]}


def _as_text(cell: str) -> dict[str, object]:
    return {"userEnteredValue": {"stringValue": cell}} if cell else {}


def _shown(text: str) -> str:
    return " ".join(text.split())
