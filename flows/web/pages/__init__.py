"""The pages of officers. Each module names what it answers in its `ASKED`.

progress   what takes time: start it, and see how far it is
leave      sign out, and choose a language
today      is everything well, and what waits for a person
committee  who sits on the committee
privacy    what is held, for how long, and who can open the chapter's files
privacy_person   a person's rights: to be shown all that is held, and to be erased
privacy_access   who may come in, who is in, and who looked at people
health     whether everything that the program needs is there
"""

from typing import Final

from flows.web.pages import (
    committee,
    health,
    leave,
    privacy,
    privacy_access,
    privacy_person,
    progress,
    today,
)
from flows.web.visits import Asked

ASKED: Final[tuple[Asked, ...]] = (
    *today.ASKED,
    *committee.ASKED,
    *privacy.ASKED,
    *privacy_person.ASKED,
    *privacy_access.ASKED,
    *health.ASKED,
    *progress.ASKED,
    *leave.ASKED,
)
"""Everything that can be asked for, and by whom."""
