"""Who is told of which chapters, where a typed town is asked about, and towns without one (ST-1).

1. A sign-up names a town, a ZIP code, or both; `models.state.directory` says what is near them.
2. A town that no chapter lists, and that is spelled nearly as one that is listed, is a question
   until it is corrected or a ZIP code stands beside it. Until then the person gets no email.
3. Whoever lives where there is no chapter yet is counted, by town, if they may be emailed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from models.intake.locations import ReviewItem, Weight
from models.intake.people import Person, PersonId, StatewideSignUp
from models.state.directory import ChapterDirectory, ListedChapter
from models.text.folding import unmarked
from models.text.sentences import Sentence


def chapters_near(
    directory: ChapterDirectory, one: StatewideSignUp
) -> tuple[ListedChapter, ...] | None:
    """The chapters near somebody, () where there is none yet; None: a person must say first."""
    near = directory.near(one.town, one.zip_code)
    return None if not near and _meant(directory, one) else near


def groups(
    directory: ChapterDirectory, people: Mapping[PersonId, StatewideSignUp]
) -> dict[tuple[ListedChapter, ...], set[PersonId]]:
    """Who is told the same, in the order of the file; who is asked about is in none of them."""
    found: dict[tuple[ListedChapter, ...], set[PersonId]] = {}
    for person, one in people.items():
        if (near := chapters_near(directory, one)) is not None:
            found.setdefault(near, set()).add(person)
    return {near: found[near] for near in sorted(found, key=_place_in(directory))}


def questions(directory: ChapterDirectory, people: Iterable[Person]) -> list[ReviewItem]:
    """What is asked about towns that may be misspelled."""
    asked = []
    for one in (person.sign_up for person in people if person.sign_up):
        near = directory.near(one.town, one.zip_code)
        if not near and (meant := _meant(directory, one)):
            asked.append(_question(one, meant))
    return asked


class TownToStart(NamedTuple):
    """A place without a chapter, and how many there may be emailed."""

    place: str
    """A town as somebody typed it, or a ZIP code."""
    people: int


def towns_to_start(
    directory: ChapterDirectory, people: Iterable[Person], reachable: Iterable[PersonId]
) -> list[TownToStart]:
    """Where a chapter could be started: most people first (ST-1).

    Args:
        reachable: whom the mailing list reaches; of them those count who want email (DP-4).
    """
    may = set(reachable)
    named: dict[str, str] = {}
    many: Counter[str] = Counter()
    for person in people:
        one = person.sign_up
        if one is None or not person.wants_email or person.id not in may:
            continue
        if chapters_near(directory, one) == ():
            place = one.town or one.zip_code
            named.setdefault(unmarked(place), place)
            many[unmarked(place)] += 1
    by_size = sorted(many.items(), key=lambda each: (-each[1], each[0]))
    return [TownToStart(named[key], count) for key, count in by_size]


def _meant(directory: ChapterDirectory, one: StatewideSignUp) -> str:
    """The listed town that a misspelled one may be; "" where a ZIP code stands beside it."""
    return "" if one.zip_code else directory.nearly(one.town)


def _question(one: StatewideSignUp, meant: str) -> ReviewItem:
    return ReviewItem(
        place=one.place,
        weight=Weight.QUESTION,
        reason=Sentence(
            "no chapter lists this town; the nearest is “{town}”. Until this is settled, the "
            "person gets no email about a chapter",
            town=meant,
        ),
        next_step=Sentence(
            "correct the town, or fill in the ZIP code if it is another town; if it is another "
            "name of the same town, add it to chapters.toml"
        ),
        rule="ST-1",
    )


def _place_in(directory: ChapterDirectory) -> Callable[[tuple[ListedChapter, ...]], list[int]]:
    order = {one.key: number for number, one in enumerate(directory.chapters)}
    return lambda near: [order[one.key] for one in near] or [len(order)]
