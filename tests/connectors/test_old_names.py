"""`chapter.toml`, the environment and a file of bylaws under the names of the release before."""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from connectors.files.old_names import OldName
from connectors.settings import Chapter, load_chapter
from models.errors import FixTheSettings
from models.old_names import CHAPTER, Renamed
from tests.connectors.test_settings import LEAST
from tests.models.bylaws.texts import ONE


class Own(NamedTuple):
    """A value that is not the usual one: in the file, in a variable, and as it is read."""

    written: str
    variable: str
    read: Any


OWN = {
    "guards": Own("{losses_percent = 7}", '{"losses_percent": 7}', {"losses_percent": 7}),
    "letters": Own('{folder = "texts"}', '{"folder": "texts"}', {"folder": Path("texts")}),
    "unforeseen_percent": Own("7", "7", 7),
    "unforeseen_at_least": Own("7", "7", 7),
    "clock_minutes": Own("7", "7", 7),
    "contest_days": Own("7", "7", 7),
    "officers_mail": Own('"us@example.org"', "us@example.org", "us@example.org"),
    "wants_mail": Own('"News?"', '["News?"]', ("News?",)),
}
"""By old name."""


def file_of(one: Renamed, key: str) -> str:
    """The least chapter, and this key with its value."""
    line = f"{key} = {OWN[one.old].written}\n"
    return f"{LEAST}\n[{'.'.join(one.table)}]\n{line}" if one.table else f"{line}{LEAST}"


def read(folder: Path, text: str) -> Chapter:
    (folder / "chapter.toml").write_text(text)
    return load_chapter(folder)


def value_of(chapter: Chapter, one: Renamed) -> Any:
    found: Any = chapter.model_dump(exclude_unset=True)
    for key in (*one.table, one.new):
        found = found[key]
    return found


@pytest.mark.parametrize("one", CHAPTER, ids=lambda one: one.old)
def test_a_setting_works_under_its_old_name_and_says_the_new_one(
    one: Renamed, tmp_path: Path
) -> None:
    with pytest.warns(OldName) as told:
        chapter = read(tmp_path, file_of(one, one.old))
    assert value_of(chapter, one) == OWN[one.old].read
    assert len(told) == 1
    assert "the old name works until the next release" in str(told[0].message)
    assert chapter == read(tmp_path, file_of(one, one.new))


@pytest.mark.parametrize("one", CHAPTER, ids=lambda one: one.old)
def test_both_names_are_refused(one: Renamed, tmp_path: Path) -> None:
    more = f"{one.new} = {OWN[one.old].written}\n"
    text = file_of(one, one.old)
    with pytest.raises(FixTheSettings, match="both given") as refused:
        read(tmp_path, f"{text}{more}" if one.table else f"{more}{text}")
    assert str(refused.value).startswith("chapter.toml: ")


def test_headers_of_fields_that_are_not_read_any_more_are_told_and_left_out(tmp_path: Path) -> None:
    own = '[columns.registrations]\nphone = "Cell"\ndues_paid = "Paid?"\n'
    with pytest.warns(OldName) as told:
        chapter = read(tmp_path, f"{LEAST}\n{own}")
    assert chapter.columns == {"registrations": {"phone": ("Cell",)}}
    (line,) = told
    assert str(line.message) == (
        "chapter.toml: [columns.registrations] dues_paid is not read any more, because no rule "
        "uses it (DP-5); take it out"
    )


def variable(one: Renamed, key: str) -> str:
    return "CLERK_" + "__".join((*one.table, key)).upper()


@pytest.mark.parametrize("one", CHAPTER, ids=lambda one: one.old)
def test_a_variable_works_under_its_old_name_and_goes_before_the_file(
    one: Renamed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable(one, one.old), OWN[one.old].variable)
    with pytest.warns(OldName, match=f"{variable(one, one.old)} is now called "):
        chapter = read(tmp_path, LEAST)
    assert value_of(chapter, one) == OWN[one.old].read
    monkeypatch.setenv(variable(one, one.new), OWN[one.old].variable)
    with pytest.raises(FixTheSettings, match="both given"):
        read(tmp_path, LEAST)


def test_a_part_of_an_old_section_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file may still have the old name, and the environment goes before it."""
    monkeypatch.setenv("CLERK_GUARDS__UNFORESEEN_PERCENT", "3")
    with pytest.warns(OldName) as told:
        chapter = read(tmp_path, f"{LEAST}\n[guards]\nunforeseen_percent = 4\nlosses_percent = 5\n")
    limits = chapter.safety_limits
    assert (limits.unexpected_percent, limits.losses_percent) == (3, 5)
    assert len(told) == 2


def test_old_keys_in_the_json_of_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_SCHEDULE", '{"clock_minutes": 7}')
    with pytest.warns(OldName, match="the environment: .schedule. clock_minutes is now called"):
        assert read(tmp_path, LEAST).schedule.check_every_minutes == 7


def test_bylaws_of_before_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(ONE)
    chapter = read(tmp_path, f'bylaws = "ours.toml"\n{LEAST}')
    now = chapter.read_bylaws()
    before = ONE.replace("\neffective_from =", "\nin_force_from =")
    assert tomllib.loads(before) != tomllib.loads(ONE)
    (tmp_path / "ours.toml").write_text(before)
    with pytest.warns(OldName, match=r"ours\.toml: \[editions\] in_force_from is now called"):
        assert chapter.read_bylaws() == now
