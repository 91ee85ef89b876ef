"""The composition root: a chapter's settings become its services. No other file makes a client.

A job is handed the service it uses; one that uses several is handed the ChapterContext, and asks
nobody else, not even for the time. Clients are imported when made: most commands make none.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from connectors import alerts as alerts_
from connectors import elections
from connectors import google as google_
from connectors import mailchimp as mailchimp_
from connectors.ledger import Ledger, exit_of
from connectors.net.network_allowlist import AllowedHost, allow, exits_to
from connectors.net.retries import RetryPolicy
from connectors.settings import Chapter, RehearsalClock, load_chapter, private_text
from flows.rehearsed import marked, stay_here
from models.bylaws.counting import CountingRules
from models.bylaws.rules import Bylaws
from models.intake.imported import DUES_FILE
from models.mail.notices import ABOUT_STATUS, EmailContent
from models.membership.ways import ways_of
from models.membership.ways_es import ways_es_of
from models.tally.digests import edition_digest
from models.votes.election import Election
from models.votes.events import Approved
from models.votes.history import last

if TYPE_CHECKING:
    from connectors.google.client import GoogleClient
    from connectors.mailchimp.client import MailchimpClient

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)


def _mention(line: str) -> None:
    from flows.console import mention

    mention(line)


@dataclass
class ChapterContext:
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

    @cached_property
    def google(self) -> "GoogleClient":
        """The service account's client."""
        allow(self._google_exits())
        client = self._google_client(google_.SCOPES)
        self._open.append(client.close)
        return client

    @cached_property
    def workbooks(self) -> google_.Workbooks:
        """The chapter's workbooks."""
        return google_.Workbooks(self.google, self._patience)

    @cached_property
    def own_tabs(self) -> google_.OwnTabs:
        """The tabs of the workbooks that the program writes."""
        return google_.OwnTabs(self.google, self._patience)

    @cached_property
    def forms(self) -> google_.Forms:
        """The chapter's forms."""
        return google_.Forms(self.google, self._patience)

    @cached_property
    def ballot_forms(self) -> google_.BallotForms:
        """Where ballots arrive."""
        return google_.BallotForms(self.google, self._patience)

    @cached_property
    def drive(self) -> google_.Drive:
        """Who can open the chapter's files."""
        return google_.Drive(self.google, self._patience)

    @contextmanager
    def form_builder(self) -> Iterator[google_.BallotForms]:
        """The same with leave to fill in an empty form; asked for when it is needed alone."""
        allow(self._google_exits())
        client = self._google_client(google_.FORM_BUILDER)
        try:
            yield google_.BallotForms(client, self._patience)
        finally:
            client.close()

    @cached_property
    def mailchimp(self) -> "MailchimpClient":
        """The mailing-list account's client."""
        from connectors.mailchimp.client import MailchimpClient

        allow(self._mailchimp_exits())
        client = MailchimpClient(
            self.chapter.mailchimp_key(),
            base_url=self.chapter.mailchimp.base_url,
            timeout=self._timeout,
        )
        self._open.append(client.close)
        return client

    @cached_property
    def audience(self) -> mailchimp_.Audience:
        """The chapter's audience."""
        own = self.chapter.mailchimp
        return mailchimp_.Audience(self.mailchimp, own.list_id, own.marks, self._patience)

    @cached_property
    def onlookers(self) -> mailchimp_.Onlookers:
        """What else is told of the audience."""
        return mailchimp_.Onlookers(self.mailchimp, self.chapter.mailchimp.list_id, self._patience)

    @cached_property
    def account(self) -> mailchimp_.AccountRead:
        """What stands in the way of letters there."""
        list_id = self.chapter.mailchimp.list_id
        return mailchimp_.AccountRead(self.mailchimp, list_id, self._patience)

    @cached_property
    def campaigns(self) -> mailchimp_.Campaigns:
        """The audience's campaigns."""
        own = self.chapter.mailchimp
        sender = {"from_name": own.from_name, "reply_to": own.reply_to}
        return mailchimp_.Campaigns(self.mailchimp, own.list_id, self._patience, **sender)

    @cached_property
    def reports(self) -> mailchimp_.Reports:
        """What came of the audience's campaigns."""
        return mailchimp_.Reports(self.mailchimp, self.chapter.mailchimp.list_id, self._patience)

    def codes_field(self, electorate: str = "members") -> mailchimp_.BallotField:
        """The merge field that holds each voter's code while a vote of these is open."""
        list_id, tag = self.chapter.mailchimp.list_id, mailchimp_.FIELD_OF[electorate]
        return mailchimp_.BallotField(self.mailchimp, list_id, self._patience, tag)

    def alert_targets(self) -> tuple[alerts_.Target, ...]:
        """The addresses that alerts go to; none where the chapter has no file of them."""
        if not (file := self.chapter.alerts.file):
            return ()
        step, own = "docs/alerts.md shows how to make it", self.chapter.folder
        return alerts_.read(private_text(own / file, "[alerts] file", own, missing=step))

    def alert(self, target: alerts_.Target, message: alerts_.Message) -> None:
        """Send an alert to one address."""
        allow([target.exit])
        alerts_.send(target, message)

    def election(self, name: str) -> Election:
        """An election as its folder says."""
        return elections.read(self.chapter.folder, name, self.chapter.tz)

    def counting_of(self, election: Election) -> CountingRules:
        """How a vote is counted: by the edition in force on its record date (VM-R3).

        Once it is approved, by the one whose digest its approval bears, whatever day an edition
        has that was added since (EN-R6).
        """
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

    def exits(self) -> list[AllowedHost]:
        """Every host that may be reached, and why, each opened when it is first used (DP-3)."""
        hosts = [*self._google_exits(), *self._mailchimp_exits()]
        alerts = dict.fromkeys(one.exit for one in self.alert_targets())
        return [*hosts, *alerts, *ledger_exits(self.chapter)]

    def _google_exits(self) -> list[AllowedHost]:
        own = self.chapter.google
        held = "" if own.credentials == "key" else self.chapter.google_credentials()[0]
        return exits_to(google_.exits(own.base_url, held))

    def _google_client(self, scopes: Sequence[str]) -> "GoogleClient":
        from connectors.google.client import GoogleClient

        text, where = self.chapter.google_credentials()
        own = self.chapter.google
        return GoogleClient(
            text,
            where=where,
            kinds=(google_.KEY,) if own.credentials == "key" else google_.KINDS,
            base_url=own.base_url,
            timeout=self._timeout,
            scopes=scopes,
        )

    def _mailchimp_exits(self) -> list[AllowedHost]:
        settings = self.chapter.mailchimp
        return exits_to(mailchimp_.exits(self.chapter.mailchimp_key(), settings.base_url))

    @property
    def _timeout(self) -> tuple[float, float]:
        return self.chapter.network.connect_timeout, self.chapter.network.read_timeout

    @property
    def _patience(self) -> RetryPolicy:
        """Every connector's; what it says and waits is looked up when it does."""
        network = self.chapter.network
        told = self._told_to_wait, lambda seconds: self.sleep(seconds)
        return RetryPolicy(network.attempts, network.pause, *told)

    def _told_to_wait(self, service: str, seconds: float) -> None:
        on = (self.now() + timedelta(seconds=seconds)).astimezone(self.chapter.tz)
        self.waiting(f"{service} asks us to wait {seconds:.0f} seconds. Continuing at {on:%H:%M}")

    def close(self) -> None:
        """Close what was opened."""
        for close in self._open:
            close()
        self.ledger.close()


def ledger_exits(chapter: Chapter) -> list[AllowedHost]:
    """Return the ledger's database host, if it is on another machine."""
    return [way] if (way := exit_of(chapter.ledger_url())) else []


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
