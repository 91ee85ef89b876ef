"""What has not come, or waits for a person, in words: nights, keys, backups, the end of a vote.

Of a result nothing is said before it is published, nor that there was a tie: that a count waits.
"""

from collections.abc import Mapping

from flows.alerts.sharing_words import sharing_sentence, sharing_step
from models.mail.alerts import ENDINGS, Alert, AlertKind
from models.text.sentences import Sentence

_CALLED = {"google": "Google", "mailchimp": "Mailchimp"}


def ending_sentence(alert: Alert) -> str:
    """What is so."""
    counts = alert.counts
    vote = Sentence("the election “{name}”", name=alert.place.removeprefix("vote-"))
    match alert.kind:
        case AlertKind.NIGHT_MISSED:
            many = counts.get("nights", 1)
            if many == 1:
                return Sentence("The nightly run did not take place.")
            return Sentence("The last {many} nightly runs did not take place.", many=many)
        case AlertKind.KEY_REFUSED:
            if alert.place not in _CALLED:
                return Sentence("A service does not accept the chapter's key.")
            service = _CALLED[alert.place]
            return Sentence("{service} does not accept the chapter's key.", service=service)
        case AlertKind.REMINDER_MISSED:
            if lost := counts.get("lost", 0):
                return Sentence(
                    "There is no time left for {lost} of the 3 reminders of {vote}.",
                    lost=lost,
                    vote=vote,
                )
            return Sentence("A reminder of {vote} should have been sent and has not.", vote=vote)
        case kind if kind in ENDINGS:
            return _of_a_close(alert, vote)
        case AlertKind.BACKUP_FAILED:
            return Sentence(
                "A scheduled backup failed: it could not be made, or its test restore failed."
            )
        case AlertKind.BACKUP_MISSING:
            return _missing(counts)
        case _:
            return sharing_sentence(alert)


def _of_a_close(alert: Alert, vote: str) -> Sentence:
    """What a vote waits for that has come to its close."""
    match alert.kind:
        case AlertKind.NOT_COUNTED:
            return Sentence(
                "Voting in {vote} has ended, and it should have been counted but has not.",
                vote=vote,
            )
        case AlertKind.NO_QUORUM:
            return Sentence(
                "The vote of the committee “{name}” came to its close without quorum.",
                name=alert.place.removeprefix("vote-"),
            )
        case AlertKind.DECISION_WAITS:
            return Sentence(
                "Voting in {vote} has closed. Its count waits for a decision by a person.",
                vote=vote,
            )
        case AlertKind.RESULT_WAITS:
            return Sentence(
                "Voting in {vote} has closed. The result waits for an officer to publish it.",
                vote=vote,
            )
        case _:
            return Sentence("")


def _missing(counts: Mapping[str, int]) -> str:
    if counts.get("gone"):
        return Sentence("The latest scheduled backup is no longer in its folder.")
    many = counts.get("days", 1)
    days = Sentence("1 day") if many == 1 else Sentence("{many} days", many=many)
    if counts.get("none"):
        return Sentence("No scheduled backup has been made in the first {days}.", days=days)
    return Sentence("The latest scheduled backup is {days} old.", days=days)


def ending_step(kind: AlertKind) -> str:
    """What an officer can do about it."""
    match kind:
        case AlertKind.NIGHT_MISSED:
            return Sentence(
                "check that the computer is on and `clerk serve` is running "
                "(docs/running.md); `clerk sync --apply` does it now"
            )
        case AlertKind.KEY_REFUSED:
            return Sentence("`clerk doctor` shows which key and how to replace it")
        case AlertKind.REMINDER_MISSED:
            return Sentence(
                "`clerk election status NAME` shows what failed; tell voters in another "
                "way, or extend the vote"
            )
        case AlertKind.NOT_COUNTED:
            return Sentence(
                "`clerk election status NAME` shows what failed; `clerk tick` tries again"
            )
        case AlertKind.NO_QUORUM:
            return Sentence(
                "`clerk election extend NAME` within a day gives the committee more time; "
                "otherwise it ends without a decision"
            )
        case AlertKind.DECISION_WAITS:
            return Sentence("`clerk election status NAME` shows what to decide, and how")
        case AlertKind.RESULT_WAITS:
            return Sentence(
                "look at it on the chapter's computer; `clerk election publish NAME` publishes it"
            )
        case AlertKind.BACKUP_FAILED:
            return Sentence("`clerk doctor` shows why; `clerk backup` tries again now")
        case AlertKind.BACKUP_MISSING:
            return Sentence("`clerk backup` makes one now; `clerk doctor` shows what is in the way")
        case _:
            return sharing_step(kind)
