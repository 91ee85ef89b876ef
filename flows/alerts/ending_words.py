"""What has not come, or waits for a person, in words: nights, keys, backups, the end of a vote.

Of a result nothing is said before it is published, nor that there was a tie: that a count waits.
"""

from collections.abc import Mapping

from flows.alerts.sharing_words import sharing_sentence, sharing_step
from models.mail.alerts import Alert, AlertKind

_CALLED = {"google": "Google", "mailchimp": "Mailchimp"}


def ending_sentence(alert: Alert) -> str:
    """What is so."""
    counts, vote = alert.counts, f"the election “{alert.place.removeprefix('vote-')}”"
    match alert.kind:
        case AlertKind.NIGHT_MISSED:
            many = counts.get("nights", 1)
            runs = "The nightly run" if many == 1 else f"The last {many} nightly runs"
            return f"{runs} did not take place."
        case AlertKind.KEY_REFUSED:
            return f"{_CALLED.get(alert.place, 'A service')} does not accept the chapter's key."
        case AlertKind.REMINDER_MISSED:
            if lost := counts.get("lost", 0):
                return f"There is no time left for {lost} of the 3 reminders of {vote}."
            return f"A reminder of {vote} should have been sent and has not."
        case AlertKind.NOT_COUNTED:
            return f"Voting in {vote} has ended, and it should have been counted but has not."
        case AlertKind.NO_QUORUM:
            return f"{vote[0].upper()}{vote[1:]} came to its close without quorum."
        case AlertKind.DECISION_WAITS:
            return f"Voting in {vote} has closed. Its count waits for a decision by a person."
        case AlertKind.RESULT_WAITS:
            return f"Voting in {vote} has closed. The result waits for an officer to publish it."
        case AlertKind.BACKUP_FAILED:
            return "A scheduled backup failed: it could not be made, or its test restore failed."
        case AlertKind.BACKUP_MISSING:
            return _missing(counts)
        case _:
            return sharing_sentence(alert)


def _missing(counts: Mapping[str, int]) -> str:
    if counts.get("gone"):
        return "The latest scheduled backup is no longer in its folder."
    many = counts.get("days", 1)
    days = "1 day" if many == 1 else f"{many} days"
    if counts.get("none"):
        return f"No scheduled backup has been made in the first {days}."
    return f"The latest scheduled backup is {days} old."


def ending_step(kind: AlertKind) -> str:
    """What an officer can do about it."""
    match kind:
        case AlertKind.NIGHT_MISSED:
            return (
                "check that the computer is on and `clerk serve` is running (docs/running.md); "
                "`clerk sync --apply` does it now"
            )
        case AlertKind.KEY_REFUSED:
            return "`clerk doctor` shows which key and how to replace it"
        case AlertKind.REMINDER_MISSED:
            return (
                "`clerk election status NAME` shows what failed; tell voters in another way, or "
                "extend the vote"
            )
        case AlertKind.NOT_COUNTED:
            return "`clerk election status NAME` shows what failed; `clerk tick` tries again"
        case AlertKind.NO_QUORUM:
            return (
                "`clerk election extend NAME` within a day gives the committee more time; "
                "otherwise it ends without a decision"
            )
        case AlertKind.DECISION_WAITS:
            return "`clerk election status NAME` shows what to decide, and how"
        case AlertKind.RESULT_WAITS:
            return (
                "look at it on the chapter's computer; `clerk election publish NAME` publishes it"
            )
        case AlertKind.BACKUP_FAILED:
            return "`clerk doctor` shows why; `clerk backup` tries again now"
        case AlertKind.BACKUP_MISSING:
            return "`clerk backup` makes one now; `clerk doctor` shows what is in the way"
        case _:
            return sharing_step(kind)
