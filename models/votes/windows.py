"""How long a vote is open, and how its close may move.

1. A vote of the members is open at least 5 days, ideally 10 (EN-9). Fewer than 5 need a written
   reason, fewer than 10 are said (EN-R6).
2. A vote of the committee may be short, for many decisions require fast action; the program looks
   every few minutes, so that it lasts half an hour at least (SC-4).
3. The close may be moved later while the vote is open, and never earlier (EN-R6).
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.errors import Refused
from models.membership.reasons import Reason

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
    said = f"open for {spoken(open_for)}"
    if open_for >= IDEAL_DAYS:
        return (Reason("EN-9", f"{said}; the ideal is at least 10 days", True),)
    if open_for >= FEWEST_DAYS:
        return (Reason("EN-R6", f"{said}, less than the ideal 10 days", True, look=True),)
    reason = short_because.strip()
    return (
        Reason(
            "EN-R6",
            f"{said}, less than 5 days, "
            + (f"because {reason}" if reason else "without a reason: write one as short_because"),
            bool(reason),
            look=True,
        ),
    )


def committee_window(opens: datetime, closes: datetime) -> tuple[Reason, ...]:
    """Whether a vote of the committee lasts long enough to be looked after (SC-4)."""
    length = closes - opens
    fact = f"the committee can vote for {spoken(length)}"
    if length < FEWEST_MINUTES:
        fact += "; 30 minutes are the least"
    return (Reason("SC-4", fact, length >= FEWEST_MINUTES),)


def extended(closes: datetime, later: datetime, now: datetime) -> datetime:
    """The new close.

    Raises:
        Refused: the close has passed, or the new one is not later (EN-R6).
    """
    if now >= closes:
        raise Refused("voting has closed; closed voting is never reopened", rule="EN-R6")
    if later <= closes:
        raise Refused("the closing time can only be moved later", rule="EN-R6")
    return later


def spoken(length: timedelta) -> str:
    """A length of time in days and hours, as people say it."""
    hours = round(length.total_seconds() / 3600)
    days, hours = divmod(hours, 24)
    parts = [f"{many} {what}{'' if many == 1 else 's'}" for many, what in
             ((days, "day"), (hours, "hour")) if many]  # fmt: skip
    return " and ".join(parts) or "less than an hour"
