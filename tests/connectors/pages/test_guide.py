"""The endorsement guide of EN-13, against the chapter's own page of 2024."""

import copy
import re
from typing import Any

import pytest

from connectors import pages
from models.contests.contest import contest_from
from models.errors import FixTheSettings
from models.tally.outcome import Outcome, OutcomeKind
from models.votes.guide import GuideWords, guide_from
from tests.connectors.pages.guides import ABOUT, CONTESTS, PAGE, TABLE, ended, told, words_of

NOBODY = Outcome(OutcomeKind.NO_CONSENSUS)
VOID = Outcome(OutcomeKind.VOID)


def markdown(language: pages.Language = "en", **changed: Any) -> str:
    return pages.guide_markdown(told(language, **changed))


def read(text: str) -> list[str]:
    """The lines that a reader of the Markdown sees, without its marks."""
    plain = re.sub(r"\[((?:\\.|[^\]\\])+)\]\([^)]+\)", r"\1", text)
    plain = re.sub(r"(?m)^#+ |^- |\*\*|\\(?=[\\`*_\[\]<])", "", plain)
    return [line for line in map(str.strip, plain.split("\n")) if line]


def sentences(lines: list[str]) -> list[str]:
    """Sentence by sentence, whatever the spaces; their page writes one of its six VOTEs “Vote”."""
    whole = " ".join(lines).replace("\xa0", " ").replace("•", " ").replace("Vote YES", "VOTE YES")
    return re.split(r"(?<=[.!?:]) ", re.sub(r"\s+", " ", whole).strip())


def test_the_page_of_2024_comes_out_sentence_by_sentence() -> None:
    """EN-13: what the chapter supplies, in its order; all else are the program's own sentences."""
    assert sentences(read(markdown())) == sentences(PAGE.split("\n"))


def test_its_headings_are_those_of_the_page() -> None:
    heads = re.findall(r"(?m)^(#+) (.+)$", markdown())
    assert heads == [
        ("#", "JP Progressives 2024 General Election Endorsements"),
        ("##", "JPP’s Official Endorsements 2024"),
        ("###", "Kamala Harris and Tim Walz for President/VP"),
        ("###", "Allison Cartwright for Clerk of the Supreme Judicial Court"),
        ("##", "Uncontested Races in 2024"),
        ("##", "Senate"),
        ("##", "Ballot Questions"),
    ]


def test_the_html_says_the_same_as_the_markdown() -> None:
    page = pages.guide_page(told())
    body = page.partition("<main")[2].partition("</main>")[0]
    shown = re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:b|a|span)\b[^>]*>", "", f"<main{body}"))
    in_html = sentences([shown.replace("&#39;", "'").replace(" · ", " and ")])
    assert in_html == sentences(read(markdown()))


def test_links_lead_where_the_chapter_says() -> None:
    page = pages.guide_page(told(), results="../index.html")
    assert '<a href="https://allison.example/">Website</a>' in page
    assert '<a href="https://www.jpprogressives.example/join">If you’d like' in page
    assert '<a href="../index.html">How the members voted' in page
    assert "[Website](https://allison.example/) and [Candidate Questionnaire](" in markdown()


def test_each_district_reads_which_questions_it_will_see() -> None:
    """EN-12"""
    assert read(markdown())[-1] == (
        "Those JP residents in the 15th Suffolk (represented by Rep. Sam Montaño) will NOT have "
        "Question 6 on their ballots."
    )
    own = copy.deepcopy(TABLE)
    own["districts"] = own["districts"][:2]
    assert "will NOT have" not in markdown(own=own)
    del own["districts"], own["residents"]
    assert read(markdown(own=own))[-1] == (
        "Voters in 10th Suffolk and 14th Suffolk will see Question 6 on their ballots."
    )


def test_a_district_is_one_however_its_dash_was_typed() -> None:
    """EN-12: nobody reads of one question that they will see it, and will not."""
    table = {"id": "q7", "title": "Question 7", "kind": "question", "districts": ["Ward 6–7"]}
    outcomes = {"q7": Outcome(OutcomeKind.ENDORSED, ("No",))}
    own = {**TABLE, "districts": [{"name": "Ward 6-7"}, {"name": "Ward 9"}]}
    said = read(markdown(own=own, contests=(*CONTESTS, contest_from(table, "q7")), **outcomes))
    assert [line for line in said if "Question 7 on their" in line] == [
        "Voters in Ward 6-7 will see Question 7 on their ballots.",
        "Those JP residents in Ward 9 will NOT have Question 7 on their ballots.",
    ]


def test_questions_of_other_districts_have_sentences_of_their_own() -> None:
    seven = contest_from(
        {"id": "q7", "title": "Question 7", "kind": "question", "districts": ["15th Suffolk"]}, "q7"
    )
    outcomes = {"q7": Outcome(OutcomeKind.ENDORSED, ("No",))}
    said = read(markdown(contests=(*CONTESTS, seven), **outcomes))
    assert "VOTE NO on Question 7." in said
    assert [line for line in said if line.startswith("Voters in")] == [
        (
            "Voters in the 10th Suffolk (represented by Rep. Bill MacGregor) and the 14th Suffolk "
            "(represented by Rep. Rob Consalvo) will see Question 6 on their ballots."
        ),
        (
            "Voters in the 15th Suffolk (represented by Rep. Sam Montaño) will see Question 7 on "
            "their ballots."
        ),
    ]


def test_only_what_the_members_endorsed_is_told_and_only_its_statement() -> None:
    """EN-13: what was prepared for somebody else stays unsaid."""
    assert "prepared for whom" not in markdown()
    lost = markdown(president=NOBODY, question_3=Outcome(OutcomeKind.NO_ENDORSEMENT_CHOSEN))
    for gone in ("Kamala", "Heritage Foundation", "prepared for whom", "Question 3"):
        assert gone not in lost
    stein = markdown(president=Outcome(OutcomeKind.ENDORSED, ("Jill Stein and Butch Ware",)))
    assert "prepared for whom" in stein
    assert "Kamala" not in stein


def test_a_statement_written_for_the_recommended_is_not_said_of_another() -> None:
    """It was fixed before anybody voted (EN-1)."""
    race = contest_from(
        {"id": "mayor", "title": "Mayor", "kind": "single-choice", "candidates": ["Ada", "Bea"],
         "recommendation": "Ada", "statement": "She comes to every meeting."}, "mayor"
    )  # fmt: skip
    for won, said in (
        ("Ada", "She comes to every meeting."),
        ("Bea", "JP Progressives endorses Bea."),
    ):
        outcomes = {"mayor": Outcome(OutcomeKind.ENDORSED, (won,))}
        found = pages.guide(GuideWords(), [race], outcomes, ABOUT)
        assert found
        assert read(pages.guide_markdown(found))[-2:] == [f"{won} for Mayor", said]


def test_the_program_has_words_of_its_own_for_all_that_a_guide_says() -> None:
    said = read(markdown(own={}))
    assert said[:4] == [
        "Endorsements 2024",
        "JP Progressives’ Official Endorsements 2024",
        (
            "Thank you to all our JP Progressives members who voted in this endorsement process! "
            "We are grateful to you for your passion and efforts."
        ),
        "Kamala Harris and Tim Walz for President/VP",
    ]
    assert "Ayanna Pressley (Congress)" in said
    assert "We renew our endorsement of Elizabeth Warren." in said
    assert "VOTE YES on Question 1." in said


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Hal Hope for US Senate"), ("es", "Hal Hope: US Senate")]
)
@pytest.mark.parametrize("of_the_race", [True, False])
def test_who_is_endorsed_again_is_named_above_the_statement(
    language: pages.Language, name: str, of_the_race: bool
) -> None:
    """EN-7: the statement says why, and need not say of whom."""
    why = {"statement": "He kept his word."}
    race = contest_from({"id": "senate", "title": "US Senate", "kind": "up-or-down",
                         "purpose": "re-endorsement", "subject": "Hal Hope",
                         **(why if of_the_race else {})}, "senate")  # fmt: skip
    own = {"statements": [{"race": "senate", "of": "Hal Hope", **why}]}
    outcomes = {"senate": Outcome(OutcomeKind.ENDORSED, ("Hal Hope",))}
    words = words_of({} if of_the_race else own, (race,))
    found = pages.guide(words, [race], outcomes, ABOUT, language)
    assert found
    assert f"## {name}\n" in pages.guide_markdown(found)
    assert f">{name}</h2>" in pages.guide_page(found)


@pytest.mark.parametrize("result", ["against", "uncontested"])
def test_a_statement_stands_below_whoever_it_is_of(result: str) -> None:
    """EN-7, EN-8: of an anti-endorsement and of somebody uncontested, too."""
    race = contest_from({"id": "da", "title": "DA", "kind": "up-or-down", "subject": "Vic Vole",
                         "purpose": "anti-endorsement" if result == "against" else "abbreviated",
                         "uncontested": result == "uncontested",
                         "statement": "Of the race."}, "da")  # fmt: skip
    kind = OutcomeKind.ANTI_ENDORSED if result == "against" else OutcomeKind.ENDORSED
    mine = {"race": "da", "of": "Vic Vole", "statement": "Of the guide.",
            "links": [{"text": "Record", "url": "https://vole.example"}]}  # fmt: skip
    for own, said in (({}, "Of the race."), ({"statements": [mine]}, "Of the guide.")):
        found = pages.guide(words_of(own, (race,)), [race], {"da": Outcome(kind, ("Vic Vole",))},
                            ABOUT)  # fmt: skip
        assert found
        for made in (pages.guide_markdown(found), pages.guide_page(found)):
            assert "Vic Vole" in made.partition(said)[0]
            assert said in made
            assert ("https://vole.example" in made) == bool(own)


def test_a_void_race_is_said_and_a_warning_stands_apart() -> None:
    """EN-R11, EN-8"""
    against = Outcome(OutcomeKind.ANTI_ENDORSED, ("Elizabeth Warren",))
    said = read(markdown(clerk=VOID, senate=against))
    assert "Allison Cartwright" not in " ".join(said)
    assert said[-1] == (
        "There is no endorsement for Clerk of the Supreme Judicial Court, because that "
        "vote is void."
    )
    assert "JPP asks voters not to elect Elizabeth Warren (Senate)." in " ".join(said)


def test_a_race_that_was_called_off_is_no_endorsement_whatever_was_counted() -> None:
    """EN-R11: cancelled before it was counted, or voided afterwards by the committee."""
    president, clerk, *others = CONTESTS
    outcomes = ended()
    del outcomes["president"]
    found = pages.guide(
        words_of(TABLE), [clerk, *others], outcomes, ABOUT, cancelled=[president], voided=[clerk]
    )
    assert found
    said = read(pages.guide_markdown(found))
    assert not [line for line in said if "Kamala" in line or "Allison" in line]
    assert said[-2:] == [
        "There is no endorsement for President/VP, because that vote was canceled.",
        (
            "There is no endorsement for Clerk of the Supreme Judicial Court, because that "
            "vote is void."
        ),
    ]
    why = "The results page explains why."
    assert why not in pages.guide_page(found)  # it has no link to one
    linked = (
        pages.guide_page(found, results="../index.html"),
        pages.guide_markdown(found, results="https://example.org/"),
    )
    assert [made.count(why) for made in linked] == [1, 1]
    assert why not in pages.guide_page(told(), results="../index.html")  # of nothing


def test_where_nothing_was_endorsed_there_is_no_guide() -> None:
    nothing = dict.fromkeys(ended(), NOBODY)
    assert pages.guide(words_of(TABLE), CONTESTS, nothing, ABOUT) is None


def test_in_spanish_the_programs_words_are_spanish_and_what_is_not_translated_is_marked() -> None:
    said = markdown("es")
    for spanish in (
        "## Respaldos oficiales de JPP en 2024",
        "## Contiendas sin contrincantes en 2024",
        "### Kamala Harris and Tim Walz: Presidencia",
        "Quienes votan en el 10.º distrito de Suffolk (con representación de Rep. Bill MacGregor)",
        "[Cuestionario](https://www.jpprogressives.example/cartwright.pdf)",
        "**VOTE SÍ en Pregunta 1** (En inglés) to clarify",
    ):
        assert spanish in said
    assert "\n(En inglés) JP Progressives endorses Kamala Harris" in said
    page = pages.guide_page(told("es"))
    assert '<html lang="es">' in page
    assert '<span lang="en">JP Progressives endorses Kamala Harris' in page
    assert '<a href="index.html" lang="en"' in page
    own = copy.deepcopy(TABLE)
    own["statements"][0]["statement_es"] = "Porque sí.\n\nY más."
    assert "\nPorque sí.\n\nY más.\n" in markdown("es", own=own)


def test_nothing_that_a_chapter_writes_is_markup() -> None:
    own = copy.deepcopy(TABLE)
    own["intro"] = (
        "<script>x</script> *all* [x](javascript:y)\n\n- no list\n\n1. nor this\n\n# nor that"
    )
    page = pages.guide_page(told(own=own))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    said = markdown(own=own)
    assert "\\<script>x\\</script> \\*all\\* \\[x\\](javascript:y)" in said
    assert "\n\\- no list\n" in said
    assert "\n1\\. nor this\n" in said
    assert "\n\\# nor that\n" in said


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"colour": 1}, "colour"),
        ({"registration": "javascript:alert(1)"}, "registration"),
        (
            {"intro": "Write to ann@example.org"},
            "this contains an email address; pages must not (DP-3)",
        ),
        (
            {"statements": [{"race": "mayor", "of": "Ada"}]},
            "no race with this name: “mayor” (it has: president, ",
        ),
        (
            {"statements": [{"race": "clerk", "of": "Kamala"}]},
            "no choice with this name: “Kamala” (it has: Allison ",
        ),
        ({"statements": [{"race": "clerk", "of": "Erin Murphy"}] * 2}, "two of the statements"),
        ({"districts": [{"name": "A"}, {"name": "a"}]}, "two of the districts"),
        ({"intro": "x" * 20_001}, "intro"),
    ],
)
def test_a_fault_of_its_words_is_told_with_its_place(change: dict[str, Any], fault: str) -> None:
    with pytest.raises(FixTheSettings) as found:
        guide_from(change, CONTESTS, "guide.toml")
    assert fault in str(found.value)
    assert "ann@" not in str(found.value)
    assert "EN-13" in str(found.value)


def test_an_invented_vote_says_so_first() -> None:
    assert pages.guide_markdown(told(), invented=True).startswith("**Made-up votes:")
    assert "Made-up votes:" in pages.guide_page(told(), invented=True)
