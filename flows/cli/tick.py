"""`clerk tick`: what is due now, done once, for cron, laptops and hosted schedules."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import HERE, Folder

if TYPE_CHECKING:
    from flows.context import ChapterContext


def tick(
    folder: Folder = HERE,
    night: Annotated[bool, typer.Option("--night", help="First do the nightly sync too.")] = False,
) -> None:
    """Do what is due now, including election emails. Shows each step."""
    from flows import console
    from flows.context import open_chapter
    from flows.service.due_steps import run_due_steps

    done = False

    def tell(line: str) -> None:
        nonlocal done
        done = True
        console.say(line)

    with open_chapter(folder) as context:
        run_due_steps(context, tell, night=night)
        if not done:
            console.say(f"Nothing is due. {_next(context)}")


def _next(context: "ChapterContext") -> str:
    """What each vote that is on its way waits for."""
    from flows.votes.what_next import is_finished, what_next

    votes = [vote for vote in context.ledger.votes.all() if not is_finished(context, vote)]
    waits = [f"{vote.name}: {what_next(context, vote)}" for vote in votes]
    return f"Next: {'; '.join(waits)}" if waits else "No election is running."
