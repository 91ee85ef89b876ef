"""Small electorates: a published page says the same whatever the numbers are that it keeps back.

That is the whole of it: no sum, difference, digest or remark can show what makes no difference.
Rules: BA-6, EN-R8.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.pages import LANGUAGES, ElectionSums, RaceReport, election_page, race_page
from models.tally.rankings import Rankings
from tests.connectors.pages.invented import SUMS, race, ranked

QUESTION = {"kind": "question", "id": "q6", "title": "Q six", "districts": ["10th Suffolk"]}
FEW = st.integers(1, 9)


def public(report: RaceReport) -> list[str]:
    """The public pages of a race."""
    return [race_page(report, language=language) for language in LANGUAGES]


def turnout(sums: ElectionSums) -> list[str]:
    """The election's public pages."""
    return [election_page([], title="A vote", sums=sums, language=tongue) for tongue in LANGUAGES]


@given(FEW, FEW, st.integers(10, 400))
def test_a_turnout_under_ten_makes_no_difference(one: int, other: int, voters: int) -> None:
    assert turnout(ElectionSums(one, one, 0, voters=voters)) == turnout(
        ElectionSums(other, other, 0, voters=voters)
    )


@given(st.integers(10, 500), st.integers(0, 9), st.integers(0, 9))
def test_how_few_did_not_vote_makes_no_difference(counted: int, one: int, other: int) -> None:
    assert turnout(ElectionSums(counted, counted, 0, voters=counted + one)) == turnout(
        ElectionSums(counted, counted, 0, voters=counted + other)
    )


def test_a_turnout_of_many_does() -> None:
    assert turnout(SUMS) != turnout(ElectionSums(187, 150, 21, SUMS.set_aside, voters=241))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({(0,): 9}, {(0,): 4}),
        ({(0,): 9}, {(0,): 8, (1,): 1}),
        ({(0,): 9}, {(0, 1): 5, (0, 2): 2}),
        ({(0,): 9}, {(0,): 6, (): 3}),
        ({(0,): 7, (1,): 2}, {(0,): 2}),
    ],
)
def test_how_a_few_voted_makes_no_difference(one: Rankings, other: Rankings) -> None:
    assert public(ranked("few", "Few", one)) == public(ranked("few", "Few", other))


@pytest.mark.parametrize(("one", "other"), [(3, 4), (1, 9)])
def test_a_small_district_makes_no_difference_to_a_race(one: int, other: int) -> None:
    """The election's ballots are known: a race's ballots would show the other districts'."""
    small = [race(QUESTION, {(0,): 30, (): 14 - n}, elsewhere=n) for n in (one, other)]
    assert public(small[0]) == public(small[1])


@pytest.mark.parametrize("ballots", [30, 99, 100, 5000])
def test_the_digest_of_ballots_is_the_tellers_alone(ballots: int) -> None:
    """The tallies are published: what they leave open is little enough to be tried."""
    report = ranked("r", "R", {(0,): ballots - 12, (1,): 12})
    digests = dict(report.result.digests)
    ours = digests.pop("ballots")
    for page in public(report):
        assert ours not in page
        assert all(digest in page for digest in digests.values())
    assert ours in race_page(report, tellers=True)


def test_the_digest_of_a_public_elections_ballots_is_public() -> None:
    report = ranked("r", "R", {(0,): 40}, rules="public", no_endorsement="")
    assert all(report.result.digests["ballots"] in page for page in public(report))
