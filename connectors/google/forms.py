"""A form's answers as a table, read incrementally: only what was submitted since last time.

Answers are keyed on their response id, so an edited answer replaces the earlier one. The filter is
"at or after" the newest known submission: an answer of the same second is never missed. A form
that nobody answered since costs one request. Once a week all answers are read
(models.intake.unchanged).
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Self

from connectors.google.form_answers import Form as Shape
from connectors.google.form_answers import Response
from connectors.google.form_columns import (
    RESPONDENT,
    TIMESTAMP,
    FormColumns,
    asked_before,
    asks_for,
)
from connectors.google.responses import Responses
from connectors.net.retries import RetryPolicy
from connectors.settings import Form
from models.intake.tables import Columns, Table
from models.intake.unchanged import is_old, signature
from models.privacy import redact_addresses

if TYPE_CHECKING:
    from connectors.google.client import GoogleClient

SHAPE = (
    "formId,info.title,settings.emailCollectionType,items(title,questionItem.question.questionId)"
)


ASKED = (
    "formId,info.title,settings.emailCollectionType,linkedSheetId,"
    "items(title,questionItem.question(questionId,choiceQuestion))"
)


@dataclass(frozen=True, slots=True)
class FormQuestions:
    """What a form asks, as headers: before anybody said what they hold."""

    title: str
    headers: tuple[str, ...]
    """The time and the address that the form takes down by itself are among them."""
    options: Mapping[str, tuple[str, ...]]
    """Question → what can be chosen."""
    linked: str
    """The workbook into which its answers go too; "" if there is none."""

    @property
    def asks(self) -> bool:
        """Whether it takes anything down but the time."""
        return self.headers != (TIMESTAMP,)


@dataclass(frozen=True, slots=True)
class FormResponses:
    """A form's table and the version to remember for the next reading."""

    table: Table
    version: str
    asked: str = ""
    """From which questions each field was read, to be remembered: some may be deleted."""


class Forms:
    """The Forms calls the nightly job makes."""

    def __init__(self, client: "GoogleClient", patience: RetryPolicy) -> None:
        self._responses = Responses(client, patience)

    def linked(self, form_id: str) -> str:
        """The workbook into which a form's answers go too; "" if there is none."""
        return self._responses.form(form_id, "formId,linkedSheetId").linked

    def questions(self, form_id: str) -> FormQuestions:
        """What a form asks."""
        shape = self._responses.form(form_id, ASKED)
        asked = [(item.title, item.single.question) for item in shape.items if item.single]
        titles = [title for title, _ in asked]
        own = [RESPONDENT] if _collects(shape) and RESPONDENT not in titles else []
        options = {
            title: tuple(option.value for option in question.choice.options if option.value)
            for title, question in asked
            if question.choice
        }
        title = redact_addresses(shape.info.title or form_id)
        return FormQuestions(title, (TIMESTAMP, *own, *titles), options, shape.linked)

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
        version = _Version.of(known.version if known else "")
        if version.asked != asked or version.is_due(today):
            known, version = None, _Version(asked=asked, whole=str(today))
        none_known = known is not None and not known.table.rows
        new = self._responses.read(form.id, version.newest, none_known=none_known)
        if known:
            held = frozenset(known.table.row_names)
            if all(r.submitted == version.newest and r.id in held for r in new):
                return known
        shape = self._responses.form(form.id, SHAPE)
        reading = _Reading.of(form, shape, columns, before, new, known)
        if known and (reading.only_answers_tell or version.shaped != reading.shaped):
            known, version = None, version._replace(newest="", whole=str(today))
            new = self._responses.read(form.id)
            reading = _Reading.of(form, shape, columns, before, new, None)
        newest = max(version.newest, *(one.submitted for one in new), "")
        version = version._replace(newest=newest, shaped=reading.shaped)
        table = reading.table(form, columns, new, known)
        return FormResponses(table, "|".join(version), reading.columns.remembered)


class _Version(NamedTuple):
    """What is remembered of a reading, as one text with bars between."""

    newest: str = ""
    """The newest submission."""
    asked: str = ""
    """What was asked for."""
    shaped: str = ""
    """Its questions."""
    whole: str = ""
    """The day on which all answers were read."""

    @classmethod
    def of(cls, kept: str) -> Self:
        return cls(*kept.split("|")[:4])

    def is_due(self, today: date) -> bool:
        """Whether all answers are to be read: their last reading is old, or of no known day."""
        with suppress(ValueError):
            return is_old(date.fromisoformat(self.whole), today)
        return True


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a form's answers become rows."""

    title: str
    columns: FormColumns
    gone: Sequence[str]
    only_answers_tell: bool
    """Only an answer can tell whether the form itself collects addresses: all must be looked at."""

    @classmethod
    def of(
        cls,
        form: Form,
        shape: Shape,
        columns: Columns,
        before: str,
        new: Sequence[Response],
        known: FormResponses | None,
    ) -> Self:
        title, collects = redact_addresses(shape.info.title or form.id), _collects(shape)
        untold = not collects and not asks_for(shape, columns, "address")
        collects = collects or any(response.respondent for response in new)
        read = FormColumns.of(title, shape, columns, asked_before(before), collects=collects)
        return cls(title, read, read.gone(new, known.table.fields if known else ()), untold)

    @property
    def shaped(self) -> str:
        """What of the questions decides how an answer is read."""
        return signature(self.columns.pairs, self.columns.live, self.columns.came, self.gone)

    def table(
        self, form: Form, columns: Columns, new: Sequence[Response], known: FormResponses | None
    ) -> Table:
        """The known answers and the new ones."""
        held = zip(known.table.row_names, known.table.rows, strict=True) if known else ()
        rows = dict(held) | {one.id: self.columns.row(one, self.gone) for one in new}
        return Table(
            source=self.title,
            kind=columns.kind,
            zone="UTC",
            fields=self.columns.fields(self.gone),
            columns=(),
            rows=list(rows.values()),
            row_names=tuple(rows),
            tab_event=form.event,
        )


def _collects(shape: Shape) -> bool:
    """Whether the form's settings say that it takes down who answers."""
    return shape.settings.collects in ("VERIFIED", "RESPONDER_INPUT")
