"""The bylaws of a chapter: one file, or the two of before, in what `clerk` says of them."""

import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.doctor import Check, local
from models.errors import FixTheSettings
from models.mail.notices import LAPSE
from models.tally.digests import edition_digest
from tests.flows.town import Town
from tests.models.bylaws.texts import DIGEST, FIRST, ONE, SECOND, amendment, path, put_two


def of_bylaws(town: Town) -> Check:
    """What `clerk doctor` says of the bylaws."""
    (check,) = [check for check in local(town.folder) if check.what == "bylaws"]
    return check


def join(town: Town) -> str:
    """What `clerk bylaws join` prints; its own errors are raised."""
    told = CliRunner().invoke(app, ["bylaws", "join", "--chapter", str(town.folder)])
    if told.exception:
        raise told.exception
    return told.output


def test_doctor_names_each_file_of_the_bylaws(town: Town) -> None:
    assert "(jp-progressives.toml)" in of_bylaws(town).found
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "ours.toml"')
    put_two(town.folder, "ours.toml")
    check = of_bylaws(town)
    assert check.fine
    assert "(ours.toml and counting-ours.toml; `clerk bylaws join` prints" in check.found
    (town.folder / "ours.toml").write_text(ONE, "utf-8")
    assert "counting-ours.toml next to it is no longer read" in of_bylaws(town).found


def test_two_files_of_the_bylaws_are_joined(town: Town) -> None:
    """What is printed takes the place of both, and counts as they did."""
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "ours.toml"')
    put_two(town.folder, "ours.toml")
    printed = join(town)
    (town.folder / "counting-ours.toml").unlink()
    (town.folder / "ours.toml").write_text(printed, "utf-8")
    assert "(ours.toml)" in of_bylaws(town).found
    with town.context() as context:
        assert edition_digest(context.bylaws.in_force(context.today).counting) == DIGEST
    with pytest.raises(FixTheSettings, match="the chapter does not have two bylaws files to join"):
        join(town)


def test_counting_rules_beside_the_built_in_bylaws_still_count(town: Town) -> None:
    own = SECOND.replace('value = "3/5"', 'value = "4/5"')
    (town.folder / "counting-jp-progressives.toml").write_text(own, "utf-8")
    assert "; docs/adopting.md shows the one file" in of_bylaws(town).found
    with town.context() as context:
        assert str(context.bylaws.in_force(context.today).endorsement.threshold.value) == "4/5"


def test_a_first_file_under_a_built_in_name_has_the_built_in_counting(town: Town) -> None:
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "jp-progressives.toml"')
    (town.folder / "jp-progressives.toml").write_text(FIRST, "utf-8")
    with town.context() as context:
        assert edition_digest(context.bylaws.in_force(context.today).counting) == DIGEST


def test_doctor_names_what_is_missing_without_the_second_file(town: Town) -> None:
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "ours.toml"')
    put_two(town.folder, "ours.toml")
    (town.folder / "counting-ours.toml").unlink()
    check = of_bylaws(town)
    assert not check.fine
    assert "ours.toml: [editions 1] offices: is missing" in check.found


def test_doctor_names_an_amendment_that_is_to_come(town: Town) -> None:
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "ours.toml"')
    (town.folder / "ours.toml").write_text(ONE + amendment(), "utf-8")
    assert "from January 1, 2027 on: Amended" in of_bylaws(town).found


STRICTER = path("four events", "events", at_least=4, window="trailing year")


@pytest.mark.parametrize(("more", "told"), [("", True), (STRICTER, False)])
def test_while_an_amendment_of_who_may_vote_is_to_come_no_letter_says_what_carries_a_vote_on(
    town: Town, more: str, told: bool
) -> None:
    """One of how votes are counted changes nothing about that."""
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "ours.toml"')
    (town.folder / "ours.toml").write_text(ONE + amendment("2099-01-01") + more, "utf-8")
    with town.context() as context:
        said = context.words(LAPSE).text
    assert ("by that day to keep it" in said) is told
    assert ("a year old" in said) is told


def two_of_three(kind: str) -> str:
    """A path of the last events of one kind."""
    return path("two of three", "last events", kinds=[kind], at_least=2, of_last=3)


def test_doctor_names_the_paths_that_an_amendment_does_away_with(town: Town) -> None:
    """`paths` is one value: who restates one path restates all."""
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "ours.toml"')
    restated = two_of_three("monthly meeting")
    (town.folder / "ours.toml").write_text(ONE + amendment() + restated, "utf-8")
    assert "on: Amended, without the paths “three events”, “" in of_bylaws(town).found


def test_doctor_names_kinds_of_event_that_the_sheets_call_otherwise(town: Town) -> None:
    """Say "Regular meeting" in the bylaws, "monthly meeting" in the sheet: nobody could vote."""
    town.night()
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "ours.toml"')
    for kind, amiss in (("regular meeting", True), ("monthly meeting", False)):
        head, paths, rest = ONE.partition("[[editions.membership.paths]]")
        kinds = head.replace('"monthly meeting"', f'"monthly meeting", "{kind}"')
        (town.folder / "ours.toml").write_text(kinds + two_of_three(kind) + paths + rest, "utf-8")
        found = of_bylaws(town).found
        said = "regular meeting; the sheets have "
        assert (said in found and "monthly meeting" in found.partition(said)[2]) is amiss
