"""A form's answers as a table, read incrementally: only what was submitted since last time.

Answers are keyed on their response id, so an edited answer replaces the earlier one. The filter is
"at or after" the newest known submission: an answer of the same second is never missed. A form
that nobody answered since costs one request. Once a week all answers are read
(models.intake.unchanged).
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from connectors.google.client import GoogleClient
from connectors.google.form_answers import Form as Shape
from connectors.google.form_columns import FormColumns, asked_before, asks_for
from connectors.google.responses import Responses
from connectors.net.http import RetryPolicy
from connectors.settings import Form
from models.intake.tables import Cell, Columns, Table
from models.intake.unchanged import is_old, signature
from models.privacy import redact_addresses

SHAPE = (
    "formId,info.title,settings.emailCollectionType,items(title,questionItem.question.questionId)"
)


@dataclass(frozen=True, slots=True)
class FormResponses:
    """A form's table and the version to remember for the next reading."""

    table: Table
    version: str
    asked: str = ""
    """From which questions each field was read, to be remembered: some may be deleted."""


class Forms:
    """The Forms calls the nightly job makes."""

    def __init__(self, client: GoogleClient, patience: RetryPolicy) -> None:
        self._responses = Responses(client, patience)

    def linked(self, form_id: str) -> str:
        """The workbook into which a form's answers go too; "" if there is none."""
        return self._responses.form(form_id, "formId,linkedSheetId").linked

    def read(
        self,
        form: Form,
        columns: Columns,
        today: date,
        known: FormResponses | None = None,
        before: str = "",
    ) -> FormResponses:
        """The answers known so far and the new ones; once a week all of them, without the deleted.

        Args:
            known: what the last reading returned; None reads everything.
            before: what is remembered of its questions, `Answers.asked` of any earlier reading.

        Raises:
            FixTheSettings: a question that a field needs is missing, with the closest there is.
        """
        asked = signature(form.model_dump(mode="json"), columns.settings())
        newest, was_asked, was_shaped, whole = _parts(known.version if known else "")
        if was_asked != asked or _is_due(whole, today):
            known, newest = None, ""
        responses = self._responses
        none_known = known is not None and not known.table.rows
        new = responses.read(form.id, newest, none_known=none_known)
        if known:
            held = frozenset(known.table.row_names)
            if all(r.submitted == newest and r.id in held for r in new):
                return known
        shape = responses.form(form.id, SHAPE)
        title = redact_addresses(shape.info.title or form.id)
        collects = _collects(shape)
        if known and not collects and not asks_for(shape, columns, "address"):
            # Only an answer can tell whether the form itself collects addresses: look at them all.
            known, newest, new = None, "", responses.read(form.id)
        collects = collects or any(response.respondent for response in new)
        read = FormColumns.of(title, shape, columns, asked_before(before), collects=collects)
        gone = read.gone(new, known.table.fields if known else ())
        shaped = signature(read.pairs, read.live, read.came, gone)
        if known and was_shaped != shaped:
            known, newest, new = None, "", responses.read(form.id)
            gone = read.gone(new)
            shaped = signature(read.pairs, read.live, read.came, gone)
        if known is None:
            whole = str(today)
        rows: dict[str, list[Cell]] = (
            dict(zip(known.table.row_names, known.table.rows, strict=True)) if known else {}
        )
        for response in new:
            rows[response.id] = read.row(response, gone)
            newest = max(newest, response.submitted)
        table = Table(
            source=title,
            kind=columns.kind,
            zone="UTC",
            fields=read.fields(gone),
            columns=(),
            rows=list(rows.values()),
            row_names=tuple(rows),
            tab_event=form.event,
        )
        return FormResponses(table, f"{newest}|{asked}|{shaped}|{whole}", read.remembered)


def _parts(version: str) -> tuple[str, str, str, str]:
    """The newest submission, what was asked for, the questions, the day all answers were read."""
    newest, asked, shaped, whole, *_ = *version.split("|"), "", "", ""
    return newest, asked, shaped, whole


def _is_due(whole: str, today: date) -> bool:
    """Whether all answers are to be read: their last reading is old, or of no known day."""
    with suppress(ValueError):
        return is_old(date.fromisoformat(whole), today)
    return True


def _collects(shape: Shape) -> bool:
    """Whether the form's settings say that it takes down who answers."""
    return shape.settings.collects in ("VERIFIED", "RESPONDER_INPUT")
