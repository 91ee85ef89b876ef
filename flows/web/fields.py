"""A form's fields: what was typed, and what is wrong with it, beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from connectors.pages import PageTexts
from models.privacy import redact_addresses

Control = Literal["line", "lines", "text", "moment", "tick", "ticks", "pick"]


@dataclass(frozen=True)
class Field:
    """One field."""

    key: str
    label: str
    hint: str = ""
    control: Control = "line"
    value: str = field(default="", repr=False)
    error: str = ""
    needed: bool = False
    soon: bool = False
    """Whether it is needed before the approval."""
    options: Sequence[tuple[str, str]] = ()
    """What may be chosen: what is sent, and what is read."""
    language: str = ""
    """Of what is typed here, if it is not the page's."""

    @property
    def shown(self) -> str:
        """What was typed, without an address: no page shows one."""
        return redact_addresses(self.value)

    @property
    def chosen(self) -> frozenset[str]:
        """What is ticked, of several."""
        return frozenset(self.value.split("\n"))


def said_of(words: PageTexts, faults: Mapping[str, str]) -> dict[str, str]:
    """Faults as a page says them; "" is an answer that is needed."""
    return {
        key: fault.removeprefix("contest: ") or words.say("draft.needed")
        for key, fault in faults.items()
    }


def lines(said: Iterable[object]) -> str:
    """A list as it stands in a field, a line each."""
    return "\n".join(str(one) for one in said)
