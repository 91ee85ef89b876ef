"""What the review says about an event that people came to: it does not count, or a question."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from models.bylaws.paths import Membership
from models.intake.locations import ReviewItem, Weight
from models.intake.participation import Event
from models.text.folding import folded
from models.text.sentences import Sentence

_WITH = re.compile(
    r"\b(?:with|jointly?|hosted by|led by|run by|sponsored by|organi[sz]ed by|co-?hosted)\b"
    r"|\bw/"
)
"""What is in a name if someone else might have run the event."""
_PARTNERS = Sentence(
    "people volunteered at this event, but a partner ran it; is it enough for voting membership "
    "on its own? Until you answer, it counts as one event"
)


def of_events(events: Iterable[Event], membership: Membership, today: date) -> Iterator[ReviewItem]:
    """Review the events at which people signed in or volunteered."""
    for event in events:
        for weight, reason, next_step, rule in _of(event, membership, today):
            yield ReviewItem(
                place=event.place, weight=weight, reason=reason, next_step=next_step, rule=rule
            )


def _of(
    event: Event, membership: Membership, today: date
) -> Iterator[tuple[Weight, str, str, str]]:
    if event.cancelled:
        yield (
            Weight.NOTE,
            Sentence("people signed in, but it is marked as canceled, so it does not count"),
            Sentence("if it took place, correct the cell under “Held” or “Cancelled”"),
            "VM-R2",
        )
    elif event.day > today:
        yield (
            Weight.NOTE,
            Sentence("people signed in, but its date is in the future, so it does not count yet"),
            Sentence("if the date has a typo, correct it"),
            "VM-R2",
        )
    elif event.waits_for_a_word(membership) and membership.asks_for_help:
        yield (
            Weight.QUESTION,
            _PARTNERS,
            Sentence("if it is, write yes under “Counts”; if not, write “as an event”"),
            "VM-R6",
        )
    elif _may_be_a_partners(event, membership):
        yield (
            Weight.NOTE,
            Sentence(
                "the name suggests that a partner ran it, but “Partner” is empty, so it is enough "
                "for voting membership on its own"
            ),
            Sentence(
                "if a partner ran it, name it under “Partner”; otherwise write yes under “Counts”"
            ),
            "VM-R6",
        )
    elif event.counts is None and event.kind_by(membership) not in membership.kinds.value:
        yield (
            Weight.QUESTION,
            Sentence("people signed in, but events of this kind do not count; does this one?"),
            Sentence("write yes or no under “Counts”, or correct the kind"),
            membership.kinds.rule,
        )


def _may_be_a_partners(event: Event, membership: Membership) -> bool:
    unsaid = event.counts is None and not event.partner and not event.as_event
    asked = membership.asks_for_help and event.is_volunteering(membership)
    return unsaid and asked and bool(_WITH.search(folded(event.name)))
