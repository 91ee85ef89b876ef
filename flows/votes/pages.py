"""What a count leaves in the election's folder: the pages to publish, and the tellers' own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from connectors import elections, pages, reports
from connectors.ledger import Ledger
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.votes.remarks import SAID, because, day_of, early_said, remarks, seal, withdrew
from models.ballots.boxes import BallotAccounting
from models.contests.contest import Contest
from models.tally.outcome import Result
from models.votes import withheld
from models.votes.audit_log import AuditLogEntry
from models.votes.election_record import ElectionRecord
from models.votes.events import RaceOverruled

PAGES, TELLERS = "pages", "tellers"


@dataclass(frozen=True, slots=True)
class CountedContest:
    """One race, counted."""

    contest: Contest
    result: Result
    elsewhere: int
    unplaced: int = 0
    """Of the ballots elsewhere, those whose voter's district is not known (EN-R10)."""
    aside: int = 0
    """Ballots of members of the committee who step aside from it (SC-R2)."""


def render(
    context: ChapterContext,
    vote: ElectionRecord,
    boxes: BallotAccounting,
    races: Sequence[CountedContest],
    typos: int,
) -> None:
    """The pages to publish, and the tellers' own."""
    folder = elections.folder_of(context.chapter.folder, vote.election.name)
    sums = pages.ElectionSums.of(boxes, len({v.person for v in _on_roll(context.ledger, vote)}))
    kept_back = withheld.kept_back(_groups(vote, boxes))
    told = [
        pages.RaceReport(
            result=race.result,
            contest=race.contest,
            edition=context.counting_of(vote.election).name,
            election=vote.election.title,
            elsewhere=race.elsewhere,
            unplaced=race.unplaced,
            kept_back=race.contest.id in kept_back,
            vote=_held(context.chapter, vote),
        )
        for race in races
    ]
    overruled = vote.changes.overruled
    for name, tellers in ((PAGES, False), (TELLERS, True)):
        files: dict[str, str] = {}
        for tongue in context.chapter.languages:
            told = [
                replace(
                    one,
                    overruled=_overruled(context.chapter, *overruled[one.contest.id], tongue)
                    if one.contest.id in overruled
                    else None,
                    withdrew=tuple(withdrew(context.chapter, vote, tongue, one.contest.id)),
                )
                for one in told
            ]
            files[pages.election_file(tongue)] = pages.election_page(
                told,
                title=vote.election.title_in(tongue),
                language=tongue,
                languages=context.chapter.languages,
                title_language=tongue if vote.election.title_es else "en",
                sums=sums,
                remarks=[
                    *remarks(context, vote, tongue),
                    *(early_said(context.ledger, vote, boxes, tongue) if tellers else ()),
                ],
                seal=seal(context.ledger, vote, tongue),
                tellers=tellers,
            )
            for one in told:
                file = pages.race_file(one.contest.id, tongue)
                files[file] = pages.race_page(
                    one, language=tongue, languages=context.chapter.languages, tellers=tellers
                )
        if tellers:
            files |= {
                f"{race.contest.id}.json": _report(context.chapter, vote, race) for race in races
            }
            files["rows.txt"] = _rows(boxes, typos)
        elections.write_pages(folder / name, files)


def _overruled(
    chapter: Chapter, line: AuditLogEntry, event: RaceOverruled, tongue: pages.Language
) -> pages.Overruled:
    """The committee's decision, in numbers and by where it stands, and its reason (EN-R11)."""
    day = day_of(chapter, line, tongue)
    votes = {part: str(getattr(event, part)) for part in ("yes", "no", "abstained")}
    said = SAID[tongue]["overruled"].format(day=day, **votes)
    why = because("cancelled_why", event.reason, event.reason_es, tongue)
    return pages.Overruled(pages.Remark(said, event.decision, "en"), why)


def _held(chapter: Chapter, vote: ElectionRecord) -> pages.VoteHeld:
    def day(moment: datetime) -> date:
        return moment.astimezone(chapter.tz).date()

    election = vote.election
    assert vote.opened is not None  # noqa: S101 - a counted vote was opened
    return pages.VoteHeld(
        election.name,
        chapter.name,
        day(vote.opened),
        day(election.closes),
        election.record_date,
        invented=bool(chapter.google.base_url),
    )


def _groups(vote: ElectionRecord, boxes: BallotAccounting) -> withheld.Groups:
    """Counted ballots by which races are for the voters of their district alone (EN-R10)."""
    local = [contest for contest in vote.election.contests if contest.voting_districts]

    def races_of(district: str) -> frozenset[str]:
        return frozenset(contest.id for contest in local if district in contest.voting_districts)

    found = {races_of(district): 0 for district in ("", *vote.election.districts)}
    for ballot in boxes.counted:
        place = races_of(ballot.district)
        found[place] = found.get(place, 0) + 1
    return found


def _on_roll(ledger: Ledger, vote: ElectionRecord) -> list[Any]:
    return [v for v in ledger.votes.roll(vote.election.name) if v.on_roll]


def _report(chapter: Chapter, vote: ElectionRecord, race: CountedContest) -> str:
    about = reports.About(
        generated_by="Chapter Clerk",
        office=race.contest.office,
        date=str(vote.election.closes.astimezone(chapter.tz).date()),
        jurisdiction=vote.election.title,
    )
    void = race.result.void
    second = {"secondCount": f"{void.why}: {void.fault}" if void else "agrees"}
    return reports.as_text(reports.detailed_report(race.result, about, second))


def _rows(boxes: BallotAccounting, typos: int) -> str:
    """For the tellers: which rows do not count, by place."""
    lines = [f"{row.place}\trejected: {row.reason}" for row in boxes.set_aside]
    lines += [f"{place}\treplaced by a later ballot" for place in boxes.superseded]
    if boxes.unsent:
        lines.append(
            f"{boxes.unsent} rows have neither a time nor a code, so no voter sent them (BA-7)"
        )
    lines += [
        f"{place}\tmarked as void next to its votes; treated like any other ballot"
        for place in boxes.marked
    ]
    if typos:
        lines.append(f"{typos} codes have typos: their check letter does not match")
    return "\n".join([*lines, ""])
