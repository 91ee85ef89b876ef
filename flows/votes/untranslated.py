"""What Spanish readers of a vote will read in English: it holds up nothing."""

from collections.abc import Iterator

from connectors.settings import Chapter
from models.contests.asks import BACKGROUND, ENGLISH
from models.contests.contest import Contest
from models.contests.settings import About
from models.membership.reasons import Reason
from models.votes.election import Election


def check_spanish(chapter: Chapter, election: Election) -> Iterator[Reason]:
    """What the Spanish pages, letters and form will say in English; it holds up no vote."""
    if "es" not in chapter.languages:
        return
    missing: dict[str, list[str]] = {}
    said: list[tuple[str, Election | Contest | About]] = [("the vote", election)]
    said += [(one.title, one) for one in election.contests]
    said += [(one.name, one) for contest in election.contests for one in contest.about]
    for whose, thing in said:
        for key in untranslated(thing):
            missing.setdefault(key, []).append(whose)
    for key, of in missing.items():
        what = f"the {_CALLED.get(key, key)} of {_first(of)}"
        told = f"Spanish readers will read {what} in English, until `{key}_es` says it in Spanish"
        yield Reason("EN-13", told, True, look=True)


_CALLED = {"short_because": "reason for a short vote", "summary": "summary of work"}
"""Texts whose name in the file says too little."""


def _first(names: list[str], shown: int = 3) -> str:
    """The first few, and how many more."""
    more = [f"{len(names) - shown} more"] if len(names) > shown else []
    return ENGLISH.listed([*names[:shown], *more])


def untranslated(said: Election | Contest | About) -> list[str]:
    """The texts that are to be read in Spanish and have none."""
    texts = ["title", "short_because", "subject", "explanation", "priorities", "statement"]
    return [
        key
        for key in (*texts, *BACKGROUND)
        if getattr(said, key, "") and not getattr(said, f"{key}_es")
    ]
