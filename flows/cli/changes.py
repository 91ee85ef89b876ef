"""`clerk election …`, until the close: cancel a vote or a race, withdraw a candidate (EN-R11)."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.election import Name, go_on, next_step
from flows.cli.election import election as election
from flows.cli.options import HERE, By, Folder

if TYPE_CHECKING:
    from flows.context import ChapterContext
    from models.votes.election_record import ElectionRecord

Why = Annotated[str, typer.Option(help="The reason. Everyone who was invited reads it.")]
WhyEs = Annotated[str, typer.Option(help="The reason in Spanish.")]


@election.command("cancel")
def cancel(
    name: Name,
    reason: Why,
    by: By,
    race: Annotated[
        str, typer.Argument(help="A contest's id. If left out, the whole election.")
    ] = "",
    folder: Folder = HERE,
    reason_es: WhyEs = "",
) -> None:
    """Cancel an election or one of its contests before voting closes.

    Emails the voters and publishes it.
    """
    from flows import console
    from flows.context import open_chapter
    from flows.votes import cancelling

    with open_chapter(folder) as context:
        if race:
            vote = cancelling.cancel_race(context, name, race, by, reason, reason_es)
            console.say(f"Canceled: {race} of {name}. The other contests continue.")
            _warn_of_own_letters(context, vote, reason)
        else:
            vote = cancelling.cancel_vote(context, name, by, reason, reason_es)
            console.say(f"Canceled: {name}. It will not be counted.")
        console.say(cancelling.left_to_do(vote, whole=not race))
        go_on(context, name)


@election.command("withdraw-candidate")
def withdraw_candidate(
    name: Name,
    race: Annotated[str, typer.Argument(help="The contest's id.")],
    candidate: Annotated[str, typer.Argument(help="The candidate's name, as on the ballot.")],
    reason: Why,
    by: By,
    folder: Folder = HERE,
    reason_es: WhyEs = "",
) -> None:
    """Record that a candidate withdrew. Emails the voters. Votes for the candidate do not count."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes import cancelling

    with open_chapter(folder) as context:
        vote = cancelling.withdraw_candidate(context, name, race, candidate, by, reason, reason_es)
        console.say(f"Withdrawn. {cancelling.KEEP_THE_FORM}")
        _warn_of_own_letters(context, vote, reason)
        go_on(context, name)


def _warn_of_own_letters(context: "ChapterContext", vote: "ElectionRecord", reason: str) -> None:
    """A reminder that is silent on it would send people to a race that is off."""
    from flows import console
    from flows.votes import cancelling

    if warning := cancelling.silent_reminder(context, vote, reason):
        console.warn(warning)


@election.command("void")
def void(
    name: Name,
    race: Annotated[str, typer.Argument(help="The contest's id.")],
    reason: Annotated[str, typer.Option(help="The reason. It is published.")],
    decision: Annotated[str, typer.Option(help="Which meeting decided it, and its date.")],
    yes: Annotated[int, typer.Option(min=0, help="Committee votes in favor.")],
    no: Annotated[int, typer.Option(min=0, help="Committee votes against.")],
    active: Annotated[int, typer.Option(min=1, help="Active committee members on that day.")],
    by: By,
    folder: Folder = HERE,
    abstained: Annotated[
        int, typer.Option(min=0, help="Members who were present and abstained.")
    ] = 0,
    recused: Annotated[
        int, typer.Option(min=0, help="Members who recused themselves (SC-R2).")
    ] = 0,
    reason_es: WhyEs = "",
) -> None:
    """Record that the committee voided a counted contest. Publishes the result with the reason."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes import voiding

    decided = voiding.Decided(decision, yes, no, abstained, active, recused)
    with open_chapter(folder) as context:
        voiding.void(context, name, race, by, reason, reason_es, decided)
        console.say(f"Voided: {race} of {name}. The page shows the count together with the reason.")
        console.say(next_step(context, name))
