"""What officers are told of who can open what: once, and once that it is over (DP-7).

It is looked at beside the night and never stops it. Of what could not be looked at tonight, or
cannot be seen any more, what was known stands: unknown is not closed.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256

from connectors.google import NotLetIn
from connectors.ledger import Ledger
from connectors.settings import Chapter
from flows.alerts.nights import Ended
from flows.context import ChapterContext
from flows.sharing.look import File, Sharing, files, look_at, unlisted
from models.errors import FixTheSettings, TryAgainLater, describe
from models.mail.alerts import SHARING, Alert, AlertKind

LIST = "mailing-list"
LIST_KINDS = (AlertKind.UNLISTED_WEBHOOK, AlertKind.UNLISTED_APPLICATION)


def with_sharing(context: ChapterContext, ended: Ended, tell: Callable[[str], None]) -> Ended:
    """What a night's end tells the officers, and who can open what beside it.

    Args:
        tell: is told what could not be looked at: a line for the log.
    """
    found, kinds = ended
    return [*found, *_files(context, tell), *_list(context, tell)], {*kinds, *SHARING}


def _files(context: ChapterContext, tell: Callable[[str], None]) -> list[Alert]:
    """Of each file; a service that lets nobody in, or does not answer, is asked no further."""
    found: list[Alert] = []
    wanted = list(files(context))
    unseen = 0
    left = {place for file in wanted for place in (file.place, f"of-{file.place}")}
    for file in wanted:
        try:
            seen = look_at(context, file)
        except Exception as fault:  # noqa: BLE001 - an alert never stops the work it is about
            tell(_could_not("who can open the chapter's files", fault))
            if isinstance(fault, TryAgainLater | NotLetIn):
                break
            continue
        left -= {file.place, f"of-{file.place}"} - set(_hidden(file, seen))
        unseen += sum(one.access is None for one in seen)
        found += [alert for one in seen for alert in alerts_of(context.chapter, one)]
    if unseen:
        tell(f"the program cannot check who can open {unseen} of the spreadsheets and forms")
    return [
        *found,
        *(one for one in _known(context.ledger) if one.place in left and one not in found),
    ]


def _hidden(file: File, seen: list[Sharing]) -> Iterator[str]:
    """The places of which is known tonight what was known before, and no more."""
    yield from (one.file.place for one in seen if one.access is None)
    if not seen or any(one.hides_link for one in seen):  # a form that is gone leaves its workbook
        yield f"of-{file.place}"


def _list(context: ChapterContext, tell: Callable[[str], None]) -> list[Alert]:
    try:
        others = unlisted(context)
    except Exception as fault:  # noqa: BLE001 - as above
        tell(_could_not("who else receives changes of the mailing list", fault))
        known = [
            one for one in _known(context.ledger) if one.kind in LIST_KINDS or one.place == LIST
        ]
        unseen = Alert(kind=AlertKind.SHARING_UNSEEN, place=LIST)
        lasting = isinstance(fault, FixTheSettings) and unseen not in known
        return [*known, *([unseen] if lasting else [])]
    named = zip(LIST_KINDS, (others.webhooks, others.applications), strict=True)
    return [
        Alert(kind=kind, place=f"{kind.value.partition('-')[2]}-{_mark(name)}")
        for kind, names in named
        for name in names
    ]


def alerts_of(chapter: Chapter, seen: Sharing) -> Iterator[Alert]:
    """What officers are told of one file: counts alone."""
    place, access = seen.file.place, seen.access
    if access is None:
        yield Alert(kind=AlertKind.SHARING_UNSEEN, place=place)
        return
    if access.is_open:
        so = {
            "editing": access.open_for_editing,
            "published": access.published,
            str(access.open_to): access.open_to is not None,
        }
        counts = {name: 1 for name, is_so in so.items() if is_so}
        yield Alert(kind=AlertKind.OPEN_TO_OTHERS, place=place, counts=counts)
    if beyond := chapter.sharing.beyond(access):
        counts = {"editors": access.editors, "viewers": access.viewers, "beyond": beyond}
        yield Alert(kind=AlertKind.MORE_PEOPLE, place=place, counts=counts)


def _known(ledger: Ledger) -> list[Alert]:
    """What was so when it was last looked at."""
    return [one.alert for one in ledger.alerts.still_so() if one.alert.kind in SHARING]


def _mark(name: str) -> str:
    """Six letters that stand for a host or an application: alerts have no place for a name."""
    return "".join(chr(ord("a") + byte % 26) for byte in sha256(name.encode()).digest()[:6])


def _could_not(what: str, fault: Exception) -> str:
    said = describe(fault)
    return f"the program could not check {what}: {said}"
