"""The count and its result: count now, look at it before anybody else does, publish, recount."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from connectors import elections, pages
from connectors.ledger import Act
from flows.context import ChapterContext
from flows.views.status import outcomes
from flows.votes import guide as guides
from flows.votes.committee_result import attendance, committee_words, items
from flows.votes.drafts.answers import told as told_of
from flows.votes.lifecycle import look_at, state_label, vote_of
from flows.votes.pages import PAGES, TELLERS
from flows.votes.publish import announcement_words, publish
from flows.votes.schedule import tick
from flows.votes.tally.count import close_and_count
from flows.votes.tally.recount import recount
from flows.web.pages.progress import start
from flows.web.pages.vote_confirm import Intended, ask, stands, work
from flows.web.pages.vote_page import the_vote
from flows.web.visits import Asked, Document, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import AskAPerson, FixTheData, Refused
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import ResultSeen
from models.votes.history import seen_since

_SEEN: Final[Mapping[str, Literal["result", "tellers' report"]]] = {
    PAGES: "result",
    TELLERS: "tellers' report",
}
COUNTED: Final = (ElectionState.COUNTED, ElectionState.PUBLISHED)


def tally(visit: Visit) -> GoTo:
    """Close the vote if its time has come, and count it."""
    name, say, by = visit.at["name"], visit.words.say, visit.by

    def do(context: ChapterContext) -> tuple[str, ...]:
        try:
            close_and_count(context, name, tell=context.waiting, by=by)
        except AskAPerson:
            return (say("vote_confirm.tally.tie"),)
        return (say("vote_confirm.tally.done"),)

    return work(visit, name, "tally", do, f"/votes/{name}")


def do_what_is_due(visit: Visit) -> GoTo:
    """What the next scheduled check would do for this vote, now."""
    name, done = visit.at["name"], visit.words.say("vote_confirm.due.done")

    def do(context: ChapterContext) -> tuple[str, ...]:
        tick(context, tell=lambda one: context.waiting(one.what), only=name)
        return (done,)

    return work(visit, name, "due", do, f"/votes/{name}")


def show(visit: Visit) -> Page:
    """What was counted, as it will be published; the tellers' own pages beside it."""
    seen = stands(visit.context, visit.at["name"])
    vote = _counted(visit)
    kind = TELLERS if visit.at.get("kind") == TELLERS else PAGES
    _looked(visit, vote, kind)
    shown = visit.at.get("file", pages.election_file(visit.words.language))
    files = [
        (pages.election_file(visit.words.language), visit.words.say("vote_result.whole")),
        *(
            (pages.race_file(one.id, visit.words.language), visit.words.title(one))
            for one in vote.election.contests
        ),
    ]
    is_there = _file(visit, vote, kind, shown).is_file()
    return Page(
        "vote-result.html",
        {
            "vote": vote,
            "seen": seen,
            "kind": kind,
            "kinds": (PAGES, TELLERS),
            "file": shown,
            "files": files,
            "is_there": is_there,
            "outcomes": outcomes(vote, visit.words.language),
            "look_at": vote.result.look_at or () if vote.result else (),
            "is_public": vote.state is ElectionState.PUBLISHED,
            "can_recount": bool(vote.secret),
            "took_part": _took_part(visit, vote),
        },
    )


def _took_part(visit: Visit, vote: ElectionRecord) -> dict[str, object] | None:
    """Who took part in a vote of the committee, by name; None of the members' votes (BA-6)."""
    if not vote.election.is_the_committees:
        return None
    found = attendance(visit.context, vote)
    if not found.active:  # the roll was destroyed when its time was over (DP-6)
        return None
    listed = visit.words.listed
    return {
        "there": len(found.there),
        "active": found.active,
        "names": listed(found.there),
        "missing": listed(found.missing) if found.missing else "",
        "votes": {one.title: one.votes for one in items(vote, visit.words.language)},
    }


def framed(visit: Visit) -> Document:
    """A page that the count left, as it lies in the election's folder."""
    vote = _counted(visit)
    kind = TELLERS if visit.at["kind"] == TELLERS else PAGES
    file = _file(visit, vote, kind, visit.at["file"])
    _looked(visit, vote, kind)
    if not file.is_file():
        raise FixTheData(
            visit.words.say("vote_result.missing"), next_step=visit.words.say("vote_result.mend")
        )
    return Document(file.read_text("utf-8"))


def _looked(visit: Visit, vote: ElectionRecord, kind: str) -> None:
    """Write down, once for each officer and result, a look at what is not public."""
    if kind == PAGES and vote.state is ElectionState.PUBLISHED:
        return
    votes, seen = visit.context.ledger.votes, ResultSeen(seen=_SEEN[kind])
    if seen_since(votes.lines(vote.name), visit.by, seen):
        return
    with visit.context.ledger.alone():
        votes.note(vote.name, Act(visit.by, visit.context.now(), seen))


def _file(visit: Visit, vote: ElectionRecord, kind: str, name: str) -> Path:
    """One of the count's own pages; a name that is none of theirs leads nowhere."""
    contests = [one.id for one in vote.election.contests]
    known = {
        name
        for language in visit.context.chapter.languages
        for name in (
            pages.election_file(language),
            *(pages.race_file(one, language) for one in contests),
        )
    }
    folder = elections.folder_of(visit.context.chapter.folder, vote.name) / kind
    return folder / name if name in known else folder / "none"


def _counted(visit: Visit) -> ElectionRecord:
    vote = the_vote(visit)
    if vote.state not in COUNTED:
        raise Refused(
            f"there is no result yet: the election is {state_label(vote)}",
            where=vote.name,
            rule="EN-R8",
            next_step=look_at(vote.name),
        )
    return vote


def ask_publish(visit: Visit) -> GoTo:
    """What publishing means."""
    vote, say, by = _counted(visit), visit.words.say, visit.by
    if vote.state is ElectionState.PUBLISHED:
        return GoTo(f"/votes/{vote.name}", (say("vote_confirm.publish.done"),))
    happens = [f"vote_confirm.publish.{one}" for one in _happens(visit, vote)]
    name = vote.name

    def do(context: ChapterContext) -> tuple[str, ...]:
        try:
            with context.ledger.alone():
                publish(context, vote_of(context, name), by)
        except AskAPerson as another:  # of two that the chapter asks for, this is the first
            return (told_of(another),)
        return (say("vote_confirm.publish.done"),)

    told = (*map(say, happens), say("vote_confirm.recorded"))
    back = f"/votes/{name}/result"
    words = (
        committee_words(visit.context, vote)
        if vote.election.is_the_committees
        else announcement_words(visit.context, vote, vote.election.contests)
    )
    intended = Intended(name, "publish", told, do, back, (words,), is_grave=False)
    return ask(visit, intended, visit.sent.one("seen"))


def _happens(visit: Visit, vote: ElectionRecord) -> Iterator[str]:
    """What a publication does, by the names of its texts."""
    if vote.election.has_public_pages:
        yield "pages"
        if guides.files_of(visit.context, vote):  # its words may be wrong: said before it is asked
            yield "guide"
    if vote.election.is_the_committees:
        yield "committee"
        return
    yield "email"
    if vote.election.districts:
        yield "districts"
    if not visit.context.chapter.elections.public_url:
        yield "no_link"


def again(visit: Visit) -> GoTo:
    """Count again from the form, and put back pages that were changed."""
    name, say, by = visit.at["name"], visit.words.say, visit.by

    def job(context: ChapterContext, _: Tell) -> Done:
        with context.ledger.alone():
            mended = recount(context, vote_of(context, name), by)
        said = [say("vote_result.recounted")]
        said += [say("vote_result.restored", kind=kind) for kind in mended]
        return Done(tuple(said), f"/votes/{name}/result")

    return start(visit, say("vote_result.recounting"), job, f"/votes/{name}/result")


def guide(visit: Visit) -> GoTo:
    """Write the endorsement guide again."""
    with visit.context.ledger.alone():
        written = guides.again(visit.context, the_vote(visit))
    said = visit.words.say("vote_result.guide_written" if written else "vote_result.no_guide")
    return GoTo(f"/votes/{visit.at['name']}/result", (said,))


ASKED: Final = (
    Asked("POST", "/votes/{name}/tally", tally, "act"),
    Asked("POST", "/votes/{name}/due", do_what_is_due, "act"),
    Asked("GET", "/votes/{name}/result", show),
    Asked("GET", "/votes/{name}/result/{kind}/{file}", show),
    Asked("GET", "/votes/{name}/page/{kind}/{file}", framed),
    Asked("POST", "/votes/{name}/publish", ask_publish, "act"),
    Asked("POST", "/votes/{name}/recount", again, "act"),
    Asked("POST", "/votes/{name}/guide", guide, "act"),
)
