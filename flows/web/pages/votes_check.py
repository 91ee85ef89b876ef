"""Check a draft, build its form, and send a test ballot: what reaches a service."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from flows.context import ChapterContext
from flows.votes.ballot_form import build_form
from flows.votes.checked import Checked, checked
from flows.votes.drafts.folders import Draft, draft_of
from flows.votes.drafts.people import people_of
from flows.votes.emails.ballots import send_test_ballot
from flows.votes.lifecycle import calendar
from flows.web.pages import progress
from flows.web.pages.votes_contests import is_asked_for
from flows.web.pages.votes_people import path_of
from flows.web.spoken import dated
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.membership.reasons import Reason
from models.privacy import Email
from models.text.folding import folded
from models.text.sentences import Sentence
from models.votes.election import Election


@dataclass(frozen=True)
class _Seen:
    """What a check found, of which files, and when."""

    name: str
    digest: str
    at: datetime
    found: Checked


def check(visit: Visit) -> GoTo:
    """Check it, its form and the mailing list."""
    return _checking(visit, "draft.checking", _just_look)


def build(visit: Visit) -> GoTo:
    """Build the questions in the empty form, then check."""
    return _checking(visit, "draft.building", build_form)


def _just_look(_context: ChapterContext, _election: Election) -> None:
    """Nothing is done before the check."""


def _checking(visit: Visit, title: str, first: Callable[[ChapterContext, Election], None]) -> GoTo:
    name = visit.at["name"]
    draft_of(visit.context, name)

    def job(context: ChapterContext, _tell: Tell) -> Done:
        draft = complete(draft_of(context, name))
        assert draft.election  # noqa: S101 - it is complete
        first(context, draft.election)
        found = checked(context, draft.election)
        seen = visit.keep(_Seen(name, draft.digest, context.now(), found))
        return Done(path=f"/votes/{name}/checked/{seen}")

    return progress.start(visit, visit.words.say(title), job, f"/votes/{name}")


def complete(draft: Draft) -> Draft:
    """A draft whose files say all that a vote needs.

    Raises:
        FixTheSettings: what is wrong or missing.
    """
    if draft.fault:
        raise draft.fault
    return draft


def result(visit: Visit) -> Page:
    """What was found: what is missing first, then what asks for a look; the rest is folded."""
    seen: _Seen = visit.kept(visit.at["seen"])
    draft = draft_of(visit.context, visit.at["name"])
    rows = calendar_rows(visit, draft.election) if draft.election else []
    facts = {
        "draft": draft,
        "found": seen.found,
        "at": dated(visit, seen.at),
        "changed": (seen.name, seen.digest) != (draft.name, draft.digest),
        "calendar": rows,
        "missing": [(_by_button(one), *_where(visit, draft, one)) for one in seen.found.missing],
        "form_is_empty": any(_has_button(one) for one in seen.found.missing),
    }
    return Page("draft-checked.html", facts)


def _where(visit: Visit, draft: Draft, reason: Reason) -> tuple[str, str]:
    """What a link to the very field says, and its address; "" if no form here asks it."""
    at, say = reason.at, visit.words.say
    for place, file in enumerate(draft.contests, start=1):
        title = str(file.table.get("title", ""))
        is_it = at.contest == file.table.get("id") or reason.fact.startswith(f"{title}: ")
        if not (is_it and is_asked_for(file.table)):
            continue
        field = f"#f-{at.key}" if at.key else ""
        people = [folded(one) for one in people_of(file.table)]
        if folded(at.person) in people:
            path = path_of(draft.name, place, people.index(folded(at.person)) + 1)
            return say("draft.person.fill_in", name=at.person), path + field
        return say("draft.edit_contest", title=title), (
            f"/votes/{draft.name}/contests/{place}{field}"
        )
    return "", ""


_BUILD: Final = "build"
"""The field of a fact that names the command for which this page has a button."""


def _has_button(reason: Reason) -> bool:
    return isinstance(reason.fact, Sentence) and bool(reason.fact.fields.get(_BUILD))


def _by_button(reason: Reason) -> Reason:
    """Without the command that a button of the page stands for."""
    if isinstance(reason.fact, Sentence) and _has_button(reason):
        return replace(reason, fact=reason.fact.but(build=""))
    return reason


def calendar_rows(visit: Visit, election: Election) -> list[tuple[str, str]]:
    """When everything happens: what, and when."""
    plan, say = calendar(visit.context.chapter, election), visit.words.say
    rows = [(say("draft.calendar.opens"), dated(visit, plan.opens))]
    for number, at in enumerate(plan.reminders, start=1):
        rows.append((say("draft.calendar.reminder", n=number), dated(visit, at)))
    rows.append((say("draft.calendar.closes"), dated(visit, plan.closes)))
    rows.append((say("draft.calendar.counts"), dated(visit, plan.counts)))
    if election.is_the_committees and not election.has_public_pages:
        rows.append((say("draft.calendar.told"), say("draft.calendar.at_once")))
        return rows
    publishes = "at_once" if election.publish == "at once" else "by_an_officer"
    rows.append((say("draft.calendar.publishes"), say(f"draft.calendar.{publishes}")))
    return rows


def test(visit: Visit) -> Page:
    """Where the test ballot is to go."""
    return _test_page(visit, "")


def send_test(visit: Visit) -> Page | GoTo:
    """Send it; the address is shown to nobody afterwards."""
    name = visit.at["name"]
    draft_of(visit.context, name)
    try:
        to = Email.parse(visit.sent.one("to"))
    except ValueError:
        return _test_page(visit, visit.words.say("draft.no_address"))

    def job(context: ChapterContext, _tell: Tell) -> Done:
        send_test_ballot(context, name, to)
        return Done((said,), f"/votes/{name}")

    said = visit.words.say("draft.test_sent")
    return progress.start(visit, visit.words.say("draft.testing"), job, f"/votes/{name}")


def _test_page(visit: Visit, error: str) -> Page:
    facts: dict[str, Any] = {"draft": draft_of(visit.context, visit.at["name"]), "error": error}
    return Page("draft-test.html", facts, 422 if error else 200)


ASKED: Final = (
    Asked("POST", "/votes/{name}/check", check, "act"),
    Asked("POST", "/votes/{name}/form", build, "act"),
    Asked("GET", "/votes/{name}/checked/{seen}", result),
    Asked("GET", "/votes/{name}/test", test, "act"),
    Asked("POST", "/votes/{name}/test", send_test, "act"),
)
