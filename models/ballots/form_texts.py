"""The words on a ballot form beside its questions and answers, in the chapter's languages.

Titles and answers stay in English: the count reads them by their exact words (BA-4). So in another
language the help says what is asked, and what each answer means. A description is one paragraph:
a stroke stands between the languages.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from models.bylaws.counting import CountingRules
from models.contests.asks import ENGLISH, Said, Speaks, asked
from models.contests.contest import Advisory, Contest, RatifyOrPrefer
from models.tally.settings import is_ranked
from models.text.languages import Language

BETWEEN: Final = " / "
CODE: Final[Mapping[Language, str]] = {
    "en": "Your personal link fills this in for you.",
    "es": "Su enlace personal lo completa por usted.",
}
CONFIDENTIAL: Final[Mapping[Language, str]] = {
    "en": "Your ballot is confidential, but it is not secret: the person who owns this form could "
    "match a code to a vote. The people who count see no names. If you vote more than once, only "
    "your last ballot before voting closes counts.",
    "es": "Su papeleta es confidencial, pero no secreta: quien administra este formulario podría "
    "relacionar un código con un voto. Quienes hacen el conteo no ven nombres. Si vota más de una "
    "vez, cuenta solo la última papeleta que llegue antes del cierre.",
}
"""What the form itself says (BA-1, BA-5)."""


def help_of(contest: Contest, edition: CountingRules, also: Sequence[Speaks] = ()) -> str:
    """What stands below the question of a contest (EN-R14).

    Args:
        also: other languages than English.
    """
    ranked = is_ranked(contest, edition)
    parts = [_sentences(contest, ENGLISH, ranked=ranked)]
    parts += [
        [
            *_headings(contest, one),
            *_sentences(contest, one, ranked=ranked),
            *_answers(contest, one),
        ]
        for one in also
    ]
    return BETWEEN.join(" ".join(part) for part in parts if part)


def notes_of(contest: Contest, also: Sequence[Speaks] = ()) -> Iterator[tuple[str, str]]:
    """What is read before the question: each priority, each person; a title and its text."""
    here = [asked(contest, one) for one in (ENGLISH, *also)]
    many = len(here[0].priorities)
    for number, texts in enumerate(zip(*(one.priorities for one in here), strict=True), start=1):
        yield f"{contest.title}: {number} / {many}", _once(texts)
    for people in zip(*(one.people for one in here), strict=True):
        links = [f"{what}: {address}" for what, address in people[0].links]
        told = [_once(person.told[at] for person in people) for at in range(len(people[0].told))]
        yield people[0].name, " ".join([*told, *links])


def _once(texts: Iterable[Said]) -> str:
    """The same in each language; what nobody translated is not said twice."""
    first = {said.language: said for said in reversed(tuple(texts))}
    return BETWEEN.join(str(one) for one in reversed(first.values()))


def _sentences(contest: Contest, speaks: Speaks, *, ranked: bool) -> list[str]:
    found = asked(contest, speaks, ranked=ranked)
    about = str(found.about) if found.about else ""
    if found.about and found.about.language != speaks.language:  # it stands first, in English
        about = "El texto que lo explica está en inglés, al comienzo."
    return list(filter(None, (about, found.meaning, *found.further)))


def _headings(contest: Contest, speaks: Speaks) -> Iterator[str]:
    if speaks.language != "es":
        return
    if contest.title_es:
        yield f"En español: {contest.title_es}."
    subject = getattr(contest, "subject", "")
    if (called := speaks.names(contest).get(subject, subject)) != subject:
        yield f"Se trata de: {called}."


def _answers(contest: Contest, speaks: Speaks) -> Iterator[str]:
    if isinstance(contest, Advisory):  # the notes have each text in each language
        return
    names = {choice: speaks.names(contest).get(choice, choice) for choice in contest.choices}
    if isinstance(contest, RatifyOrPrefer):
        names[contest.ratify] = contest.ratify_es
    meant = [f"«{one}» es «{said}»" for one, said in names.items() if said not in ("", one)]
    if meant:
        yield f"{speaks.listed(meant)}."
