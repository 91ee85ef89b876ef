"""Looking for somebody by what is typed of the name."""

import pytest

from models.text.naming import is_meant, words_of


@pytest.mark.parametrize(
    "typed", ["Thea Novák", "novak, thea", "the nov", "NOVA", "O'Hara", "hara", "o’hara", " Thea "]
)
def test_the_beginning_of_each_word_is_enough_in_any_order(typed: str) -> None:
    assert is_meant(words_of(typed), words_of("Thea Novák-O'Hara"))


@pytest.mark.parametrize("typed", ["", " ,", "hea", "Thea Pike", "Theas"])
def test_nothing_else_means_somebody(typed: str) -> None:
    assert not is_meant(words_of(typed), words_of("Thea Novák-O'Hara"))
