"""A chapter's two files of before are read as one, and joined into one that says the same."""

import tomllib

import pytest

from models.bylaws.counting import counting_rules_from
from models.bylaws.rules import bylaws_from
from models.bylaws.two_files import bylaws_of_two, joined, says_how_to_count
from models.errors import FixTheSettings
from models.tally.digests import edition_digest
from tests.models.bylaws.texts import DIGEST, FIRST, ONE, SECOND
from tests.models.invented import JPP, day

LATER = """
[[editions]]
name = "Second text"
effective_from = 2026-01-01
""" + FIRST.split("effective_from = 2016-01-01\n")[1].replace("value = 3\n", "value = 4\n")


def test_the_built_in_edition_counts_as_in_the_version_before() -> None:
    """A vote that was approved under that version opens and is counted under this one (EN-R6)."""
    assert edition_digest(JPP.editions[0].counting) == DIGEST


@pytest.mark.parametrize("text", [ONE, FIRST], ids=["one file", "the first of two"])
def test_the_name_of_a_key_stands_in_no_digest(text: str) -> None:
    """A vote approved by a file with the old name is counted by it under the new one (EN-R6)."""
    before = tomllib.loads(text.replace("\neffective_from =", "\nin_force_from ="))
    assert "in_force_from" in before["editions"][0]
    both = bylaws_of_two(before, "a", tomllib.loads(SECOND), "b")
    assert edition_digest(both.editions[0].counting) == DIGEST
    if text is ONE:
        assert edition_digest(bylaws_from(before, "a").editions[0].counting) == DIGEST


def test_two_files_count_as_in_the_version_that_asked_for_two() -> None:
    both = bylaws_of_two(tomllib.loads(FIRST), "a", tomllib.loads(SECOND), "b")
    assert edition_digest(both.editions[0].counting) == DIGEST


def test_rules_and_a_name_of_the_chapters_own_count_as_they_did() -> None:
    second = tomllib.loads(SECOND.replace("3/5", "4/5").replace("JP Progressives: ", "Ours, "))
    both = bylaws_of_two(tomllib.loads(FIRST), "a", second, "b")
    alone = counting_rules_from(second, "b")
    assert both.editions[0].counting == alone
    assert edition_digest(both.editions[0].counting) == edition_digest(alone) != DIGEST


def test_the_second_file_counts_for_every_edition_of_the_first() -> None:
    both = bylaws_of_two(tomllib.loads(FIRST + LATER), "a", tomllib.loads(SECOND), "b")
    assert [edition_digest(each.counting) for each in both.editions] == [DIGEST] * 2
    assert both.in_force(day("2026-01-01")).name == "Second text"


def test_the_second_file_wins_over_rules_that_were_built_in() -> None:
    second = tomllib.loads(SECOND.replace('value = "3/5"', 'value = "4/5"'))
    both = bylaws_of_two(tomllib.loads(ONE), "a", second, "b")
    assert str(both.editions[0].endorsement.threshold.value) == "4/5"


def test_a_fault_is_told_with_the_file_it_stands_in() -> None:
    first, second = tomllib.loads(FIRST), tomllib.loads(SECOND)
    with pytest.raises(FixTheSettings, match="ranke: there is no such setting") as refused:
        bylaws_of_two(first, "first", second | {"ranke": {}}, "second")
    assert refused.value.where == "second"
    del first["chapter"]
    with pytest.raises(FixTheSettings, match="chapter: is missing") as refused:
        bylaws_of_two(first, "first", second, "second")
    assert refused.value.where == "first"


@pytest.mark.parametrize("first", [FIRST, FIRST + LATER], ids=["one edition", "two"])
def test_joined_they_say_the_same(first: str) -> None:
    both = bylaws_of_two(tomllib.loads(first), "a", tomllib.loads(SECOND), "b")
    text = joined(first, "a", SECOND, "b")
    one = bylaws_from(tomllib.loads(text), "one")
    assert says_how_to_count(tomllib.loads(text))
    assert [edition_digest(each.counting) for each in one.editions] == [
        edition_digest(each.counting) for each in both.editions
    ]
    assert [each.full_name for each in one.editions] == [each.full_name for each in both.editions]
    assert [each.membership for each in one.editions] == [e.membership for e in both.editions]
    assert "# Every number carries the sentence it comes from" in text


def test_joined_they_have_the_new_names() -> None:
    before = FIRST.replace("\neffective_from =", "\nin_force_from =")
    assert joined(before, "a", SECOND, "b") == joined(FIRST, "a", SECOND, "b")


def test_what_cannot_be_joined_by_itself_is_told_with_what_to_do() -> None:
    inline = 'offices = { focus = { value = [], rule = "", cite = "" }, other = { value = [], rule'
    body = SECOND[SECOND.index("[endorsement.threshold]") :]
    second = f'name = "X"\n{inline} = "", cite = "" }} }}\n{body}'
    with pytest.raises(FixTheSettings, match="only a person can join") as refused:
        joined(FIRST, "bylaws.toml", second, "counting-bylaws.toml")
    assert "`editions.` before" in refused.value.next_step
