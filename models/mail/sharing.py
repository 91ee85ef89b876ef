"""Who can open a file of the chapter's: counts, and nobody's name (DP-7).

1. A file is open when whoever has its link, whoever searches the web, or everybody of an
   organisation can open it. It does not matter whether they may only read.
   Nor whether by its permissions or because it was published to the web, beside all of them.
2. What a file does not say of itself is not closed: unknown is not taken for safe.
3. Who may answer a form is another matter: they see its questions, and nobody's answers.
4. A group is one grantee of whom nobody here knows how many people it is.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from models.base import Value

EDITING = frozenset(("owner", "organizer", "fileOrganizer", "writer"))
"""Drive's roles that may change a file; of a form they see each answer as it comes (EN-R8)."""
ANSWERING = "published"
"""The view under which Drive keeps who may answer a form."""


class Reach(StrEnum):
    """To whom beyond named people something is open, the narrowest first."""

    ORGANISATION = "organisation"
    LINK = "link"
    PUBLIC = "public"


class Grant(NamedTuple):
    """One of Drive's permissions, without whose it is."""

    type: str
    """`user`, `group`, `domain` or `anyone`."""
    role: str
    view: str = ""
    findable: bool = False

    @property
    def reach(self) -> Reach | None:
        """How far it reaches beyond named people."""
        match self.type:
            case "anyone":
                return Reach.PUBLIC if self.findable else Reach.LINK
            case "domain":
                return Reach.ORGANISATION
        return None


class Access(Value):
    """Who can open one file."""

    editors: int = 0
    """People and groups named as such, its owner and the program's own account among them."""
    viewers: int = 0
    groups: int = 0
    """How many of both are groups."""
    open_to: Reach | None = None
    """The widest; None: named people and groups alone."""
    open_for_editing: bool = False
    published: bool = False
    """Published to the web: whoever has that address reads it, whatever its permissions."""
    answers: Reach | None = None
    """Who may answer it, of a form; None: named people alone, or nobody."""

    @property
    def is_open(self) -> bool:
        """Whether somebody can open it whom nobody named."""
        return self.open_to is not None or self.published


def access_of(grants: Iterable[Grant], *, published: bool = False) -> Access:
    """All permissions of one file, as counts."""
    given = list(grants)
    on_file = [one for one in given if one.view != ANSWERING]
    named = [one for one in on_file if one.reach is None]
    wide = [one for one in on_file if one.reach]
    return Access(
        editors=sum(one.role in EDITING for one in named),
        viewers=sum(one.role not in EDITING for one in named),
        groups=sum(one.type != "user" for one in named),
        open_to=_widest(wide),
        open_for_editing=any(one.role in EDITING for one in wide),
        published=published,
        answers=_widest(one for one in given if one.view == ANSWERING),
    )


def _widest(grants: Iterable[Grant]) -> Reach | None:
    order = list(Reach)
    return max((one.reach for one in grants if one.reach), key=order.index, default=None)
