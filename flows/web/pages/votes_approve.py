"""An officer's word that a vote may open, and taking it back."""

from typing import Final

from flows.context import ChapterContext
from flows.votes.check import early_answers, told_early
from flows.votes.drafts.answers import told
from flows.votes.drafts.folders import draft_of
from flows.votes.lifecycle import approve, vote_of
from flows.votes.schedule import tick
from flows.web.pages import progress
from flows.web.pages.votes_check import calendar_rows, complete
from flows.web.spoken import sentence
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import AskAPerson, ClerkError, Refused
from models.text.sentences import English
from models.votes.election import ElectionState


def ask(visit: Visit) -> Page:
    """Ask once more, with the calendar."""
    draft = complete(draft_of(visit.context, visit.at["name"]))
    election = draft.election
    assert election  # noqa: S101 - it is complete
    facts = {
        "draft": draft,
        "calendar": calendar_rows(visit, election),
        "at_once": election.opens <= visit.context.now(),
        "titles": [one.title for one in election.contests],
    }
    return Page("draft-approve.html", facts)


def approves(visit: Visit) -> GoTo:
    """Approve it, and do what is due for it now."""
    visit.must_be_sure()
    name, by, words = visit.at["name"], visit.by, visit.words
    seen = visit.sent.one("digest")

    def unchanged(context: ChapterContext) -> None:
        if draft_of(context, name).digest != seen:
            raise Refused(
                words.say("draft.changed_since"),
                where=f"elections/{name}",
                next_step=words.say("draft.look_again"),
            )

    def job(context: ChapterContext, tell: Tell) -> Done:
        unchanged(context)  # before the check, which takes its time
        try:
            with context.ledger.checking(lambda: unchanged(context)):
                found = approve(context, name, by)
        except AskAPerson as another:  # of two that the chapter asks for, this is the first
            return Done((told(another),), f"/votes/{name}")
        said = [words.say("draft.approved", title=found.title)]
        try:
            if early := early_answers(context, found):
                said.append(sentence(told_early(early)))
            said += [
                English(f"{one.what}.")
                for one in tick(context, lambda one: tell(one.what), only=name)
            ]
        except ClerkError as fault:  # it is approved all the same
            said.append(English(fault))
        return Done(tuple(said), f"/votes/{name}")

    return progress.start(visit, words.say("draft.approving"), job, f"/votes/{name}/approve")


def ask_to_withdraw(visit: Visit) -> Page:
    """Ask once more."""
    vote = vote_of(visit.context, visit.at["name"])
    if vote.state is not ElectionState.DRAFT:
        raise Refused(
            "only a vote that has not opened can be withdrawn",
            rule="EN-R6",
            next_step=visit.words.say("draft.cancel_instead"),
        )
    return Page("draft-withdraw.html", {"vote": vote})


def withdraw(visit: Visit) -> GoTo:
    """Take the approval back."""
    visit.must_be_sure()
    name, context = visit.at["name"], visit.context
    with context.ledger.alone():
        context.ledger.votes.withdraw(name, visit.by, context.now())
    return GoTo(f"/votes/{name}", (visit.words.say("draft.withdrawn"),))


ASKED: Final = (
    Asked("GET", "/votes/{name}/approve", ask, "act"),
    Asked("POST", "/votes/{name}/approve", approves, "act"),
    Asked("GET", "/votes/{name}/withdraw-approval", ask_to_withdraw, "act"),
    Asked("POST", "/votes/{name}/withdraw-approval", withdraw, "act"),
)
