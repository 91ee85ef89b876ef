"""Who may vote, as files said it before there were paths: five values, still read."""

from typing import Any, Literal

from pydantic import PositiveInt

from models.base import Value
from models.bylaws.cited import Cited
from models.bylaws.conditions import Kinds
from models.bylaws.windows import YEAR


class FiveValues(Value):
    """The form of files from before there were paths: events, or volunteer activities."""

    events_needed: Cited[PositiveInt]
    volunteer_activities_needed: Cited[PositiveInt]
    window: Cited[Literal["trailing year", "calendar year"]]
    qualifying_kinds: Cited[Kinds]
    volunteer_kinds: Cited[Kinds]

    def in_paths(self) -> dict[str, Any]:
        """The same as paths; without a kind of volunteer activity there is no second one."""
        asked, helped = (
            {**value.model_dump(), "alternatives": ()}
            for value in (self.events_needed, self.volunteer_activities_needed)
        )
        events = {
            "condition": "events", "rule": asked["rule"], "cite": asked["cite"],
            "at_least": asked, "window": self.window.model_dump(),
        }  # fmt: skip
        volunteered = {
            "condition": "volunteered", "rule": helped["rule"], "cite": helped["cite"],
            "at_least": helped, "window": {**helped, "value": YEAR},
        }  # fmt: skip
        conditions = [events, volunteered] if self.volunteer_kinds.value else [events]
        return {
            "kinds": self.qualifying_kinds.model_dump(),
            "volunteer_kinds": self.volunteer_kinds.model_dump(),
            "paths": [{"name": one["condition"], "conditions": [one]} for one in conditions],
        }


FIVE_VALUES = FiveValues.model_fields.keys() - {"volunteer_kinds"}
"""The keys of a file of before; one has the same name still."""
