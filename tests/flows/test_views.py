"""What the terminal shows of people, and what an error keeps to itself."""

import pytest

from flows.views.roll import find_person, suggest_names
from models.errors import AskAPerson
from models.membership.voter_roll import VoterRoll
from tests.models.invented import gathered, registered


def crowd(many: int) -> VoterRoll:
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
    assert "12 people match" in str(asked.value)
    assert " and 2 more" in str(asked.value)
    assert shown.count(" Alder\t") == 10
    for line in shown.splitlines()[1:]:
        assert line.split("\t")[1] in str(asked.value)


def test_namesakes_are_told_apart_by_district_and_last_event(
    capsys: pytest.CaptureFixture[str],
) -> None:
    people = [
        registered("Ann Alder", "a@example.org", district="Second Suffolk"),
        registered("Ann Alder", "b@example.org", district="Norfolk"),
    ]
    facts = gathered(today="2026-03-31", registrations=people)
    with pytest.raises(AskAPerson):
        find_person(facts.roll(facts.today), "alder")
    header, *rows = capsys.readouterr().out.splitlines()
    assert header == "Name\tId\tDistrict\tLast counted event"
    assert {row.split("\t")[2] for row in rows} == {"Second Suffolk", "Norfolk"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Teha", "Did you mean Thea Novak?\n"),
        ("Thea Novac", "Did you mean Thea Novak?\n"),
        ("aldr", "Did you mean one of these: Bo Alder, Cy Alder?\n"),
        ("Zebulon", ""),
    ],
)
def test_a_first_or_last_name_alone_is_enough_to_be_near(
    typed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [registered(name, f"{name[:2]}@example.org".lower())
              for name in ("Thea Novak", "Bo Alder", "Cy Alder")]  # fmt: skip
    facts = gathered(today="2026-03-31", registrations=people)
    suggest_names(facts.roll(facts.today), typed)
    assert capsys.readouterr().out == said


def test_a_script_that_wants_json_gets_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AskAPerson):
        find_person(crowd(2), "alder", show=False)
    assert capsys.readouterr().out == ""
