"""The endorsement cycle: what the committee did, and what follows from it before members vote"""

import pytest

from models.bylaws.rules import BylawsVersion
from models.contests.offices import Level
from models.intake.tables import Cell
from models.tally.digests import edition_digest
from models.year.questionnaire import addressees, text_of
from models.year.standing import RaceStanding
from tests.models.invented import JPP
from tests.models.year.races_2024 import CYCLE, book, standing
from tests.models.year.test_process import KNOWN, NEW, NEW_TOO, facts, looks, race, step

DONE = (step("research"), step("record review"), step("recommendation"))
EDITION = JPP.editions[-1]


def test_the_committee_decides_about_every_race_and_is_told_of_those_it_did_not() -> None:
    """EN-2"""
    rows: list[list[Cell]] = [[CYCLE, "Mayor", None, None, "full"]]
    found = standing(book(rows, [], []))
    assert "Mayor" not in found.unlisted
    assert {"President", "Clerk of Supreme Judicial Court"} < set(found.unlisted)


def test_an_endorsement_can_be_withheld_at_any_stage_with_its_reason() -> None:
    """EN-8"""
    for steps in ((), DONE, (step("questionnaire sent"), step("forum"))):
        assert facts(race("withheld", NEW, steps=steps)) == ["withheld without a reason"]
        assert not race("withheld", NEW, steps=steps, reason="limited capacity").missing


def test_the_abbreviated_process_is_for_previously_endorsed_and_uncontested() -> None:
    """EN-7"""
    assert not race("abbreviated", KNOWN, steps=DONE).missing
    assert facts(race("abbreviated", NEW, steps=DONE)) == ["not previously endorsed"]
    assert facts(race("abbreviated", KNOWN, NEW, steps=DONE)) == ["a competitive race"]


def test_without_research_and_a_recommendation_there_is_no_endorsement() -> None:
    """EN-1, EN-7"""
    assert facts(race("abbreviated", KNOWN)) == [
        "research missing", "the committee has not recommended",
    ]  # fmt: skip


def test_a_re_endorsement_reviews_the_record_or_talks_with_the_candidate() -> None:
    """EN-7"""
    for kind in ("record review", "candidate conversation"):
        met = (step(kind, "Ben Birch"), step("recommendation"))
        assert not race("re-endorsement", KNOWN, NEW, steps=met).missing
    assert facts(race("re-endorsement", KNOWN, NEW, steps=DONE[2:])) == [
        "record review or candidate conversation missing"
    ]


def test_a_full_process_is_open_to_every_race() -> None:
    """EN-2, EN-7"""
    for people in ((NEW,), (KNOWN,), (NEW, KNOWN), (NEW, KNOWN, NEW_TOO)):
        assert not race("full", *people, steps=DONE).missing


def test_questionnaires_and_forums_are_for_candidates_with_official_papers() -> None:
    """EN-11"""
    bare: list[Cell] = [*NEW[:3], None, "yes"]
    for kind in ("questionnaire sent", "forum"):
        found = race("full", bare, steps=(step(kind, "Ann Alder"), *DONE))
        assert facts(found) == ["Ann Alder was invited: no campaign website"]


def test_one_candidate_who_does_not_take_part_keeps_no_other_from_it() -> None:
    """EN-11"""
    bare: list[Cell] = [*NEW_TOO[:3], None, "yes"]
    found = race("full", NEW, bare, steps=(step("forum"), *DONE))
    assert [one.name for one in found.invited] == ["Ann Alder"]
    assert not found.missing


def test_in_the_absence_of_a_forum_video_or_written_answers_are_shared() -> None:
    """EN-2"""
    none = race("full", NEW, steps=DONE)
    assert "no forum was held; neither video nor written answers were shared" in looks(none)
    shared = race("full", NEW, steps=(step("video"), *DONE))
    assert "no forum was held; video or written answers were shared" in looks(shared)
    assert not shared.missing
    assert not none.missing


def test_after_a_forum_the_community_discusses_it() -> None:
    """EN-2"""
    held = race("full", NEW, steps=(step("forum"), *DONE))
    assert "no discussion was held after the forum" in looks(held)
    both = race("full", NEW, steps=(step("forum"), step("discussion"), *DONE))
    assert not [one for one in looks(both) if "discussion" in one]


def test_meetings_with_candidates_are_open_to_all_members() -> None:
    """EN-2"""
    closed = race("full", NEW, steps=(step("meeting", None, "no"), *DONE))
    assert "1 meeting with a candidate was not open to all members" in looks(closed)
    assert not closed.missing


@pytest.mark.parametrize(
    ("office", "level"), [("Congress", Level.FOCUS), ("Register of Probate", Level.OTHER)]
)
def test_focus_races_strive_for_a_full_process_and_other_races_need_not(
    office: str, level: Level
) -> None:
    """EN-2"""
    found = race("abbreviated", KNOWN, steps=DONE, office=office)
    assert found.level is level
    assert (looks(found) == ["a focus race, which aims at the full process"]) is (
        level is Level.FOCUS
    )


def test_an_anti_endorsement_names_whom_it_is_about() -> None:
    """EN-8, EN-R14"""
    assert facts(race("anti-endorsement", NEW, KNOWN, steps=DONE)) == [
        "“About candidate” does not say whom"
    ]


def test_the_questionnaire_asks_by_the_criteria_and_issues_of_the_bylaws() -> None:
    """EN-11"""
    found: RaceStanding = race("full", NEW)
    text = text_of(found, EDITION.questionnaire, "JPP")
    for said in (*EDITION.questionnaire.criteria.value, *EDITION.questionnaire.issues.value):
        assert said in text
    assert next(addressees(found)) == "Can be sent to: Ann Alder (EN-11)."


def test_the_questionnaire_decides_no_vote() -> None:
    """EN-11"""
    table = EDITION.model_dump()
    del table["questionnaire"]
    without = BylawsVersion.model_validate(table)
    assert not without.questionnaire.criteria.value
    assert edition_digest(without.counting) == edition_digest(EDITION.counting)
