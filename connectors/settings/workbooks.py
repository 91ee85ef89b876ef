"""Which tab of a chapter's workbooks, and which form, holds what; and the tabs it writes."""

from collections import Counter
from typing import Annotated, Literal, NamedTuple, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from connectors.settings.kinds import GoogleId, Line
from models.base import Value
from models.intake.year_columns import YEAR_COLUMNS
from models.text.folding import unmarked

OwnTabKind = Literal["review", "status", "roll", "cycle", "seats", "proposed", "requested"]
OWN_TABS: tuple[OwnTabKind, ...] = get_args(OwnTabKind)
"""The settings that name a tab which the program writes."""

_ONE_BY_ONE = ("events", "volunteers", "registrations", "exceptions", "statewide", *YEAR_COLUMNS)
"""The settings that each name one tab, and the kind of table in it."""


class OwnTab(NamedTuple):
    """A tab that the program writes, as a whole."""

    kind: OwnTabKind
    workbook: str
    title: str


class Workbook(Value):
    """One Google workbook and which tab holds what; a kind left out is not there."""

    id: GoogleId
    events: Line = ""
    sign_ins: tuple[Line, ...] = ()
    event_tabs: Line = ""
    """A pattern such as ``Sign-in *`` for workbooks with one tab an event."""
    volunteers: Line = ""
    registrations: Line = ""
    exceptions: Line = ""
    statewide: Line = ""
    """The tab with the sign-ups of a statewide body, often a form's answers (ST-1)."""
    committee: Line = ""
    """The tab with the committee's seats, in place of `committee.toml` (SC-1)."""
    disclosures: Line = ""
    """The tab or form answers in which committee members disclose conflicts of interest (SC-5)."""
    races: Line = ""
    """The tab with the races of a cycle, and what the committee decided about each (EN-2)."""
    candidates: Line = ""
    """The tab with the candidates of those races (EN-11)."""
    steps: Line = ""
    """The tab with what was done in each race: meetings, questionnaires, forums (EN-7)."""
    nominations: Line = ""
    """The tab with nominations for the committee, often a form's answers (SC-2)."""
    dues: Line = ""
    """The tab with who paid dues; read only for nominees and paths that ask for dues (DP-5)."""
    proposals: Line = ""
    """The tab with members' proposals for the annual priorities, often a form's answers (SC-7)."""
    priorities: Line = ""
    """The tab in which the committee moderates those proposals (SC-7)."""
    ad_hoc: Line = ""
    """The tab with the ad hoc committee after a vote of no confidence (SC-8)."""
    profiles: Line = ""
    """The tab with volunteer profiles, often a form's answers (ST-2)."""
    requests: Line = ""
    """The tab with members' requests, often a form's answers (ST-3)."""
    review: Line = ""
    """The tab to which set-aside rows and questions are written; at most one workbook has it."""
    status: Line = ""
    """The tab that says what waits for a person, in counts; at most one workbook has it."""
    roll: Line = ""
    """The tab with everybody's name and status (DP-7); at most one workbook has it."""
    cycle: Line = ""
    """The tab with the endorsement cycle as a table for a meeting; at most one workbook has it."""
    seats: Line = ""
    """The tab with the seats that the members confirmed; at most one workbook has it (SC-1)."""
    proposed: Line = ""
    """The tab with the numbered proposals for moderation; at most one workbook has it (SC-7)."""

    requested: Line = ""
    """The tab with the queue of requests, by receipt; at most one workbook has it (ST-3)."""

    @model_validator(mode="after")
    def _what_is_written_is_nothing_else(self) -> Self:
        """Each is written anew as a whole; titles are compared as they are looked for."""
        titles = Counter(unmarked(title) for title in (*self.tabs(), *self.own_tabs().values()))
        for kind, title in self.own_tabs().items():
            if titles[unmarked(title)] > 1:
                raise ValueError(f"{kind} is written over: it must be a tab of its own")
        return self

    def own_tabs(self) -> dict[OwnTabKind, str]:
        """The titles of the tabs that the program writes."""
        return {kind: title for kind in OWN_TABS if (title := getattr(self, kind))}

    def tabs(self) -> dict[str, str]:
        """Tab title → kind of table, for the tabs named one by one."""
        named = dict.fromkeys(self.sign_ins, "sign_ins")
        for kind in _ONE_BY_ONE:
            if title := getattr(self, kind):
                named[title] = kind
        return named

    def kinds(self) -> list[str]:
        """The kinds of table it holds, in the order of their names."""
        by_pattern = ["event_sign_ins"] if self.event_tabs else []
        return sorted({*self.tabs().values(), *by_pattern})


def own_tab(workbooks: tuple[Workbook, ...], kind: OwnTabKind) -> OwnTab | None:
    """The tab of a kind; the first, as former versions took it, where two have a review tab."""
    named = ((workbook.id, workbook.own_tabs().get(kind)) for workbook in workbooks)
    return next((OwnTab(kind, book, title) for book, title in named if title), None)


def _one_of_each(workbooks: tuple[Workbook, ...]) -> tuple[Workbook, ...]:
    kinds = Counter(kind for workbook in workbooks for kind in workbook.own_tabs())
    if twice := [kind for kind in OWN_TABS if kind != "review" and kinds[kind] > 1]:
        raise ValueError(f"at most one workbook has a tab under {twice[0]}")
    return workbooks


Workbooks = Annotated[tuple[Workbook, ...], Field(min_length=1), AfterValidator(_one_of_each)]


class Form(Value):
    """One Google Form read through the Forms API."""

    id: GoogleId
    holds: Literal[
        "sign_ins",
        "event_sign_ins",
        "volunteers",
        "registrations",
        "disclosures",
        "nominations",
        "proposals",
        "profiles",
        "requests",
        "statewide",
    ]
    event: Line = ""
    """For `event_sign_ins`: the event, as ``2026-03-31 Forum`` or by its unique name."""
