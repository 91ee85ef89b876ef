"""`clerk committee`: who sits today, and the numbers that a decision needs."""

from typing import Annotated

import typer

from flows.cli.options import HERE, Folder, Json, On


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
    from flows.committee.ad_hoc import ad_hoc_reasons
    from flows.committee.seats import committee_on
    from flows.context import open_chapter
    from flows.views.election import show_reasons
    from models.errors import Refused
    from models.text import formats

    with open_chapter(folder) as context:
        found = committee_on(context, day_from(on) if on else context.today, recused or ())
        ad_hoc = ad_hoc_reasons(context)
    day, active, aside, needed, seats, own = found
    reasons = [*own, *ad_hoc]
    if as_json:
        told = {"on": day, "active": active, "recused": aside, "quorum": needed}
        wrong = [{"rule": r.rule, "fact": r.fact, "holds": r.holds} for r in reasons]
        console.print_json(told | {"reasons": wrong})
    else:
        console.title(
            f"{formats.day(day)}: {active} active, {aside} recused; quorum is {needed} (SC-R2)"
        )
        console.table(
            ("Name", "Confirmed", "Seat ends", "Now"),
            [
                (
                    one.name,
                    formats.day(one.confirmed),
                    formats.day(one.ends) if one.ends else "the next slate",
                    one.now,
                )
                for one in seats
            ],
        )
        for line in show_reasons(reasons):
            console.say(line)
        console.say(f"In the contest's file: active = {active}, recused = {aside}")
    if not all(reason.holds for reason in reasons):
        raise typer.Exit(Refused.exit_code)
