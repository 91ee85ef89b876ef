"""Every ballot says what it asks"""

from typing import Any

import pytest

from connectors.pages import words
from models.contests.asks import asked
from models.contests.contest import Contest
from models.contests.unsaid import must_say, unsaid
from models.errors import FixTheSettings
from tests.bylaws.votes import contest

SPANISH = words("es")
DAN = {"purpose": "anti-endorsement", "subject": "Dan Doe"}
ANN = {"name": "Ann Abel", "bio": "A nurse.", "summary": "Ran forums.", "activities": "Rents."}


def meaning(kind: str, **table: Any) -> tuple[str, str]:
    """In English and in Spanish."""
    made = contest(kind, **table)
    return asked(made).meaning, asked(made, SPANISH).meaning


def missing(made: Contest) -> list[str]:
    return [f"{one.fact} ({one.rule})" for one in unsaid(made) if not one.holds]


def test_yes_to_an_anti_endorsement_asks_voters_not_to_elect_somebody() -> None:
    """EN-8, EN-R14"""
    assert meaning("up-or-down", **DAN) == (
        "“Yes” means that we ask voters not to elect Dan Doe. “No” means that we do not.",
        "«Sí» significa que pedimos no elegir a Dan Doe; «No», que no lo pedimos.",
    )


def test_yes_to_somebody_endorsed_before_endorses_them_again() -> None:
    """EN-7, EN-R14"""
    again = {"purpose": "re-endorsement", "subject": "Eve"}
    assert meaning("up-or-down", **again)[0].startswith("“Yes” means that we endorse Eve again.")


def test_a_slate_names_its_nominees() -> None:
    """SC-1, EN-R14"""
    slate = {"purpose": "slate", "subject": "The slate", "about": [ANN, {"name": "Bo Burns"}]}
    english, spanish = meaning("up-or-down", **slate)
    assert english.startswith("“Yes” confirms all of the nominees together: Ann Abel and Bo Burns.")
    assert spanish.startswith("«Sí» confirma juntas a todas las personas nominadas: Ann Abel y Bo")
    (ann, _) = asked(contest("up-or-down", **slate)).people
    assert list(map(str, ann.told)) == [
        "A nurse.", "Work to date: Ran forums.", "Proposed activities: Rents."]  # fmt: skip


def test_priorities_stand_one_by_one() -> None:
    """SC-7, EN-R14"""
    made = contest("up-or-down", purpose="priorities", subject="Those of 2027",
                   priorities=["Rents", "Trees"],
                   priorities_es=["Alquileres", "Árboles"])  # fmt: skip
    assert [str(one) for one in asked(made).priorities] == ["Rents", "Trees"]
    assert [str(one) for one in asked(made, SPANISH).priorities] == ["Alquileres", "Árboles"]
    assert "adopts all of the priorities together" in asked(made).meaning


def test_to_ratify_says_whom() -> None:
    """EN-6, EN-R14"""
    table = {"candidates": ["Fay", "Gil"], "recommendation": "Fay"}
    assert meaning("ratify-or-prefer", **table) == (
        "“Ratify the recommendation” is a vote for Fay.",
        "«Ratificar la recomendación» es un voto por Fay.",
    )


def test_each_answer_to_a_question_says_what_we_ask_of_voters() -> None:
    """EN-12, EN-R14"""
    english, spanish = meaning("question")
    assert "“Yes” means that we ask voters to vote yes. “No” means that we ask" in english
    assert "«Sin posición», que no tomamos posición" in spanish


def test_a_public_election_is_no_word_of_ours() -> None:
    """EN-R14"""
    assert meaning("question", rules="public") == ("", "")


def test_a_ranked_race_says_which_rank_comes_first() -> None:
    """EN-3, EN-R14"""
    made = contest("ranked")
    assert (
        "“1st” is your first choice. You do not have to rank all of them."
        in asked(made, ranked=True).further
    )
    assert not any("1st" in said for said in asked(made).further)


@pytest.mark.parametrize(
    ("kind", "table", "offered"),
    [
        ("ranked", {}, True),
        ("question", {}, False),
        ("up-or-down", DAN, False),
    ],
)
def test_no_endorsement_is_said_where_it_is_offered_alone(
    kind: str, table: dict[str, Any], offered: bool
) -> None:
    """EN-5, EN-R14"""
    said = " ".join(asked(contest(kind, **table)).further)
    assert ("You can also choose “No endorsement.”" in said) is offered


def test_it_tells_of_whom_the_ballot_names_and_of_nobody_else() -> None:
    """EN-R14: one of two who stand together is named."""
    pair, one = {"candidates": ["Ann Abel and Bo Burns", "Cy", "Di"]}, {"name": "Bo Burns"}
    assert asked(contest("ranked", **pair, about=[one])).people[0].name == "Bo Burns"
    both = {"purpose": "anti-endorsement", "subject": "Ann Abel and Bo Burns"}
    assert asked(contest("up-or-down", **both, about=[one])).people
    for kind, table in (("ranked", pair), ("up-or-down", both)):
        with pytest.raises(FixTheSettings, match="`about` describes someone who is not"):
            contest(kind, **table, about=[{"name": "Zoe"}])


def test_links_are_addresses_on_the_web() -> None:
    """EN-R9, EN-R14"""
    ann = {"name": "A", "website": "https://ann.example.org", "questionnaire": "http://a.example/q"}
    (person,) = asked(contest("ranked", about=[ann])).people
    assert [what for what, _ in person.links] == ["Website", "Questionnaire"]
    for typed in ("ann.example.org", "see https://ann.example.org", "ftp://ann.example.org"):
        with pytest.raises(Exception, match="begins with http"):
            contest("ranked", about=[ann | {"website": typed}])


@pytest.mark.parametrize(
    ("kind", "table", "lacks"),
    [
        ("up-or-down", {"purpose": "priorities", "subject": "Those of 2027"}, "the priorities"),
        ("question", {"title": "Question 6"}, "what the question is about"),
        ("question", {"title": "Ballot Question No. 6"}, "what the question is about"),
        ("up-or-down",
         {"purpose": "slate", "subject": "S", "nominees": [{"name": "Ann Abel"}],
          "about": [ANN | {"activities": ""}]}, "who Ann Abel is: add `activities`"),
        ("up-or-down", {"purpose": "slate", "subject": "S", "about": [ANN]},
         "that Ann Abel, who is described in [[about]], is not a nominee"),
    ],
)  # fmt: skip
def test_a_ballot_that_would_not_say_it_does_not_open(
    kind: str, table: dict[str, Any], lacks: str
) -> None:
    """EN-R14"""
    (fact,) = missing(contest(kind, **table))
    assert lacks in fact
    assert "EN-R14" in fact


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("ranked", {}),
        ("up-or-down", DAN),
        ("question", {"title": "Question 6: a union for drivers"}),
        ("question", {"title": "Question 6", "explanation": "A union for drivers."}),
        ("up-or-down", {"purpose": "priorities", "subject": "P", "priorities": ["Rents"]}),
        ("up-or-down", {"purpose": "slate", "subject": "S", "nominees": [{"name": "ann abel"}],
                        "about": [ANN]}),
        ("up-or-down", {"purpose": "slate", "subject": "S", "about": [ANN | {"bio": ""}],
                        "nominees": [{"name": "Ann Abel", "waivers": [
                            {"criterion": "bio", "reason": "r", "by": "b", "on": "2026-01-05"}]}]}),
    ],
)  # fmt: skip
def test_a_ballot_that_says_it_may_open(kind: str, table: dict[str, Any]) -> None:
    """EN-R14"""
    assert missing(contest(kind, **table)) == []


@pytest.mark.parametrize(
    ("kind", "table", "words"),
    [
        ("up-or-down", DAN, "not to elect Dan Doe"),
        ("up-or-down", {"purpose": "re-endorsement", "subject": "Eve"}, "Eve"),
        ("up-or-down", {"purpose": "slate", "subject": "S", "about": [ANN]}, "Ann Abel"),
        ("up-or-down", {"purpose": "slate", "subject": "S", "about": [ANN]}, "A nurse."),
        ("up-or-down", {"purpose": "priorities", "subject": "P", "priorities": ["Rents"]}, "Rents"),
        ("ratify-or-prefer", {"candidates": ["F", "G"], "recommendation": "F"}, "F"),
        ("question", {"explanation": "A union for drivers."}, "A union for drivers."),
        ("question", {"districts": ["10th"], "only_these_districts_vote": True}, "10th"),
    ],
)
def test_the_words_that_a_form_made_by_hand_is_held_to(
    kind: str, table: dict[str, Any], words: str
) -> None:
    """EN-R14"""
    assert any(words in said for said in must_say(contest(kind, **table)))


def test_several_seats_say_that_everyone_whom_one_supports_is_marked() -> None:
    """SC-3, EN-R14"""
    chairs = contest("approval", candidates=["Ann Abel", "Bo Burns", "Cy", "Di"])
    assert asked(chairs).meaning == (
        "Mark everyone whom you support. At most 3 of them are chosen."
    )
