"""What letters say of each race on the ballot, in both languages (EN-R14)."""

from collections.abc import Iterable

from connectors import pages
from models.bylaws.counting import CountingRules
from models.contests import asks
from models.contests.contest import Contest
from models.tally.settings import is_ranked
from models.votes.changes import of_who_stands


def race_told(contest: Contest, edition: CountingRules) -> dict[str, object]:
    """What is voted on, in both languages, and what that means (EN-R14).

    Of whom withdrew it is told apart, with the reason (EN-R11).
    """
    english, spanish = pages.words("en"), pages.words("es")
    ranked, contest = is_ranked(contest, edition), of_who_stands(contest)
    names, advised = spanish.names(contest), contest.recommendation
    return {
        "title": contest.title,
        "districts": english.listed(contest.districts),
        "recommendation": advised,
        "title_es": spanish.title(contest),
        "untranslated": spanish.title_language(contest) == "en",
        "districts_es": spanish.listed(contest.districts),
        "recommendation_es": names.get(advised, advised),
        **_asked(contest, english, "", ranked=ranked),
        **_asked(contest, spanish, "_es", ranked=ranked),
    }


def _asked(
    contest: Contest, said: pages.PageTexts, ending: str, *, ranked: bool
) -> dict[str, object]:
    """What it asks, in one language; what nobody translated is there in English, and says so."""
    found = asks.asked(contest, said, ranked=ranked)
    about = [found.about] if found.about else []
    people = [
        {
            "name": one.name,
            "told": _told(one.told, said.language),
            "in_english": _in_english(one.told, said.language),
            "links": [{"what": what, "address": address} for what, address in one.links],
        }
        for one in found.people
        if one.told or one.links
    ]
    sentences = (found.candidates, found.meaning, *found.further)
    here: dict[str, object] = {
        f"lines{ending}": [*_told(about, said.language), *filter(None, sentences)],
        f"priorities{ending}": [str(one) for one in found.priorities],
        f"people{ending}": people,
    }
    if said.language == "en":
        return here
    return here | {
        "in_english": _in_english(about, said.language),
        "priorities_in_english": bool(_in_english(found.priorities, said.language)),
    }


def _told(texts: Iterable[asks.Said], language: pages.Language) -> list[str]:
    return [str(text) for text in texts if text.language == language]


def _in_english(texts: Iterable[asks.Said], language: pages.Language) -> list[dict[str, str]]:
    """What stands on the Spanish side in English, marked as such."""
    return [
        {"lead": asks.in_english(text.lead), "words": text.words}
        for text in texts
        if text.language != language
    ]
