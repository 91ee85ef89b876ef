"""The page of one race: the sentence of the result first, then everything behind it."""

from collections.abc import Mapping, Sequence

from connectors.pages import tables, withheld
from connectors.pages.charts import Chart, charts
from connectors.pages.files import election_file, race_file
from connectors.pages.render import render
from connectors.pages.report import RaceReport
from connectors.pages.story import Story
from connectors.pages.words import LANGUAGES, Language, other_language, words
from models.contests.asks import asked
from models.tally.outcome import OutcomeKind
from models.votes.reports import is_meant


def race_page(
    report: RaceReport,
    *,
    language: Language = "en",
    languages: Sequence[Language] = LANGUAGES,
    tellers: bool = False,
) -> str:
    """One race as an HTML file, `race_file(contest id, language)` by name.

    Args:
        report: the counted race.
        languages: those that the chapter has pages in; another than this one is linked to.
        tellers: for the tellers' own folder: nothing is withheld, and a unanimous result carries
            its warning. Never publish it (BA-6).
    """
    story = Story(report, words(language), tellers)
    hidden = withheld.hides_race(report, tellers=tellers)
    drawn = charts(story) if story.has_votes and not hidden else []
    return render(
        "race.html",
        language=language,
        other=""
        if tellers or len(languages) == 1
        else race_file(report.result.contest, other_language(language)),
        up=election_file(language) if report.election and not tellers else "",
        report=report,
        story=story,
        digests=_digests(report, tellers=tellers),
        recount="lead_public" if withheld.hides_digest(report, tellers=tellers) else "lead",
        stated=_is_stated(report),
        asked=asked(report.contest, words(language)),
        ratified=_ratified(story),
        charts=drawn,
        states=_states(drawn) if story.has_bar else [],
        tables=list(tables.rounds_tables(story)) if drawn else [],
        sums=None if hidden or report.result.void else tables.race_sums(story),
        inactive=None if hidden else tables.inactive_sums(story),
        all_stood=not tables.ended(report.result.rounds[-1]),
        left_out="" if hidden else story.left_out,
        ties=[] if hidden else [list(story.of_tie(tie)) for tie in report.result.ties],
    )


def _is_stated(report: RaceReport) -> bool:
    """Whether the page says why, in the race's own statement (EN-13)."""
    outcome = report.result.outcome
    return outcome.kind is OutcomeKind.ENDORSED and is_meant(report.contest, outcome)


def _digests(report: RaceReport, *, tellers: bool) -> Mapping[str, str]:
    """What a re-count must meet; not the ballots' where numbers are kept back (BA-6)."""
    digests = report.result.digests
    if not withheld.hides_digest(report, tellers=tellers):
        return digests
    return {name: digest for name, digest in digests.items() if name != "ballots"}


def _states(drawn: list[Chart]) -> list[str]:
    """The kinds of bar that the legend explains, in the order of its own."""
    found = {row.state for chart in drawn for row in chart.rows if row.width}
    return [state for state in ("over", "standing", "out", "stop_line") if state in found]


def _ratified(story: Story) -> str:
    """How many ratified the recommendation (EN-6), "" if that is not asked or is withheld."""
    report = story.report
    hidden = withheld.hides_race(report, tellers=story.tellers)
    if (
        not report.result.ratified
        or _recommended(report) in report.contest.race.excluded  # nobody's votes (EN-R11)
        or hidden
        or withheld.hides_ratified(report, tellers=story.tellers)
    ):
        return ""
    return story.words.say(
        "sums.ratified",
        n=story.words.number(report.result.ratified),
        name=story.named((report.contest.recommendation,)),
    )


def _recommended(report: RaceReport) -> int | None:
    return report.contest.place_of(report.contest.recommendation)
