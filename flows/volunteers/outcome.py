"""What came of a call to action: whom it reached, and who came, in numbers (ST-2).

1. To how many it went, and how many emails came back, Mailchimp says once it is out.
2. The answers of the form for its event are sign-ups; from the event's day on they are attendance,
   as every sign-in is, and who came counts as having participated (VM-1, VM-4).
"""

from typing import NamedTuple

from flows.context import ChapterContext
from flows.mail.delivered import OUT, fate, why
from flows.nightly.people import facts_on_record
from flows.volunteers import actions
from models.membership.voter_roll import Facts
from models.text.folding import folded


class Delivery(NamedTuple):
    """What Mailchimp says of a call that was sent."""

    delivered: int | None
    """None: it is not out yet, or nobody can say."""
    came_back: int = 0
    trouble: str = ""
    """Why it did not come out; "" if nothing is wrong."""


class Coming(NamedTuple):
    """What the form of its event says, as last read."""

    answers: int
    came: int | None
    """How many people attended; None until the event's day, or where it is not in the sheets."""


def delivery(context: ChapterContext, name: str) -> Delivery | None:
    """Ask Mailchimp; None while it was not sent.

    Raises:
        TryAgainLater: the service does not answer.
    """
    held = context.ledger.mailings.named(actions.title(name))
    if held is None or not held.is_over:
        return None
    found = fate(context, held)
    if found is None:
        return Delivery(None)
    if found.word != OUT:
        return Delivery(found.people, trouble=why(found.word))
    back = sum(context.reports.came_back(held.campaign_id or "").values())
    people = held.people if found.people is None else found.people
    return Delivery(people - back, back)


def coming(context: ChapterContext, name: str) -> Coming | None:
    """How many signed up for its event and how many came; None if it is about no event."""
    call = actions.read(context, name)
    answers = actions.replies(context, call)
    if answers is None:
        return None
    facts = facts_on_record(context)
    return Coming(answers, _came(facts, call.replies, context))


def _came(facts: Facts, event: str, context: ChapterContext) -> int | None:
    wanted = folded(event)
    for number, one in enumerate(facts.events):
        if wanted in (folded(str(one)), folded(one.name)) and one.day <= context.today:
            return sum(number in attended for attended in facts.attended.values())
    return None
