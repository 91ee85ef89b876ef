"""contest.toml: all its faults at once, and the same contest again from a report."""

from pathlib import Path

import pytest

from connectors.ballot_files import contest_file_from, read_contest
from models.errors import FixTheSettings
from models.tally.digests import contest_digest

WHOLE = """
kind = "ranked"
id = "mayor"
title = "Mayor"
rules = "public"
candidates = ["Ann", "Bob"]
no_endorsement = ""

[settings]
threshold = "50%"
ties = ["candidate order"]

[ballots]
first_column = 3
aliases = { "475" = "Bob" }

[report]
date = "2024-11-05"

[[decisions]]
tied = ["Ann", "Bob"]
picked = "Bob"
how = "lot, seed 20241105"
"""


def refusal(path: Path, text: str) -> str:
    """What the settings' error says."""
    file = path / "contest.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FixTheSettings) as caught:
        read_contest(file)
    assert caught.value.where.startswith("contest.toml")
    assert caught.value.next_step
    return caught.value.fact


def test_a_file_and_its_table_are_the_same(tmp_path: Path) -> None:
    """A report carries the table; a re-count reads it again."""
    file = tmp_path / "contest.toml"
    file.write_text(WHOLE, encoding="utf-8-sig")
    read = read_contest(file)
    assert contest_file_from(read.table(), "report") == read
    assert read.heading.date == "2024-11-05"
    file.write_text(WHOLE.replace('"2024-11-05"', "2024-11-05"))
    assert read_contest(file) == read
    assert [decision.picked for decision in read.decisions] == ["Bob"]
    assert set(read.table()) == {
        *("kind", "id", "title", "rules", "candidates", "no_endorsement"),
        *("settings", "ballots", "report", "decisions"),
    }


def test_what_is_asked_of_a_candidate_before_the_vote_is_in_no_report(tmp_path: Path) -> None:
    """DP-3: a report is published; its re-count has the same contest all the same."""
    file = tmp_path / "contest.toml"
    asked = '[[invited]]\nname = "Ann"\nocpf_account_active = false\n'
    file.write_text(WHOLE + asked, encoding="utf-8")
    read = read_contest(file)
    assert "invited" not in read.table()
    again = contest_file_from(read.table(), "report")
    assert contest_digest(again.contest) == contest_digest(read.contest)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ("first_column = 3", "first_colum = 3\nblank = 1"),
            "[ballots] first_colum: there is no such setting; did you mean first_column?",
        ),
        (("first_column = 3", "first_colum = 3\nblank = 1"), "[ballots] blank: write a list"),
        (('date = "2024-11-05"', 'date = "November"'), "write the day as 2024-11-05"),
        (("first_column = 3", 'encoding = "klingon"'), "write an encoding such as utf-8"),
        (('picked = "Bob"', ""), "[decisions 1] picked: is missing"),
        (('picked = "Bob"', 'picked = "Cy"'), "the choice that is picked is not among those tied"),
        (('title = "Mayor"', ""), "title: is missing"),
        (("[settings]", "[setings]"), "setings: there is no such setting; did you mean settings?"),
        (('title = "Mayor"', "title = Mayor"), "this is not TOML"),
    ],
)
def test_faults_are_told_by_place(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    """Unknown, missing and mistyped keys are refused, never passed over."""
    assert says in refusal(tmp_path, WHOLE.replace(*change))


def test_no_file(tmp_path: Path) -> None:
    """The whole path is told: it is the user's own."""
    with pytest.raises(FixTheSettings, match="no such file") as caught:
        read_contest(tmp_path / "contest.toml")
    assert caught.value.where == str(tmp_path / "contest.toml")
    with pytest.raises(FixTheSettings, match="this is a folder, not a file"):
        read_contest(tmp_path)


@pytest.mark.parametrize(
    "vain", ['settings = { threshold = "2/3" }', 'about = [{ name = "Ann", bio = "A neighbour" }]']
)
def test_what_an_approval_would_pass_over_is_refused(tmp_path: Path, vain: str) -> None:
    """It was taken, and nothing followed from it."""
    approval = 'kind = "approval"\nid = "co"\ntitle = "Co-chairs"\ncandidates = ["Ann", "Bob"]\n'
    assert "nothing follows" in refusal(tmp_path, approval + vain)
    committee = 'kind = "committee"\nid = "co"\ntitle = "A decision"\nactive = 9\n'
    assert "nothing follows" in refusal(tmp_path, committee + vain)
