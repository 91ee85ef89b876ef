"""The endorsement guide that a chapter puts on its site: what it says, in one language (EN-13).

In the order of the chapter's own page: the endorsed with statements and links, the uncontested with
the reason why, the renewed, the ballot questions, and whose ballots show which. It says only what
the members decided; of a statement only one of whoever they endorsed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from connectors.pages.words import Language, Words, words
from models.contests import Contest, folded
from models.guide import GuideStatement, GuideWords
from models.reports import Section, is_meant, section_of
from models.tally.outcome import Outcome, OutcomeKind


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


def guide(
    own: GuideWords,
    contests: Sequence[Contest],
    outcomes: Mapping[str, Outcome],
    about: About,
    language: Language = "en",
    called_off: Sequence[Contest] = (),
) -> Guide | None:
    """The guide of a counted vote; None where it endorsed nothing.

    Args:
        own: the chapter's own words.
        outcomes: by race.
        called_off: races that were cancelled or voided by a person (EN-R11): whatever was counted
            of them is no endorsement, and that is said.
    """
    return _Guide(own, contests, outcomes, about, words(language), called_off).whole()


class _Guide:
    def __init__(
        self,
        own: GuideWords,
        contests: Sequence[Contest],
        outcomes: Mapping[str, Outcome],
        about: About,
        said: Words,
        called_off: Sequence[Contest],
    ) -> None:
        self._own, self._outcomes, self._about, self._words = own, outcomes, about, said
        self._chapter = own.chapter or about.chapter
        self._in: dict[Section, list[Contest]] = {section: [] for section in Section}
        self._void = [*called_off]
        off = {contest.id for contest in called_off}
        for contest in contests:
            if contest.id in off:
                continue
            outcome = outcomes[contest.id]
            if section := section_of(contest, outcome):
                self._in[section].append(contest)
            elif outcome.kind is OutcomeKind.VOID:
                self._void.append(contest)

    def whole(self) -> Guide | None:
        if not any(self._in.values()):
            return None
        title = self._of(self._own, "title") or self._of(self._about, "title")
        assert title is not None  # noqa: S101 - a vote has a title
        return Guide(
            self._words.language,
            title,
            self._prose("intro"),
            tuple(self._parts()),
            (self._say("void", titles=self._titles(self._void)),) if self._void else (),
        )

    def _parts(self) -> Iterator[Part]:
        """In the order of the chapter's page."""
        yield Part(
            self._of(self._own, "heading") or self._usual_heading(),
            self._prose("thanks") or (self._say("thanks"),),
            self._registration(),
            entries=tuple(map(self._endorsed, self._in[Section.ENDORSED])),
        )
        if uncontested := self._in[Section.RE_ENDORSED]:
            yield Part(
                self._say("uncontested", year=self._about.year),
                self._prose("uncontested") or (self._say("why"),),
                listed=tuple(map(self._uncontested, uncontested)),
            )
        for contest in self._in[Section.RENEWED]:
            found = self._statement(contest)
            yield Part(
                self._heading(found) or self._title(contest),
                self._paragraphs(contest, found)
                or (self._say("renewed", name=self._name(contest)),),
            )
        if questions := self._in[Section.QUESTIONS]:
            yield Part(
                self._say("questions"),
                self._prose("questions"),
                entries=tuple(map(self._question, questions)),
                after=tuple(self._districts(questions)),
            )
        if against := self._in[Section.AGAINST]:
            yield Part(self._say("anti"), listed=tuple(map(self._against, against)))

    def _usual_heading(self) -> Said:
        said = self._say("heading", year=self._about.year)
        return Said(said.text.replace("s’s ", "s’ "), said.language)  # JPP’s, Progressives’

    # One race

    def _endorsed(self, contest: Contest) -> Entry:
        found, name = self._statement(contest), self._name(contest)
        return Entry(
            self._heading(found)
            or self._say("endorsed", name=name, title=self._title(contest).text),
            self._links(found),
            None,
            self._paragraphs(contest, found) or (self._say("endorsed_plain", name=name),),
        )

    def _uncontested(self, contest: Contest) -> Said:
        name, title = self._name(contest), self._title(contest).text
        own = self._heading(self._statement(contest))
        return own or self._say("uncontested_name", name=name, title=title)

    def _question(self, contest: Contest) -> Entry:
        found, title = self._statement(contest), self._title(contest).text
        lead = self._say("vote", answer=self._name(contest).upper(), title=title)
        told = self._paragraphs(contest, found)
        goes_on = bool(told) and bool(re.match(r"[,;:]|[a-záéíóúñ]", told[0].text))
        if not goes_on:
            lead = Said(f"{lead.text}.", lead.language)
        return Entry(self._heading(found), self._links(found), lead, told)

    def _against(self, contest: Contest) -> Said:
        return self._say("anti_one", name=self._name(contest), title=self._title(contest).text)

    def _districts(self, questions: Iterable[Contest]) -> Iterator[Said]:
        """Whose ballots show the questions that are not on everybody's (EN-12)."""
        local: dict[tuple[str, ...], list[Contest]] = {}
        for contest in questions:
            if contest.districts:
                local.setdefault(contest.districts, []).append(contest)
        for theirs, seen in local.items():
            titles = self._titles(seen)
            yield self._say("sees", districts=self._called(theirs), questions=titles)
            others = [
                one.name for one in self._own.districts if self._spelled(one.name, theirs) is None
            ]
            if others:
                whom = self._of(self._own, "residents") or self._say("residents")
                yield self._say(
                    "sees_not",
                    residents=whom.text,
                    districts=self._called(others),
                    questions=titles,
                )

    @staticmethod
    def _spelled(name: str, districts: Iterable[str]) -> str | None:
        return next((one for one in districts if folded(one) == folded(name)), None)

    def _called(self, districts: Iterable[str]) -> str:
        told = []
        for name in districts:
            one = self._own.district(name)
            called = (self._words.language == "es" and one.called_es) or one.called or one.name
            who = one.represented_by
            told.append(self._say("represented", district=called, who=who).text if who else called)
        return self._words.listed(told)

    # Words

    def _registration(self) -> Link | None:
        if not self._own.registration:
            return None
        return Link(self._of(self._own, "join") or self._say("join"), self._own.registration)

    def _statement(self, contest: Contest) -> GuideStatement | None:
        """What the chapter prepared for what won; what it prepared for others stays unsaid."""
        return self._own.statement_of(contest.id, self._outcomes[contest.id].choices[0])

    def _paragraphs(self, contest: Contest, found: GuideStatement | None) -> tuple[Said, ...]:
        own = self._of(found, "statement") if found else None
        if own is None and is_meant(contest, self._outcomes[contest.id]):
            own = self._of(contest, "statement")
        return _split(own)

    def _heading(self, found: GuideStatement | None) -> Said | None:
        return self._of(found, "heading") if found else None

    def _links(self, found: GuideStatement | None) -> tuple[Link, ...]:
        links = found.links if found else ()
        return tuple(Link(self._of(one, "text") or Said(one.text, "en"), one.url) for one in links)

    def _name(self, contest: Contest) -> str:
        won = self._outcomes[contest.id].choices[0]
        return self._words.names(contest).get(won, won)

    def _title(self, contest: Contest) -> Said:
        title = self._of(contest, "title")
        assert title is not None  # noqa: S101 - a race has a title
        return title

    def _titles(self, contests: Iterable[Contest]) -> str:
        return self._words.listed([self._title(contest).text for contest in contests])

    def _prose(self, key: str) -> tuple[Said, ...]:
        return _split(self._of(self._own, key))

    def _of(self, whose: object, key: str) -> Said | None:
        """A text of somebody's in the guide's language, or in English; None if there is none."""
        language = self._words.language
        if language != "en" and (said := getattr(whose, f"{key}_{language}", "")):
            return Said(said.strip(), language)
        said = getattr(whose, key)
        return Said(said.strip(), "en") if said.strip() else None

    def _say(self, key: str, **facts: object) -> Said:
        fields = {"chapter": self._chapter} | facts
        return Said(self._words.say(f"guide.{key}", **fields), self._words.language)


def _split(prose: Said | None) -> tuple[Said, ...]:
    """Its paragraphs; a line's end within one is a space."""
    if prose is None:
        return ()
    parts = (" ".join(part.split("\n")) for part in re.split(r"\n\s*\n", prose.text))
    return tuple(Said(part.strip(), prose.language) for part in parts if part.strip())
