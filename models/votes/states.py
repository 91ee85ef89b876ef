"""The states of a vote, one after the other (EN-R6), and the way out of it until its close."""

from enum import StrEnum

from models.errors import Refused


class ElectionState(StrEnum):
    """Where a vote stands in its life."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    PUBLISHED = "published"
    CANCELLED = "cancelled"

    def then(self, following: "ElectionState") -> "ElectionState":
        """The next state.

        Raises:
            Refused: it is not the next one; no vote skips a step or goes back (EN-R6), and none is
                cancelled once it has closed (EN-R11).
        """
        if following not in _FOLLOWING[self]:
            rule = "EN-R11" if following is ElectionState.CANCELLED else "EN-R6"
            raise Refused(f"an election that is {self} cannot become {following}", rule=rule)
        return following


_FOLLOWING = {
    ElectionState.DRAFT: {ElectionState.OPEN, ElectionState.CANCELLED},
    ElectionState.OPEN: {ElectionState.CLOSED, ElectionState.CANCELLED},
    ElectionState.CLOSED: {ElectionState.COUNTED},
    ElectionState.COUNTED: {ElectionState.PUBLISHED},
    ElectionState.PUBLISHED: frozenset[ElectionState](),
    ElectionState.CANCELLED: frozenset[ElectionState](),
}
