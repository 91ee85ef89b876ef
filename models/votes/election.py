"""An election as a value: its window, its calendar, and the life of a vote.

1. A vote goes draft → open → closed → counted → published, one step at a time and never back.
   Until it closes it can be cancelled, and then it is nothing else any more (EN-R11).
2. Three reminders (EN-10): in the middle, two days before the end, and on the morning of the last
   day, at nine in the chapter's zone; in too short a window they are spread evenly (EN-R7).
3. Those who vote are the voting members, or the committee on its own affairs (SC-4).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AwareDatetime,
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    field_validator,
    model_serializer,
    model_validator,
)

from models.base import Day, Moment, Value
from models.contests.contest import Contest
from models.errors import FixTheSettings
from models.google_ids import google_id
from models.membership.reasons import Reason
from models.privacy import redact_addresses
from models.text.languages import Language
from models.texts import Slug
from models.votes.states import ElectionState as ElectionState

MORNING = time(9)
REMINDERS = 3
LONGEST_TITLES = 100
"""Of a subject, beside what the letter is; the mailing service takes 150 characters in all."""


class BallotSource(Value):
    """Where ballots arrive: a form of the chapter's, or a tab with a form's answers."""

    form: str = ""
    """The id of a Google form of yours (BA-1)."""
    workbook: str = ""
    """Instead of a form: the id of the workbook that a form writes its answers to (BA-4)."""
    tab: str = ""
    """The tab of that workbook."""
    link: str = ""
    """The form's prefilled link up to the code, `…&entry.123=`, where a tab is read (BA-1)."""
    code_question: str = "Ballot code"
    """The question that asks for the code (BA-1)."""
    time_column: str = "Timestamp"
    """The tab's column with the time of each answer (BA-2)."""

    @field_validator("form", "workbook")
    @classmethod
    def _id_alone(cls, typed: str) -> str:
        return google_id(typed)

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.form) == bool(self.workbook):
            raise ValueError("set a form, or a spreadsheet with its tab")
        if self.workbook and not (self.tab and self.link):
            raise ValueError("a spreadsheet needs its tab and the prefilled link of its form")
        return self


_SINCE = {"short_because_es": "", "cycle": "", "electorate": "members", "public": False}
"""Keys that former versions did not have, each with what says nothing."""


class Election(Value):
    """What is voted on, when, and by which form."""

    name: Slug
    title: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^|\r\n]*$")]
    """What is voted on, in a few words."""
    title_es: Annotated[str, Field(max_length=120, pattern=r"^[^|\r\n]*$")] = ""
    """The same in Spanish, for pages and letters."""
    opens: Moment
    """When voting begins, on the chapter's clock: `2026-10-01T09:00:00` (EN-9)."""
    closes: Moment
    """When voting ends; a ballot of that very second is late (EN-9)."""
    record_date: Day
    """The day whose roll may vote; the day of the opening if left out (VM-R3)."""
    short_because: str = ""
    """The written reason for fewer than five days (EN-R6)."""
    short_because_es: str = ""
    """The same in Spanish, for pages."""
    grace_minutes: Annotated[int, Field(ge=0, le=1440)] = 10
    """How long after the close the last rows may take to arrive (BA-2)."""
    publish: Literal["by an officer", "at once"] = "by an officer"
    """Who lets the result out: an officer who has looked at it, or the clock (EN-13)."""
    electorate: Literal["members", "committee"] = "members"
    """Who votes: the voting members, or the active members of the committee (SC-4)."""
    public: bool = False
    """Of the committee's own votes: whether the result has public pages (BA-6)."""
    cycle: str = ""
    """The endorsement cycle whose races these are, as the tab with the races calls it (EN-7)."""
    ballots: BallotSource
    contests: tuple[Contest, ...] = Field(min_length=1)

    # A field each, not the whole: so that each fault is told beside all the others.
    @field_validator("closes")
    @classmethod
    def _after_the_opening(cls, closes: datetime, info: ValidationInfo) -> datetime:
        opens = info.data.get("opens")
        if opens and closes <= opens:
            raise ValueError("it closes before it opens")
        return closes

    @field_validator("contests")
    @classmethod
    def _each_once(cls, contests: tuple[Contest, ...]) -> tuple[Contest, ...]:
        ids = [contest.id for contest in contests]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"two contests have the same id: {', '.join(twice)}")
        return contests

    @model_serializer(mode="wrap")
    def _as_before(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without what former versions did not have, while it says nothing: digests hold."""
        said: dict[str, Any] = dump(self)
        return {key: value for key, value in said.items() if _SINCE.get(key, ...) != value}

    @field_validator("title", "title_es", "short_because", "short_because_es", "cycle", "contests")
    @classmethod
    def _names_nobody(cls, said: str | tuple[Contest, ...]) -> str | tuple[Contest, ...]:
        # Letters and pages hold none: found later, it would stop an open vote's count (DP-3).
        for text in (said,) if isinstance(said, str) else map(str, said):
            if redact_addresses(text) != text:
                raise ValueError("this contains an email address; emails and pages must not (DP-3)")
        return said

    @model_validator(mode="after")
    def _is_the_electorates_affair(self) -> Self:
        if self.public and self.electorate == "members":
            raise ValueError("public is for the committee's own votes: others always are (BA-6)")
        return self

    @property
    def is_the_committees(self) -> bool:
        """Whether the committee votes, and not the members (SC-4)."""
        return self.electorate == "committee"

    @property
    def has_public_pages(self) -> bool:
        """Whether the result is for everybody; the committee's own is not, unless it says so."""
        return self.public or not self.is_the_committees

    def title_in(self, language: str) -> str:
        """The title in a language, or in English where it was not translated."""
        return (language == "es" and self.title_es) or self.title

    def titles(self, languages: Sequence[Language]) -> str:
        """For a subject: the title, and the Spanish one beside it where both fit."""
        both = f"{self.title} / {self.title_es}"
        has_two = "es" in languages and self.title_es not in ("", self.title)
        return both if has_two and len(both) <= LONGEST_TITLES else self.title

    @property
    def districts(self) -> frozenset[str]:
        """The districts that some contest is for (EN-12)."""
        return frozenset(d for contest in self.contests for d in contest.districts)


class Calendar(Value):
    """When everything happens."""

    opens: AwareDatetime
    reminders: tuple[AwareDatetime, AwareDatetime, AwareDatetime]
    closes: AwareDatetime
    counts: AwareDatetime  # after the grace for the sheet to settle

    def moments(self) -> Iterator[tuple[str, datetime]]:
        """Each moment with its name, in order."""
        yield "opens", self.opens
        for number, at in enumerate(self.reminders, start=1):
            yield f"reminder {number}", at
        yield "closes", self.closes
        yield "is counted", self.counts


def calendar_of(
    opens: datetime, closes: datetime, zone: ZoneInfo, grace: timedelta = timedelta()
) -> Calendar:
    """The calendar of a window (EN-R7)."""
    first, second, third = reminder_times(opens, closes, zone)
    return Calendar(
        opens=opens, reminders=(first, second, third), closes=closes, counts=closes + grace
    )


def reminder_times(
    opens: datetime, closes: datetime, zone: ZoneInfo
) -> tuple[datetime, datetime, datetime]:
    """When the three reminders go (EN-R7)."""
    whole = closes - opens
    last = _morning(closes, zone)
    if last >= closes:
        last = _morning(closes - timedelta(days=1), zone)
    before = datetime.combine(last.astimezone(zone).date() - timedelta(days=2), MORNING, zone)
    quarters = [opens + whole * part / 4 for part in (1, 2, 3)]
    for times in (
        [_morning(opens + whole / 2, zone), before, last],
        [_morning(quarter, zone) for quarter in quarters],
    ):
        if all(one < two for one, two in pairwise([opens, *times, closes])):
            return times[0], times[1], times[2]
    return quarters[0], quarters[1], quarters[2]


def _morning(moment: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(moment.astimezone(zone).date(), MORNING, zone)


def in_zone(moment: datetime, zone: ZoneInfo, where: str) -> datetime:
    """A moment as a volunteer writes it, on the chapter's clock.

    Raises:
        FixTheSettings: the clocks skip it or show it twice on that night.
    """
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    early, late = moment.replace(tzinfo=zone), moment.replace(tzinfo=zone, fold=1)
    if early.utcoffset() != late.utcoffset():
        raise FixTheSettings(
            f"the clocks change then: {moment:%H:%M} comes twice on {moment:%Y-%m-%d}, or never",
            where=where,
            next_step="use another hour, or add the offset, as in 01:30:00-05:00",
        )
    return early


def failing(reasons: Iterable[Reason]) -> list[str]:
    """The facts that do not satisfy their rule, each with its rule."""
    return [f"{reason.fact} ({reason.rule})" for reason in reasons if not reason.holds]
