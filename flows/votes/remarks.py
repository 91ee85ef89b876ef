"""What a result page says beside its numbers: what changed, who withdrew, and why."""

from collections.abc import Iterator, Mapping

from connectors import pages
from connectors.ledger import Ledger
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.votes.check import window
from flows.votes.lifecycle import early_at_opening
from models.ballots.boxes import BallotAccounting, RejectionReason
from models.votes.audit_log import AuditLogEntry
from models.votes.delivered import fewer
from models.votes.election import REMINDERS
from models.votes.election_record import ElectionRecord
from models.votes.events import Counted, Extended
from models.votes.history import corrected, each
from models.votes.reminded import missing, reminded

SAID: Mapping[pages.Language, Mapping[str, str]] = {
    "en": {
        "short": "Voting was open for less than the ideal 10 days (EN-R6).",
        "reason": "Reason for the shorter time:",
        "extended": "Voting was extended, and the members were told (EN-R6):",
        "cancelled_why": "Reason:",
        "overruled": "Recorded on {day}: {yes} for, {no} against, {abstained} abstained (SC-4):",
        "race_cancelled": "“{race}” was canceled on {day} by {by} and was not counted (EN-R11). "
        "Reason:",
        "withdrawn": "{who} withdrew from “{race}” on {day}. Votes for this person are not counted "
        "(EN-R11). Reason:",
        "reminders": "{} of {} required reminders were sent (EN-10, EN-R13).",
        "letter": "1 email of this election was not sent, or was sent to fewer people than planned "
        "(EN-R13).",
        "letters": "{} emails of this election were not sent, or were sent to fewer people than "
        "planned (EN-R13).",
        "exceptions": "The voter roll was corrected after it was frozen. Each correction has a "
        "date and a reason (VM-R3).",
        "early": "Ballots sent before voting opened, which do not count: {}. Of these, {} were "
        "already there when voting opened (BA-2).",
        "seal": "Up to the count, the audit log of this election ends with entry {}, whose hash is "
        "{}.",
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
        "letter": "1 mensaje de esta votación no salió, o salió para menos personas de las "
        "previstas (EN-R13).",
        "letters": "{} mensajes de esta votación no salieron, o salieron para menos personas de "
        "las previstas (EN-R13).",
        "exceptions": "Excepciones con fecha y motivo cambiaron el padrón ya cerrado (VM-R3).",
        "early": "Respuestas anteriores a la apertura, que no cuentan: {}; de ellas, presentes ya "
        "al abrirse la votación: {} (BA-2).",
        "seal": "El registro de esta votación hasta el conteo termina en la entrada {}, cuyo "
        "resumen criptográfico es {}.",
    },
}
"""The sentences, by language; `{…}` is filled in."""


def remarks(
    context: ChapterContext, vote: ElectionRecord, tongue: pages.Language
) -> list[pages.Remark]:
    """What the rules want said on the page besides the numbers (EN-R6, VM-R3)."""
    lines, election = context.ledger.votes.lines(vote.election.name), vote.election
    said = SAID[tongue]
    found = []
    assert vote.opened is not None  # noqa: S101 - a counted vote was opened
    if any(reason.rule == "EN-R6" for reason in window(context.chapter, election, vote.opened)):
        found.append(pages.Remark(said["short"]))
        if election.short_because:
            found.append(
                because("reason", election.short_because, election.short_because_es, tongue)
            )
    found += [
        because("extended", one.reason, one.reason_es, tongue) for one in each(lines, Extended)
    ]
    found += _changed(context.chapter, vote, tongue)
    if missing(lines) and not election.is_the_committees:  # three are owed to the members
        found.append(pages.Remark(said["reminders"].format(reminded(lines), REMINDERS)))
    if many := fewer(lines):
        found.append(pages.Remark(said["letter" if many == 1 else "letters"].format(many)))
    if corrected(lines):
        found.append(pages.Remark(said["exceptions"]))
    return found


def _changed(
    chapter: Chapter, vote: ElectionRecord, tongue: pages.Language
) -> Iterator[pages.Remark]:
    """What was cancelled or withdrawn while people could vote, by whom and why (EN-R11)."""
    said = pages.words(tongue)
    for line, event, contest in vote.changes.races:
        told = {"race": said.title(contest), "by": line.who, "day": day_of(chapter, line, tongue)}
        yield because("race_cancelled", event.reason, event.reason_es, tongue, **told)
    for contest in vote.election.contests:
        yield from withdrew(chapter, vote, tongue, contest.id)


def withdrew(
    chapter: Chapter, vote: ElectionRecord, tongue: pages.Language, race: str
) -> Iterator[pages.Remark]:
    """Who withdrew from a race while people could vote, when and why (EN-R11)."""
    for line, one, contest in vote.changes.candidates:
        if one.race == race:
            title = pages.words(tongue).title(contest)
            told = {"race": title, "day": day_of(chapter, line, tongue), "who": one.candidate}
            yield because("withdrawn", one.reason, one.reason_es, tongue, **told)


def day_of(chapter: Chapter, line: AuditLogEntry, tongue: pages.Language) -> str:
    """The day on which something was written down, as the page says it."""
    return pages.words(tongue).day(line.at.astimezone(chapter.tz).date())


def because(
    key: str, reason: str, reason_es: str, tongue: pages.Language, **told: str
) -> pages.Remark:
    """A sentence with an officer's reason, in English where it was not translated."""
    if tongue == "en" or not reason_es:
        foreign = "" if tongue == "en" else " (en inglés)"
        return pages.Remark(SAID[tongue][key].format(**told, foreign=foreign), reason, "en")
    return pages.Remark(SAID[tongue][key].format(**told, foreign=""), reason_es, tongue)


def early_said(
    ledger: Ledger, vote: ElectionRecord, boxes: BallotAccounting, tongue: pages.Language
) -> list[pages.Remark]:
    """For the tellers: how many tried the form, or a leaked link, too early (BA-2)."""
    early = boxes.reasons().get(RejectionReason.EARLY)
    there = early_at_opening(ledger, vote.election.name)
    return [pages.Remark(SAID[tongue]["early"].format(early, there))] if early else []


def seal(ledger: Ledger, vote: ElectionRecord, tongue: pages.Language) -> str:
    """The sentence with which anybody can compare what `clerk audit` prints (VM-R3)."""
    lines = ledger.votes.lines(vote.election.name)
    # The count's own line holds the pages' digest, and so cannot stand on them.
    counts = (place for place, line in enumerate(lines) if isinstance(line.event, Counted))
    before = next(counts, len(lines))
    last = lines[before - 1]
    return SAID[tongue]["seal"].format(last.number, last.seal)
