"""What is said of a look that was not applied, in words; light enough for every command."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from connectors.ledger import Look

UNREAD = "The program has not read any sheets yet"
FIRST_STEP = "clerk sync, then clerk sync --apply"
_BECAME = {
    "planned": "Planned on {day}, not applied.",
    "refused": "Refused on {day}; nothing was changed:",
    "broken off": "Interrupted on {day}:",
}


def told(look: "Look") -> str:
    """What became of a look, why, and what to do."""
    from models.text import formats

    said = f" {look.said.removesuffix('.').removesuffix('. Nothing was changed')}."
    step = f" Next: {look.next_step}" if look.next_step else ""
    newer = f" {told(look.since)}" if look.since else ""
    return (
        _BECAME[look.end].format(day=formats.day(look.day))
        + (said if look.said else "")
        + step
        + newer
    )
