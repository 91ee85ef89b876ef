"""What each race asks, in sentences: the same on its form, in letters, on pages (EN-R14).

1. Who or what is voted on: the candidates, the nominees, the priorities, what a question is about.
2. What each answer means: of an anti-endorsement, that Yes asks voters *not* to elect somebody.
3. Who votes on it (EN-R10), what the committee recommends (EN-1), how it is marked (EN-3, EN-5).

Sentences are ours, in the reader's language. The chapter's own words stay in the language that
they were written in, and carry it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from models.contests.contest import Advisory, Approval, Contest, Question, RatifyOrPrefer, UpOrDown
from models.contests.settings import About
from models.text import formats
from models.text.languages import Language


class Speaks(Protocol):
    """One language: what choices are called in it, and how it lists names."""

    @property
    def language(self) -> Language:
        """Which."""

    def names(self, contest: Contest) -> Mapping[str, str]:
        """Each choice, and what a contest is on, as it is called."""

    def listed(self, names: Sequence[str]) -> str:
        """Names as one says them."""


class _English:
    language: Final[Language] = "en"

    def names(self, contest: Contest) -> Mapping[str, str]:
        return {choice: choice for choice in contest.choices}

    def listed(self, names: Sequence[str]) -> str:
        return formats.listed(names, self.language)


ENGLISH: Final[Speaks] = _English()
"""As the contests' files have it, and so the form (BA-4)."""


@dataclass(frozen=True, slots=True)
class Said:
    """The chapter's own words, after a word of ours where they need one."""

    words: str
    language: Language
    lead: str = ""

    def __str__(self) -> str:
        return f"{self.lead} {self.words}".lstrip()


@dataclass(frozen=True, slots=True)
class PersonOnBallot:
    """Somebody on the ballot, with what the chapter says of them and where there is more."""

    name: str
    told: tuple[Said, ...]
    links: tuple[tuple[str, str], ...]
    """What it is, and its address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a race asks, in one language."""

    about: Said | None
    """What it is about, or the committee's statement."""
    candidates: str
    """Who stands; "" where there is nobody to choose between."""
    meaning: str
    """What the answers mean; "" where each says it itself."""
    further: tuple[str, ...]
    """Who votes on it, what is recommended, how it is marked."""
    priorities: tuple[Said, ...]
    people: tuple[PersonOnBallot, ...]


def asked(contest: Contest, speaks: Speaks = ENGLISH, *, ranked: bool = False) -> Asked:
    """What a race asks.

    Args:
        ranked: the choices are ranked, by the bylaws' edition (EN-3).
    """
    said, names = _SAID[speaks.language], dict(speaks.names(contest))
    candidates = getattr(contest, "candidates", ())
    return Asked(
        about=_about(contest, said, speaks.language),
        candidates=said["candidates"].format(speaks.listed(candidates)) if candidates else "",
        meaning=meaning(contest, speaks),
        further=tuple(_further(contest, speaks, names, ranked=ranked)),
        priorities=_priorities(contest, speaks.language),
        people=tuple(_person(one, said, speaks.language) for one in contest.about),
    )


def _about(contest: Contest, said: Mapping[str, str], language: Language) -> Said | None:
    """What it is about; else the committee's statement, which tells it as well."""
    for key, lead in (("explanation", ""), ("statement", said["statement"])):
        if found := _own(contest, key, language, lead):
            return found
    return None


def _own(thing: Contest | About, key: str, language: Language, lead: str = "") -> Said | None:
    """The chapter's words in a language, or in English where nobody translated them."""
    if language == "es" and (spanish := getattr(thing, f"{key}_es", "")):
        return Said(spanish, "es", lead)
    english = getattr(thing, key, "")
    return Said(english, "en", lead) if english else None


def _further(
    contest: Contest, speaks: Speaks, names: Mapping[str, str], *, ranked: bool
) -> Iterator[str]:
    said = _SAID[speaks.language]
    if contest.districts:
        key = "on_ballots" if contest.only_these_districts_vote is False else "alone"
        yield said[key].format(speaks.listed(contest.districts))
    if advised := contest.recommendation:
        yield said["recommended"].format(names.get(advised, advised))
    if ranked:
        yield said["rank"]
    if nobody := getattr(contest, "no_endorsement", ""):
        yield said["nobody"].format(names.get(nobody, nobody), nobody)


def meaning(contest: Contest, speaks: Speaks = ENGLISH) -> str:
    """What the answers mean; of a choice between people each means what it says.

    Nobody asks voters for anything by a contest that belongs to no chapter.
    """
    said, names = _SAID[speaks.language], speaks.names(contest)
    if contest.rules == "public":
        return ""
    match contest:
        case UpOrDown():
            subject = names.get(contest.subject, contest.subject)
            listed = speaks.listed(on_the_slate(contest)) or subject
            return said[_kind(contest)].format(
                yes=names[contest.yes], no=names[contest.no], subject=subject, names=listed
            )
        case Question():
            return said["question"].format(*(names[choice] for choice in contest.choices))
        case Advisory():
            return said["advisory"]
        case Approval():
            return said["approval"].format(contest.seats)
        case RatifyOrPrefer():
            ratify = contest.ratify_es if speaks.language == "es" else contest.ratify
            return said["ratify"].format(ratify or contest.ratify, contest.recommendation)
        case _:
            return ""


def _kind(contest: UpOrDown) -> str:
    again = contest.purpose == "re-endorsement" or contest.previously_endorsed
    if contest.confirms or contest.purpose == "anti-endorsement":
        return contest.purpose
    return "again" if again else "endorse"


def on_the_slate(contest: UpOrDown) -> tuple[str, ...]:
    """The nominees by name, as the ballot tells of them, or as they were put forward (SC-1)."""
    if contest.purpose != "slate":
        return ()
    return tuple(one.name for one in contest.about or contest.nominees)


def _priorities(contest: Contest, language: Language) -> tuple[Said, ...]:
    """The priorities one by one; of proposals those texts that their choices do not have."""
    if isinstance(contest, Advisory):
        shown = contest.is_shortened or contest.proposals_es
        english, spanish = contest.proposals if shown else (), contest.proposals_es
    elif isinstance(contest, UpOrDown):
        english, spanish = contest.priorities, contest.priorities_es
    else:
        return ()
    if language == "es" and spanish:
        return tuple(Said(one, "es") for one in spanish)
    return tuple(Said(one, "en") for one in english)


def _person(one: About, said: Mapping[str, str], language: Language) -> PersonOnBallot:
    told = (_own(one, key, language, said.get(key, "")) for key in BACKGROUND)
    links = ((said[key], getattr(one, key)) for key in ("website", "questionnaire"))
    return PersonOnBallot(
        one.name, tuple(filter(None, told)), tuple(link for link in links if link[1])
    )


BACKGROUND = ("bio", "summary", "activities")
"""What a nominee gives as background for the vote (SC-2)."""


def in_english(lead: str) -> str:
    """What stands before English words on the Spanish side."""
    return f"{lead.removesuffix(':')} (en inglés):" if lead else "En inglés:"


_SAID: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "statement": "The committee says:",
        "candidates": "Candidates: {}.",
        "anti-endorsement": "“{yes}” means that we ask voters not to elect {subject}. “{no}” means "
        "that we do not.",
        "endorse": "“{yes}” means that we endorse {subject}. “{no}” means that we do not.",
        "again": "“{yes}” means that we endorse {subject} again. “{no}” means that we do not.",
        "slate": "“{yes}” confirms all of the nominees together: {names}. “{no}” confirms none.",
        "priorities": "“{yes}” adopts all of the priorities together. “{no}” adopts none.",
        "approval": "Mark everyone whom you support. At most {} of them are chosen.",
        "advisory": "This vote is advisory and decides nothing. Choose all proposals that you "
        "support. After it, the committee proposes the priorities, and the members vote on them.",
        "question": "“{}” means that we ask voters to vote yes. “{}” means that we ask them to "
        "vote no. “{}” means that we take no side.",
        "ratify": "“{}” is a vote for {}.",
        "alone": "Only voters in {} vote on this.",
        "on_ballots": "This is on the public ballots of {}. Here, every voting member can vote on "
        "it.",
        "recommended": "The committee recommends: {}.",
        "rank": "“1st” is your first choice. You do not have to rank all of them.",
        "nobody": "You can also choose “{}.”",
        "summary": "Work to date:",
        "activities": "Proposed activities:",
        "website": "Website",
        "questionnaire": "Questionnaire",
    },
    "es": {
        "statement": "El comité dice:",
        "candidates": "Se presentan: {}.",
        "anti-endorsement": "«{yes}» significa que pedimos no elegir a {subject}; «{no}», que no "
        "lo pedimos.",
        "endorse": "«{yes}» significa que respaldamos a {subject}; «{no}», que no.",
        "again": "«{yes}» significa que volvemos a respaldar a {subject}; «{no}», que no.",
        "slate": "«{yes}» confirma juntas a todas las personas nominadas: {names}. «{no}» no "
        "confirma a ninguna.",
        "priorities": "«{yes}» aprueba juntas todas las prioridades; «{no}» no aprueba ninguna.",
        "approval": "Marque a todas las personas que apoya. Se elige a {} como máximo.",
        "advisory": "Esta votación es consultiva y no decide nada. Elija todas las propuestas que "
        "apoya. Después el comité propone las prioridades y la membresía vota sobre ellas.",
        "question": "«{}» significa que pedimos votar que sí; «{}», que pedimos votar que no; "
        "«{}», que no tomamos posición.",
        "ratify": "«{}» es un voto por {}.",
        "alone": "Solo para votantes de {}.",
        "on_ballots": "Está en las papeletas oficiales de {}. Aquí vota toda la membresía.",
        "recommended": "El Comité Directivo recomienda: {}.",
        "rank": "«1st» es su primera opción, «2nd» la segunda, y así en adelante. No hace falta "
        "ordenarlas todas.",
        "nobody": "También puede elegir «{}» (en el formulario, “{}”).",
        "summary": "Trabajo hasta hoy:",
        "activities": "Actividades que propone:",
        "website": "Sitio web",
        "questionnaire": "Cuestionario",
    },
}
