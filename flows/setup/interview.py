"""Questions whose answers are kept: an interview that stops anywhere goes on where it stood.

The interview runs from its beginning each time. What is answered is not asked again, but checked
again: a key or a spreadsheet may have changed in between. The file of answers is the person's
alone, and is removed at the end; keys are never in it.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from connectors.files.disk import told
from connectors.files.own_files import as_text, is_there, read_own
from connectors.files.private_files import write_private
from flows.setup.face import About, Face, Note, Question, Wrong, fact_of, told_of
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from models.privacy import redact_addresses

KEPT = ".clerk-init.json"
BACK = "back"
_MOST_TRIES = 25
T = TypeVar("T")
Check = Callable[[str], str]
"""Gives what is kept of an answer, or raises what is wrong with it."""


class Unanswered(FixTheSettings):
    """There is nobody to ask, and no more answers were given."""


class TypeAgain(FixTheSettings):
    """An answer that is taken when it is given a second time."""


class Back(Exception):
    """The person wants the question before: the interview begins anew, one answer fewer kept."""


class Interview:
    """What was answered, and who is asked for the rest.

    Args:
        face: shows the questions and what is said between them.
        patient: whether a wrong answer is asked for again. In a pipe, the answers that follow
            would be taken for those of other questions.
    """

    def __init__(self, folder: Path, face: Face, *, patient: bool = True) -> None:
        self._file, self._folder, self.face, self._patient = folder / KEPT, folder, face, patient
        self._kept = self._read()
        self._asked: Counter[str] = Counter()
        self._passed: list[str] = []
        """What was answered so far, in the order of the questions."""
        self._silent = 0
        """How many of the answers come again that were just given."""

    @property
    def is_resumed(self) -> bool:
        """Whether something was answered before."""
        return bool(self._kept)

    def text(
        self,
        key: str,
        question: str,
        check: Check = str,
        *,
        default: str | None = None,
        secret: bool = False,
        about: About | None = None,
    ) -> str:
        """Ask until an answer is right.

        Args:
            key: under which the answer is kept.
            default: what Enter means; None where something must be typed.
            about: what it is about, for a face that words it for itself.

        Raises:
            Unanswered: there are no more answers, or one is wrong and nobody is there to mend it.
            Back: the question before is wanted.
        """
        key = self._numbered(key)
        if key in self._kept:
            try:
                answer = check(self._kept[key])
            except TryAgainLater:
                raise  # the answer stays
            except (ValueError, ClerkError) as fault:
                self.face.hush(on=False)
                self.face.tell(told_of(fault))
                del self._kept[key]
            else:
                self._pass(key)
                return answer
        self.face.hush(on=False)
        asked = Question(question, about, default, secret)
        for _ in range(_MOST_TRIES):
            typed = self.face.ask(asked).strip()
            if typed.casefold() == BACK:
                self._go_back()
                continue
            if not typed and default is None:
                self.refuse(question, Wrong("An answer is needed here.", About("needed")))
                continue
            try:
                answer = check(typed or default or "")
            except (ValueError, ClerkError) as fault:
                self.refuse(question, fault)
                continue
            self._keep(key, answer)
            self._pass(key)
            return answer
        raise Unanswered("no answer was right", where=question, next_step="start again later")

    def refuse(self, question: str, fault: Exception) -> None:
        """Say what is wrong with an answer, before the question comes again.

        Raises:
            Unanswered: nobody is there who could answer again.
        """
        if self._patient or isinstance(fault, TypeAgain):
            self.face.tell(told_of(fault))
            return
        fact = fact_of(fault)
        cure = f"{fault.next_step}; then " if isinstance(fault, ClerkError) else ""
        raise Unanswered(
            f"the answer to “{question_of(question)}” cannot be taken: "
            + redact_addresses(fact).rstrip("."),
            where="clerk init",
            next_step=f"{redact_addresses(cure)}run it again with the answers from this question "
            "on; those before it are kept",
        )

    def is_kept(self, key: str) -> bool:
        """Whether the question that comes next under this key is answered already."""
        return _at(key, self._asked[key] + 1) in self._kept

    def choose(
        self,
        key: str,
        question: str,
        options: Mapping[str, str],
        default: str | None = None,
        about: About | None = None,
    ) -> str:
        """Let one of several be chosen by its number.

        Args:
            options: what is kept → what is shown.
            default: which one Enter means; None where one must be chosen.
            about: as above.
        """
        numbers = dict(zip(map(str, range(1, len(options) + 1)), options, strict=True))

        def check(typed: str) -> str:
            if typed in options:
                return typed
            if typed not in numbers:
                raise ValueError(f"type a number from 1 to {len(options)}")
            return numbers[typed]

        lines = [f"  {number}  {options[one]}" for number, one in numbers.items()]
        usual = next((n for n, one in numbers.items() if one == default), "")
        enter = f" (press Enter for {usual})" if usual else ""
        about = about and replace(about, control="choice", options=options, none=default or "")
        return self.text(key, "\n".join([question, *lines, f"Number{enter}"]), check,
                         default=usual or None, about=about)  # fmt: skip

    def confirm(
        self, key: str, question: str, *, default: bool, about: About | None = None
    ) -> bool:
        """Ask for a yes or a no."""
        usual = "yes" if default else "no"
        about = about and replace(
            about, control="choice", options={"yes": "yes", "no": "no"}, none=usual
        )
        said = self.text(
            key, f"{question} [{'Y/n' if default else 'y/N'}]", _yes_or_no,
            default=usual, about=about,
        )  # fmt: skip
        return said == "yes"

    def several(self, key: str, question: str, check: Check) -> list[str]:
        """Ask again and again, until Enter."""
        found: list[str] = []
        while one := self.text(key, question, lambda typed: typed and check(typed), default=""):
            found.append(one)
        return found

    def tell(self, text: str, about: About | None = None, *, is_warning: bool = False) -> None:
        """Say something before the next question."""
        self.face.tell(Note(text, about, is_warning))

    def forget(self) -> None:
        """Remove the file of answers: all of it is in the settings."""
        with told(KEPT):
            self._file.unlink(missing_ok=True)

    def _numbered(self, key: str) -> str:
        """The same question may come several times."""
        self._asked[key] += 1
        return _at(key, self._asked[key])

    def _pass(self, key: str) -> None:
        self._passed.append(key)
        if self._silent and len(self._passed) >= self._silent:
            self._silent = 0
            self.face.hush(on=False)

    def take_back(self) -> None:
        """Drop the newest answer, so that the next run asks, and `back` leads to any before it."""
        if self._passed:
            self._kept.pop(self._passed[-1], None)
            self._write()

    def _go_back(self) -> None:
        """Drop the answer before, and begin anew: the rest is kept, and nothing is shown twice.

        Raises:
            Back: there is a question before.
        """
        if not self._passed:
            self.tell("This is the first question.", About("first"), is_warning=True)
            return
        *passed, last = self._passed
        self._kept.pop(last, None)
        self._write()
        self._asked.clear()
        self._passed, self._silent = [], len(passed)
        self.face.hush(on=bool(passed))
        raise Back

    def _keep(self, key: str, answer: str) -> None:
        self._kept[key] = answer
        self._write()

    def _write(self) -> None:
        write_private(self._file, json.dumps(self._kept, indent=1).encode())

    def _read(self) -> dict[str, str]:
        if not is_there(self._file):
            return {}
        try:
            held = json.loads(as_text(read_own(self._file, self._folder, secret=True), KEPT))
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in held.items()} if isinstance(held, dict) else {}


def from_the_beginning(ask: Callable[[], T]) -> T:
    """Run an interview, from its beginning again whenever somebody goes back."""
    while True:
        with suppress(Back):
            return ask()


def question_of(text: str) -> str:
    """The question itself, without the list that is shown beside it."""
    lines = text.splitlines()
    return next((line for line in lines if not line.startswith("  ")), lines[0])


def _at(key: str, number: int) -> str:
    return key if number == 1 else f"{key} #{number}"


def _yes_or_no(typed: str) -> str:
    word = typed.casefold()
    if word in ("y", "yes", "sí", "si"):
        return "yes"
    if word in ("n", "no"):
        return "no"
    raise ValueError("type yes or no")
