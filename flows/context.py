"""The composition root: a chapter's folder becomes its settings, its ledger, and its services.

A job is handed the service it uses; one that uses several is handed the ChapterContext, and asks
nobody else, not even for the time.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.ledger import Ledger
from connectors.net.network_allowlist import allow
from connectors.settings import Chapter, RehearsalClock, load_chapter
from flows.clock import Clock, utc_now
from flows.rehearsed import marked, stay_here
from flows.services import Services, ledger_exits
from models.bylaws.counting import CountingRules
from models.bylaws.rules import Bylaws
from models.intake.imported import DUES_FILE
from models.mail.notices import ABOUT_STATUS, EmailContent

if TYPE_CHECKING:
    from models.votes.election import Election


def _mention(line: str) -> None:
    from flows.console import mention

    mention(line)


@dataclass
class ChapterContext(Services):
    """One chapter's settings, ledger and services; services are reached for when first used."""

    chapter: Chapter
    ledger: Ledger
    now: Clock = utc_now
    waiting: Callable[[str], None] = _mention
    """Is told when a service makes us wait; jobs of the scheduler have their log told."""
    sleep: Callable[[float], None] = lambda seconds: time.sleep(seconds)  # the one of that moment
    _open: list[Callable[[], None]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day it is in the chapter's zone."""
        return self.now().astimezone(self.chapter.tz).date()

    @cached_property
    def bylaws(self) -> Bylaws:
        """The chapter's bylaws, all editions."""
        return self.chapter.read_bylaws()

    def election(self, name: str) -> "Election":
        """An election as its folder says."""
        from connectors import elections

        return elections.read(self.chapter.folder, name, self.chapter.tz)

    def counting_of(self, election: "Election") -> CountingRules:
        """How a vote is counted: by the edition in force on its record date (VM-R3).

        Once it is approved, by the one whose digest its approval bears, whatever day an edition
        has that was added since (EN-R6).
        """
        from models.tally.digests import edition_digest
        from models.votes.events import Approved
        from models.votes.history import last

        dated = self.bylaws.in_force(election.record_date).counting
        if self.ledger.votes.get(election.name) is None:
            return dated
        approval = last(self.ledger.votes.lines(election.name), Approved)
        editions = (dated, *(one.counting for one in self.bylaws.editions))
        fits = (one for one in editions if approval and edition_digest(one) == approval.rules)
        return next(fits, dated)

    def words(self, kind: str, **facts: object) -> EmailContent:
        """A letter's texts for this chapter, with what they say of a vote or of the ways to it."""
        from connectors import emails
        from models.membership.ways import ways_of
        from models.membership.ways_es import ways_es_of

        own = self.chapter.emails.folder
        if kind in ABOUT_STATUS:
            now, steady = self.bylaws.in_force(self.today), self.bylaws.keeps_membership(self.today)
            dues = self.chapter.has_dues_tab or DUES_FILE in self.ledger.versions()
            facts["ways"] = ways_of(now.membership, steady=steady, dues=dues)
            facts["ways_es"] = ways_es_of(now.membership, steady=steady, dues=dues)
            facts |= now.dues.words()
        words = emails.compose(
            kind,
            chapter=self.chapter.name,
            website=self.chapter.website,
            own=self.chapter.path(own) if own else None,
            spanish="es" in self.chapter.languages,
            days=self.last_days,
            **facts,
        )
        return marked(words) if self.chapter.rehearsal else words

    def last_days(self) -> set[date]:
        """The days on which somebody's status ends, by the night on record."""
        spells = (one.spell for one in self.ledger.standings().values())
        return {each.until for each in spells if each and not each.is_open}

    def close(self) -> None:
        """Close what was opened."""
        for close in self._open:
            close()
        self.ledger.close()


@contextmanager
def open_chapter(folder: Path, now: Clock = utc_now) -> Iterator[ChapterContext]:
    """Read a chapter's settings and open its ledger; a rehearsal has its own time.

    Raises:
        FixTheSettings: the settings or the ledger's file are not as they should be.
        Refused: it is a rehearsal, and something in it leads to another machine.
    """
    chapter = load_chapter(folder)
    if chapter.rehearsal:
        stay_here(ledger_exits(chapter))
        now = RehearsalClock(chapter.folder) if now is utc_now else now
    allow(ledger_exits(chapter))
    url, key = chapter.ledger_url(), chapter.ledger_secret()
    context = ChapterContext(chapter, Ledger.open(url, key, home=chapter.folder), now)
    try:
        if chapter.rehearsal:
            stay_here(context.exits())
        yield context
    finally:
        context.close()
