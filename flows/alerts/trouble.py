"""What stood in the way of a vote's steps, kept for `status` until the step is done.

A small note of the ledger for each vote; the record has only what happened. The words are those of
our errors, which name nobody; of a bug only its place.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property, partial

from pydantic import AwareDatetime, TypeAdapter

from flows.context import ChapterContext
from flows.notes import noted
from models.base import Value
from models.errors import ClerkError, TryAgainLater, describe
from models.privacy import redact_addresses
from models.text.sentences import Sentence


class Trouble(Value):
    """A step that failed, and has not been done since."""

    since: AwareDatetime
    last: AwareDatetime
    times: int
    said: str
    """Of the last time."""
    passing: bool = False
    """Whether trying again may cure it."""

    @property
    def lasts(self) -> bool:
        """Whether it has not passed by itself."""
        return not self.passing or self.times >= QUICK

    def rests(self, now: datetime) -> bool:
        """Whether a mail that failed so often is left alone for now.

        After some tries in a row it waits longer each time, and for hours where trying again
        cannot cure it: a strike comes every five minutes, and a plan has 24 test letters a day.
        """
        if self.times < QUICK:
            return False
        pause = min(PAUSE * 2 ** min(self.times - QUICK, 9), HOURS) if self.passing else HOURS
        return now < self.last + pause


QUICK = 3
"""Tries at the strikes as they come: most of what passes has passed by then."""
PAUSE, HOURS = timedelta(minutes=30), timedelta(hours=6)
"""The first pause after them, and the longest."""
TELLERS, NEWS = "tell officers", "tell news"
"""The steps that are mails to the officers."""
_NOTED = TypeAdapter(dict[str, Trouble])
SYNC = "sync"
"""The sync before an opening."""
_CALLED: Mapping[str, Sentence] = {
    SYNC: Sentence("the sync before the opening"),
    "open": Sentence("the opening"),
    "invite": Sentence("the invitation"),
    "remind 1": Sentence("reminder 1"),
    "remind 2": Sentence("reminder 2"),
    "remind 3": Sentence("reminder 3"),
    "close": Sentence("the close"),
    "clear": Sentence("removing the codes from the mailing list"),
    "after the close": Sentence("the count"),
    "publish": Sentence("publishing the result"),
    "announce": Sentence("the announcement"),
    "tell officers": Sentence("the tellers' report"),
    "drop unsent letters": Sentence("stopping the emails of a canceled election"),
    "tell of the cancellation": Sentence("the email that the election is canceled"),
    "publish the cancellation": Sentence("the page that says the election is canceled"),
}


def called(step: str) -> str:
    """What people call a step."""
    return _CALLED.get(step, step.removeprefix("send owed "))


def name_of(step: Callable[[], object]) -> str:
    """A step's name: its function's, with the number or the letter that it is about."""
    made = step if isinstance(step, partial) else partial(step)
    about = [getattr(one, "letter", one) for one in made.args]
    name = getattr(made.func, "__name__", "").strip("_").replace("_", " ")
    return " ".join([name, *(str(one) for one in about)])


class Troubles:
    """Those of one vote. Hold `Ledger.alone` around what changes them."""

    def __init__(self, context: ChapterContext, vote: str) -> None:
        self._context, self._note = context, f"trouble of {vote}"

    @cached_property
    def known(self) -> dict[str, Trouble]:
        """By step; none where the note is none of ours."""
        return noted(self._context.ledger, self._note, _NOTED, {})

    def failed(self, step: str, fault: Exception) -> None:
        """Remember what a step failed of; that this fails too stops nothing."""
        now: datetime = self._context.now()
        with suppress(ClerkError):
            before = self.known.get(step)
            self.known[step] = Trouble(
                since=before.since if before else now,
                last=now,
                times=before.times + 1 if before else 1,
                said=_said(fault),
                passing=isinstance(fault, TryAgainLater),
            )
            self._write()

    def over(self, step: str) -> None:
        """Forget it: the step was done."""
        with suppress(ClerkError):
            if self.known.pop(step, None):
                self._write()

    def rests(self, step: str) -> bool:
        """Whether a step failed so often that it is left alone for now."""
        one = self.known.get(step)
        return one is not None and one.rests(self._context.now())

    def none_left(self, *but: str) -> None:
        """Forget them all, but some steps: what is not due any more will never be done."""
        with suppress(ClerkError):
            if gone := self.known.keys() - set(but):
                for step in gone:
                    del self.known[step]
                self._write()

    def _write(self) -> None:
        self._context.ledger.set_note(self._note, _NOTED.dump_json(self.known).decode())


def _said(fault: Exception) -> str:
    said = describe(fault)
    return redact_addresses(said.partition("\n")[0])
