"""What of a ballot form is not as it was approved."""

from dataclasses import replace

from models.ballots.drift import Drift, How, Live, QuestionChange, asked, drift, kept
from models.ballots.form import Item

CODE = asked(Item("Ballot code", "text"), ["c0de"])
RANKS = Item("Mayor", "grid", ("1st", "2nd"), ("Ada", "Bea"))
MAYOR = asked(RANKS, ["a1", "b2"])
BOTH = (CODE, MAYOR)


def changes(*now: object) -> list[tuple[str, str]]:
    found = drift(BOTH, Live(now), voting=True)  # type: ignore[arg-type]  # a test's own
    return [(one.title, one.how) for one in found.changes]


def test_the_same_questions_in_any_order_are_no_drift() -> None:
    assert not drift(BOTH, Live((MAYOR, CODE)), voting=True).is_any


def test_each_way_a_question_can_differ() -> None:
    assert changes(CODE) == [("Mayor", How.GONE)]
    assert changes(*BOTH, asked(Item("Your name", "text"), ["n"])) == [("Your name", How.NEW)]
    assert changes(CODE, asked(replace(RANKS, title="Mayr"), ["a1", "b2"])) == [
        ("Mayor", How.RENAMED)
    ]
    for other in (
        replace(RANKS, rows=("Ada", "Bee")),
        replace(RANKS, options=("1st",)),
        replace(RANKS, help="Ada alone."),
        Item("Mayor", "one", ("Ada", "Bea")),
    ):
        assert changes(CODE, asked(other, ["a1", "b2"])) == [("Mayor", How.CHANGED)]
    anew = asked(Item("Ballot code", "text"), ["c0df"])
    assert changes(anew, MAYOR) == [("Ballot code", How.ASKED_ANEW)]


def test_a_question_asked_a_second_time_is_new() -> None:
    assert changes(CODE, asked(RANKS, ["x", "y"]), MAYOR) == [("Mayor", How.NEW)]


def test_after_the_close_a_form_may_be_shut_but_not_changed() -> None:
    shut = Live((CODE,), accepting=False, for_anybody=False, collects=True)
    assert drift(BOTH, shut, voting=False) == Drift(
        changes=(QuestionChange(title="Mayor", how=How.GONE),)
    )
    before = drift(BOTH, shut, voting=True)
    assert (before.closed, before.restricted, before.collects) == (True, True, True)


def test_what_nobody_can_say_is_no_drift() -> None:
    assert not drift(BOTH, Live(BOTH, for_anybody=None), voting=True).is_any


def test_a_record_without_its_questions_is_compared_in_what_it_has() -> None:
    assert not drift((), Live(BOTH), voting=True).is_any
    assert drift((), Live(BOTH, accepting=False), voting=True).closed


ANN, BO = (asked(Item(name, "note", help="Knocks on doors."), ()) for name in ("Ann", "Bo"))


def test_a_text_that_is_read_is_compared_and_names_nobody() -> None:
    before = (CODE, ANN, MAYOR, BO)
    assert not drift(before, Live((BO, CODE, ANN, MAYOR)), voting=True).is_any
    other = asked(Item("Bo", "note", help="Is away."), ())
    for now, how in (
        ((CODE, ANN, MAYOR), How.GONE),
        ((*before, other), How.NEW),
        ((CODE, ANN, MAYOR, other), How.CHANGED),
    ):
        found = drift(before, Live(now), voting=True)
        assert found.changes == (QuestionChange(title="", how=how),)
    assert "Bo" not in str(BO)


def test_what_is_kept_cannot_be_guessed_without_the_key() -> None:
    assert kept(BO, b"a") == kept(BO, b"a")
    assert kept(BO, b"a") != kept(BO, b"b")
    assert kept(BO, b"a").says not in (BO.says, "")
    header = asked(Item("x", "text"), ()).model_copy(update={"says": ""})
    assert kept(header, b"a") == header
