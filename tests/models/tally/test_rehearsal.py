"""Both counts are tried on every contest before it opens (EN-R11)."""

from typing import Any

import pytest

from models.contests.contest import Contest
from models.errors import FixTheSettings
from models.tally import rehearsal
from models.tally.rankings import OVERVOTE, SKIPPED, marked_in
from models.tally.rehearsal import invented, rehearse
from tests.bylaws.votes import contest
from tests.cases.reading import EDITION

EACH = [
    contest("ranked"),
    contest("ranked", candidates=[f"N{number}" for number in range(12)]),
    contest("single-choice"),
    contest("single-choice", candidates=["A"]),
    contest("ratify-or-prefer", recommendation="A"),
    contest("ratify-or-prefer", candidates=["A", "B"], recommendation="No endorsement"),
    contest("question"),
    *(
        contest("up-or-down", purpose=purpose, subject="It")
        for purpose in ("abbreviated", "re-endorsement", "anti-endorsement", "slate", "priorities")
    ),
    contest("ranked", settings={"stop_at": 2, "base": "cast"}),
    contest("ranked", excluded=["B"]),
]


@pytest.mark.parametrize("asked", EACH, ids=lambda one: f"{one.kind} of {len(one.choices)}")
def test_every_kind_of_members_vote_can_be_counted(asked: Any) -> None:
    assert [*rehearse(asked, EDITION)] == []


def test_invented_ballots_are_the_same_at_every_look_and_hold_every_mistake() -> None:
    drawn = invented(EACH[1], EDITION)
    assert drawn == invented(EACH[1], EDITION)
    assert drawn != invented(EACH[1].model_copy(update={"id": "other"}), EDITION)
    marks = [mark for ranking in drawn for mark in ranking]
    assert () in drawn
    assert {SKIPPED, OVERVOTE} <= frozenset.union(*map(marked_in, drawn))
    assert any(isinstance(mark, frozenset) for mark in marks)


def test_only_one_choice_is_marked_where_voters_do_not_rank() -> None:
    assert max(map(len, invented(contest("question"), EDITION))) == 1
    ratified = contest("ratify-or-prefer", candidates=["A", "B"], recommendation="A")
    assert any(len(ratified.choices) in marked_in(one) for one in invented(ratified, EDITION))


def test_a_contradiction_shows_before_anybody_votes() -> None:
    with pytest.raises(FixTheSettings, match="two choices could reach it at once"):
        [*rehearse(contest("ranked", settings={"threshold": "1/3"}, **PUBLIC), EDITION)]


PUBLIC: dict[str, Any] = {"rules": "public", "no_endorsement": ""}


def test_two_counts_that_disagree_show_before_anybody_votes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def objects(_contest: Contest, ballots: object, *_: object) -> tuple[str, ...]:
        return ("the rounds differ",) if ballots else ()

    monkeypatch.setattr(rehearsal, "check", objects)
    assert [*rehearse(contest("question"), EDITION)] == ["the rounds differ"]
