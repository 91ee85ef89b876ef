"""`clerk election …`, once it is open: how it stands, what officers may do, the result."""

from typing import Annotated

import typer

from flows.cli.election import Name, election, go_on, look, next_step
from flows.cli.options import HERE, By, Folder, Json, Remove, Strike


@election.command("status")
def status(name: Name, folder: Folder = HERE, as_json: Json = False) -> None:
    """Show turnout, emails sent and due, and what happens next. No results before the count."""
    from flows import console
    from flows.context import open_chapter
    from flows.views import election as election_views
    from flows.views import status as status_view
    from flows.votes.lifecycle import for_scripts, on_the_clock, vote_of

    with open_chapter(folder) as context:
        told = election_views.status(context, name, for_scripts if as_json else on_the_clock)
        vote = vote_of(context, name)
    if as_json:
        console.print_json(told)
        return
    status_view.show(told, vote)


@election.command("calls")
def calls(
    name: Name,
    folder: Folder = HERE,
    codes: Annotated[
        bool,
        typer.Option(
            "--codes",
            help="Also show each voter's personal link. Only on a screen; "
            "recorded in the audit log.",
        ),
    ] = False,
    by: By = "",
    reason: Annotated[
        str, typer.Option(help="With --codes: the reason. It is recorded in the audit log.")
    ] = "",
) -> None:
    """List the voters we cannot email, so that someone can call them. For this computer only."""
    from flows import console
    from flows.context import open_chapter
    from flows.views import calls as to_call
    from flows.views import election as election_views

    if codes:
        to_call.may_be_shown(by, reason)
    with open_chapter(folder) as context:
        asked = list(election_views.what_is_asked(context, name))
        if codes:
            to_call.show(to_call.links(context, name, by, reason))
        else:
            rows = election_views.calls(context, name)
            console.table(("Name", "Phone", "Why"), rows)
    for line in asked:
        console.say(line)


@election.command("extend")
def extend(
    name: Name,
    closes: Annotated[str, typer.Option(help="The new closing time, such as 2026-10-13 21:00.")],
    reason: Annotated[str, typer.Option(help="The reason. Every voter reads it.")],
    by: By,
    folder: Folder = HERE,
    reason_es: Annotated[str, typer.Option(help="The reason in Spanish.")] = "",
) -> None:
    """Extend voting. Emails everyone on the voter roll. Recorded in the audit log."""
    from flows.context import open_chapter
    from flows.votes.drafts.answers import moment
    from flows.votes.lifecycle import extend as run
    from models.votes.election import in_zone

    with open_chapter(folder) as context:
        later = in_zone(moment(closes, "--closes"), context.chapter.tz, "--closes")
        run(context, name, later, by, reason, reason_es)
        go_on(context, name)


@election.command("exception")
def exception(
    name: Name,
    person: Annotated[
        str, typer.Argument(help="An id, an email address, or the beginning of a name.")
    ],
    reason: Annotated[str, typer.Option(help="The reason. It is recorded in the audit log.")],
    by: By,
    folder: Folder = HERE,
    remove: Remove = False,
    strike: Strike = False,
    recused: Annotated[
        list[str] | None,
        typer.Option(
            "--recused",
            metavar="CONTEST",
            help="In a vote of the committee: a decision that the added member is recused from. "
            "Repeat for each.",
        ),
    ] = None,
) -> None:
    """Add a person to the frozen voter roll, or remove one, as a recorded exception."""
    from flows import console
    from flows.context import open_chapter
    from flows.nightly.people import facts_on_record
    from flows.views import roll as views
    from flows.votes.roll_exceptions import correct_roll

    with open_chapter(folder) as context:
        roll = facts_on_record(context).roll(context.today)
        found = views.find_person(roll, person).person.id
        gone = remove or strike
        correct_roll(context, name, found, by, reason, remove=gone, recused=recused or ())
        look(context, name)
    console.say("Recorded.")


@election.command("tally")
def tally(name: Name, folder: Folder = HERE, by: By = "") -> None:
    """Close an election whose closing time has passed, and count it. Emails no one."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.sending import CLERK
    from flows.votes.tally.count import close_and_count

    with open_chapter(folder) as context:
        close_and_count(context, name, tell=console.say, by=by or CLERK)
        console.say(next_step(context, name))


@election.command("decide")
def decide(
    name: Name,
    contest: Annotated[str, typer.Argument(help="The contest's id.")],
    picked: Annotated[
        str,
        typer.Argument(
            help="In a tie for winning, the winner. In a tie for "
            "elimination, the one to eliminate. Or “lot”, with "
            "--seed."
        ),
    ],
    how: Annotated[
        str, typer.Option(help="How it was decided: the committee's vote and its date.")
    ],
    by: By,
    folder: Folder = HERE,
    seed: Annotated[str, typer.Option(help="The published text that the drawing uses.")] = "",
) -> None:
    """Record how a tie was decided, then count again. Emails no one."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.lifecycle import vote_of
    from flows.votes.tally.count import by_lot, close_and_count
    from flows.votes.tally.count import decide as run

    with open_chapter(folder) as context:
        asked = (vote_of(context, name).question or {}).get(contest)
        if picked == "lot" and seed and asked:
            picked, how = by_lot(asked, seed, how)
            console.say(f"The drawing picked {picked}.")
        run(context, name, contest, picked, how, by)
        console.say("Recorded.")
        close_and_count(context, name, tell=console.say, by=by)
        console.say(next_step(context, name))


@election.command("publish")
def publish(
    name: Name,
    by: By,
    folder: Folder = HERE,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes", help="Do not ask for confirmation when the announcement will have no link."
        ),
    ] = False,
) -> None:
    """Publish the result pages and announce the result by email."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes import guide as guides
    from flows.votes.lifecycle import vote_of
    from flows.votes.publish import publish as run
    from models.votes.election import ElectionState

    with open_chapter(folder) as context:
        counted = vote_of(context, name).state is ElectionState.COUNTED
        if counted and not context.chapter.elections.public_url:
            console.warn("chapter.toml [elections] public_url is empty, so the announcement will "
                         "have no link to the result.")  # fmt: skip
            if not yes:
                typer.confirm("Publish and announce it anyway?", abort=True)
        with context.ledger.alone():
            run(context, vote_of(context, name), by)
        public = context.chapter.path(context.chapter.elections.public) / name
        console.say(f"Published: {public}")
        if (public / guides.FOLDER).is_dir():
            console.say(f"The endorsement guide for your site: {public / guides.FOLDER}")
        look(context, name)


@election.command("guide")
def guide(name: Name, folder: Folder = HERE) -> None:
    """Write the endorsement guide of a published election again, from its guide.toml."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes import guide as guides
    from flows.votes.lifecycle import vote_of

    with open_chapter(folder) as context, context.ledger.alone():
        written = guides.again(context, vote_of(context, name))
    console.say(f"Written: {written}" if written else "Nothing was endorsed, so there is no guide.")


@election.command("thank")
def thank(name: Name, folder: Folder = HERE) -> None:
    """Print a letter to each candidate whom a published election endorsed, for you to send."""
    from flows import console
    from flows.context import open_chapter
    from flows.printable import echo
    from flows.votes.lifecycle import vote_of
    from flows.votes.thanks import thanks_of

    with open_chapter(folder) as context:
        letters = thanks_of(context, vote_of(context, name))
    for letter in letters:
        console.warn(f"To {letter.name}. The program sends nothing to candidates:")
        echo(letter.text)
    if not letters:
        console.say("No candidate was endorsed, so there is no letter.")


@election.command("recount")
def recount(name: Name, folder: Folder = HERE, by: By = "") -> None:
    """Recount an election from its form's responses. Restores result pages that were changed."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.lifecycle import vote_of
    from flows.votes.sending import CLERK
    from flows.votes.tally.recount import recount as run

    with open_chapter(folder) as context, context.ledger.alone():
        mended = run(context, vote_of(context, name), by or CLERK)
    console.say(
        "Recounted: every contest matches the recorded result, and so do the hashes of its ballots."
    )
    for kind in mended:
        console.say(f"Its {kind} folder had been changed since the count. It is restored.")


@election.command("history")
def history(name: Name, folder: Folder = HERE, as_json: Json = False) -> None:
    """Show who did what, and when."""
    from flows import console
    from flows.context import open_chapter
    from flows.views import election as election_views
    from flows.votes import history as history_view

    with open_chapter(folder) as context:
        lines, zone = context.ledger.votes.lines(name), context.chapter.tz
        rows = election_views.history_rows(context.chapter, context.ledger.votes.get(name), lines)
    if as_json:
        console.print_json([history_view.for_a_script(line, zone) for line in lines])
    else:
        console.table(("When", "Who", "What", "Facts"), rows)


def audit(folder: Folder = HERE) -> None:
    """Check that the audit log is intact and that every election in the ledger matches it."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.tally import audit as audits

    with open_chapter(folder) as context:
        lines = audits.audit(context)
    newest = lines[-1].seal if lines else "none yet"
    console.say(f"The audit log is intact: {len(lines)} entries. Latest hash: {newest}")
    if results := audits.sealed_results(lines):
        console.say("Compare these with the end of each published result page:")
        console.table(
            ("Result", "Entry", "Hash"),
            [(name, line.number, line.seal) for name, line in results.items()],
        )
