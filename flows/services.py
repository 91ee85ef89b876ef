"""A chapter's services, each made when it is first used. Nothing else makes a client.

Their connectors are imported at that moment too: most commands ask the ledger and nobody else.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from connectors.ledger import exit_of
from connectors.net.network_allowlist import AllowedHost, allow, exits_to
from connectors.settings import Chapter, private_text
from flows.clock import Clock

if TYPE_CHECKING:
    from connectors import alerts as alerts_
    from connectors import google as google_
    from connectors import mailchimp as mailchimp_
    from connectors.google.client import GoogleClient
    from connectors.mailchimp.client import MailchimpClient
    from connectors.net.retries import RetryPolicy


class Services:
    """What a chapter's settings lead to outside; the rest of the context is beside it."""

    chapter: Chapter
    now: Clock
    waiting: Callable[[str], None]
    sleep: Callable[[float], None]
    _open: list[Callable[[], None]]

    @cached_property
    def google(self) -> "GoogleClient":
        """The service account's client."""
        from connectors.google import SCOPES

        allow(self._google_exits())
        client = self._google_client(SCOPES)
        self._open.append(client.close)
        return client

    @cached_property
    def workbooks(self) -> "google_.Workbooks":
        """The chapter's workbooks."""
        from connectors.google import Workbooks

        return Workbooks(self.google, self._patience)

    @cached_property
    def own_tabs(self) -> "google_.OwnTabs":
        """The tabs of the workbooks that the program writes."""
        from connectors.google import OwnTabs

        return OwnTabs(self.google, self._patience)

    @cached_property
    def forms(self) -> "google_.Forms":
        """The chapter's forms."""
        from connectors.google import Forms

        return Forms(self.google, self._patience)

    @cached_property
    def ballot_forms(self) -> "google_.BallotForms":
        """Where ballots arrive."""
        from connectors.google import BallotForms

        return BallotForms(self.google, self._patience)

    @cached_property
    def drive(self) -> "google_.Drive":
        """Who can open the chapter's files."""
        from connectors.google import Drive

        return Drive(self.google, self._patience)

    @contextmanager
    def form_builder(self) -> Iterator["google_.BallotForms"]:
        """The same with leave to fill in an empty form; asked for when it is needed alone."""
        from connectors.google import FORM_BUILDER, BallotForms

        allow(self._google_exits())
        client = self._google_client(FORM_BUILDER)
        try:
            yield BallotForms(client, self._patience)
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
    def audience(self) -> "mailchimp_.Audience":
        """The chapter's audience."""
        from connectors.mailchimp import Audience

        own = self.chapter.mailchimp
        return Audience(self.mailchimp, own.list_id, own.marks, self._patience)

    @cached_property
    def onlookers(self) -> "mailchimp_.Onlookers":
        """What else is told of the audience."""
        from connectors.mailchimp import Onlookers

        return Onlookers(self.mailchimp, self.chapter.mailchimp.list_id, self._patience)

    @cached_property
    def account(self) -> "mailchimp_.AccountRead":
        """What stands in the way of letters there."""
        from connectors.mailchimp import AccountRead

        return AccountRead(self.mailchimp, self.chapter.mailchimp.list_id, self._patience)

    @cached_property
    def campaigns(self) -> "mailchimp_.Campaigns":
        """The audience's campaigns."""
        from connectors.mailchimp import Campaigns

        own = self.chapter.mailchimp
        sender = {"from_name": own.from_name, "reply_to": own.reply_to}
        return Campaigns(self.mailchimp, own.list_id, self._patience, **sender)

    @cached_property
    def reports(self) -> "mailchimp_.Reports":
        """What came of the audience's campaigns."""
        from connectors.mailchimp import Reports

        return Reports(self.mailchimp, self.chapter.mailchimp.list_id, self._patience)

    def codes_field(self, electorate: str = "members") -> "mailchimp_.BallotField":
        """The merge field that holds each voter's code while a vote of these is open."""
        from connectors.mailchimp import FIELD_OF, BallotField

        list_id = self.chapter.mailchimp.list_id
        return BallotField(self.mailchimp, list_id, self._patience, FIELD_OF[electorate])

    def alert_targets(self) -> tuple["alerts_.Target", ...]:
        """The addresses that alerts go to; none where the chapter has no file of them."""
        from connectors import alerts

        if not (file := self.chapter.alerts.file):
            return ()
        step, own = "docs/alerts.md shows how to make it", self.chapter.folder
        return alerts.read(private_text(own / file, "[alerts] file", own, missing=step))

    def alert(self, target: "alerts_.Target", message: "alerts_.Message") -> None:
        """Send an alert to one address."""
        from connectors import alerts

        allow([target.exit])
        alerts.send(target, message)

    def exits(self) -> list[AllowedHost]:
        """Every host that may be reached, and why, each opened when it is first used (DP-3)."""
        hosts = [*self._google_exits(), *self._mailchimp_exits()]
        alerts = dict.fromkeys(one.exit for one in self.alert_targets())
        return [*hosts, *alerts, *ledger_exits(self.chapter)]

    def _google_exits(self) -> list[AllowedHost]:
        from connectors import google

        own = self.chapter.google
        held = "" if own.credentials == "key" else self.chapter.google_credentials()[0]
        return exits_to(google.exits(own.base_url, held))

    def _google_client(self, scopes: Sequence[str]) -> "GoogleClient":
        from connectors.google import KEY, KINDS
        from connectors.google.client import GoogleClient

        text, where = self.chapter.google_credentials()
        own = self.chapter.google
        return GoogleClient(
            text,
            where=where,
            kinds=(KEY,) if own.credentials == "key" else KINDS,
            base_url=own.base_url,
            timeout=self._timeout,
            scopes=scopes,
        )

    def _mailchimp_exits(self) -> list[AllowedHost]:
        from connectors import mailchimp

        own = self.chapter.mailchimp
        return exits_to(mailchimp.exits(self.chapter.mailchimp_key(), own.base_url))

    @property
    def _timeout(self) -> tuple[float, float]:
        return self.chapter.network.connect_timeout, self.chapter.network.read_timeout

    @property
    def _patience(self) -> "RetryPolicy":
        """Every connector's; what it says and waits is looked up when it does."""
        from connectors.net.retries import RetryPolicy

        network = self.chapter.network
        told = self._told_to_wait, lambda seconds: self.sleep(seconds)
        return RetryPolicy(network.attempts, network.pause, *told)

    def _told_to_wait(self, service: str, seconds: float) -> None:
        on = (self.now() + timedelta(seconds=seconds)).astimezone(self.chapter.tz)
        self.waiting(f"{service} asks us to wait {seconds:.0f} seconds. Continuing at {on:%H:%M}")


def ledger_exits(chapter: Chapter) -> list[AllowedHost]:
    """Return the ledger's database host, if it is on another machine."""
    return [way] if (way := exit_of(chapter.ledger_url())) else []
