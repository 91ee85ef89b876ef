"""`clerk cycle`: the endorsement cycle as the committee's tabs have it."""

from typing import Annotated

import typer
from typer.core import TyperGroup

from flows.cli.options import HERE, Folder, Json

SHOW = "show"


class ShowsByItself(TyperGroup):
    """`clerk cycle` and `clerk cycle "2026 general"` mean `clerk cycle show`."""

    def parse_args(self, ctx, args):  # type: ignore[no-untyped-def]  # as the library has it
        """Put the verb there, where none is said."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = [SHOW, *args]
        return super().parse_args(ctx, args)


cycle = typer.Typer(
    cls=ShowsByItself,
    help="Show an endorsement cycle, or write the candidates' questionnaire.",
    rich_markup_mode=None,
)

Cycle = Annotated[
    str,
    typer.Argument(help="The cycle, as the tab with the races calls it. The newest if left out.",
                   show_default=False),
]  # fmt: skip


@cycle.command(SHOW)
def show(name: Cycle = "", folder: Folder = HERE, as_json: Json = False) -> None:
    """Show each race of an endorsement cycle: what was decided and done, and what is missing."""
    from flows import console
    from flows.committee.cycle import cycle_called
    from flows.context import open_chapter
    from flows.requests.agenda import agenda
    from flows.views import cycle as views

    with open_chapter(folder) as context:
        found, asked = cycle_called(context, name), agenda(context)
    if as_json:
        wanted = [one._asdict() for one in asked]
        console.print_json(views.as_json(found) | {"asked_by_members": wanted})
    else:
        console.title(f"Endorsement cycle: {found.name}")
        console.table(views.HEADERS, [views.row_of(race) for race in found.races])
        if unlisted := views.unlisted_told(found):
            console.say(f"{unlisted}.")
        for one in asked:
            console.say(f"{one.told}.")


@cycle.command("questionnaire")
def questionnaire(
    name: Annotated[str, typer.Argument(help="The cycle.", metavar="CYCLE")],
    race: Annotated[str, typer.Argument(help="The race, with its district if several have it.")],
    folder: Folder = HERE,
) -> None:
    """Print the questionnaire of a race as plain text, and which candidates it can go to."""
    from flows import console
    from flows.committee.cycle import cycle_called, race_called
    from flows.context import open_chapter
    from flows.printable import echo
    from models.year.questionnaire import addressees, text_of

    with open_chapter(folder) as context:
        found = race_called(cycle_called(context, name), race)
        asked = context.bylaws.closest(context.today).questionnaire
        text = text_of(found, asked, context.chapter.name)
    for line in addressees(found):
        console.warn(line)
    echo(text)
