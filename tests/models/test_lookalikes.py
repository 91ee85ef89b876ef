"""The character that tells two alike texts apart is named as it stands there."""

import pytest

from models.lookalikes import told_apart


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        ('Ban"ana', "Banana", '“"” QUOTATION MARK'),
        ("Zoë", "Zoe", "“ë” LATIN SMALL LETTER E WITH DIAERESIS, “e” LATIN SMALL LETTER E"),
        ("Zoe\u0308", "Zoë", ""),
        ("O’Brien", "O'Brien", ""),
        ("Jo Rivera", "JoRivera", "“ ” SPACE"),
        ("Li\u0435", "Lie", "“\u0435” CYRILLIC SMALL LETTER IE, “e” LATIN SMALL LETTER E"),
    ],
)
def test_what_folding_takes_for_the_same_is_no_difference(one: str, other: str, named: str) -> None:
    """BA-7: a quotation mark is not called an apostrophe, though both fold to one."""
    assert told_apart(one, other) == named
