"""docs/pointers.md: it lists every scene, and says how many there are."""

from tests.house.kept import DOCS
from tests.house.project import text
from tests.pointers.table import scenes, shown


def test_the_page_says_how_many_scenes_there_are() -> None:
    assert f"The {len(scenes())} scenes below" in text(DOCS / "pointers.md")


def test_no_scene_is_listed_twice() -> None:
    for what in (lambda s: (s.place, s.wrong), str):
        named = [what(scene) for scene in scenes()]
        assert len(set(named)) == len(named)


def test_a_pattern_is_shown_as_it_is_read() -> None:
    assert (
        shown(r"^“Sign-ins” has 0 rows but had \d+$ before")
        == "“Sign-ins” has 0 rows but had … before"
    )
    assert shown(r"chapter\.toml \[columns\.x\]") == "chapter.toml [columns.x]"
    assert shown(r"on \d{4}-\d\d-\d\d Forum") == "on … Forum"
