"""`clerk election new` and `about`: a draft's folder, and what its ballot says of people."""

from typing import Annotated, Any

import typer

from flows.cli.options import HERE, Folder

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
    committee: Annotated[
        bool,
        typer.Option("--committee", help="The committee votes on its own affairs (SC-4)."),
    ] = False,
    priorities_advisory: Annotated[
        bool,
        typer.Option(
            "--priorities-advisory",
            help="An advisory vote on the proposals that the committee keeps (SC-7).",
        ),
    ] = False,
    priorities: Annotated[
        bool,
        typer.Option("--priorities", help="The ratification of the committee's priorities (SC-7)."),
    ] = False,
    slate: Annotated[
        bool,
        typer.Option("--slate", help="Draft the vote on the slate from the nominations (SC-1)."),
    ] = False,
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
    from flows.clock import utc_now

    chapter = load_chapter(folder)
    cycle, drafts = election_interview.of_a_cycle(folder, from_cycle) if from_cycle else ("", [])

    def free(typed: str) -> str:
        elections.refuse_taken(chapter.folder, typed)
        return typed

    if name:
        free(name)
    else:
        name = people_interview.until(
            "A short name for its folder, such as endorsements-2026", free
        )
    drafted = election_interview.drafted(folder, advisory=priorities_advisory, final=priorities)
    given = {"title": title, "opens": opens, "closes": closes, "form": form}
    table: dict[str, Any] = {}
    contests: list[dict[str, Any]] = [*drafted]
    try:
        table = election_interview.ask(
            chapter.tz, utc_now(), short_because, committee=committee, **given
        )
        spanish = "es" in chapter.languages
        if from_cycle:
            table |= {"cycle": cycle}
            contests.extend(drafts)
        elif slate:
            contests.append(election_interview.slate_of(folder, table))
        elif races and not drafted:
            rules = chapter.read_bylaws().in_force(utc_now().astimezone(chapter.tz).date()).counting
            contests.extend(
                race_interview.races(rules, spanish=spanish, committee=committee)
            )  # what is finished stays
        if spanish:
            options = {**given, "short_because": short_because}
            typed = [option for option, said in options.items() if not said]
            asked_of = [one for one in contests if one not in drafted]
            election_interview.in_spanish(table, asked_of, typed=typed)
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
    if contests and not committee and election_interview.recommended(folder, name):
        console.say("What the committee recommended by its own votes is filled in.")
    if not contests:
        console.say("There are no contests yet. Add a file to contests/ (docs/elections.md).")
    console.say(f"Next: clerk election check {name}")


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
