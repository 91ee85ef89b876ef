"""A few questions write an edition of the bylaws, with its sentences."""

from datetime import date
from pathlib import Path

import pytest
import typer

from connectors.settings import EDITIONS, load_chapter
from tests.flows.setup.person import Stage

ASKED: dict[str, str | list[str]] = {
    "Which bylaws": "own",
    "What are they called": "",
    "A day before your first event": ["last year", "2020-01-01"],
    "to be nominated": "",
    "Which kinds of event": "Monthly meeting, forum,",
    "How many events": "2",
    "Within which time": ["a while", "6 months", ""],
    "How many volunteer activities": "1",
    "Which of these kinds": "",
    "For how many days": "",
    "Which share": ["all", "2/3"],
    "exactly 2/3 enough": "2",
    "The sentence of your bylaws": ["Article II: meetings and forums", "Article III: two of them",
                                    "", "Article V: two thirds"],
}  # fmt: skip


def test_the_questions_write_an_edition_with_its_sentences(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    assert stage.init(stage.person(**_answers())) == 0
    assert 'bylaws = "bylaws.toml"' in stage.written
    bylaws = load_chapter(stage.folder).read_bylaws()
    assert bylaws.chapter == "Rivertown Progressives"
    membership = bylaws.in_force(date(2026, 3, 31)).membership
    first, second = membership.paths
    (two,) = first.conditions
    assert (two.condition, two.at_least.value, two.window.value) == ("events", 2, "6 months")
    assert two.at_least.cite == "Article III: two of them"
    (one,) = second.conditions
    assert (one.condition, one.at_least.value) == ("volunteered", 1)
    assert one.at_least.cite.startswith("ruling: the bylaws do not say")
    assert membership.kinds.value == ("monthly meeting", "forum", "volunteer activity")
    counting = bylaws.in_force(date(2026, 3, 31)).counting
    assert str(counting.endorsement.threshold.value) == "2/3"
    assert counting.endorsement.comparison.value.value == ">="
    assert counting.endorsement.threshold.cite == "Article V: two thirds"
    assert counting.ranked.ties.cite.startswith("ruling: not asked when the chapter was set up")
    assert "2 voting members" in capsys.readouterr().out


def test_bylaws_by_which_nobody_could_vote_are_asked_about_again(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    answers = _answers() | {
        "How many events": "", "How many volunteer activities": "", "For how many days": ["", "30"],
        "A day before": "2020-01-01", "Which share": "", "exactly 60% enough": "1",
        "The sentence of your bylaws": "",
    }  # fmt: skip
    stage.write(stage.person(**answers))
    assert "nobody could vote" in capsys.readouterr().err
    (path,) = load_chapter(stage.folder).read_bylaws().in_force(date(2026, 3, 31)).membership.paths
    assert [one.condition for one in path.conditions] == ["registered"]


def test_a_file_that_is_there_is_offered(stage: Stage) -> None:
    stage.usual()
    stage.folder.mkdir(mode=0o700)
    built_in = load_built_in()
    (stage.folder / "bylaws.toml").write_text(built_in)
    (stage.folder / "bylaws.toml").chmod(0o600)
    stage.write(stage.person(**{"Which bylaws": "there"}))
    assert 'bylaws = "bylaws.toml"' in stage.written
    assert (stage.folder / "bylaws.toml").read_text() == built_in


def load_built_in() -> str:
    """The text of the built-in edition."""
    from connectors.settings import EDITIONS

    return (EDITIONS / "jp-progressives.toml").read_text()


def test_a_file_that_somebody_changed_since_is_kept(stage: Stage, tmp_path: Path) -> None:
    stage.usual()
    whole = stage.person(**_answers())
    stage.init(whole, tmp_path / "elsewhere")
    stopped = stage.person(**_answers())
    stopped.patience = next(n for n, asked in enumerate(whole.asked) if "Spanish" in asked)
    with pytest.raises(typer.Abort):  # closed right after the file was written
        stage.init(stopped)
    file = stage.folder / "bylaws.toml"
    changed = f"# five, says the amendment of May\n{file.read_text()}"
    file.write_text(changed)
    again = stage.person(**{"Keep it as it is": ""})
    assert stage.init(again) == 0
    assert file.read_text() == changed
    assert again.was_asked("Keep it as it is") == 1


def test_answers_do_not_replace_a_file_that_was_there(stage: Stage) -> None:
    stage.usual()
    stage.folder.mkdir(mode=0o700)
    file = stage.folder / "bylaws.toml"
    built_in = (EDITIONS / "jp-progressives.toml").read_text()
    file.write_text(built_in)
    file.chmod(0o600)
    assert stage.init(stage.person(**_answers(), **{"Keep it as it is": "yes"})) == 0
    assert file.read_text() == built_in


def _answers() -> dict[str, str | list[str]]:
    return {key: list(held) if isinstance(held, list) else held for key, held in ASKED.items()}
