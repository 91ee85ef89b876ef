"""The ways out of an alert: the chapter's own addresses, or else the officers' one mailbox."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from connectors.alerts import Message, Target
from flows.alerts.told import MAILBOX
from flows.alerts.words import groups, headline, plain
from flows.context import ChapterContext
from flows.mail.delivery import send_test_words
from flows.mail.officers import officers
from models.mail.alerts import KnownAlert, News

LETTER, TITLE = "officers-news", "clerk: news for the officers"
Headed = Sequence[tuple[News, KnownAlert]]
"""What there is to tell, each with what makes it news."""


class Way(Protocol):
    """One way out."""

    @property
    def key(self) -> str:
        """What it is known by in the ledger: no address can be read off it."""

    @property
    def name(self) -> str:
        """What people call it."""

    def tell(self, context: ChapterContext, news: Headed) -> None:
        """Send the news.

        Raises:
            ClerkError: it did not go out, or nobody knows whether it did.
        """


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The officers' one mailbox, by a test email of the mailing service."""

    key: str = MAILBOX
    name: str = "email"

    def tell(self, context: ChapterContext, news: Headed) -> None:
        said = headline(kind for kind, _ in news)
        words = context.words(LETTER, headline=said, groups=groups(news, context.chapter.tz))
        to = officers(context.chapter, "what officers are told")
        send_test_words(context, words, to, title=TITLE)


@dataclass(frozen=True, slots=True)
class Address:
    """A line of the file of addresses."""

    target: Target
    key: str
    name: str

    def tell(self, context: ChapterContext, news: Headed) -> None:
        said = headline(kind for kind, _ in news)
        title = f"{context.chapter.name}: {said}"
        context.alert(self.target, Message(title=title, body=plain(news, context.chapter.tz)))


def addresses(context: ChapterContext) -> list[Address]:
    """The chapter's own addresses.

    Raises:
        FixTheSettings: their file cannot be read, or has a fault.
    """
    return [_address(context, target) for target in context.alert_targets()]


def _address(context: ChapterContext, target: Target) -> Address:
    line = target.address.get_secret_value()
    key = hmac.digest(context.ledger.key, f"alerts\0{line}".encode(), sha256)[:8].hex()
    return Address(target, key, str(target))


def keys(ways: Iterable[Way]) -> list[str]:
    """What they are known by."""
    return [way.key for way in ways]
