"""`clerk election …`, until the vote opens: the folder, its form, an officer's word."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import HERE, By, Folder, Json

if TYPE_CHECKING:
    from flows.context import ChapterContext

election = typer.Typer(
    help="Set up, run, count, and publish an election.", no_args_is_help=True, rich_markup_mode=None
)

Name = Annotated[str, typer.Argument(help="The election's folder in elections/.")]


@election.command("new")
def new(
    name: Annotated[
        str,
        typer.Argument(
            help="Lowercase letters, digits, and dashes, such as endorsements-2026. Asked for if "
            "left out.",
            show_default=False,
        ),
    ] = "",
    folder: Folder = HERE,
    title: Annotated[str, typer.Option(help="A short title for the election.")] = "",
    opens: Annotated[str, typer.Option(help="Such as 2026-10-01 09:00.")] = "",
    closes: Annotated[str, typer.Option(help="Such as 2026-10-11 21:00.")] = "",
    short_because: Annotated[
        str,
        typer.Option(help="The written reason for voting that is open less than 5 days (EN-R6)."),
    ] = "",
    form: Annotated[str, typer.Option(help="The id or address of an empty Google form.")] = "",
    races: Annotated[bool, typer.Option(help="Also ask for the contests.")] = True,
    from_cycle: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="CYCLE",
            help="Take the contests from the committee's tabs: one for each race of this "
            "endorsement cycle that the members vote on.",
        ),
    ] = "",
) -> None:
    """Ask for what an election needs and create its folder."""
    from connectors import elections
    from connectors.settings import load_chapter
    from flows import console
    from flows.cli import election_interview, people_interview, race_interview
    from flows.context import utc_now

    chapter = load_chapter(folder)
    cycle, drafts = _of_a_cycle(folder, from_cycle) if from_cycle else ("", [])

    def free(typed: str) -> str:
        elections.refuse_taken(chapter.folder, typed)
        return typed

    if name:
        free(name)
    else:
        name = people_interview.until(
            "A short name for its folder, such as endorsements-2026", free
        )
    given = {"title": title, "opens": opens, "closes": closes, "form": form}
    table: dict[str, Any] = {}
    contests: list[dict[str, Any]] = []
    try:
        table = election_interview.ask(chapter.tz, utc_now(), short_because, **given)
        spanish = "es" in chapter.languages
        if from_cycle:
            table |= {"cycle": cycle}
            contests.extend(drafts)
        elif races:
            rules = chapter.read_bylaws().in_force(utc_now().astimezone(chapter.tz).date()).counting
            contests.extend(race_interview.races(rules, spanish=spanish))  # what is finished stays
        if spanish:
            options = {**given, "short_because": short_because}
            typed = [option for option, said in options.items() if not said]
            election_interview.in_spanish(table, contests, typed=typed)
    except typer.Abort:  # Ctrl-D or Ctrl-C at a question
        console.say()
        if not table:
            console.warn("Nothing was written.")
            raise
        console.warn("Stopped. Finished contests are kept. The unfinished one is not.")
    made = elections.write_new(chapter.folder, name, table, contests)
    console.say(
        f"Created: {made}. Its contests folder has one file per contest. You can edit them."
    )
    if not contests:
        console.say("There are no contests yet. Add a file to contests/ (docs/elections.md).")
    console.say(f"Next: clerk election check {name}")


def _of_a_cycle(folder: Path, name: str) -> tuple[str, list[dict[str, Any]]]:
    """The cycle's own name, and its contests; what cannot be one yet is told."""
    from flows import console
    from flows.committee.cycle import cycle_called
    from flows.context import open_chapter
    from flows.votes.drafts.from_cycle import drafted

    with open_chapter(folder) as context:
        cycle = cycle_called(context, name)
        contests, left_out = drafted(cycle, context.bylaws.closest(context.today).counting)
    for line in left_out:
        console.warn(f"Left out: {line}.")
    return cycle.name, contests


@election.command("about")
def about(
    name: Name,
    contest: Annotated[
        str,
        typer.Argument(help="The contest's id or its place on the ballot.", show_default=False),
    ] = "",
    folder: Folder = HERE,
) -> None:
    """Ask what the ballot says of each nominee or candidate, and what the bylaws ask of them."""
    from flows import console
    from flows.cli.people_interview import about_one
    from flows.context import open_chapter
    from flows.votes.drafts import folders

    with open_chapter(folder) as context:
        spanish = "es" in context.chapter.languages
        place, people = folders.named_in(context, name, contest)
        for person in people:
            file = folders.contest_at(folders.draft_of(context, name), place)
            for answers in about_one(dict(file.table), person, spanish=spanish):
                folders.change_contest(context, name, place, answers, file.digest)
                file = folders.contest_at(folders.draft_of(context, name), place)
    console.say(f"Next: clerk election check {name}")


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
    from flows.votes.check import check_form
    from flows.votes.lifecycle import build_form
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
    from flows.votes.check import early_answers, told_early
    from flows.votes.emails.ballots import INVITATION_TEXTS
    from flows.votes.lifecycle import approve
    from flows.votes.previews import letter_words
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
