"""A form's answers as a table, read incrementally: only what was submitted since last time.

Answers are keyed on their response id, so an edited answer replaces the earlier one. The filter is
"at or after" the newest known submission: an answer of the same second is never missed. A form
that nobody answered since costs one request. Once a week all answers are read.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from connectors.google.client import GoogleClient
from connectors.http import Patience
from connectors.settings import Form
from models.privacy import quiet
from models.tables import Cell, Columns, Table, find_columns, folded

FORMS = "https://forms.googleapis.com/v1/forms/"
PAGE = 5000
WHOLE_EVERY = timedelta(days=7)
"""A deleted answer is told by nothing but its absence: so long it may stay with us (DP-6)."""
TIMESTAMP, RESPONDENT = "Timestamp", "Email address"


@dataclass(frozen=True, slots=True)
class Answers:
    """A form's table and the version to remember for the next reading."""

    table: Table
    version: str


class Forms:
    """The Forms calls the nightly job makes."""

    def __init__(self, client: GoogleClient, patience: Patience) -> None:
        self._client, self._again = client, patience

    def read(
        self, form: Form, columns: Columns, today: date, known: Answers | None = None
    ) -> Answers:
        """The answers known so far and the new ones; once a week all of them, without the deleted.

        Args:
            known: what the last reading returned; None reads everything.

        Raises:
            FixTheSettings: a question that a field needs is missing, with the closest there is.
        """
        asked = _digest(form, columns)
        newest, was_asked, was_shaped, whole = _parts(known.version if known else "")
        if was_asked != asked or _is_old(whole, today):
            known, newest = None, ""
        new = list(self._responses(form.id, newest))
        if known:
            held = frozenset(known.table.row_names)
            if all(r["lastSubmittedTime"] == newest and r["responseId"] in held for r in new):
                return known
        shape = self.shape(form.id)
        title = quiet(str(shape.get("info", {}).get("title") or form.id))
        questions = _questions(shape)
        asks = {folded(question) for question in questions.values()}
        collects = _collects(shape)
        if known and not collects and folded(columns.headers.get("address", "")) not in asks:
            # Only an answer can tell whether the form itself collects addresses: look at them all.
            known, newest, new = None, "", list(self._responses(form.id, ""))
        collects = collects or any(response.get("respondentEmail") for response in new)
        headers: list[Cell] = [TIMESTAMP, RESPONDENT if collects else None, *questions.values()]
        for column, field in enumerate(("at", "address")):
            if folded(columns.headers.get(field, "")) in asks:
                headers[column] = None  # the form asks for it itself
        found = find_columns(title, [headers], columns)
        ids = [None, None, *questions]
        shaped = _digest(found, ids)
        if known and was_shaped != shaped:
            known, newest, new = None, "", list(self._responses(form.id, ""))
        if known is None:
            whole = str(today)
        rows: dict[str, list[Cell]] = (
            dict(zip(known.table.row_names, known.table.rows, strict=True)) if known else {}
        )
        for response in new:
            rows[str(response["responseId"])] = [
                _cell(response, column, ids[column]) for column in found.values()
            ]
            newest = max(newest, str(response["lastSubmittedTime"]))
        table = Table(
            source=title,
            kind=columns.kind,
            zone="UTC",
            fields=tuple(found),
            columns=(),
            rows=list(rows.values()),
            row_names=tuple(rows),
            tab_event=form.event,
        )
        return Answers(table, f"{newest}|{asked}|{shaped}|{whole}")

    def shape(self, form_id: str) -> dict[str, Any]:
        """The form's title and questions."""
        fields = (
            "info.title,settings.emailCollectionType,items(title,questionItem.question.questionId)"
        )
        return self._again(
            self._client.get_json, FORMS + quote(form_id, safe=""), {"fields": fields}
        )

    def _responses(self, form_id: str, since: str) -> Iterator[dict[str, Any]]:
        asked: dict[str, Any] = {"pageSize": PAGE}
        if since:
            asked["filter"] = f"timestamp >= {since}"
        while True:
            answer = self._again(
                self._client.get_json, f"{FORMS}{quote(form_id, safe='')}/responses", asked
            )
            yield from answer.get("responses", [])
            if not answer.get("nextPageToken"):
                return
            asked["pageToken"] = answer["nextPageToken"]


def _digest(*settings: object) -> str:
    return hashlib.sha256(repr(settings).encode()).hexdigest()[:12]


def _parts(version: str) -> tuple[str, str, str, str]:
    """The newest submission, what was asked for, the questions, the day all answers were read."""
    newest, asked, shaped, whole, *_ = *version.split("|"), "", "", ""
    return newest, asked, shaped, whole


def _is_old(whole: str, today: date) -> bool:
    return not whole or today - date.fromisoformat(whole) >= WHOLE_EVERY


def _collects(shape: Mapping[str, Any]) -> bool:
    """Whether the form's settings say that it takes down who answers."""
    kind = shape.get("settings", {}).get("emailCollectionType")
    return kind in ("VERIFIED", "RESPONDER_INPUT")


def _questions(shape: Mapping[str, Any]) -> dict[str, str]:
    """Question id → title, in the form's order."""
    return {
        str(item["questionItem"]["question"]["questionId"]): str(item.get("title", ""))
        for item in shape.get("items", [])
        if "questionItem" in item
    }


def _cell(response: Mapping[str, Any], column: int, question: str | None) -> Cell:
    """One answer as text; several ticks are joined by commas."""
    if column == 0:
        return str(response["createTime"])
    if column == 1:
        return str(response.get("respondentEmail", ""))
    answer = response.get("answers", {}).get(question or "", {})
    texts = answer.get("textAnswers", {}).get("answers", [])
    return ", ".join(str(text.get("value", "")) for text in texts)
