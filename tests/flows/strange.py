"""Which stranger's answer strikes which request: each once, each endpoint in all ways."""

from collections.abc import Sequence

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.faults import STRANGERS, Kind

NO_CONTENT = 204
Case = tuple[int, Exchange, Kind]


def thorough(requests: Sequence[Exchange]) -> list[Case]:
    """Every kind at the first request to each endpoint, and one, in turn, at each of the others.

    Where the service itself answers with 204 and not a byte, a stranger's 204 is the same answer.
    """
    seen = set[tuple[str, str]]()
    cases: list[Case] = []
    for number, request in enumerate(requests, 1):
        kinds = [k for k in STRANGERS if k != "nothing-204" or request.status != NO_CONTENT]
        endpoint = (request.method, request.pattern)
        struck = kinds if endpoint not in seen else [kinds[number % len(kinds)]]
        cases += [(number, request, kind) for kind in struck]
        seen.add(endpoint)
    return cases


def a_few(requests: Sequence[Exchange], many: int, first: int) -> list[Case]:
    """Some of these, spread over endpoints and kinds."""
    cases = thorough(requests)
    step = max(1, len(cases) // many)
    return cases[first % step :: step]


def told(case: Case) -> str:
    """A case, for whoever reads that it failed."""
    number, request, kind = case
    return f"{number} {kind} {request.method} {request.path}"
