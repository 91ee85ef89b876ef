"""`clerk election …`: the life of a vote, from the folder to the announcement."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.desk import Desk

election = typer.Typer(help="The life of a vote.", no_args_is_help=True, rich_markup_mode=None)

Folder = Annotated[
    Path,
    typer.Option(
        "--chapter", "-c", envvar="CLERK_CHAPTER", help="The chapter's folder, with chapter.toml."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="For a script.")]
Name = Annotated[str, typer.Argument(help="The election's folder in elections/.")]
By = Annotated[str, typer.Option(help="Your name, for the record.")]
HERE = Path()


@election.command("new")
def new(
    name: Annotated[str, typer.Argument(help="Small letters, digits, dashes: endorsements-2026.")],
    folder: Folder = HERE,
    title: Annotated[str, typer.Option(help="What is voted on, in a few words.")] = "",
    opens: Annotated[str, typer.Option(help="Such as 2026-10-01 09:00.")] = "",
    closes: Annotated[str, typer.Option(help="Such as 2026-10-11 21:00.")] = "",
    form: Annotated[str, typer.Option(help="The id or address of an empty Google form.")] = "",
    races: Annotated[bool, typer.Option(help="Ask for the races too.")] = True,
) -> None:
    """Ask what an election needs, and write its folder."""
    from connectors import elections
    from connectors.settings import load_chapter
    from flows import console, election_interview

    chapter = load_chapter(folder)
    elections.refuse_taken(chapter.folder, name)
    table = election_interview.ask(chapter.tz, title=title, opens=opens, closes=closes, form=form)
    contests = list(election_interview.races()) if races else []
    made = elections.write_new(chapter.folder, name, table, contests)
    console.say(f"Written: {made}. A file a race stands in its contests folder; edit them freely.")
    if not contests:
        console.say("There is no race yet: add a file to contests/ (docs/elections.md).")
    console.say(f"Next: clerk election check {name}")


@election.command("check")
def check(name: Name, folder: Folder = HERE, as_json: Json = False) -> None:
    """Check an election's folder and form, and show its calendar."""
    from flows import console, election_views
    from flows.desk import open_desk
    from flows.election import check as run
    from models.errors import Refused

    with open_desk(folder) as desk:
        found = desk.election(name)
        reasons = run(desk, found)
        rows = election_views.calendar_rows(desk, found)
    missing = [reason for reason in reasons if not reason.holds]
    if as_json:
        console.print_json(
            {
                "calendar": {what: when for when, what in rows},
                "missing": [{"rule": r.rule, "fact": r.fact} for r in missing],
            }
        )
    else:
        console.title("May open." if not missing else f"{len(missing)} things are missing.")
        for line in election_views.show_reasons(reasons):
            console.say(line)
        console.table(("When", "What"), rows)
    if missing:
        raise typer.Exit(Refused.exit_code)


@election.command("form")
def form(
    name: Name,
    folder: Folder = HERE,
    build: Annotated[bool, typer.Option("--build", help="Fill in the empty form.")] = False,
) -> None:
    """Check the ballot form against the contests; with --build, fill an empty form first."""
    from flows import console, election_views
    from flows.desk import open_desk
    from flows.election import build_form, check_form
    from models.errors import Refused

    with open_desk(folder) as desk:
        found = desk.election(name)
        if build:
            build_form(desk, found)
        reasons = list(check_form(desk, found))
    for line in election_views.show_reasons(reasons):
        console.say(line)
    if not all(reason.holds for reason in reasons):
        raise typer.Exit(Refused.exit_code)


@election.command("test")
def test(name: Name, folder: Folder = HERE) -> None:  # noqa: PT028 - a command, not a test
    """Send the invitation as a test to one address, which is asked for; its code counts nowhere."""
    from flows import console
    from flows.desk import open_desk
    from flows.election import send_test_ballot
    from models.errors import FixTheData
    from models.privacy import Email

    try:
        to = Email.parse(typer.prompt("Your own address"))
    except ValueError as exc:
        raise FixTheData(str(exc), next_step="type one mail address") from None
    with open_desk(folder) as desk:
        send_test_ballot(desk, name, to)
    console.say("Sent as a test. What is answered with its code is set aside.")


@election.command("open")
def open_(name: Name, by: By, folder: Folder = HERE) -> None:
    """Approve a vote: it opens at its time by itself, or now if that has come."""
    from flows import console
    from flows.desk import open_desk
    from flows.election import approve

    with open_desk(folder) as desk:
        found = approve(desk, name, by)
        console.say(f"Approved. Nothing but the close of “{found.title}” can be changed now.")
        _look(desk)
        console.say(_next(desk, name))


@election.command("withdraw")
def withdraw(name: Name, by: By, folder: Folder = HERE) -> None:
    """Take an approval back, as long as the vote has not opened."""
    from connectors.ledger import Act
    from flows import console
    from flows.desk import open_desk

    with open_desk(folder) as desk, desk.ledger.alone():
        desk.ledger.votes.withdraw(name, Act(by, "withdrew the approval", desk.now()))
    console.say("It is a draft again.")


@election.command("status")
def status(name: Name, folder: Folder = HERE, as_json: Json = False) -> None:
    """Turnout as counts, letters sent and due, what happens next; results only once counted."""
    from flows import console, election_views
    from flows.desk import open_desk

    with open_desk(folder) as desk:
        told = election_views.status(desk, name)
    if as_json:
        console.print_json(told)
        return
    console.title(f"{told['title']}: {told['state']}. Next: {told['next']}")
    if "ballots" in told:
        console.say(f"{told['ballots']} of {told['voters']} voters have voted.")
    if told.get("cannot_be_mailed"):
        many = told["cannot_be_mailed"]
        console.say(f"{many} voters cannot be mailed: clerk election calls {name}")
    if "time_left" in told:
        console.say(f"Time left: {told['time_left']}.")
    if "note" in told:
        console.say(f"Note: {told['note']}.")
    for asked in told.get("question", {}).values():
        console.say(asked)
    if told["letters"]:
        rows = [(one["letter"], one["sent"], one["people"]) for one in told["letters"]]
        console.table(("Letter", "Sent", "People"), rows)
    if "outcomes" in told:
        console.table(("Race", "Outcome"), list(told["outcomes"].items()))


@election.command("calls")
def calls(
    name: Name,
    folder: Folder = HERE,
    codes: Annotated[
        bool, typer.Option("--codes", help="Show their codes too; that is recorded.")
    ] = False,
    by: By = "",
) -> None:
    """The voters whom no letter reaches, for a personal call. Stays on this machine."""
    from flows import console, election_views
    from flows.desk import open_desk
    from models.errors import Refused

    if codes and not by:
        raise Refused("codes are shown to a named officer only", rule="BA-1", next_step="--by NAME")
    with open_desk(folder) as desk:
        rows = election_views.calls(desk, name, codes_for=by if codes else "")
    console.table(("Name", "Phone", "Why", "Code"), rows)


@election.command("extend")
def extend(
    name: Name,
    closes: Annotated[str, typer.Option(help="The new close, such as 2026-10-13 21:00.")],
    reason: Annotated[str, typer.Option(help="Why; every voter reads it.")],
    by: By,
    folder: Folder = HERE,
) -> None:
    """Move the close later; it is recorded, and announced to everybody on the roll."""
    from flows import console
    from flows.desk import open_desk
    from flows.election import extend as run
    from flows.election_interview import moment
    from models.elections import in_zone

    with open_desk(folder) as desk:
        run(desk, name, in_zone(moment(closes), desk.chapter.tz, "--closes"), by, reason)
        _look(desk)
        console.say(_next(desk, name))


@election.command("exception")
def exception(
    name: Name,
    person: Annotated[str, typer.Argument(help="An id, an address, or a part of a name.")],
    reason: Annotated[str, typer.Option(help="Why; it is recorded.")],
    by: By,
    folder: Folder = HERE,
    strike: Annotated[bool, typer.Option("--strike", help="Take off the roll.")] = False,
) -> None:
    """Add somebody to the frozen roll, or strike them, as a recorded exception."""
    from flows import console, views
    from flows.desk import open_desk
    from flows.election import correct_roll
    from flows.sources import facts_of, known_sources

    with open_desk(folder) as desk:
        roll = facts_of(desk, known_sources(desk)).roll(desk.today)
        found = views.find_person(roll, person).person.id
        correct_roll(desk, name, found, by, reason, strike=strike)
        _look(desk)
    console.say("Recorded.")


@election.command("tally")
def tally(name: Name, folder: Folder = HERE) -> None:
    """Close and count what is due; `clerk serve` does the same by itself."""
    from flows import console, election_views
    from flows.desk import open_desk
    from flows.tally import tally as count
    from models.elections import ElectionState

    with open_desk(folder) as desk:
        election_views.vote_of(desk, name)
        _look(desk)
        vote = election_views.vote_of(desk, name)
        if vote.state in (ElectionState.DRAFT, ElectionState.OPEN, ElectionState.CLOSED):
            with desk.ledger.alone():
                count(desk, vote)  # says what stands in the way
        console.say(_next(desk, name))


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
    """Record how a tie was decided, then count again."""
    from flows import console, election_views
    from flows.desk import open_desk
    from flows.tally import decide as run
    from models.lots import drawn

    with open_desk(folder) as desk:
        asked = (election_views.vote_of(desk, name).question or {}).get(contest)
        if picked == "lot" and seed and asked:
            picked = drawn(asked["tied"], seed)
            how = f"{how}; a lot from the published text “{seed}”"
            console.say(f"The lot falls on {picked}.")
        run(desk, name, contest, picked, how, by)
        _look(desk)
        console.say(_next(desk, name))


@election.command("publish")
def publish(name: Name, by: By, folder: Folder = HERE) -> None:
    """Put the result's pages where everybody can read them, and announce it by mail."""
    from flows import console, election_views
    from flows.desk import open_desk
    from flows.publish import publish as run

    with open_desk(folder) as desk:
        with desk.ledger.alone():
            run(desk, election_views.vote_of(desk, name), by)
        console.say(f"Published: {desk.chapter.path(desk.chapter.elections.public) / name}")
        _look(desk)


@election.command("history")
def history(name: Name, folder: Folder = HERE, as_json: Json = False) -> None:
    """Who did what when."""
    from flows import console, election_views
    from flows.desk import open_desk

    with open_desk(folder) as desk:
        lines = desk.ledger.votes.lines(name)
        rows = election_views.history_rows(desk, lines)
    if as_json:
        console.print_json([line.model_dump(mode="json") for line in lines])
    else:
        console.table(("When", "Who", "What", "Facts"), rows)


def audit(folder: Folder = HERE) -> None:
    """Check the seals of the whole record of votes, and every frozen roll against its digest."""
    from flows import console, election_views
    from flows.desk import open_desk

    with open_desk(folder) as desk:
        lines = election_views.audit(desk)
    newest = lines[-1].seal if lines else "none yet"
    console.say(f"All {len(lines)} lines hold. The newest seal: {newest}")
    if results := election_views.sealed_results(lines):
        console.say("Compare with the foot of each published result:")
        console.table(
            ("Result", "Line", "Seal"),
            [(name, line.number, line.seal) for name, line in results.items()],
        )


def _look(desk: "Desk") -> None:
    """Let the clock do what is due now."""
    from flows import console
    from flows.clock import tick

    tick(desk, tell=lambda one: console.say(f"{one.election}: {one.what}"))


def _next(desk: "Desk", name: str) -> str:
    from flows import election_views

    return f"Next: {election_views.status(desk, name)['next']}"
