"""Digests tell inputs apart and spellings not."""

from models.contests.contest import contest_from
from models.tally.digests import ballots_digest, contest_digest, edition_digest, roll_digest
from models.tally.rankings import SKIPPED
from tests.cases.reading import EDITION

RACE = {"kind": "question", "id": "q1", "title": "Question 1"}


def test_the_same_ballots_have_the_same_digest_however_they_are_spelled() -> None:
    one = {(0, frozenset({2, 1})): 3, (): 1}
    other = {(SKIPPED,): 1, (0, frozenset({1, 2}), SKIPPED): 1, (0, frozenset({1, 2})): 2}
    assert ballots_digest(one) == ballots_digest(other)


def test_other_ballots_have_another_digest() -> None:
    digests = [
        ballots_digest({(0, 1): 2}),
        ballots_digest({(0, 1): 3}),
        ballots_digest({(1, 0): 2}),
        ballots_digest({(frozenset({0, 1}),): 2}),
        ballots_digest({(0, 1): 2, (): 1}),
        ballots_digest({(0, 1): 2}, unreadable=1),
    ]
    assert len(set(digests)) == len(digests)


def test_another_setting_is_another_contest() -> None:
    plain, other = contest_from(RACE, ""), contest_from(RACE | {"settings": {"base": "cast"}}, "")
    assert contest_digest(plain) == contest_digest(contest_from(RACE, ""))
    assert contest_digest(plain) != contest_digest(other)


def test_another_number_is_another_edition() -> None:
    amended = EDITION.model_copy(update={"name": "amended"})
    assert edition_digest(EDITION) != edition_digest(amended)


def test_the_order_of_the_roll_does_not_matter() -> None:
    assert roll_digest(["1 10th", "2 15th"]) == roll_digest(["2 15th", "1 10th"])
    assert roll_digest(["1 10th"]) != roll_digest(["1 15th"])
    assert roll_digest([]).startswith("sha256:")
