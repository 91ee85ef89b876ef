"""Which fault strikes which request of a run that was undisturbed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.faults import STRANGERS, Kind

NO_CONTENT = 204
Case = tuple[int, Exchange, Kind]
UNDONE: tuple[Kind, ...] = ("429", "500", "503-html", "reset", "empty-500", "empty-429")
"""The work is not done."""
DONE: tuple[Kind, ...] = ("lost-answer", "slow")
"""It is done, and nobody is told."""


def in_turn(able: Callable[[Kind], Sequence[tuple[int, Exchange]]], shift: int) -> Iterator[Case]:
    """Each request once undone and once done; the ways in which it can fail take turns.

    Args:
        able: the requests that can fail in a way, with their numbers.
        shift: with another, each fails in another way.
    """
    for sort in (UNDONE, DONE):
        can = defaultdict[int, list[Case]](list)
        for kind in sort:
            for number, request in able(kind):
                can[number].append((number, request, kind))
        yield from (ways[(number + shift) % len(ways)] for number, ways in can.items())


Endpoint = tuple[str, str]


def endpoints(requests: Iterable[Exchange]) -> set[Endpoint]:
    """What requests ask: method and pattern."""
    return {(one.method, one.pattern) for one in requests}


def thorough(
    requests: Sequence[Exchange], half: int = 0, shared: Collection[Endpoint] = ()
) -> list[Case]:
    """Every kind at the first request to each endpoint, and one, in turn, at each of the others.

    Args:
        half: of two runs, which half of the kinds is this one's at an endpoint that both ask.
        shared: those endpoints.

    Where the service itself answers with 204 and not a byte, a stranger's 204 is the same answer.
    """
    seen = set[Endpoint]()
    cases: list[Case] = []
    for number, request in enumerate(requests, 1):
        kinds = [k for k in STRANGERS if k != "nothing-204" or request.status != NO_CONTENT]
        endpoint = (request.method, request.pattern)
        every = kinds[half::2] if endpoint in shared else kinds
        struck = every if endpoint not in seen else [kinds[number % len(kinds)]]
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
