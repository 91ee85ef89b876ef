"""What Spanish readers of a vote will read in English: it holds up nothing."""

from collections.abc import Iterator

from connectors.settings import Chapter
from models.contests.asks import BACKGROUND
from models.contests.contest import Contest
from models.contests.settings import About
from models.membership.reasons import Reason
from models.text.sentences import Joined, Sentence
from models.votes.election import Election


def check_spanish(chapter: Chapter, election: Election) -> Iterator[Reason]:
    """What the Spanish pages, letters and form will say in English; it holds up no vote."""
    if "es" not in chapter.languages:
        return
    missing: dict[str, list[str]] = {}
    said: list[tuple[str, Election | Contest | About]] = [(Sentence("the vote"), election)]
    said += [(one.title, one) for one in election.contests]
    said += [(one.name, one) for contest in election.contests for one in contest.about]
    for whose, thing in said:
        for key in untranslated(thing):
            missing.setdefault(key, []).append(whose)
    for key, of in missing.items():
        told = Sentence(
            "Spanish readers will read the {what} of {whose} in English, until `{key}_es` says it "
            "in Spanish",
            what=_CALLED[key],
            whose=_first(of),
            key=key,
        )
        yield Reason("EN-13", told, True, look=True)


_CALLED = {
    "title": Sentence("title"),
    "short_because": Sentence("reason for a short vote"),
    "subject": Sentence("subject"),
    "explanation": Sentence("explanation"),
    "priorities": Sentence("priorities"),
    "statement": Sentence("statement"),
    "bio": Sentence("bio"),
    "summary": Sentence("summary of work"),
    "activities": Sentence("proposed activities"),
}
"""What a text is called."""


def _first(names: list[str], shown: int = 3) -> str:
    """The first few, and how many more."""
    more = len(names) - shown
    if more > 0:
        return Sentence("{some}, and {many} more", some=Joined(", ", names[:shown]), many=more)
    if len(names) < 3:
        return Joined(" and ", names)
    return Sentence("{some}, and {last}", some=Joined(", ", names[:-1]), last=names[-1])


def untranslated(said: Election | Contest | About) -> list[str]:
    """The texts that are to be read in Spanish and have none."""
    texts = ["title", "short_because", "subject", "explanation", "priorities", "statement"]
    return [
        key
        for key in (*texts, *BACKGROUND)
        if getattr(said, key, "") and not getattr(said, f"{key}_es")
    ]
