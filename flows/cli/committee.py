"""`clerk committee`: who sits today, and the numbers that a decision needs."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import HERE, Folder, Json, On

if TYPE_CHECKING:
    from datetime import date

    from models.bylaws.counting import CommitteeCount
    from models.committee.members import Committee, Member


def committee(
    folder: Folder = HERE,
    on: On = "",
    recused: Annotated[
        list[str] | None,
        typer.Option("--recused", help="A member who is recused from this item. Repeat for each."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show who is on the Steering Committee, its quorum, and whether it meets the bylaws."""
    from flows import console
    from flows.cli.typed import day_from
    from flows.committee import FILE, read_committee, slate_votes
    from flows.context import open_chapter
    from flows.views.election import show_reasons
    from models.committee.members import quorum, stepped_aside
    from models.errors import Refused
    from models.text import formats

    with open_chapter(folder) as context:
        day = day_from(on) if on else context.today
        rules = context.bylaws.in_force(day).committee
        held, votes = read_committee(context.chapter), slate_votes(context)
    active, reasons = held.active(day, rules), list(held.reasons(day, rules, votes))
    aside = stepped_aside(active, recused or (), FILE)
    needed = quorum(len(active), aside, rules)
    if as_json:
        told = {"on": day, "active": len(active), "recused": aside, "quorum": needed}
        wrong = [{"rule": r.rule, "fact": r.fact, "holds": r.holds} for r in reasons]
        console.print_json(told | {"reasons": wrong})
    else:
        console.title(
            f"{formats.day(day)}: {len(active)} active, {aside} recused; quorum is {needed} (SC-R2)"
        )
        console.table(
            ("Name", "Confirmed", "Seat ends", "Now"),
            [_row(held, member, day, rules) for member in held.members],
        )
        for line in show_reasons(reasons):
            console.say(line)
        console.say(f"In the contest's file: active = {len(active)}, recused = {aside}")
    if not all(reason.holds for reason in reasons):
        raise typer.Exit(Refused.exit_code)


def _row(
    held: "Committee", member: "Member", day: "date", rules: "CommitteeCount"
) -> tuple[object, ...]:
    from models.text import formats

    seat = held.seat(member, rules)
    return (
        member.name,
        formats.day(member.confirmed),
        formats.day(seat.ends) if seat.ends else "the next slate",
        _now(held, member, day, rules),
    )


def _now(held: "Committee", member: "Member", day: "date", rules: "CommitteeCount") -> str:
    if not held.seat(member, rules).runs(day):
        return "not on the committee"
    if member not in held.active(day, rules):
        return "on leave"
    chair = held.chair(member, rules)
    return "co-chair" if chair and chair.runs(day) else "active"
