"""What an officer can change until the close: extend, cancel, withdraw a candidate (EN-R6, EN-R11).

A form asks; what follows and what members will read is then shown, and asked once more.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from connectors.ledger import Act
from connectors.pages import PageTexts
from flows.context import ChapterContext
from flows.votes import cancelling, officers_words
from flows.votes.ahead import after, extended_to
from flows.votes.emails.ballots import owed_words
from flows.votes.emails.cancelled import cancellation_words
from flows.votes.lifecycle import extend, extension, opened
from flows.web.pages.progress import start
from flows.web.pages.vote_confirm import Intended, place_of, stands
from flows.web.pages.vote_page import the_vote
from flows.web.spoken import moment
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import ClerkError, FixTheData
from models.votes.changes import contest_of, standing_candidates
from models.votes.election import in_zone
from models.votes.election_record import ElectionRecord

Make = Callable[[ChapterContext], Intended]
WHOLE: Final = "*"
"""No id of a contest."""


def _form(visit: Visit, what: str, vote: ElectionRecord, fault: ClerkError | None = None) -> Page:
    """A form with what was typed, and what was wrong with it."""
    contests = vote.election.contests
    facts: dict[str, Any] = {
        "vote": vote,
        "what": what,
        "fault": fault,
        "typed": visit.sent.shown(),
        "spanish": "es" in visit.context.chapter.languages,
        "closes": vote.election.closes.astimezone(visit.context.chapter.tz),
        "moment": lambda at: moment(visit, at),
        "contests": contests,
        "whole": WHOLE,
        "candidates": [(one, standing_candidates(one)) for one in contests],
    }
    return Page(_TEMPLATES[what], facts, 409 if fault else 200)


def extend_form(visit: Visit) -> Page:
    """Until when, and why."""
    return _form(visit, "extend", opened(visit.context, visit.at["name"]))


def cancel_form(visit: Visit) -> Page:
    """The whole vote or one of its races, and why."""
    return _form(visit, "cancel", cancelling.changeable(visit.context, visit.at["name"]))


def withdraw_form(visit: Visit) -> Page:
    """Who withdrew, and why."""
    return _form(visit, "withdraw", cancelling.changeable(visit.context, visit.at["name"]))


def ask_extend(visit: Visit) -> Page | GoTo:
    """What a later close would mean."""
    return _asked(visit, "extend", _extending)


def ask_cancel(visit: Visit) -> Page | GoTo:
    """What canceling would mean."""
    is_whole = visit.sent.one("race") == WHOLE
    return _asked(visit, "cancel", _cancelling if is_whole else _cancelling_race)


def ask_withdraw(visit: Visit) -> Page | GoTo:
    """What a withdrawal would mean."""
    return _asked(visit, "withdraw", _withdrawing)


def _asked(visit: Visit, what: str, making: Callable[[Visit, ElectionRecord], Make]) -> Page | GoTo:
    """Go and show what will happen; an answer that will not do is asked again."""
    seen = stands(visit.context, visit.at["name"])
    vote = the_vote(visit)
    try:
        make = making(visit, vote)
    except ClerkError as fault:
        return _form(visit, what, vote, fault)

    def job(context: ChapterContext, _: Tell) -> Done:
        return Done((), place_of(visit, make(context), seen))

    doing = visit.words.say("vote_changes.composing")
    return start(visit, doing, job, f"/votes/{vote.name}/{_PATHS[what]}")


_TEMPLATES: Final[Mapping[str, str]] = {
    "extend": "vote-extend.html", "cancel": "vote-cancel.html", "withdraw": "vote-withdraw.html",
}  # fmt: skip
_PATHS: Final[Mapping[str, str]] = {
    "extend": "extend", "cancel": "cancel", "withdraw": "withdraw-candidate",
}  # fmt: skip


def _reasons(visit: Visit) -> tuple[str, str]:
    spanish = officers_words.in_one_line(visit.sent.one("reason_es"))
    return officers_words.given(visit.sent.one("reason"), ""), spanish


def _extending(visit: Visit, vote: ElectionRecord) -> Make:
    """Checked here; its email is composed beside the page."""
    zone, name = visit.context.chapter.tz, vote.name
    reason, reason_es = _reasons(visit)
    later = in_zone(_typed(visit, visit.sent.one("closes")), zone, "")
    vote, event = extension(visit.context, name, later, reason, reason_es)
    by, now = visit.by, visit.context.now()
    Act(by, now, event)  # before it is shown: it may name somebody
    say = _saying(visit.words)
    new, old = moment(visit, event.closes), moment(visit, event.before)

    def do(context: ChapterContext) -> tuple[str, ...]:
        extend(context, name, later, by, reason, reason_es)
        return (say("extend.done", later=new),)

    def make(context: ChapterContext) -> Intended:
        words = owed_words(context, extended_to(vote, event.closes), event)
        happens = (say("extend.from_to", later=new, before=old), say("mailed"), say("recorded"))
        back = f"/votes/{name}/extend"
        return Intended(name, "extend", happens, do, back, (words,), is_grave=False)

    return make


def _typed(visit: Visit, said: str) -> datetime:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        raise _unchosen(visit, "no_time") from None


def _unchosen(visit: Visit, what: str) -> FixTheData:
    say = visit.words.say
    return FixTheData(say(f"vote_changes.{what}"), next_step=say("vote_changes.pick"))


def _cancelling(visit: Visit, vote: ElectionRecord) -> Make:
    reason, reason_es = _reasons(visit)
    by, name, title = visit.by, vote.name, vote.election.title
    vote, event = cancelling.cancellation(visit.context, name, reason, reason_es)
    Act(by, visit.context.now(), event)
    say = _saying(visit.words)

    def do(context: ChapterContext) -> tuple[str, ...]:
        cancelling.cancel_vote(context, name, by, reason, reason_es)
        return (say("cancel.done"),)

    def make(context: ChapterContext) -> Intended:
        happens = [say("cancel.will", title=title)]
        happens += [say("mailed"), say("cancel.page")] if vote.opened else [say("nobody")]
        emails = (cancellation_words(context, vote.election, event),) if vote.opened else ()
        warnings = (cancelling.left_to_do(vote, whole=True),) if vote.opened else ()
        back = f"/votes/{name}/cancel"
        return Intended(
            name, "cancel", (*happens, say("recorded")), do, back, emails, warnings=warnings
        )

    return make


def _cancelling_race(visit: Visit, vote: ElectionRecord) -> Make:
    reason, reason_es = _reasons(visit)
    by, name, race = visit.by, vote.name, visit.sent.one("race")
    if not race:
        raise _unchosen(visit, "no_contest")
    vote, event = cancelling.race_cancellation(visit.context, name, race, reason, reason_es)
    act = Act(by, visit.context.now(), event)
    title = visit.words.title(contest_of(vote.election, race))

    say = _saying(visit.words)

    def do(context: ChapterContext) -> tuple[str, ...]:
        cancelling.cancel_race(context, name, race, by, reason, reason_es)
        return (say("cancel_race.done", title=title),)

    def make(context: ChapterContext) -> Intended:
        happens = say("cancel_race.will", title=title), _told(visit, vote), say("recorded")
        warnings = (cancelling.left_to_do(vote, whole=False), *_silent(context, vote, act, reason))
        return Intended(
            name, "cancel_race", happens, do, f"/votes/{name}/cancel",
            _news(context, vote, act), warnings=warnings,
        )  # fmt: skip

    return make


def _withdrawing(visit: Visit, vote: ElectionRecord) -> Make:
    reason, reason_es = _reasons(visit)
    race, _, candidate = visit.sent.one("candidate").partition("/")
    if not candidate:
        raise _unchosen(visit, "no_candidate")
    by, name = visit.by, vote.name
    vote, event = cancelling.withdrawal(visit.context, name, race, candidate, reason, reason_es)
    act = Act(by, visit.context.now(), event)
    who, title = event.candidate, visit.words.title(contest_of(vote.election, race))

    say = _saying(visit.words)

    def do(context: ChapterContext) -> tuple[str, ...]:
        cancelling.withdraw_candidate(context, name, race, candidate, by, reason, reason_es)
        return (say("withdraw.done", who=who),)

    def make(context: ChapterContext) -> Intended:
        will = say("withdraw.will", who=who, title=title)
        warnings = (cancelling.KEEP_THE_FORM, *_silent(context, vote, act, reason))
        return Intended(
            name, "withdraw", (will, _told(visit, vote), say("recorded")), do,
            f"/votes/{name}/withdraw-candidate", _news(context, vote, act), warnings=warnings,
        )  # fmt: skip

    return make


def _saying(words: PageTexts) -> Callable[..., str]:
    """Says what will happen and what was done; it outlives the visit."""

    def say(key: str, **told: object) -> str:
        return words.say(f"vote_confirm.{key}", **told)

    return say


def _told(visit: Visit, vote: ElectionRecord) -> str:
    return visit.words.say("vote_confirm.mailed" if vote.opened else "vote_confirm.nobody")


def _news(context: ChapterContext, vote: ElectionRecord, act: Act) -> tuple[Any, ...]:
    """The email about it, if anybody was invited."""
    event: Any = act.event
    return (owed_words(context, after(vote, act), event),) if vote.opened else ()


def _silent(
    context: ChapterContext, vote: ElectionRecord, act: Act, reason: str
) -> tuple[str, ...]:
    said = cancelling.silent_reminder(context, after(vote, act), reason)
    return (said,) if said else ()


ASKED: Final = (
    Asked("GET", "/votes/{name}/extend", extend_form, "act"),
    Asked("POST", "/votes/{name}/extend", ask_extend, "act"),
    Asked("GET", "/votes/{name}/cancel", cancel_form, "act"),
    Asked("POST", "/votes/{name}/cancel", ask_cancel, "act"),
    Asked("GET", "/votes/{name}/withdraw-candidate", withdraw_form, "act"),
    Asked("POST", "/votes/{name}/withdraw-candidate", ask_withdraw, "act"),
)
