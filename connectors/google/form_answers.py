"""What Google answers of a form: its questions, what was said, what became of building it.

Google leaves out what is empty: a question without options has none, an answer without text no
`textAnswers`, a form that nobody answered is `{}`.
"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, RootModel

from connectors.net.responses import Answer

Id = Annotated[str, Field(min_length=1)]


def _moment(text: str) -> str:
    """A moment with its zone; the text stays, for Google's own has more digits than a clock."""
    if datetime.fromisoformat(text).tzinfo is None or "|" in text:
        raise ValueError("no moment")
    return text


Moment = Annotated[str, AfterValidator(_moment)]


class Option(Answer):
    """One choice of a question."""

    value: str = ""
    is_other: bool = Field(False, alias="isOther")


class Choice(Answer):
    """A question with choices."""

    type: str = ""
    options: tuple[Option, ...] = ()


class Row(Answer):
    """The question that a row of a grid is."""

    title: str = ""


class Question(Answer):
    """A question; without choices it wants text."""

    id: Id = Field(alias="questionId")
    choice: Choice | None = Field(None, alias="choiceQuestion")
    row: Row = Field(Row(), alias="rowQuestion")


class QuestionItem(Answer):
    """A question on its own."""

    question: Question


class Columns(Answer):
    """A grid's columns."""

    columns: Choice = Choice()


class Group(Answer):
    """A grid of questions."""

    questions: tuple[Question, ...] = ()
    grid: Columns = Columns()


class Item(Answer):
    """Part of a form; page breaks, texts and pictures ask nothing."""

    title: str = ""
    description: str = ""
    single: QuestionItem | None = Field(None, alias="questionItem")
    group: Group | None = Field(None, alias="questionGroupItem")
    text: dict[str, Any] | None = Field(None, alias="textItem")
    section: dict[str, Any] | None = Field(None, alias="pageBreakItem")

    @property
    def is_read(self) -> bool:
        """Whether it is a text or the head of a section."""
        return self.text is not None or self.section is not None


class Info(Answer):
    """How a form calls itself."""

    title: str = ""


class Settings(Answer):
    """Whether a form takes down addresses."""

    collects: str = Field("DO_NOT_COLLECT", alias="emailCollectionType")


class State(Answer):
    """Whether a form can be answered; what is false is left out."""

    accepting: bool = Field(False, alias="isAcceptingResponses")


class Publishing(Answer):
    """A form's publication; forms of the old kind have no state."""

    state: State | None = Field(None, alias="publishState")


class Form(Answer):
    """A form and its questions."""

    id: Id = Field(alias="formId")
    info: Info = Info()
    settings: Settings = Settings()
    link: str = Field("", alias="responderUri")
    publishing: Publishing = Field(Publishing(), alias="publishSettings")
    linked: str = Field("", alias="linkedSheetId")
    """The workbook into which its answers go too."""
    items: tuple[Item, ...] = ()


class Text(Answer):
    """One text that was typed or ticked."""

    value: str = ""


class Texts(Answer):
    """All of one question."""

    answers: tuple[Text, ...] = ()


class Said(Answer):
    """What was answered to a question; uploaded files have no text."""

    texts: Texts = Field(Texts(), alias="textAnswers")


class Response(Answer):
    """One answer to a form; nothing but its own two stamps is always there."""

    id: Id = Field(alias="responseId")
    created: Moment = Field(alias="createTime")
    submitted: Moment = Field(alias="lastSubmittedTime")
    respondent: str = Field("", alias="respondentEmail")
    answers: dict[str, Said] = Field(default_factory=dict)

    def texts(self, question: str) -> list[str]:
        """What was answered to a question, each tick by itself."""
        return [text.value for text in self.answers.get(question, Said()).texts.answers]

    def text(self, question: str) -> str:
        """The same joined as in a sheet; "" is nothing."""
        return ", ".join(self.texts(question))


class SomeResponses(Answer):
    """Some answers to a form, and where there are more."""

    responses: Annotated[tuple[Response, ...], Field(min_length=1)]
    next: str = Field("", alias="nextPageToken")


class NoResponses(Answer):
    """A page without any says at most where there are more: what says something else is another's.

    Source: AIP-158, a page may be empty and not the last.
    """

    model_config = ConfigDict(extra="forbid")

    responses: tuple[()] = ()
    next: str = Field("", alias="nextPageToken")


class Page(RootModel[SomeResponses | NoResponses]):
    """A page of the answers to a form."""

    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)

    @property
    def responses(self) -> tuple[Response, ...]:
        """What was answered."""
        return self.root.responses

    @property
    def size(self) -> int:
        return len(self.responses)

    @property
    def next(self) -> str:
        """What to ask the next page with; "" when this is the last."""
        return self.root.next


class Made(Answer):
    """An item that was made."""

    id: Id = Field(alias="itemId")


class Reply(Answer):
    """What became of one change to a form; only a new item has something to say."""

    created: Made | None = Field(None, alias="createItem")


class Built(Answer):
    """A form after a batch of changes: a reply for each."""

    replies: tuple[Reply, ...]
