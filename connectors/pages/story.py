"""A result told in sentences: how it ended, round by round, and what else must be said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from connectors.pages import withheld
from connectors.pages.report import RaceReport
from connectors.pages.words import PageTexts, key_of
from models.bylaws.tally_rules import Setting, StopLine, Threshold, TieRule
from models.contests.contest import UNDECLARED, Advisory, Contest, UpOrDown
from models.tally.outcome import (
    Interpretation,
    Note,
    NoteKind,
    Outcome,
    OutcomeKind,
    Round,
    RuleUsed,
    Tie,
)

_ARTICLE: Final = re.compile(r"^(The|An?|El|La|Los|Las)(?= )")


@dataclass(frozen=True, slots=True)
class Story:
    """One race in one language, for the public or for the tellers."""

    report: RaceReport
    words: PageTexts
    tellers: bool = False

    @property
    def title(self) -> str:
        return self.words.title(self.report.contest)

    @property
    def title_language(self) -> str:
        """The language that the title is in."""
        return self.words.title_language(self.report.contest)

    @property
    def names(self) -> dict[str, str]:
        """Each choice in this language; a subject of a yes-or-no vote is no choice."""
        return self.words.names(self.report.contest)

    @property
    def bar(self) -> Threshold:
        return self.report.result.bar

    @property
    def has_bar(self) -> bool:
        """Whether anything is decided by it; by an advisory vote nothing is (SC-7)."""
        return not isinstance(self.report.contest, Advisory)

    @property
    def line(self) -> Fraction:
        """Where the bar stands, as a part of the base."""
        return Fraction(self.bar.numerator, self.bar.denominator)

    @property
    def stop_line(self) -> str | None:
        """What is never eliminated (EN-R2), None where nobody or everybody can be."""
        result = self.report.result
        ruled = any(
            rule.setting is Setting.STOP_LINE and rule.value is StopLine.STOP_LINE
            for rule in result.rules
        )
        return result.stop_line if ruled else None

    @property
    def rules(self) -> list[RuleUsed]:
        """The rules that had something to rule on."""
        result = self.report.result
        return [
            rule
            for rule in result.rules
            if result.stop_line or rule.setting is not Setting.STOP_LINE
        ]

    @property
    def headline(self) -> str:
        """How it ended, in one sentence (EN-R4); or that the committee voided it (EN-R11)."""
        if self.report.overruled:
            return self.words.say("overruled.headline")
        return self.ended("headline", self.report.result.outcome)

    @property
    def counted(self) -> str:
        """What a voided race came to all the same; "" of any other."""
        if not self.report.overruled:
            return ""
        ended = self.ended("headline", self.report.result.outcome)
        return self.words.say("overruled.counted", ended=ended)

    def ended(self, style: str, outcome: Outcome) -> str:
        """An outcome as a "headline" or as a few words ("brief")."""
        bar = self.words.bar(self.bar)
        return ended(self.words, self.report.contest, outcome, style=style, bar=bar)

    def named(self, choices: tuple[str, ...]) -> str:
        """Choices as a list of names."""
        return self.words.listed([self.names.get(choice, choice) for choice in choices])

    @property
    def deciding(self) -> Round:
        """The round that decided: the first with somebody over the bar, else the last."""
        rounds = self.report.result.rounds
        return next((one for one in rounds if one.elected), rounds[-1])

    @property
    def has_votes(self) -> bool:
        """Whether there is something to show: a mark that counts (EN-R12), and a count (EN-R11)."""
        nothing = (OutcomeKind.NOBODY_VOTED, OutcomeKind.VOID)
        return self.report.result.outcome.kind not in nothing

    @property
    def lead(self) -> str:
        """Who has how many, that they are withheld (BA-6), or why there are none (EN-R11)."""
        if void := self.report.result.void:
            return self.words.say(f"void.{key_of(void.why)}")
        if withheld.hides_race(self.report, tellers=self.tellers):
            return self.left_out
        one = self.deciding
        if not self.has_votes or not one.base:
            return self.words.say("detail.nothing")
        return " ".join(self._leading(one, choice) for choice in self._leaders(one))

    @property
    def withdrawn(self) -> str:
        """Who withdrew, and what a ballot for them became (EN-R11); "" if nobody did."""
        gone = self.report.result.excluded
        ranked = self.report.contest.kind in ("ranked", "ratify-or-prefer")
        key = "withdrawn.ranked" if ranked else "withdrawn.one"
        return self.words.say(key, names=self.named(gone)) if gone else ""

    @property
    def left_out(self) -> str:
        """What this page does not show, and why, in one sentence; "" where it shows everything."""
        return self.words.left_out(withheld.of_race(self.report, tellers=self.tellers))

    @property
    def hides_bar(self) -> bool:
        """Whether the base, the bar in votes and the percentages are withheld (BA-6)."""
        return withheld.hides_bar(self.report, tellers=self.tellers)

    @property
    def needed(self) -> str:
        """The bar in votes, "" where the lead says that there are none to show, or withheld."""
        one, rounds = self.deciding, self.report.result.rounds
        if (
            not self.has_bar
            or not self.has_votes
            or not one.base
            or withheld.hides_race(self.report, tellers=self.tellers)
            or self.hides_bar
        ):
            return ""
        said = self.words.say(
            "detail.bar",
            bar=self.words.bar(self.bar),
            fewest=self.words.count(one.threshold, "votes"),
            base=self.base(one),
        )
        decided = self.words.say("detail.round", number=one.number)
        return f"{said} {decided}" if len(rounds) > 1 else said

    def _leaders(self, one: Round) -> tuple[str, ...]:
        top = max(one.tally.values())
        most = tuple(name for name, votes in one.tally.items() if votes == top)
        return one.elected or (most[:1] if self.has_bar else most)

    def _leading(self, one: Round, choice: str) -> str:
        key = "detail.won" if one.elected else "detail.most"
        return self.words.say(
            f"{key}_plain" if self.hides_bar else key,
            names=self.named((choice,)),
            votes=self.words.count(one.tally[choice], "votes"),
            percent=self.words.percent(one.share(choice), self.line),
        )

    def base(self, one: Round) -> str:
        """What the percentage is taken of, with its number (EN-R1)."""
        return self.words.base(self.report.result.base, one.base)

    def of_round(self, one: Round) -> str:
        """What a round leads to."""
        said = []
        if one.elected and len(self.report.result.rounds) > 1:
            said.append(self.words.say("round.over", names=self.named(one.elected)))
        if one.eliminated:
            key = "out" if len(one.eliminated) == 1 else "out_several"
            key = "out_tied" if one.ties else key
            key = "out_write_ins" if self._write_ins_go(one) else key
            said.append(self.words.say(f"round.{key}", names=self.named(one.eliminated)))
        if not one.elected and not one.eliminated and len(self.report.result.rounds) > 1:
            said.append(self.words.say("round.end", bar=self.words.bar(self.bar)))
        return " ".join(said)

    def _write_ins_go(self, one: Round) -> bool:
        """Whether undeclared names leave as the rules have it, with however many votes."""
        return one.eliminated == (UNDECLARED,) and one.tally[UNDECLARED] > 0

    def of_tie(self, tie: Tie) -> Iterator[str]:
        """A tie, how it was settled, and what each way gives (EN-R5)."""
        question = "tie.win" if tie.for_election else "tie.leave"
        yield self.words.say(question, names=self.named(tie.tied), round=tie.round)
        if tie.picked is None or tie.settled_by is None:
            yield self.words.say("tie.open")
            branches = {} if self.hides_bar else tie.branches
            for picked, outcome in branches.items():
                yield self.words.say(
                    "tie.branch", name=self.named((picked,)), ends=self.ended("brief", outcome)
                )
        else:
            settled = f"tie.settled.{key_of(tie.settled_by)}"
            yield self.words.say(settled, name=self.named((tie.picked,)), how=tie.explanation)

    @property
    def by_decision(self) -> bool:
        """Whether a tie was settled by somebody's decision, and the page may tell of it (EN-R5)."""
        hidden = withheld.hides_race(self.report, tellers=self.tellers)
        settled = (tie.settled_by for tie in self.report.result.ties)
        return not hidden and TieRule.DECISION in settled

    @property
    def notes(self) -> list[str]:
        """What must be said beside the numbers; that nobody voted stands in the headline."""
        return [
            self.of_note(note)
            for note in withheld.notes(self.report, tellers=self.tellers)
            if note.kind is not NoteKind.NO_BALLOTS
        ]

    def of_note(self, note: Note) -> str:
        """One note, with its rule."""
        said = self.words.say(
            f"note.{note.kind.name.lower()}", about=self.names.get(note.about, note.about)
        )
        return f"{said} ({note.rule})"

    def told(self, rule: RuleUsed | Interpretation) -> str:
        """A setting and its value."""
        return f"{self.words.setting(rule.setting)}: {self.words.value(rule.setting, rule.value)}"

    @property
    def readings(self) -> list[str]:
        """Say which other interpretations of a rule would have ended otherwise, or that none."""
        found = [reading for reading in self.other_readings if reading.differs]
        if not found and not withheld.hides_readings(self.report, tellers=self.tellers):
            return [self.words.say("readings.same")]
        return [self.of_reading(reading) for reading in found]

    @property
    def other_readings(self) -> tuple[Interpretation, ...]:
        """The other readings whose outcome this page may show (BA-6)."""
        return withheld.readings(self.report, tellers=self.tellers)

    @property
    def reading_matters(self) -> bool:
        """Whether one of them would have ended otherwise."""
        return any(reading.differs for reading in self.other_readings)

    def of_reading(self, reading: Interpretation) -> str:
        """One that would have."""
        return self.words.say(
            "readings.differ",
            rule=reading.rule,
            setting=self.told(reading),
            ends=self.ended("brief", reading.outcome),
        )


def ended(
    said: PageTexts, contest: Contest, outcome: Outcome, *, style: str = "brief", bar: str = ""
) -> str:
    """How a contest ended: as a "headline", which names the bar, or as a few words ("brief")."""
    names, key = said.names(contest), outcome.kind.name.lower()
    flavoured = f"{style}.{flavour_of(contest)}.{key}"
    listed = said.listed([names.get(choice, choice) for choice in outcome.choices])
    if isinstance(contest, UpOrDown) and contest.confirms:  # a thing, no name: "the slate of five"
        listed = _ARTICLE.sub(lambda found: found[0].lower(), listed)
    return said.say(
        flavoured if said.has(flavoured) else f"{style}.any.{key}",
        names=listed,
        bar=bar,
    )


def flavour_of(contest: Contest) -> str:
    """Which words an outcome takes: an endorsement is not a confirmation."""
    if contest.rules == "public":
        return "public"
    if isinstance(contest, UpOrDown):
        plain = contest.purpose in ("abbreviated", "re-endorsement")
        return "subject" if plain else contest.purpose
    return contest.kind
