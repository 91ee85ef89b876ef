"""Who can open the sheets and forms, the mailing list, and the officers' page: counts (DP-7)."""

from collections.abc import Iterator
from functools import partial

from flows.alerts.sharing_words import UNTOLD, close, counted, opened_to
from flows.context import ChapterContext
from flows.handover.items import Item, item
from flows.sharing.look import File, Sharing, files, look_at, unlisted
from flows.votes.lifecycle import on_the_clock
from flows.web.access import officers_told
from models.text.formats import amount

SECTION = "Who can open what"


def access(context: ChapterContext) -> Iterator[Item]:
    """Each file as Drive says, what else reads the mailing list, and who may sign in."""
    for file in files(context):
        yield item(SECTION, file.called, partial(_file, context, file), _SHARE)
    yield item(SECTION, "the mailing list", partial(_list, context), _APPLICATIONS)
    for one in officers_told(context):
        signed_in = amount(one.sessions, "open session")
        until = one.link_until and on_the_clock(context.chapter, one.link_until)
        link = f"an unused link, good until {until}" if until else "no unused link"
        found = f"may {one.may}; {signed_in}, {link}"
        yield item(SECTION, f"officer {one.officer}", found, "still an officer?")


_SHARE = "under Share, is each person there still on the committee? Add the next volunteer"
_APPLICATIONS = "in Mailchimp, Account → Extras → Authorized applications: is each still needed?"


def _file(context: ChapterContext, file: File) -> str:
    said = [_said(seen) for seen in look_at(context, file)]
    return "; ".join(said) or "deleted; its election is over"


def _said(seen: Sharing) -> str:
    if seen.access is None:
        said: str = UNTOLD
    elif seen.access.is_open:
        said = f"OPEN to {opened_to(seen.access)}: {close(seen.access)}"
    else:
        said = f"only named people: {counted(seen.access)}, the program's own account among them"
    if seen.file.place.startswith("of-"):
        return f"{seen.file.called}, into which its responses also go: {said}"
    return said


def _list(context: ChapterContext) -> str:
    told, others = context.onlookers.told(), unlisted(context)
    programs, hooks = len(told.applications), len(told.webhooks)
    said = f"{amount(programs, 'application')} and {amount(hooks, 'webhook')} get data from it"
    strange = len(others.applications) + len(others.webhooks)
    return f"{said}; {strange} not listed in chapter.toml" if strange else said
