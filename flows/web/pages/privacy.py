"""What the program holds, for how long, and who can open the chapter's files (DP-6, DP-7)."""

from typing import Final, NamedTuple

from connectors.settings import Chapter
from flows.alerts.sharing_words import (
    ACCEPT_PEOPLE,
    UNTOLD,
    close,
    counted,
    opened_to,
    place_said,
    sharing_sentence,
    sharing_step,
)
from flows.context import ChapterContext
from flows.privacy import person, retention
from flows.sharing.alerts import LIST_KINDS, with_sharing
from flows.sharing.look import Sharing, look
from flows.votes.fact_names import shown
from flows.web.pages import progress
from flows.web.spoken import plain_in
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import FixTheData
from models.mail.alerts import SHARING
from models.privacy import Email


class FileTold(NamedTuple):
    """Who can open one file, in words."""

    where: str
    good: bool | None
    """None: it cannot be checked."""
    said: str
    next_step: str = ""


def privacy(visit: Visit) -> Page:
    """The four things that an officer can do for people's privacy."""
    ledger = visit.context.ledger
    run = ledger.last_run()
    alerts = [one.alert for one in ledger.alerts.still_so() if one.alert.kind in SHARING]
    known = [(sharing_sentence(one), sharing_step(one.kind)) for one in alerts]
    return Page("privacy.html", {"known": known, "looked": run and run.day})


def who_can_open(visit: Visit) -> GoTo:
    """Ask Google and Mailchimp now who can open what; the officers are told by the next check."""

    def job(context: ChapterContext, tell: Tell) -> Done:
        told = tuple(_told(context.chapter, one) for one in look(context))
        found, kinds = with_sharing(context, ([], set()), tell)
        context.ledger.alerts.reconcile(found, kinds, context.now())
        return Done(path=f"/privacy/sharing/{visit.keep(told)}")

    return progress.start(visit, visit.words.say("privacy.looking"), job, "/privacy")


def sharing(visit: Visit) -> Page:
    """Who can open each file, as it was just looked at."""
    told = visit.kept(visit.at["handle"])
    alerts = [one.alert for one in visit.context.ledger.alerts.still_so()]
    listed = [one for one in alerts if one.kind in LIST_KINDS]
    return Page(
        "privacy-sharing.html",
        {
            "files": [one for one in told if isinstance(one, FileTold)],
            "listed": [(sharing_sentence(one), sharing_step(one.kind)) for one in listed],
        },
    )


def _told(chapter: Chapter, seen: Sharing) -> FileTold:
    where, access = place_said(seen.file.place), seen.access
    if access is None:
        return FileTold(where, None, UNTOLD)
    if access.is_open:
        return FileTold(where, False, f"open to {opened_to(access)}", close(access))
    many = counted(access)
    if beyond := chapter.sharing.beyond(access):
        said = f"{many}: {beyond} more than the chapter's settings allow"
        return FileTold(where, False, said, ACCEPT_PEOPLE)
    return FileTold(where, True, f"only named people: {many}")


def due(visit: Visit) -> Page:
    """What is past its retention period."""
    return Page("privacy-retention.html", {"due": retention.due(visit.context)})


def destroy(visit: Visit) -> GoTo:
    """Delete what is past its retention period."""
    visit.must_be_sure()
    words, by = visit.words, visit.by

    def job(context: ChapterContext, tell: Tell) -> Done:
        tell(words.say("privacy.deleting"))
        counts = retention.apply(context, by)
        language = words.language
        gone = [
            f"{many} {plain_in(shown(what), language)}" for what, many in counts.items() if many
        ]
        said = words.say("privacy.deleted", what=", ".join(gone)) if gone else ""
        return Done((said or words.say("privacy.nothing_was_due"),), "/privacy/retention")

    return progress.start(visit, words.say("privacy.deleting"), job, "/privacy/retention")


def readmit(visit: Visit) -> GoTo:
    """Let somebody who was erased back in."""
    try:
        address = Email.parse(visit.sent.one("address"))
    except ValueError as why:
        raise FixTheData(str(why), next_step=visit.words.say("privacy.one_address")) from None
    back = person.readmit(visit.context, address, visit.by)
    return GoTo(
        "/privacy", (visit.words.say("privacy.readmitted" if back else "privacy.not_erased"),)
    )


ASKED: Final = (
    Asked("GET", "/privacy", privacy),
    Asked("POST", "/privacy/sharing", who_can_open),
    Asked("GET", "/privacy/sharing/{handle}", sharing),
    Asked("GET", "/privacy/retention", due),
    Asked("POST", "/privacy/retention", destroy, "act"),
    Asked("POST", "/privacy/readmit", readmit, "act"),
)
