"""A race's page says who withdrew, and what their ballots became (EN-R11)."""

from typing import Any

import pytest

from connectors.pages import RaceReport, race_page
from models.contests.contest import contest_from
from models.tally.count import count
from models.tally.rankings import Rankings
from tests.cases.reading import EDITION

NAMES = ["Ann", "Ben", "Cy"]


def report(ballots: Rankings, **table: Any) -> RaceReport:
    """A counted race from which Ann withdrew."""
    said = {"id": "race", "title": "A race", "candidates": NAMES, "excluded": ["Ann"], **table}
    contest = contest_from(said, "race")
    return RaceReport(result=count(contest, ballots, EDITION), contest=contest)


@pytest.mark.parametrize(
    ("kind", "english", "spanish"),
    [
        ("ranked", "A ballot that ranks one moves to its next choice", "pasa a su siguiente"),
        ("approval", "A ballot that marks no one else has no choice left", "se queda sin opción"),
    ],
)
def test_the_page_names_them_in_both_languages(kind: str, english: str, spanish: str) -> None:
    found = report({(0, 1): 20, (1,): 30} if kind == "ranked" else {(1,): 30}, kind=kind)
    for language, said in (("en", english), ("es", spanish)):
        page = race_page(found, language=language)  # type: ignore[arg-type]  # of the two
        assert "Ann." in page
        assert said in page
        assert '<th scope="row">Ann</th>' not in page


def test_a_name_that_ends_in_a_point_has_one_within_a_sentence() -> None:
    ends = report({(1,): 30}, kind="ranked", candidates=["Ann, Jr.", "Ben", "Cy"],
                  excluded=["Ann, Jr."])  # fmt: skip
    assert "Withdrawn: Ann, Jr. Votes for" in race_page(ends)


def test_nobody_is_named_where_nobody_withdrew() -> None:
    assert "Withdrawn" not in race_page(report({(1,): 30}, kind="ranked", excluded=[]))


def test_who_withdrew_has_no_votes_that_ratified_them() -> None:
    """EN-6: the ballots went on to their next choice, so none of their votes is left to tell of."""
    ballots: Rankings = {(4, 1): 65, (2,): 30}
    found = report(ballots, kind="ratify-or-prefer", recommendation="Ann")
    assert found.result.ratified == 65
    assert "ratified the committee" not in race_page(found, tellers=True)
    stands = report(ballots, kind="ratify-or-prefer", recommendation="Ann", excluded=[])
    assert "65 of the votes for Ann ratified" in race_page(stands, tellers=True)
