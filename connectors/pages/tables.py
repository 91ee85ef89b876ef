"""The numbers of a race as tables: the rounds, and every box that must add up (BA-2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from connectors.pages import charts, withheld
from connectors.pages.report import ElectionSums
from connectors.pages.story import Story
from connectors.pages.words import PageTexts, key_of
from models.tally.outcome import Round
from models.votes.withheld import causes

ROUNDS_ACROSS = 4
"""Rounds that fit side by side on a phone and on paper; more of them make another table."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One choice in one round; `votes` is "" once it is gone."""

    votes: str
    percent: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class RoundsTable:
    """Up to four rounds: a line a choice, then the numbers of the round itself."""

    caption: str
    heads: tuple[str, ...]
    choices: tuple[tuple[str, tuple[Cell, ...]], ...]
    totals: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts with their names, and the whole that they make (None where it is withheld)."""

    caption: str
    parts: tuple[tuple[str, str], ...]
    whole: tuple[str, str] | None


def rounds_tables(story: Story) -> Iterator[RoundsTable]:
    """All rounds, a few at a time."""
    rounds = story.report.result.rounds
    for start in range(0, len(rounds), ROUNDS_ACROSS):
        yield _rounds_table(story, rounds[start : start + ROUNDS_ACROSS])


def _rounds_table(story: Story, rounds: Sequence[Round]) -> RoundsTable:
    say, number = story.words.say, story.words.number
    result = story.report.result
    several = len(result.rounds) > 1
    key = ("caption_rounds" if len(rounds) > 1 else "caption_round") if several else "caption_only"
    totals = []
    if not story.hides_bar:
        totals.append((say("table.base"), tuple(number(one.base) for one in rounds)))
    if story.has_bar and not story.hides_bar:
        totals.append((say("table.needed"), tuple(number(one.threshold) for one in rounds)))
    if any(ended(one) for one in result.rounds):
        totals.append((say("table.inactive"), tuple(number(ended(one)) for one in rounds)))
    return RoundsTable(
        caption=say(f"table.{key}", first=rounds[0].number, last=rounds[-1].number),
        heads=tuple(
            say("table.round", number=one.number) if several else say("table.votes")
            for one in rounds
        ),
        choices=tuple(
            (story.names[choice], tuple(_cell(story, one, choice) for one in rounds))
            for choice in result.choices
            if any(choice in one.tally for one in rounds)
        ),
        totals=tuple(totals),
    )


def _cell(story: Story, one: Round, choice: str) -> Cell:
    if choice not in one.tally:
        return Cell("")
    part = charts.share(story, one, choice)
    percent = "" if part is None else story.words.percent(part, story.line)
    how = charts.state(story, one, choice)
    return Cell(story.words.number(one.tally[choice]), percent, how)


def ended(one: Round) -> int:
    """Marked ballots that stand with no choice in a round."""
    return one.inactive.total - one.inactive.undervotes


def race_sums(story: Story) -> Sum:
    """Say that counted + blank + unreadable = ballots (BA-2)."""
    say, number, sums = story.words.say, story.words.number, story.report.result.sums
    if withheld.hides_ballots(story.report, tellers=story.tellers):
        marked = ((say("sums.counted"), number(sums.counted)),)
        return Sum(say("sums.caption"), marked, None)
    if withheld.joins_blank_and_unreadable(story.report, tellers=story.tellers):
        parts = {"counted": sums.counted, "unmarked": sums.blank + sums.unreadable}
    else:
        parts = {"counted": sums.counted, "blank": sums.blank, "unreadable": sums.unreadable}
    return Sum(
        say("sums.caption"),
        tuple((say(f"sums.{name}"), number(votes)) for name, votes in parts.items()),
        (say("sums.ballots"), number(sums.ballots)),
    )


def inactive_sums(story: Story) -> Sum | None:
    """Why ballots ended without a choice, at the end of the count; None if none did, or withheld.

    How many did stands in the table of the rounds.
    """
    last = story.report.result.rounds[-1]
    if not ended(last) or withheld.hides_causes(story.report, tellers=story.tellers):
        return None
    found = {f"inactive.{cause}": number for cause, number in causes(last.inactive).items()}
    return _broken_down(story.words, "inactive", found, ended(last))


def election_sums(words: PageTexts, sums: ElectionSums) -> Sum:
    """Say that counted + replaced + rejected = received (BA-2), however small."""
    boxes = {
        "counted": sums.counted,
        "superseded": sums.superseded,
        "set_aside": sums.all_set_aside,
    }
    return Sum(
        words.say("election.sums_caption"),
        tuple((words.say(f"election.{box}"), words.number(rows)) for box, rows in boxes.items()),
        (words.say("election.received"), words.number(sums.received)),
    )


def reason_sums(words: PageTexts, sums: ElectionSums, *, tellers: bool) -> Sum | None:
    """Why rows were set aside; None if none were, or if it is withheld."""
    if not sums.all_set_aside or withheld.hides_reasons(sums, tellers=tellers):
        return None
    found = {f"reason.{key_of(why)}": number for why, number in sums.set_aside.items()}
    return _broken_down(words, "reasons", found, sums.all_set_aside)


def _broken_down(words: PageTexts, of: str, cells: Mapping[str, int], whole: int) -> Sum:
    """A breakdown and what its cells add up to."""
    parts = tuple(
        (words.say(name), words.number(number)) for name, number in cells.items() if number
    )
    return Sum(words.say(f"{of}.caption"), parts, (words.say(f"{of}.total"), words.number(whole)))
