"""The ballot form of a vote: what it asks, and building it in a chapter's empty form."""

from typing import NamedTuple

from connectors import pages
from flows.context import ChapterContext
from models.ballots.form import Item, items_of
from models.ballots.form_texts import CONFIDENTIAL
from models.errors import FixTheSettings
from models.votes.election import Election


def build_form(context: ChapterContext, election: Election) -> None:
    """Fill in the chapter's empty form with what the contests ask.

    Raises:
        FixTheSettings: the election reads a tab, or the form is not empty.
    """
    source = election.ballots
    if not source.form:
        raise FixTheSettings(
            "the ballots come from a tab, not from a form",
            where="election.toml [ballots]",
            next_step="set a form, or build the form yourself and run `clerk election form NAME`",
        )
    asks = form_of(context, election)
    with context.form_builder() as builder:
        builder.build(source.form, asks.items, asks.title, asks.about)


class FormText(NamedTuple):
    """A ballot form as the program builds it."""

    title: str
    about: str
    items: tuple[Item, ...]


def form_of(context: ChapterContext, election: Election) -> FormText:
    """What the ballot form of a vote says and asks."""
    edition, languages = context.counting_of(election), context.chapter.languages
    about = "\n\n".join(CONFIDENTIAL[language] for language in languages)
    also = [pages.words(language) for language in languages if language != "en"]
    items = items_of(election.contests, election.ballots.code_question, edition, also)
    return FormText(election.titles(languages), about, items)
