"""What is asked about a contest: what its ballot says, and what its rules ask for.

What is asked next depends on what was answered before. Whoever asks puts each answer into the table
before the next question is drawn.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from itertools import chain
from typing import Any, Final, get_args

from flows.votes.drafts.committee_items import OF_THE_COMMITTEE, asked_of_the_committee
from flows.votes.drafts.questions import Question, Table, fact_of, fits, list_of, parted, text_of
from models.bylaws.counting import Offices
from models.contests.contest import Purpose, UpOrDown
from models.contests.offices import nearest_offices, office_called
from models.text.folding import folded

KINDS: Final[Mapping[str, str]] = {
    "ranked": "3 or more candidates",
    "single-choice": "2 candidates",
    "ratify-or-prefer": "ratify the recommendation or prefer a candidate",
    "up-or-down": "yes or no: re-endorsement, anti-endorsement, slate, or priorities",
    "question": "a ballot question",
}
PURPOSES: Final[tuple[str, ...]] = get_args(Purpose)
TRANSLATED: Final = ("title", "subject", "explanation")
"""What is asked in Spanish too."""
_ALSO_TRANSLATED: Final = (*TRANSLATED, "priorities", "statement")


def asked_of(table: Table, taken: Set[str], offices: Offices | None = None) -> Iterator[Question]:
    """The questions about a contest, in their order.

    Args:
        table: what was answered so far; its `kind` and `purpose` stand there after they are asked.
        taken: the ids of the vote's other contests.
        offices: those that the bylaws know (EN-2); without them any is taken.
    """
    yield Question("title", lambda typed: titled(typed, taken), needed=True)
    yield Question("kind", _kind, needed=True)
    if table["kind"] in OF_THE_COMMITTEE:
        yield from asked_of_the_committee(table, _candidates)
        return
    if table["kind"] == "up-or-down":
        yield Question("purpose", lambda typed: _purpose(table, typed), needed=True)
        if not _confirms(table):
            yield text_of("subject", table, needed=True)
        yield from _facts_of_a_short_vote(table)
    elif table["kind"] != "question":
        yield Question("candidates", lambda typed: _candidates(table, typed), needed=True)
    if table["kind"] == "question":
        yield text_of("scope", table)
    elif not _confirms(table):
        yield Question("office", lambda typed: _office(offices, typed), before_approval=True)
    yield replace(text_of("recommendation", table), before_approval=True)
    yield from _what_the_ballot_says(table)


def further_of(table: Table) -> Iterator[Question]:
    """What the page asks besides; in a file it is written by hand."""
    if not _confirms(table) and table["kind"] not in OF_THE_COMMITTEE:
        yield list_of("districts", table)
        yield text_of("statement", table)


def in_spanish(table: Table, key: str) -> Question:
    """The Spanish of an answer."""
    ask = list_of if key == "priorities" else text_of
    return ask(f"{key}_es", table)


def every_question(
    table: Table, taken: Set[str], *, spanish: bool, offices: Offices | None = None
) -> Iterator[Question]:
    """All that a page asks about a contest, the Spanish last.

    Args:
        table: as in `asked_of`.
    """
    asked: list[str] = []
    for question in chain(asked_of(table, taken, offices), further_of(table)):
        asked.append(question.key)
        yield question
    if spanish:
        yield from (in_spanish(table, key) for key in asked if key in _ALSO_TRANSLATED)


def answered(
    kept: Table,
    typed: Mapping[str, str],
    taken: Set[str],
    *,
    spanish: bool,
    offices: Offices | None = None,
) -> tuple[Table, dict[str, str]]:
    """All answers about a contest at once: what they say, and what is wrong with which.

    Args:
        kept: what the contest says besides.

    Returns:
        What they say, None for nothing; and the faults, "" where an answer is needed.
    """
    table, answers, faults = dict(kept), Table(), dict[str, str]()
    for question in every_question(table, taken, spanish=spanish, offices=offices):
        said = typed.get(question.key, "")
        try:
            if question.needed and not said.strip():
                raise ValueError
            added = question.check(said)
        except ValueError as exc:
            faults[question.key] = str(exc)
            if question.key == "candidates":  # nothing that is asked after it can be judged
                break
            added = _stands_in(question.key, table)
        table |= added
        answers |= added
    answers |= subject_in_spanish(table)
    return {key: value or None for key, value in answers.items()}, faults


def _stands_in(key: str, table: Table) -> Table:
    """What later answers are judged with in the place of one that is wrong."""
    match key:
        case "title":
            return {"id": "contest", "title": "Contest"}
        case "subject":
            return {"subject": "Subject"}
        case "recommendation" if table.get("candidates"):
            return {"recommendation": table["candidates"][0]}
        case _:
            return {}


def _what_the_ballot_says(table: Table) -> Iterator[Question]:
    """Ask for the text without which the ballot would not say what it asks (EN-R14)."""
    match table.get("purpose", table["kind"]):
        case "priorities":
            yield replace(list_of("priorities", table), before_approval=True)
        case "anti-endorsement" | "question":
            yield text_of("explanation", table)
        case "slate":
            nominees = Question("nominees", lambda typed: fits(table, nominees=_nominees(typed)))
            yield replace(nominees, before_approval=True)


def _facts_of_a_short_vote(table: Table) -> Iterator[Question]:
    """Ask for the facts that allow one (EN-7)."""
    if table["purpose"] not in ("abbreviated", "re-endorsement"):
        return
    yield fact_of("previously_endorsed")
    if table["purpose"] == "abbreviated":
        yield fact_of("uncontested")
    yield list_of("done", table)


def _confirms(table: Table) -> bool:
    return table.get("purpose") in ("slate", "priorities")


def _nominees(typed: str) -> list[dict[str, str]]:
    return [{"name": name} for name in parted(typed)]


def titled(typed: str, taken: Set[str]) -> Table:
    """A contest's title, and the id that is made of it."""
    found = {"id": slug_of(typed), "title": typed}
    fits({"kind": "question"}, **found)
    if found["id"] in taken:
        raise ValueError("there is already a contest with this title")
    return found


def slug_of(typed: str) -> str:
    """An id made of a title."""
    plain = unicodedata.normalize("NFKD", folded(typed)).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return "-".join(words)[:60]


def _kind(typed: str) -> Table:
    if typed not in {**KINDS, **OF_THE_COMMITTEE}:
        raise ValueError("there is no such kind of contest")
    return {"kind": typed}


def _purpose(table: Table, typed: str) -> Table:
    if typed not in PURPOSES:
        raise ValueError("type one of these words")
    if typed in UpOrDown.CONFIRMATIONS:  # nobody is asked who it is about: its title says it
        return {"purpose": typed, "subject": table.get("subject") or table["title"]}
    return {"purpose": typed}


def named_by_its_title(table: Mapping[str, Any]) -> bool:
    """Whether what it is about is its title, so that nobody is asked for that twice."""
    return bool(table.get("subject")) and table["subject"] == table.get("title")


def subject_in_spanish(table: Mapping[str, Any]) -> Table:
    """The Spanish of what it is about, where its title says it."""
    spanish = table.get("title_es")
    return {"subject_es": spanish} if spanish and named_by_its_title(table) else {}


def offices_of(offices: Offices) -> list[str]:
    """The bylaws' own names of their offices, the focus races first."""
    return [*offices.focus.value, *offices.other.value]


def _office(offices: Offices | None, typed: str) -> Table:
    said = typed.strip()
    if offices and said and office_called(said, offices) is None:
        near = ", ".join(nearest_offices(said, offices))
        fact = f"the bylaws know no office of this name (EN-2){': did you mean ' if near else ''}"
        raise ValueError(f"{fact}{near}?" if near else fact)
    return {"office": said}


def _candidates(table: Table, typed: str) -> Table:
    names = parted(typed)
    if table["kind"] == "ranked" and len(names) < 3:
        raise ValueError(
            "ranked choice needs 3 or more candidates (EN-3); put a semicolon between them"
        )
    if table["kind"] == "single-choice" and len(names) > 2:
        raise ValueError("a single choice can have at most 2 candidates (EN-4)")
    advised = {} if table["kind"] == "approval" else {"recommendation": names[0] if names else ""}
    fits(table, candidates=names, **advised)
    return {"candidates": names}
