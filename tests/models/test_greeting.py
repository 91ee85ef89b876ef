"""A letter greets whom it is for, whatever order and ornaments they wrote their name in."""

from time import perf_counter

import pytest

from connectors.mailchimp.payloads import _names
from models.privacy import Name
from models.text.greeting import first_and_last, in_usual_order


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Cy Müller", "Cy", "Müller"),
        ("Müller, Cy", "Cy", "Müller"),
        ("Müller,Cy", "Cy", "Müller"),
        ("de la Cruz, Ana María", "Ana María", "de la Cruz"),
        ("Ben Baker, Jr.", "Ben", "Baker, Jr."),
        ("Ben Baker Jr.", "Ben", "Baker Jr."),
        ("Baker, Ben, Jr.", "Ben", "Baker, Jr."),
        ("Ann Alder, MD, PhD", "Ann", "Alder, MD, PhD"),
        ("Ana de la Cruz", "Ana", "de la Cruz"),
        ("Vincent van Gogh", "Vincent", "van Gogh"),
        ("Mary Ann Lee", "Mary Ann", "Lee"),
        ("Cy Müller (he/him)", "Cy", "Müller"),
        ("Cy Müller he/him", "Cy", "Müller"),
        ("Cy Müller - he/him", "Cy", "Müller"),
        ("Baker, Jr., Ben", "Ben", "Baker, Jr."),
        ("Cy Müller [they, them]", "Cy", "Müller"),
        ("Cy Müller (senior)", "Cy", "Müller"),
        ("Müller, Cy, they/them", "Cy", "Müller"),
        ("Cher", "Cher", ""),
        ("Cher,", "Cher", ""),
        ("de Souza", "de", "Souza"),
        ("Jr.", "Jr.", ""),
        (",", "", ""),
        ("Ann Alder, Ben Baker", "Ann Alder, Ben Baker", ""),
        ("Ann, Ben, Cy", "Ann, Ben, Cy", ""),
        ("(she/her)", "(she/her)", ""),
    ],
)
def test_first_and_last_name_of_what_somebody_wrote(written: str, first: str, last: str) -> None:
    assert first_and_last(written) == (first, last)


def test_a_contact_is_made_under_the_name_that_letters_greet() -> None:
    assert _names(Name("Müller, Cy")) == {"FNAME": "Cy", "LNAME": "Müller"}
    assert _names(Name("Cher")) == {"FNAME": "Cher"}
    assert _names(None) == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Cy Müller", "Müller, Cy (he/him)", True),
        ("Cy Müller", "Cy Müller (senior)", False),
        ("Cy Müller", "Cy Müller, Jr.", False),
        ("Cy Müller", "Cy Muller", False),
        ("Ben and/or Cy Müller", "Cy Müller", False),
    ],
)
def test_what_tells_two_people_apart_is_no_ornament(one: str, other: str, *, same: bool) -> None:
    assert (Name.parse(one).folded() == Name.parse(other).folded()) is same


@pytest.mark.parametrize("run", ["{} , ", ", {}", "he/", "(he,a", ", Jr.", "( "])
def test_a_long_text_is_looked_through_once(run: str) -> None:
    text = "Ann" + (run.format(" " * 40_000) if "{}" in run else run * 20_000) + "b!"
    begun = perf_counter()
    first_and_last(text)
    in_usual_order(text)
    assert perf_counter() - begun < 2
