"""The pages of officers. Each module names what it answers in its `ASKED`.

progress   what takes time: start it, and see how far it is
leave      sign out, and choose a language
today      is everything well, and what waits for a person
"""

from typing import Final

from flows.web.pages import leave, progress, today
from flows.web.visits import Asked

ASKED: Final[tuple[Asked, ...]] = (*today.ASKED, *progress.ASKED, *leave.ASKED)
"""Everything that can be asked for, and by whom."""
