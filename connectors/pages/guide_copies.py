"""The guide as files: an HTML page, and Markdown for sites that have pages of their own.

Both say the same. Markdown has no way to mark a language: what was not translated says so.
"""

import re
from collections.abc import Iterator, Sequence

from connectors.pages.guide_parts import Entry, Guide, Link, Part, Said
from connectors.pages.render import render
from connectors.pages.words import LANGUAGES, Language, PageTexts, other_language, words

_MARKS = re.compile(r"[\\`*_\[\]<]")
"""What Markdown reads as markup anywhere, and below at the start of a line."""
_STARTS = re.compile(r"^(?:[-+>#]|\d+(?=[.)]\s))")


def guide_file(language: Language, kind: str = "html") -> str:
    """index.html, index.es.html, guide.md, guide.es.md."""
    name = "index" if kind == "html" else "guide"
    return f"{name}.{kind}" if language == "en" else f"{name}.{language}.{kind}"


def guide_page(
    told: Guide,
    *,
    results: str = "",
    languages: Sequence[Language] = LANGUAGES,
    invented: bool = False,
) -> str:
    """The guide as an HTML file, `guide_file(language)` by name.

    Args:
        results: the address of the result's pages, "" for no link.
        languages: those that the chapter has pages in.
        invented: its votes are a stand-in's: the page must not be taken for an endorsement.
    """
    other = other_language(told.language)
    return render(
        "guide.html",
        language=told.language,
        other=guide_file(other) if other in languages else "",
        guide=told,
        results=results,
        invented=invented,
    )


def guide_markdown(told: Guide, *, results: str = "", invented: bool = False) -> str:
    """The guide as Markdown, `guide_file(language, "md")` by name."""
    return "\n\n".join(_Markdown(words(told.language)).blocks(told, results, invented)) + "\n"


class _Markdown:
    def __init__(self, said: PageTexts) -> None:
        self._words = said

    def blocks(self, told: Guide, results: str, invented: bool) -> Iterator[str]:
        if invented:
            yield f"**{_plain(self._words.say('page.invented'))}**"
        yield f"# {self._said(told.title)}"
        yield from map(self._said, told.intro)
        for part in told.parts:
            yield from self._part(part)
        yield from map(self._said, told.after)
        if results and told.after:
            yield _plain(self._words.say("guide.why_not"))
        if results:
            yield f"[{_plain(self._words.say('guide.results'))}]({results})"

    def _part(self, part: Part) -> Iterator[str]:
        yield f"## {self._said(part.heading)}"
        paragraphs = [*map(self._said, part.paragraphs)]
        if part.link:
            paragraphs[-1:] = [" ".join([*paragraphs[-1:], self._link(part.link)])]
        yield from paragraphs
        if part.listed:
            yield "\n".join(f"- {self._said(one)}" for one in part.listed)
        for entry in part.entries:
            yield from self._entry(entry)
        yield from map(self._said, part.after)

    def _entry(self, entry: Entry) -> Iterator[str]:
        if entry.heading:
            yield f"### {self._said(entry.heading)}"
        if entry.links:
            yield self._words.listed([self._link(one) for one in entry.links])
        first, *rest = entry.paragraphs or (None,)
        if entry.lead:
            lead = f"**{self._said(entry.lead)}**"
            yield f"{lead}{_joint(first)}{self._said(first)}" if first else lead
        elif first:
            yield self._said(first)
        yield from (self._said(one) for one in rest if one)

    def _link(self, one: Link) -> str:
        return f"[{self._said(one.label)}]({one.url})"

    def _said(self, one: Said) -> str:
        foreign = one.language != self._words.language
        return _plain((self._words.say("guide.untranslated") if foreign else "") + one.text)


def _joint(told: Said) -> str:
    """A sentence that goes on with a comma goes on at once."""
    return "" if told.text[0] in ",;:" else " "


def _plain(text: str) -> str:
    """A text of somebody's that is no markup."""
    marked = _MARKS.sub(lambda found: f"\\{found[0]}", text)
    if start := _STARTS.match(marked):
        place = start.end() if start[0].isdigit() else 0  # "1\\. " and "\\- "
        return f"{marked[:place]}\\{marked[place:]}"
    return marked
