"""How long a vote is open, and how its close may move.

1. A vote of the members is open at least 5 days, ideally 10 (EN-9). Fewer than 5 need a written
   reason, fewer than 10 are said (EN-R6).
2. A vote of the committee may be short, for many decisions require fast action; the program looks
   every few minutes, so that it lasts half an hour at least (SC-4).
3. The close may be moved later while the vote is open, and never earlier (EN-R6).
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.base import OUTSIDE, YEARS
from models.errors import Refused
from models.membership.reasons import Reason
from models.text.sentences import Joined, Sentence

FEWEST_DAYS, IDEAL_DAYS = timedelta(days=5), timedelta(days=10)
FEWEST_MINUTES = timedelta(minutes=30)
"""Of a vote of the committee."""


def window_reasons(
    opens: datetime, closes: datetime, zone: ZoneInfo, short_because: str
) -> tuple[Reason, ...]:
    """Whether voting is open long enough, by the chapter's own calendar (EN-9, EN-R6)."""
    open_for = closes.astimezone(zone).replace(tzinfo=None) - opens.astimezone(zone).replace(
        tzinfo=None
    )
    length = spoken(open_for)
    if open_for >= IDEAL_DAYS:
        fact = Sentence("open for {length}; the ideal is at least 10 days", length=length)
        return (Reason("EN-9", fact, True),)
    if open_for >= FEWEST_DAYS:
        fact = Sentence("open for {length}, less than the ideal 10 days", length=length)
        return (Reason("EN-R6", fact, True, look=True),)
    reason = short_because.strip()
    fact = (
        Sentence(
            "open for {length}, less than 5 days, because {reason}", length=length, reason=reason
        )
        if reason
        else Sentence(
            "open for {length}, less than 5 days, without a reason: write one as short_because",
            length=length,
        )
    )
    return (Reason("EN-R6", fact, bool(reason), look=True),)


def committee_window(opens: datetime, closes: datetime) -> tuple[Reason, ...]:
    """Whether a vote of the committee lasts long enough to be looked after (SC-4)."""
    length = spoken(closes - opens)
    if closes - opens < FEWEST_MINUTES:
        fact = Sentence(
            "the committee can vote for {length}; 30 minutes are the least", length=length
        )
        return (Reason("SC-4", fact, False),)
    return (Reason("SC-4", Sentence("the committee can vote for {length}", length=length), True),)


def extended(closes: datetime, later: datetime, now: datetime) -> datetime:
    """The new close.

    Raises:
        Refused: the close has passed, the new one is not later, or in no year of ours (EN-R6).
    """
    if now >= closes:
        raise Refused("voting has closed; closed voting is never reopened", rule="EN-R6")
    if later <= closes:
        raise Refused("the closing time can only be moved later", rule="EN-R6")
    if later.year not in YEARS:
        raise Refused(OUTSIDE, rule="EN-R6", next_step="check the year, and give the day again")
    return later


def spoken(length: timedelta) -> Sentence:
    """A length of time in days and hours, as people say it."""
    days, hours = divmod(round(length.total_seconds() / 3600), 24)
    parts = []
    if days:
        parts.append(Sentence("1 day") if days == 1 else Sentence("{many} days", many=days))
    if hours:
        parts.append(Sentence("1 hour") if hours == 1 else Sentence("{many} hours", many=hours))
    return Joined(" and ", parts) if parts else Sentence("less than an hour")
