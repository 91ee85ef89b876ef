"""The pages of officers. Each module names what it answers in its `ASKED`.

progress   what takes time: start it, and see how far it is
leave      sign out, and choose a language
today      is everything well, and what waits for a person
roll       the voter roll: how many, over time, and who
person     a person: whether and why they may vote
review     questions for a person, each with its cell
plan       what a run would change, and its approval
"""

from typing import Final

from flows.web.pages import leave, person, plan, progress, review, roll, today
from flows.web.visits import Asked

ASKED: Final[tuple[Asked, ...]] = (
    *today.ASKED,
    *roll.ASKED,
    *person.ASKED,
    *review.ASKED,
    *plan.ASKED,
    *progress.ASKED,
    *leave.ASKED,
)
"""Everything that can be asked for, and by whom."""
