"""The Spanish half of the letters about somebody's own vote says no more than the paths give."""

import pytest

from connectors.emails import compose
from models.bylaws.rules import Bylaws
from models.membership.ways import ways_of
from models.membership.ways_es import ways_es_of
from tests.connectors.emails.test_ways import EXAMPLES, TELLING
from tests.models.invented import JPP, amended, example


def letter(kind: str, bylaws: Bylaws, *, spanish: bool = True, chapter: str = "Rivertown") -> str:
    """Subject and the Spanish half, on one line; the whole letter where there is none."""
    membership = bylaws.editions[-1].membership
    said = compose(kind, chapter=chapter, website="", spanish=spanish,
                   ways=ways_of(membership), ways_es=ways_es_of(membership))  # fmt: skip
    assert ('<section lang="es">' in said.html) is spanish
    return " ".join(f"{said.subject} {said.text.rpartition('* * *')[2]}".split())


def test_the_phrases_of_two_paths() -> None:
    assert ways_es_of(JPP.editions[0].membership) == {
        "did": "Asistió a suficientes actividades nuestras, o hizo voluntariado con nosotros",
        "asked": "asista a 3 actividades en un año, o haga voluntariado una vez en un año",
        "carried_by": "asistir a actividades o hacer voluntariado",
        "again": "yes",
        "within": "en el último año",
        "one_more": "",
        "or_else": ", o haga voluntariado una vez",
        "ago": "un año",
        "carry_on": "Asista a suficientes actividades o haga voluntariado una vez",
    }


@pytest.mark.parametrize(
    ("kind", "subject", "said"),
    [
        ("voting-member", "Ya tiene derecho a voto",
         "ahora es miembro con derecho a voto de Rivertown."),
        ("one-event-away", "Le falta una actividad para votar",
         "Asista a una más, o haga voluntariado una vez, y será miembro"),
        ("status-lapses", "Su derecho a voto termina", "habrá pasado más de un año desde"),
    ],
)  # fmt: skip
def test_each_letter_says_it_in_spanish(kind: str, subject: str, said: str) -> None:
    told = letter(kind, JPP)
    assert subject in told
    assert said in told
    assert "*|CLUNTIL|*" in told
    assert "su derecho a voto no cambia" in told


@pytest.mark.parametrize("kind", TELLING)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_chapter_is_told_of_a_way_that_it_does_not_have(name: str, kind: str) -> None:
    told = letter(kind, example(name))
    assert "voluntariado" not in told
    assert "un año" not in told


def test_a_kind_with_a_name_of_its_own_is_told_in_general_words() -> None:
    told = letter("voting-member", example("two-of-the-last-three-meetings"))
    assert "Cumplió lo que piden nuestros estatutos, y ahora" in told
    assert "entre las últimas 3" in told
    assert "(regular meeting)" in letter(
        "one-event-away", example("two-of-the-last-three-meetings")
    )


def test_windows_in_spanish() -> None:
    assert "en los últimos 12 meses" in letter(
        "voting-member", example("three-events-in-twelve-months")
    )
    assert "en este año calendario" in letter(
        "voting-member", amended(window="calendar year", volunteer_kinds=[])
    )


@pytest.mark.parametrize("kind", TELLING)
def test_a_chapter_without_spanish_readers_has_none(kind: str) -> None:
    told = letter(kind, JPP, spanish=False)
    assert not any(word in told for word in ("español", "derecho", "Recibe", " / "))


@pytest.mark.parametrize("kind", TELLING)
def test_a_long_name_leaves_the_subject_in_english(kind: str) -> None:
    """The mailing service takes 150 characters."""
    membership = JPP.editions[-1].membership
    for length in (59, 60, 100):
        subject = compose(kind, chapter="x" * length, website="", ways=ways_of(membership),
                          ways_es=ways_es_of(membership)).subject  # fmt: skip
        assert (" / " in subject) is (length < 60)
        assert len(subject) <= 150
