"""The sentence of the result, for every way a vote can end (EN-R4, EN-8, SC-8)."""

import pytest

from connectors.pages import RaceReport
from connectors.pages.charts import charts
from connectors.pages.story import Story
from connectors.pages.words import words
from models.tally.outcome import Decision
from models.tally.rankings import Rankings
from tests.connectors.pages.invented import race, ranked, up_or_down

TWO = {"candidates": ["Dee Roe", "Eve Poe"]}
NAMELESS = {"id": "x", "title": "X"}


def _question(yes: int, no: int, neither: int = 0) -> RaceReport:
    return race(NAMELESS | {"kind": "question"}, {(0,): yes, (1,): no, (2,): neither})


def _short(purpose: str, yes: int, no: int) -> RaceReport:
    done = {"previously_endorsed": True, "uncontested": True, "done": ["research"]}
    more = done if purpose in ("abbreviated", "re-endorsement") else {}
    return up_or_down("x", "X", purpose, "Dee Roe", yes, no, **more)


def _motion(yes: int, no: int) -> RaceReport:
    return race(NAMELESS | {"kind": "committee", "active": 10}, {(0,): yes, (1,): no})


def _chairs(*approvals: int) -> RaceReport:
    table = NAMELESS | {"kind": "approval", "seats": 3, "candidates": ["Ana", "Ben", "Iris"]}
    return race(table, {(frozenset(range(n + 1)),): votes for n, votes in enumerate(approvals)})


SINGLE = NAMELESS | TWO | {"kind": "single-choice"}
PUBLIC = {"rules": "public", "no_endorsement": ""}
ENDS = [
    (ranked("x", "X", {(0,): 61, (1,): 39}),
     "The members endorse Ana Álvarez.", "La membresía respalda a Ana Álvarez."),
    (race(SINGLE, {(0,): 60, (1,): 40}),
     "No consensus: no choice got more than 60%, so no one is endorsed.",
     "Sin consenso: ninguna opción tiene más del 60%, así que nadie recibe el respaldo."),
    (race(SINGLE, {(2,): 61, (1,): 39}),
     "The members chose not to endorse anyone.", "La membresía decidió no respaldar a nadie."),
    (_question(61, 39),
     "The members recommend voting “Yes.”", "La membresía recomienda votar «Sí»."),
    (_question(39, 61),
     "The members recommend voting “No.”", "La membresía recomienda votar «No»."),
    (_question(20, 19, 61),
     "The members chose to take no position.", "La membresía decidió no tomar posición."),
    (_short("abbreviated", 61, 39),
     "The members endorse Dee Roe.", "La membresía respalda a Dee Roe."),
    (_short("re-endorsement", 39, 61),
     "The members chose not to endorse Dee Roe.", "La membresía decidió no respaldar a Dee Roe."),
    (_short("anti-endorsement", 61, 39),
     "The members ask voters not to elect Dee Roe.", "La membresía pide no elegir a Dee Roe."),
    (_short("anti-endorsement", 39, 61),
     "The members chose not to oppose Dee Roe.",
     "La membresía decidió no pronunciarse contra Dee Roe."),
    (_short("slate", 60, 40),
     "The members confirm Dee Roe.", "La membresía confirma: Dee Roe."),
    (_short("priorities", 59, 41),
     "No confidence in Dee Roe. An ad hoc committee must be formed.",
     "La membresía no dio su confianza a Dee Roe: debe formarse un comité especial."),
    (_motion(6, 3), "The committee adopts the motion.", "El comité aprueba la moción."),
    (_motion(5, 3), "The committee does not adopt the motion.", "El comité no aprueba la moción."),
    (_motion(6, 0), "No quorum: nothing was decided.", "Sin quórum: no se decidió nada."),
    (_chairs(1, 0, 9),
     "Elected: Ana, Ben, and Iris.", "Elección ganada por Ana, Ben e Iris."),
    (ranked("x", "X", {(0,): 51, (1,): 49}, **PUBLIC),
     "Elected: Ana Álvarez.", "Elección ganada por Ana Álvarez."),
    (ranked("x", "X", {(0,): 59, (1,): 20, (2,): 20}, settings={"stop_at": 2}),
     "No consensus: no choice got more than 60%, so no one is endorsed.",
     "Sin consenso: ninguna opción tiene más del 60%, así que nadie recibe el respaldo."),
    *((report, "There are no votes to count, so nothing is decided.",
       "No hay votos que contar: no se decide nada.")
      for report in (ranked("x", "X", {}), ranked("x", "X", {(): 12}, unreadable=1),
                     ranked("x", "X", {(): 3}, **PUBLIC), _question(0, 0), _short("slate", 0, 0),
                     _short("anti-endorsement", 0, 0), _chairs(),
                     race(NAMELESS | {"kind": "committee", "active": 9, "present": 8}, {}))),
]  # fmt: skip


@pytest.mark.parametrize(("report", "english", "spanish"), ENDS)
def test_the_sentence_of_the_result(report: RaceReport, english: str, spanish: str) -> None:
    assert Story(report, words("en")).headline == english
    assert Story(report, words("es")).headline == spanish


def test_the_numbers_behind_it() -> None:
    story = Story(ranked("x", "X", {(0,): 40, (1, 0): 35, (2, 3): 25}), words("en"))
    assert story.lead == "Ana Álvarez: 75 votes, 75.0%."
    assert story.needed == (
        "Needed: more than 60%, so at least 61 votes out of 100 ballots that marked this contest. "
        "Decided in round 3."
    )


def test_a_consensus_is_told_by_those_present() -> None:
    """SC-R6: not by two thirds of the votes cast."""
    asked = NAMELESS | {"kind": "committee", "active": 10, "needs": "consensus"}
    story = Story(race(asked, {(0,): 6, (2,): 3}), words("en"))
    assert "Needed: more than 50%, so at least 5 votes out of 9 members present." in story.needed
    assert [row.percent for row in charts(story)[0].rows] == ["66.7%", "0.0%", "33.3%"]
    one_against = Story(race(asked, {(0,): 9, (1,): 1}), words("es"))
    assert "Alguien está en contra, así que no hay consenso (SC-R6)" in one_against.notes


def test_who_came_closest_when_nobody_passes() -> None:
    story = Story(race(SINGLE, {(0,): 60, (1,): 40}), words("en"))
    assert story.lead == "Most votes: Dee Roe, with 60 votes, 60.0%."


def test_rounds_in_sentences() -> None:
    story = Story(ranked("x", "X", {(0,): 40, (1, 0): 35, (2, 3): 25}), words("en"))
    assert [story.of_round(one) for one in story.report.result.rounds] == [
        (
            "Eliminated, with the fewest votes of the choices that can be eliminated: Cora Dunn. "
            "Each of those ballots moves to its next choice."
        ),
        (
            "Eliminated, with the fewest votes of the choices that can be eliminated: Ben O'Neil. "
            "Each of those ballots moves to its next choice."
        ),
        "Meets the threshold: Ana Álvarez.",
    ]


def test_a_reading_that_decided_is_named_with_its_outcome() -> None:
    story = Story(ranked("x", "X", {(0,): 40, (1, 0): 35, (2, 3): 25}), words("en"))
    assert story.readings == [
        (
            "This result depends on how EN-R3 is interpreted. Under the other interpretation "
            "(Elimination ends with: two candidates left): no consensus."
        )
    ]


def test_readings_that_agree_take_one_sentence() -> None:
    story = Story(ranked("x", "X", {(0,): 90, (1,): 10}), words("en"))
    assert story.readings == ["No other interpretation of the rules would have changed the result."]


OPEN: Rankings = {(0, 1): 33, (1, 0): 34, (2, 0): 33}


def test_an_open_tie_asks_its_question_with_every_branch() -> None:
    report = ranked("x", "X", OPEN, settings={"ties": ["earlier rounds", "every branch",
                                                       "recorded decision"]})  # fmt: skip
    story = Story(report, words("en"))
    assert story.headline == "A tie must be decided before there is a result."
    assert list(story.of_tie(report.result.ties[0])) == [
        "Round 1: Ana Álvarez and Cora Dunn are tied, and one of them must be eliminated.",
        (
            "No rule breaks this tie. Officers must record a decision, and then the votes are "
            "counted again (EN-R5)."
        ),
        "If it is Ana Álvarez: endorsed: Ben O'Neil.",
        "If it is Cora Dunn: endorsed: Ana Álvarez.",
    ]


def test_a_recorded_decision_is_quoted() -> None:
    decision = Decision(frozenset({"Ana Álvarez", "Cora Dunn"}), "Cora Dunn", "lot, seed 7")
    story = Story(ranked("x", "X", OPEN, decisions=(decision,)), words("es"))
    assert list(story.of_tie(story.report.result.ties[0]))[1] == (
        "Le toca a Cora Dunn, por una decisión registrada: «lot, seed 7» (EN-R5)."
    )


def test_that_all_agree_is_said_to_the_tellers_alone() -> None:
    report = race(SINGLE, {(0,): 30})
    assert Story(report, words("en")).notes == []
    [warning] = Story(report, words("en"), tellers=True).notes
    assert warning.startswith("Warning for the tellers")
    assert warning.endswith("(BA-6)")


def test_exactly_the_bar_is_noted() -> None:
    assert Story(race(SINGLE, {(0,): 60, (1,): 40}), words("en")).notes == [
        "Dee Roe is exactly at the threshold, but more than that is needed (EN-R1)"
    ]


def test_the_subject_and_the_answers_of_every_kind_have_their_spanish() -> None:
    slate = up_or_down("x", "X", "slate", "the 2025 slate", 9, 1, subject_es="la lista de 2025")
    assert Story(slate, words("es")).headline == "La membresía confirma: la lista de 2025."
    assert Story(slate, words("en")).headline == "The members confirm the 2025 slate."
    slate = up_or_down("x", "X", "slate", "The slate of five", 9, 1, subject_es="La lista")
    assert Story(slate, words("es")).headline == "La membresía confirma: la lista."
    assert Story(slate, words("en")).headline == "The members confirm the slate of five."
    table = NAMELESS | {"kind": "committee", "active": 10, "yes": "Aye", "yes_es": "A favor"}
    assert Story(race(table, {(0,): 9}), words("es")).names == {
        "Aye": "A favor", "No": "No", "Abstain": "Abstención"}  # fmt: skip
    table = NAMELESS | {"kind": "committee", "active": 10}
    assert Story(race(table, {(0,): 9}), words("es")).names == {
        "Yes": "Sí", "No": "No", "Abstain": "Abstención"}  # fmt: skip
