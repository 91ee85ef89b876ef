"""A form as its reader sees it, and what they answered.

Source of the names in a prefilled link: a question's id is hexadecimal, its `entry.` number is not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from connectors.sandbox.google.form_state import Form

Kind = Literal["line", "lines", "one", "several", "pick", "date", "time", "grid", "note", "other"]
OTHER: Final = "__other_option__"
_TYPED: Final = ".other_option_response"
_CHOICES: Final[Mapping[str, Kind]] = {
    "RADIO": "one", "CHECKBOX": "several", "DROP_DOWN": "pick",
}  # fmt: skip
Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Question:
    """A question, or a row of a grid.

    Attributes:
        ends: what the two ends of a scale mean.
        typed: what stands in the field beside “Other”.
    """

    id: str
    title: str
    options: tuple[str, ...] = ()
    required: bool = False
    chosen: frozenset[str] = frozenset()
    value: str = ""
    typed: str = ""
    wrong: bool = False
    ends: tuple[str, str] = ("", "")

    @property
    def name(self) -> str:
        """The field's name, as in a prefilled link."""
        return entry(self.id)


@dataclass(frozen=True)
class Item:
    """What stands between two lines of a form."""

    number: int
    title: str
    help: str
    kind: Kind
    questions: tuple[Question, ...] = ()
    several: bool = False
    """Whether a row of the grid takes several ticks."""
    options: tuple[str, ...] = field(default=())

    @property
    def required(self) -> bool:
        """Whether it has to be answered."""
        return any(question.required for question in self.questions)

    @property
    def wrong(self) -> bool:
        """Whether an answer is missing."""
        return any(question.wrong for question in self.questions)


def entry(question: str) -> str:
    """A question's name in a prefilled link."""
    try:
        return f"entry.{int(question, 16)}"
    except ValueError:  # an id that a person made up
        return f"entry.{question}"


def items(form: Form, given: Answers, *, sent: bool = False) -> list[Item]:
    """A form with what a link or a reader filled in.

    Args:
        sent: whether what is missing is wrong by now.
    """
    return [_item(number, item, given, sent) for number, item in enumerate(form.items, start=1)]


def answers(shown: Sequence[Item]) -> dict[str, list[str]]:
    """What was answered, by question id."""
    said: dict[str, list[str]] = {}
    for question in (one for item in shown for one in item.questions):
        texts = list(_texts(question))
        if texts:
            said[question.id] = texts
    return said


def _texts(question: Question) -> Iterator[str]:
    if not question.options:
        yield from [question.value] if question.value else []
        return
    yield from (option for option in question.options if option in question.chosen - {OTHER})
    if OTHER in question.chosen and question.typed:
        yield question.typed


def _item(number: int, item: Mapping[str, Any], given: Answers, sent: bool) -> Item:
    title, told = item.get("title", ""), item.get("description", "")
    if group := item.get("questionGroupItem"):
        columns = group["grid"]["columns"]
        options = tuple(option.get("value", "") for option in columns["options"])
        rows = tuple(
            _filled(row, row["rowQuestion"]["title"], options, given, sent)
            for row in group["questions"]
        )
        several = columns.get("type") == "CHECKBOX"
        return Item(number, title, told, "grid", rows, several, options)
    question = item.get("questionItem", {}).get("question")
    if question is None:
        return Item(number, title, told, "note")
    kind, options = _kind(question)
    one = _filled(question, title, options, given, sent)
    return Item(number, title, told, kind, (one,), kind == "several", options)


def _kind(question: Mapping[str, Any]) -> tuple[Kind, tuple[str, ...]]:
    if choice := question.get("choiceQuestion"):
        options = tuple(
            OTHER if option.get("isOther") else option.get("value", "")
            for option in choice["options"]
        )
        return _CHOICES.get(choice.get("type", ""), "one"), options
    if scale := question.get("scaleQuestion"):
        return "one", tuple(map(str, range(scale.get("low", 0), scale["high"] + 1)))
    if "textQuestion" in question:
        return ("lines" if question["textQuestion"].get("paragraph") else "line"), ()
    if "dateQuestion" in question:
        return "date", ()
    return ("time", ()) if "timeQuestion" in question else ("other", ())


def _filled(
    question: Mapping[str, Any], title: str, options: tuple[str, ...], given: Answers, sent: bool
) -> Question:
    name = entry(question["questionId"])
    texts = [text.strip() for text in given.get(name, ())]
    chosen = frozenset(text for text in texts if text in options)
    value = next(iter(texts), "").replace("\r\n", "\n")
    typed = next(iter(given.get(name + _TYPED, ())), "").strip()
    required = bool(question.get("required"))
    is_there = bool(chosen - {OTHER} or (OTHER in chosen and typed) if options else value)
    scale = question.get("scaleQuestion", {})
    return Question(
        id=question["questionId"],
        title=title,
        options=options,
        required=required,
        chosen=chosen,
        value=value,
        typed=typed,
        wrong=sent and required and not is_there,
        ends=(scale.get("lowLabel", ""), scale.get("highLabel", "")),
    )
