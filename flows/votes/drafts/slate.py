"""The draft of the members' vote on a slate, made of the nominations and the record (SC-1, SC-2).

Each fact of it stays editable; `clerk election check` says where it differs from the nominations.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from flows.committee.nominees import Nominees, must_be_named, nominees_of
from flows.context import ChapterContext
from flows.nightly.facts import year_of
from models.contests.contest import Contest, UpOrDown, contest_from
from models.errors import FixTheData
from models.membership.reasons import Reason
from models.text.folding import folded
from models.votes.election import in_zone
from models.year.nominees import by_name, differs, slate_table

TITLE = "Steering Committee"


class SlateDraft(NamedTuple):
    """The contest of a slate, and from what it was made."""

    contest: dict[str, Any]
    nominees: Nominees


def slate_draft(context: ChapterContext, table: Mapping[str, Any]) -> SlateDraft:
    """The contest of a slate, for an election's folder.

    Args:
        table: `election.toml`, for the day on which the vote closes.

    Raises:
        FixTheSettings: no tab or form of nominations is named.
        FixTheData: nobody is nominated.
    """
    must_be_named(context.chapter)
    closes = in_zone(table["closes"], context.chapter.tz, "closes").date()
    found = nominees_of(context, closes)
    if not any(one.stands for one in found.found):
        raise FixTheData(
            "nobody is nominated who can stand",
            where="the nominations",
            rule="SC-2",
            next_step="`clerk committee nominees` shows who is nominated and what is missing; run "
            "`clerk sync` after you change the nominations",
        )
    contest = slate_table(found.found, TITLE)
    contest_from(contest, "slate")
    return SlateDraft(contest, found)


def left_out(drafted: SlateDraft) -> Iterator[str]:
    """Who is nominated and not on the draft, in numbers, and what is not as usual."""
    several = [one for one in drafted.nominees.found if one.twins]
    declined = [one for one in drafted.nominees.found if one.said.agrees is False and not one.twins]
    if declined:
        yield f"{len(declined)} left out: they do not agree to be nominated (SC-2)."
    if several:
        yield (
            f"{len(several)} left out: they have the name of another nominee; a ballot cannot tell "
            "them apart (EN-R14)."
        )
    for reason in drafted.nominees.reasons:
        if reason.look or not reason.holds:
            yield f"{reason.fact[:1].upper()}{reason.fact[1:]} ({reason.rule})."


def from_the_record(
    context: ChapterContext, contest: Contest, closes: date
) -> tuple[Mapping[Any, Any], list[Reason]]:
    """What the record says of a slate's nominees, and where the draft differs from it.

    Returns:
        By name folded, as `before_opening` takes it; and the differences.
    """
    if not isinstance(contest, UpOrDown) or not contest.nominees:
        return {}, []
    if not year_of(context).nominations:
        return {}, []
    found = nominees_of(context, closes).found
    about = {
        folded(one.name): one.model_dump(include={"bio", "summary", "activities"})
        for one in contest.about
    }
    return by_name(found), list(differs(contest.nominees, about, found))
