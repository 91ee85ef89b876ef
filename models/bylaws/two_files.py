"""Bylaws in two files, as chapters wrote them before there was one: read on, and joined into one.

The first file held the editions with who may vote; the second, named `counting-` and the first
one's name, said how votes are counted, without a day: it counts for every edition of the first.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from models.bylaws.amending import AMENDS, FULL_NAME, full_name_of, written_out
from models.bylaws.counting import CountingRules, counting_rules_from
from models.bylaws.rules import Bylaws, bylaws_from
from models.errors import FixTheSettings
from models.old_names import BYLAWS

COUNTING = "counting-"
"""How the second file's name begins."""
_GROUPS = frozenset(CountingRules.model_fields) - {"name"}
_EDITION = re.compile(r"^\[\[editions\]\][^\n]*\n", re.MULTILINE)
_NAME = re.compile(r"^name\s*=[^\n]*\n", re.MULTILINE)
_TABLE = re.compile(r"^\[(?=[a-z])", re.MULTILINE)


def says_how_to_count(table: Mapping[str, Any]) -> bool:
    """Whether a bylaws file holds counting rules of its own, and so is the only one."""
    editions = table.get("editions")
    return isinstance(editions, list) and any(
        isinstance(edition, Mapping) and _GROUPS & edition.keys() for edition in editions
    )


def counting_table(table: Mapping[str, Any]) -> dict[str, Any]:
    """What the second file would say of the first edition in a file that is whole.

    A chapter with two files counts as it did, whatever the built-in bylaws read anew since (EN-R6).
    """
    oldest = written_out(table)["editions"][0]
    return {"name": oldest[FULL_NAME]} | {group: oldest[group] for group in _GROUPS}


def bylaws_of_two(
    table: Mapping[str, Any], where: str, second: Mapping[str, Any], second_where: str
) -> Bylaws:
    """Both files as one; the counting rules of the second replace those of the first, if any.

    Raises:
        FixTheSettings: unknown, missing or mistyped rules, each with its place.
    """
    counting = counting_rules_from(second, second_where)
    rules = {FULL_NAME: counting.name} | {group: second[group] for group in _GROUPS}
    editions = table.get("editions")
    if isinstance(editions, list):
        whole = [{**one, **rules} if isinstance(one, Mapping) else one for one in editions]
        table = {**table, "editions": whole}
    return bylaws_from(table, where)


def joined(text: str, where: str, second: str, second_where: str) -> str:
    """The text of the one file that says what the two say, under the new names; comments stay.

    Raises:
        FixTheSettings: a file is wrong, or written in a way that only a person can join.
    """
    wanted = bylaws_of_two(tomllib.loads(text), where, tomllib.loads(second), second_where)
    for one in BYLAWS:
        text = re.sub(rf"(?m)^{one.old}(?=[ \t]*=)", one.new, text)
    head, *editions = _EDITION.split(text)
    counting = _TABLE.sub("[editions.", _NAME.sub("", second, count=1))
    own_lines = list(_own_lines(wanted))
    if len(editions) == len(own_lines):
        editions[0] = f"{editions[0].rstrip()}\n\n{counting.strip()}\n\n"
        whole = (own + edition for own, edition in zip(own_lines, editions, strict=True))
        told = "[[editions]]\n".join([head, *whole]).rstrip() + "\n"
        if _says_the_same(told, where, wanted):
            return told
    raise FixTheSettings(
        f"only a person can join this file and {second_where}",
        where=where,
        next_step="move each table of the second file under its version, with `editions.` before "
        "its name; docs/adopting.md shows the joined file",
    )


def _own_lines(wanted: Bylaws) -> Iterator[str]:
    """What stands first in each edition: its name in results, and what it keeps of the others."""
    before = ""
    for edition in wanted.editions:
        usual = full_name_of(wanted.chapter, edition.name)
        named = "" if edition.full_name == usual else _line(FULL_NAME, edition.full_name)
        yield named + (_line(AMENDS, before) if before else "")
        before = edition.name


def _line(key: str, text: str) -> str:
    import tomlkit  # most chapters have one file, and read it without

    return tomlkit.dumps({key: text})


def _says_the_same(told: str, where: str, wanted: Bylaws) -> bool:
    try:
        found = bylaws_from(tomllib.loads(told), where)
    except (tomllib.TOMLDecodeError, FixTheSettings):
        return False
    plain = [edition.model_copy(update={AMENDS: None}) for edition in found.editions]
    return plain == list(wanted.editions)
