"""Why one person may or may not vote in a vote, and a recorded exception to that (VM-R3)."""

from typing import Final

from flows.context import ChapterContext
from flows.views import vote_standing
from flows.views.roll import name_of
from flows.views.vote_standing import Asked as AskedAbout
from flows.votes import officers_words, what_became
from flows.votes.lifecycle import opened
from flows.votes.roll_exceptions import can_be_recused_from, correct_roll
from flows.votes.what_became import Request
from flows.web.pages.progress import start
from flows.web.pages.vote_confirm import Intended, ask, stands
from flows.web.pages.vote_page import the_vote
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import ClerkError, FixTheData
from models.intake.people import PersonId
from models.membership.voter_roll import Entry
from models.outgoing import naming_nobody
from models.text.folding import folded
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord

_MOST = 25


def search(visit: Visit) -> Page:
    """Ask for a name."""
    vote = the_vote(visit)
    return Page("vote-search.html", {"vote": vote, "wanted": "", "found": None, "more": 0})


def find(visit: Visit) -> Page | GoTo:
    """Who is meant; one person's page at once."""
    vote, wanted = the_vote(visit), visit.sent.one("wanted")
    about = vote_standing.asked(visit.context, vote.name)
    found = visit.roll().find(wanted) or _left(visit, about, wanted)
    if len(found) == 1:
        return GoTo(_place(visit, vote, found[0].person.id))
    shown = found[:_MOST]
    visit.looked_at([one.person.id for one in shown], f"a search about {vote.name}")
    on_roll = {line.person for line in about.roll if line.on_roll}
    rows = [
        (name_of(one.person), one.person.district, one.person.id in on_roll,
         _place(visit, vote, one.person.id))
        for one in shown
    ]  # fmt: skip
    more = len(found) - len(shown)
    typed = visit.sent.shown().one("wanted")
    return Page("vote-search.html", {"vote": vote, "wanted": typed, "found": rows, "more": more})


def _left(visit: Visit, about: AskedAbout, wanted: str) -> list[Entry]:
    """Those on the frozen roll whom the sheets name no more."""
    typed = folded(wanted)
    left = vote_standing.left_the_sheets(visit.context, about, visit.roll().roll).entries.values()
    return [
        one
        for one in left
        if typed and (typed in folded(name_of(one.person)) or typed == one.person.id)
    ]


def _place(visit: Visit, vote: ElectionRecord, person: PersonId) -> str:
    return f"/votes/{vote.name}/voter/{visit.keep(person)}"


def show(visit: Visit) -> Page:
    """Why this person may or may not vote."""
    return _page(visit, the_vote(visit))


def _page(visit: Visit, vote: ElectionRecord, fault: ClerkError | None = None) -> Page:
    person: PersonId = visit.kept(visit.at["handle"])
    about = vote_standing.asked(visit.context, vote.name)
    entry, in_sheets = _entry(visit, about, person)
    visit.looked_at([person], f"why they may vote in {vote.name}")
    standing = vote_standing.standing_of(visit.context, about, entry, in_sheets=in_sheets)
    now = visit.context.now()
    is_open = vote.state is ElectionState.OPEN and now < vote.election.closes
    facts = {
        "vote": vote,
        "handle": visit.at["handle"],
        "name": name_of(entry.person),
        "standing": standing,
        "fault": fault,
        "typed": visit.sent.shown(),
        "is_open": is_open,
        "can_correct": is_open and visit.officer.acts,
        "decisions": can_be_recused_from(vote.election),
        "asks_ballot": vote.state is not ElectionState.CANCELLED
        and bool(about.lines_of(entry.person)),
    }
    return Page("vote-voter.html", facts, 409 if fault else 200)


def _entry(visit: Visit, about: AskedAbout, person: PersonId) -> tuple[Entry, bool]:
    """The person on the record date, and whether the sheets still name them."""
    known = visit.roll()
    if entry := known.facts.entry(person, about.election.record_date):
        return entry, True
    left = vote_standing.left_the_sheets(visit.context, about, known.roll).entries
    if person not in left:
        raise FixTheData(
            visit.words.say("desk.handle_lost"), next_step=visit.words.say("desk.search_again")
        )
    return left[person], False


def ballot(visit: Visit) -> GoTo:
    """What became of their ballot (BA-8); before the close that somebody asked is recorded."""
    vote, handle = the_vote(visit), visit.at["handle"]
    person: PersonId = visit.kept(handle)
    about = vote_standing.asked(visit.context, vote.name)
    entry, _ = _entry(visit, about, person)
    lines, here = about.lines_of(entry.person), f"/votes/{vote.name}/voter/{handle}"
    request = Request(visit.by, naming_nobody(visit.sent.one("reason"), ""))
    visit.looked_at([person], f"their ballot in {vote.name}")

    def job(context: ChapterContext, _: Tell) -> Done:
        found = what_became.look(context, vote, lines, request)
        return Done(tuple(what_became.sentences(context.chapter, vote, lines, found)), here)

    return start(visit, visit.words.say("vote_voter.asking"), job, here)


def correct(visit: Visit) -> Page | GoTo:
    """What an exception means."""
    seen = stands(visit.context, visit.at["name"])
    vote, handle, say = the_vote(visit), visit.at["handle"], visit.words.say
    person: PersonId = visit.kept(handle)
    about = vote_standing.asked(visit.context, vote.name)
    entry, _ = _entry(visit, about, person)
    remove = any(line.on_roll for line in about.lines_of(entry.person))
    try:
        opened(visit.context, vote.name)
        missing = say("vote_voter.no_reason")
        reason = naming_nobody(officers_words.given(visit.sent.one("reason"), "", missing), "")
    except ClerkError as fault:
        return _page(visit, vote, fault)
    name, by, what = vote.name, visit.by, "remove" if remove else "add"
    aside = () if remove else visit.sent.many("aside")

    def do(context: ChapterContext) -> tuple[str, ...]:
        correct_roll(context, name, person, by, reason, remove=remove, recused=aside)
        return (say(f"vote_confirm.{what}.done"),)

    will = say(f"vote_confirm.{what}.will", who=name_of(entry.person), title=vote.election.title)
    back = f"/votes/{name}/voter/{handle}"
    return ask(visit, Intended(name, what, (will, say("vote_confirm.recorded")), do, back), seen)


ASKED: Final = (
    Asked("GET", "/votes/{name}/voter", search),
    Asked("POST", "/votes/{name}/voter", find),
    Asked("GET", "/votes/{name}/voter/{handle}", show),
    Asked("POST", "/votes/{name}/voter/{handle}/ballot", ballot),
    Asked("POST", "/votes/{name}/voter/{handle}", correct, "act"),
)
