"""Endorsements 2024 as an invented election: the published results, by all kinds of contest.

The races, the candidates and how each ended are JP Progressives' own; the ballots are invented.
Question 6 was on the ballot in the 10th and 14th Suffolk districts only.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from connectors.sandbox.google.form_state import Form, FormResponse
from connectors.sandbox.mailchimp.letters import Letter
from connectors.sandbox.mailchimp.state import MailchimpState

NAME, FORM, TITLE = "endorsements-2024", "rivertown-ballot", "Endorsements 2024"
CODE = "CLBALLOT"
OPEN_FOR = timedelta(days=10)

_UNCONTESTED: Mapping[str, Any] = {
    "kind": "up-or-down",
    "purpose": "abbreviated",
    "previously_endorsed": True,
    "uncontested": True,
    "done": ["research"],
    "recommendation": "Yes",
}
_QUESTIONS = (
    ("the Auditor may audit the Legislature", "Clarifies that the State Auditor may audit it."),
    ("no MCAS requirement for graduation", "Coursework instead of one high-stakes test."),
    ("a union option for drivers", "Lets Uber and Lyft drivers form a union."),
    ("access to natural psychedelic medicines", "Opens a regulated way to therapy."),
    ("full minimum wage with tips on top", "The full wage for tipped workers."),
    ("single-payer health care", "Tells the Representative to vote for it; non-binding."),
)
CONTESTS: tuple[Mapping[str, Any], ...] = (
    {
        "id": "president",
        "title": "President",
        "title_es": "Presidencia",
        "kind": "ranked",
        "office": "President",
        "candidates": [
            "Kamala Harris and Tim Walz",
            "Donald Trump and JD Vance",
            "Jill Stein and Butch Ware",
        ],
        "recommendation": "Kamala Harris and Tim Walz",
        "statement": "We don’t elect saviors; we elect people we can push and hold accountable.",
    },
    {
        "id": "clerk-of-the-supreme-judicial-court",
        "title": "Clerk of the Supreme Judicial Court",
        "kind": "ratify-or-prefer",
        "office": "Clerk of Supreme Judicial Court",
        "candidates": ["Allison Cartwright", "Erin Murphy"],
        "recommendation": "Allison Cartwright",
        "statement": "Three decades in the law, many of them as a public defender.",
    },
    {
        "id": "congress",
        "title": "Congress, 7th District",
        "office": "Congress",
        "subject": "Ayanna Pressley",
        **_UNCONTESTED,
    },
    {
        "id": "state-senator",
        "title": "State Senator, 2nd Suffolk",
        "office": "State Senator",
        "subject": "Liz Miranda",
        **_UNCONTESTED,
    },
    {
        "id": "state-representative",
        "title": "State Representative, 15th Suffolk",
        "office": "State Representative",
        "subject": "Sam Montaño",
        **_UNCONTESTED,
    },
    {
        "id": "senate",
        "title": "Senate",
        "kind": "up-or-down",
        "purpose": "re-endorsement",
        "office": "Senate",
        "subject": "Elizabeth Warren",
        "previously_endorsed": True,
        "done": ["record review"],
        "recommendation": "Yes",
        "statement": "We renew our endorsement now that there is a challenger.",
    },
    *(
        {
            "id": f"question-{number}",
            "title": f"Question {number}: {what}",
            "kind": "question",
            "scope": "state",
            "recommendation": "Yes",
            "statement": why,
            **({"districts": ["10th Suffolk", "14th Suffolk"]} if number == 6 else {}),
        }
        for number, (what, why) in enumerate(_QUESTIONS, start=1)
    ),
)


def window(now: datetime) -> tuple[datetime, datetime]:
    """Ten days of voting from the next morning on; `now` is on the chapter's clock."""
    opens = datetime.combine(now.date() + timedelta(days=1), time(9), now.tzinfo)
    return opens, datetime.combine((opens + OPEN_FOR).date(), time(21), now.tzinfo)


def election_table(opens: datetime, closes: datetime, form: str = FORM) -> dict[str, Any]:
    """What `election.toml` says; the times on the chapter's clock."""
    return {
        "title": TITLE,
        "title_es": "Respaldos 2024",
        "opens": opens.replace(tzinfo=None),
        "closes": closes.replace(tzinfo=None),
        "publish": "by an officer",
        "ballots": {"form": form},
    }


def invitations(mailchimp: MailchimpState, word: str = "invitation") -> Iterator[Letter]:
    """The letters of one kind that carry a code, one a voter."""
    for letter in mailchimp.outbox:
        if f" {word} " in f" {letter.title} " and letter.values.get(CODE):
            yield letter


def vote(form: Form, code: str, number: int, at: datetime, **own: str) -> FormResponse:
    """Fill in the form as the number-th invented voter would.

    Args:
        own: title or `Title [Row]` → another answer than the invented one.
    """
    answers: dict[str, str] = {}
    for header, question in questions(form):
        said = own.get(header, _answer(header, number)) if header != "Ballot code" else code
        if said:
            answers[question] = said
    return form.submit(answers, at)


def everybody_votes(
    form: Form, letters: Iterator[Letter], at: datetime, every: int = 1, offset: int = 0
) -> int:
    """Every n-th of those invited votes by the link in their letter, a minute apart."""
    voted = 0
    for number, letter in enumerate(sorted(letters, key=lambda one: one.to)):
        if number % every == offset:
            vote(form, letter.values[CODE], number, at + timedelta(minutes=number))
            voted += 1
    return voted


def questions(form: Form) -> Iterator[tuple[str, str]]:
    """Header, as a sheet of the answers would have it, and question id."""
    for item in form.items:
        if question := item.get("questionItem", {}).get("question"):
            yield item["title"], question["questionId"]
        for row in item.get("questionGroupItem", {}).get("questions", []):
            yield f"{item['title']} [{row['rowQuestion']['title']}]", row["questionId"]


_RANKED = (
    {"Kamala Harris and Tim Walz": "1st", "Jill Stein and Butch Ware": "2nd"},
    {"Kamala Harris and Tim Walz": "1st", "No endorsement": "2nd"},
    {"Jill Stein and Butch Ware": "1st", "Kamala Harris and Tim Walz": "2nd"},
    {"Kamala Harris and Tim Walz": "1st"},
    {"No endorsement": "1st"},
)


def _answer(header: str, number: int) -> str:
    """Invented, and over 60% for what was endorsed."""
    title, _, row = header.partition(" [")
    if row:
        return _RANKED[number % len(_RANKED)].get(row.removesuffix("]"), "")
    doubt = number % 7 == len(title) % 7  # one in seven
    if title.startswith("Clerk"):
        usual = ("Ratify the recommendation", "Allison Cartwright")[number % 2]
        return ("Erin Murphy", "No endorsement")[number % 2] if doubt else usual
    if title.startswith("Question"):
        return ("No position", "No")[number % 2] if doubt else "Yes"
    return ("No", "")[number % 2] if doubt else "Yes"
