"""What the terminal shows of the committee's year: nominees, what is due, who disclosed what."""

from collections.abc import Iterable, Iterator
from typing import Any

from flows import console
from flows.committee.nominees import Nominees
from flows.committee.ties import OfAnItem, Ties
from flows.views.election import show_reasons
from models.membership.reasons import Reason
from models.text import formats
from models.year.annual import Came
from models.year.disclosures import Conflict


def show_nominees(found: Nominees) -> Iterator[str]:
    """Everybody who is nominated, each criterion with its fact."""
    nominees = formats.amount(len(found.found), "nominee")
    yield f"{nominees}, for a confirmation on {formats.day(found.on)} (SC-2)"
    for one in found.found:
        yield ""
        yield one.said.name + (f" ({one.seat})" if one.seat else "")
        for reason in one.reasons(found.rules):
            mark = "✗" if not reason.holds else "!" if reason.look else "✓"
            yield f"  {mark} {reason.rule}: {formats.spoken(reason.fact)}"
    yield ""
    yield from show_reasons(found.reasons)
    if many := found.unmatched_dues:
        payments = formats.amount(many, "payment")
        yield f"{payments} of the dues tab: of an address that nobody here has"


def nominees_as_json(found: Nominees) -> dict[str, Any]:
    """The same for a script, by the row of each; nobody's name."""
    return {
        "on": found.on,
        "nominees": [
            {
                "row": str(one.said.place),
                "missing": [
                    {"rule": reason.rule, "fact": reason.fact}
                    for reason in one.reasons(found.rules)
                    if not reason.holds
                ],
            }
            for one in found.found
        ],
        "unmatched_dues": found.unmatched_dues,
    }


def show_year(due: Iterable[Reason], came: Iterable[Came]) -> Iterator[str]:
    """What is due this quarter, and who came to the annual meeting, in numbers."""
    yield from show_reasons(due)
    for one in came:
        yield told_attendance(one)


def told_attendance(one: Came) -> str:
    """How many came to an annual meeting."""
    voters = f"{one.voters} of {one.of_voters} voting members"
    members = f", and {one.members} of {one.of_members} of the committee" if one.of_members else ""
    return f"The annual meeting of {formats.day(one.day)}: {voters} came{members}."


def show_ties(found: Ties) -> Iterator[str]:
    """What is disclosed, and what is proposed for each race; only to a person at a terminal."""
    if not (found.held or found.items or found.reasons):
        return
    if not console.is_for_eyes_alone():
        many = len(found.held)
        said = "1 disclosed tie holds" if many == 1 else f"{many} disclosed ties hold"
        yield f"{said} today. They are shown at a terminal alone, and on the officers' page (SC-5)."
        return
    yield "Disclosed, for the committee alone (SC-5):"
    for one in found.held:
        until = f", through {formats.day(one.through)}" if one.through else ""
        yield f"  {one.member}: {one.kind}, {one.tie}{until}"
    for item in found.items:
        yield from _of(item)
    yield from show_reasons(found.reasons)


def _of(item: OfAnItem) -> Iterator[str]:
    yield f"{item.title}:" if item.recusals else f"{item.title}: no disclosed tie"
    for one in item.recusals:
        yield f"  {proposed(one)}"
    for name in item.forums:
        yield f"  {name} can work on no questionnaire or forum of this race"


def proposed(one: Conflict) -> str:
    """What is proposed of a member, or asked where the tie is only like a name of the race."""
    if one.near:
        return f"{one.member}: is the disclosed tie ({one.kind}) to {one.to}? If so, recuse them"
    return f"{one.member}: {one.kind} for {one.to}; ask them to recuse themselves, or vote on it"
