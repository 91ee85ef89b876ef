"""`clerk committee`: who sits today, what a decision needs, who is nominated, and two emails."""

from typing import Annotated, Literal

import typer

from flows.cli.options import HERE, AsLookedAt, By, Folder, Json, On

committee = typer.Typer(help="The Steering Committee and its nominees.", rich_markup_mode=None)


@committee.callback(invoke_without_command=True)
def show(
    typed: typer.Context,
    folder: Folder = HERE,
    on: On = "",
    recused: Annotated[
        list[str] | None,
        typer.Option("--recused", help="A member who is recused from this item. Repeat for each."),
    ] = None,
    item: Annotated[
        str,
        typer.Option(
            "--item",
            help="A race or candidate. Shows only whose disclosed ties are to it.",
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Show who is on the Steering Committee, its quorum, and whether it meets the bylaws.

    Also shows what is due this quarter and what members disclosed.
    """
    if typed.invoked_subcommand:
        return
    from flows import console
    from flows.cli.typed import day_from
    from flows.committee.ad_hoc import ad_hoc_reasons
    from flows.committee.annual import attendance, due_now
    from flows.committee.seats import committee_on
    from flows.committee.ties import ties
    from flows.context import open_chapter
    from flows.nightly.people import facts_on_record
    from flows.views.committee import show_ties, show_year
    from flows.views.election import show_reasons
    from models.errors import Refused
    from models.text import formats

    with open_chapter(folder) as context:
        found = committee_on(context, day_from(on) if on else context.today, recused or ())
        ad_hoc = ad_hoc_reasons(context)
        facts = facts_on_record(context)
        year = [*show_year(due_now(context, facts), attendance(context, facts))]
        year += show_ties(ties(context, item))
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
        for line in [*show_reasons(reasons), *year]:
            console.say(line)
        console.say(f"In the contest's file: active = {active}, recused = {aside}")
    if not all(reason.holds for reason in reasons):
        raise typer.Exit(Refused.exit_code)


@committee.command("nominees")
def nominees(
    folder: Folder = HERE,
    on: Annotated[
        str,
        typer.Option(
            "--on",
            help="The day of confirmation, such as 2026-03-31. If left out, that of the annual "
            "meeting to come, or today.",
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Show everyone who is nominated to the committee, and each criterion with its fact."""
    from flows import console
    from flows.cli.typed import day_from
    from flows.committee.nominees import must_be_named, nominees_of
    from flows.context import open_chapter
    from flows.views.committee import nominees_as_json, show_nominees

    with open_chapter(folder) as context:
        must_be_named(context.chapter)
        found = nominees_of(context, day_from(on) if on else None)
    if as_json:
        console.print_json(nominees_as_json(found))
        return
    for line in show_nominees(found):
        console.say(line)
    if found.found:
        console.say("Next: clerk election new NAME --slate")


@committee.command("letter")
def letter(
    kind: Annotated[
        Literal["call-for-members", "annual-meeting"],
        typer.Argument(help="The call for nominees, or the reminder of the annual meeting."),
    ],
    folder: Folder = HERE,
    form: Annotated[
        str, typer.Option(help="The form of nominations, if they are read from a tab.")
    ] = "",
    approve: AsLookedAt = "",
    by: By = "",
) -> None:
    """Show an email to all members, or send it.

    It goes out once: the call once for each year, the reminder once for each day of a meeting.
    """
    from flows import console
    from flows.cli.calls import must_be_named, show
    from flows.context import open_chapter
    from flows.votes.emails import to_all_members
    from models.text.formats import amount

    must_be_named(approve, by, "SC-1")
    with open_chapter(folder) as context:
        if approve:
            many = to_all_members.send(context, approve, by, kind, form)
            console.say(f"Sent to {amount(many, 'member')}.")
            return
        call = to_all_members.look(context, kind, form)
    options = f" --form {form}" if form else ""
    show(call, "member", f"clerk committee letter {kind}{options}")
