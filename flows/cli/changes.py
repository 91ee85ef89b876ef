"""`clerk election …`, until the close: cancel a vote or a race, withdraw a candidate (EN-R11)."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.election import Name, look, next_step
from flows.cli.election import election as election
from flows.cli.options import HERE, By, Folder

if TYPE_CHECKING:
    from connectors.ledger import ElectionRecord
    from flows.context import ChapterContext

Why = Annotated[str, typer.Option(help="Why; everybody who was invited reads it.")]
WhyEs = Annotated[str, typer.Option(help="The reason in Spanish.")]


@election.command("cancel")
def cancel(
    name: Name,
    reason: Why,
    by: By,
    race: Annotated[str, typer.Argument(help="A race's id; the whole vote if left out.")] = "",
    folder: Folder = HERE,
    reason_es: WhyEs = "",
) -> None:
    """Cancel a vote, or one of its races, until it closes: recorded, told and published."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes import cancelling

    with open_chapter(folder) as context:
        if race:
            vote = cancelling.cancel_race(context, name, race, by, reason, reason_es)
            console.say(f"Cancelled: {race} of {name}. The others go on.")
            _warn_of_own_letters(context, vote, reason)
        else:
            vote = cancelling.cancel_vote(context, name, by, reason, reason_es)
            console.say(f"Cancelled: the vote {name}. It will not be counted.")
        console.say(_of_the_form(vote, whole=not race))
        look(context, name)
        console.say(next_step(context, name))


@election.command("withdraw-candidate")
def withdraw_candidate(
    name: Name,
    race: Annotated[str, typer.Argument(help="The race's id.")],
    candidate: Annotated[str, typer.Argument(help="The candidate, as the ballot has them.")],
    reason: Why,
    by: By,
    folder: Folder = HERE,
    reason_es: WhyEs = "",
) -> None:
    """Note that a candidate stands no more: told by mail, and the count passes over them."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes import cancelling

    with open_chapter(folder) as context:
        vote = cancelling.withdraw_candidate(context, name, race, candidate, by, reason, reason_es)
        console.say("Withdrawn. Leave the ballot form as it is: the count passes over the name.")
        _warn_of_own_letters(context, vote, reason)
        look(context, name)
        console.say(next_step(context, name))


def _warn_of_own_letters(context: "ChapterContext", vote: "ElectionRecord", reason: str) -> None:
    """A reminder that is silent on it would send people to a race that is off."""
    from flows import console
    from flows.votes import cancelling

    if not cancelling.is_in_reminders(context, vote, reason):
        include = '{% include "vote-changes.txt" %}'
        console.warn(f"Your own vote-reminder does not say it: put {include} into it.")


def _of_the_form(vote: "ElectionRecord", *, whole: bool) -> str:
    """What is left to do by hand: no program of ours edits a form that people answer."""
    where = "the form" if vote.election.ballots.form else "the form behind the tab"
    if whole:
        return (
            f"In {where}, stop accepting answers now (Publish → Published → Accepting responses); "
            "nothing that arrives is counted."
            if vote.opened
            else "Nobody was told of it, so nobody is written to."
        )
    if vote.opened:
        return f"Leave {where} as it is: what is marked there is not counted."
    return f"Take the question out of {where} before the vote opens."


@election.command("void")
def void(
    name: Name,
    race: Annotated[str, typer.Argument(help="The race's id.")],
    reason: Annotated[str, typer.Option(help="Why; it is published.")],
    decision: Annotated[str, typer.Option(help="Which meeting decided it, and on what day.")],
    yes: Annotated[int, typer.Option(min=0, help="The committee's votes for it.")],
    no: Annotated[int, typer.Option(min=0, help="Against it.")],
    active: Annotated[int, typer.Option(min=1, help="Active members of the committee that day.")],
    by: By,
    folder: Folder = HERE,
    abstained: Annotated[int, typer.Option(min=0, help="Who was there and abstained.")] = 0,
    recused: Annotated[int, typer.Option(min=0, help="Who stepped aside (SC-R2).")] = 0,
    reason_es: WhyEs = "",
) -> None:
    """Record that the committee voided a counted race, and publish the result beside the reason."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes import voiding

    decided = voiding.Decided(decision, yes, no, abstained, active, recused)
    with open_chapter(folder) as context:
        voiding.void(context, name, race, by, reason, reason_es, decided)
        console.say(f"Void: {race} of {name}. What was counted stands beside the reason.")
        console.say(next_step(context, name))
