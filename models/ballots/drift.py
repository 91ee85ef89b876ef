"""Whether the ballot form is still what it was when the vote was approved, and opened.

1. What is asked is held fast as a picture: of each question its title, what it offers, its ids.
2. A question that is gone, new, renamed, or offers something else is a change. So is one that was
   deleted and asked again: its title is the same, but the links in emails do not fill it in.
3. Whether it can be answered belongs to it, until the close: it accepts answers, from anybody who
   has the link, and takes down no address (BA-1, BA-5).
4. The order of the questions is none.
5. The picture is kept for good, and holds no answer and nobody: of a text that is read, which may
   be about a nominee, only a digest under the ledger's own key.
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from models.ballots.form import Item
from models.base import Value
from models.privacy import redact_addresses
from models.text.folding import folded


class FormQuestion(Value):
    """One question of a form, or a grid of them; a header, where a tab is read."""

    title: str
    """"" of a text that is read and asks nothing."""
    says: str = ""
    """A digest of its kind, options, rows and help; under a key, where it is kept."""
    ids: tuple[str, ...] = ()
    """Of its questions, as the service has them; answers and prefilled links name these."""


class How(StrEnum):
    """How a question is not what it was."""

    GONE = "gone"
    NEW = "new"
    RENAMED = "renamed"
    CHANGED = "changed"
    ASKED_ANEW = "asked anew"


class QuestionChange(Value):
    """One question that is not what it was, by the title that it had."""

    title: str
    how: How


class Drift(Value):
    """What is not as it was approved."""

    changes: tuple[QuestionChange, ...] = ()
    closed: bool = False
    """It accepts no answers."""
    restricted: bool = False
    """Not everybody who has the link can answer."""
    organisation: bool = False
    """Those who can are an organisation's accounts."""
    collects: bool = False
    """It takes down mail addresses."""
    unreadable: bool = False
    """It is gone, or not shared with the service account any more."""
    unread: tuple[str, ...] = ()
    """Other tabs with ballots of the election, as after the form was linked again (BA-2)."""

    @property
    def is_any(self) -> bool:
        """Whether there is any."""
        return self != Drift()

    @property
    def shuts_out(self) -> bool:
        """Whether a voter may not be able to vote now."""
        return self.closed or self.restricted or self.unreadable


class Live(NamedTuple):
    """A form or tab as it is now."""

    asked: tuple[FormQuestion, ...]
    accepting: bool = True
    for_anybody: bool | None = True
    """None: nobody could say."""
    collects: bool = False
    organisation: bool = False
    """Accounts of one organisation can answer, and nobody else."""


def asked(item: Item, ids: Iterable[str]) -> FormQuestion:
    """An item of a live form, as it is held fast."""
    said: list[object] = [item.kind, item.options, item.rows]
    # A digest keeps its value when something is held fast that was not before.
    said += [item.help] if item.help else []
    is_read = item.kind == "note"
    says = sha256(json.dumps([*said, item.title] if is_read else said).encode()).hexdigest()
    return FormQuestion(
        title="" if is_read else redact_addresses(item.title), says=says, ids=tuple(ids)
    )


def kept(one: FormQuestion, key: bytes) -> FormQuestion:
    """The same as it can be kept: nobody's name can be guessed and tried without the key."""
    if not one.says:
        return one
    return one.model_copy(update={"says": hmac.digest(key, one.says.encode(), sha256).hex()[:16]})


def drift(before: Sequence[FormQuestion], live: Live, *, voting: bool) -> Drift:
    """What is not as it was.

    Args:
        before: the questions as they were; none where an earlier version did not hold them fast.
        voting: before the close it must be answerable; afterwards it may be shut.
    """
    return Drift(
        changes=tuple(_changes(before, live.asked)) if before else (),
        closed=voting and not live.accepting,
        restricted=voting and live.for_anybody is False,
        organisation=voting and live.organisation,
        collects=voting and live.collects,
    )


def _changes(
    before: Sequence[FormQuestion], now: Sequence[FormQuestion]
) -> Iterator[QuestionChange]:
    left, gone = list(now), []
    for one in before:
        left.remove(one) if one in left else gone.append(one)
    for was in gone:
        same = [one for one in left if folded(one.title) == folded(was.title)]
        found = next((one for one in same if one.ids == was.ids), None)
        found = found or next(iter(same), None) or _with_an_id_of(was, left)
        if found:
            left.remove(found)
        if how := _how(was, found):
            yield QuestionChange(title=was.title, how=how)
    yield from (QuestionChange(title=one.title, how=How.NEW) for one in left)


def _with_an_id_of(was: FormQuestion, now: Sequence[FormQuestion]) -> FormQuestion | None:
    return next((one for one in now if not {*one.ids}.isdisjoint(was.ids)), None)


def _how(was: FormQuestion, now: FormQuestion | None) -> How | None:
    if now is None:
        return How.GONE
    if folded(now.title) != folded(was.title):
        return How.RENAMED
    if was.ids and {*was.ids}.isdisjoint(now.ids):
        return How.ASKED_ANEW
    if now.says != was.says:
        return How.CHANGED
    return How.ASKED_ANEW if now.ids != was.ids else None
