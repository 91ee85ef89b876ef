"""`clerk committee`: who sits today, and the numbers that a decision needs."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import HERE, Folder, Json, On

if TYPE_CHECKING:
    from datetime import date

    from models.bylaws.counting import CommitteeCount
    from models.committee import Member

FILE = "committee.toml"


def committee(
    folder: Folder = HERE,
    on: On = "",
    recused: Annotated[
        list[str] | None,
        typer.Option("--recused", help="Who steps aside from the item; once for each."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Who sits on the Steering Committee, its quorum, and what the bylaws ask of it."""
    from connectors.own_files import is_there
    from connectors.toml_files import read_toml
    from flows import console
    from flows.desk import open_desk
    from flows.election_views import show_reasons
    from flows.typed import day_from
    from models.committee import committee_from, quorum, stepped_aside
    from models.errors import FixTheSettings

    with open_desk(folder) as desk:
        day = day_from(on) if on else desk.today
        rules = desk.bylaws.in_force(day).committee
        file = desk.chapter.folder / FILE
    if not is_there(file):
        raise FixTheSettings(
            "there is no such file",
            where=FILE,
            next_step="list the members in it: docs/commands.md has an example",
        )
    held = committee_from(read_toml(file, desk.chapter.folder), FILE)
    active, reasons = held.active(day, rules), list(held.reasons(day, rules))
    aside = stepped_aside(active, recused or (), FILE)
    needed = quorum(len(active), aside, rules)
    if as_json:
        told = {"on": day, "active": len(active), "recused": aside, "quorum": needed}
        wrong = [{"rule": r.rule, "fact": r.fact, "holds": r.holds} for r in reasons]
        console.print_json(told | {"reasons": wrong})
        return
    console.title(f"{day}: {len(active)} active, {aside} recused; quorum is {needed} (SC-R2)")
    rows = [(m.name, m.confirmed, m.ends(rules), _now(m, day, rules)) for m in held.members]
    console.table(("Name", "Confirmed", "Seat until", "Now"), rows)
    for line in show_reasons(reasons):
        console.say(line)
    console.say(f"In the contest's file: active = {len(active)}, recused = {aside}")


def _now(member: "Member", day: "date", rules: "CommitteeCount") -> str:
    if member.is_active(day, rules):
        return "co-chair" if member.co_chair_since and member.co_chair_since <= day else "active"
    return "on leave" if member.sits(day, rules) else "not sitting"
