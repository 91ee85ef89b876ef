"""The page of endorsements: what the chapter says to the public when the votes are counted.

Four lists, as the chapter's own page has them (EN-13): endorsed; re-endorsed and uncontested;
renewed against a challenger; and ballot questions. A warning against somebody stands apart (EN-8).
What nobody won is on no list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.contests import Contest, Question, UpOrDown
from models.tally.outcome import Outcome, OutcomeKind


class Section(StrEnum):
    """The lists of the page, in its order."""

    ENDORSED = "endorsed"
    RE_ENDORSED = "re-endorsed, uncontested"
    RENEWED = "renewed"
    QUESTIONS = "ballot questions"
    AGAINST = "do not elect"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """One line: whom or what, for what, and the statement that goes to the membership."""

    title: str
    choice: str
    office: str
    districts: tuple[str, ...]
    statement: str
    statement_es: str


def section_of(contest: Contest, outcome: Outcome) -> Section | None:
    """The list an outcome belongs on."""
    if outcome.kind is OutcomeKind.ANTI_ENDORSED:
        return Section.AGAINST
    if outcome.kind is not OutcomeKind.ENDORSED:
        return None
    if isinstance(contest, Question):
        return Section.QUESTIONS
    if isinstance(contest, UpOrDown):
        return Section.RE_ENDORSED if contest.uncontested else Section.RENEWED
    return Section.ENDORSED


def endorsements(
    counted: Iterable[tuple[Contest, Outcome]],
) -> Mapping[Section, tuple[Endorsement, ...]]:
    """The lists that have entries, each in the order of the contests."""
    lists: dict[Section, list[Endorsement]] = {section: [] for section in Section}
    for contest, outcome in counted:
        section = section_of(contest, outcome)
        if section is not None:
            lists[section].append(
                Endorsement(
                    title=contest.title,
                    choice=outcome.choices[0],
                    office=contest.office,
                    districts=contest.districts,
                    statement=contest.statement,
                    statement_es=contest.statement_es,
                )
            )
    return {section: tuple(entries) for section, entries in lists.items() if entries}
