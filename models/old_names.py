"""Names of settings that changed. The old ones are read for one release, and the person is told.

A new name is one more line in a table below. Outer names come first, because the names inside are
looked for under the new outer name.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from models.errors import FixTheSettings
from models.faults import place

T = TypeVar("T")


class Renamed(NamedTuple):
    """A key of a file of settings that has a new name."""

    table: tuple[str, ...]
    """The tables around it, under their new names. In a list of tables, each of them is meant."""
    old: str
    new: str


CHAPTER = (
    Renamed((), "guards", "safety_limits"),
    Renamed((), "letters", "emails"),
    Renamed(("safety_limits",), "unforeseen_percent", "unexpected_percent"),
    Renamed(("safety_limits",), "unforeseen_at_least", "unexpected_at_least"),
    Renamed(("schedule",), "clock_minutes", "check_every_minutes"),
    Renamed(("retention",), "contest_days", "challenge_days"),
    Renamed(("elections",), "officers_mail", "officers_email"),
    Renamed(("columns", "registrations"), "wants_mail", "wants_email"),
)
UNREAD = {"registrations": frozenset(("registered_voter", "dues_paid"))}
"""Fields of `[columns]` that are not read any more, because no rule uses them (DP-5)."""
BYLAWS = (Renamed(("editions",), "in_force_from", "effective_from"),)


def with_new_names(
    table: Mapping[str, Any], names: Sequence[Renamed], where: str
) -> tuple[dict[str, Any], str]:
    """Return a file's table under the new names, and a line on the old ones; "" if it has none.

    Raises:
        FixTheSettings: an old name and its new one are both given.
    """
    found, used = dict(table), list[tuple[str, str]]()
    for one in names:
        old, new = names_of(one)
        found, is_there = _renamed(found, one, one.table, f"{where}: {old} and {new}")
        used += [(old, new)] * is_there
    return found, notice(where, used)


def without_unread(
    columns: Mapping[str, Mapping[str, T]], where: str
) -> tuple[dict[str, dict[str, T]], str]:
    """Return a chapter's own headers without those of fields that nobody reads, and a line on them.

    The line is "" where there are none.
    """
    found, used = dict[str, dict[str, T]](), list[str]()
    for kind, fields in columns.items():
        gone = UNREAD.get(kind, frozenset())
        found[kind] = {name: header for name, header in fields.items() if name not in gone}
        used += [f"[columns.{kind}] {name}" for name in fields if name in gone]
    are, it = ("is", "it") if len(used) == 1 else ("are", "them")
    why = f"{are} not read any more, because no rule uses {it} (DP-5); take {it} out"
    return found, f"{where}: {', '.join(used)} {why}" if used else ""


def notice(where: str, used: Sequence[tuple[str, str]]) -> str:
    """Return one line with the new name of each old one; "" for none."""
    names = ", ".join(f"{old} is now called {new}" for old, new in used)
    works = "name works" if len(used) == 1 else "names work"
    return f"{where}: {names}; the old {works} until the next release" if used else ""


def names_of(one: Renamed) -> tuple[str, str]:
    """Return both names as a person finds them in the file."""
    if one.table:
        return place((*one.table, one.old)), one.new
    return f"[{one.old}]", f"[{one.new}]"


def both_given(both: str) -> FixTheSettings:
    """Return the refusal of an old name beside its new one."""
    return FixTheSettings(
        f"{both} are both given, and they are the old and the new name of one setting",
        next_step="keep the new name, and take the old one out",
    )


def _renamed(
    table: dict[str, Any], one: Renamed, path: tuple[str, ...], both: str
) -> tuple[dict[str, Any], bool]:
    if path:
        inner, is_there = _inside(table.get(path[0]), one, path[1:], both)
        return ({**table, path[0]: inner} if is_there else table), is_there
    if one.old in table and one.new in table:
        raise both_given(both)
    renamed = {one.new if key == one.old else key: value for key, value in table.items()}
    return renamed, one.old in table


def _inside(value: Any, one: Renamed, path: tuple[str, ...], both: str) -> tuple[Any, bool]:
    """The same in a table, or in each table of a list. What is neither is refused later."""
    if isinstance(value, dict):
        return _renamed(value, one, path, both)
    if isinstance(value, list | tuple):
        each = [_inside(entry, one, path, both) for entry in value]
        return [entry for entry, _ in each], any(is_there for _, is_there in each)
    return value, False
