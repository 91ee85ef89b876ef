"""The page of endorsements: what the members' votes of 2024 come to, list by list"""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.ballots.answers import Answer
from models.ballots.boxes import Voter, Window, classify_ballots
from models.ballots.received import Code, Received
from models.contests.offices import before_opening
from models.tally.count import count
from models.tally.outcome import Outcome, OutcomeKind
from models.votes.reports import Section, is_meant, section_of
from tests.bylaws.votes import contest, vote
from tests.cases.reading import CASES, EDITION, contest_of, counted

YEAR = sorted((CASES / "endorsements-2024").iterdir())
LISTS = [(contest_of(folder), counted(folder).outcome) for folder in YEAR]


def listed(section: Section) -> list[str]:
    """Whom or what a list names."""
    return [out.choices[0] for asked, out in LISTS if section_of(asked, out) is section]


def test_two_contested_races_were_endorsed() -> None:
    """EN-3, EN-6, EN-13"""
    assert listed(Section.ENDORSED) == ["Allison Cartwright", "Kamala Harris and Tim Walz"]


def test_three_were_re_endorsed_uncontested() -> None:
    """EN-7, EN-13"""
    assert listed(Section.RE_ENDORSED) == ["Ayanna Pressley", "Sam Montaño", "Liz Miranda"]


def test_one_endorsement_was_renewed_against_a_challenger() -> None:
    """EN-7, EN-13"""
    assert listed(Section.RENEWED) == ["Elizabeth Warren"]


def test_six_questions_were_answered_yes() -> None:
    """EN-12, EN-13"""
    assert listed(Section.QUESTIONS) == ["Yes"] * 6


def test_question_6_exists_only_in_the_10th_and_the_14th_suffolk() -> None:
    """EN-12"""
    asked = [one for one, out in LISTS if section_of(one, out) is Section.QUESTIONS]
    where = {one.title[:10]: one.districts for one in asked}
    assert where.pop("Question 6") == ("10th Suffolk", "14th Suffolk")
    assert set(where.values()) == {()}


def test_every_2024_contest_meets_the_rules_for_opening() -> None:
    """EN-1, EN-2, EN-7"""
    for folder in YEAR:
        assert all(
            r.holds for r in before_opening(contest_of(folder), EDITION, date(2024, 9, 1))
        ), folder


@pytest.mark.parametrize(("alone", "ballots"), [(True, 2), (False, 4)])
def test_a_voter_of_the_15th_suffolk_votes_on_question_6_unless_it_says_not(
    alone: bool, ballots: int
) -> None:
    """EN-12, EN-R10"""
    opens = datetime(2024, 10, 10, tzinfo=UTC)
    window = Window(opens=opens, closes=opens + timedelta(days=10))
    districts = ["10th Suffolk", "14th Suffolk", "15th Suffolk", "15th Suffolk"]
    roll = {Code.parse(f"c{n}"): Voter(number=n, district=d) for n, d in enumerate(districts)}
    rows = [
        Received(
            place=f"Ballots!A{n}",
            at=opens,
            code=code,
            answers={"question-6": Answer(ranking=(0 if n < 2 else 1,))},
        )
        for n, code in enumerate(roll)
    ]
    question = contest_of(CASES / "endorsements-2024" / "question-6").model_copy(
        update={"only_these_districts_vote": alone}
    )
    race = classify_ballots(rows, roll, window).race(question.id, question.voting_districts)
    result = count(question, race.rankings, EDITION)
    assert (result.sums.ballots, race.elsewhere) == (ballots, 4 - ballots)
    assert str(result.outcome) == ("endorsed: Yes" if alone else "no consensus")


def test_a_warning_stands_apart_from_endorsements() -> None:
    """EN-8, EN-13"""
    against = {"purpose": "anti-endorsement", "subject": "Dana"}
    asked = contest("up-or-down", **against)
    assert section_of(asked, vote("9 Yes", "up-or-down", **against).outcome) is Section.AGAINST


def test_a_contest_without_a_winner_is_not_listed_as_endorsed() -> None:
    """EN-8, EN-R4"""
    for kind in (OutcomeKind.NO_CONSENSUS, OutcomeKind.NO_ENDORSEMENT_CHOSEN, OutcomeKind.OPEN_TIE):
        assert section_of(contest("ranked"), Outcome(kind)) is None
    assert section_of(contest("ranked"), vote("1 A; 1 B").outcome) is None


@pytest.mark.parametrize(
    ("table", "won", "said"),
    [
        ({"kind": "ratify-or-prefer", "recommendation": "a"}, "A", True),
        ({"kind": "ratify-or-prefer", "recommendation": "A"}, "B", False),
        ({"kind": "ranked"}, "B", True),
        ({"kind": "question", "recommendation": "Yes"}, "No", False),
        (
            {
                "kind": "up-or-down",
                "purpose": "abbreviated",
                "subject": "A",
                "recommendation": "Yes",
            },
            "A",
            True,
        ),
        (
            {
                "kind": "up-or-down",
                "purpose": "abbreviated",
                "subject": "A",
                "recommendation": "No",
            },
            "A",
            False,
        ),
    ],
)
def test_a_statement_for_the_recommended_is_not_said_of_somebody_else(
    table: dict[str, str], won: str, said: bool
) -> None:
    """EN-1, EN-13"""
    outcome = Outcome(OutcomeKind.ENDORSED, (won,))
    assert is_meant(contest(table["kind"], **{k: v for k, v in table.items() if k != "kind"}),
                    outcome) is said  # fmt: skip
