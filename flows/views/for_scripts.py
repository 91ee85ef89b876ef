"""A roll, a night and a person as facts for a script: ids and counts, nobody's name (DP-3)."""

from collections.abc import Iterable
from typing import Any

from connectors.ledger import Look
from flows.nightly.links import Links
from flows.nightly.looks import Seen, concerned
from flows.nightly.night import Sync
from models.intake.locations import ReviewItem
from models.membership.voter_roll import Entry


def review_as_json(
    seen: Seen, items: Iterable[ReviewItem], calls: Iterable[tuple[Entry, str]], links: Links
) -> dict[str, Any]:
    """What there is to look at, for a script; ids, nobody's name."""
    run, look = seen.run, seen.look
    kept = look and _look_as_json(look)
    newer = look and look.since and _look_as_json(look.since)
    whom = concerned(look).items() if look and seen.is_look else ()
    return {
        "read": look.day if look and seen.is_look else run and run.day,
        "look": kept,
        "newer": newer,
        "review": items_as_json(items, links),
        "concerned": [{"person": person, "what": what} for person, what in whom],
        "to_call": [{"person": entry.person.id, "reason": why} for entry, why in calls],
    }


def _look_as_json(look: Look) -> dict[str, Any]:
    return {"became": look.end, "day": look.day, "said": look.said, "next": look.next_step}


def plan_as_json(night: Sync, reasons: list[str]) -> dict[str, Any]:
    """A night for a script: counts and the fingerprint, nobody's name."""
    return {
        "day": night.day,
        "fingerprint": night.plan.fingerprint,
        "standings": night.found.standings,
        "changes": night.plan.counts(),
        "losing": len(night.plan.losing),
        "first_sync": night.plan.baseline,
        "needs_approval": reasons,
        "to_review": night.found.to_review,
        "applied": night.applied,
        "letters_sent": dict(night.sent),
        "refused_by_the_list": dict(night.refused),
    }


def as_json(entry: Entry) -> dict[str, Any]:
    """One person's standing for a script; the id, not the name."""
    standing, spell = entry.standing, entry.standing.spell
    return {
        "person": entry.person.id,
        "on": standing.on,
        "status": standing.status,
        "since": spell.since if spell else None,
        "until": spell.until if spell and not spell.is_open else None,
        "because": [{"rule": r.rule, "fact": r.fact, "holds": r.holds} for r in standing.because],
        "events": [{"day": e.day, "name": e.name} for e in standing.counted],
        "edition": standing.edition,
    }


def items_as_json(items: Iterable[ReviewItem], links: Links) -> list[dict[str, Any]]:
    """Lines of the review for a script; a link opens the cell, "" where none is known."""
    return [
        {
            "where": str(i.place),
            "what": i.weight,
            "reason": i.reason,
            "next": i.next_step,
            "link": links.of(i.place),
        }
        for i in items
    ]
