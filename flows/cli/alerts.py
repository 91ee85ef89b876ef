"""`clerk alerts …`: what officers are told, and whether it reaches them."""

import typer

from flows.cli.options import HERE, Folder, Json

alerts = typer.Typer(
    help="Show what officers are told, or send a test to every address.", no_args_is_help=True
)


@alerts.command("list")
def list_(folder: Folder = HERE, as_json: Json = False) -> None:
    """Show what needs a person now, since when, and who was told."""
    from flows import console
    from flows.alerts.listing import as_said, listed
    from flows.context import open_chapter

    with open_chapter(folder) as context:
        found, zone = listed(context), context.chapter.tz
    if as_json:
        console.print_json([one.for_scripts() for one in found])
        return
    for one in found:
        for line in as_said(one, zone):
            console.say(line)
    if not found:
        console.say("Nothing needs a person now.")


@alerts.command("test")
def test(folder: Folder = HERE, as_json: Json = False) -> None:  # noqa: PT028 - a command, not a test
    """Send a marked test to every address, and say which took it."""
    from flows import console
    from flows.alerts.listing import tried
    from flows.context import open_chapter
    from models.errors import combined

    with open_chapter(folder) as context:
        found = list(tried(context, tell=None if as_json else console.say))
    if as_json:
        console.print_json([one.for_scripts() for one in found])
    if faults := [one.fault for one in found if one.fault]:
        if as_json:
            raise typer.Exit(getattr(combined(faults), "exit_code", 1))
        raise combined(faults)
