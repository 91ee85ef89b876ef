"""The bylaws: a built-in edition, a file that is there, or a few questions that write one.

Each value has the sentence of the bylaws beside it. What is not asked is taken over from the
built-in edition, and says so, so that nobody takes it for the chapter's own.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import tomlkit

from connectors.files.own_files import is_there, read_own
from connectors.files.private_files import write_private
from connectors.files.toml_files import read_toml
from connectors.settings import EDITIONS
from connectors.settings.bylaws import read as read_bylaws
from flows import console
from flows.setup.interview import Interview
from flows.setup.kinds import ask_kinds, ask_volunteer_kinds
from models.bylaws.rules import bylaws_from
from models.bylaws.windows import CALENDAR_YEAR, EVER, YEAR
from models.privacy import redact_addresses

FILE = "bylaws.toml"
WINDOWS = (YEAR, CALENDAR_YEAR, EVER)
_BUILT_IN = "jp-progressives"
_OWN, _THERE = "own", "there"
_OF_THE_LOG = "volunteer activity"
"""What a row of a tab of volunteer activities is, if no event has it (VM-2)."""
_DECIDED = "ruling: the bylaws do not say; decided when the chapter was set up"
_TAKEN_OVER = "ruling: not asked when the chapter was set up; as JP Progressives have it"
_AS_BUILT_IN = "as built in"
_HEAD = """\
# Who can vote, and how votes are counted. Each value has the sentence of the bylaws beside it.
# “ruling: not asked …” marks what was taken over from the built-in bylaws: go through it before the
# first election. docs/adopting.md explains each key, and how an amendment is written.
"""


def choose(interview: Interview, folder: Path, name: str, kinds: Sequence[str] = ()) -> str:
    """The setting `bylaws`: the name of an edition, or of the chapter's file.

    Args:
        name: the chapter's.
        kinds: the kinds of event that its tabs have.
    """
    built_in = {file.stem: file.stem for file in sorted(EDITIONS.glob("*.toml"))}
    options = {
        **{stem: f"the built-in bylaws “{stem}”" for stem in built_in},
        _OWN: "our own: answer a few questions",
    }
    if is_there(folder / FILE):
        options[_THERE] = f"our own: the file {FILE} that is in the folder"
    said = interview.choose("bylaws", "Which bylaws decide who can vote?", options)
    if said == _OWN:
        _write(interview, folder, _table(interview, name, kinds))
        return FILE
    return FILE if said == _THERE else said


def _write(interview: Interview, folder: Path, table: Mapping[str, Any]) -> None:
    bylaws_from(table, FILE)
    text = (_HEAD + tomlkit.dumps(table)).encode()
    if _is_kept(interview, folder, text):
        return
    write_private(folder / FILE, text)
    read_bylaws(folder, FILE)
    console.say(
        f"{FILE} is written, in the chapter's folder. Not asked, and so as JP Progressives have "
        "it: the offices, how ranked votes and ties are counted, and what the committee, its "
        "slate, and its nominees need. Each such rule is marked “ruling: not asked” there. Whoever "
        "keeps the chapter's folder can change it; docs/adopting.md says how."
    )


def _is_kept(interview: Interview, folder: Path, text: bytes) -> bool:
    """Whether the file that is there stays: somebody may have changed it since it was written."""
    if not is_there(folder / FILE):
        return False
    there = read_own(folder / FILE, folder)
    if there == text:
        return True
    return interview.confirm(
        f"keep {FILE} {hashlib.sha256(there).hexdigest()[:12]}",
        f"{FILE} is in the folder already, and says something else than your answers. Keep it as "
        "it is?",
        default=True,
    )


def _table(interview: Interview, name: str, there: Sequence[str]) -> dict[str, Any]:
    title = interview.text(
        "bylaws title", "What are they called (press Enter for “Bylaws”)?", _plain, default="Bylaws"
    )
    since = interview.text(
        "bylaws since",
        "A day before your first event, from which they are in effect, such as 2020-01-01",
        _day,
    )
    listed = ask_kinds(interview, there)
    kinds_cite = _cite(interview, "kinds")
    paths = _paths(interview)
    membership: dict[str, Any] = {"kinds": {"value": listed, "rule": "VM-2", "cite": kinds_cite}}
    if any(one["condition"] == "volunteered" for path in paths for one in path["conditions"]):
        volunteer = list(dict.fromkeys((*ask_volunteer_kinds(interview, listed), _OF_THE_LOG)))
        membership["kinds"]["value"] = list(dict.fromkeys((*listed, *volunteer)))
        membership["volunteer_kinds"] = {"value": volunteer, "rule": "VM-2", "cite": kinds_cite}
    membership["paths"] = paths
    edition = {
        "name": title,
        "effective_from": date.fromisoformat(since),
        "membership": membership,
        **_counting(interview),
    }
    return {"chapter": name, "editions": [edition]}


def _paths(interview: Interview) -> list[dict[str, Any]]:
    """The ways to voting membership."""
    while True:
        paths = []
        if many := _number(interview, "events", "How many events make a voting member"):
            paths.append(_path(interview, "events", f"{many} events", "events", many))
        if many := _number(
            interview, "volunteer", "How many volunteer activities alone make a voting member"
        ):
            paths.append(_path(interview, "volunteer", "volunteering", "volunteered", many))
        if days := _number(
            interview, "registered", "For how many days must a person have been registered"
        ):
            alone = {"condition": "registered", "days": days, "rule": "VM-R7",
                     "cite": _cite(interview, "registered")}  # fmt: skip
            if paths:
                for path in paths:
                    path["conditions"].append(alone)
            else:
                paths.append({"name": "registered", "conditions": [alone]})
        if paths:
            return paths
        interview.refuse(
            "For how many days must a person have been registered?",
            ValueError("At least one of these is needed: nobody could vote."),
        )


def _path(
    interview: Interview, key: str, name: str, condition: str, at_least: int
) -> dict[str, Any]:
    window = interview.text(
        f"bylaws {key} window",
        f"Within which time? {', '.join(WINDOWS)}, or months as in 6 months "
        f"(press Enter for {WINDOWS[0]})",
        _window,
        default=WINDOWS[0],
    )
    cite = _cite(interview, key)
    one = {"condition": condition, "at_least": at_least, "window": window, "rule": "VM-1",
           "cite": cite}  # fmt: skip
    return {"name": name, "conditions": [one]}


def _counting(interview: Interview) -> dict[str, Any]:
    """How votes are counted: an endorsement's share, and the rest as it is built in."""
    rules = _taken_over()
    share = interview.text(
        "bylaws share",
        "Which share of the vote does an endorsement need, such as 60%, 2/3, or 1/2 "
        "(press Enter for 60%)?",
        _share,
        default="60%",
    )
    more = interview.choose(
        "bylaws more",
        f"Is exactly {share} enough?",
        {">": f"no, it needs more than {share}", ">=": f"yes, {share} is enough"},
    )
    cite = _cite(interview, "share")
    seat = interview.text(
        "bylaws seat",
        "How many events within a calendar year must a person have attended to be nominated for "
        "the committee (press Enter for 3, as JP Progressives have it)?",
        _count,
        default=_AS_BUILT_IN,
    )
    if seat != _AS_BUILT_IN:
        rules["committee"]["nominee_events"] = {
            "value": int(seat), "rule": "SC-2", "cite": _DECIDED,
        }  # fmt: skip
    rules["endorsement"]["threshold"] = {"value": share, "rule": "EN-3", "cite": cite}
    rules["endorsement"]["comparison"] = {"value": more, "rule": "EN-4", "cite": cite}
    return rules


def _taken_over() -> dict[str, Any]:
    """The built-in counting rules, each of which says that it is not the chapter's own.

    The names of its committees are nobody else's.
    """
    oldest = read_toml(EDITIONS / f"{_BUILT_IN}.toml")["editions"][0]
    groups = {
        group: held
        for group, held in oldest.items()
        if isinstance(held, dict) and group != "membership"
    }
    return {
        group: {
            key: {**value, "cite": _TAKEN_OVER} for key, value in held.items() if key != "standing"
        }
        for group, held in groups.items()
    }


def _cite(interview: Interview, key: str) -> str:
    return interview.text(
        f"bylaws {key} cite",
        "The sentence of your bylaws that says so (press Enter if there is none)",
        lambda typed: redact_addresses(typed),
        default=_DECIDED,
    )


def _number(interview: Interview, key: str, question: str) -> int:
    said = interview.text(
        f"bylaws {key}", f"{question} (press Enter if the bylaws have no such rule)?", _count,
        default="0",
    )  # fmt: skip
    return int(said)


def _day(typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise ValueError("write a date with the year first, as in 2020-01-31") from None


def _count(typed: str) -> str:
    if typed == _AS_BUILT_IN:
        return typed
    if not typed.isascii() or not typed.isdecimal() or int(typed) > 1000:
        raise ValueError("type a whole number, such as 3")
    return str(int(typed))


def _window(typed: str) -> str:
    if typed in WINDOWS or re.fullmatch(r"[1-9]\d? months?", typed):
        return typed
    raise ValueError(f"type one of {', '.join(WINDOWS)}, or months as in 6 months")


def _share(typed: str) -> str:
    text = typed.replace(" ", "")
    try:
        part = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        part = Fraction(0)
    if not 0 < part < 1:
        raise ValueError("type a share between 0 and 1, such as 60% or 2/3")
    return text


def _plain(typed: str) -> str:
    if redact_addresses(typed) != typed or len(typed) > 200:
        raise ValueError("write a short title, without an address")
    return typed
