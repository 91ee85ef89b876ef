"""What a voting member has done: conditions, each one sentence of the bylaws (VM-R7).

Their values are of that sentence, or tables with a rule, a sentence and readings of their own.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PositiveInt, model_validator

from models.base import Value
from models.bylaws.cited import Cited
from models.bylaws.counting import Part, part
from models.bylaws.windows import Window


def _as_sheets_have_it(kind: str) -> str:
    """Sheets are read without regard to capitals and spaces."""
    if not (kind := " ".join(kind.split()).casefold()):
        raise ValueError("a kind of event has a name")
    return kind


def _share(written: object) -> object:
    try:
        return part(written)
    except ValueError:
        raise ValueError('write a share of the events like "25%" or "1/4"') from None


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

    def is_helped_by(self, kind: str, helping: Kinds = ()) -> bool:
        """Whether one event more of a kind, on the day asked about, would count here (VM-R5).

        Args:
            helping: the kinds that are volunteer activities.
        """
        return False


class OfEvents(Condition):
    """What asks for events as such; another condition asks for a thing of its own kind.

    Without `kinds` all kinds that count do, and what is marked as counting (VM-2).
    """

    kinds: Kinds = ()

    def named_kinds(self) -> Kinds:
        """The kinds of event it names."""
        return self.kinds

    def is_helped_by(self, kind: str, helping: Kinds = ()) -> bool:
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

    def is_helped_by(self, kind: str, helping: Kinds = ()) -> bool:
        """Whether one event more of a kind, on the day asked about, would count here (VM-R5)."""
        return not self.before_the_day and super().is_helped_by(kind, helping)


class LastEvents(OfEvents):
    """At least so many of the last so many events held."""

    condition: Literal["last events"] = "last events"
    at_least: Cited[PositiveInt]
    of_last: Cited[PositiveInt]

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.at_least.value > self.of_last.value:
            raise ValueError(
                "at_least is larger than of_last, so no one could attend enough events"
            )
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

    def is_helped_by(self, kind: str, helping: Kinds = ()) -> bool:
        """Whether one event more of a kind, on the day asked about, would count here (VM-R5)."""
        return kind in self.kinds


class Volunteered(Condition):
    """At least so many volunteer activities within the window."""

    condition: Literal["volunteered"] = "volunteered"
    at_least: Cited[PositiveInt]
    window: Cited[Window]

    def is_helped_by(self, kind: str, helping: Kinds = ()) -> bool:
        """Whether one event more of a kind, on the day asked about, would count here (VM-R5)."""
        return kind in helping


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


def _is_cited(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Cited)
