"""Who may vote: a list of paths, each a list of conditions; whoever fulfils one votes (VM-R7)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Self

from pydantic import Field, ValidatorFunctionWrapHandler, model_validator

from models.base import Value
from models.bylaws.cited import Cited
from models.bylaws.conditions import (
    AnyCondition,
    DuesPaid,
    Events,
    Kinds,
    LastEvents,
    OfEvents,
    Volunteered,
)
from models.bylaws.five_values import FIVE_VALUES, FiveValues
from models.bylaws.windows import earliest
from models.faults import shown


class Path(Value):
    """One way to the vote: all its conditions hold on the day."""

    name: str = Field(min_length=1)
    conditions: tuple[AnyCondition, ...] = Field(min_length=1)

    def helped_by(self, kind: str, helping: Kinds) -> tuple[bool, ...]:
        """Which of the conditions one event more of a kind would help (VM-R5).

        A path that asks for a thing of its own kind alone, and for no events as such, has nobody
        who is one event away.

        Args:
            helping: the kinds that are volunteer activities.
        """
        counts = any(isinstance(each, OfEvents) for each in self.conditions)
        return tuple(counts and each.is_helped_by(kind, helping) for each in self.conditions)


class Membership(Value):
    """Who may vote (VM-R7)."""

    kinds: Cited[Kinds]
    """All kinds of event that a path may count; another one is asked about."""
    volunteer_kinds: Cited[Kinds] | None = None
    """Those among them that are volunteer activities."""
    paths: tuple[Path, ...] = Field(min_length=1)

    @property
    def helping(self) -> Kinds:
        """The kinds that are volunteer activities, if there are any."""
        return self.volunteer_kinds.value if self.volunteer_kinds else ()

    @property
    def asks_for_help(self) -> bool:
        """Whether a path asks for volunteer activities as such."""
        return any(isinstance(condition, Volunteered) for condition in self.conditions())

    def asking_for_dues(self) -> list[str]:
        """The names of the paths that ask for dues; without a dues tab they hold for nobody."""
        return [
            path.name
            for path in self.paths
            if any(isinstance(each, DuesPaid) for each in path.conditions)
        ]

    def looks_back_to(self, on: date) -> date:
        """A day before which no event counts any more: rows about older ones may go (DP-6)."""
        windows = (getattr(each, "window", None) for each in self.conditions())
        days = [earliest(on, window.value) for window in windows if window]
        by_held = any(isinstance(each, LastEvents) for each in self.conditions())
        return min([*days, date.min if by_held else on])

    def conditions(self) -> Iterator[AnyCondition]:
        """Those of all paths."""
        for path in self.paths:
            yield from path.conditions

    @model_validator(mode="wrap")
    @classmethod
    def _either_form(cls, given: Any, handler: ValidatorFunctionWrapHandler) -> Self:
        """A file of before says the same in five values."""
        if isinstance(given, Mapping) and given.keys() & FIVE_VALUES:
            if "paths" in given:
                raise ValueError(
                    "says twice who can vote: in `paths`, and with the older keys that `paths` "
                    "replaced"
                )
            given = FiveValues.model_validate(given).in_paths()
        made: Self = handler(given)
        return made

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if wrong := list(dict.fromkeys(self._faults())):
            raise ValueError("; ".join(wrong))
        return self

    def _faults(self) -> Iterator[str]:
        """What loads and would give nobody the vote, or one path under two meanings."""
        if len({path.name for path in self.paths}) < len(self.paths):
            yield "two paths have the same name"
        yield from self._unknown("volunteer_kinds", self.helping)
        for number, path in enumerate(self.paths, 1):
            asked = {condition.condition for condition in path.conditions}
            for condition in path.conditions:
                yield from self._unknown(f"path {number}", condition.named_kinds())
                before = isinstance(condition, Events) and condition.before_the_day
                if before and "on the day" not in asked:
                    yield f"path {number}: before_the_day can be used only with “on the day”"
            if "volunteered" in asked and not self.helping:
                yield f"path {number} needs volunteer activities, but volunteer_kinds is empty"

    def _unknown(self, where: str, named: Kinds) -> Iterator[str]:
        for kind in named:
            if kind not in self.kinds.value:
                yield f"{where} names “{shown(kind)}”, which is not one of the kinds that count"
