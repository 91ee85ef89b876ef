"""What is a fact of a rehearsal: by the ledger, the stand-in and the notes.

Counts, and names of officers; nobody's own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from connectors.ledger import RunRecord
from connectors.sandbox.server import Sandbox
from flows.context import ChapterContext
from flows.rehearsal.acts import SIGN_IN
from flows.rehearsal.notes import Notes
from flows.votes.sending import CLERK
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord

_MANY = 1000


@dataclass(frozen=True)
class VoteFacts:
    """A vote of the rehearsal."""

    title: str
    state: ElectionState
    is_opened: bool
    voters: int
    responses: int
    by_hand: int
    """Responses that somebody at the rehearsal filled in."""
    counted: int | None = None
    """The ballots of its result; a second one of a voter, or one without a mark, is none."""


@dataclass(frozen=True)
class Facts:
    """All that the steps and the report go by."""

    has_signed_in: bool
    nights: int
    looks: int
    """How often an officer looked at a person."""
    is_taken_up: bool
    """Whether a night came after the members signed in."""
    votes: tuple[VoteFacts, ...]
    emails: int
    tried: tuple[str, ...]
    put_back: tuple[str, ...]
    officers: tuple[str, ...]
    """Who did something, by name."""


def facts_of(context: ChapterContext, sandbox: Sandbox, notes: Notes) -> Facts:
    """Gather them."""
    ledger, signed = context.ledger, notes.last.get(SIGN_IN)
    run = ledger.last_run()
    looks = ledger.officers.looks()
    acted = {entry.who for entry in ledger.votes.lines()} | {look.officer for look in looks}
    return Facts(
        has_signed_in=bool(looks)
        or any(k.kind == "session" for k in ledger.officers.keys(context.now())),
        nights=nights_of(ledger.runs(_MANY), notes.nights),
        looks=len(looks),
        is_taken_up=bool(signed and run and run.started > signed),
        votes=tuple(_votes(context, sandbox, notes)),
        emails=len(sandbox.mailchimp.outbox),
        tried=tuple(notes.tried),
        put_back=tuple(key for key in notes.tried if key not in notes.going_on),
        officers=tuple(sorted(acted - {CLERK, ""})),
    )


def nights_of(runs: Iterable[RunRecord], noted: int) -> int:
    """How many nights ran, `clerk tick --night` too; one that was cut off and finished is one.

    Args:
        noted: those that began, also where the sheets stood in the way.
    """
    return max(noted, sum(run.finishes is None for run in runs))


def _votes(context: ChapterContext, sandbox: Sandbox, notes: Notes) -> Iterator[VoteFacts]:
    for vote in context.ledger.votes.all():
        form = sandbox.google.forms.get(vote.election.ballots.form)
        many = len(form.responses) if form else 0
        yield VoteFacts(
            title=vote.election.title,
            state=vote.state,
            is_opened=vote.opened is not None,
            voters=_voters(context, vote),
            responses=many,
            by_hand=many - len(notes.voted.get(vote.name, [])),
            counted=vote.result.counted if vote.result else None,
        )


def _voters(context: ChapterContext, vote: ElectionRecord) -> int:
    return sum(line.on_roll for line in context.ledger.votes.roll(vote.name))
