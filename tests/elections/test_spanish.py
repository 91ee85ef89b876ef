"""Each letter of a vote says the same in Spanish below, as the pages do."""

from datetime import datetime, timedelta

import pytest

from flows.ballot_letters import spoken_moment_es
from flows.election import extend
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, REMINDERS, TZ, Poll, kind_of, ranks

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
    closes = "el domingo 12 de abril, a las 9:00 p. m."
    if kind.startswith("extension"):
        with poll.desk() as desk:
            extend(desk, NAME, CLOSES + timedelta(days=1), OFFICER, "Snow.")
        poll.strike()
        closes = "el lunes 13 de abril, a las 9:00 p. m."
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


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 10, 10, 13, 5, tzinfo=TZ), "el sábado 10 de octubre, a la 1:05 p. m."),
        (datetime(2026, 12, 6, 0, tzinfo=TZ), "el domingo 6 de diciembre, a las 12:00 a. m."),
        (datetime(2027, 1, 6, 12, 30, tzinfo=TZ), "el miércoles 6 de enero, a las 12:30 p. m."),
    ],
)
def test_a_moment_in_spanish(moment: datetime, said: str) -> None:
    assert spoken_moment_es(moment, TZ) == said
