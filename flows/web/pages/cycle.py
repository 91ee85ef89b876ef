"""The endorsement cycle, by which the committee can hold its meeting, and its questionnaires."""

from typing import Final, NamedTuple

from flows.committee.cycle import cycles_of, is_kept
from flows.requests.agenda import agenda
from flows.views.cycle import steps_by_kind, told
from flows.web.visits import Asked, Page, Visit
from models.contests.offices import Level
from models.errors import Refused
from models.year.questionnaire import addressees, text_of
from models.year.standing import CycleStanding, RaceStanding

_LEVELS: Final = {Level.FOCUS: "focus", Level.OTHER: "other", Level.ELSEWHERE: "elsewhere"}


class Shown(NamedTuple):
    """A race as the page shows it."""

    standing: RaceStanding
    decision: str
    """The text that says it."""
    level: str
    steps: list[tuple[str, list[tuple[str, str]]]]
    """Kind of step → its days, each with the candidate."""
    missing: list[str]
    looks: list[str]
    questionnaire: str
    """Where its questionnaire is; "" where nobody is asked."""


def cycle(visit: Visit) -> Page:
    """Every cycle, the newest first."""
    cycles = cycles_of(visit.context)
    if not cycles:
        asked = agenda(visit.context)
        return Page("cycle-none.html", {"kept": is_kept(visit.context), "asked": asked})
    shown = [
        (one, [_shown(visit, race, f"/cycle/{number}/{place}/questionnaire")
               for place, race in enumerate(one.races, start=1)])
        for number, one in enumerate(cycles, start=1)
    ]  # fmt: skip
    facts = {"cycles": shown, "counts": _counts(cycles[0]), "asked": agenda(visit.context)}
    return Page("cycle.html", facts)


def questionnaire(visit: Visit) -> Page:
    """A race's questionnaire as text to copy, and whom it can be sent to."""
    try:
        number, place = (int(visit.at[part]) for part in ("number", "place"))
        found = dict(enumerate(cycles_of(visit.context), start=1))[number]
        race = dict(enumerate(found.races, start=1))[place]
    except (ValueError, KeyError):
        say = visit.words.say
        raise Refused(say("cycle.no_race"), next_step=say("cycle.open_again")) from None
    asked = visit.context.bylaws.closest(visit.context.today).questionnaire
    text = text_of(race, asked, visit.context.chapter.name)
    facts = {"race": race.race, "text": text, "addressees": list(addressees(race))}
    return Page("cycle-questionnaire.html", facts)


def _shown(visit: Visit, one: RaceStanding, where: str) -> Shown:
    return Shown(
        one,
        (one.race.decision or "undecided").replace("-", "_"),
        _LEVELS[one.level] if one.level else "question",
        [
            (kind.replace(" ", "_"), [(visit.words.day(s.day), s.candidate) for s in of])
            for kind, of in steps_by_kind(one.race)
        ],
        told(one.missing),
        [] if one.race.decision == "" else told(one.to_look_at),
        where if one.candidates and one.race.decision in ("", "full") else "",
    )


def _counts(newest: CycleStanding) -> dict[str, int]:
    """How many races wait for what."""
    return {
        "undecided": sum(not one.race.decision for one in newest.races),
        "lacking": sum(bool(one.missing) for one in newest.races),
        "ready": sum(one.is_voted_on and not one.missing for one in newest.races),
    }


ASKED: Final = (
    Asked("GET", "/cycle", cycle),
    Asked("GET", "/cycle/{number}/{place}/questionnaire", questionnaire),
)
