"""The files: self-contained, escaped, complete, and without anything that leads to a person."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from connectors.pages import (
    LANGUAGES,
    ElectionSums,
    Language,
    RaceReport,
    Remark,
    VoteHeld,
    election_page,
    race_file,
    race_page,
)
from models.ballots.boxes import RejectionReason
from models.errors import Refused
from models.tally.outcome import Result
from models.tally.rankings import Rankings
from tests.cases.reading import EDITION, FOLDERS, contest_of, counted
from tests.connectors.pages.invented import SUMS, TITLE, race, races, ranked

HELD = VoteHeld("spring", "JPP", date(2026, 4, 2), date(2026, 4, 13), date(2026, 4, 2))
D6: Rankings = {(0,): 40, (1, 0): 35, (2, 3): 25, (): 7}
LOADS = re.compile(r"<(script|link|img|iframe|object|embed|video|audio|form|base)\b|\burl\((?!#)"
                   r"|@import|\bon\w+=|style=")  # fmt: skip


class _Text(HTMLParser):
    """What a reader reads, and where the links go."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self._hidden = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag == "style"
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.said += [] if self._hidden else data.split()

    def __str__(self) -> str:
        return " ".join(self.said)


def _read(page: str) -> str:
    return str(_Text(page))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", races(), ids=lambda report: report.result.contest)
def test_a_race_is_one_file_that_loads_nothing(report: RaceReport, language: Language) -> None:
    page = race_page(report, language=language)
    assert not LOADS.search(page)
    assert f'<html lang="{language}">' in page
    assert "default-src 'none'" in page
    of_people = {one.website for one in report.contest.about}  # a reader may follow it (EN-R14)
    ours = [link for link in _Text(page).links if link not in of_people]
    assert all(link.startswith("#") or link.endswith(".html") for link in ours)


def test_the_policy_allows_the_page_its_own_style_and_no_other() -> None:
    page = race_page(ranked("d6", "D6", D6))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f"{f.parent.name}-{f.name}")
def test_every_golden_case_has_a_page(folder: Path, language: Language) -> None:
    result: Result = counted(folder)
    page = race_page(RaceReport(result, contest_of(folder)), language=language, tellers=True)
    said = _read(page)
    for one in result.rounds:
        for votes in one.tally.values():
            assert f"{votes:,}" in said
    for rule in result.rules:
        assert rule.rule in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_result_comes_first_and_everything_behind_it_follows(language: Language) -> None:
    report = ranked("d6", "City Council, District 6", D6, unreadable=2)
    said = _read(race_page(report, language=language))
    assert said.index("Ana Álvarez") < said.index("75")
    for rule in report.result.rules:
        assert rule.cite in said
    for name, digest in report.result.digests.items():
        assert (digest in said) is (name != "ballots")
    assert "clerk recount" in said
    assert EDITION.name in said


def test_chart_and_table_say_the_same_numbers() -> None:
    report = ranked("d6", "D6", D6)
    page = race_page(report)
    charts = re.findall(r'<svg class="chart".*?</svg>', page, re.DOTALL)
    assert len(charts) == len(report.result.rounds) == 3
    for chart, one in zip(charts, report.result.rounds, strict=True):
        drawn = re.findall(r'class="bar \w+"[^>]* width="([\d.]+)%"', chart)
        assert [float(width) for width in drawn] == [
            float(one.share(name) * 100) for name, votes in one.tally.items() if votes
        ]
        assert 'class="line" x="60.0%"' in chart
        assert "<title" in chart
        assert "<desc" in chart
    cells = re.findall(r"<td[^>]*>(\d+) <span", page)
    assert cells == ["40", "40", "75", "35", "35", "25", "0", "25", "25"]


def test_nothing_a_name_holds_becomes_markup() -> None:
    names = ["<b>Ann</b>", 'Bea "B" O\'Hara & Co', "{{ 7 * 7 }}"]
    page = race_page(ranked("x", "<script>alert(1)</script>", D6, candidates=names))
    assert "<b>Ann" not in page
    assert "<script" not in page
    said = unescape(_read(page))
    assert all(name in said for name in names)


def test_an_address_stops_the_page_and_is_not_repeated() -> None:
    """A contest's file holds none either; a page does not rely on it."""
    report = ranked("x", "X", D6)
    contest = report.contest.model_copy(update={"title_es": "Pregunte a robin@example.org"})
    report = replace(report, contest=contest)
    assert race_page(report)
    with pytest.raises(Refused, match="DP-3") as refused:
        race_page(report, language="es")
    assert "robin" not in str(refused.value)


def test_sums_are_shown_and_add_up() -> None:
    report = ranked("d6", "D6", D6, unreadable=2)
    said = _read(race_page(report, tellers=True))
    assert "marked this contest 100 left it blank 7 could not be read 2 = ballots 109" in said
    said = _read(race_page(report))
    assert "marked this contest 100 left it blank, or could not be read 9 = ballots 109" in said


def test_a_race_of_a_few_shows_its_outcome_and_no_number() -> None:
    report = race({"kind": "question", "id": "q", "title": "Q"}, {(0,): 6, (1,): 2})
    page = race_page(report)
    assert "The members recommend voting “Yes.”" in page
    assert "75.0%" not in page
    assert "<td" not in page.split('id="readings"')[0]
    assert "75.0%" in race_page(report, tellers=True)


@pytest.mark.parametrize("blank", [0, 3, 12])
def test_a_race_that_nobody_marked_says_so_once_and_draws_nothing(blank: int) -> None:
    """EN-R12: a slate's percentage is of all ballots, and still there is none to show."""
    slate = {"kind": "up-or-down", "purpose": "slate", "subject": "the slate", "id": "s"}
    report = race(slate | {"title": "Slate"}, {(): blank} if blank else {})
    page = race_page(report)
    assert "<figure>" not in page
    said = _read(page)
    assert said.count("no votes to count") == 2  # its title, its heading
    assert "0 votes" not in said
    assert "committee must be formed" not in said
    assert ("left it blank 12" in said) is (blank == 12)


@pytest.mark.parametrize(("language", "heading"), [
    ("en", "No votes, nothing decided"), ("es", "Sin votos, nada decidido")])  # fmt: skip
def test_it_stands_apart_from_no_endorsement(language: Language, heading: str) -> None:
    """EN-R12"""
    marked, unmarked = ranked("a", "A", {(3,): 40}), ranked("b", "B", {(): 40})
    said = _read(election_page([unmarked, marked], title="T", language=language))
    none = {"en": "No endorsement", "es": "Sin respaldo"}[language]
    assert said.index(f"{none} A ") < said.index(f"{heading} B ")


def test_blank_ballots_of_a_district_race_stay_back_when_few_live_elsewhere() -> None:
    table = {"kind": "question", "id": "q6", "title": "Q6", "districts": ["10th Suffolk"]}
    report = race(table, {(0,): 40, (): 2}, elsewhere=4)
    said = _read(race_page(report))
    assert "marked this contest 40" in said
    assert "left it blank" not in said
    assert "10th Suffolk" in said
    assert "left it blank 2" in _read(race_page(report, tellers=True))


def test_inactive_ballots_by_cause_without_small_cells() -> None:
    report = ranked("x", "X", {(0,): 40, (2, 2): 3, (-2,): 12, (1, 0): 30, (2,): 20})
    said = _read(race_page(report))
    assert "eliminated 20" not in said
    assert said.count("fewer than 10 people: why ballots became inactive.") == 1
    assert "still had an active choice" not in said
    assert "several choices at one rank (overvote) 12" in _read(race_page(report, tellers=True))


def test_the_tellers_report_says_that_it_is_not_for_publication() -> None:
    report = ranked("x", "X", D6)
    assert "not for publication" in race_page(report, tellers=True)
    assert "not for publication" not in race_page(report)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_election_links_to_every_race_and_to_its_other_language(language: Language) -> None:
    page = election_page(races(), title=TITLE[language], language=language, sums=SUMS)
    links = _Text(page).links
    assert {race_file(report.result.contest, language) for report in races()} <= set(links)
    assert {"en": "index.es.html", "es": "index.html"}[language] in links


def test_a_race_links_back_to_its_election_and_stands_alone_without_one() -> None:
    report = ranked("d6", "D6", D6)
    alone = RaceReport(report.result, report.contest)
    assert "index.html" in _Text(race_page(report)).links
    assert "index.html" not in _Text(race_page(alone)).links
    assert "d6.es.html" in _Text(race_page(alone)).links


def test_the_lists_of_the_election_stand_in_their_order() -> None:
    said = _read(election_page(races(), title="T"))
    lists = ["Endorsed", "Re-endorsed, uncontested", "Endorsement renewed", "Ballot questions",
             "Anti-endorsements", "No endorsement", "Decisions of the chapter"]  # fmt: skip
    places = [said.index(f"{name} ") for name in lists]
    assert places == sorted(places)


def test_the_election_shows_where_every_row_went() -> None:
    said = _read(election_page([], title="T", sums=SUMS))
    assert "150 of 240 members on the voter roll voted: 62.5%." in said
    rows = (
        "counted 150 replaced by a later ballot from the same voter 21 rejected 16 "
        "= responses received 187"
    )
    assert rows in said
    assert "came after" not in said
    assert said.count("fewer than 10 people: why responses were rejected.") == 1
    tellers = _read(election_page([], title="T", sums=SUMS, tellers=True))
    assert rows in tellers
    assert "unknown code 3" in tellers


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_chapter_says_once_what_it_leaves_out_and_why(language: Language) -> None:
    """Two races of few, and one answer that came late: one sentence, and all the totals."""
    few = ElectionSums(received=10, counted=8, superseded=1, set_aside={RejectionReason.LATE: 1},
                       voters=12)  # fmt: skip
    told = [ranked("a", "A", {(0,): 8}), ranked("b", "B", {(1,): 5, (2,): 3})]
    said = _read(election_page(told, title="T", sums=few, language=language))
    assert said.count("BA-6") == 1
    why, votes, what = {
        "en": ("could point to fewer than 10 people", "8 of 12 members",
               "the numbers of contests with few votes and why responses were rejected"),
        "es": ("podría señalar a menos de 10 personas", "Votaron 8 de 12 miembros",
               "los números de las contiendas con pocos votos y por qué se apartaron respuestas"),
    }[language]  # fmt: skip
    assert all(one in said for one in (why, votes, what))
    for report in told:
        assert _read(race_page(report, language=language)).count(why) == 1
    assert why not in _read(election_page(told, title="T", sums=few, tellers=True))


def test_a_page_that_shows_everything_speaks_of_nothing_left_out() -> None:
    sums = ElectionSums(received=52, counted=40, superseded=0, set_aside={RejectionReason.LATE: 12})
    report = ranked("a", "A", {(0,): 30, (1,): 10})
    for page in (election_page([report], title="T", sums=sums), race_page(report)):
        assert "leaves out" not in page


def test_what_the_rules_want_said_is_said() -> None:
    remark = Remark("The vote was open for 4 days (EN-R6):", "the filing deadline moved.")
    assert str(remark) in _read(election_page([], title="T", remarks=[remark]))


def test_what_was_not_translated_is_marked_as_english() -> None:
    """WCAG 3.1.2: else a screen reader reads it with Spanish sounds."""
    report = replace(ranked("d6", "District Six", D6), vote=HELD)
    remark = Remark("El motivo del plazo (en inglés):", "A snow storm.", "en")
    page = election_page([report], title="Spring", language="es", title_language="en",
                         remarks=[remark])  # fmt: skip
    assert '<h1 lang="en">Spring</h1>' in page
    assert '<p class="eyebrow" lang="en">District Six</p>' in page
    assert '<span lang="en">A snow storm.</span>' in page
    assert "Se votó del 2 de abril de 2026 al 13 de abril de 2026" in page
    assert '<p class="eyebrow" lang="en">' in race_page(report, language="es")
    translated = ranked("d6", "District Six", D6, title_es="Distrito seis")
    assert 'lang="en">Distrito' not in race_page(translated, language="es")
    assert "April 2, 2026 to April 13, 2026" in race_page(report)


@pytest.mark.parametrize(("language", "said"), [
    ("en", "Made-up votes"), ("es", "Votos inventados")])  # fmt: skip
def test_votes_from_a_stand_in_are_called_invented(language: Language, said: str) -> None:
    """The demo's candidates are real people."""
    real = replace(ranked("d6", "D6", D6), vote=HELD)
    played = replace(real, vote=HELD._replace(invented=True))
    for page_of in (
        lambda report: race_page(report, language=language),
        lambda report: election_page([report], title="T", language=language),
    ):
        assert said in page_of(played)
        assert said not in page_of(real)


def test_write_ins_leave_by_the_rules_and_not_for_their_few_votes() -> None:
    report = ranked("w", "W", {(3,): 30, (0,): 25, (1,): 20}, rules="public", no_endorsement="",
                    undeclared_write_ins="Write-in")  # fmt: skip
    first = race_page(report).partition("Round 2")[0]
    assert "The rules eliminate these first: Undeclared write-ins" in first
    assert "Fewest" not in first
    assert "Se eliminan primero, como piden las reglas" in race_page(report, language="es")


def test_no_endorsement_turns_no_spanish_sentence_round() -> None:
    settings = {"stop_line": "ordinary choice"}
    report = ranked("x", "X", {(0,): 30, (1,): 30, (3,): 5, (2,): 20}, settings=settings)
    said = _read(race_page(report, language="es"))
    assert "queda eliminada la de menos votos: No respaldar a nadie." in said
    assert "Ningún respaldo" not in said
