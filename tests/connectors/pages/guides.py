"""JP Progressives' guide of 2024, made anew from the words that they supplied."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from connectors import pages
from connectors.pages import About
from connectors.pages.guide_parts import Guide
from connectors.pages.words import Language
from models.contests.contest import Contest, contest_from
from models.tally.outcome import Outcome, OutcomeKind
from models.votes.guide import GuideWords, guide_from

HERE = Path(__file__).parent / "endorsements-2024"
PAGE = (HERE / "page.txt").read_text("utf-8")
"""The text of their public page."""
TABLE = tomllib.loads((HERE / "guide.toml").read_text("utf-8"))
ABOUT = About("JP Progressives", "Endorsements 2024", "Respaldos 2024", 2024)
_SHORT = {"kind": "up-or-down", "purpose": "abbreviated", "uncontested": True}
_TABLES: tuple[Mapping[str, Any], ...] = (
    {
        "id": "president",
        "title": "President/VP",
        "title_es": "Presidencia",
        "kind": "ranked",
        "candidates": [
            "Kamala Harris and Tim Walz",
            "Donald Trump and JD Vance",
            "Jill Stein and Butch Ware",
        ],
    },
    {
        "id": "clerk",
        "title": "Clerk of the Supreme Judicial Court",
        "kind": "single-choice",
        "candidates": ["Allison Cartwright", "Erin Murphy"],
    },
    {"id": "congress", "title": "Congress", "subject": "Ayanna Pressley", **_SHORT},
    {"id": "state-senator", "title": "State Senator", "subject": "Liz Miranda", **_SHORT},
    {"id": "state-representative", "title": "State Rep", "subject": "Sam Montaño", **_SHORT},
    {
        "id": "senate",
        "title": "Senate",
        "kind": "up-or-down",
        "purpose": "re-endorsement",
        "subject": "Elizabeth Warren",
    },
    *(
        {
            "id": f"question-{number}",
            "title": f"Question {number}",
            "title_es": f"Pregunta {number}",
            "kind": "question",
            **({"districts": ["10th Suffolk", "14th Suffolk"]} if number == 6 else {}),
        }
        for number in range(1, 7)
    ),
)
CONTESTS = tuple(contest_from(table, table["id"]) for table in _TABLES)
WON = {
    "president": "Kamala Harris and Tim Walz",
    "clerk": "Allison Cartwright",
    "congress": "Ayanna Pressley",
    "state-senator": "Liz Miranda",
    "state-representative": "Sam Montaño",
    "senate": "Elizabeth Warren",
    **{f"question-{number}": "Yes" for number in range(1, 7)},
}


def ended(**others: Outcome) -> dict[str, Outcome]:
    """How the races of 2024 ended; `others` by id, with `_` for a dash."""
    endorsed = {race: Outcome(OutcomeKind.ENDORSED, (who,)) for race, who in WON.items()}
    return endorsed | {race.replace("_", "-"): outcome for race, outcome in others.items()}


def told(
    language: Language = "en",
    *,
    own: Mapping[str, Any] = TABLE,
    contests: tuple[Contest, ...] = CONTESTS,
    **others: Outcome,
) -> Guide:
    """The guide of 2024, in a language, with other words or ends."""
    found = pages.guide(words_of(own, contests), contests, ended(**others), ABOUT, language)
    assert found
    return found


def words_of(table: Mapping[str, Any], contests: tuple[Contest, ...] = CONTESTS) -> GuideWords:
    """The words of a `guide.toml`."""
    return guide_from(table, contests, "guide.toml")
