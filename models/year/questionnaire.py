"""The questionnaire of a race: whom it goes to, and its text (EN-11)."""

from collections.abc import Iterator

from models.bylaws.questionnaire import Questionnaire
from models.errors import Refused
from models.year.standing import RaceStanding


def addressees(standing: RaceStanding) -> Iterator[str]:
    """Whom it can be sent to, and to whom it cannot and why; for the committee alone."""
    may = [one.candidate.name for one in standing.candidates if one.may_be_invited]
    yield f"Can be sent to: {', '.join(may) or 'nobody yet'} (EN-11)."
    for one in standing.candidates:
        if not one.may_be_invited:
            why = ", ".join(f"{r.fact} ({r.rule})" for r in one.invitation if not r.holds)
            yield f"Not to {one.candidate.name}: {why}."


def text_of(standing: RaceStanding, asked: Questionnaire, chapter: str) -> str:
    """The questionnaire as plain text, for a form or an email.

    Raises:
        Refused: a ballot question has no candidates, or the bylaws list nothing to ask about.
    """
    race = standing.race
    if race.is_question:
        raise Refused(
            "a ballot question has no candidates to ask",
            rule="EN-12",
            next_step="name a race for an office",
        )
    if not (asked.criteria.value or asked.issues.value):
        raise Refused(
            "the chapter's bylaws file lists neither criteria nor issues to ask about",
            rule="EN-11",
            next_step="add [editions.questionnaire.criteria] to it; docs/adopting.md has the keys",
        )
    return "\n".join(_lines(race.title, race.cycle, asked, chapter))


def _lines(title: str, cycle: str, asked: Questionnaire, chapter: str) -> Iterator[str]:
    yield f"{chapter}: candidate questionnaire"
    yield f"{title} ({cycle})"
    if intro := asked.introduction.value:
        yield from ("", intro)
    yield from ("", "Candidate’s name:", "Campaign website:")
    if criteria := asked.criteria.value:
        yield from ("", "For each of these, please tell us about your work and your plans.")
        for number, one in enumerate(criteria, start=1):
            yield from ("", f"{number}. {one}")
    if issues := asked.issues.value:
        yield from ("", "What is your position on each of these issues?", "")
        yield from (f"{number}. {one}" for number, one in enumerate(issues, start=1))
