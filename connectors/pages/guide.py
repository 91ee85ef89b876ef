"""The endorsement guide that a chapter puts on its site: what it says, in one language (EN-13).

In the order of the chapter's own page: the endorsed with statements and links, the uncontested with
the reason why, the renewed, the ballot questions, and whose ballots show which. It says only what
the members decided; of a statement only one of whoever they endorsed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from connectors.pages.guide_parts import About, Entry, Guide, Link, Part, Said
from connectors.pages.words import Language, PageTexts, words
from models.contests.contest import Contest
from models.tally.outcome import Outcome, OutcomeKind
from models.text.folding import folded
from models.votes.guide import GuideStatement, GuideWords, NotEndorsed
from models.votes.reports import Section, is_meant, section_of


def guide(
    own: GuideWords,
    contests: Sequence[Contest],
    outcomes: Mapping[str, Outcome],
    about: About,
    language: Language = "en",
    *,
    cancelled: Sequence[Contest] = (),
    voided: Sequence[Contest] = (),
    without: Sequence[NotEndorsed] = (),
) -> Guide | None:
    """The guide of a counted vote; None where it endorsed nothing.

    Args:
        own: the chapter's own words.
        outcomes: by race.
        cancelled, voided: races of which a person said so (EN-R11): whatever was counted of them
            is no endorsement, and that is said.
        without: races of the cycle without an endorsement, each with its reason (EN-8).
    """
    off = {"cancelled": [*cancelled], "void": [*voided]}
    return _Guide(own, contests, outcomes, about, words(language), off, without).whole()


class _Guide:
    def __init__(
        self,
        own: GuideWords,
        contests: Sequence[Contest],
        outcomes: Mapping[str, Outcome],
        about: About,
        said: PageTexts,
        off: Mapping[str, list[Contest]],
        without: Sequence[NotEndorsed],
    ) -> None:
        self._own, self._outcomes, self._about, self._words = own, outcomes, about, said
        self._chapter = own.chapter or about.chapter
        self._in: dict[Section, list[Contest]] = {section: [] for section in Section}
        self._off, self._without = off, without
        gone = {contest.id for races in off.values() for contest in races}
        for contest in contests:
            if contest.id in gone:
                continue
            outcome = outcomes[contest.id]
            if section := section_of(contest, outcome):
                self._in[section].append(contest)
            elif outcome.kind is OutcomeKind.VOID:
                self._off["void"].append(contest)

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
            tuple(
                self._say(why, titles=self._titles(races))
                for why, races in self._off.items()
                if races
            ),
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
                entries=tuple(self._of_the_uncontested(uncontested)),
            )
        for contest in self._in[Section.RENEWED]:
            yield self._renewed(contest)
        if questions := self._in[Section.QUESTIONS]:
            yield Part(
                self._say("questions"),
                self._prose("questions"),
                entries=tuple(map(self._question, questions)),
                after=tuple(self._districts(questions)),
            )
        if against := self._in[Section.AGAINST]:
            yield Part(self._say("anti"), entries=tuple(map(self._against, against)))
        if self._without:
            yield Part(self._say("without"), entries=tuple(map(self._unendorsed, self._without)))

    def _usual_heading(self) -> Said:
        said = self._say("heading", year=self._about.year)
        return Said(said.text.replace("s’s ", "s’ "), said.language)  # JPP’s, Progressives’

    # One race

    def _endorsed(self, contest: Contest) -> Entry:
        found, name = self._statement(contest), self._name(contest)
        told = self._paragraphs(contest, found) or (self._say("endorsed_plain", name=name),)
        return Entry(self._named(contest, found), self._links(found), None, told)

    def _renewed(self, contest: Contest) -> Part:
        found, name = self._statement(contest), self._name(contest)
        told = self._paragraphs(contest, found) or (self._say("renewed", name=name),)
        entry = Entry(links=self._links(found), paragraphs=told)
        return Part(self._named(contest, found), entries=(entry,))

    def _named(self, contest: Contest, found: GuideStatement | None) -> Said:
        """A heading that says of whom the statement is, which need not name them."""
        title = self._title(contest).text
        return self._heading(found) or self._say("endorsed", name=self._name(contest), title=title)

    def _uncontested(self, contest: Contest) -> Said:
        name, title = self._name(contest), self._title(contest).text
        own = self._heading(self._statement(contest))
        return own or self._say("uncontested_name", name=name, title=title)

    def _of_the_uncontested(self, contests: Iterable[Contest]) -> Iterator[Entry]:
        """Below the list of all of them: those of whom the chapter says more."""
        for contest in contests:
            found = self._statement(contest)
            links, told = self._links(found), self._paragraphs(contest, found)
            if links or told:
                yield Entry(self._uncontested(contest), links, None, told)

    def _question(self, contest: Contest) -> Entry:
        found, title = self._statement(contest), self._title(contest).text
        lead = self._say("vote", answer=self._name(contest).upper(), title=title)
        told = self._paragraphs(contest, found)
        goes_on = bool(told) and bool(re.match(r"[,;:]|[a-záéíóúñ]", told[0].text))
        if not goes_on:
            lead = Said(f"{lead.text}.", lead.language)
        return Entry(self._heading(found), self._links(found), lead, told)

    def _against(self, contest: Contest) -> Entry:
        found, title = self._statement(contest), self._title(contest).text
        lead = self._say("anti_one", name=self._name(contest), title=title)
        told = self._paragraphs(contest, found)
        return Entry(self._heading(found), self._links(found), lead, told)

    def _unendorsed(self, one: NotEndorsed) -> Entry:
        title = self._of(one, "title")
        assert title is not None  # noqa: S101 - a race has a title
        why = _split(Said(one.reason, "en")) or (self._say(f"no.{one.why.replace(' ', '_')}"),)
        return Entry(lead=Said(f"{title.text}.", title.language), paragraphs=why)

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
