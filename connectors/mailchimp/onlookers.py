"""Who else is told of the audience: webhooks, and applications let into the account (DP-7).

Reads: of each webhook the address it calls, of which the host alone is kept: the rest may be a
password. Of each application its name; who let it in is not asked.
"""

from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic import Field

from connectors.mailchimp.answers import Count, Id, Listing
from connectors.mailchimp.calls import Calls
from connectors.net.responses import Answer
from models.privacy import redact_addresses

UNNAMED = "(unnamed)"


class _Webhook(Answer):
    url: str = Field("", repr=False)


class _Webhooks(Answer):
    """All of them: the reference knows no pages here."""

    list_id: Id
    webhooks: tuple[_Webhook, ...] = ()
    total_items: Count


class _App(Answer):
    name: str = ""


class _Link(Answer):
    rel: str


class _Apps(Listing):
    """A page of them; its links tell it from a page of anybody's with nothing on it."""

    apps: tuple[_App, ...] = ()
    links: tuple[_Link, ...] = Field(alias="_links", min_length=1)


class Onlooker(NamedTuple):
    """What is told of the audience besides the chapter, each once, sorted."""

    webhooks: tuple[str, ...] = ()
    """Hosts, in small letters."""
    applications: tuple[str, ...] = ()


class Onlookers(Calls):
    """The calls about others than ourselves."""

    def told(self) -> Onlooker:
        """All webhooks of the audience and all applications of the account.

        Raises:
            FixTheSettings: the key may not look.
        """
        return Onlooker(tuple(sorted(self._hosts())), tuple(sorted(self._applications())))

    def _hosts(self) -> set[str]:
        answer = self._call(
            _Webhooks,
            self._client.lists.get_list_webhooks,
            self._list,
            fits=lambda answer: answer.list_id == self._list,
        )
        hidden = {UNNAMED} if answer.total_items > len(answer.webhooks) else set()
        return {host_in(one.url) for one in answer.webhooks} | hidden

    def _applications(self) -> set[str]:
        unasked = ["apps.users", "apps.description"]
        pages = self._pages(_Apps, self._client.apps.list, exclude_fields=unasked)
        return {
            redact_addresses(app.name.strip()) or UNNAMED for page in pages for app in page.apps
        }


def host_in(url: str) -> str:
    """The host that an address names; nothing else of it is kept."""
    try:
        return redact_addresses((urlsplit(url).hostname or "").rstrip(".")) or UNNAMED
    except ValueError:
        return UNNAMED
