"""The ad hoc committee after a published vote of no confidence, until it is closed (SC-8)."""

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from connectors.settings import Chapter
from flows.committee.seats import is_kept, read_committee
from flows.context import ChapterContext
from flows.nightly.facts import year_of
from flows.nightly.people import facts_on_record
from flows.nightly.published import published_outcomes
from models.errors import ClerkError
from models.membership.reasons import Reason
from models.membership.voter_roll import Entry
from models.privacy import Name
from models.tally.outcome import OutcomeKind
from models.text import formats
from models.text.folding import folded
from models.year.ad_hoc import COMMITTEE, AdHocMember, Standing, reasons

NO_TAB: Final = "no tab is named for the ad hoc committee: add ad_hoc to chapter.toml"


class NoConfidence(NamedTuple):
    """A contest that the members did not confirm."""

    on: date
    """The day on which it closed."""
    title: str


class Open(NamedTuple):
    """An ad hoc committee that is to be formed, or at work."""

    votes: tuple[NoConfidence, ...]
    reasons: tuple[Reason, ...]
    """What it lacks names its members: for the committee's own eyes."""

    @property
    def is_formed(self) -> bool:
        """Whether both sides sit on it, and everybody belongs there."""
        return all(one.holds for one in self.reasons)

    @property
    def told(self) -> str:
        """How it is, without a name."""
        since = formats.day(min(one.on for one in self.votes))
        titles = formats.listed([f"“{one.title}”" for one in self.votes])
        how = "is at work" if self.is_formed else "must be formed"
        return f"No confidence: {titles}, {since}. An ad hoc committee {how} (SC-8)."


def ad_hoc_now(context: ChapterContext) -> Open | None:
    """The ad hoc committee that is open, if any; zero ballots ask for none (EN-R12)."""
    if not (found := no_confidence(context)):
        return None
    held = year_of(context).ad_hoc
    votes = tuple(one for one in found if not held.is_done_with(one.on))
    if not votes:
        return None
    if not tab_of(context.chapter):
        return Open(votes, (Reason("SC-8", NO_TAB, False),))
    sitting = _sitting(context)
    entries = facts_on_record(context).roll(context.today).entries

    def belongs(one: AdHocMember) -> Standing:
        if one.side == COMMITTEE:
            return _on_the_committee(one, sitting)
        return _can_vote(one, entries.values())

    return Open(votes, tuple(reasons(held, belongs)))


def ad_hoc_reasons(context: ChapterContext) -> list[Reason]:
    """That it is open, and what it lacks, beside what the bylaws ask of the committee."""
    held = ad_hoc_now(context)
    return [Reason("SC-8", held.told, True, look=True), *held.reasons] if held else []


def tab_of(chapter: Chapter) -> str:
    """The title of its tab; "" where there is none."""
    return next((book.ad_hoc for book in chapter.workbooks if book.ad_hoc), "")


def no_confidence(context: ChapterContext) -> list[NoConfidence]:
    """The slates and priorities that the members did not confirm, by published results (EN-R8)."""
    return [
        NoConfidence(one.closed(context.chapter.tz), one.contest.title)
        for one in published_outcomes(context.ledger)
        if one.outcome.kind is OutcomeKind.NO_CONFIDENCE
    ]


def _sitting(context: ChapterContext) -> set[str] | None:
    """Who sits on the committee today, by folded name; None where nobody has listed them."""
    if not is_kept(context):
        return None
    rules = context.bylaws.in_force(context.today).committee
    try:
        held = read_committee(context).sitting(context.today, rules)
    except ClerkError:  # the committee's own page says what is wrong with it
        return None
    return {folded(one.name) for one in held}


def _on_the_committee(one: AdHocMember, sitting: set[str] | None) -> Standing:
    if sitting is None:
        return "unclear"
    return "holds" if folded(one.name) in sitting else "fails"


def _can_vote(one: AdHocMember, entries: Collection[Entry]) -> Standing:
    if one.address:
        found = [entry for entry in entries if one.address in entry.person.addresses]
    else:
        name = Name(one.name).folded()
        found = [e for e in entries if e.person.name and e.person.name.folded() == name]
    if len(found) > 1:
        return "unclear"
    return "holds" if found and found[0].standing.can_vote else "fails"
