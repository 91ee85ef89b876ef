"""What became of one voter's ballot, for the officer who was asked by that voter (BA-8).

Before the close: whether one has arrived, for one named request at a time, which is recorded. After
it: each ballot with its box. What a ballot says is never read here; nothing is told of two voters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.ledger import Act
from connectors.settings import Chapter
from flows import console
from flows.clock import Clock
from flows.context import ChapterContext
from flows.votes.arrived import arrived_numbers, code_of
from flows.votes.tally.collect import none_elsewhere
from flows.votes.tally.count import is_untouched
from models.ballots.boxes import BallotAccounting, RejectionReason, Window, classify_ballots
from models.ballots.received import Received
from models.errors import Refused
from models.text.sentences import English, Sentence, clocked
from models.votes.became import Became, Taken, became_of, one_error_away
from models.votes.codes import code_for
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import BallotAskedAfter
from models.votes.frozen_roll import RollEntry, codes_of

ASK = (
    "before voting closes, whether it has arrived is shown only to an officer who gives a "
    "name and a reason; this is recorded"
)


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, and why; both "" when nobody asks by name."""

    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ballots:
    """What there is to say of one voter's ballots."""

    arrived: bool | None = None
    """Before the close, and on request alone."""
    rows: tuple[Became, ...] = ()
    near: tuple[Became, ...] = ()
    """Of a code that is one typing error from theirs."""
    old_codes: tuple[str, ...] = ()
    """The chapter's other votes whose code of theirs a ballot came with; none of it counts here."""
    is_changed: bool = False
    """The form holds other ballots in the window than were counted."""
    is_cancelled: bool = False
    """The vote was, so that no ballot counts (EN-R11)."""

    def as_json(self) -> dict[str, Any]:
        """For a script."""
        return {
            "arrived": self.arrived,
            "rows": [{"at": one.at, "box": one.box} for one in self.rows],
            "one_typing_error_away": [{"at": one.at, "box": one.box} for one in self.near],
            "changed_since_the_count": self.is_changed,
            **({"with_a_code_of": list(self.old_codes)} if self.old_codes else {}),
            **({"cancelled": True} if self.is_cancelled else {}),
        }


def is_over(now: Clock, vote: ElectionRecord) -> bool:
    """Whether the close has passed."""
    return vote.state is not ElectionState.OPEN or now() >= vote.election.closes


def look(
    context: ChapterContext, vote: ElectionRecord, lines: Sequence[RollEntry], request: Request
) -> Ballots | None:
    """What became of the ballots of a voter; None before the close if nobody asks by name.

    Args:
        lines: the voter's own on the frozen roll.

    Raises:
        Refused: before the close, a request without its name or its reason.
        FixTheData: ballots lie in a tab that is not read, as the count would say (BA-2).
    """
    if vote.state is ElectionState.CANCELLED:
        return Ballots(is_cancelled=True)
    if is_over(context.now, vote):
        return _after(context, vote, lines)
    if not (request.by or request.reason):
        return None
    if not (request.by.strip() and request.reason.strip()):
        raise Refused(
            ASK,
            where=vote.name,
            rule="BA-8",
            next_step='--by NAME --reason "the voter asked by phone"',
        )
    arrived = _has_arrived(context, vote, lines, request)
    return Ballots(arrived=arrived, old_codes=_old_codes(context, vote, lines))


def _has_arrived(
    context: ChapterContext, vote: ElectionRecord, lines: Sequence[RollEntry], request: Request
) -> bool:
    roll, _ = codes_of(context.ledger.votes.roll(vote.name), vote.secret, vote.name)
    mine = {roll[code_for(vote.secret, vote.name, line.frozen_as)].number for line in lines}
    none_elsewhere(context, vote, context.ballot_forms.arrived(vote.election.ballots))
    arrived = arrived_numbers(context, vote)
    with context.ledger.alone():
        asked = BallotAskedAfter(reason=request.reason.strip())
        context.ledger.votes.note(vote.name, Act(request.by, context.now(), asked))
    return bool(mine & arrived)


def _old_codes(
    context: ChapterContext, vote: ElectionRecord, lines: Sequence[RollEntry]
) -> tuple[str, ...]:
    """The other votes with whose code of theirs a ballot came since the opening (BA-1)."""
    ids = {person for line in lines for person in (line.person, line.frozen_as)}
    theirs = {
        code_for(other.secret, other.name, line.frozen_as): other.name
        for other in context.ledger.votes.all()
        if other.opened and other.name != vote.name
        for line in context.ledger.votes.roll(other.name)
        if ids & {line.person, line.frozen_as}
    }
    rows = context.ballot_forms.arrived(vote.election.ballots).rows if theirs else ()
    came = {code_of(row.code) for row in rows if row.at and vote.opened and row.at >= vote.opened}
    return tuple(sorted({name for code, name in theirs.items() if code in came}))


def _after(context: ChapterContext, vote: ElectionRecord, lines: Sequence[RollEntry]) -> Ballots:
    is_untouched(context.ledger, vote)  # by another secret nobody's ballot would have arrived
    assert vote.opened is not None  # noqa: S101 - what has closed was opened
    codes = [code_for(vote.secret, vote.name, line.frozen_as) for line in lines]
    roll, _ = codes_of(context.ledger.votes.roll(vote.name), vote.secret, vote.name)
    arrived = context.ballot_forms.arrived(vote.election.ballots)
    none_elsewhere(context, vote, arrived)
    rows = [
        Received(place=row.place, at=row.at, code=code_of(row.code), answers={})  # none is read
        for row in arrived.rows
    ]
    boxes = classify_ballots(rows, roll, Window(opens=vote.opened, closes=vote.election.closes))
    return Ballots(
        rows=became_of(codes, rows, boxes),
        near=one_error_away(codes, rows, boxes, roll),
        old_codes=_old_codes(context, vote, lines),
        is_changed=_is_changed(vote, boxes),
    )


def _is_changed(vote: ElectionRecord, boxes: BallotAccounting) -> bool:
    """Late rows may come as they like; what was in time was counted, and stays."""
    if vote.result is None:
        return False
    then, now = dict(vote.result.set_aside), boxes.reasons()
    then.pop(RejectionReason.LATE, None)
    now.pop(RejectionReason.LATE, None)
    counted = vote.result.counted, vote.result.superseded, then
    return counted != (len(boxes.counted), len(boxes.superseded), now)


def show(
    chapter: Chapter, vote: ElectionRecord, lines: Sequence[RollEntry], found: Ballots | None
) -> None:
    """The same for the eye."""
    for line in sentences(chapter, vote, lines, found):
        console.say(line)


def sentences(
    chapter: Chapter, vote: ElectionRecord, lines: Sequence[RollEntry], found: Ballots | None
) -> Iterator[str]:
    """The same as sentences."""
    if not lines:
        yield Sentence(
            "Ballot: this person has no code in this election, so they have no ballot (BA-1)."
        )
        return
    if found is None:
        yield Sentence("Ballot: {ask}: --by NAME --reason … (BA-8).", ask=English(ASK))
        return
    if found.is_cancelled:
        yield Sentence("Ballot: the election was canceled, and no ballot is counted (EN-R11).")
        return
    if found.arrived is not None:
        if found.arrived:
            yield Sentence("Ballot: one has arrived (BA-8).")
        else:
            yield Sentence("Ballot: none has arrived (BA-8).")
        yield from _with_old_codes(found)
        return
    if found.is_changed:
        yield Sentence(
            "The form no longer has the ballots that were counted: responses were deleted or "
            "changed. `clerk election recount {name}` shows more. According to what it has now:",
            name=vote.name,
        )
    is_counted = vote.result is not None
    for one in found.rows:
        arrived, became = _arrived(chapter, one.at), _box(one, is_counted=is_counted)
        yield Sentence("Ballot: {arrived}: {became}.", arrived=arrived, became=became)
    if not found.rows:
        yield Sentence("Ballot: none has arrived with their code (BA-8).")
    yield from _with_old_codes(found)
    for one in found.near:
        yield Sentence(
            "Ballot: one {arrived} with a code that differs from theirs by one typo; no one has "
            "that code, so it does not count (BA-2).",
            arrived=_arrived(chapter, one.at),
        )


def _with_old_codes(found: Ballots) -> Iterator[str]:
    for other in found.old_codes:
        is_open = found.arrived is not None
        if is_open:
            yield Sentence(
                "Ballot: one has arrived with their code of another election, {other}; it does not "
                "count here (BA-1). The link in this election's email has the right one.",
                other=other,
            )
        else:
            yield Sentence(
                "Ballot: one has arrived with their code of another election, {other}; it does not "
                "count here (BA-1).",
                other=other,
            )


def _arrived(chapter: Chapter, at: datetime | None) -> Sentence:
    if at is None:
        return Sentence("arrived at a time that cannot be read")
    return Sentence("arrived {at}", at=clocked(at.astimezone(chapter.tz)))


def _box(one: Became, *, is_counted: bool) -> Sentence:
    match one.box:
        case Taken.COUNTED:
            return Sentence("counted (BA-1)") if is_counted else Sentence("will be counted (BA-1)")
        case Taken.SUPERSEDED:
            return Sentence("replaced by a later one (BA-1)")
        case RejectionReason.EARLY:
            return Sentence("not counted, because voting had not opened (BA-2)")
        case RejectionReason.LATE:
            return Sentence("not counted, because voting had closed (BA-2)")
        case RejectionReason.NOT_ON_ROLL:
            return Sentence(
                "not counted, because the voter was removed from the voter roll (VM-R3)"
            )
        case _:
            return Sentence("not counted, because its time cannot be read (BA-2)")
