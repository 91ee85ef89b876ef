"""Which of a form's questions hold each field, those that are no longer on the form included.

A question that was deleted and asked again has a new id: old answers stay under the old one and
cannot be edited. The ids that a field was read from are remembered from night to night, and a
chapter may name one among the field's headers. What lies under any other id is read by nobody;
where an answer lacks something that the table needs, a mark says so (`models.intake.tables.GONE`).
Another stands where a question that nobody reads may say that somebody did not come
(`models.intake.undecided.ABSENT`).
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from connectors.google.form_answers import Form, Response
from models.intake.tables import GONE, Cell, Columns, find_columns, holds, lacking
from models.intake.undecided import ABSENT, did_not_come, says_who_came
from models.intake.unread import contains_title
from models.privacy import one_line, redact_addresses
from models.text.folding import folded, unmarked

TIMESTAMP, RESPONDENT = "Timestamp", "Email address"
_AT, _WHO, _WHO_ELSE = "(time)", "(respondent)", "(respondent, where no question tells)"
_AN_ID = re.compile(r"[0-9a-f]{1,16}")

Asked = Mapping[str, tuple[str, ...]]
"""Field → the ids of the questions it is read from."""


def asked_before(kept: str) -> Asked:
    """What was remembered of a form; nothing when that is none of ours."""
    try:
        return {field: tuple(map(str, ids)) for field, ids in json.loads(kept or "{}").items()}
    except (ValueError, AttributeError, TypeError):
        return {}


@dataclass(frozen=True, slots=True)
class FormColumns:
    """The fields of a form's table, each with what it is read from."""

    pairs: tuple[tuple[str, str], ...]
    required: frozenset[str]
    live: tuple[str, ...]
    """The ids of the questions that are on the form, in its order."""
    came: tuple[tuple[str, str], ...]
    """The ids and titles of those that nobody reads, and that may tell who came."""

    @classmethod
    def of(cls, title: str, form: Form, columns: Columns, before: Asked, *, collects: bool) -> Self:
        """Find each field's questions.

        Args:
            collects: whether the form itself takes down addresses.

        Raises:
            FixTheSettings: a question that a field needs is missing.
        """
        questions = {item.single.question.id: item.title for item in form.items if item.single}
        headers: list[Cell] = [TIMESTAMP, RESPONDENT if collects else None, *questions.values()]
        ids = [_AT, _WHO, *questions]
        for column, field in enumerate(("at", "address")):
            if asks_for(form, columns, field):
                headers[column] = None  # the form asks for it itself
        found = find_columns(title, [headers], columns)
        pairs = [(field, ids[place]) for field, places in found.items() for place in places]
        if collects and headers[1] is None:
            pairs.append(("address", _WHO_ELSE))
        read = {one for _, one in pairs}
        for field in columns.headers:
            listed = (one for one in columns.titles(field) if _AN_ID.fullmatch(one))
            retitled = (  # and another is asked in its place
                one
                for one in before.get(field, ())
                if contains_title(questions.get(one, ""), columns.titles(field)) and one not in read
            )
            gone = (one for one in (*before.get(field, ()), *listed) if one not in questions)
            pairs += [(field, one) for one in dict.fromkeys((*retitled, *gone))]
        pairs.sort(key=lambda pair: list(columns.headers).index(pair[0]))
        unread = questions.keys() - {one for _, one in pairs}
        came = (
            (one, redact_addresses(one_line(said)))
            for one, said in questions.items()
            if one in unread and says_who_came(columns.kind, folded(said))
        )
        return cls(tuple(pairs), columns.required, tuple(questions), tuple(came))

    @property
    def remembered(self) -> str:
        """What is to be remembered of it."""
        asked: dict[str, list[str]] = {}
        for field, one in self.pairs:
            if not one.startswith("("):
                asked.setdefault(field, []).append(one)
        return json.dumps(asked, sort_keys=True)

    def fields(self, gone: Iterable[str]) -> tuple[str, ...]:
        """The fields of the table, a mark for each id of `gone` behind them."""
        absent = (ABSENT + said for _, said in self.came)
        return (*(field for field, _ in self.pairs), *absent, *(GONE + one for one in gone))

    def row(self, response: Response, gone: Iterable[str]) -> list[Cell]:
        """The cells of an answer, and the marks behind them."""
        cells = [_cell(response, one) for _, one in self.pairs]
        both = list(zip(self.pairs, cells, strict=True))
        said = {field for (field, one), cell in both if one != _WHO_ELSE and holds(cell)}
        if "address" in said:  # then who was signed in to Google says nothing
            cells = [None if one == _WHO_ELSE else cell for (_, one), cell in both]
        told = {field for (field, _), cell in zip(self.pairs, cells, strict=True) if holds(cell)}
        lacks = lacking(self.required, told)
        away = (did_not_come(folded(said), folded(response.text(one))) for one, said in self.came)
        marks = (*away, *(bool(lacks and response.text(one)) for one in gone))
        return [*cells, *(mark or None for mark in marks)]

    def gone(self, responses: Iterable[Response], known: Collection[str] = ()) -> list[str]:
        """The ids under which answers that lack something say something, and nobody reads it.

        Args:
            known: the fields of the table of the last reading, marks among them.
        """
        read = {*self.live, *(one for _, one in self.pairs)}
        found = {field.removeprefix(GONE) for field in known if field.startswith(GONE)}
        for response in responses:
            strange = sorted(response.answers.keys() - read)
            marks = self.row(response, strange)[len(self.pairs) + len(self.came) :]
            found.update(one for one, mark in zip(strange, marks, strict=True) if mark)
        return sorted(found - read)


def asks_for(form: Form, columns: Columns, field: str) -> bool:
    """Whether a question of the form is a field's."""
    known = set(map(unmarked, columns.titles(field)))
    return any(unmarked(item.title) in known for item in form.items if item.single)


def _cell(response: Response, question: str) -> Cell:
    """One answer as text; several ticks are joined by commas."""
    if question == _AT:
        return response.created
    if question in (_WHO, _WHO_ELSE):
        return response.respondent
    return response.text(question)
