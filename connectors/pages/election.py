"""The page of an election: what the members decided, race by race, and that every row is there."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from connectors.pages import tables, withheld
from connectors.pages.files import election_file, race_file
from connectors.pages.render import render
from connectors.pages.report import ElectionSums, RaceReport, Remark
from connectors.pages.story import Story
from connectors.pages.words import LANGUAGES, Language, PageTexts, other_language, words
from models.contests.contest import Approval, CommitteeDecision, Contest, Question, UpOrDown
from models.tally.outcome import Outcome, OutcomeKind
from models.votes.reports import Section, section_of

GROUPS = (
    "open",
    "endorsed",
    "reendorsed",
    "renewed",
    "questions",
    "anti",
    "none",
    "no_votes",
    "void",
    "overruled",
    "chapter",
    "advisory",
)
"""The groups of the page in their order (EN-13)."""

LISTS = {
    Section.ENDORSED: "endorsed",
    Section.RE_ENDORSED: "reendorsed",
    Section.RENEWED: "renewed",
    Section.QUESTIONS: "questions",
    Section.AGAINST: "anti",
}


def election_page(
    reports: Sequence[RaceReport],
    *,
    title: str,
    language: Language = "en",
    title_language: Language | None = None,
    languages: Sequence[Language] = LANGUAGES,
    sums: ElectionSums | None = None,
    remarks: Sequence[Remark] = (),
    seal: str = "",
    tellers: bool = False,
) -> str:
    """An election as an HTML file, `election_file(language)` by name, that links to its races.

    Args:
        reports: its races in the order of the ballot.
        title: of the election.
        title_language: where it was not translated, the language that it is in.
        languages: as for `race_page`.
        sums: every row received in its box (BA-2).
        remarks: sentences that the rules want said, e.g. a short window and its reason (EN-R6).
        seal: the sentence that seals the record of the vote, for the foot of the page (VM-R3).
        tellers: as for `race_page`.
    """
    said = words(language)
    stories = [Story(report, said, tellers) for report in reports]
    return render(
        "election.html",
        language=language,
        other=election_file(other_language(language)) if len(languages) > 1 else "",
        title=title,
        title_language=title_language or language,
        vote=reports[0].vote if reports else None,
        groups=grouped(stories),
        file_of=lambda story: race_file(story.report.result.contest, language),
        lead=said.say("election.lead", races=said.count(len(reports), "races")),
        left_out=said.left_out(withheld.of_election(reports, sums, tellers=tellers)),
        turnout=_turnout(said, sums),
        sums=tables.election_sums(said, sums) if sums else None,
        reasons=tables.reason_sums(said, sums, tellers=tellers) if sums else None,
        remarks=remarks,
        seal=seal,
        tellers=tellers,
    )


def sums_told(sums: ElectionSums, language: Language = "en") -> list[str]:
    """What the published page says of the rows received, for a letter: a line a number (BA-6)."""
    said = words(language)
    lines = [_turnout(said, sums)]
    for found in (tables.election_sums(said, sums), tables.reason_sums(said, sums, tellers=False)):
        if found:
            whole = [found.whole] if found.whole else []
            lines += [f"{name}: {many}" for name, many in (*found.parts, *whole)]
    return [line for line in lines if line]


def grouped(stories: Sequence[Story]) -> Mapping[str, list[Story]]:
    """The races of each group that has any (EN-13)."""
    groups: dict[str, list[Story]] = {group: [] for group in GROUPS}
    for story in stories:
        report = story.report
        group = group_of(report.contest, report.result.outcome)
        groups["overruled" if report.overruled else group].append(story)
    return {group: found for group, found in groups.items() if found}


def group_of(contest: Contest, outcome: Outcome) -> str:
    """Where a race stands on the page; a question stays with the questions however it ended."""
    if outcome.kind is OutcomeKind.OPEN_TIE:
        return "open"
    if outcome.kind is OutcomeKind.VOID:
        return "void"
    if isinstance(contest, Question):
        return "questions"
    if outcome.kind is OutcomeKind.NOBODY_VOTED:
        return "no_votes"
    if section := section_of(contest, outcome):
        return LISTS[section]
    if outcome.kind is OutcomeKind.ADVISED:
        return "advisory"
    own = isinstance(contest, Approval | CommitteeDecision) or (
        isinstance(contest, UpOrDown) and contest.confirms
    )
    return "chapter" if own or outcome.kind is OutcomeKind.ELECTED else "none"


def _turnout(said: PageTexts, sums: ElectionSums | None) -> str:
    """How many of the roll voted (EN-R8), "" where there is no roll; a total, however small."""
    if sums is None or not sums.voters:
        return ""
    return said.say(
        "election.turnout",
        counted=said.number(sums.counted),
        voters=said.number(sums.voters),
        percent=said.percent(Fraction(sums.counted, sums.voters)),
    )
