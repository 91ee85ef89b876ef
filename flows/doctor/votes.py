"""What `clerk doctor` says of votes that are on their way: of ballot forms, of a late opening."""

from collections.abc import Callable, Iterator
from functools import partial

from connectors.ledger import ElectionRecord
from flows.alerts.form_words import drift_said
from flows.alerts.places import WATCHED
from flows.alerts.trouble import Troubles, called
from flows.context import ChapterContext
from flows.votes.lifecycle import on_the_clock
from flows.votes.watch import drift_of, never_opened, overdue
from flows.votes.who_answers import form_access, still_asks
from models.errors import FixTheData, FixTheSettings, Refused
from models.votes.election import ElectionState


def ballot_forms(context: ChapterContext) -> Iterator[tuple[str, Callable[[], str]]]:
    """The ballot form of each vote that is on its way, and an opening that is overdue."""
    for vote in context.ledger.votes.all():
        if overdue(context.now, vote) is not None:
            yield f"vote {vote.name}: opening", partial(_opening, context, vote)
        if vote.state is ElectionState.CANCELLED and still_asks(context, vote):
            yield f"vote {vote.name}: ballot form", partial(_form_of_a_cancelled, vote)
        if vote.state in WATCHED:
            yield f"vote {vote.name}: ballot form", partial(_form, context, vote)


def _form_of_a_cancelled(vote: ElectionRecord) -> str:
    raise FixTheSettings(
        f"{vote.name} is cancelled, and its form still takes answers: whoever sends one thinks "
        "that it counts",
        rule="EN-R11",
        next_step="stop the form from accepting answers",
    )


def _opening(context: ChapterContext, vote: ElectionRecord) -> str:
    if never_opened(context.now, vote):
        raise Refused(
            f"its close has passed {on_the_clock(context.chapter, vote.election.closes)}, "
            "and it never opened",
            rule="EN-R6",
            next_step=f"`clerk election withdraw {vote.name}`, move its days, and approve it again",
        )
    failed = [
        f"{called(step)}: {one.said}" for step, one in Troubles(context, vote.name).known.items()
    ]
    why = (
        "; ".join(failed)
        or "the clock of the votes has not struck since, or another job is at work"
    )
    raise Refused(
        f"it should have opened {on_the_clock(context.chapter, vote.election.opens)}, "
        f"and has not: {why}",
        rule="EN-R6",
        next_step="mend that, and the next strike of the clock opens it; or `clerk election "
        f"withdraw {vote.name} --by …`, move its days, and approve it again",
    )


def _form(context: ChapterContext, vote: ElectionRecord) -> str:
    if differs := "; ".join(drift_said(drift_of(context, vote))):
        raise FixTheData(
            f"the ballot form is not what was approved: {differs}",
            rule="BA-4",
            next_step="give the form back what it had: voters, and the count, need it as approved",
        )
    source = vote.election.ballots
    if not source.form:
        return "the tab has the headers that were approved"
    live = context.ballot_forms.live(source.form)
    unseen = form_access(context.drive, source.form, live).answering.value
    return (
        f"as it was approved; {unseen or 'open to everybody who has the link'}; whether it takes "
        "one answer from each account only, which asks voters to sign in, and whether it shows a "
        "summary of results, Google tells nobody"
    )
