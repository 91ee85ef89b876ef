"""The referees of the wire, for whatever the program says to the sandbox."""

from collections.abc import Iterable
from typing import Any

from connectors.sandbox.exchange import Exchange
from tests.contract.prism import NotHere
from tests.contract.referee import check_google
from tests.contract.referee_mailchimp import check_mailchimp


class Judge:
    """Looks at each kind of exchange once: thousands of runs say the same things.

    Attributes:
        seen: the kinds of exchange looked at.
        without: why Mailchimp's traffic could not be judged here, or "".
    """

    def __init__(self) -> None:
        self.seen: set[Any] = set()
        self.without = ""

    def objections(self, journal: Iterable[Exchange]) -> list[str]:
        """What Google's discovery documents and Mailchimp's specification have against it."""
        found = []
        for exchange in journal:
            kind = (
                exchange.method,
                exchange.pattern or exchange.path,
                exchange.status,
                exchange.fault,
                tuple(name for name, _ in exchange.query),
                _shape(exchange.request_json),
                _shape(exchange.response_json),
            )
            if kind not in self.seen:
                self.seen.add(kind)
                found += self._of(exchange)
        return found

    def _of(self, exchange: Exchange) -> list[str]:
        if exchange.service == "google":
            refused = (exchange.status or 0) >= 400
            return [f for f in check_google(exchange) if not refused or " answer" in f]
        try:
            return [] if self.without else check_mailchimp(exchange)
        except NotHere as why:
            self.without = str(why)
            return []


def _shape(value: Any) -> Any:
    """A JSON value without its texts and numbers; of a list, the kinds of its items."""
    if isinstance(value, dict):
        return tuple(sorted((name, _shape(each)) for name, each in value.items()))
    if isinstance(value, list):
        return frozenset(_shape(each) for each in value)
    return type(value).__name__
