"""Invented elections: small enough to be odd, with every ranking error in them."""

from collections import Counter
from typing import Any

from hypothesis import strategies as st

from models.contests.contest import Contest, contest_from
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Slot

NAMES = ("Ana", "Ben", "Cleo", "Dov", "Eva")
Ballots = Counter[Ranking]


def rankings(choices: int, *, errors: bool = True, longest: int = 6) -> st.SearchStrategy[Ranking]:
    """One ballot; with errors it may skip, repeat, and mark several."""
    choice: st.SearchStrategy[Slot] = st.integers(0, choices - 1)
    if not errors:
        return st.permutations(range(choices)).flatmap(
            lambda order: st.integers(0, choices).map(lambda length: tuple(order[:length]))
        )
    odd: list[st.SearchStrategy[Slot]] = [st.just(SKIPPED), st.just(OVERVOTE)]
    if choices > 1:
        odd.append(st.frozensets(st.integers(0, choices - 1), min_size=2, max_size=3))
    slot = st.one_of(choice, choice, choice, *odd)
    return st.lists(slot, max_size=longest).map(tuple)


def ballots(choices: int, *, errors: bool = True, longest: int = 6) -> st.SearchStrategy[Ballots]:
    """Some ballots, equal ones together. Few different counts: ties are what goes wrong."""
    return st.dictionaries(
        rankings(choices, errors=errors, longest=longest), st.integers(1, 6), max_size=8
    ).map(Counter)


def ranked(**more: Any) -> st.SearchStrategy[Contest]:
    """A ranked contest under the bylaws, of 3 to 5 candidates."""
    return st.integers(3, 5).map(lambda n: _contest(kind="ranked", candidates=NAMES[:n], **more))


def single_choice() -> Contest:
    """Two candidates and "no endorsement"."""
    return _contest(kind="single-choice", candidates=NAMES[:2])


readings = st.fixed_dictionaries(
    {},
    optional={
        "base": st.sampled_from(["marked", "cast", "continuing"]),
        "comparison": st.sampled_from([">", ">="]),
        "stop_line": st.sampled_from(["stop line", "ordinary choice"]),
        "stop_at": st.sampled_from([1, 2]),
        "overvotes": st.sampled_from(["exhaustImmediately", "alwaysSkipToNextRank"]),
        "exhaust_on_repeat": st.booleans(),
        "max_skipped": st.sampled_from([-1, 0, 1]),
    },
)
public_settings = st.fixed_dictionaries(
    {},
    optional={
        "base": st.sampled_from(["marked", "cast", "continuing", "first round"]),
        "threshold": st.sampled_from(["1/2", "60%", "2/3"]),
        "ties": st.sampled_from(
            [
                ["candidate order"],
                ["earlier rounds", "candidate order"],
                ["earlier rounds", "every branch", "recorded decision"],
            ]
        ),
        "overvotes": st.sampled_from(["exhaustImmediately", "alwaysSkipToNextRank"]),
        "exhaust_on_repeat": st.booleans(),
        "max_skipped": st.sampled_from([-1, 0, 1]),
        "max_ranks": st.integers(1, 4),
        "batch_elimination": st.booleans(),
        "continue_until_two": st.booleans(),
    },
)


@st.composite
def contests(draw: st.DrawFn) -> Contest:
    """Any membership vote: every kind, every reading, public elections with every setting."""
    count = draw(st.integers(1, 5))
    match draw(st.sampled_from(["ranked", "public", "ratify", "single", "up-or-down", "question"])):
        case "ranked":
            out = draw(st.sampled_from([(), (NAMES[0],), (NAMES[2],)]))
            return draw(readings.flatmap(lambda said: ranked(settings=said, excluded=out)))
        case "public":
            more: dict[str, Any] = {"settings": draw(public_settings)}
            if draw(st.booleans()):
                more["undeclared_write_ins"] = "Write-in"
            if count > 1 and draw(st.booleans()):
                more["excluded"] = [NAMES[0]]
            names = NAMES[:count]
            return _contest(
                kind="ranked", rules="public", candidates=names, no_endorsement="", **more
            )
        case "ratify":
            names = NAMES[:count]
            whom = draw(st.sampled_from([*names, "No endorsement"]))
            out = draw(st.sampled_from([(), names[:1]])) if count > 1 else ()
            return _contest(
                kind="ratify-or-prefer", candidates=names, recommendation=whom, excluded=out
            )
        case "single":
            return single_choice()
        case "up-or-down":
            purposes = ["abbreviated", "re-endorsement", "anti-endorsement", "slate", "priorities"]
            purpose = draw(st.sampled_from(purposes))
            return _contest(kind="up-or-down", purpose=purpose, subject="Dana")
        case _:
            return _contest(kind="question")


@st.composite
def elections(draw: st.DrawFn) -> tuple[Contest, Ballots]:
    """Any contest with ballots for it."""
    contest = draw(contests())
    markable = len(set(contest.places().values()))
    longest = 6 if contest.kind in ("ranked", "ratify-or-prefer") else 1
    return contest, draw(ballots(markable, longest=longest))


def _contest(**table: Any) -> Contest:
    return contest_from({"id": "race", "title": "A race", **table}, "race")
