"""Which kinds of news a night of this chapter has known: a new one starts with the next news.

A kind that tells of what has just happened would be due, on its first night, to everybody to whom
it ever happened. So its first night notes them all as told, as a chapter's first does (VM-R4).
"""

from collections.abc import Collection

from pydantic import TypeAdapter

from connectors.ledger import Ledger
from flows.context import ChapterContext
from flows.notes import noted
from models.mail.notices import KINDS, NEWS, ONE_AWAY, VOTING, NoticeKind

KINDS_NOTED, _FORM = "kinds of news", TypeAdapter(tuple[NoticeKind, ...])
_BEFORE = (VOTING, ONE_AWAY)
"""What each night knew before this was noted."""


def new_kinds(context: ChapterContext) -> Collection[NoticeKind]:
    """The kinds of news that no applied night has known; of a ledger from a backup all kinds."""
    known = noted(context.ledger, KINDS_NOTED, _FORM, _BEFORE)
    return [kind for kind in NEWS if kind not in known] if known else list(KINDS)


def know_nothing(ledger: Ledger) -> None:
    """What has gone out since the backup it does not know: nobody is told of it again."""
    ledger.set_note(KINDS_NOTED, "[]")
    ledger.mailings.pass_over(KINDS)


def remember_kinds(ledger: Ledger) -> None:
    """A night with these kinds is on record."""
    said = _FORM.dump_json(tuple(NEWS)).decode()
    if ledger.note(KINDS_NOTED) != said:
        ledger.set_note(KINDS_NOTED, said)
