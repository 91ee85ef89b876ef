"""`clerk election …`, until the vote opens: the folder, its form, an officer's word."""

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.election_drafts import Name as Name
from flows.cli.election_drafts import election as election
from flows.cli.options import HERE, By, Folder, Json

if TYPE_CHECKING:
    from flows.context import ChapterContext


@election.command("check")
def check(
    name: Name,
    folder: Folder = HERE,
    everything: Annotated[
        bool, typer.Option("--all", help="Also list the checks that passed.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check an election's folder and form. Shows its calendar."""
    from flows import console
    from flows.context import open_chapter
    from flows.views import election as election_views
    from flows.votes.checked import checked
    from flows.votes.lifecycle import for_scripts, on_the_clock
    from models.errors import Refused

    with open_chapter(folder) as context:
        election = context.election(name)
        said = for_scripts if as_json else on_the_clock
        rows = election_views.calendar_rows(context.chapter, election, said)
        found = checked(context, election)
    if found.guide:
        console.warn(f"The guide cannot be published yet: {found.guide}")
    if as_json and not found.unreached:
        console.print_json(
            {
                "calendar": {what: when for when, what in rows},
                "missing": [{"rule": r.rule, "fact": r.fact} for r in found.missing],
            }
        )
    elif not as_json:
        if not found.unreached:
            console.title(found.title)
        for line in election_views.show_check(found.reasons, everything=everything):
            console.say(line)
        console.table(("When", "What"), rows)
        for line in election_views.show_where(name, found.missing):
            console.say(line)
    if found.unreached:
        raise found.unreached
    if found.missing:
        raise typer.Exit(Refused.exit_code)


@election.command("form")
def form(
    name: Name,
    folder: Folder = HERE,
    build: Annotated[
        bool, typer.Option("--build", help="Build the questions in the empty form.")
    ] = False,
) -> None:
    """Check that the ballot form matches the contests. With --build, first build an empty form."""
    from flows import console
    from flows.context import open_chapter
    from flows.views import election as election_views
    from flows.votes.ballot_form import build_form
    from flows.votes.check import check_form
    from models.errors import Refused

    with open_chapter(folder) as context:
        found = context.election(name)
        if build:
            build_form(context, found)
        reasons = list(check_form(context, found))
    for line in election_views.show_reasons(reasons):
        console.say(line)
    if not all(reason.holds for reason in reasons):
        raise typer.Exit(Refused.exit_code)


@election.command("test")
def test(name: Name, folder: Folder = HERE) -> None:  # noqa: PT028 - a command, not a test
    """Send a test invitation to one address.

    Asks for the address. Ballots with the test code are rejected.
    """
    from flows import console
    from flows.context import open_chapter
    from flows.votes.emails.ballots import send_test_ballot
    from models.errors import FixTheData
    from models.privacy import Email

    try:
        to = Email.parse(typer.prompt("Your email address"))
    except ValueError as exc:
        raise FixTheData(str(exc), next_step="type one email address") from None
    with open_chapter(folder) as context:
        send_test_ballot(context, name, to)
    console.say("Test email sent. Ballots with its code are rejected.")


@election.command("open")
def open_(name: Name, by: By, folder: Folder = HERE) -> None:
    """Approve an election.

    Voting opens automatically at its scheduled time, or now if that has passed.
    """
    from connectors.emails import preview_text
    from flows import console
    from flows.context import open_chapter
    from flows.views.previews import letter_words
    from flows.votes.check import early_answers, told_early
    from flows.votes.emails.ballots import INVITATION_TEXTS
    from flows.votes.lifecycle import approve
    from models.errors import ClerkError

    with open_chapter(folder) as context:
        shown = ""
        with suppress(ClerkError):  # whatever stands in its way is told by the approval
            shown = preview_text(letter_words(context, INVITATION_TEXTS, name))
        found = approve(context, name, by)
        if shown:  # only now: nobody reads a letter down to a refusal
            console.say("The invitation, as it will be sent, with an example name and code:")
            console.say("".join(f"  {line}\n" for line in shown.splitlines()))
        console.say(
            f"Approved. From now on, you can change only the closing time of “{found.title}.”"
        )
        if early := early_answers(context, found):
            console.say(f"{told_early(early)}. docs/elections.md explains how to remove them.")
        go_on(context, name)


@election.command("withdraw")
def withdraw(name: Name, by: By, folder: Folder = HERE) -> None:
    """Withdraw the approval of an election that has not opened."""
    from flows import console
    from flows.context import open_chapter

    with open_chapter(folder) as context, context.ledger.alone():
        context.ledger.votes.withdraw(name, by, context.now())
    console.say("Approval withdrawn. The election is a draft again.")


def look(context: "ChapterContext", name: str) -> None:
    """Let the clock do what is due for one vote now, its letters included; others wait."""
    from flows import console
    from flows.votes.schedule import tick

    tick(context, tell=lambda one: console.say(f"{one.election}: {one.what}"), only=name)


def go_on(context: "ChapterContext", name: str) -> None:
    """Do what is due for one election now, and say what comes next."""
    from flows import console

    look(context, name)
    console.say(next_step(context, name))


def next_step(context: "ChapterContext", name: str) -> str:
    """What comes next, and when."""
    from flows.views import election as election_views

    return f"Next: {election_views.status(context, name)['next']}"
