"""Where everything stands in a chart of one round; `templates/chart.svg` draws it.

Lengths down are rem and lengths across are percent of the chart, so that a bar always fills its
part of the width while text keeps the reader's own size, on a phone and on paper.
"""

import textwrap
from dataclasses import dataclass
from fractions import Fraction

from connectors.pages.story import Story
from models.bylaws.tally_rules import CommitteeBase
from models.tally.outcome import Round

HEAD = 1.7
"""Room above the first row, for the name of the bar to pass."""

TEXT, BAR, GAP = 1.35, 1.0, 0.7
"""A line of text, a bar, and the room below it."""

NAME_WIDTH = 16
"""Letters of a name that fit beside its votes on the smallest phone, in bold and in a wide font."""


@dataclass(frozen=True, slots=True)
class Row:
    """One choice. `width` is its part of the base in percent, None where a part means nothing."""

    lines: tuple[tuple[float, str], ...]
    votes: str
    percent: str
    state: str  # over · out · stop_line · standing
    y: float
    line_y: float
    width: float | None
    says: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One round.

    `line` is where the threshold is, in percent of the width. It is None where no choice's part of
    the base may be shown (BA-6).
    """

    id: str
    title: str
    desc: str
    story: str
    line: float | None
    line_says: str
    height: float
    rows: tuple[Row, ...]


def charts(story: Story) -> list[Chart]:
    """All rounds of a race, in order."""
    return [chart(story, one) for one in story.report.result.rounds]


def chart(story: Story, one: Round) -> Chart:
    """One round."""
    say, rounds = story.words.say, story.report.result.rounds
    title = say("round.title", number=one.number, rounds=len(rounds))
    part = story.words.part(story.line)
    rows, y = [], HEAD
    for choice in one.tally:
        rows.append(_row(story, one, choice, y))
        y = rows[-1].y + BAR + GAP
    return Chart(
        id=f"round-{one.number}",
        title=title if len(rounds) > 1 else say("round.only"),
        desc=" ".join([*_parts_of(story, one, part), *(row.says for row in rows)]),
        story=story.of_round(one),
        line=_percent(story.line) if story.has_bar and not story.hides_bar else None,
        line_says=say("round.bar", part=part),
        height=round(y, 2),
        rows=tuple(rows),
    )


def _parts_of(story: Story, one: Round, part: str) -> list[str]:
    """What the bars are parts of; nothing where there are none."""
    if story.hides_bar or not story.has_bar:
        return []
    return [story.words.say("round.desc", base=story.base(one), part=part)]


def state(story: Story, one: Round, choice: str) -> str:
    """How a choice leaves a round: over the bar, eliminated, as the stop line, or standing."""
    if choice in one.elected:
        return "over"
    if choice in one.eliminated:
        return "out"
    return "stop_line" if choice == story.stop_line else "standing"


def share(story: Story, one: Round, choice: str) -> Fraction | None:
    """Return a choice's part of the base.

    None where it is withheld (BA-6), and for an abstention that is outside the base (SC-R1).
    """
    apart = story.report.result.base is CommitteeBase.VOTES_CAST
    if not one.base or story.hides_bar or (apart and _is_abstention(story, choice)):
        return None
    return one.share(choice)


def _is_abstention(story: Story, choice: str) -> bool:
    return choice == story.report.result.choices[-1]


def _row(story: Story, one: Round, choice: str, top: float) -> Row:
    words, name = story.words, story.names.get(choice, choice)
    lines = textwrap.wrap(name, NAME_WIDTH, break_long_words=False) or [name]
    y = round(top + TEXT * len(lines) + 0.4, 2)
    votes, part, how = one.tally[choice], share(story, one, choice), state(story, one, choice)
    percent = "" if part is None else words.percent(part, story.line)
    told = {"name": name, "votes": words.count(votes, "votes"), "percent": percent}
    remark = "" if how == "standing" else f" ({words.say(f'state.{how}')})"
    return Row(
        lines=tuple((round(top + TEXT * n, 2), line) for n, line in enumerate(lines, start=1)),
        votes=words.number(votes),
        percent=percent,
        state=how,
        y=y,
        line_y=round(y - 0.2, 2),
        width=None if part is None else _percent(part),
        says=words.say("round.desc_choice", **told, state=remark)
        if percent
        else words.say("round.desc_choice_plain", **told),
    )


def _percent(part: Fraction) -> float:
    return round(float(part * 100), 3)
