"""The page of a vote that was cancelled: that it was, why and by whom, and that nobody counted."""

from collections.abc import Sequence
from datetime import date

from connectors.pages.files import election_file
from connectors.pages.render import render
from connectors.pages.report import Remark
from connectors.pages.words import LANGUAGES, Language, other_language, words


def cancelled_page(
    *,
    title: str,
    chapter: str,
    opened: date,
    cancelled: date,
    by: str,
    reason: Remark,
    title_language: Language = "en",
    language: Language = "en",
    languages: Sequence[Language] = LANGUAGES,
    invented: bool = False,
) -> str:
    """The page as an HTML file, `election_file(language)` by name (EN-R11).

    Args:
        opened, cancelled: the days on the chapter's clock.
        by: the officer who decided it, as the record names them.
        reason: a sentence, and the officer's own words.
    """
    said = words(language)
    told = {"chapter": chapter, "opened": said.day(opened), "cancelled": said.day(cancelled)}
    return render(
        "cancelled.html",
        language=language,
        other=election_file(other_language(language)) if len(languages) > 1 else "",
        title=title,
        title_language=title_language,
        held=said.say("cancelled.held", by=by, **told),
        reason=reason,
        invented=invented,
    )
