"""What the terminal shows of people, and what an error keeps to itself."""

from datetime import date

import pytest

from flows.views.roll import find_person, show_person, suggest_names
from models.errors import AskAPerson
from models.membership.voter_roll import VoterRoll
from tests.models.invented import gathered, held, registered, signed_in


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


EVENTS = {"2026-01-10": "Forum", "2026-02-10": "Meeting", "2026-03-10": "Canvass: east side"}


def told(capsys: pytest.CaptureFixture[str], attended: int, on: str = "2026-03-31") -> str:
    """What is said of somebody who attended the first few events."""
    facts = gathered(
        today="2026-03-31",
        registrations=[registered("Thea Novak", "thea@example.org")],
        events=[held(day, name) for day, name in EVENTS.items()],
        sign_ins=[signed_in(name, "thea@example.org") for name in [*EVENTS.values()][:attended]],
    )
    entry = find_person(facts.roll(date.fromisoformat(on)), "thea")
    show_person(entry, facts, ())
    return capsys.readouterr().out


def test_a_members_verdict_says_since_when_and_apart_from_it_what_counts_today(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What counts today may be newer than the day since when: it is not “since X because Y”."""
    first, second, third, *_ = told(capsys, 3).splitlines()
    assert first == (
        "Thea Novak has been a voting member since March 10, 2026. The membership is good through "
        "January 10, 2027, or longer with more events."
    )
    assert second == "What counts on March 31, 2026:"
    assert third == (
        "  ✓ VM-1: attended 3 qualifying events (3 needed): Forum (January 10, 2026); Meeting "
        "(February 10, 2026); Canvass: east side (March 10, 2026)"
    )


def test_of_one_event_away_it_says_what_to_do_and_how_long_that_is_enough(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = told(capsys, 2)
    assert said.startswith(
        "1 more event makes Thea Novak a voting member. The events counted so far keep counting "
        "through January 10, 2027.\n"
    )
    assert "Events not attended: 1. The latest: Canvass: east side (March 10, 2026)\n" in said


def test_of_fewer_it_says_the_day_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, 1).startswith("Thea Novak cannot vote on March 31, 2026.\n")


def test_what_no_longer_counts_says_through_when(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, 3, on="2027-02-01")
    assert "  – Forum (January 10, 2026): counted through January 10, 2027 (VM-R1)\n" in said
