"""Count a counted vote again from the answers in its form, and put back what the count left.

Nothing of the result changes: the ledger keeps no ballot (DP-6), so the answers are read again, and
must give what was recorded, to the digest of the ballots. Pages whose text a later version words in
another way are noted in the record.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from connectors import elections
from connectors.ledger import Act
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.votes import guide
from flows.votes.pages import PAGES, TELLERS, CountedContest, render
from flows.votes.sending import CLERK
from flows.votes.tally.count import counted, is_untouched, result_of
from models.ballots.boxes import BallotAccounting
from models.errors import FixTheData, Refused
from models.tally.outcome import OutcomeKind
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import PagesRenewed
from models.votes.replay import replayed
from models.votes.results import ElectionResult, RaceResult

PUBLIC = "public"
"""Where everybody reads the pages; what it is called beside the vote's own folders."""


def recount(context: ChapterContext, vote: ElectionRecord, by: str = CLERK) -> list[str]:
    """Count again, and compare.

    Args:
        by: the officer who asked for it, for the record of pages that are worded in another way.

    Returns:
        The folders whose files were missing or changed, and are as the count left them again.

    Raises:
        Refused: it has no result yet, or its codes were destroyed after the contest window.
        FixTheData: the answers of today do not give the recorded result; which races. Or what the
            count goes by is not what the record says.
        FixTheSettings: the guide's words are wrong; nothing was published again.
    """
    name = vote.election.name
    boxes, races, typos = counted_as_recorded(context, vote)
    folder = elections.folder_of(context.chapter.folder, name)
    places = {
        PAGES: folder / PAGES,
        TELLERS: folder / TELLERS,
        PUBLIC: _public(context.chapter, vote),
    }
    before = {kind: elections.pages_digest(place) for kind, place in places.items()}
    render(context, vote, boxes, races, typos)
    _note_new_texts(context, name, places, by)
    if vote.state is ElectionState.PUBLISHED:
        publish_again(context.chapter, vote, guide.files_of(context, vote))
    return [kind for kind, held in before.items() if held != elections.pages_digest(places[kind])]


def _note_new_texts(
    context: ChapterContext, name: str, places: Mapping[str, Path], by: str
) -> None:
    """Write down what the pages are now, so that `publish` and `audit` know them."""
    recorded = replayed(context.ledger.votes.lines(name))
    made = PagesRenewed(
        pages=elections.pages_digest(places[PAGES]), tellers=elections.pages_digest(places[TELLERS])
    )
    if recorded.pages and (recorded.pages, recorded.tellers) != (made.pages, made.tellers):
        context.ledger.votes.note(name, Act(by, context.now(), made))


def publish_again(chapter: Chapter, vote: ElectionRecord, told: Mapping[str, str]) -> None:
    """Put the pages, and the guide beside them, in the place of those that are public."""
    if not vote.election.has_public_pages:
        return
    made = elections.folder_of(chapter.folder, vote.name) / PAGES
    elections.publish_pages(made, _public(chapter, vote))
    guide.put(chapter, vote, told)


def _public(chapter: Chapter, vote: ElectionRecord) -> Path:
    return chapter.path(chapter.elections.public) / vote.name


def counted_as_recorded(
    context: ChapterContext, vote: ElectionRecord
) -> tuple[BallotAccounting, list[CountedContest], int]:
    """The answers of today, counted, which give what was recorded.

    Raises:
        Refused, FixTheData: as `recount`.
    """
    name = vote.name
    is_untouched(context.ledger, vote)
    if vote.result is None or not vote.secret:
        fact = "there is no result yet" if vote.result is None else "its codes were deleted (DP-6)"
        raise Refused(f"it cannot be recounted: {fact}", where=name, rule="EN-R8")
    boxes, races, typos = counted(context, vote)
    again = result_of(context, vote, boxes, races, typos)
    if wrong := list(_differs(vote.result, again)):
        raise FixTheData(
            f"today's responses do not give the recorded result: {'; '.join(wrong)}",
            where=name,
            rule="BA-2",
            next_step="find out who changed or deleted responses after voting closed; `clerk "
            "audit` shows whether the audit log is intact; the recorded result stays "
            "valid",
        )
    return boxes, races, typos


def _differs(recorded: ElectionResult, again: ElectionResult) -> Iterator[str]:
    """Which parts of a result are not the same."""
    for part, before, now in (
        ("received", recorded.received, again.received),
        ("counted", recorded.counted, again.counted),
        ("superseded", recorded.superseded, again.superseded),
        ("set aside", _sums(recorded), _sums(again)),
    ):
        if before != now:
            yield f"{part} {before}, now {now}"
    for race, held in recorded.races.items():
        if race not in again.races or not is_same(held, again.races[race]):
            yield f"contest {race}"


def is_same(held: RaceResult, again: RaceResult) -> bool:
    """Whether a race came out as recorded.

    Former versions gave a race that nobody marked its rounds and an end of its kind, "no
    consensus" say; that nobody voted (EN-R12) is the same.
    """
    if again.outcome.kind is not OutcomeKind.NOBODY_VOTED:
        return again == held
    unmarked = not any(votes for one in held.rounds for votes in one.values())
    return unmarked and again.digests == held.digests


def _sums(result: ElectionResult) -> dict[str, int]:
    return {str(reason): many for reason, many in result.set_aside.items()}
