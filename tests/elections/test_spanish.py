"""Each letter of a vote says the same in Spanish below, as the pages do."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from connectors import pages
from connectors.sandbox.server import Sandbox
from flows.votes.ballot_form import build_form
from flows.votes.lifecycle import extend
from models.ballots.form_texts import help_of
from models.contests.contest import contest_from
from tests.cases.reading import EDITION
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, REMINDERS, Poll, kind_of, ranks

SPANISH = "Respaldos de primavera"
TITLED = 'title_es = "Respaldos de primavera"\n'
MAYOR = 'title_es = "Alcaldía"\nstatement_es = "Viene a cada reunión."\n'


@pytest.fixture
def poll(poll: Poll) -> Poll:
    """A vote with a Spanish title, opened."""
    for file, more in (("election.toml", TITLED), ("contests/01-mayor.toml", MAYOR)):
        path = poll.folder(file)
        path.write_text(more + path.read_text())
    return poll.opened()


def spanish(poll: Poll, kind: str) -> tuple[str, str]:
    """The Spanish part of a letter: its text, its page."""
    letter = next(one for one in poll.town.sandbox.mailchimp.outbox
                  if one.title.startswith(f"clerk: {NAME} ") and kind_of(one) == kind)  # fmt: skip
    assert letter.subject.partition(" / ")[2]
    page = letter.html.partition('<section lang="es">')[2].partition("</section>")[0]
    return letter.text.partition("* * *")[2], page


@pytest.mark.parametrize("kind", ["invitation", "reminder 1", "extension 1"])
def test_a_letter_with_a_ballot_has_title_close_and_link(poll: Poll, kind: str) -> None:
    poll.at(REMINDERS[0])
    closes = "el domingo 12 de abril, a las 9:00 p.m."
    if kind.startswith("extension"):
        with poll.context() as context:
            extend(context, NAME, CLOSES + timedelta(days=1), OFFICER, "Snow.")
        poll.strike()
        closes = "el lunes 13 de abril, a las 9:00 p.m."
    for part in spanish(poll, kind):
        said = " ".join(part.split())
        assert SPANISH in said
        assert closes in said
        assert "entry." in said
        assert any(code in said for code in poll.invited().values())


def test_the_announcement_has_titles_headings_outcomes_and_statements(poll: Poll) -> None:
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    poll.published()
    text, page = spanish(poll, "announcement question-6")
    for part in (" ".join(text.split()), page):
        for said in (SPANISH, "Alcaldía: Ada Park", "Viene a cada reunión.",
                     "Question 6: sin votos que contar"):  # fmt: skip
            assert said in part
        assert "She comes to every meeting." not in part
    assert "CON RESPALDO" in text
    assert "Con respaldo" in page


def test_outcomes_are_told_in_spanish_words(poll: Poll) -> None:
    poll.everybody_votes({"Question 6": "Yes"})
    poll.at(COUNTS)
    poll.published()
    text, _ = spanish(poll, "announcement question-6")
    assert "Question 6: Sí" in text
    assert "SIN VOTOS, NADA DECIDIDO" in text
    assert "Alcaldía: sin votos que contar" in text
    assert "Viene a cada reunión." not in text  # nobody is endorsed for it


def test_the_invitation_says_in_spanish_what_is_voted_on(poll: Poll) -> None:
    """EN-5: the races, the committee's word, and that one may endorse nobody."""
    for part in spanish(poll, "invitation"):
        said = " ".join(re.sub(r"<[^>]*>", "", part).split())
        for wanted in (
            "El Comité Directivo recomienda: Ada Park.",
            "Se presentan: Ada Park, Bea Stone y Cy Rivers.",
            "Está en las papeletas oficiales de 10th Suffolk y 14th Suffolk. Aquí vota toda",
            "Comité Directivo recomienda: Sí.",
            "puede elegir «No respaldar a nadie» (en el formulario, “No endorsement”)",
        ):
            assert wanted in said
        assert "En inglés: Whether the Representative is told" in said
        assert "She comes to every meeting." not in said  # it is there in Spanish
    page = spanish(poll, "invitation")[1]
    assert 'En inglés: <span lang="en">Whether the Representative is told' in page
    assert '<span lang="en">Question 6</span>' in page
    assert '<span lang="en">Alcaldía' not in page


def test_a_slate_offers_no_line_of_no_endorsement(sandbox: Sandbox, clock: Clock, tmp_path: Path) \
        -> None:  # fmt: skip
    priorities = {"id": "p", "title": "Priorities", "kind": "up-or-down", "purpose": "priorities",
                  "subject": "the priorities", "recommendation": "Yes",
                  "priorities": ["Rents", "Trees"]}  # fmt: skip
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", races=[priorities]).opened()
    (letter, *_) = poll.town.sandbox.mailchimp.outbox
    assert "no endorsement" not in letter.text
    assert "No respaldar" not in letter.text


def test_the_form_behind_the_spanish_button_has_spanish_help(poll: Poll) -> None:
    """Its titles and answers stay in English: they are what is counted (BA-4)."""
    items = {item["title"]: item["description"] for item in poll.form.items}
    assert "Su enlace personal lo completa por usted." in items["Ballot code"]
    for said in (
        "The committee recommends: Ada Park.",
        "El Comité Directivo recomienda: Ada Park.",
        "«1st» es su primera opción",
        "«No endorsement» es «No respaldar a nadie».",
    ):
        assert said in items["Mayor"]
    assert "«Yes» es «Sí» y «No position» es «Sin posición»." in items["Question 6"]
    for said in (
        "Está en las papeletas oficiales de 10th Suffolk y 14th Suffolk. Aquí vota toda",
        "«Sí» significa que pedimos votar que sí; «No», que pedimos votar que no; «Sin posición»",
    ):
        assert said in items["Question 6"]
    assert "confidencial, pero no secreta" in poll.form.description


def test_the_help_says_title_subject_and_what_ratifies() -> None:
    slate = {"id": "s", "title": "Slate", "title_es": "Lista", "kind": "up-or-down",
             "purpose": "slate", "subject": "the slate", "subject_es": "la lista"}  # fmt: skip
    ratify = {"id": "r", "title": "R", "kind": "ratify-or-prefer", "candidates": ["Dee"],
              "recommendation": "Dee"}  # fmt: skip
    told = [
        help_of(contest_from(table, "race"), EDITION, [pages.words("es")]).split(" / ")
        for table in (slate, ratify)
    ]
    (_, slate_es), (ratify_en, ratify_es) = told
    assert slate_es.startswith("En español: Lista. Se trata de: la lista. «Sí» confirma juntas")
    assert slate_es.endswith("«Yes» es «Sí».")
    assert ratify_en.startswith("“Ratify the recommendation” is a vote for Dee.")
    assert "«Ratificar la recomendación» es un voto por Dee." in ratify_es
    assert "«Ratify the recommendation» es «Ratificar la recomendación»" in ratify_es


def test_the_form_points_to_an_explanation_that_is_there_in_english_alone() -> None:
    table = {"id": "q", "title": "Question 1", "kind": "question", "explanation": "An audit."}
    for more, said in (({}, "El texto que lo explica está en inglés, al comienzo. «Sí»"),
                       ({"explanation_es": "Una auditoría."}, "Una auditoría. «Sí»")):  # fmt: skip
        (english, spanish, *_) = help_of(
            contest_from(table | more, "q"), EDITION, [pages.words("es")]
        ).split(" / ")
        assert english.startswith("An audit.")
        assert spanish.startswith(said)


@pytest.mark.parametrize(("reason_es", "said"), [
    ("Nevó.", "El motivo: Nevó."), ("", "El motivo (en inglés): Snow.")])  # fmt: skip
def test_the_reason_of_a_later_close_is_spanish_or_marked_as_english(
    poll: Poll, reason_es: str, said: str
) -> None:
    with poll.context() as context:
        extend(context, NAME, CLOSES + timedelta(days=1), OFFICER, "Snow.", reason_es)
    poll.strike()
    text, page = spanish(poll, "extension 1")
    assert said in text
    assert said in re.sub(r"<[^>]*>", "", page)
    assert ('<span lang="en">Snow.</span>' in page) == (not reason_es)
    poll.at(CLOSES + timedelta(days=1, minutes=10))
    index = poll.folder("pages").joinpath("index.es.html").read_text("utf-8")
    assert (reason_es or '<span lang="en">Snow.</span>') in index


def test_a_chapter_without_spanish_readers_sends_none(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", title_es=SPANISH, build=False)
    settings = poll.town.folder / "chapter.toml"
    settings.write_text('languages = ["en"]\n' + settings.read_text())
    with poll.context() as context:
        build_form(context, poll.election(context))
    assert not re.search(r"español|papeleta|respaldar|Respaldos", str(poll.form))
    poll.opened()
    for moment in REMINDERS:
        poll.at(moment)
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    poll.published()
    mine = [one for one in poll.town.sandbox.mailchimp.outbox
            if one.title.startswith(f"clerk: {NAME} ")]  # fmt: skip
    kinds = {kind_of(one) for one in mine}
    assert {"invitation", "reminder 3", "announcement question-6"} <= kinds
    for one in mine:
        for said in (one.subject, one.text, one.html):
            assert not re.search(r"español|papeleta|votar|lang=.es|decidimos|Recibe", said)
    names = {file.name for file in poll.folder("pages").glob("*")}
    assert names == {"index.html", "mayor.html", "question-6.html"}
    assert "Español" not in poll.folder("pages").joinpath("index.html").read_text("utf-8")
    assert "Español" not in poll.folder("pages").joinpath("mayor.html").read_text("utf-8")
