"""Why somebody may or may not vote in one vote: its frozen roll, with the evidence held there.

Once a vote has opened its roll decides, whatever the sheets say since (VM-R3): also of people who
have left them. Before that it is how somebody stands on the record date. Local only, names included
(DP-3). What became of their ballot stands below (`what_became`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows import console
from flows.context import ChapterContext
from flows.nightly.remembered import remembered
from flows.views import roll as views
from flows.views.for_scripts import as_json
from flows.views.words import fact_said
from flows.votes import what_became
from flows.votes.what_became import Ballots, Request
from models.errors import FixTheData, FixTheSettings, TryAgainLater
from models.intake.people import Person
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import determine_status
from models.text import formats
from models.text.sentences import English, Sentence, clocked, day_said
from models.votes.election import Election
from models.votes.election_record import ElectionRecord
from models.votes.events import RollDestroyed
from models.votes.frozen_roll import RollEntry
from models.votes.history import with_lines


@dataclass(frozen=True, slots=True)
class Asked:
    """The vote asked about."""

    election: Election
    """As it was approved, else as its folder says."""
    vote: ElectionRecord | None
    """None before it has opened."""
    roll: tuple[RollEntry, ...]

    def lines_of(self, person: Person) -> list[RollEntry]:
        """Somebody's own on the frozen roll; two who turned out to be one have two."""
        return [v for v in self.roll if person.id in (v.person, v.frozen_as)]


def asked(context: ChapterContext, name: str) -> Asked:
    """The vote of a name.

    Raises:
        FixTheSettings: there is none of this name.
        FixTheData: its roll has been destroyed, and with it what became of anybody's ballot.
    """
    vote = context.ledger.votes.get(name)
    if vote is None:
        return Asked(context.election(name), None, ())
    if vote.opened is None:
        return Asked(vote.election, None, ())
    roll = context.ledger.votes.roll(name)
    if not roll:
        gone = [line.at for line, _ in with_lines(context.ledger.votes.lines(name), RollDestroyed)]
        on = f" on {formats.day(gone[-1].astimezone(context.chapter.tz))}" if gone else ""
        raise FixTheData(
            f"the frozen voter roll and the codes of this election were deleted{on}, after the "
            "challenge period, so the program can no longer tell who was on it or what happened "
            "to a ballot",
            where=f"election {name}",
            rule="DP-6",
            next_step=f"`clerk election history {name}` shows what happened in the election",
        )
    return Asked(vote.election, vote, tuple(roll))


def find(
    context: ChapterContext, about: Asked, judged: VoterRoll, wanted: str, *, show: bool
) -> Entry:
    """Whom an id, an address or a part of a name means: in the sheets, and else on the frozen roll.

    Raises:
        FixTheData: nobody.
        AskAPerson: several.
    """
    try:
        return views.find_person(judged, wanted, show=show)
    except FixTheData:
        left = left_the_sheets(context, about, judged)
        if not left.entries:
            raise
        return views.find_person(left, wanted, show=show)


def left_the_sheets(context: ChapterContext, about: Asked, judged: VoterRoll) -> VoterRoll:
    """Those on the frozen roll whom the sheets name no more; of some the id alone is left."""
    known, verdict = remembered(context).entries, determine_status((), context.bylaws, judged.on)
    on_roll = {person for v in about.roll for person in (v.person, v.frozen_as)}
    left = sorted(on_roll - judged.entries.keys())
    unnamed = {id_: Entry(Person(id_, None, ()), verdict) for id_ in left}
    return VoterRoll(judged.on, unnamed | {id_: known[id_] for id_ in left if id_ in known})


def show(
    context: ChapterContext,
    about: Asked,
    entry: Entry,
    request: Request,
    *,
    in_sheets: bool,
    as_json: bool,
) -> None:
    """The answer, then what it rests on, then what became of the ballot.

    Args:
        entry: the person, judged on the record date by the sheets as last read.
        in_sheets: whether these still name them.
    """
    lines = about.lines_of(entry.person)
    if as_json:
        try:
            ballots = what_became.look(context, about.vote, lines, request) if about.vote else None
        except (TryAgainLater, FixTheSettings):  # of the form; what the roll says stands
            console.print_json(_for_a_script(about, entry, None, in_sheets=in_sheets))
            raise
        console.print_json(_for_a_script(about, entry, ballots, in_sheets=in_sheets))
        return
    standing = standing_of(context, about, entry, in_sheets=in_sheets)
    for title in standing.titles:
        console.title(title)
    for line in standing.lines:
        console.say(line)
    if standing.is_corrected:
        console.say(
            "The sheets have been corrected since then. Next, if that is right: clerk election "
            f"exception {about.election.name} {entry.person.id} --reason … --by …"
        )
    if about.vote:
        ballots = what_became.look(context, about.vote, lines, request)
        what_became.show(context.chapter, about.vote, lines, ballots)


@dataclass(frozen=True, slots=True)
class VoteStanding:
    """Why somebody may or may not vote in a vote, in sentences."""

    titles: tuple[str, ...]
    lines: tuple[str, ...]
    on_roll: bool = False
    is_corrected: bool = False
    """Whether the sheets would let them vote by now, and the frozen roll does not."""


def standing_of(
    context: ChapterContext, about: Asked, entry: Entry, *, in_sheets: bool
) -> VoteStanding:
    """The answer, and what it rests on.

    Args:
        entry: the person, judged on the record date by the sheets as last read.
        in_sheets: whether these still name them.
    """
    if about.vote is None:
        return _before(about.election, entry)
    return _frozen(context, about, about.vote, entry, in_sheets=in_sheets)


def _line(lines: Sequence[RollEntry]) -> RollEntry | None:
    """The one that says whether they may vote."""
    return max(lines, key=lambda one: one.on_roll, default=None)


def _before(election: Election, entry: Entry) -> VoteStanding:
    title = Sentence(
        "“{title}” has not opened. Its voter roll will be as of {day} (VM-R3).",
        title=election.title,
        day=day_said(election.record_date),
    )
    now = Sentence("As of now: {verdict}", verdict=views.sentence(entry))
    return VoteStanding((title,), (now, *_because(entry)))


def _because(entry: Entry) -> Iterator[str]:
    first, *reasons = views.because_lines(entry)
    yield first
    yield from (Sentence("  {line}", line=line) for line in reasons)


def _frozen(
    context: ChapterContext, about: Asked, vote: ElectionRecord, entry: Entry, *, in_sheets: bool
) -> VoteStanding:
    line = _line(about.lines_of(entry.person))
    titles = tuple(_titles(context, vote, entry, line))
    lines: list[str] = []
    if not in_sheets:
        lines.append(
            Sentence("The sheets as last read no longer name this person. The voter roll decides.")
        )
    if line:
        lines += _of_a_line(vote.election, line)
        return VoteStanding(titles, tuple(lines), line.on_roll)
    lines.append(
        Sentence("According to the sheets as last read: {verdict}", verdict=views.sentence(entry))
    )
    lines += _because(entry)
    corrected = entry.standing.can_vote and not what_became.is_over(context.now, vote)
    return VoteStanding(titles, tuple(lines), is_corrected=corrected)


def _titles(
    context: ChapterContext, vote: ElectionRecord, entry: Entry, line: RollEntry | None
) -> Iterator[str]:
    assert vote.opened is not None  # noqa: S101 - its roll is frozen
    election, name = vote.election, views.name_of(entry.person)
    zone, over = context.chapter.tz, what_became.is_over(context.now, vote)
    taken = Sentence(
        "the voter roll of {day}, frozen {at} (VM-R3)",
        day=day_said(election.record_date),
        at=clocked(vote.opened.astimezone(zone)),
    )
    if off := vote.changes.cancelled:
        at = clocked(off[0].at.astimezone(zone))
        yield Sentence("“{title}” was canceled {at}.", title=election.title, at=at)
    can = bool(line and line.on_roll)
    where = Sentence("on {roll}", roll=taken)
    if not can:
        where = (
            Sentence("removed from {roll}", roll=taken)
            if line
            else Sentence("not on {roll}", roll=taken)
        )
    said = {"name": name, "title": election.title, "where": where}
    if can:
        yield (
            Sentence("{name} could vote in “{title}”: {where}.", **said)
            if over
            else Sentence("{name} can vote in “{title}”: {where}.", **said)
        )
    else:
        yield (
            Sentence("{name} could not vote in “{title}”: {where}.", **said)
            if over
            else Sentence("{name} cannot vote in “{title}”: {where}.", **said)
        )


def _of_a_line(election: Election, line: RollEntry) -> Iterator[str]:
    if line.exception:
        yield fact_said(f"  exception: {line.exception}")
    for because in line.because:
        yield Sentence("  ✓ {fact}", fact=English(fact_said(because)))
    if line.evidence:
        yield Sentence("Evidence on the voter roll:")
    for day, event in line.evidence:
        yield Sentence("  – {event} ({day})", event=event, day=day_said(date.fromisoformat(day)))
    if election.districts:
        district = line.district or Sentence("none")
        yield Sentence("District on the voter roll: {district} (EN-12)", district=district)


def _for_a_script(
    about: Asked, entry: Entry, ballots: Ballots | None, *, in_sheets: bool
) -> dict[str, Any]:
    """The id, not the name."""
    election, frozen = about.election, about.vote is not None
    line = _line(about.lines_of(entry.person))
    return {
        "election": election.name,
        "person": entry.person.id,
        "record_date": election.record_date,
        "frozen": frozen,
        "on_roll": line.on_roll if line else False if frozen else None,
        "exception": line.exception if line else "",
        "district": line.district if line else "",
        "evidence": [{"day": d, "name": n} for d, n in line.evidence] if line else [],
        "by_the_sheets": as_json(entry) if in_sheets else None,
        "ballot": ballots.as_json() if ballots else None,
    }
