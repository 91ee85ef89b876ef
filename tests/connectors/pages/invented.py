"""Invented races, one for every way a vote can end and every part a page can have."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from connectors.pages import (
    LANGUAGES,
    ElectionSums,
    RaceReport,
    Remark,
    election_file,
    election_page,
    guide_page,
    night_file,
    race_file,
    race_page,
)
from connectors.pages.night import NightPage, night_page
from models.ballots.boxes import RejectionReason as Why
from models.bylaws.counting import CountingRules
from models.contests.contest import contest_from
from models.membership.voting_status import Status
from models.tally.count import count
from models.tally.digests import ballots_digest, contest_digest, edition_digest, roll_digest
from models.tally.outcome import Decision
from models.tally.rankings import OVERVOTE, Rankings
from tests.connectors.pages.guides import told
from tests.models.invented import JPP

TITLE = {"en": "Endorsements for the 2024 general election",
         "es": "Respaldos para la elección general de 2024"}  # fmt: skip
STATEMENT = "She kept her word on housing, and came to our forum twice. We endorse her gladly."
SUMS = ElectionSums(187, 150, 21, {Why.LATE: 12, Why.UNKNOWN_CODE: 3, Why.EARLY: 1}, voters=240)
NIGHTS = [
    NightPage(
        date(2024, 9, day),
        {Status.VOTING: 60 + day, Status.ONE_AWAY: 9, Status.NOT_YET: 40},
        {"letter voting-member": 2, "add tag clerk: voting member": 2},
    )
    for day in (3, 4)
]
REVIEW = [("Sign-ins!B17", "question", "two people have this name", "add the address")]
THREE = ["Ana Álvarez", "Ben O'Neil", "Cora Dunn"]


@cache
def edition() -> CountingRules:
    """The built-in counting rules."""
    return JPP.editions[-1].counting


def race(
    table: Mapping[str, Any],
    ballots: Rankings,
    *,
    unreadable: int = 0,
    elsewhere: int = 0,
    decisions: tuple[Decision, ...] = (),
) -> RaceReport:
    """A race, counted."""
    contest = contest_from(table, "invented")
    digests = {
        "roll": roll_digest(["1", "2"]),
        "ballots": ballots_digest(ballots, unreadable),
        "edition": edition_digest(edition()),
        "contest": contest_digest(contest),
    }
    result = count(
        contest, ballots, edition(), unreadable=unreadable, decisions=decisions, digests=digests
    )
    return RaceReport(
        result, contest, edition=edition().name, election=TITLE["en"], elsewhere=elsewhere
    )


def ranked(id_: str, title: str, ballots: Rankings, **more: Any) -> RaceReport:
    """A ranked race between three."""
    kept = {key: more.pop(key) for key in ("unreadable", "decisions") if key in more}
    table = {"kind": "ranked", "id": id_, "title": title, "candidates": THREE} | more
    return race(table, ballots, **kept)


def up_or_down(id_: str, title: str, purpose: str, subject: str, yes: int, no: int, **more: Any) \
        -> RaceReport:  # fmt: skip
    """A vote of yes or no."""
    table = {"kind": "up-or-down", "id": id_, "title": title, "purpose": purpose,
             "subject": subject} | more  # fmt: skip
    return race(table, {(0,): yes, (1,): no})


def races() -> list[RaceReport]:
    """All of them."""
    question = {"kind": "question", "title_es": "Pregunta 1: auditar a la legislatura"}
    return [
        ranked(
            "district-6",
            "City Council, District 6",
            {(0,): 40, (1, 0): 35, (2, 3): 25, (OVERVOTE,): 11, (): 7},
            unreadable=2,
            title_es="Concejo Municipal, Distrito 6",
            statement=STATEMENT,
            recommendation="Ana Álvarez",
        ),
        ranked(
            "mayor",
            "Mayor",
            {(0,): 30, (1,): 30, (2,): 20, (0, 1): 10, (1, 0): 10},
            title_es="Alcaldía",
        ),
        ranked("sheriff", "Sheriff", {(3,): 80, (0,): 20, (1,): 10}),
        ranked("attorney", "Attorney General", {(0,): 60, (1,): 25, (2,): 25}),
        ranked(
            "treasurer",
            "A race with seven candidates whose title is long enough to need a second line",
            {(n, (n + 1) % 7): 10 + n * n for n in range(7)},
            candidates=[f"Maria-Fernanda Villanueva de la Cruz {n}" for n in "ABCDEFG"],
        ),
        race(
            {"kind": "single-choice", "id": "clerk", "title": "Clerk of Courts",
             "candidates": ["Dee Roe", "Eve Poe"]},
            {(0,): 60, (1,): 25, (2,): 15},
        ),
        race(
            {"kind": "ratify-or-prefer", "id": "senate", "title": "State Senator",
             "candidates": ["Dee Roe", "Eve Poe"], "recommendation": "Dee Roe"},
            {(3,): 70, (0,): 20, (1,): 15},
        ),
        up_or_down("rep", "State Representative", "abbreviated", "Kit Moss & Lou Fern", 90, 10,
                   previously_endorsed=True, uncontested=True, done=["research"]),
        up_or_down("us-senate", "Senate", "re-endorsement", "Jo Lark", 90, 10,
                   previously_endorsed=True, done=["record review"]),
        up_or_down("da", "District Attorney", "anti-endorsement", "Max Vole", 90, 10),
        up_or_down("slate", "Steering Committee", "slate", "the 2025 slate", 60, 40,
                   about=[{"name": "Kay Finch", "bio": "A nurse.", "activities": "A forum.",
                           "website": f"https://example.org/{'long-' * 12}address"}]),
        up_or_down("priorities", "Priorities", "priorities", "the 2025 priorities", 40, 60),
        race(question | {"id": "q1", "title": "Question 1: audit the legislature"},
             {(0,): 120, (1,): 11, (2,): 12}),
        race(question | {"id": "q6", "title": "Question 6", "districts": ["10th", "14th"]},
             {(0,): 50, (1,): 40, (): 2}, elsewhere=4),
        race(question | {"id": "q7", "title": "Question 7"}, {(0,): 5, (1,): 1}),
        race({"kind": "committee", "id": "motion", "title": "A motion", "active": 12, "recused": 1},
             {(0,): 7, (1,): 2, (2,): 1}),
        race({"kind": "approval", "id": "chairs", "title": "Co-chairs", "seats": 2,
              "candidates": THREE},
             {(frozenset({0, 1}),): 7, (0,): 5, (1,): 1}),
        race({"kind": "advisory", "id": "proposals", "title": "Proposals for 2027",
              "proposals": ["1. Rents that people can pay", "3. A tree in every street, " * 6,
                            "4. Buses that come"],
              "proposals_es": ["1. Alquileres que se puedan pagar", "3. Un árbol en cada calle",
                               "4. Autobuses que lleguen"]},
             {(frozenset({0, 1}),): 21, (0,): 14, (2,): 12, (): 3}),
        race(
            {"kind": "ranked", "id": "council", "title": "A public election", "rules": "public",
             "no_endorsement": "", "undeclared_write_ins": "Write-in", "candidates": THREE},
            {(0,): 40, (1, 0): 35, (2, 1): 25, (3, 2): 4},
        ),
    ]  # fmt: skip


def write_pages(folder: Path) -> list[Path]:
    """All pages in both languages, and a tellers' report."""
    reports = races()
    pages = {}
    for language in LANGUAGES:
        pages[election_file(language)] = election_page(
            reports, title=TITLE[language], language=language, sums=SUMS,
            remarks=[Remark("The vote was open for 8 days, under the 10 that are ideal (EN-9).")],
        )  # fmt: skip
        for report in reports:
            name = race_file(report.result.contest, language)
            pages[name] = race_page(report, language=language)
        pages[f"guide-{language}.html"] = guide_page(told(language), results="index.html")
    pages["tellers.html"] = race_page(reports[0], tellers=True)
    for language in LANGUAGES:
        pages[night_file(language)] = night_page(
            "JP Progressives", NIGHTS, REVIEW, language, LANGUAGES
        )
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8")
    return [folder / name for name in pages]
