"""A stand-alone count, from the files to the files; and the proof that it can be counted again."""

import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rcvformats.schemas.universaltabulator import SchemaV0

from flows.counting import count
from flows.counting.count import count_files, read_edition, report_of, write
from flows.counting.recount import recount
from models.bylaws.tally_rules import Threshold
from models.errors import ClerkError, FixTheData, FixTheSettings
from tests.models.bylaws.texts import DIGEST, ONE, SECOND, amendment

CONTEST = """
kind = "ranked"
id = "d6"
title = "City Council, District 6"
candidates = ["Ana", "Ben, Jr.", "Cy"]
"""
BALLOTS = "rank1,rank2\n" + "Ana,\n" * 40 + '"Ben, Jr.",Ana\n' * 35 + "Cy,No endorsement\n" * 25


@pytest.fixture
def vote(tmp_path: Path) -> tuple[Path, Path]:
    """The bylaws' example as two files: ballots and contest."""
    (tmp_path / "contest.toml").write_text(CONTEST)
    (tmp_path / "ballots.csv").write_text(BALLOTS)
    return tmp_path / "ballots.csv", tmp_path / "contest.toml"


def test_the_example_of_the_bylaws(vote: tuple[Path, Path]) -> None:
    """EN-R1 to EN-R4: read, counted, and counted a second time."""
    counted = count_files(*vote)
    assert str(counted.result.outcome) == "endorsed: Ana"
    assert counted.disagreements == ()
    assert report_of(counted)["clerk"]["secondCount"] == "agrees"


def test_what_is_written(vote: tuple[Path, Path], tmp_path: Path) -> None:
    """The report, RCVis' variant and the pages; the ballots for the tellers alone (BA-6)."""
    out = tmp_path / "out"
    written = write(count_files(*vote), out)
    assert {str(file.relative_to(out)) for file in written} == {
        *("detailed_report.json", "rcvis.json", "d6.html", "d6.es.html"),
        *("tellers/README.txt", "tellers/ballots.blt", "tellers/ballots.csv", "tellers/d6.html"),
        "tellers/detailed_report.json",
    }
    assert stat.S_IMODE((out / "tellers").stat().st_mode) == 0o700
    schema = SchemaV0()
    assert schema.validate(str(out / "rcvis.json")), schema.last_error()
    assert "City Council" in (out / "d6.html").read_text(encoding="utf-8")
    report = json.loads((out / "detailed_report.json").read_text(encoding="utf-8"))
    assert report["clerk"]["contest"]["candidates"] == ["Ana", "Ben, Jr.", "Cy"]


def test_the_tellers_csv_is_the_same_ballots(vote: tuple[Path, Path], tmp_path: Path) -> None:
    """Our own reader finds in RCTab's CSV what it found in the original."""
    write(count_files(*vote), tmp_path / "out")
    again = count_files(tmp_path / "out" / "tellers" / "ballots.csv", vote[1])
    assert again.result == count_files(*vote).result


def told(vote: tuple[Path, Path], folder: Path) -> dict[str, bool | None]:
    """What a re-count of the folder's report says is the same."""
    return {proof.what: proof.same for proof in recount(folder, vote[0])}


def test_a_recount_proves_the_same_input_and_result(
    vote: tuple[Path, Path], tmp_path: Path
) -> None:
    """Digests of ballots, contest and edition; rounds; outcome; a second count."""
    write(count_files(*vote), tmp_path / "out")
    proofs = told(vote, tmp_path / "out")
    assert set(proofs) == {
        *("the ballots", "the contest", "the edition"),
        *("every round", "the outcome", "its notes", "a second, independent count"),
    }
    assert all(proofs.values())
    shuffled = BALLOTS.splitlines(keepends=True)
    vote[0].write_text("".join([shuffled[0], *reversed(shuffled[1:])]))
    assert all(told(vote, tmp_path / "out").values()), "the order of ballots says nothing"


def test_a_recount_of_the_public_report_says_what_it_cannot_check(
    vote: tuple[Path, Path], tmp_path: Path
) -> None:
    """BA-6: the ballots' digest is the tellers'; all else is held."""
    write(count_files(*vote), tmp_path)
    proofs = told(vote, tmp_path / "detailed_report.json")
    assert proofs.pop("the ballots") is None
    assert all(proofs.values())
    vote[0].write_text(BALLOTS.replace("Ana,\n", "Ana,Cy\n", 1))
    assert told(vote, tmp_path)["the ballots"] is False
    assert told(vote, tmp_path / "detailed_report.json")["the ballots"] is None


def test_a_digest_that_the_public_report_has_all_the_same_is_held_to(
    vote: tuple[Path, Path], tmp_path: Path
) -> None:
    """Who puts one in may not say anything with it."""
    write(count_files(*vote), tmp_path)
    file = tmp_path / "detailed_report.json"
    report = json.loads(file.read_text(encoding="utf-8"))
    report["clerk"]["digests"]["ballots"] = "sha256:0"
    file.write_text(json.dumps(report))
    assert told(vote, file)["the ballots"] is False


def test_a_recount_of_other_ballots_is_found(vote: tuple[Path, Path], tmp_path: Path) -> None:
    """One ballot more: another digest and other rounds, though the outcome stays."""
    write(count_files(*vote), tmp_path / "out")
    vote[0].write_text(BALLOTS + "Ana,\n")
    proofs = told(vote, tmp_path / "out")
    assert not proofs["the ballots"]
    assert not proofs["every round"]
    assert proofs["the outcome"]


@pytest.mark.parametrize(
    ("place", "value", "found"),
    [
        (("clerk", "contest", "title"), "Another title", "the contest"),
        (("clerk", "digests", "edition"), "sha256:0", "the edition"),
        (("clerk", "outcome", "choices"), ["Cy"], "the outcome"),
        (("results", 0, "tally", "Ana"), "41", "every round"),
        (("clerk", "sums", "counted"), 1, "its notes"),
    ],
)
def test_a_changed_report_is_found(
    vote: tuple[Path, Path], tmp_path: Path, place: tuple[Any, ...], value: object, found: str
) -> None:
    """Whatever was changed in a report does not follow from its ballots."""
    write(count_files(*vote), tmp_path)
    file = tmp_path / "detailed_report.json"
    report = inside = json.loads(file.read_text(encoding="utf-8"))
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    file.write_text(json.dumps(report))
    assert not told(vote, file)[found]


def test_a_contest_with_all_its_tables_is_counted_again(
    vote: tuple[Path, Path], tmp_path: Path
) -> None:
    """EN-R5: readings, file settings and a recorded decision travel in the report."""
    vote[1].write_text(
        CONTEST.replace("Ben, Jr.", "Ben")
        + 'rules = "public"\nno_endorsement = ""\n'
        + '[settings]\nthreshold = "50%"\nties = ["recorded decision"]\n'
        + '[ballots]\naliases = { "B" = "Ben" }\n'
        + '[[decisions]]\ntied = ["Ben", "Cy"]\npicked = "Cy"\nhow = "lot, seed 7"\n'
    )
    vote[0].write_text("rank1\n" + "Ana\n" * 4 + "B\n" * 3 + "Cy\n" * 3)
    counted = count_files(*vote)
    assert [tie.picked for tie in counted.result.ties if tie.settled_by] == ["Cy"]
    write(counted, tmp_path / "out")
    assert all(told(vote, tmp_path / "out").values())


def test_rows_set_aside_are_in_the_sums(vote: tuple[Path, Path]) -> None:
    """BA-2: counted + blank + unreadable are the ballots."""
    vote[1].write_text(CONTEST + '[ballots]\nunreadable = "set aside"\n')
    vote[0].write_text(BALLOTS + "Dee,\n,\n")
    sums = count_files(*vote).result.sums
    assert (sums.ballots, sums.counted, sums.blank, sums.unreadable) == (102, 100, 1, 1)


RATIFY = """
kind = "ratify-or-prefer"
id = "r"
title = "R"
candidates = ["Ann"]
recommendation = "Ann"
"""


@pytest.mark.parametrize(
    ("contest", "ballots", "outcome"),
    [
        ('kind = "question"\nid = "q1"\ntitle = "Q 1"', "vote\nyes\nyes\nno", "endorsed: Yes"),
        (
            'kind = "up-or-down"\nid = "s"\ntitle = "Slate"\npurpose = "slate"\nsubject = "Slate"',
            "Slate\nYes\nYes\nYes\nNo\nNo",
            "adopted: Slate",
        ),
        (
            'kind = "committee"\nid = "c"\ntitle = "Decision"\nactive = 3',
            "vote\nYes\nYes\nNo",
            "adopted",
        ),
        (
            'kind = "approval"\nid = "a"\ntitle = "Chairs"\ncandidates = ["Ann", "Bob"]',
            'Chairs\n"Ann, Bob"\nAnn\nAnn',
            "elected: Ann",
        ),
        (
            RATIFY,
            "vote\nRatify the recommendation\nAnn\nNo endorsement",
            "endorsed: Ann",
        ),
    ],
    ids=["question", "up or down", "committee", "approval", "ratify or prefer"],
)
def test_every_kind_of_contest_makes_every_file(
    tmp_path: Path, contest: str, ballots: str, outcome: str
) -> None:
    """EN-*, SC-*: whatever is voted on, the files are there and a re-count agrees."""
    (tmp_path / "c.toml").write_text(contest)
    (tmp_path / "b.csv").write_text(ballots)
    counted = count_files(tmp_path / "b.csv", tmp_path / "c.toml")
    assert str(counted.result.outcome) == outcome
    assert len(write(counted, tmp_path / "out")) == 9
    assert all(proof.same for proof in recount(tmp_path / "out", tmp_path / "b.csv"))


def test_two_counts_that_disagree_are_no_result(
    vote: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in either count is found before anything is published."""
    monkeypatch.setattr(
        "models.tally.cross_check.check", lambda *_: ("round 1: Ana has 40, not 41",)
    )
    with pytest.raises(
        ClerkError, match="do not publish anything; report this bug with the contest file"
    ) as caught:
        count_files(*vote)
    assert caught.value.exit_code == 1


def test_a_large_count_leaves_the_second_one_to_a_recount(
    vote: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report says that no second count was made."""
    monkeypatch.setattr(count, "TWIN_AT_ONCE", 2)
    counted = count_files(*vote)
    assert counted.disagreements is None
    assert "clerk recount" in report_of(counted)["clerk"]["secondCount"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = 1", "name: write a text in quotes"),
        ("name = ", "this is not TOML"),
        (None, "there is no such file"),
    ],
)
def test_bylaws_that_cannot_be_read(tmp_path: Path, text: str | None, says: str) -> None:
    """Other bylaws are a file with all the rules of the built-in edition."""
    file = tmp_path / "bylaws.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(FixTheSettings, match=says):
        read_edition(file)


def test_other_bylaws_are_another_edition(vote: tuple[Path, Path], tmp_path: Path) -> None:
    """The bar is theirs, and so is the digest."""
    other = tmp_path / "other.toml"
    other.write_text(count.EDITION.read_text().replace('value = "3/5"', 'value = "4/5"'))
    mine, theirs = count_files(*vote).result, count_files(*vote, other).result
    assert (mine.bar, theirs.bar) == (Threshold(3, 5), Threshold(4, 5))
    assert mine.digests["edition"] != theirs.digests["edition"]
    assert mine.digests["ballots"] == theirs.digests["ballots"]


def amended(tmp_path: Path, starting: str = "2027-01-01") -> Path:
    """Bylaws with an amendment to 90%."""
    file = tmp_path / "bylaws.toml"
    file.write_text(ONE + amendment(starting, "9/10"), "utf-8")
    return file


@pytest.mark.parametrize(
    ("on", "bar"),
    [
        ("2015-01-01", "more than 60%"),  # before all of them, the first
        ("2026-12-31", "more than 60%"),
        ("2027-01-01", "more than 90%"),
    ],
)
def test_the_edition_is_that_of_a_day(
    vote: tuple[Path, Path], tmp_path: Path, on: str, bar: str
) -> None:
    """That of the command, or else that of the report in the contest's file."""
    bylaws, day = amended(tmp_path), date.fromisoformat(on)
    assert str(count_files(*vote, bylaws, day).result.bar) == bar
    vote[1].write_text(f"{CONTEST}[report]\ndate = {on}\n")
    assert str(count_files(*vote, bylaws).result.bar) == bar
    assert str(count_files(*vote, bylaws, date(2027, 1, 1)).result.bar) == "more than 90%"


def test_without_a_day_the_edition_is_todays(vote: tuple[Path, Path], tmp_path: Path) -> None:
    assert str(count_files(*vote, amended(tmp_path, "2199-01-01")).result.bar) == "more than 60%"
    assert str(count_files(*vote, amended(tmp_path, "2016-01-02")).result.bar) == "more than 90%"


def test_a_recount_goes_by_the_edition_that_the_report_was_counted_by(
    vote: tuple[Path, Path], tmp_path: Path
) -> None:
    """An amendment since then changes no proof."""
    write(count_files(*vote), out := tmp_path / "out")
    bylaws = amended(tmp_path, "2016-01-02")
    assert all(proof.same is not False for proof in recount(out, vote[0], bylaws))
    bylaws.write_text(ONE.replace('value = "3/5"', 'value = "4/5"'), "utf-8")
    assert "the edition" in [p.what for p in recount(out, vote[0], bylaws) if p.same is False]


def test_the_second_file_of_two_is_counting_rules(vote: tuple[Path, Path], tmp_path: Path) -> None:
    """As `--bylaws` took them before."""
    (tmp_path / "counting-bylaws.toml").write_text(SECOND, "utf-8")
    counted = count_files(*vote, tmp_path / "counting-bylaws.toml")
    assert counted.result.digests["edition"] == DIGEST


def test_a_recount_of_nothing(vote: tuple[Path, Path], tmp_path: Path) -> None:
    """A folder without a report is named."""
    with pytest.raises(FixTheData, match="no report here"):
        recount(tmp_path, vote[0])
