"""Sign out, and choose a language."""

import re
from typing import Final

from flows.web.visits import Asked, GoTo, Visit

_OURS: Final = re.compile(r"/[A-Za-z0-9_./-]{0,300}")
"""A path of this page; with "//" it could be another host's."""


def sign_out(_: Visit) -> GoTo:
    """End this session; the application takes its cookie away."""
    return GoTo("/sign-in")


def choose_language(visit: Visit) -> GoTo:
    """From now on the pages are in this language."""
    wanted = visit.sent.one("language")
    back = visit.sent.one("back")
    here = back if _OURS.fullmatch(back) and "//" not in back else "/"
    chosen = next((one for one in visit.context.chapter.languages if one == wanted), None)
    return GoTo(here, language=chosen)


ASKED: Final = (
    Asked("POST", "/sign-out", sign_out),
    Asked("POST", "/language", choose_language),
)
