"""The links of voters whom no letter reached, for an officer's personal calls (DP-4).

Who holds a code can vote: it is shown to a named officer, for a reason, on a terminal or on the
officers' page alone, while voting is open, and the record says so.
"""

from collections.abc import Mapping
from typing import NamedTuple

from connectors.ledger import Act
from flows import console
from flows.context import ChapterContext
from flows.views import roll as views
from flows.votes.emails.ballots import ballot_link
from flows.votes.emails.to_call import LEFT, people_of, to_call
from flows.votes.lifecycle import opened
from flows.votes.sending import is_over, reach
from models.errors import Refused
from models.intake.people import Person, PersonId
from models.mail.audience import ContactState, Unreachable
from models.votes.codes import written
from models.votes.election_record import ElectionRecord
from models.votes.events import CodesShown
from models.votes.frozen_roll import codes_of
from models.votes.notices import Invitation


class Call(NamedTuple):
    """A voter to call, and what to tell them."""

    name: str
    phone: str
    why: str
    code: str
    """"" for whoever has it in a letter; of no use to anybody else."""
    link: str
    """Their own, filled in; "" where the ballots' tab names none."""


def is_asked_for(by: str, reason: str) -> None:
    """Whether somebody may see codes at all.

    Raises:
        Refused: nobody's name, or no reason.
    """
    if not (by.strip() and reason.strip()):
        raise Refused(
            "codes are shown only to a named officer who gives a reason; this is recorded",
            rule="BA-1",
            next_step='--by NAME --reason "…"',
        )


def may_be_shown(by: str, reason: str) -> None:
    """Whether codes may be shown here and now, in a terminal.

    Raises:
        Refused: nobody's name, no reason, or a pipe in place of a terminal.
    """
    is_asked_for(by, reason)
    if not console.is_for_eyes_alone():
        raise Refused(
            "codes are shown only on a screen: a file or another program would keep them",
            rule="BA-1",
            next_step="run it in a terminal, without | or > after it",
        )


def links(context: ChapterContext, name: str, by: str, reason: str) -> list[Call]:
    """The calls with each voter's own link, recorded.

    Raises:
        Refused: the vote is not open, so that a code is of no use.
    """
    vote, reached = opened(context, name), reach(context)
    _, codes = codes_of(context.ledger.votes.roll(name), vote.secret, name)
    wanted, start = (
        to_call(context, vote, reached),
        ballot_link(context, vote.election),
    )
    people = people_of(context, reached, wanted)
    have_it, found = _have_a_letter(context, vote, people, wanted), []
    for person, why in wanted.items():
        who, code = people[person], "" if person in have_it else written(codes[person])
        link = f"{start}{code}" if start and code else ""
        found.append(Call(views.name_of(who), views.phone_of(who), why, code, link))
    shown = CodesShown(voters=sum(bool(one.code) for one in found), reason=reason.strip())
    with context.ledger.alone():
        context.ledger.votes.note(name, Act(by, context.now(), shown))
        context.ledger.officers.looked_at(by, wanted, f"calls with codes for {name}", context.now())
    return sorted(found)


def _have_a_letter(
    context: ChapterContext,
    vote: ElectionRecord,
    people: Mapping[PersonId, Person],
    why: Mapping[PersonId, str],
) -> set[PersonId]:
    """Those who left the list or the sheets after their letter: their code is on the contact."""
    if not is_over(context.ledger, vote.name, Invitation()):
        return set()
    left = [person for person in people if why[person] in (Unreachable.UNSUBSCRIBED, LEFT)]
    field = context.codes_field(vote.election.electorate)
    held = field.holders(ContactState.UNSUBSCRIBED) | field.holders()
    return {person for person in left if held.intersection(people[person].addresses)}


def show(calls: list[Call]) -> None:
    """A paragraph a voter; a link stands on a line of its own, unbroken."""
    for one in calls:
        console.title(", ".join(filter(None, (one.name, one.phone, one.why))))
        if one.code:
            console.say(f"  code  {one.code}")
        else:
            console.say("  their link is in the email they got before they left")
        if one.link:
            console.say(f"  link  {one.link}")
