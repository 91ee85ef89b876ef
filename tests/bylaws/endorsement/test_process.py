"""Before the vote: whom to invite, which races are ours, and the minimum that must be done"""

from datetime import date
from typing import Any

import pytest

from models.contests.offices import (
    Level,
    before_opening,
    invitation,
    is_federal,
    level_of,
    office_called,
)
from models.contests.settings import Candidacy
from models.errors import FixTheSettings
from models.tally.digests import edition_digest
from tests.bylaws.votes import contest
from tests.cases.reading import EDITION

OFFICES = EDITION.offices
READY: dict[str, Any] = {
    "purpose": "abbreviated",
    "subject": "Dana",
    "office": "State Senator",
    "recommendation": "Yes",
    "previously_endorsed": True,
    "uncontested": True,
    "done": ["research"],
}


def missing(kind: str, **table: Any) -> list[str]:
    """What must still be done before this vote opens."""
    ours = {"scope": "state"} if kind == "question" else {"office": "Mayor"}
    asked = before_opening(contest(kind, **ours | table), EDITION, date(2026, 3, 1))
    return [r.fact for r in asked if not r.holds]


def test_a_race_opens_once_the_committee_has_recommended() -> None:
    """EN-1"""
    assert missing("ranked") == ["the committee has not recommended"]
    assert missing("ranked", recommendation="No endorsement") == []


def test_a_question_needs_a_recommendation_as_well() -> None:
    """EN-1, EN-12"""
    assert missing("question") == ["the committee has not recommended"]
    assert missing("question", recommendation="No position") == []


@pytest.mark.parametrize("office", ["President", "State Representative", "Sheriff"])
def test_a_focus_race_aims_at_the_full_process(office: str) -> None:
    """EN-2"""
    assert level_of(office, OFFICES) is Level.FOCUS


@pytest.mark.parametrize(
    "office", ["Lt. Governor", "Governor's Council", "city council - district"]
)
def test_an_office_is_known_however_its_dashes_are_typed(office: str) -> None:
    """EN-2"""
    assert level_of(office, OFFICES) is not Level.ELSEWHERE


def test_other_races_are_told_from_focus_races() -> None:
    """EN-2"""
    assert level_of("Clerk of Supreme Judicial Court", OFFICES) is Level.OTHER


def test_an_office_elsewhere_may_not_be_voted_on() -> None:
    """EN-2"""
    (said,) = missing("single-choice", office="Mayor of Salem", recommendation="A")
    assert said.startswith("Mayor of Salem: not an office that represents the neighbourhood; ")


@pytest.mark.parametrize(
    ("said", "office"),
    [
        ("City Council At Large", "City Council – At Large"),
        ("President/VP", "President"),
        ("Clerk of Superior Court (civil and criminal)", "Clerk of Superior Court"),
        ("Clerk of the Supreme Judicial Court", "Clerk of Supreme Judicial Court"),
        ("senator in general court", "State Senator"),
        ("U.S. Senate", "Senate"),
        ("Lt Governor", "Lt. Governor"),
    ],
)
def test_an_office_is_found_by_the_other_names_that_it_has(said: str, office: str) -> None:
    """EN-2"""
    assert office_called(said, OFFICES) == office
    assert missing("single-choice", office=said, recommendation="A") == []


def test_every_office_of_the_text_is_found_by_its_own_name() -> None:
    """EN-2"""
    for name in (*OFFICES.focus.value, *OFFICES.other.value):
        assert office_called(name, OFFICES) == name
    for name, office in OFFICES.aliases.value.items():
        assert office_called(name, OFFICES) == office, name


def test_an_unknown_office_names_the_nearest() -> None:
    """EN-2"""
    said = (
        "State Sentaor: not an office that represents the neighbourhood; "
        "the nearest are State Senator, Senate, State Auditor"
    )
    assert missing("single-choice", office="State Sentaor", recommendation="A") == [said]
    (said,) = missing("single-choice", office="Dogcatcher", recommendation="A")
    assert "under `offices`, where another name can be added" in said


def test_a_race_without_an_office_does_not_open() -> None:
    """EN-2"""
    for kind in ("ranked", "single-choice", "ratify-or-prefer"):
        assert missing(kind, office="", recommendation="A") == ["names no office"]
    assert missing("up-or-down", **READY | {"office": ""}) == ["names no office"]


def test_a_question_says_whose_ballots_it_is_on() -> None:
    """EN-2, EN-12"""
    assert missing("question", scope="", recommendation="Yes") == ["names no scope or district"]
    assert missing("question", scope="", districts=["10th"], recommendation="Yes") == []
    assert missing("question", scope="city", recommendation="Yes") == []


def test_what_the_members_do_not_vote_on_does_not_open() -> None:
    """EN-2, SC-3, SC-4"""
    assert missing("committee", active=9) == [
        "a committee decision is not an election by the members"
    ]
    assert missing("approval") == ["co-chairs are chosen by the committee, not by the members"]
    public = {"rules": "public", "no_endorsement": ""}
    assert missing("ranked", **public) == [
        'rules = "public" is for contests that belong to no chapter'
    ]


def test_a_short_vote_opens_when_its_minimum_is_done() -> None:
    """EN-7"""
    assert missing("up-or-down", **READY) == []


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"previously_endorsed": False}, "not previously endorsed"),
        ({"uncontested": False}, "a competitive race"),
        ({"done": []}, "research missing"),
        ({"recommendation": ""}, "the committee has not recommended"),
    ],
)
def test_an_abbreviated_vote_cannot_open_until_its_minimum_process_is_done(
    change: dict[str, Any], fact: str
) -> None:
    """EN-7"""
    assert missing("up-or-down", **READY | change) == [fact]


def test_a_re_endorsement_needs_a_record_review_or_a_conversation() -> None:
    """EN-7"""
    again = READY | {"purpose": "re-endorsement", "uncontested": False, "done": []}
    assert missing("up-or-down", **again) == ["record review or candidate conversation missing"]
    for either in ("record review", "candidate conversation"):
        assert missing("up-or-down", **again | {"done": [either]}) == []


def test_a_warning_against_somebody_needs_no_earlier_endorsement() -> None:
    """EN-8"""
    against = {"purpose": "anti-endorsement", "subject": "Dana", "recommendation": "Yes"}
    assert missing("up-or-down", **against) == []


def test_a_candidate_with_an_active_ocpf_account_and_a_website_is_invited() -> None:
    """EN-11"""
    ready = Candidacy(name="Dana", ocpf_account_active=True, campaign_website="https://example.org")
    assert all(reason.holds for reason in invitation(ready))


@pytest.mark.parametrize(
    ("candidacy", "fact"),
    [
        (Candidacy(name="D", campaign_website="https://example.org"), "no active OCPF account"),
        (
            Candidacy(name="D", ocpf_account_active=True, campaign_website=" "),
            "no campaign website",
        ),
        (
            Candidacy(name="D", ocpf_account_active=True, campaign_website="dana2026"),
            "the campaign website must start with http:// or https://",
        ),
    ],
)
def test_a_candidate_without_one_of_them_is_not_invited(candidacy: Candidacy, fact: str) -> None:
    """EN-11, EN-R9"""
    assert [r.fact for r in invitation(candidacy) if not r.holds] == [fact]


FEDERAL = [{"name": "A", "fec_registered": True, "campaign_website": "https://a.example.org"}]
STATE = [{"name": "A", "ocpf_account_active": True, "campaign_website": "https://a.example.org"}]


@pytest.mark.parametrize("office", ["President", "U.S. Senate", "Representative in Congress"])
def test_a_campaign_for_a_federal_office_registers_with_the_fec(office: str) -> None:
    """EN-R9"""
    federal = {"office": office, "recommendation": "A"}
    assert missing("ranked", **federal, invited=FEDERAL) == []
    assert missing("ranked", **federal, invited=STATE) == [
        "A is invited: not registered with the FEC"
    ]
    assert missing("ranked", office="Mayor", recommendation="A", invited=FEDERAL) == [
        "A is invited: no active OCPF account"
    ]


def test_an_edition_may_ask_for_the_ocpf_account_to_the_letter() -> None:
    """EN-R9"""
    (reading,) = OFFICES.federal.alternatives
    letter = OFFICES.model_copy(
        update={"federal": OFFICES.federal.model_copy(update={"value": reading})}
    )
    assert not is_federal("President", letter)
    assert edition_digest(EDITION) == edition_digest(EDITION.model_copy(update={"offices": letter}))


def test_a_vote_stays_shut_after_an_invitation_that_the_rule_forbids() -> None:
    """EN-11"""
    invited = {"name": "A", "ocpf_account_active": True}
    assert missing("ranked", recommendation="A", invited=[invited]) == [
        "A is invited: no campaign website"
    ]
    invited["campaign_website"] = "https://example.org"
    assert missing("ranked", recommendation="A", invited=[invited]) == []


def test_every_invited_person_is_a_candidate() -> None:
    """EN-11"""
    with pytest.raises(FixTheSettings, match="an invited person is not one of the candidates"):
        contest("ranked", invited=[{"name": "Zoe"}])
