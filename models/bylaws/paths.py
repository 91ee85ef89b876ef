"""Who may vote: a list of paths, each a list of conditions; whoever fulfils one path votes (VM-R7).

A condition is one sentence of the bylaws. Its values are of that sentence, or tables with a rule, a
sentence and other readings of their own.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PositiveInt,
    ValidatorFunctionWrapHandler,
    model_validator,
)

from models.base import Value
from models.bylaws.cited import Cited
from models.bylaws.counting import Part, part
from models.bylaws.windows import YEAR, Window
from models.faults import shown


def _as_sheets_have_it(kind: str) -> str:
    """Sheets are read without regard to capitals and spaces."""
    if not (kind := " ".join(kind.split()).casefold()):
        raise ValueError("a kind of event has a name")
    return kind


def _share(written: object) -> object:
    try:
        return part(written)
    except ValueError:
        raise ValueError('write a share of the events as "25%" or "1/4"') from None


Kind = Annotated[str, AfterValidator(_as_sheets_have_it)]
Kinds = tuple[Kind, ...]
AtLeastOne = Annotated[Kinds, Field(min_length=1)]
Days = Annotated[PositiveInt, Field(le=36_500)]


class Condition(Value):
    """One sentence of the bylaws about what a voting member has done."""

    rule: str
    cite: str

    @model_validator(mode="before")
    @classmethod
    def _of_this_sentence(cls, given: Any) -> Any:
        """A bare value is cited with the condition's own sentence."""
        if not isinstance(given, Mapping):
            return given
        source = {"rule": given.get("rule", ""), "cite": given.get("cite", "")}

        def cited(name: str, value: Any) -> Any:
            field = cls.model_fields.get(name)
            bare = field and _is_cited(field.annotation) and not isinstance(value, Mapping | Cited)
            return {"value": value, **source} if bare else value

        return {name: cited(name, value) for name, value in given.items()}

    def named_kinds(self) -> Kinds:
        """The kinds of event it names."""
        return ()

    def is_helped_by(self, kind: str) -> bool:
        """Whether one event more of a kind, on the day asked about, would count here (VM-R5)."""
        return False


class OfEvents(Condition):
    """What asks for events as such; another condition asks for a thing of its own kind.

    Without `kinds` all kinds that count do, and what is marked as counting (VM-2).
    """

    kinds: Kinds = ()

    def named_kinds(self) -> Kinds:
        """The kinds of event it names."""
        return self.kinds

    def is_helped_by(self, kind: str) -> bool:
        """Whether one event more of a kind, on the day asked about, would count here (VM-R5)."""
        return not self.kinds or kind in self.kinds


class Events(OfEvents):
    """At least so many events within the window.

    With `before_the_day` those of the day asked about are left out.
    """

    condition: Literal["events"] = "events"
    at_least: Cited[PositiveInt]
    window: Cited[Window]
    before_the_day: bool = False

    def is_helped_by(self, kind: str) -> bool:
        """Whether one event more of a kind, on the day asked about, would count here (VM-R5)."""
        return not self.before_the_day and super().is_helped_by(kind)


class LastEvents(OfEvents):
    """At least so many of the last so many events held."""

    condition: Literal["last events"] = "last events"
    at_least: Cited[PositiveInt]
    of_last: Cited[PositiveInt]

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.at_least.value > self.of_last.value:
            raise ValueError("at_least is more than of_last: nobody could attend so many")
        return self


class Share(OfEvents):
    """At least a share of the events held within the window, and at least one of them."""

    condition: Literal["share of events"] = "share of events"
    share: Cited[Annotated[Part, BeforeValidator(_share)]]
    window: Cited[Window]


class OnTheDay(OfEvents):
    """An event on the day asked about: the meeting at which the vote is taken."""

    condition: Literal["on the day"] = "on the day"


class Attended(Condition):
    """One event of a kind of its own, such as the annual meeting."""

    condition: Literal["attended"] = "attended"
    kinds: AtLeastOne
    window: Cited[Window]

    def named_kinds(self) -> Kinds:
        """The kinds of event it names."""
        return self.kinds


class Volunteered(Condition):
    """At least so many volunteer activities within the window."""

    condition: Literal["volunteered"] = "volunteered"
    at_least: Cited[PositiveInt]
    window: Cited[Window]


class Registered(Condition):
    """Registered for at least so many days."""

    condition: Literal["registered"] = "registered"
    days: Cited[Days]


class DuesPaid(Condition):
    """Dues are paid on the day asked about."""

    condition: Literal["dues paid"] = "dues paid"


class Attested(Condition):
    """Somebody recorded by name, within the window, that the person does what is asked."""

    condition: Literal["attested"] = "attested"
    window: Cited[Window]


AnyCondition = Annotated[
    Events | LastEvents | Share | OnTheDay | Attended | Volunteered | Registered | DuesPaid
    | Attested,
    Field(discriminator="condition"),
]  # fmt: skip


class Path(Value):
    """One way to the vote: all its conditions hold on the day."""

    name: str = Field(min_length=1)
    conditions: tuple[AnyCondition, ...] = Field(min_length=1)


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

    def unread(self) -> list[str]:
        """The names of the paths that hold for nobody, because nothing reads dues yet."""
        return [
            path.name
            for path in self.paths
            if any(isinstance(each, DuesPaid) for each in path.conditions)
        ]

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
                    "says who may vote twice, in paths and in the values of before there were any"
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
            yield "two paths have one name"
        yield from self._unknown("volunteer_kinds", self.helping)
        for number, path in enumerate(self.paths, 1):
            asked = {condition.condition for condition in path.conditions}
            for condition in path.conditions:
                yield from self._unknown(f"path {number}", condition.named_kinds())
                before = isinstance(condition, Events) and condition.before_the_day
                if before and "on the day" not in asked:
                    yield f"path {number}: before_the_day stands beside “on the day” alone"
            if "volunteered" in asked and not self.helping:
                yield f"path {number} asks for volunteer activities and volunteer_kinds has none"

    def _unknown(self, where: str, named: Kinds) -> Iterator[str]:
        for kind in named:
            if kind not in self.kinds.value:
                yield f"{where} names “{shown(kind)}”, which is none of the kinds that count"


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


def _is_cited(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Cited)
