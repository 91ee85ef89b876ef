"""What a chapter's settings must say of headers, so that each source is read as it was confirmed.

A header means the same in all tabs and forms of a kind. Where it cannot, a person is told: no tab
is read in another way than the one that was shown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from connectors.settings.own_headers import OwnHeaders
from flows.setup.face import About, Wrong
from models.errors import FixTheSettings
from models.intake.cells import Cell
from models.intake.columns import ALL_COLUMNS
from models.intake.headers import Head
from models.intake.proposals import resolved
from models.intake.tables import Columns
from models.privacy import one_line, redact_addresses
from models.text.folding import unmarked

NONE = "(no such column)"
"""The header of a field that no sheet has, where the usual one heads something else."""
_NO_PART_OF_A_ROSTER = ("at", "event")


@dataclass(frozen=True, slots=True)
class Use:
    """A tab or form, as a person confirmed how it is read."""

    place: str
    kind: str
    heads: tuple[Head, ...]
    columns: Mapping[str, tuple[int, ...]]
    is_roster: bool = False
    rows: Sequence[Sequence[Cell]] = field(default=(), repr=False, compare=False)
    """What stands below the headers, of the top of the tab."""

    @property
    def title(self) -> str:
        """The tab's or form's, for a page."""
        return self.place.partition("“")[2].removesuffix("”")

    def titles(self, name: str) -> list[str]:
        """The headers of a field, as the sheet has them."""
        places = self.columns.get(name, ())
        return [one_line(head.said) for head in self.heads if head.index in places]

    def has_unwanted(self, name: str, titles: Sequence[str]) -> bool:
        """Whether one of these headers stands over something else than the field."""
        known, places = set(map(unmarked, titles)), self.columns.get(name, ())
        return any(head.whole in known and head.index not in places for head in self.heads)

    def is_read_by(self, wanted: Columns) -> bool:
        """Whether these headers read it as it was confirmed."""
        found = resolved(wanted, self.heads)
        if self.is_roster:
            if "event" in found:
                return False
            found = {name: at for name, at in found.items() if name not in _NO_PART_OF_A_ROSTER}
        return found == {name: at for name, at in self.columns.items() if name in wanted.headers}


@dataclass
class Wordings:
    """All sources so far, and the headers under which the settings have them read."""

    own: OwnHeaders = field(default_factory=dict)
    """What `chapter.toml` says already."""
    uses: list[Use] = field(default_factory=list)

    def columns_of(self, kind: str) -> Columns:
        """The fields of a kind under the headers so far."""
        return ALL_COLUMNS[kind].renamed(self.headers().get(kind, {}))

    def headers(self) -> OwnHeaders:
        """The sections `[columns.…]`; what is usual is left out."""
        return _headers(self.own, self.uses)

    def add(self, use: Use) -> None:
        """Take up one more.

        Raises:
            FixTheSettings: its headers mean something else in another tab or form of its kind.
        """
        uses = [*self.uses, use]
        wanted = ALL_COLUMNS[use.kind].renamed(_headers(self.own, uses).get(use.kind, {}))
        for one in uses:
            if one.kind == use.kind and not one.is_read_by(wanted):
                raise _clash(use, one, wanted)
        self.uses = uses


def columns_of(typed: str, heads: Sequence[Head]) -> tuple[int, ...]:
    """The columns that letters name.

    Raises:
        ValueError: there is no such column, or it has no header.
    """
    if typed.strip() in ("-", "–", "none"):
        return ()
    by_letter = {head.letter: head.index for head in heads}
    letters = [one for one in re.split(r"[\s,+;]+", typed.upper()) if one]
    if wrong := [one for one in letters if one not in by_letter]:
        raise Wrong(
            f"there is no column {redact_addresses(wrong[0])[:3]} with a header; type one of "
            f"{', '.join(by_letter)}, or - if none",
            About("no_column"),
        )
    places = dict.fromkeys(by_letter[one] for one in letters)
    return tuple(places) if "+" in typed else tuple(sorted(places))


def _headers(own: OwnHeaders, uses: Sequence[Use]) -> OwnHeaders:
    merged: dict[str, dict[str, tuple[str, ...]]] = {k: dict(v) for k, v in own.items()}
    for kind in dict.fromkeys(use.kind for use in uses):
        mine = [use for use in uses if use.kind == kind]
        for name in ALL_COLUMNS[kind].headers:
            titles = _titles(kind, name, own.get(kind, {}).get(name, ()), mine)
            if titles:
                merged.setdefault(kind, {})[name] = titles
    return merged


def _titles(kind: str, name: str, own: Sequence[str], uses: Sequence[Use]) -> tuple[str, ...]:
    """The headers to set for a field; none where the usual ones do."""
    usual = ALL_COLUMNS[kind].titles(name)
    known = set(map(unmarked, own or usual))
    used = {unmarked(title): title for use in uses for title in use.titles(name)}
    others = [title for whole, title in used.items() if whole not in known]
    if own:
        return (*own, *others)
    if others:
        return (*(usual if used.keys() & known else ()), *others)
    unwanted = any(use.has_unwanted(name, usual) for use in uses)
    return (NONE,) if unwanted and not used else ()


def _clash(new: Use, one: Use, wanted: Columns) -> FixTheSettings:
    found = resolved(wanted, one.heads)
    differ = [name for name in wanted.headers if found.get(name, ()) != one.columns.get(name, ())]
    places = {place for name in differ for place in found.get(name, ())}
    said = " and ".join(
        f"“{redact_addresses(one_line(head.said))}”" for head in one.heads if head.index in places
    )
    return FixTheSettings(
        f"the header {said} of {one.place} would be read as {' and '.join(differ)}, because a "
        "header means the same in all tabs and forms of a kind",
        where=new.place,
        next_step="rename the header in one of the two, then look again",
    )
