"""Whether everything that the program needs is there: `clerk doctor` as a page."""

from collections.abc import Iterable
from typing import Final

from flows.context import ChapterContext
from flows.doctor import Check, at_hand, examine
from flows.web.own_account import PRINTED, address_of
from flows.web.pages import progress
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.privacy import redact_addresses


def health(visit: Visit) -> Page:
    """What can be checked without asking Google or Mailchimp, and a button for the rest."""
    return _page(visit, at_hand(visit.context), whole=False)


def check(visit: Visit) -> GoTo:
    """Check everything; it takes a while."""

    def job(context: ChapterContext, tell: Tell) -> Done:
        found = []
        for one in examine(context.chapter.folder, context.now):
            tell(redact_addresses(one.what))
            found.append(one)
        return Done(path=f"/health/{visit.keep(tuple(found))}")

    return progress.start(visit, visit.words.say("health.at_work"), job, "/health")


def checked(visit: Visit) -> Page:
    """What was found."""
    return _page(visit, visit.kept(visit.at["handle"]), whole=True)


def _page(visit: Visit, checks: Iterable[Check], *, whole: bool) -> Page:
    own = address_of(visit.context)
    shown = [_without_addresses(one, own) for one in checks if isinstance(one, Check)]
    wrong = [one for one in shown if not one.fine]
    facts = {
        "wrong": [one for one in wrong if not one.same_as],
        "follow": [one for one in wrong if one.same_as],
        "fine": [one for one in shown if one.fine],
        "whole": whole,
    }
    return Page("health.html", facts)


def _without_addresses(one: Check, own: str) -> Check:
    """Pages show no address but the program's own."""

    def said(text: str) -> str:
        return redact_addresses(text.replace(own, PRINTED) if own else text)

    return one._replace(what=said(one.what), found=said(one.found), next_step=said(one.next_step))


ASKED: Final = (
    Asked("GET", "/health", health),
    Asked("POST", "/health", check),
    Asked("GET", "/health/{handle}", checked),
)
