"""`clerk rehearse`: try a whole vote beside the real chapter."""

from typing import Annotated

import typer

from flows.cli.options import HERE, By, Folder


def rehearse(
    folder: Folder = HERE,
    example: Annotated[
        bool,
        typer.Option("--example", help="Rehearse with the invented chapter of the demo."),
    ] = False,
    like_roll: Annotated[
        bool,
        typer.Option(
            "--like-roll",
            help="Invent as many people as the voter roll has, with the same statuses.",
        ),
    ] = False,
    by: By = "",
    over: Annotated[
        bool, typer.Option("--over", help="End the rehearsal: write its report, remove the rest.")
    ] = False,
) -> None:
    """Rehearse a vote in the browser, with invented people. Nothing leaves this computer."""
    from flows import console
    from flows.rehearsal import run

    place = folder / run.EXAMPLE if example else folder
    if over:
        report = run.over(place)
        told = f"Its report: {report}" if report else "It was damaged, so it leaves no report."
        console.say(f"The rehearsal is over. {told}")
        return
    run.rehearse(folder, run.Wishes(like_roll=like_roll, by=by, example=example))
