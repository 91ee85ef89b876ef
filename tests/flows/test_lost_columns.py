"""A column that was read before and is gone is asked about, until it is back or said to be none."""

from dataclasses import replace

import pytest

from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import WORKBOOK
from models.errors import FixTheSettings
from models.intake.locations import ReviewItem, Weight
from tests.flows.test_committee_year import Clerk, clerk
from tests.flows.town import Town

__all__ = ("clerk",)

SAID = (
    "the column “Partner” was read before, and is not there any more: what it says does not count"
)


def asked(town: Town) -> list[ReviewItem]:
    return [one for one in town.night().facts.review if "was read before" in one.reason]


def rename(town: Town, old: str, new: str) -> None:
    with town.edit("Events") as rows:
        rows[0][rows[0].index(old)] = new


def test_a_renamed_header_is_asked_about_each_night_until_it_is_back(town: Town) -> None:
    assert asked(town) == []
    rename(town, "Partner", "Together with")
    (item,) = asked(town)
    assert (item.reason, item.weight) == (SAID, Weight.QUESTION)
    assert str(item.place) == "Events!1:1"
    assert 'chapter.toml [columns.events]: partner = "…"' in item.next_step
    (again,) = asked(town)
    assert again == item
    rename(town, "Together with", "Partner")
    assert asked(town) == []


def test_doctor_says_it_before_the_night_does(town: Town, clerk: Clerk) -> None:
    town.night()
    assert "is not there any more" not in clerk("doctor")
    rename(town, "Partner", "Together with")
    said = " ".join(clerk("doctor").split())
    assert SAID in said
    assert "rename its header back" in said


def test_a_header_that_the_settings_name_is_no_lost_one(town: Town) -> None:
    town.night()
    rename(town, "Partner", "Together with")
    text = (town.folder / "chapter.toml").read_text()
    (town.folder / "chapter.toml").write_text(
        f'{text}\n[columns.events]\npartner = "Together with"\n'
    )
    assert asked(town) == []


def test_a_column_that_is_said_to_be_none_is_not_missed(town: Town) -> None:
    town.night()
    rename(town, "Partner", "Together with")
    assert len(asked(town)) == 1
    text = (town.folder / "chapter.toml").read_text()
    (town.folder / "chapter.toml").write_text(f"{text}\n[columns.events]\npartner = []\n")
    assert asked(town) == []
    assert asked(town) == []


def test_a_name_that_is_cut_in_two_is_no_lost_column(town: Town) -> None:
    town.night()
    with town.edit("Registrations") as rows:
        at = rows[0].index("Name")
        for row in rows:
            first, _, last = str(row[at]).partition(" ")
            row[at : at + 1] = [first, last]
        rows[0][at : at + 2] = ["First name", "Last name"]
    assert asked(town) == []


def test_what_a_table_must_have_is_never_said_to_be_none(town: Town) -> None:
    text = (town.folder / "chapter.toml").read_text()
    (town.folder / "chapter.toml").write_text(f"{text}\n[columns.events]\nname = []\n")
    with pytest.raises(FixTheSettings, match="events cannot do without name"):
        town.night()


def one_more_tab(town: Town, *headers: str) -> None:
    """A second tab of registrations, of the same title, in a workbook of its own."""
    google = town.sandbox.google
    other = replace(google.workbooks[WORKBOOK], id="second-book", tabs=[])
    other.tabs.append(Tab("Registrations", [[*headers], ["Zo Zed", "zo@example.org"]], 1))
    google.workbooks["second-book"] = other
    text = (town.folder / "chapter.toml").read_text()
    book = '\n[[workbooks]]\nid = "second-book"\nregistrations = "Registrations"\n'
    (town.folder / "chapter.toml").write_text(text + book)


def test_two_tabs_of_one_title_are_two_tabs(town: Town) -> None:
    one_more_tab(town, "Name", "Email address")
    assert asked(town) == []
    assert asked(town) == []


def test_a_setting_for_all_tabs_is_no_cure_for_one_of_them(town: Town, clerk: Clerk) -> None:
    """Whoever wrote it would stop the column from being read where it is."""
    one_more_tab(town, "Name", "Email address", "Timestamp")
    town.night()
    tab = town.sandbox.google.workbooks["second-book"].tabs[0]
    tab.rows[0][2] = "When"
    town.sandbox.google.wrote(town.sandbox.google.workbooks["second-book"])
    (item,) = asked(town)
    assert "give it an empty column “Timestamp”" in item.next_step
    assert "[]" not in item.next_step
    said = " ".join(clerk("doctor").split())
    assert "give it an empty column “Timestamp”" in said
    assert "[]" not in said
    tab.rows[0].append("Timestamp")
    town.sandbox.google.wrote(town.sandbox.google.workbooks["second-book"])
    assert asked(town) == []
