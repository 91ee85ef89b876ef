"""`clerk`: the commands. Heavy libraries are imported by the command that needs them."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows import count_cli, election_cli, privacy_cli, vote_cli
from models.errors import ClerkError, FixTheData, FixTheSettings

app = typer.Typer(
    name="clerk",
    help="Keeps a chapter's voting roll, sends its notices, counts its votes, and never hands out "
    "the list.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
letters = typer.Typer(help="Look at a letter, or send it to yourself.", no_args_is_help=True)
app.add_typer(letters, name="letters")
app.command()(count_cli.count)
app.command()(count_cli.recount)
app.add_typer(election_cli.election, name="election")
app.command()(vote_cli.audit)
privacy_cli.register(app)


def _found(folder: Path) -> Path:
    """The chapter's folder in full, and a hint for who names the folder above it."""
    inside = folder / "chapter"
    if not (folder / "chapter.toml").exists() and (inside / "chapter.toml").exists():
        raise FixTheSettings(
            f"there is no chapter.toml in {folder.absolute()}",
            next_step=f"--chapter {inside}",
        )
    return folder.absolute()


Folder = Annotated[
    Path,
    typer.Option(
        "--chapter",
        "-c",
        envvar="CLERK_CHAPTER",
        help="The chapter's folder, with chapter.toml.",
        callback=_found,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="For a script.")]
On = Annotated[str, typer.Option("--on", help="A day such as 2026-03-31; today if left out.")]
Letter = Annotated[
    str, typer.Argument(help="voting-member, one-event-away or status-lapses.", show_default=False)
]
HERE = Path()


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--out", help="Where the demo leaves its page.")] = Path(
        "demo"
    ),
) -> None:
    """Run two nights of an invented chapter on a sandbox: no account, no configuration."""
    from flows.demo import run

    run(folder)


@app.command()
def sync(
    folder: Folder = HERE,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; else it is only shown.")] = False,
    approve: Annotated[
        str, typer.Option(metavar="FINGERPRINT", help="Do exactly this plan although it is unsafe.")
    ] = "",
    tell_everyone: Annotated[
        bool, typer.Option(help="At the first sync, write to those who have the vote already.")
    ] = False,
    anew: Annotated[bool, typer.Option(help="Read everything, changed or not.")] = False,
    who: Annotated[bool, typer.Option(help="Name the people concerned (local only).")] = False,
    as_json: Json = False,
) -> None:
    """Make the mailing list follow the sign-in sheets; shows the plan unless --apply is given."""
    from flows import console, views
    from flows.desk import open_desk
    from flows.eligibility import Sync, Wishes
    from flows.eligibility import sync as run

    def show(night: Sync) -> None:
        if not as_json:
            views.show_plan(night, who)

    wishes = Wishes(apply=apply or bool(approve), approve=approve, tell_everyone=tell_everyone,
                    anew=anew)  # fmt: skip
    with open_desk(folder) as desk, console.working("reading the sources") as tell:
        night = run(desk, wishes, show=show, tell=tell)
        reasons = night.plan.unsafe_because(desk.chapter.guards)
    if as_json:
        console.print_json(views.plan_as_json(night, reasons))
    elif night.applied:
        console.say("Done. " + (", ".join(f"{n} letters “{k}” sent" for k, n in night.sent)))
        for code, many in night.refused.items():
            console.say(f"{many} contacts were refused by the mailing list ({code}).")
    elif reasons:
        console.say("This plan needs your approval: " + "; ".join(reasons) + ".")
        console.say(f"Next: clerk sync --approve {night.plan.fingerprint}")
    elif not night.plan.is_empty() or night.plan.baseline:
        console.say("Nothing was changed. Next: clerk sync --apply")


@app.command()
def roll(
    folder: Folder = HERE,
    on: On = "",
    csv: Annotated[bool, typer.Option("--csv", help="As CSV on standard output.")] = False,
    with_addresses: Annotated[
        bool, typer.Option("--with-addresses", help="With --csv: recorded, and for --reason only.")
    ] = False,
    reason: Annotated[str, typer.Option(help="What the addresses are needed for.")] = "",
    by: Annotated[str, typer.Option(help="Your name, for the record.")] = "",
    as_json: Json = False,
) -> None:
    """Who may vote on a day, from the sheets as last read. Stays on this machine; no addresses."""
    from flows import console, views
    from flows.desk import open_desk
    from flows.person import take_out
    from flows.sources import facts_of, known_sources

    with open_desk(folder) as desk:
        day = views.day_from(on) if on else desk.today
        judged = facts_of(desk, known_sources(desk)).roll(day)
        read = desk.ledger.last_run()
        if with_addresses:
            rows = take_out(desk, judged, by=by, reason=reason, as_csv=csv)
            console.csv_rows((*views.ROLL_HEADERS, "Addresses"), rows)
            return
    rows = views.roll_rows(judged)
    if as_json:
        console.print_json([views.as_json(entry) for entry in judged.entries.values()])
    elif csv:
        console.csv_rows(views.ROLL_HEADERS, rows)
    else:
        console.title(f"{day}: {views.counted(judged)}")
        console.table(views.ROLL_HEADERS, rows)
        console.say(f"From the sheets as read {read.day}." if read else NEVER_READ)


@app.command()
def explain(
    person: Annotated[list[str], typer.Argument(help="An id, an address, or a part of a name.")],
    folder: Folder = HERE,
    on: On = "",
    as_json: Json = False,
) -> None:
    """Why somebody may or may not vote on a day."""
    from flows import console, views
    from flows.desk import open_desk
    from flows.sources import facts_of, known_sources

    with open_desk(folder) as desk:
        day = views.day_from(on) if on else desk.today
        if not desk.ledger.last_run():
            raise FixTheData(UNREAD, next_step=FIRST_STEP)
        facts = facts_of(desk, known_sources(desk))
        judged, wanted = facts.roll(day), " ".join(person)
        try:
            entry = views.find_person(judged, wanted, show=not as_json)
        except FixTheData:
            if not as_json:
                views.offer_nearest(judged, wanted)
            raise
        if as_json:
            console.print_json(views.as_json(entry))
        else:
            views.show_person(entry, facts.not_counted(entry.person.id, day), desk)


@app.command()
def review(folder: Folder = HERE, as_json: Json = False) -> None:
    """Rows set aside, questions, and voting members whom no letter reaches."""
    from flows import console, views
    from flows.desk import open_desk
    from flows.sources import facts_of, known_sources
    from models.audience import desired

    with open_desk(folder) as desk:
        facts = facts_of(desk, known_sources(desk))
        judged = facts.roll(desk.today)
        actual, _ = desk.ledger.audience()
        marks, refused = desk.chapter.mailchimp.marks, desk.ledger.refusals()
        calls = desired(judged, actual, marks, refused).to_call(judged)
        read = desk.ledger.last_run()
    if as_json:
        items = [
            {"where": str(i.place), "what": i.weight, "reason": i.reason, "next": i.next_step}
            for i in facts.review
        ]
        people = [{"person": entry.person.id, "reason": why} for entry, why in calls]
        console.print_json({"review": items, "to_call": people})
        return
    if not read:
        console.say(NEVER_READ)
    console.title(f"{len(facts.review)} things to look at, {len(calls)} people to call")
    if facts.review:
        console.table(("Where", "What", "Why", "Next"), views.grouped(facts.review))
    if calls:
        console.say()
        console.say("Voting members whom no letter reaches (DP-4):")
        rows = [(views.name_of(e.person), views.phone_of(e.person), why) for e, why in calls]
        console.table(("Name", "Phone", "Why"), rows)


@app.command()
def doctor(folder: Folder = HERE, as_json: Json = False) -> None:
    """Check credentials, scopes, workbooks, tabs, headers, audience, clock and ledger."""
    from flows import console
    from flows.doctor import Check, examine, exit_code_of

    def show(check: Check) -> None:
        console.say(f"{'✓' if check.fine else '✗'} {check.what}: {check.found}",
                    "" if check.fine else "bold red")  # fmt: skip
        if check.next_step:
            console.say(f"    Next: {check.next_step}")

    checks = []
    for check in examine(folder):
        checks.append(check)
        if not as_json:
            show(check)
    if as_json:
        console.print_json([check._asdict() for check in checks])
    else:
        wrong = [check for check in checks if not check.fine and not check.same_as]
        console.title(f"{len(wrong)} to mend" if wrong else "All is well.")
    raise typer.Exit(exit_code_of(checks))


@app.command()
def serve(folder: Folder = HERE) -> None:
    """Run the nightly sync and the clock of the votes, until stopped."""
    from flows.deployments import serve as run

    run(folder)


@letters.command("preview")
def preview(
    name: Letter,
    folder: Folder = HERE,
) -> None:
    """Print a letter's page as HTML, with example values."""
    from connectors.letters import preview as page
    from flows import views
    from flows.desk import open_desk

    with open_desk(folder) as desk:
        typer.echo(page(desk.words(views.letter_from(name))))


@letters.command("test")
def test(name: Letter, folder: Folder = HERE) -> None:  # noqa: PT028 - a command, not a test
    """Send a letter as a test to one address, which is asked for (it stays out of the history)."""
    from flows import console, views
    from flows.delivery import send_test
    from flows.desk import open_desk
    from models.errors import FixTheData
    from models.privacy import Email

    try:
        to = Email.parse(typer.prompt("Your own address"))
    except ValueError as exc:
        raise FixTheData(str(exc), next_step="type one mail address") from None
    with open_desk(folder) as desk:
        send_test(desk, views.letter_from(name), to)
    console.say("Sent as a test.")


UNREAD, FIRST_STEP = "No sheet has been read yet", "clerk sync, then clerk sync --apply"
NEVER_READ = f"{UNREAD}. Next: {FIRST_STEP}"


def main() -> None:
    """Run a command; errors become a message and a stable exit code."""
    from connectors.exits import guard
    from flows import console

    console.outlive_readers()
    os.umask(0o077)  # whatever we write is its owner's alone
    guard()  # and nothing leaves but through the listed exits
    try:
        app()
    except Exception as error:  # noqa: BLE001 - the last line of defence: nothing personal is printed
        if isinstance(error, ClerkError):
            console.complain(error)
            sys.exit(error.exit_code)
        console.crash(error)
        sys.exit(1)
