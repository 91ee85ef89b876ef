"""Facts for every built-in letter, as a job would fill them in."""

from models.membership.ways import ways_of
from tests.models.invented import JPP

CARRIED = "*|UNSUB|* *|LIST:ADDRESS|*"
PERSON = {"name": "Ann", "told": ["Of Green Street."],
          "in_english": [{"lead": "En inglés:", "words": "A nurse."}],
          "links": [{"what": "Website", "address": "https://ann.example.org"}]}  # fmt: skip
RACE = {"title": "Mayor", "districts": "", "recommendation": "Ann", "title_es": "Alcaldía",
        "untranslated": False, "districts_es": "", "recommendation_es": "Ann",
        "lines": ["Yes means yes."], "lines_es": ["Sí es sí."], "priorities": ["Rents"],
        "priorities_es": ["Rentas"], "priorities_in_english": True, "in_english": [],
        "people": [PERSON], "people_es": [PERSON]}  # fmt: skip
CALLED = {"fewest": 5, "most": 15, "needed": 3, "committees": "Elections",
          "committees_es": "Elecciones", "day": "March 12, 2027", "day_es": "12 de marzo de 2027",
          "votes": "the slate", "votes_es": "la lista", "year": 2027, "present": 5, "active": 8,
          "paragraphs": ["At ten."], "paragraphs_es": ["A las 10."]}  # fmt: skip
FACTS: dict[str, object] = {
    "chapters": [{"name": "Rivertown", "link": "https://example.org/join"}],
    "title": "Spring vote",
    "title_es": "Votación",
    "closes": "Friday",
    "titles": "Spring vote / Votación",
    "closes_es": "el viernes",
    "closes_es_point": "el viernes.",
    "none_of_them": "No endorsement",
    "none_of_them_es": "No respaldar a nadie",
    "reason_es": "nieve",
    "ballot_link": "https://example.org/?code=",
    "races": [RACE] * 30,
    "race": "Mayor",
    "race_es": "Alcaldía",
    "untranslated": False,
    "changes": [
        {"race": "Mayor", "race_es": "Alcaldía", "untranslated": False, "name": name,
         "reason": "ill", "reason_es": ""}
        for name in ("Bo", "")
    ],
    "reason": "snow",
    "number": 3,
    "asked": "see my data",
    "asked_es": "ver mis datos",
    "due": "May 1, 2026",
    "due_es": "1 de mayo de 2026",
    "until": "April 8, 2026",
    "until_es": "8 de abril de 2026",
    "answered": True,
    "why": "Done.",
    "in_all": 3,
    "committee": False,
    **CALLED,
    "link": "https://example.org/?code=",
    "items": {
        language: [{"title": "The budget", "ended": "adopted", "votes": "Yes: 5"}]
        for language in ("en", "es")
    },
    "there": {"en": "Ann and Bo", "es": "Ann y Bo"},
    "missing": {"en": "Cy", "es": "Cy"},
    "outcomes": [("Mayor", "endorsed"), ("Clerk", "no consensus")],
    "rows": ["12 received"],
    "look": ["a tie"],
    "file": "elections/spring/tellers/index.html",
    "at_once": False,
    "ways": ways_of(JPP.editions[0].membership),
    "name": "spring",
    "headline": "1 thing to check",
    "groups": [
        {"heading": "New", "entries": [{"said": "A night failed.", "when": "Now.", "next": "look"}]}
    ],
    "results_link": "https://example.org/spring/",
    "parts": [
        {
            "language": language,
            "title": "Spring vote",
            "sections": [
                {
                    "heading": "Endorsed",
                    "entries": [
                        {"title": "Mayor", "choice": "Ann", "question": False, "ended": "",
                         "against": False, "listed": ["Rents"], "foreign": False, "ad_hoc": False,
                         "statement": "Ann knows the streets."}
                    ],
                }
            ],
        }
        for language in ("en", "es")
    ],
}  # fmt: skip
