"""What the committee decides and an officer records: a tie (EN-R5), a void race (EN-R11)."""

from typing import Final

from connectors import pages
from flows.context import ChapterContext
from flows.votes import officers_words, voiding
from flows.votes.lifecycle import look_at
from flows.votes.tally.count import by_lot, close_and_count, decide
from flows.web.pages.vote_confirm import Intended, ask, stands
from flows.web.pages.vote_page import the_vote
from flows.web.visits import Asked, GoTo, Page, Visit
from models.errors import AskAPerson, ClerkError, FixTheData, Refused
from models.outgoing import naming_nobody
from models.votes.changes import contest_of
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.results import OpenTie

LOT: Final = "*"
"""No choice is called so: the drawing decides."""


def tie(visit: Visit) -> Page:
    """What is tied, and what each answer gives."""
    return _tie(visit, _tied(visit))


def _tie(visit: Visit, vote: ElectionRecord, fault: ClerkError | None = None) -> Page:
    said, asked = pages.words(visit.words.language), []
    for race, open_tie in (vote.question or {}).items():
        contest = contest_of(vote.election, race)
        ends = {who: pages.ended(said, contest, one) for who, one in open_tie.branches.items()}
        asked.append((contest, open_tie, ends))
    facts = {"vote": vote, "asked": asked, "lot": LOT, "typed": visit.sent.shown(), "fault": fault}
    return Page("vote-tie.html", {**facts, "what": "tie"}, 409 if fault else 200)


def _tied(visit: Visit) -> ElectionRecord:
    vote = the_vote(visit)
    if vote.state is not ElectionState.CLOSED or not vote.question:
        raise Refused(
            "no contest of this election has a tie to decide",
            where=vote.name,
            rule="EN-R5",
            next_step=look_at(vote.name),
        )
    return vote


def ask_tie(visit: Visit) -> Page | GoTo:
    """What recording a decision means."""
    seen = stands(visit.context, visit.at["name"])
    vote = _tied(visit)
    race = visit.sent.one("contest")
    asked = (vote.question or {}).get(race)
    try:
        if asked is None:
            return tie(visit)
        picked, how = _decision(visit, asked)
    except ClerkError as fault:
        return _tie(visit, vote, fault)
    name, by, say = vote.name, visit.by, visit.words.say
    title = visit.words.title(contest_of(vote.election, race))
    key = "will" if asked.for_election else "will_out"
    is_lot = visit.sent.one("picked") == LOT
    drawn = (say("vote_confirm.decide.lot", who=picked),) if is_lot else ()
    will = say(f"vote_confirm.decide.{key}", who=picked, title=title, how=how)

    def do(context: ChapterContext) -> tuple[str, ...]:
        decide(context, name, race, picked, how, by)
        try:
            close_and_count(context, name, tell=context.waiting, by=by)
        except AskAPerson:  # another one, which the vote's page shows
            return say("vote_confirm.decide.done"), say("vote_confirm.tally.tie")
        return say("vote_confirm.decide.done"), say("vote_confirm.tally.done")

    happens = (*drawn, will, say("vote_confirm.decide.count"), say("vote_confirm.recorded"))
    back = f"/votes/{name}/tie"
    return ask(visit, Intended(name, "decide", happens, do, back, is_grave=False), seen)


def _decision(visit: Visit, asked: OpenTie) -> tuple[str, str]:
    """Who was picked, and how it is recorded.

    Raises:
        FixTheData: something is missing.
        Refused: it contains an address.
    """
    picked, seed = visit.sent.one("picked"), visit.sent.one("seed")
    missing = visit.words.say("vote_decisions.tie.no_how")
    how = naming_nobody(officers_words.given(visit.sent.one("how"), "", missing), "")
    if picked == LOT:
        no_seed = visit.words.say("vote_decisions.tie.no_seed")
        return by_lot(asked, naming_nobody(officers_words.given(seed, "", no_seed), ""), how)
    if picked not in asked.tied:
        raise FixTheData(
            visit.words.say("vote_decisions.tie.no_choice"),
            next_step=visit.words.say("vote_changes.pick"),
        )
    return picked, how


NUMBERS: Final = ("yes", "no", "abstained", "active", "recused")


def void(visit: Visit) -> Page:
    """Which race, how the committee decided it, and why."""
    return _void(visit, the_vote(visit))


def _void(visit: Visit, vote: ElectionRecord, fault: ClerkError | None = None) -> Page:
    gone = {*vote.changes.overruled, *(vote.result.voids if vote.result else ())}
    contests = [one for one in vote.election.contests if one.id not in gone]
    spanish = "es" in visit.context.chapter.languages
    facts = {"vote": vote, "contests": contests, "typed": visit.sent.shown(), "fault": fault}
    facts |= {"numbers": NUMBERS, "spanish": spanish, "what": "void"}
    return Page("vote-void.html", facts, 409 if fault else 200)


def ask_void(visit: Visit) -> Page | GoTo:
    """What voiding means."""
    seen = stands(visit.context, visit.at["name"])
    vote = the_vote(visit)
    try:
        intended = _voiding(visit, vote)
    except ClerkError as fault:
        return _void(visit, vote, fault)
    return ask(visit, intended, seen)


def _voiding(visit: Visit, vote: ElectionRecord) -> Intended:
    name, by, race, say = vote.name, visit.by, visit.sent.one("contest"), visit.words.say
    reason = naming_nobody(officers_words.given(visit.sent.one("reason"), ""), "")
    reason_es = naming_nobody(visit.sent.one("reason_es"), "")
    where = officers_words.given(visit.sent.one("decision"), "", voiding.NOWHERE)
    yes, no, abstained, active, recused = (_number(visit, one) for one in NUMBERS)
    decided = voiding.Decided(naming_nobody(where, ""), yes, no, abstained, active, recused)
    voiding.can_be(visit.context, name, race, decided)
    title = visit.words.title(contest_of(vote.election, race))

    def do(context: ChapterContext) -> tuple[str, ...]:
        voiding.void(context, name, race, by, reason, reason_es, decided)
        return (say("vote_confirm.void.done", title=title),)

    votes = {"yes": yes, "no": no, "abstained": abstained, "active": active}
    happens = (
        say("vote_confirm.void.will", title=title),
        say("vote_confirm.void.votes", **votes),
        say("vote_confirm.recorded"),
    )
    return Intended(name, "void", happens, do, f"/votes/{name}/void")


def _number(visit: Visit, field: str) -> int:
    said = visit.sent.one(field) or "0"
    if not (said.isascii() and said.isdigit() and len(said) < 6):
        raise FixTheData(
            visit.words.say("vote_decisions.void.no_number"),
            next_step=visit.words.say("vote_decisions.void.number"),
        )
    return int(said)


ASKED: Final = (
    Asked("GET", "/votes/{name}/tie", tie),
    Asked("POST", "/votes/{name}/tie", ask_tie, "act"),
    Asked("GET", "/votes/{name}/void", void, "act"),
    Asked("POST", "/votes/{name}/void", ask_void, "act"),
)
