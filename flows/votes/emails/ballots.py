"""The letters with a ballot in them: invitation, extension, test; everybody's code is their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from connectors import pages
from connectors.ledger import Ledger
from connectors.mailchimp import CODE_TAG, FIELD_OF
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.mail.delivery import send_test_words
from flows.votes.emails.ballot_told import race_told
from flows.votes.sending import Reach, letters_of, send_once
from models.intake.people import PersonId
from models.mail.notices import EmailContent
from models.privacy import Email
from models.text import formats
from models.votes.changes import contest_of
from models.votes.codes import TEST_VOTER, code_for, written
from models.votes.election import Election
from models.votes.election_record import ElectionRecord
from models.votes.events import (
    CandidateWithdrawn,
    ChangeOfRaces,
    Extended,
    LetterBroughtAgain,
    LetterSent,
    LetterStopped,
    Opened,
    RaceCancelled,
    VoterAdded,
)
from models.votes.frozen_roll import RollEntry
from models.votes.notices import ChangeNews, ExtensionNews, Invitation, RaceNews, WithdrawalNews

INVITATION_TEXTS, EXTENSION_TEXTS, REMINDER_TEXTS = (
    "vote-invitation",
    "vote-extended",
    "vote-reminder",
)
RACE_TEXTS, WITHDRAWAL_TEXTS = "vote-race-cancelled", "vote-candidate-withdrawn"
"""The folders of these letters' texts."""
THEIR_CODE = f"*|{CODE_TAG}|*"
"""Where a letter says the code; Mailchimp puts each reader's own in its place."""


def invite(context: ChapterContext, vote: ElectionRecord, reached: Reach) -> int:
    """The invitation, to everybody on the roll who can be mailed, and had none of their own."""
    held = letters_of(context.ledger, vote.name)
    own = [
        one for one in _asked_for(context.ledger, vote) if one.event is None and one.letter in held
    ]
    had = {person for one in own if held[one.letter].is_over for person in one.people}
    roll = context.ledger.votes.roll(vote.name)
    people = [voter.person for voter in roll if voter.on_roll and voter.person not in had]
    words = ballot_words(context, vote, INVITATION_TEXTS)
    return send_once(context, vote, Invitation(), words, people, reached)


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter that an exception, a later close or a change of the races asks for."""

    letter: Invitation | ChangeNews
    people: tuple[PersonId, ...]
    since: datetime
    """When the line of the record was written that asks for it."""
    event: Extended | ChangeOfRaces | None = None
    """What it tells of, with its reason; None of an invitation."""


def owed(ledger: Ledger, vote: ElectionRecord) -> list[Owed]:
    """The emails not sent yet about a change since the opening (EN-R11).

    To those added to the roll; of a later close; of a contest that was canceled or a candidate who
    withdrew.
    """
    held = letters_of(ledger, vote.name)
    asked_for = _asked_for(ledger, vote)
    return [one for one in asked_for if not (one.letter in held and held[one.letter].is_over)]


def _asked_for(ledger: Ledger, vote: ElectionRecord) -> list[Owed]:
    """All such letters, those that have gone out too."""
    name = vote.election.name
    held, roll = letters_of(ledger, name), ledger.votes.roll(name)
    everybody = tuple(dict.fromkeys(v.person for v in roll if v.on_roll))
    found, extensions, is_open, invited = list[Owed](), 0, False, False
    off = {event.race for _, event, _ in vote.changes.races}
    for line in ledger.votes.lines(name):
        match line.event:
            case Opened():
                is_open = True
            case LetterSent(letter=sent) | LetterStopped(letter=sent) if sent == str(Invitation()):
                invited = True  # it went to all who were on the roll by then
            case LetterBroughtAgain(letter=again) if again == str(Invitation()):
                invited = False  # who was added since, and not written to, gets that one
                found = [o for o in found if o.event or o.letter in held]
            case VoterAdded() as added if invited:
                letter, to = Invitation(added_by=line.number), _added(added, roll)
                # Added twice before any letter went: one is enough, unless the first was begun.
                found = [o for o in found if o.people != to or o.letter in held or o.event]
                if to or letter in held:
                    found.append(Owed(letter, to, line.at))
            case Extended() as later:
                extensions += 1
                found.append(Owed(ExtensionNews(extensions), everybody, line.at, later))
            # Also where the invitation was late: it may have been written before.
            case RaceCancelled() as cancelled if is_open:
                found.append(Owed(RaceNews(line.number), everybody, line.at, cancelled))
            case CandidateWithdrawn() as out if is_open:
                news = WithdrawalNews(line.number)
                if out.race not in off or news in held:  # one letter says that the race is off
                    found.append(Owed(news, everybody, line.at, out))
    return found


def _added(added: VoterAdded, roll: Sequence[RollEntry]) -> tuple[PersonId, ...]:
    """Whom a line of the record added, under the id of today.

    Nobody if they were struck since, or turned out to be somebody who was on the roll all the time.
    """
    if added.line is None:  # the record of an earlier version had the id itself
        lines = [v for v in roll if added.voter in (v.frozen_as, v.person)]
    else:
        lines = [roll[added.line - 1]]
    always = {v.person for v in roll if v.on_roll and not v.exception}
    return tuple({v.person for v in lines if v.on_roll} - always)


def send_owed(context: ChapterContext, vote: ElectionRecord, one: Owed, reached: Reach) -> int:
    """Send such a letter."""
    words = owed_words(context, vote, one.event)
    return send_once(context, vote, one.letter, words, one.people, reached)


def owed_words(
    context: ChapterContext, vote: ElectionRecord, event: Extended | ChangeOfRaces | None
) -> EmailContent:
    """What it says, of the vote as it is since."""
    match event:
        case None:
            return ballot_words(context, vote, INVITATION_TEXTS)
        case Extended() as later:
            because = {"reason": later.reason, "reason_es": later.reason_es}
            return ballot_words(context, vote, EXTENSION_TEXTS, **because)
        case RaceCancelled() | CandidateWithdrawn() as changed:
            texts = RACE_TEXTS if isinstance(changed, RaceCancelled) else WITHDRAWAL_TEXTS
            return ballot_words(context, vote, texts, **change_facts(vote.approved, changed))


def change_facts(approved: Election, event: ChangeOfRaces) -> dict[str, object]:
    """What letters say of a cancelled race or a withdrawn candidate, and why (EN-R11)."""
    race, spanish = contest_of(approved, event.race), pages.words("es")
    return {
        "race": race.title,
        "race_es": spanish.title(race),
        "untranslated": spanish.title_language(race) == "en",
        "name": getattr(event, "candidate", ""),
        "reason": event.reason,
        "reason_es": event.reason_es,
    }


def send_test_ballot(context: ChapterContext, name: str, to: Email) -> None:
    """The invitation to one officer, with a code that nobody holds: its answers are set aside."""
    words = words_of(context, context.election(name), INVITATION_TEXTS)
    send_test_words(context, as_test(context.ledger, name, words), to)


def as_test(ledger: Ledger, name: str, words: EmailContent) -> EmailContent:
    """A letter of a vote with the code that nobody holds, and marked as a test."""
    code = written(code_for(ledger.key, name, TEST_VOTER))
    for tag in FIELD_OF.values():
        words = _with_the_field(words, f"*|{tag}|*", code)
    return EmailContent(f"[Test] {words.subject}", words.html, words.text)


def ballot_words(
    context: ChapterContext, vote: ElectionRecord, letter: str, **facts: object
) -> EmailContent:
    """A letter with a ballot in it; everybody's code is their own merge field."""
    changes = vote.changes
    told = [
        *(change_facts(vote.approved, event) for _, event, _ in changes.races),
        *(change_facts(vote.approved, event) for _, event, _ in changes.candidates),
    ]
    return words_of(context, vote.election, letter, changes=told, **facts)


def words_of(
    context: ChapterContext,
    election: Election,
    letter: str,
    changes: Sequence[dict[str, object]] = (),
    **facts: object,
) -> EmailContent:
    """The same of an election that nobody has approved yet, or as it stands."""
    words = context.words(
        letter,
        committee=election.is_the_committees,
        ballot_link=ballot_link(context, election),
        races=[race_told(contest, context.counting_of(election)) for contest in election.contests],
        none_of_them=_none_of_them(election, "en"),
        none_of_them_es=_none_of_them(election, "es"),
        changes=changes,
        **election_facts(context.chapter, election),
        **facts,
    )
    return _with_the_field(words, THEIR_CODE, f"*|{FIELD_OF[election.electorate]}|*")


def _with_the_field(words: EmailContent, field: str, other: str) -> EmailContent:
    """The letter with another field, or a code, in the place of one."""
    html, text = (part.replace(field, other) for part in (words.html, words.text))
    return EmailContent(words.subject, html, text)


def election_facts(chapter: Chapter, election: Election) -> dict[str, object]:
    """What every letter of a vote can say of it, in both languages."""
    closes = election.closes.astimezone(chapter.tz)
    closes_es = formats.moment(closes, "es")
    return {
        "title": election.title,
        "title_es": election.title_in("es"),
        "titles": election.titles(chapter.languages),
        "closes": formats.moment(closes),
        "closes_es": closes_es,
        "closes_es_point": closes_es if closes_es.endswith(".") else f"{closes_es}.",
    }


def ballot_link(context: ChapterContext, election: Election) -> str:
    """The form's prefilled link up to the code, which comes after it."""
    source = election.ballots
    if source.form:
        return context.ballot_forms.live(source.form).prefilled(source.code_question)
    return source.link


def _none_of_them(election: Election, language: pages.Language) -> str:
    """What endorsing nobody is called (EN-5); "" unless every race offers it."""
    offered = [getattr(contest, "no_endorsement", "") for contest in election.contests]
    if not all(offered):
        return ""
    return pages.words(language).names(election.contests[0])[offered[0]]
