"""The words of a chapter's endorsement guide, as `guide.toml` says them (EN-13).

They stand in a file of their own: what is voted on is fixed at the approval, what the chapter says
of it to the public is written when the result is known. Every key may be left out; the program has
words of its own for what every guide says.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from models.base import Value
from models.contests.contest import Contest, UpOrDown
from models.errors import FixTheSettings
from models.faults import faults
from models.privacy import redact_addresses
from models.text.folding import folded
from models.texts import Slug

LONGEST = 20_000
"""Characters of one statement."""

Line = Annotated[str, Field(max_length=300, pattern=r"^[^\r\n]*$")]
Prose = Annotated[str, Field(max_length=LONGEST)]
"""Paragraphs, an empty line between them."""
Address = Annotated[str, Field(max_length=2_000, pattern=r"^https?://[^\s\"'<>()\\]+$")]


class Link(Value):
    """Where readers learn more: the candidate's own page, their answers to the questionnaire."""

    text: Annotated[Line, Field(min_length=1)]
    """What the link is called."""
    text_es: Line = ""
    """The same in Spanish."""
    url: Address
    """Where it leads."""


class GuideDistrict(Value):
    """A district of the chapter's, for what its voters will see on their ballots (EN-12)."""

    name: Annotated[Line, Field(min_length=1)]
    """As the contests spell it in `districts`."""
    called: Line = ""
    """As a sentence calls it: “the 10th Suffolk”; its name if left out."""
    called_es: Line = ""
    """The same in Spanish."""
    represented_by: Line = ""
    """Who represents it: “Rep. Ann Example”."""


class GuideStatement(Value):
    """What the guide says of one choice of a race, if the members endorse that one."""

    race: Slug
    """The race's id."""
    of: Annotated[Line, Field(min_length=1)]
    """The candidate or the answer, as on the ballot; of a yes-or-no vote, its subject."""
    heading: Line = ""
    """Above it, or in the list of the uncontested; “NAME for RACE” if left out."""
    heading_es: Line = ""
    """The same in Spanish."""
    statement: Prose = ""
    """Why; the race's own `statement` if left out."""
    statement_es: Prose = ""
    """The same in Spanish."""
    links: tuple[Link, ...] = ()


class GuideWords(Value):
    """All that a `guide.toml` may say."""

    title: Line = ""
    """Of the whole guide; the vote's title if left out."""
    title_es: Line = ""
    """The same in Spanish."""
    chapter: Line = ""
    """What the chapter calls itself in a sentence; its name if left out."""
    intro: Prose = ""
    """What stands first."""
    intro_es: Prose = ""
    """The same in Spanish."""
    heading: Line = ""
    """Above the endorsed; “CHAPTER’s Official Endorsements YEAR” if left out."""
    heading_es: Line = ""
    """The same in Spanish."""
    thanks: Prose = ""
    """To the members who voted; the program's own words if left out."""
    thanks_es: Prose = ""
    """The same in Spanish."""
    registration: Address | None = None
    """Where somebody becomes a member."""
    join: Prose = ""
    """The sentence that leads there; the program's own if left out."""
    join_es: Prose = ""
    """The same in Spanish."""
    uncontested: Prose = ""
    """Why somebody uncontested is endorsed again; the program's own words if left out."""
    uncontested_es: Prose = ""
    """The same in Spanish."""
    questions: Prose = ""
    """Above the ballot questions."""
    questions_es: Prose = ""
    """The same in Spanish."""
    residents: Line = ""
    """Whom the sentences on districts speak of; “voters” if left out."""
    residents_es: Line = ""
    """The same in Spanish."""
    districts: tuple[GuideDistrict, ...] = ()
    statements: tuple[GuideStatement, ...] = ()

    @model_validator(mode="after")
    def _names_no_address(self) -> Self:
        told = str(self.model_dump())
        if redact_addresses(told) != told:
            raise ValueError("this contains an email address; pages must not (DP-3)")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for what, named in (
            ("districts", [folded(one.name) for one in self.districts]),
            ("statements", [(one.race, folded(one.of)) for one in self.statements]),
        ):
            if len(set(named)) < len(named):
                raise ValueError(f"two of the {what} have the same")
        return self

    def statement_of(self, race: str, choice: str) -> GuideStatement | None:
        """What it says of a choice of a race."""
        for one in self.statements:
            if (one.race, folded(one.of)) == (race, folded(choice)):
                return one
        return None

    def district(self, name: str) -> GuideDistrict:
        """A district as the guide knows it."""
        known = (one for one in self.districts if folded(one.name) == folded(name))
        return next(known, GuideDistrict(name=name))


class NotEndorsed(Value):
    """A race of the cycle without an endorsement, and why (EN-8)."""

    title: str
    title_es: str = ""
    why: Literal["withheld", "no consensus", "no endorsement chosen"]
    reason: str = ""
    """The committee's own, where it withholds one."""


def guide_from(table: Mapping[str, Any], contests: tuple[Contest, ...], where: str) -> GuideWords:
    """Check a parsed `guide.toml` against the races of its vote. All its faults are told at once.

    Raises:
        FixTheSettings: unknown or mistyped keys, a statement of nobody who stands there.
    """
    try:
        words = GuideWords.model_validate(table)
    except ValidationError as exc:
        wrong = faults(exc, GuideWords)
    else:
        known = {one.id: {folded(name) for name in _named(one)} for one in contests}
        wrong = [
            f"statements {number}: {_unknown(one, contests)}"
            for number, one in enumerate(words.statements, start=1)
            if folded(one.of) not in known.get(one.race, ())
        ]
        if not wrong:
            return words
    raise FixTheSettings(
        "; ".join(wrong),
        where=where,
        rule="EN-13",
        next_step="fix the file, or delete it; docs/elections.md lists its keys",
    )


def _unknown(one: GuideStatement, contests: tuple[Contest, ...]) -> str:
    race = next((contest for contest in contests if contest.id == one.race), None)
    what, name = ("choice", one.of) if race else ("race", one.race)
    there = ", ".join(_named(race) if race else (contest.id for contest in contests))
    return f"the election has no {what} with this name: “{name}” (it has: {there})"


def _named(contest: Contest) -> tuple[str, ...]:
    """Whom or what a statement can be of."""
    return (contest.subject,) if isinstance(contest, UpOrDown) else contest.choices
