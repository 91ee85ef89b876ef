"""What is there already: a report in the folder, and one that a recount is asked about."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows.counting.count import EDITION, count_files, report_of, write
from flows.counting.recount import recount
from models.errors import FixTheData, Refused
from tests.flows.test_count import BALLOTS, CONTEST, told
from tests.flows.test_count import vote as vote


def election_folder(folder: Path, report: dict[str, Any]) -> Path:
    """What an election's count leaves for the tellers."""
    tellers = folder / "spring" / "tellers"
    tellers.mkdir(parents=True)
    (tellers.parent / "election.toml").touch()
    (tellers / "d6.json").write_text(json.dumps(report))
    return tellers


def test_a_recount_says_what_of_an_election_can_be_counted_again(
    vote: tuple[Path, Path], tmp_path: Path
) -> None:
    """Its report carries no contest, and its folders no report of ours: never a crash."""
    report = report_of(count_files(*vote))
    del report["clerk"]["contest"], report["clerk"]["edition"]
    tellers = election_folder(tmp_path, report)
    for named in (tellers / "d6.json", tellers, tellers.parent):
        with pytest.raises(FixTheData, match="election") as refused:
            recount(named, vote[0])
        assert "clerk election recount" in refused.value.next_step


@pytest.mark.parametrize(
    "clerk", [[], {}, {"contest": []}, {"contest": {"id": "x"}}, {"contest": {}, "digests": {}}]
)
def test_a_recount_of_half_a_report_is_no_crash(
    vote: tuple[Path, Path], tmp_path: Path, clerk: object
) -> None:
    """Whatever a report lacks, it is told."""
    file = tmp_path / "detailed_report.json"
    file.write_text(json.dumps({"clerk": clerk, "results": []}))
    with pytest.raises(FixTheData, match=r"incomplete or was changed|election"):
        recount(file, vote[0])


def test_a_report_is_not_overwritten_by_another_count(
    vote: tuple[Path, Path], tmp_path: Path
) -> None:
    """The same input may be counted into its folder again; other input needs a word."""
    out = tmp_path / "out"
    write(count_files(*vote), out)
    write(count_files(*vote), out)
    before = (out / "detailed_report.json").read_bytes()
    vote[0].write_text(BALLOTS + "Ana,\n")
    with pytest.raises(Refused, match="other ballots or of another contest"):
        write(count_files(*vote), out)
    vote[0].write_text(BALLOTS)
    vote[1].write_text(CONTEST.replace('"d6"', '"d7"'))
    with pytest.raises(Refused, match="--replace"):
        write(count_files(*vote), out)
    assert (out / "detailed_report.json").read_bytes() == before
    write(count_files(*vote), out, replace=True)
    assert sorted(file.name for file in out.rglob("d*.html")) == [
        "d7.es.html",
        "d7.html",
        "d7.html",
    ]
    assert all(told(vote, out).values())


def test_rounds_that_are_no_longer_for_everybody_do_not_stay_public(
    vote: tuple[Path, Path], tmp_path: Path
) -> None:
    """The same ballots counted by other bylaws: blank ones are part of the base now (BA-6)."""
    vote[1].write_text(CONTEST + 'districts = ["10th"]\n')
    out, other = tmp_path / "out", tmp_path / "bylaws.toml"
    write(count_files(*vote), out)
    assert (out / "rcvis.json").exists()
    other.write_text(EDITION.read_text("utf-8").replace('"marked"', '"cast"'), "utf-8")
    write(count_files(*vote, other), out)
    assert not (out / "rcvis.json").exists()
    assert (out / "tellers" / "rcvis.json").exists()


def test_a_strange_file_of_the_reports_name_is_not_overwritten(
    vote: tuple[Path, Path], tmp_path: Path
) -> None:
    """It may be anything."""
    (tmp_path / "detailed_report.json").write_text("[]")
    with pytest.raises(Refused, match="another contest"):
        write(count_files(*vote), tmp_path)
    write(count_files(*vote), tmp_path, replace=True)
    assert all(told(vote, tmp_path).values())
