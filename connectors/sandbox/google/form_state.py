"""A Google form and its responses, as the sandbox holds them."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def _digits(text: str) -> str:
    return f"{zlib.crc32(text.encode()) & 0x7FFFFFFF:08x}"


@dataclass
class FormResponse:
    """One submission; an edited one keeps its id and `created`, and `submitted` grows."""

    id: str
    created: datetime
    submitted: datetime
    answers: dict[str, list[str]]
    respondent_email: str = ""


@dataclass
class Form:
    """A form file. `items` are Google's own Item objects; every answer is text."""

    id: str
    title: str
    items: list[dict[str, Any]] = field(default_factory=list)
    responses: list[FormResponse] = field(default_factory=list)
    description: str = ""
    document_title: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    linked_sheet_id: str = ""
    published: bool = True
    accepting: bool = True
    responders: list[str] = field(default_factory=lambda: ["anyone"])
    """The types of Drive's permissions with the view "published": who may answer it."""
    grants: list[dict[str, Any]] = field(default_factory=list)
    """Drive's permissions beyond these accounts', as {"type": "anyone", "role": "reader"}."""
    editors_share: bool = True
    """Whether “Editors can change permissions and share” is on."""
    shared_with: set[str] = field(default_factory=set)
    viewers: set[str] = field(default_factory=set)
    version: int = 1
    created: datetime = LONG_AGO
    modified: datetime = LONG_AGO

    def new_id(self, what: str) -> str:
        """Eight hexadecimal digits, the same in every run: ids of items and questions."""
        count = sum(1 for _ in self.questions()) + len(self.items)
        known = {id_ for response in self.responses for id_ in response.answers}
        while (made := _digits(f"{self.id} {what} {count}")) in known:
            count += 1  # an id is never given twice: old answers stay under the old one
        return made

    def questions(self) -> list[dict[str, Any]]:
        """Google's Question objects in order; each row of a grid is one."""
        found = []
        for item in self.items:
            if question := item.get("questionItem", {}).get("question"):
                found.append(question)
            found += item.get("questionGroupItem", {}).get("questions", [])
        return found

    def add_text(self, title: str) -> str:
        """A short-answer question at the end; its question id."""
        return self._add(title, {"textQuestion": {}})

    def add_choice(self, title: str, options: Sequence[str], kind: str = "RADIO") -> str:
        """A question with options: RADIO, CHECKBOX or DROP_DOWN; its question id."""
        listed = [{"value": option} for option in options]
        return self._add(title, {"choiceQuestion": {"type": kind, "options": listed}})

    def ask_anew(self, title: str) -> str:
        """Delete a question and ask it again: it gets a new id, and answers keep the old one."""
        place = next(i for i, item in enumerate(self.items) if item["title"] == title)
        del self.items[place]
        return self.add_text(title)

    def add_grid(self, title: str, rows: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
        """A grid of radio buttons; row title → its question id."""
        grid = {"columns": {"type": "RADIO", "options": [{"value": name} for name in columns]}}
        ids = {row: self.new_id(f"{title} {row}") for row in rows}
        questions = [{"questionId": ids[row], "rowQuestion": {"title": row}} for row in rows]
        group = {"questions": questions, "grid": grid}
        self.items.append(
            {"itemId": self.new_id(title), "title": title, "questionGroupItem": group}
        )
        return ids

    def submit(
        self,
        answers: Mapping[str, str | Sequence[str]],
        at: datetime,
        *,
        edits: str = "",
        respondent_email: str = "",
    ) -> FormResponse:
        """What a person sends: question id → text or texts. `edits`: the response changed."""
        texts = {
            question: [given] if isinstance(given, str) else list(given)
            for question, given in answers.items()
        }
        for response in self.responses:
            if response.id == edits:
                response.answers, response.submitted = texts, at
                return response
        number = zlib.crc32(f"{self.id} {len(self.responses)}".encode())
        name = f"ACYDBN{number:08x}{len(self.responses):06d}"
        self.responses.append(FormResponse(name, at, at, texts, respondent_email))
        return self.responses[-1]

    def dump(self) -> dict[str, Any]:
        """The whole form as JSON."""
        return vars(self) | {
            "responses": [
                vars(response)
                | {
                    "created": response.created.isoformat(),
                    "submitted": response.submitted.isoformat(),
                }
                for response in self.responses
            ],
            "shared_with": sorted(self.shared_with),
            "viewers": sorted(self.viewers),
            "created": self.created.isoformat(),
            "modified": self.modified.isoformat(),
        }

    @classmethod
    def load(cls, seed: dict[str, Any]) -> "Form":
        """A form from what `dump` made; missing parts are as in a new form."""
        plain = dict(seed)
        for moment in {"created", "modified"} & plain.keys():
            plain[moment] = datetime.fromisoformat(plain[moment])
        for group in {"shared_with", "viewers"} & plain.keys():
            plain[group] = set(plain[group])
        plain["responses"] = [
            FormResponse(
                **one
                | {
                    "created": datetime.fromisoformat(one["created"]),
                    "submitted": datetime.fromisoformat(one["submitted"]),
                }
            )
            for one in plain.get("responses", [])
        ]
        return cls(**plain)

    def _add(self, title: str, kind: dict[str, Any]) -> str:
        question_id = self.new_id(title)
        question = {"questionId": question_id, **kind}
        item_id = self.new_id(f"item {title}")
        self.items.append(
            {"itemId": item_id, "title": title, "questionItem": {"question": question}}
        )
        return question_id
