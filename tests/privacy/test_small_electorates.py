"""Small electorates: a published page says the same whatever the numbers are that it keeps back.

That is the whole of it: no sum, difference, digest or remark can show what makes no difference.
Rules: BA-6, EN-R8.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.pages import LANGUAGES, ElectionSums, RaceReport, election_page, race_page
from models.ballots.boxes import RejectionReason as Why
from models.tally.rankings import Rankings
from tests.connectors.pages.invented import race, ranked

QUESTION = {"kind": "question", "id": "q6", "title": "Q six", "districts": ["10th Suffolk"]}
FEW = st.integers(1, 9)


def public(report: RaceReport) -> list[str]:
    """The public pages of a race."""
    return [race_page(report, language=language) for language in LANGUAGES]


def turnout(sums: ElectionSums) -> list[str]:
    """The election's public pages."""
    return [election_page([], title="A vote", sums=sums, language=tongue) for tongue in LANGUAGES]


@given(FEW, FEW, FEW, FEW)
def test_totals_are_told_however_few(
    counted: int, others: int, superseded: int, aside: int
) -> None:
    """Turnout, and how many rows did not count: no breakdown, so nothing secretive about them."""
    rows = ElectionSums(
        counted + superseded + aside, counted, superseded, {Why.LATE: aside}, counted + others
    )
    english = re.sub(r"<[^>]*>|\s+", " ", turnout(rows)[0])
    for said in (
        f"{counted} of {counted + others} members on the voter roll voted",
        f"same voter {superseded} ",
    ):
        assert said in re.sub(" +", " ", english)


@given(st.integers(1, 9), st.sampled_from(list(Why)), st.sampled_from(list(Why)))
def test_why_few_rows_were_set_aside_makes_no_difference(few: int, one: Why, other: Why) -> None:
    assert turnout(ElectionSums(30 + few, 30, 0, {one: few}, voters=40)) == turnout(
        ElectionSums(30 + few, 30, 0, {other: few}, voters=40)
    )


def test_why_many_were_does() -> None:
    assert turnout(ElectionSums(50, 30, 0, {Why.LATE: 20})) != turnout(
        ElectionSums(50, 30, 0, {Why.EARLY: 20})
    )


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
