"""`clerk`: the commands. Heavy libraries are imported by the command that needs them."""

import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from flows.cli import about, manual
from flows.cli import alerts as alerts_cli
from flows.cli import bylaws as bylaws_cli
from flows.cli import changes as change_cli
from flows.cli import committee as committee_cli
from flows.cli import count as count_cli
from flows.cli import cycle as cycle_cli
from flows.cli import desk as desk_cli
from flows.cli import election_run as vote_cli
from flows.cli import emails as emails_cli
from flows.cli import handover as handover_cli
from flows.cli import init as init_cli
from flows.cli import lists as lists_cli
from flows.cli import privacy as privacy_cli
from flows.cli import proposals as proposals_cli
from flows.cli import rehearse as rehearse_cli
from flows.cli import requests as requests_cli
from flows.cli import roll as roll_cli
from flows.cli import state as state_cli
from flows.cli import tick as tick_cli
from flows.cli import towns as towns_cli
from flows.cli import volunteers as volunteer_cli
from flows.cli.options import HERE, By, Folder, Json, old_option
from flows.printable import printable
from models.errors import ClerkError, Refused

app = typer.Typer(
    name="clerk",
    help="Keeps a chapter's voter roll, emails its members, counts its votes, and never shares "
    "the member list.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(emails_cli.emails, name="emails")
app.add_typer(emails_cli.emails, name="letters", hidden=True, callback=emails_cli.is_an_old_name)
app.add_typer(alerts_cli.alerts, name="alerts")
app.command()(count_cli.count)
app.command()(count_cli.recount)
app.add_typer(committee_cli.committee, name="committee")
app.command()(proposals_cli.call_for_proposals)
app.command()(lists_cli.attendees)
app.command()(lists_cli.dues)
app.add_typer(cycle_cli.cycle, name="cycle")
app.add_typer(volunteer_cli.call, name="call")
app.add_typer(requests_cli.requests, name="requests")
app.add_typer(bylaws_cli.bylaws, name="bylaws")
app.add_typer(change_cli.election, name="election")  # with the verbs of its four modules
app.command()(vote_cli.audit)
app.command()(tick_cli.tick)
app.command()(towns_cli.towns)
app.command()(about.completion)
app.command("help")(manual.help_)
app.command()(handover_cli.handover)
app.add_typer(state_cli.state, name="state")
app.add_typer(desk_cli.desk, name="desk")
app.command()(rehearse_cli.rehearse)
privacy_cli.register(app)


@app.callback()
def _options(
    _: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=about.show_version, help="Show the version."
        ),
    ] = False,
) -> None:
    """Options of the program itself; the help text is the program's own."""


app.command()(init_cli.init)


@app.command()
def demo(
    folder: Annotated[
        Path,
        typer.Option(
            "--out",
            help="The folder for the demo's page and chapter. Replaces an earlier demo's chapter. "
            "Refuses a folder “chapter” that it did not make.",
        ),
    ] = Path("demo"),
) -> None:
    """Run two nightly runs and an election of an invented chapter in the sandbox.

    No account needed.
    """
    from flows.demo.nights import run

    run(folder)


@app.command()
def sync(
    folder: Folder = HERE,
    apply: Annotated[
        bool, typer.Option("--apply", help="Make the changes. Without this option, only show them.")
    ] = False,
    approve: Annotated[
        str,
        typer.Option(
            metavar="FINGERPRINT",
            help="Apply exactly this plan, even though it exceeds the safety limits.",
        ),
    ] = "",
    by: By = "",
    tell_everyone: Annotated[
        bool,
        typer.Option(help="At the first sync, also email everyone who is already a voting member."),
    ] = False,
    full: Annotated[
        bool, typer.Option(help="Read everything again, even what has not changed.")
    ] = False,
    anew: Annotated[bool, old_option("--anew/--no-anew", "--full")] = False,
    who: Annotated[
        bool, typer.Option(help="Show the names of the people affected, on this screen only.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Update the mailing list from the sign-in sheets. Without --apply, only show the plan."""
    if by and not approve:
        raise typer.BadParameter("--by says who approves a plan: add --approve FINGERPRINT")
    from flows import console
    from flows.committee.seats import committee_misses
    from flows.context import open_chapter
    from flows.nightly.keeping import read_back
    from flows.nightly.night import Sync, SyncOptions
    from flows.requests import queue as requests
    from flows.tabs.by_hand import sync_by_hand
    from flows.tabs.keep import to_empty
    from flows.views import for_scripts
    from flows.views import roll as views

    def show(night: Sync) -> None:
        if not as_json:
            views.show_plan(night, who)

    wishes = SyncOptions(apply=apply or bool(approve), approve=approve, by=by,
                    tell_everyone=tell_everyone, full=full or anew, by_hand=True)  # fmt: skip
    remarks: list[str] = []
    with open_chapter(folder) as context, console.working("reading the sources") as tell:
        context.waiting = tell
        remarks += to_empty(context)
        night = sync_by_hand(context, wishes, tell=tell, remark=remarks.append, show=show)
        reasons = night.plan.unsafe_because(context.chapter.safety_limits)
        missing = [] if as_json else list(committee_misses(context))
        remarks += requests.said_of(context, applied=night.applied)
    if (back_to := night.sources.back_to) and not as_json:
        console.say(read_back(back_to))
    for line in [*missing, *([] if as_json else remarks)]:
        console.say(line)
    if as_json:
        console.print_json(for_scripts.plan_as_json(night, reasons))
    elif night.applied:
        many: Counter[str] = Counter()  # of one kind several can go out: one for each chapter near
        for kind, sent in night.sent:
            many[kind] += sent
        console.say("Done. " + ", ".join(f"{n} “{k}” emails sent" for k, n in many.items()))
        for code, refused in night.refused.items():
            console.say(f"Mailchimp rejected {refused} contacts ({code}).")
    elif reasons:
        console.say("This plan needs your approval: " + "; ".join(reasons) + ".")
        console.say(f"Next: clerk sync --approve {night.plan.fingerprint}")
    elif not night.plan.is_empty() or night.plan.baseline:
        console.say("Nothing was changed. Next: clerk sync --apply")


for command in (roll_cli.roll, roll_cli.explain, roll_cli.review):
    app.command()(command)


@app.command()
def doctor(folder: Folder = HERE, as_json: Json = False) -> None:
    """Check everything the program needs, and show how to fix what is missing."""
    from flows.doctor import examine
    from flows.doctor.telling import tell

    raise typer.Exit(tell(examine(folder), as_json=as_json))


@app.command()
def serve(folder: Folder = HERE) -> None:
    """Run the nightly sync and the election schedule until you stop it."""
    from flows.service.deployments import serve as run

    run(folder)


@app.command()
def scheduler(folder: Folder = HERE, as_json: Json = False) -> None:
    """Show the address and password of the scheduler's page while `clerk serve` runs."""
    from connectors.settings import load_chapter
    from flows import console
    from flows.scheduler.own_server import access_to

    access = access_to(load_chapter(folder).folder)
    if as_json:
        console.print_json(access._asdict())
        return
    console.say(f"The scheduler's page, on this computer only: {access.page}")
    console.say(f"Its password: {access.secret}")
    console.say("Anyone who has it can start and change jobs. Each `clerk serve` makes a new one.")


def main() -> None:
    """Run a command; errors become a message and a stable exit code."""
    from connectors.files.disk import refusal
    from connectors.net.network_allowlist import install_network_guard
    from flows import console

    console.outlive_readers()
    console.tell_of_old_names()
    about.complete_if_asked()
    os.umask(0o077)  # whatever we write is its owner's alone
    install_network_guard()  # and nothing leaves but through the listed exits
    try:
        try:
            ended = _ended(app)
        finally:
            console.flush()
    except Exception as error:  # noqa: BLE001 - the last line of defence: nothing personal is printed
        told = refusal(error) if isinstance(error, OSError) else error
        if isinstance(told, ClerkError):
            console.print_error(told)
            sys.exit(told.exit_code)
        console.crash(error)
        sys.exit(1)
    sys.exit(ended)


def _ended(command: Callable[..., object]) -> int:
    """Run a command as the library would; what was mistyped is repeated without its addresses."""
    try:
        ended = command(standalone_mode=False)
    except typer.TyperException as mistyped:
        from models.privacy import redact_addresses

        mistyped.message = printable(redact_addresses(mistyped.message))
        mistyped.show()  # type: ignore[attr-defined]  # all that are raised have it, by a private name
        return mistyped.exit_code
    except typer.Abort:
        typer.echo("Stopped at a question. Nothing more was done.", err=True)
        return Refused.exit_code
    return ended if isinstance(ended, int) else 0
