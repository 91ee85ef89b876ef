"""What `clerk doctor` says of votes that are on their way: of ballot forms, of a late opening."""

from collections.abc import Callable, Iterator
from functools import partial

from flows.alerts.form_words import drift_said
from flows.alerts.places import WATCHED
from flows.alerts.trouble import Troubles, called
from flows.context import ChapterContext
from flows.votes.lifecycle import on_the_clock
from flows.votes.watch import drift_of, never_opened, overdue
from flows.votes.who_answers import form_access, still_asks
from models.errors import FixTheData, FixTheSettings, Refused
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord


def ballot_forms(context: ChapterContext) -> Iterator[tuple[str, Callable[[], str]]]:
    """The ballot form of each vote that is on its way, and an opening that is overdue."""
    for vote in context.ledger.votes.all():
        if overdue(context.now, vote) is not None:
            yield f"election {vote.name}: opening", partial(_opening, context, vote)
        if vote.state is ElectionState.CANCELLED and still_asks(context, vote):
            yield f"election {vote.name}: ballot form", partial(_form_of_a_cancelled, vote)
        if vote.state in WATCHED:
            yield f"election {vote.name}: ballot form", partial(_form, context, vote)


def _form_of_a_cancelled(vote: ElectionRecord) -> str:
    raise FixTheSettings(
        f"{vote.name} is canceled, but its form still accepts responses, so people might think "
        "that their ballot counts",
        rule="EN-R11",
        next_step="stop the form from accepting responses",
    )


def _opening(context: ChapterContext, vote: ElectionRecord) -> str:
    if never_opened(context.now, vote):
        raise Refused(
            f"its closing time, {on_the_clock(context.chapter, vote.election.closes)}, has "
            "passed, and it never opened",
            rule="EN-R6",
            next_step=f"run `clerk election withdraw {vote.name}`, move its dates, and approve it "
            "again",
        )
    failed = [
        f"{called(step)}: {one.said}" for step, one in Troubles(context, vote.name).known.items()
    ]
    why = "; ".join(failed) or "no scheduled check has run since then, or another job is running"
    raise Refused(
        f"it should have opened {on_the_clock(context.chapter, vote.election.opens)} but has not: "
        f"{why}",
        rule="EN-R6",
        next_step="fix that, and the next scheduled check opens it; or run `clerk election "
        f"withdraw {vote.name} --by …`, move its dates, and approve it again",
    )


def _form(context: ChapterContext, vote: ElectionRecord) -> str:
    if differs := "; ".join(drift_said(drift_of(context, vote))):
        raise FixTheData(
            f"the ballot form is not as approved: {differs}",
            rule="BA-4",
            next_step="restore the form: the voters and the count need it as approved",
        )
    source = vote.election.ballots
    if not source.form:
        return "the tab has the approved headers"
    live = context.ballot_forms.live(source.form)
    unseen = form_access(context.drive, source.form, live).answering.value
    return (
        f"as approved; {unseen or 'open to everyone who has the link'}; Google does not report "
        "whether it limits each account to one response, which makes voters sign in, or whether "
        "it shows a results summary"
    )
