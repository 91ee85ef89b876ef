"""An officer who adds a sheet on the page: each answer is the page's own form, filled in."""

import re
from html import unescape

from connectors.sandbox.google.cells import Cell
from tests.flows.web.desk import DeskClient, hidden, words

MORE = "2Sheet0Canvass"
VOLUNTEERS: list[list[Cell]] = [
    ["Date", "Activity", "Email address"],
    ["2026-03-01", "Canvass", "quill@example.org"],
]


class SetUp:
    """A signed-in officer at the set-up: each answer is the page's own form, filled in and sent."""

    def __init__(self, desk: DeskClient) -> None:
        self.desk = desk
        self.answer = desk.get("/setup")

    @property
    def said(self) -> str:
        return words(self.answer)

    def begin(self) -> "SetUp":
        return self._pressed("/setup/begin", {})

    def answers(self, *given: str, **more: str) -> "SetUp":
        """Answer; a choice, a text, or ticks."""
        return self._pressed("/setup/answer", {"answer": list(given), **more})

    def none(self) -> "SetUp":
        assert '<button class="second" name="none" value="yes">' in self.answer.text
        return self._pressed("/setup/answer", {"none": "yes"})

    def press(self, what: str) -> "SetUp":
        return self._pressed(f"/setup/{what}", {})

    def asks(self, question: str) -> "SetUp":
        found = re.search(r'<h1[^>]*id="question">(.*?)</h1>', self.answer.text)
        assert found, self.said
        assert unescape(found[1]) == question
        return self

    def _pressed(self, action: str, fields: dict[str, str | list[str]]) -> "SetUp":
        sent = self.desk.post(action, {**hidden(self.answer, action), **fields})
        while "The program is looking" in words(sent):
            sent = self.desk.get("/setup")
        assert sent.status_code == 200, words(sent)
        self.answer = sent
        return self
