"""What a status and a change are called on the screen; stored values keep their names."""

from models.membership.voting_status import Status

PLURAL = {
    Status.VOTING: "voting members",
    Status.ONE_AWAY: "one event away",
    Status.NOT_YET: "need more events",
}
"""How many have each status, in words."""

SHOWN = {status: status.value for status in Status} | {Status.NOT_YET: "Not a voting member"}
"""A status as people read it; the stored value keeps its name."""


def change_name(change: str) -> str:
    """Return what a kind of change is called on the screen; `--json` keeps its name."""
    return f"email {change.removeprefix('letter ')}" if change.startswith("letter ") else change
