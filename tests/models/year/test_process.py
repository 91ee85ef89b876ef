"""What follows about a race: what fits, who may be invited, what is missing (EN-2, EN-7, EN-11)."""

from datetime import date

import pytest

from models.contests.offices import Level
from models.intake.tables import Cell
from models.year.endorsed import Endorsed
from models.year.standing import RaceStanding
from tests.models.year.races_2024 import CYCLE, book, standing

NEW: list[Cell] = [None, "Mayor", "Ann Alder", "https://alder.example", "yes"]
KNOWN: list[Cell] = [None, "Mayor", "Ben Birch", "https://birch.example", "yes", None, None, "yes"]
SAYS_NO: list[Cell] = [*KNOWN[:7], "no"]
BEFORE = Endorsed("Ben  BIRCH", "2021 general", date(2021, 9, 1))


def race(
    decision: str, *candidates: list[Cell], steps: tuple[list[Cell], ...] = (),
    record: tuple[Endorsed, ...] = (), about: str = "", reason: str = "", office: str = "Mayor",
) -> RaceStanding:  # fmt: skip
    rows: list[list[Cell]] = [[CYCLE, office, None, None, decision, about, reason]]
    people = [[None, office, *cells[2:]] for cells in candidates]
    done = [[None, office, *cells] for cells in steps]
    (found,) = standing(book(rows, people, done), *record).races
    return found


def step(kind: str, candidate: str | None = None, announced: str | None = None) -> list[Cell]:
    return [candidate, kind, "2024-09-01", None, "Q. Member", announced]


def facts(found: RaceStanding) -> list[str]:
    return [one.fact for one in found.missing]


def looks(found: RaceStanding) -> list[str]:
    return [one.fact for one in found.to_look_at]


def test_in_2024_every_race_was_ready() -> None:
    found = standing(book())
    assert [race.missing for race in found.races] == [[]] * 12
    assert {race.next_step for race in found.races} == {"ready for the members’ vote"}
    assert [race.level for race in found.races[:3]] == [Level.FOCUS, Level.OTHER, Level.FOCUS]
    assert found.races[5].subject
    assert found.races[5].subject.name == "Elizabeth Warren"
    assert found.races[5].done == ("research", "record review")
    assert looks(found.races[1]) == [
        "the committee met with 1 of 2 candidates",
        "no forum was held; video or written answers were shared",
    ]
    assert found.unlisted[:2] == ("Governor", "Mayor")
    assert "President" not in found.unlisted


@pytest.mark.parametrize(
    ("candidates", "fits"),
    [
        ((NEW,), ("full",)),
        ((KNOWN,), ("full", "abbreviated")),
        ((KNOWN, NEW), ("full", "re-endorsement")),
        ((), ("full",)),
    ],
)
def test_which_process_fits(candidates: tuple[list[Cell], ...], fits: tuple[str, ...]) -> None:
    assert race("", *candidates).fits == fits


@pytest.mark.parametrize(
    ("decision", "candidates", "missing"),
    [
        ("abbreviated", (KNOWN,), []),
        ("abbreviated", (NEW,), ["not previously endorsed"]),
        ("abbreviated", (KNOWN, NEW), ["a competitive race"]),
        ("re-endorsement", (KNOWN, NEW), []),
        ("re-endorsement", (KNOWN,), ["uncontested"]),
        ("re-endorsement", (NEW, [*NEW[:2], "Cy Cedar"]), ["not previously endorsed"]),
    ],
)
def test_what_the_committee_chose_must_fit(
    decision: str, candidates: tuple[list[Cell], ...], missing: list[str]
) -> None:
    """EN-7: abbreviated for previously endorsed and uncontested; re-endorsed where it is not."""
    done = (step("research"), step("record review"), step("recommendation"))
    assert facts(race(decision, *candidates, steps=done)) == missing


@pytest.mark.parametrize(
    ("decision", "others", "kind", "enough"),
    [
        ("abbreviated", (), "research", True),
        ("abbreviated", (), "record review", True),
        ("abbreviated", (), "meeting", False),
        ("re-endorsement", (NEW,), "record review", True),
        ("re-endorsement", (NEW,), "candidate conversation", True),
        ("re-endorsement", (NEW,), "meeting", True),
        ("re-endorsement", (NEW,), "research", False),
        ("full", (NEW,), "questionnaire received", True),
        ("full", (NEW,), "questionnaire sent", False),
        ("full", (NEW,), "discussion", False),
    ],
)
def test_the_minimum(
    decision: str, others: tuple[list[Cell], ...], kind: str, enough: bool
) -> None:
    """EN-7: without it the vote may not open."""
    found = race(decision, KNOWN, *others, steps=(step(kind), step("recommendation")))
    assert (not found.missing) is enough, facts(found)


def test_a_review_of_somebody_else_is_no_minimum() -> None:
    for of, enough in (("Ben Birch", True), (None, True), ("Ann Alder", False)):
        done = (step("record review", of), step("recommendation"))
        assert (not race("re-endorsement", KNOWN, NEW, steps=done).missing) is enough


def test_without_a_recommendation_nothing_opens() -> None:
    found = race("full", NEW, steps=(step("research"),))
    assert facts(found) == ["the committee has not recommended"]
    assert found.next_step == "recommend, and enter the recommendation as a step"


def test_previously_endorsed_is_known_from_the_record() -> None:
    found = race("abbreviated", SAYS_NO, steps=(step("research"),), record=(BEFORE,))
    assert found.previously_endorsed
    assert found.candidates[0].contradicted
    silent = race("abbreviated", KNOWN[:7], record=(BEFORE,))
    assert silent.previously_endorsed
    assert not silent.candidates[0].contradicted


def test_a_vote_of_this_cycle_is_no_earlier_one() -> None:
    this = Endorsed("Ben Birch", CYCLE.upper(), date(2024, 9, 1))
    assert not race("abbreviated", SAYS_NO, record=(this,)).previously_endorsed


def test_two_who_were_endorsed_before_are_told_apart_by_the_tab() -> None:
    both = (KNOWN, [*KNOWN[:2], "Cy Cedar", *KNOWN[3:]])
    done = (step("record review"), step("recommendation"))
    assert facts(race("re-endorsement", *both, steps=done)) == [
        "several candidates were endorsed before: “About candidate” says whom it is about"
    ]
    assert not race("re-endorsement", *both, steps=done, about="cy cedar").missing
    assert facts(race("re-endorsement", *both, steps=done, about="Di Dogwood"))[0] == (
        "“About candidate” names nobody who stands in this race"
    )


def test_an_anti_endorsement_says_whom_it_is_about() -> None:
    """EN-8, EN-R14."""
    done = (step("recommendation"),)
    assert facts(race("anti-endorsement", NEW, KNOWN, steps=done)) == [
        "“About candidate” does not say whom"
    ]
    assert not race("anti-endorsement", NEW, KNOWN, steps=done, about="Ann Alder").missing


@pytest.mark.parametrize(
    ("office", "ocpf", "fec", "website", "why"),
    [
        ("Mayor", "yes", None, "https://a.example", []),
        ("Mayor", None, "yes", "https://a.example",
         ["whether there is an active OCPF account is not entered"]),
        ("Mayor", "no", None, "https://a.example", ["no active OCPF account"]),
        ("Mayor", "yes", None, None, ["no campaign website"]),
        ("Congress", "yes", None, "https://a.example",
         ["whether there is a registration with the FEC is not entered"]),
        ("Congress", None, "yes", "https://a.example", []),
        ("Congress", None, "no", "https://a.example", ["not registered with the FEC"]),
    ],
)  # fmt: skip
def test_who_may_be_invited(
    office: str, ocpf: str | None, fec: str | None, website: str | None, why: list[str]
) -> None:
    """EN-11, EN-R9."""
    rows: list[Cell] = [None, office, "Ann Alder", website, ocpf, fec]
    (one,) = race("full", rows, office=office).candidates
    assert [r.fact for r in one.invitation if not r.holds] == why
    assert one.may_be_invited is not why


def test_who_was_invited_and_may_not_be_blocks_the_vote() -> None:
    """EN-11."""
    bare: list[Cell] = [*NEW[:4], "no"]
    named = race("full", bare, steps=(step("questionnaire sent", "Ann Alder"),))
    assert "Ann Alder was invited: no active OCPF account" in facts(named)
    for_all = race("full", bare, NEW_TOO, steps=(step("questionnaire sent"),))
    assert [one.name for one in for_all.invited] == ["Cy Cedar"]


NEW_TOO: list[Cell] = [*NEW[:2], "Cy Cedar", *NEW[3:]]


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ((), "no forum was held; neither video nor written answers were shared"),
        (("video",), "no forum was held; video or written answers were shared"),
        (("forum",), "no discussion was held after the forum"),
        (("forum", "discussion"), ""),
    ],
)
def test_a_full_process_strives_for_a_forum(kinds: tuple[str, ...], said: str) -> None:
    """EN-2: it is noted, and blocks nothing."""
    found = race("full", NEW, steps=tuple(map(step, (*kinds, "recommendation", "research"))))
    forums = [one for one in looks(found) if "forum" in one]
    assert forums == ([said] if said else [])
    assert not found.missing


def test_a_full_process_strives_for_questionnaires_of_all() -> None:
    sent = (step("questionnaire sent", "Ann Alder"),)
    assert "a questionnaire went to 1 of 2 who can be invited" in looks(
        race("full", NEW, NEW_TOO, steps=sent)
    )
    assert "0 of 2 questionnaires came back" in looks(
        race("full", NEW, NEW_TOO, steps=(step("questionnaire sent"),))
    )
    assert "no questionnaire was sent" in looks(race("full", NEW, NEW_TOO))
    assert not [
        one
        for one in looks(
            race("full", NEW, steps=(step("questionnaire sent"), step("questionnaire received")))
        )
        if "questionnaire" in one
    ]


@pytest.mark.parametrize(
    ("announced", "said"),
    [
        ("yes", []),
        ("no", ["1 meeting with a candidate was not open to all members"]),
        (None, ["it is not entered whether all members could come to 1 meeting with a candidate"]),
    ],
)
def test_meetings_with_candidates_are_open_to_all_members(
    announced: str | None, said: list[str]
) -> None:
    found = race("", NEW, steps=(step("meeting", "Ann Alder", announced),))
    assert [one for one in looks(found) if "meeting" in one] == said


def test_an_undecided_race_says_what_fits() -> None:
    found = race("", KNOWN)
    assert looks(found) == ["the committee has not decided"]
    assert found.next_step.startswith("decide: full or abbreviated, or withhold")
    assert not found.is_voted_on
    assert found.recommended is None


def test_withheld_needs_its_reason_alone() -> None:
    """EN-8."""
    assert not race("withheld", NEW, reason="no time").missing
    found = race("withheld", NEW)
    assert facts(found) == ["withheld without a reason"]
    assert found.next_step == "enter the reason"


def test_an_abbreviated_process_in_a_focus_race_is_looked_at() -> None:
    """EN-2."""
    assert "a focus race, which aims at the full process" in looks(race("abbreviated", KNOWN))
    other = race("abbreviated", KNOWN, office="Register of Probate")
    assert not looks(other)


def test_a_race_without_candidates_cannot_be_voted_on() -> None:
    found = race("full")
    assert facts(found)[0] == "no candidate is in the tab with the candidates"
    assert found.next_step == "enter the candidates"


def test_a_question_is_put_as_one_and_an_office_is_none() -> None:
    """EN-12."""
    rows: list[list[Cell]] = [[CYCLE, "Question 1", None, "state", "abbreviated"]]
    (found,) = standing(book(rows, [], [])).races
    assert "ballot questions are put to the members as such" in facts(found)
    assert facts(race("question", NEW))[0] == "this is an office and not a ballot question"


def test_no_members_name_is_in_what_follows() -> None:
    found = race("full", NEW, steps=(step("meeting", "Ann Alder", "no"),))
    assert found.race.steps[0].done_by == "Q. Member"
    assert "Q. Member" not in str([found.reasons, found.next_step, found.candidates])
