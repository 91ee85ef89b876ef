"""The page of endorsements: what the chapter says to the public when the votes are counted.

Four lists, as the chapter's own page has them (EN-13): endorsed; re-endorsed and uncontested;
renewed against a challenger; and ballot questions. A warning against somebody stands apart (EN-8).
What nobody won is on no list.
"""

from enum import StrEnum

from models.contests.contest import Contest, Question, UpOrDown
from models.tally.outcome import Outcome, OutcomeKind
from models.text.folding import folded


class Section(StrEnum):
    """The lists of the page, in its order."""

    ENDORSED = "endorsed"
    RE_ENDORSED = "re-endorsed, uncontested"
    RENEWED = "renewed"
    QUESTIONS = "ballot questions"
    AGAINST = "do not elect"


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


def is_meant(contest: Contest, outcome: Outcome) -> bool:
    """Whether a race's own statement is of what won.

    It was fixed at the approval, for what the committee recommends (EN-1); where the members
    decided otherwise it would praise one candidate under the name of another.
    """
    if not outcome.choices:
        return False
    won = contest.yes if isinstance(contest, UpOrDown) else outcome.choices[0]
    return folded(contest.recommendation) in ("", folded(won))
