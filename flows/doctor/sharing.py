"""What doctor finds of who can open the chapter's files, and of its mailing list (DP-7)."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from connectors.google import MayNotShare
from connectors.settings import Chapter
from flows.alerts.form_words import ONE_ORGANISATION, OPEN_FOR_ALL
from flows.alerts.sharing_words import (
    ACCEPT_PEOPLE,
    APPLICATION,
    UNTOLD,
    WEBHOOK,
    close,
    counted,
    opened_to,
)
from flows.context import ChapterContext
from flows.doctor.checks import Look
from flows.sharing.look import File, Sharing, files, look_at, unlisted
from models.errors import FixTheSettings
from models.mail.sharing import Access, Reach


def who_can_open(context: ChapterContext) -> Iterator[Look]:
    """Each workbook and form, with those that hold ballots."""
    for file in files(context):
        yield f"{file.called}: who can open it", partial(_file, context, file)


def who_is_told(context: ChapterContext) -> Iterator[Look]:
    """What else is told of the mailing list."""
    yield "webhooks and applications", partial(_list, context)


def _file(context: ChapterContext, file: File) -> str:
    said = [_said(context, seen) for seen in look_at(context, file)]
    return "; ".join(said) or "deleted; the election is over"


def _said(context: ChapterContext, seen: Sharing) -> str:
    """Of one file; of the workbook with a form's answers, under its own name."""
    access, file = seen.access, seen.file
    where = f"{file.called}, into which its responses also go" if file.place[:3] == "of-" else ""
    if access is None:
        return _named(where, _untold(context, file))
    if access.is_open:
        fact = f"open to {opened_to(access)}"
        raise FixTheSettings(fact, where=where, rule="DP-7", next_step=close(access))
    if beyond := context.chapter.sharing.beyond(access):
        raise FixTheSettings(
            f"{counted(access)}: {beyond} more than chapter.toml [sharing] allows",
            where=where,
            rule="DP-7",
            next_step=ACCEPT_PEOPLE,
        )
    if file.is_answered and access.answers is Reach.ORGANISATION:
        raise FixTheSettings(
            ONE_ORGANISATION,
            next_step=OPEN_FOR_ALL,
        )
    return _named(
        where, f"only named people: {counted(access)}{_unjudged(context.chapter, access)}"
    )


def _named(where: str, said: str) -> str:
    return f"{where}: {said}" if where else said


def _untold(context: ChapterContext, file: File) -> str:
    """Pass what Google does not show: the review tab's own check fails if it cannot be written."""
    if any(book.id == file.id and book.review for book in context.chapter.workbooks):
        with suppress(MayNotShare):
            context.drive.access(file.id)  # says in its own words what else is wrong
    return UNTOLD


def _unjudged(chapter: Chapter, access: Access) -> str:
    """How a chapter has itself told of more."""
    accepted = chapter.sharing
    if accepted.editors is not None and accepted.viewers is not None:
        return ""
    return (
        f"; to alert the officers when there are more, add editors = {access.editors} and viewers "
        f"= {access.viewers} under [sharing] in chapter.toml"
    )


def _list(context: ChapterContext) -> str:
    others = unlisted(context)
    wrong = [f"a webhook to {host}" for host in others.webhooks]
    wrong += [f"the application “{name}”" for name in others.applications]
    if wrong:
        steps = [WEBHOOK] * bool(others.webhooks) + [APPLICATION] * bool(others.applications)
        raise FixTheSettings(
            f"can see the mailing list but not listed in chapter.toml: {', '.join(wrong)}",
            rule="DP-7",
            next_step="; ".join(steps),
        )
    return "only those listed in chapter.toml"
