"""Who may come in: a link that is good once makes a session that is good for some hours (DP-3).

Both are random keys; the ledger holds their digests. Whoever is taken out of `chapter.toml` is out
at once, whatever session they hold.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from connectors.ledger import Act, KeyKind
from connectors.settings import Chapter
from connectors.settings.sections import Desk, Officer
from flows.context import ChapterContext
from flows.votes.sending import CLERK
from models.errors import FixTheSettings
from models.text.folding import folded
from models.votes.events import OfficerInvited, OfficerSignedOut

_REHEARSED = timedelta(days=366)
HOW_TO_NAME = """add three lines to chapter.toml: [[officers]], name = "…", may = ["look", "act"]"""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in officer."""

    officer: Officer
    key: str
    ends: datetime


def desk_of(chapter: Chapter) -> Desk:
    """How the page is set; the defaults where nothing is."""
    return chapter.desk or Desk()


def home_of(chapter: Chapter) -> str:
    """The page's address, as officers open it."""
    desk = desk_of(chapter)
    return desk.address or f"http://127.0.0.1:{desk.port}"


def officer_called(chapter: Chapter, name: str) -> Officer:
    """An officer of the settings.

    Raises:
        FixTheSettings: nobody there has this name.
    """
    found = [one for one in chapter.officers if folded(one.name) == folded(name)]
    if found:
        return found[0]
    known = ", ".join(one.name for one in chapter.officers)
    raise FixTheSettings(
        "no officer has this name" if known else "no officers are named yet",
        where="chapter.toml [[officers]]",
        next_step=f"use one of these names: {known}" if known else HOW_TO_NAME,
    )


def invite(context: ChapterContext, name: str) -> tuple[str, datetime]:
    """Make a sign-in link for an officer, good once. Returns the link, and until when it is good.

    Raises:
        FixTheSettings: nobody has this name.
    """
    officer, now = officer_called(context.chapter, name), context.now()
    key = secrets.token_urlsafe(32)
    ends = now + timedelta(hours=desk_of(context.chapter).invitation_hours)
    context.ledger.officers.add(KeyKind.INVITATION, key, officer.name, now, ends)
    return f"{home_of(context.chapter)}/sign-in/{key}", ends


def made_link(context: ChapterContext, name: str, by: str = CLERK) -> tuple[str, datetime]:
    """The same, recorded under the name of whoever made it; the terminal knows none."""
    found = invite(context, name)
    made = OfficerInvited(officer=officer_called(context.chapter, name).name)
    context.ledger.votes.note("", Act(by, context.now(), made))
    return found


def ended_sessions(context: ChapterContext, name: str, by: str = CLERK) -> int:
    """End all sessions of an officer, take back unused links, and record it if there were any.

    Raises:
        FixTheSettings: nobody has this name, and nobody who has left is signed in under it.
    """
    held = {one.officer for one in context.ledger.officers.keys(context.now())}
    theirs = [one for one in held if folded(one) == folded(name)]
    name = theirs[0] if theirs else officer_called(context.chapter, name).name
    if many := sum(map(context.ledger.officers.revoke, theirs)):
        ended = OfficerSignedOut(officer=name)
        context.ledger.votes.note("", Act(by, context.now(), ended))
    return many


def sign_in(context: ChapterContext, invitation: str) -> Session | None:
    """Use a link up; None if it is no link of ours, was used, has ended, or its officer left."""
    held = context.ledger.officers.use_up(KeyKind.INVITATION, invitation, context.now())
    officer = held and _still_officer(context.chapter, held.officer)
    if not officer:
        return None
    now, key = context.now(), secrets.token_urlsafe(32)
    hours = desk_of(context.chapter).session_hours
    # In a rehearsal weeks pass in a minute: nobody is signed out by that.
    ends = now + (_REHEARSED if context.chapter.rehearsal else timedelta(hours=hours))
    context.ledger.officers.add(KeyKind.SESSION, key, officer.name, now, ends)
    return Session(officer, key, ends)


def session(context: ChapterContext, key: str) -> Session | None:
    """Whose session this is; None if nobody's."""
    held = key and context.ledger.officers.find(KeyKind.SESSION, key, context.now())
    officer = held and _still_officer(context.chapter, held.officer)
    return Session(officer, key, held.ends) if held and officer else None


def sign_out(context: ChapterContext, key: str) -> None:
    """End one session."""
    context.ledger.officers.use_up(KeyKind.SESSION, key, context.now())


class OfficerTold(NamedTuple):
    """What there is to say of an officer."""

    officer: str
    may: str
    sessions: int
    link_until: datetime | None
    """Until when a link that was not used is good."""


def officers_told(context: ChapterContext) -> list[OfficerTold]:
    """Who may come in, and who is in."""
    keys = context.ledger.officers.keys(context.now())

    def held(name: str, kind: KeyKind) -> list[datetime]:
        return [key.ends for key in keys if key.officer == name and key.kind == kind]

    return [
        OfficerTold(
            one.name,
            "look and act" if one.acts else "look",
            len(held(one.name, KeyKind.SESSION)),
            max(held(one.name, KeyKind.INVITATION), default=None),
        )
        for one in context.chapter.officers
    ]


def _still_officer(chapter: Chapter, name: str) -> Officer | None:
    return next((one for one in chapter.officers if one.name == name), None)
