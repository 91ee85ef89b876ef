"""What is asked once more before it is done: what will happen, and what members will read.

An act is first made into something to confirm, kept with the session; nothing is written by that.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from connectors.emails import preview, preview_text
from flows.context import ChapterContext
from flows.votes.schedule import tick
from flows.web.pages.progress import start
from flows.web.visits import Asked, Document, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import ClerkError, FixTheData, Refused
from models.mail.notices import EmailContent
from models.privacy import redact_addresses
from models.votes.history import newest_change

Do = Callable[[ChapterContext], tuple[str, ...]]
"""Does it, and says what was done."""


@dataclass(frozen=True, eq=False)
class Intended:
    """Something that an officer is about to do."""

    vote: str
    what: str
    """The name of its texts."""
    happens: tuple[str, ...]
    """What will happen, in sentences of the officer's language."""
    do: Do = field(repr=False)
    back: str
    emails: tuple[EmailContent, ...] = field(default=(), repr=False)
    """What members will read."""
    is_grave: bool = True
    warnings: tuple[str, ...] = ()
    """English sentences that ask for a look."""
    seen: str = ""
    """How the vote stood when it was shown."""


def stands(context: ChapterContext, name: str) -> str:
    """How a vote stands: another text once it, or its result, was changed."""
    return newest_change(context.ledger.votes.lines(name))


def ask(visit: Visit, intended: Intended, seen: str) -> GoTo:
    """Go and ask once more.

    Args:
        seen: how the vote stood before anything of it was read.
    """
    return GoTo(place_of(visit, intended, seen))


def place_of(visit: Visit, intended: Intended, seen: str) -> str:
    """Where it is asked."""
    return f"/votes/{intended.vote}/confirm/{visit.keep(replace(intended, seen=seen))}"


def show(visit: Visit) -> Page:
    """What will happen, and what members will read."""
    intended = _intended(visit, visit.at["handle"])
    emails = [
        (one.subject, redact_addresses(preview_text(one)), visit.keep(preview(one)))
        for one in intended.emails
    ]
    facts = {"intended": intended, "handle": visit.at["handle"], "emails": emails}
    return Page("vote-confirm.html", facts)


def email(visit: Visit) -> Document:
    """An email as it will look, in its frame."""
    html = visit.kept(visit.at["handle"])
    return Document(html if isinstance(html, str) else "")


def confirm(visit: Visit) -> GoTo:
    """Do it, and then what is due for this vote because of it."""
    handle = visit.sent.one("intended")
    intended = _intended(visit, handle)
    name = intended.vote
    if not visit.sent.ticked("sure"):
        said = visit.words.say("vote_confirm.tick_first")
        return GoTo(f"/votes/{name}/confirm/{handle}", (said,))
    say = visit.words.say

    def unchanged(context: ChapterContext) -> None:
        if stands(context, name) != intended.seen:
            raise Refused(
                say("vote_confirm.changed_since"),
                where=name,
                next_step=say("vote_confirm.look_again"),
            )

    def do(context: ChapterContext) -> tuple[str, ...]:
        with context.ledger.checking(lambda: unchanged(context)):
            return intended.do(context)

    return work(visit, name, intended.what, do, intended.back)


def work(visit: Visit, name: str, what: str, do: Do, back: str) -> GoTo:
    """Do something to a vote beside the page, and then what is due because of it."""
    later = visit.words.say("vote_confirm.later")

    def job(context: ChapterContext, tell: Tell) -> Done:
        said = do(context)
        try:
            tick(context, tell=lambda one: tell(one.what), only=name)
        except ClerkError:  # it is done, and stands in the record; the vote's page shows the rest
            said = (*said, later)
        return Done(said, f"/votes/{name}")

    return start(visit, visit.words.say(f"vote_confirm.{what}.doing"), job, back)


def _intended(visit: Visit, handle: str) -> Intended:
    held = visit.kept(handle)
    if not isinstance(held, Intended) or held.vote != visit.at["name"]:
        raise FixTheData(
            visit.words.say("desk.handle_lost"), next_step=visit.words.say("desk.search_again")
        )
    return held


ASKED: Final = (
    Asked("GET", "/votes/{name}/confirm/{handle}", show, "act"),
    Asked("GET", "/votes/{name}/email/{handle}", email),
    Asked("POST", "/votes/{name}/confirm", confirm, "act"),
)
