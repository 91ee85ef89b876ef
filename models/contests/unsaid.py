"""What a ballot must say, and what a contest's file lacks for that: it would not open (EN-R14).

1. An anti-endorsement names whom it is about, and says that Yes asks voters not to elect them.
2. A slate names its nominees, with bio, summary and proposed activities, unless one is waived.
3. Priorities and proposals stand there one by one, and what is advisory says so; a question says
   more than its number.
4. What ratifies says whom; a race that is for some districts alone names them.
"""

import re
from collections.abc import Iterator

from models.contests.asks import BACKGROUND, meaning, on_the_slate
from models.contests.contest import Advisory, Contest, Question, RatifyOrPrefer, UpOrDown
from models.contests.settings import About
from models.membership.reasons import Reason, Spot
from models.text.folding import folded
from models.text.sentences import Sentence, listed

_ONLY_ITS_NUMBER = re.compile(r"(ballot )?(question|measure|pregunta)( no\.?)? ?#?[0-9]*[a-z]?\.?")


def must_say(contest: Contest) -> Iterator[str]:
    """The words without which a ballot does not say what it asks; how they stand there is free."""
    if contest.explanation:
        yield contest.explanation
    if contest.only_these_districts_vote:
        yield from contest.districts
    if isinstance(contest, RatifyOrPrefer):
        yield contest.recommendation
    if isinstance(contest, Advisory):
        yield meaning(contest)
        yield from contest.proposals if contest.is_shortened else ()
    if isinstance(contest, UpOrDown):
        if contest.purpose == "anti-endorsement":
            yield meaning(contest)
        elif not contest.confirms:
            yield contest.subject
        yield from on_the_slate(contest)
        yield from contest.priorities
        if contest.purpose == "slate":
            told = (getattr(one, key) for one in contest.about for key in BACKGROUND)
            yield from filter(None, told)


def unsaid(contest: Contest) -> Iterator[Reason]:
    """Whether a contest's file has what its ballot must say; with what to write where (EN-R14)."""
    missing = list(_missing(contest))
    for one, at in missing:
        yield Reason("EN-R14", one, False, at=at)
    yield from _half_told(contest)
    if not missing and isinstance(contest, UpOrDown | Question):
        yield Reason("EN-R14", Sentence("its file has what the ballot must say"), True)


def _half_told(contest: Contest) -> Iterator[Reason]:
    """A ballot that tells of some of its candidates alone; that may be meant (EN-1)."""
    told = [folded(one.name) for one in contest.about]
    out = getattr(contest, "excluded", ())
    names = [name for name in getattr(contest, "candidates", ()) if name not in out]
    said = [name for name in names if any(one in folded(name) for one in told)]
    unsaid_of = [name for name in names if name not in said]
    if said and unsaid_of:
        fact = Sentence(
            "[[about]] describes {some} but not {others}",
            some=listed(said),
            others=listed(unsaid_of),
        )
        yield Reason("EN-R14", fact, True, look=True)


def _missing(contest: Contest) -> Iterator[tuple[Sentence, Spot]]:
    numbered = isinstance(contest, Question) and _ONLY_ITS_NUMBER.fullmatch(folded(contest.title))
    if numbered and not (contest.explanation or contest.statement):
        said = Sentence(
            "the ballot would not say what the question is about: add an explanation "
            "(`explanation`), or more to its title"
        )
        yield said, Spot("explanation")
    if not isinstance(contest, UpOrDown):
        return
    if contest.purpose == "priorities" and not contest.priorities:
        said = Sentence('the ballot would not say the priorities: add `priorities = ["…", "…"]`')
        yield said, Spot("priorities")
    if contest.purpose != "slate":
        return
    told = {folded(one.name): one for one in contest.about}
    for nominee in contest.nominees:
        one = told.pop(folded(nominee.name), About(name=nominee.name))
        waived = {waiver.criterion for waiver in nominee.waivers}
        excepted = {"bio": "bio" in waived, "summary": "summary of work" in waived}
        gone = [key for key in BACKGROUND if not (getattr(one, key) or excepted.get(key))]
        if gone:
            add = ", ".join(f"`{key}`" for key in gone)
            said = Sentence(
                "the ballot would not say who {name} is: add {keys} to their entry under [[about]]",
                name=nominee.name,
                keys=add,
            )
            yield said, Spot(gone[0], nominee.name)
    for one in told.values():
        said = Sentence(
            "the ballot would not say that {name}, who is described in [[about]], is not a nominee",
            name=one.name,
        )
        yield said, Spot("nominees")
