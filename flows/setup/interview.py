"""Questions whose answers are kept: an interview that stops anywhere goes on where it stood.

The interview runs from its beginning each time. What is answered is not asked again, but checked
again: a key or a spreadsheet may have changed in between. The file of answers is the person's
alone, and is removed at the end; keys are never in it.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from connectors.files.disk import told
from connectors.files.own_files import as_text, is_there, read_own
from connectors.files.private_files import write_private
from flows import console
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from models.privacy import redact_addresses

KEPT = ".clerk-init.json"
_MOST_TRIES = 25
Check = Callable[[str], str]
"""Gives what is kept of an answer, or raises what is wrong with it."""


class Unanswered(FixTheSettings):
    """There is nobody to ask, and no more answers were given."""


class Interview:
    """What was answered, and who is asked for the rest.

    Args:
        ask: shows a question and gives what was typed; a secret is not shown.
    """

    def __init__(self, folder: Path, ask: Callable[[str, bool], str]) -> None:
        self._file, self._folder, self._ask = folder / KEPT, folder, ask
        self._kept = self._read()
        self._asked: Counter[str] = Counter()

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
    ) -> str:
        """Ask until an answer is right.

        Args:
            key: under which the answer is kept.
            default: what Enter means; None where something must be typed.

        Raises:
            Unanswered: there are no more answers.
        """
        key = self._numbered(key)
        if key in self._kept:
            try:
                return check(self._kept[key])
            except TryAgainLater:
                raise  # the answer stays
            except (ValueError, ClerkError) as fault:
                _tell(fault)
                del self._kept[key]
        for _ in range(_MOST_TRIES):
            typed = self._ask(question, secret).strip()
            if not typed and default is None:
                console.warn("An answer is needed here.")
                continue
            try:
                answer = check(typed or default or "")
            except (ValueError, ClerkError) as fault:
                _tell(fault)
                continue
            self._keep(key, answer)
            return answer
        raise Unanswered("no answer was right", where=question, next_step="start again later")

    def choose(
        self,
        key: str,
        question: str,
        options: Mapping[str, str],
        default: str | None = None,
    ) -> str:
        """Let one of several be chosen by its number.

        Args:
            options: what is kept → what is shown.
            default: which one Enter means; None where one must be chosen.
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
        return self.text(key, "\n".join([question, *lines, f"Number{enter}"]), check,
                         default=usual or None)  # fmt: skip

    def confirm(self, key: str, question: str, *, default: bool) -> bool:
        """Ask for a yes or a no."""
        said = self.text(
            key, f"{question} [{'Y/n' if default else 'y/N'}]", _yes_or_no,
            default="yes" if default else "no",
        )  # fmt: skip
        return said == "yes"

    def several(self, key: str, question: str, check: Check) -> list[str]:
        """Ask again and again, until Enter."""
        found: list[str] = []
        while one := self.text(key, question, lambda typed: typed and check(typed), default=""):
            found.append(one)
        return found

    def forget(self) -> None:
        """Remove the file of answers: all of it is in the settings."""
        with told(KEPT):
            self._file.unlink(missing_ok=True)

    def _numbered(self, key: str) -> str:
        """The same question may come several times."""
        self._asked[key] += 1
        return key if self._asked[key] == 1 else f"{key} #{self._asked[key]}"

    def _keep(self, key: str, answer: str) -> None:
        self._kept[key] = answer
        write_private(self._file, json.dumps(self._kept, indent=1).encode())

    def _read(self) -> dict[str, str]:
        if not is_there(self._file):
            return {}
        try:
            held = json.loads(as_text(read_own(self._file, self._folder, secret=True), KEPT))
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in held.items()} if isinstance(held, dict) else {}


def listed(lines: Sequence[str]) -> None:
    """Show some lines, each after a mark."""
    for line in lines:
        console.say(f"  • {line}")


def _yes_or_no(typed: str) -> str:
    word = typed.casefold()
    if word in ("y", "yes", "sí", "si"):
        return "yes"
    if word in ("n", "no"):
        return "no"
    raise ValueError("type yes or no")


def _tell(fault: Exception) -> None:
    console.warn(redact_addresses(str(fault)))
