"""The official client behind our door: keep-alive, a timeout, and no silent failure.

The SDK takes any JSON for an answer, returns the bare response for anything else whatever its
status, and wraps every error in one of its own; all that ends here. Answers are read by their form.
"""

from collections.abc import Callable, Mapping
from typing import Any

import mailchimp_marketing
import requests
from mailchimp_marketing.api_client import ApiClient, ApiClientError

from connectors.mailchimp.hosts import exits, server_of
from connectors.mailchimp.refusing import SERVICE, lasts, refusal
from connectors.mailchimp.wire import Asked, Sent
from connectors.net.http import GuardedAdapter
from connectors.net.responses import A, Fits, any_such, is_nothing, read
from models.outgoing import Payload

KEY_ENDS = "that the key ends as Mailchimp shows it, for its end names that host"


class MailchimpClient:
    """The SDK's endpoints through `call` and `do`, which raise one of our errors, or are done.

    Args:
        key: the API key, ending in its data centre, as in ``…-us21``.
        base_url: "" for Mailchimp; a stand-in's root, ending in /3.0.
        timeout: (connect, read) in seconds.
    """

    def __init__(self, key: str, *, base_url: str = "", timeout: tuple[float, float]) -> None:
        server = server_of(key)
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy and no .netrc of the environment
        door = GuardedAdapter(SERVICE, exits(key, base_url), timeout, refusal, KEY_ENDS, lasts)
        self._session.mount("https://", door)
        self._session.mount("http://", door)
        self._sdk = mailchimp_marketing.Client()
        self._sdk.api_client = _KeepAlive(self._session, key, server)
        self._sdk.api_client.host = (
            base_url.rstrip("/") or f"https://{server}.api.mailchimp.com/3.0"
        )
        self._sdk.api_client.server = ""  # else it replaces the word “server” anywhere in a URL
        self.lists = mailchimp_marketing.api.lists_api.ListsApi(self._sdk.api_client)
        self.campaigns = mailchimp_marketing.api.campaigns_api.CampaignsApi(self._sdk.api_client)
        self.reports = mailchimp_marketing.api.reports_api.ReportsApi(self._sdk.api_client)
        self.apps = mailchimp_marketing.api.authorized_apps_api.AuthorizedAppsApi(
            self._sdk.api_client
        )
        self.root = mailchimp_marketing.api.root_api.RootApi(self._sdk.api_client)
        self.domains = mailchimp_marketing.api.verified_domains_api.VerifiedDomainsApi(
            self._sdk.api_client
        )
        self.ping = mailchimp_marketing.api.ping_api.PingApi(self._sdk.api_client)

    def call(
        self,
        kind: type[A],
        endpoint: Callable[..., Any],
        *arguments: Sent,
        fits: Fits[A] = any_such,
        **options: Asked,
    ) -> A:
        """Call an endpoint of the SDK.

        Args:
            kind: the form of its answer.
            endpoint: one of the SDK's methods.
            arguments: ids, and a payload for a body: no loose JSON passes (DP-3).
            fits: whether an answer is about what was asked.
            options: the query.

        Raises:
            TryAgainLater: something else answers in Mailchimp's place.
            TypeError: a body that is no payload.
        """
        return read(SERVICE, kind, self._send(endpoint, *arguments, **options), fits)

    def do(self, endpoint: Callable[..., Any], *arguments: Sent) -> None:
        """Call an endpoint that answers "done" without a word.

        Raises:
            TryAgainLater: it says something; whether it is done is not known.
        """
        is_nothing(SERVICE, self._send(endpoint, *arguments))

    def _send(
        self, endpoint: Callable[..., Any], *arguments: Sent, **options: Asked
    ) -> requests.Response:
        sent = [_plain(argument) for argument in arguments]
        failure: Any = None
        try:
            unread: _Unread = endpoint(*sent, **options)
        except ApiClientError as exc:
            failure = exc.text
        if failure is not None:
            raise failure  # out here: raised in the handler it would forget where it came from
        return unread.response

    def close(self) -> None:
        """Close the connections."""
        self._session.close()


class _Unread:
    """An answer whose type the SDK cannot tell, so that it reads nothing and hands it through."""

    headers: Mapping[str, str] = {}

    def __init__(self, response: requests.Response) -> None:
        self.response = response


class _KeepAlive(ApiClient):  # type: ignore[misc]  # the SDK ships no types
    """The SDK's transport on one session; an empty body stays empty instead of `null`."""

    def __init__(self, session: requests.Session, key: str, server: str) -> None:
        super().__init__({"api_key": key, "server": server})
        self._session = session

    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> _Unread:
        return _Unread(
            self._session.request(
                method,
                url,
                params=query_params,
                json=body,
                headers=headers,
                auth=("clerk", self.api_key),
            )
        )


def _plain(argument: Sent) -> Any:
    if isinstance(argument, Payload):
        return argument.model_dump()
    if isinstance(argument, str | int):
        return argument
    raise TypeError(f"{type(argument).__name__} is no payload (DP-3)")
