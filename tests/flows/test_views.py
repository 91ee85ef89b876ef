"""What the terminal shows of people, and what an error keeps to itself."""

import pytest

from flows.views import find_person
from models.errors import AskAPerson
from models.roll import Roll
from tests.models.invented import gathered, registered


def crowd(many: int) -> Roll:
    """So many Alders."""
    people = [registered(f"Ann{n} Alder", f"ann{n}@example.org") for n in range(many)]
    facts = gathered(today="2026-03-31", registrations=people)
    return facts.roll(facts.today)


def test_if_several_fit_the_terminal_names_them_and_the_error_only_their_ids(
    capsys: pytest.CaptureFixture[str],
) -> None:
    roll = crowd(12)
    with pytest.raises(AskAPerson) as asked:
        find_person(roll, "alder")
    shown = capsys.readouterr().out
    assert "Alder" not in str(asked.value)
    assert "12 people fit" in str(asked.value)
    assert " and 2 more" in str(asked.value)
    assert shown.count(" Alder\t") == 10
    for line in shown.splitlines()[1:]:
        assert line.split("\t")[1] in str(asked.value)


def test_a_script_that_wants_json_gets_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AskAPerson):
        find_person(crowd(2), "alder", show=False)
    assert capsys.readouterr().out == ""
