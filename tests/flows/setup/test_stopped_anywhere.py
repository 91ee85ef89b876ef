"""`clerk init`, stopped at every question there is."""

import pytest
import typer

from flows.setup.interview import KEPT
from tests.flows.setup.person import Stage

pytestmark = pytest.mark.slow


def test_the_end_is_the_same_whoever_walks_away_at_whatever_question(stage: Stage) -> None:
    """Each sitting answers one question, and the terminal is closed at the next."""
    stage.usual()
    whole = stage.person()
    elsewhere = stage.folder.parent / "elsewhere"
    stage.init(whole, elsewhere)
    asked: list[str] = []
    for _ in range(len(whole.asked) - 1):
        person = stage.person()
        person.patience = 1
        with pytest.raises(typer.Abort):
            stage.init(person)
        assert not (stage.folder / "chapter.toml").exists()
        asked += person.asked
    last = stage.person()
    assert stage.init(last) == 0
    assert [*asked, *last.asked] == whole.asked, "each once, in the same order"
    assert stage.written == (elsewhere / "chapter.toml").read_text()
    assert not (stage.folder / KEPT).exists()
