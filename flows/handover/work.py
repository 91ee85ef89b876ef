"""What runs where: as far as the program can see it from here."""

import os
import sys
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version

from flows.context import ChapterContext
from flows.doctor.desk import officers_page
from flows.doctor.nights import last_night
from flows.handover.items import Item, item
from flows.scheduler.home import is_served

SECTION = "What runs where"
_SCHEDULE = (
    "on the old computer: `systemctl list-timers` and `crontab -l` show what starts it; stop it "
    "there before it starts on another computer"
)


def work(context: ChapterContext) -> Iterator[Item]:
    """The program, its schedule, the last night, and the officers' page."""
    nightly = context.chapter.schedule.nightly
    yield item(
        SECTION, "the program", f"Chapter Clerk {version('chapter-clerk')}, run by {sys.executable}"
    )
    yield item(
        SECTION,
        "the schedule",
        f"nightly run at {nightly:%H:%M} ({context.chapter.zone}); {_serving(context)}",
        _SCHEDULE,
    )
    yield item(SECTION, "the nights", partial(last_night, context))
    for what, look in officers_page(context):
        yield item(SECTION, f"the {what}", look)


def _serving(context: ChapterContext) -> str:
    """Whether `clerk serve` runs for this chapter on this computer."""
    said = (
        "`clerk serve` is running on this computer"
        if is_served(context.chapter.folder)
        else "`clerk serve` is not running on this computer: cron, a timer, or nothing runs it"
    )
    if os.environ.get("PREFECT_API_URL"):
        said += ", with the Prefect server that PREFECT_API_URL names"
    return said
