"""What a count leaves in the election's folder: the pages to publish, and the tellers' own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from connectors import elections, pages, reports
from connectors.ledger import ElectionRecord
from flows.context import ChapterContext
from flows.votes.check import window
from flows.votes.lifecycle import early_at_opening
from models.ballots.boxes import BallotAccounting, RejectionReason
from models.contests.contest import Contest
from models.tally.outcome import Result
from models.votes import withheld
from models.votes.audit_log import AuditLogEntry
from models.votes.delivered import fewer
from models.votes.election import REMINDERS
from models.votes.events import Counted, Extended, RaceOverruled
from models.votes.history import corrected, each
from models.votes.reminded import missing, reminded

PAGES, TELLERS = "pages", "tellers"


@dataclass(frozen=True, slots=True)
class CountedContest:
    """One race, counted."""

    contest: Contest
    result: Result
    elsewhere: int
    unplaced: int = 0
    """Of the ballots elsewhere, those whose voter's district is not known (EN-R10)."""


def render(
    context: ChapterContext,
    vote: ElectionRecord,
    boxes: BallotAccounting,
    races: Sequence[CountedContest],
    typos: int,
) -> None:
    """The pages to publish, and the tellers' own."""
    folder = elections.folder_of(context.chapter.folder, vote.election.name)
    sums = pages.ElectionSums.of(boxes, len({v.person for v in _on_roll(context, vote)}))
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
            vote=_held(context, vote),
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
                    overruled=_overruled(context, *overruled[one.contest.id], tongue)
                    if one.contest.id in overruled
                    else None,
                    withdrew=tuple(_withdrew(context, vote, tongue, one.contest.id)),
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
                    *(early_said(context, vote, boxes, tongue) if tellers else ()),
                ],
                seal=seal(context, vote, tongue),
                tellers=tellers,
            )
            for one in told:
                file = pages.race_file(one.contest.id, tongue)
                files[file] = pages.race_page(
                    one, language=tongue, languages=context.chapter.languages, tellers=tellers
                )
        if tellers:
            files |= {f"{race.contest.id}.json": _report(context, vote, race) for race in races}
            files["rows.txt"] = _rows(boxes, typos)
        elections.write_pages(folder / name, files)


def _overruled(
    context: ChapterContext, line: AuditLogEntry, event: RaceOverruled, tongue: pages.Language
) -> pages.Overruled:
    """The committee's decision, in numbers and by where it stands, and its reason (EN-R11)."""
    day = _day(context, line, tongue)
    votes = {part: str(getattr(event, part)) for part in ("yes", "no", "abstained")}
    said = _SAID[tongue]["overruled"].format(day=day, **votes)
    why = because("cancelled_why", event.reason, event.reason_es, tongue)
    return pages.Overruled(pages.Remark(said, event.decision, "en"), why)


def _held(context: ChapterContext, vote: ElectionRecord) -> pages.VoteHeld:
    def day(moment: datetime) -> date:
        return moment.astimezone(context.chapter.tz).date()

    election = vote.election
    assert vote.opened is not None  # noqa: S101 - a counted vote was opened
    return pages.VoteHeld(
        election.name,
        context.chapter.name,
        day(vote.opened),
        day(election.closes),
        election.record_date,
        invented=bool(context.chapter.google.base_url),
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


def _on_roll(context: ChapterContext, vote: ElectionRecord) -> list[Any]:
    return [v for v in context.ledger.votes.roll(vote.election.name) if v.on_roll]


def _report(context: ChapterContext, vote: ElectionRecord, race: CountedContest) -> str:
    about = reports.About(
        generated_by="Chapter Clerk",
        office=race.contest.office,
        date=str(vote.election.closes.astimezone(context.chapter.tz).date()),
        jurisdiction=vote.election.title,
    )
    void = race.result.void
    second = {"secondCount": f"{void.why}: {void.fault}" if void else "agrees"}
    return reports.as_text(reports.detailed_report(race.result, about, second))


def _rows(boxes: BallotAccounting, typos: int) -> str:
    """For the tellers: which rows do not count, by place."""
    lines = [f"{row.place}\tset aside: {row.reason}" for row in boxes.set_aside]
    lines += [f"{place}\tsuperseded by a later ballot" for place in boxes.superseded]
    if boxes.unsent:
        lines.append(f"{boxes.unsent} rows have neither time nor code: no voter sent them (BA-7)")
    lines += [
        f"{place}\tmarked as void beside its votes; in its box as any other"
        for place in boxes.marked
    ]
    if typos:
        lines.append(f"{typos} codes are typing errors: their check letter does not fit")
    return "\n".join([*lines, ""])


def remarks(
    context: ChapterContext, vote: ElectionRecord, tongue: pages.Language
) -> list[pages.Remark]:
    """What the rules want said on the page besides the numbers (EN-R6, VM-R3)."""
    lines, election = context.ledger.votes.lines(vote.election.name), vote.election
    said = _SAID[tongue]
    found = []
    assert vote.opened is not None  # noqa: S101 - a counted vote was opened
    if any(reason.rule == "EN-R6" for reason in window(context, election, vote.opened)):
        found.append(pages.Remark(said["short"]))
        if election.short_because:
            found.append(
                because("reason", election.short_because, election.short_because_es, tongue)
            )
    found += [
        because("extended", one.reason, one.reason_es, tongue) for one in each(lines, Extended)
    ]
    found += _changed(context, vote, tongue)
    if missing(lines):
        found.append(pages.Remark(said["reminders"].format(reminded(lines), REMINDERS)))
    if many := fewer(lines):
        found.append(pages.Remark(said["letter" if many == 1 else "letters"].format(many)))
    if corrected(lines):
        found.append(pages.Remark(said["exceptions"]))
    return found


def _changed(
    context: ChapterContext, vote: ElectionRecord, tongue: pages.Language
) -> Iterator[pages.Remark]:
    """What was cancelled or withdrawn while people could vote, by whom and why (EN-R11)."""
    said = pages.words(tongue)
    for line, event, contest in vote.changes.races:
        told = {"race": said.title(contest), "by": line.who, "day": _day(context, line, tongue)}
        yield because("race_cancelled", event.reason, event.reason_es, tongue, **told)
    for contest in vote.election.contests:
        yield from _withdrew(context, vote, tongue, contest.id)


def _withdrew(
    context: ChapterContext, vote: ElectionRecord, tongue: pages.Language, race: str
) -> Iterator[pages.Remark]:
    """Who withdrew from a race while people could vote, when and why (EN-R11)."""
    for line, one, contest in vote.changes.candidates:
        if one.race == race:
            title = pages.words(tongue).title(contest)
            told = {"race": title, "day": _day(context, line, tongue), "who": one.candidate}
            yield because("withdrawn", one.reason, one.reason_es, tongue, **told)


def _day(context: ChapterContext, line: AuditLogEntry, tongue: pages.Language) -> str:
    return pages.words(tongue).day(line.at.astimezone(context.chapter.tz).date())


def because(
    key: str, reason: str, reason_es: str, tongue: pages.Language, **told: str
) -> pages.Remark:
    """A sentence with an officer's reason, in English where it was not translated."""
    if tongue == "en" or not reason_es:
        foreign = "" if tongue == "en" else " (en inglés)"
        return pages.Remark(_SAID[tongue][key].format(**told, foreign=foreign), reason, "en")
    return pages.Remark(_SAID[tongue][key].format(**told, foreign=""), reason_es, tongue)


def early_said(
    context: ChapterContext, vote: ElectionRecord, boxes: BallotAccounting, tongue: pages.Language
) -> list[pages.Remark]:
    """For the tellers: how many tried the form, or a leaked link, too early (BA-2)."""
    early = boxes.reasons().get(RejectionReason.EARLY)
    there = early_at_opening(context, vote.election.name)
    return [pages.Remark(_SAID[tongue]["early"].format(early, there))] if early else []


def seal(context: ChapterContext, vote: ElectionRecord, tongue: pages.Language) -> str:
    """The sentence with which anybody can compare what `clerk audit` prints (VM-R3)."""
    lines = context.ledger.votes.lines(vote.election.name)
    # The count's own line holds the pages' digest, and so cannot stand on them.
    counts = (place for place, line in enumerate(lines) if isinstance(line.event, Counted))
    before = next(counts, len(lines))
    last = lines[before - 1]
    return _SAID[tongue]["seal"].format(last.number, last.seal)


_SAID: Mapping[pages.Language, Mapping[str, str]] = {
    "en": {
        "short": "Voting was open for fewer than the ideal 10 days (EN-R6).",
        "reason": "The reason for the window:",
        "extended": "The close was moved later, and announced (EN-R6):",
        "cancelled_why": "The reason:",
        "overruled": "Recorded on {day}: {yes} for, {no} against, {abstained} abstained (SC-4):",
        "race_cancelled": "“{race}” was cancelled on {day} by {by}, and not counted (EN-R11). The "
        "reason:",
        "withdrawn": "{who} withdrew from “{race}” on {day}, and the count passes over them "
        "(EN-R11). The reason:",
        "reminders": "{} of {} reminders went out; three are owed (EN-10, EN-R13).",
        "letter": "1 letter of this vote did not go out, or went to fewer people than planned "
        "(EN-R13).",
        "letters": "{} letters of this vote did not go out, or went to fewer people than planned "
        "(EN-R13).",
        "exceptions": "Dated, reasoned exceptions changed the roll after it was frozen (VM-R3).",
        "early": "Answers from before the opening, which count nowhere: {}; {} of them were there "
        "when the vote opened (BA-2).",
        "seal": "The record of this vote up to the count ends with line {} and its seal {}.",
    },
    "es": {
        "short": "La votación estuvo abierta menos de 10 días, que es el plazo ideal (EN-R6).",
        "reason": "El motivo del plazo{foreign}:",
        "extended": "El cierre se aplazó y se anunció (EN-R6); el motivo{foreign}:",
        "cancelled_why": "El motivo{foreign}:",
        "overruled": "Consta desde el {day}: {yes} a favor, {no} en contra, {abstained} "
        "abstenciones (SC-4), según dice el acta:",
        "race_cancelled": "«{race}» se canceló el {day} por decisión de {by}, y no se contó "
        "(EN-R11). El motivo{foreign}:",
        "withdrawn": "{who} se retiró de «{race}» el {day}, y el conteo no le tiene en cuenta "
        "(EN-R11). El motivo{foreign}:",
        "reminders": "Recordatorios enviados: {} de los {} debidos (EN-10, EN-R13).",
        "letter": "1 carta de esta votación no salió, o salió para menos personas de las previstas "
        "(EN-R13).",
        "letters": "{} cartas de esta votación no salieron, o salieron para menos personas de las "
        "previstas (EN-R13).",
        "exceptions": "Excepciones con fecha y motivo cambiaron el padrón ya cerrado (VM-R3).",
        "early": "Respuestas anteriores a la apertura, que no cuentan: {}; de ellas, presentes ya "
        "al abrirse la votación: {} (BA-2).",
        "seal": "El registro de esta votación hasta el conteo termina en la línea {} con su sello "
        "{}.",
    },
}
