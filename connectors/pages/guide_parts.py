"""What an endorsement guide is made of, in one language: its parts, entries, texts (EN-13)."""

from dataclasses import dataclass

from connectors.pages.words import Language


@dataclass(frozen=True, slots=True)
class Said:
    """A text, in the guide's language or in English where it was not translated."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Link:
    """A link, by what it is called."""

    label: Said
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One endorsement. `heading` or `lead` is None where there is none.

    `lead` is what the first paragraph begins with, and stands out.
    """

    heading: Said | None = None
    links: tuple[Link, ...] = ()
    lead: Said | None = None
    paragraphs: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part under its heading: paragraphs, a list, endorsements, paragraphs."""

    heading: Said
    paragraphs: tuple[Said, ...] = ()
    link: Link | None = None
    listed: tuple[Said, ...] = ()
    entries: tuple[Entry, ...] = ()
    after: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole guide, in one language."""

    language: Language
    title: Said
    intro: tuple[Said, ...]
    parts: tuple[Part, ...]
    after: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """Whose guide it is, and of which vote."""

    chapter: str
    title: str
    title_es: str
    year: int
