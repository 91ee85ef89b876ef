"""`clerk election …`, once it is open: how it stands, what officers may do, the result."""

from typing import Annotated

import typer

from flows.cli.election import Name, election, look, next_step
from flows.cli.options import HERE, By, Folder, Json, Remove, Strike


@election.command("status")
def status(name: Name, folder: Folder = HERE, as_json: Json = False) -> None:
    """Turnout as counts, letters sent and due, what happens next; results only once counted."""
    from flows import console
    from flows.context import open_chapter
    from flows.views import election as election_views
    from flows.views import status as status_view

    with open_chapter(folder) as context:
        told = election_views.status(context, name)
    if as_json:
        console.print_json(told)
        return
    status_view.show(told)


@election.command("calls")
def calls(
    name: Name,
    folder: Folder = HERE,
    codes: Annotated[
        bool,
        typer.Option("--codes", help="With each one's own link; on a terminal, and recorded."),
    ] = False,
    by: By = "",
    reason: Annotated[str, typer.Option(help="With --codes: why; it is recorded.")] = "",
) -> None:
    """The voters whom no letter reaches, for a personal call. Stays on this machine."""
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
    closes: Annotated[str, typer.Option(help="The new close, such as 2026-10-13 21:00.")],
    reason: Annotated[str, typer.Option(help="Why; every voter reads it.")],
    by: By,
    folder: Folder = HERE,
    reason_es: Annotated[str, typer.Option(help="The reason in Spanish.")] = "",
) -> None:
    """Move the close later; it is recorded, and announced to everybody on the roll."""
    from flows import console
    from flows.cli.election_interview import moment
    from flows.context import open_chapter
    from flows.votes.lifecycle import extend as run
    from models.votes.election import in_zone

    with open_chapter(folder) as context:
        later = in_zone(moment(closes, "--closes"), context.chapter.tz, "--closes")
        run(context, name, later, by, reason, reason_es)
        look(context, name)
        console.say(next_step(context, name))


@election.command("exception")
def exception(
    name: Name,
    person: Annotated[str, typer.Argument(help="An id, an address, or a part of a name.")],
    reason: Annotated[str, typer.Option(help="Why; it is recorded.")],
    by: By,
    folder: Folder = HERE,
    remove: Remove = False,
    strike: Strike = False,
) -> None:
    """Add a person to the frozen voter roll, or remove one, as a recorded exception."""
    from flows import console
    from flows.context import open_chapter
    from flows.nightly.sources import facts_of, known_sources
    from flows.views import roll as views
    from flows.votes.lifecycle import correct_roll

    with open_chapter(folder) as context:
        roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
        found = views.find_person(roll, person).person.id
        correct_roll(context, name, found, by, reason, remove=remove or strike)
        look(context, name)
    console.say("Recorded.")


@election.command("tally")
def tally(name: Name, folder: Folder = HERE) -> None:
    """Close a vote whose time has come, and count it; no letter goes out."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.tally.count import close_and_count

    with open_chapter(folder) as context:
        close_and_count(context, name, tell=console.say)
        console.say(next_step(context, name))


@election.command("decide")
def decide(
    name: Name,
    contest: Annotated[str, typer.Argument(help="The race's id.")],
    picked: Annotated[str, typer.Argument(help="Who of the tied; or “lot”, with --seed.")],
    how: Annotated[str, typer.Option(help="By what: the committee's vote and its day.")],
    by: By,
    folder: Folder = HERE,
    seed: Annotated[str, typer.Option(help="The published text that a lot is drawn from.")] = "",
) -> None:
    """Record how a tie was decided, then count again; no letter goes out."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.lifecycle import vote_of
    from flows.votes.tally.count import close_and_count
    from flows.votes.tally.count import decide as run
    from models.tally.drawing import pick

    with open_chapter(folder) as context:
        asked = (vote_of(context, name).question or {}).get(contest)
        if picked == "lot" and seed and asked:
            picked = pick(asked.tied, seed)
            how = f"{how}; a lot from the published text “{seed}”"
            console.say(f"The lot falls on {picked}.")
        run(context, name, contest, picked, how, by)
        console.say("Recorded.")
        close_and_count(context, name, tell=console.say)
        console.say(next_step(context, name))


@election.command("publish")
def publish(
    name: Name,
    by: By,
    folder: Folder = HERE,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask when the announcement will have no link.")
    ] = False,
) -> None:
    """Put the result's pages where everybody can read them, and announce it by mail."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes import guide as guides
    from flows.votes.lifecycle import vote_of
    from flows.votes.publish import publish as run
    from models.votes.election import ElectionState

    with open_chapter(folder) as context:
        counted = vote_of(context, name).state is ElectionState.COUNTED
        if counted and not context.chapter.elections.public_url:
            console.warn(
                "chapter.toml [elections] public_url is empty: the announcement will have no link "
                "to the result."
            )
            if not yes:
                typer.confirm("Publish and announce it all the same?", abort=True)
        with context.ledger.alone():
            run(context, vote_of(context, name), by)
        public = context.chapter.path(context.chapter.elections.public) / name
        console.say(f"Published: {public}")
        if (public / guides.FOLDER).is_dir():
            console.say(f"The endorsement guide for your site: {public / guides.FOLDER}")
        look(context, name)


@election.command("guide")
def guide(name: Name, folder: Folder = HERE) -> None:
    """Write the endorsement guide of a published vote again, with the words of its guide.toml."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes import guide as guides
    from flows.votes.lifecycle import vote_of

    with open_chapter(folder) as context, context.ledger.alone():
        written = guides.again(context, vote_of(context, name))
    console.say(f"Written: {written}" if written else "Nothing was endorsed: there is no guide.")


@election.command("recount")
def recount(name: Name, folder: Folder = HERE) -> None:
    """Count a counted vote again from its form's answers, and put changed pages back."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.lifecycle import vote_of
    from flows.votes.tally.recount import recount as run

    with open_chapter(folder) as context, context.ledger.alone():
        mended = run(context, vote_of(context, name))
    console.say("Counted again: every race comes out as recorded, to the digest of its ballots.")
    for kind in mended:
        console.say(f"Its {kind} folder was not as the count had left it, and is now.")


@election.command("history")
def history(name: Name, folder: Folder = HERE, as_json: Json = False) -> None:
    """Who did what when."""
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
    """Check the seals of the whole record of votes, and every vote in the ledger against it."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.tally import audit as audits

    with open_chapter(folder) as context:
        lines = audits.audit(context)
    newest = lines[-1].seal if lines else "none yet"
    console.say(f"All {len(lines)} lines hold. The newest seal: {newest}")
    if results := audits.sealed_results(lines):
        console.say("Compare with the foot of each published result:")
        console.table(
            ("Result", "Line", "Seal"),
            [(name, line.number, line.seal) for name, line in results.items()],
        )
