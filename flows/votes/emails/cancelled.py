"""What the clock does about a cancelled vote: its letters stop, voters are told, a page says it.

1. A letter that was begun and has not gone does not go.
2. If any letter with a ballot went out, everybody on the roll is told by mail, whoever was struck
   since included; if none did, nobody has heard of the vote.
3. The codes go off the mailing list as after a close (`clean_up`), so that another vote may open.
4. A page says that it was cancelled, why and by whom, where its result would have stood.

A vote that was cancelled before it opened asks for none of it (EN-R11).
"""

from connectors import elections, pages
from connectors.ledger import Act, Ledger, MailingState
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.votes.emails.ballots import election_facts
from flows.votes.pages import PAGES
from flows.votes.remarks import because
from flows.votes.sending import CLERK, Reach, fill, give_up, is_over, letters_of, send
from models.mail.notices import EmailContent
from models.votes.election import Election, ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import CancellationPublished, VoteCancelled
from models.votes.history import last
from models.votes.notices import CancellationNews, WithBallot

NEWS = CancellationNews()
CANCELLATION_TEXTS = "vote-cancelled"
"""The folder of its texts."""


def unsent(ledger: Ledger, vote: ElectionRecord) -> list[WithBallot]:
    """The letters with a ballot that were begun and are not known to be over."""
    held = letters_of(ledger, vote.name).items()
    return [one for one, mailing in held if isinstance(one, WithBallot) and not mailing.is_over]


def drop_unsent(context: ChapterContext, vote: ElectionRecord) -> None:
    """Let no letter with a ballot go out any more; one that is on its way has gone."""
    for letter in unsent(context.ledger, vote):
        give_up(context, vote, letter)


def is_told(ledger: Ledger, vote: ElectionRecord) -> bool:
    """Whether everybody has been told who is to be told."""
    return not _has_gone_out(ledger, vote) or is_over(ledger, vote.name, NEWS)


def _has_gone_out(ledger: Ledger, vote: ElectionRecord) -> bool:
    """Whether some letter with a ballot has reached anybody, as far as anybody knows.

    One that was only begun says nothing yet: whom it is for is written down before it goes.
    """
    return any(
        mailing.is_over and (mailing.people or mailing.state is MailingState.STOPPED)
        for letter, mailing in letters_of(ledger, vote.name).items()
        if isinstance(letter, WithBallot)
    )


def tell(context: ChapterContext, vote: ElectionRecord, reached: Reach) -> int:
    """The letter to everybody on the roll who can be mailed; how many got it."""
    cancelled = vote.changes.cancelled
    assert cancelled is not None  # noqa: S101 - this is what happened to it
    words = cancellation_words(context, vote.election, cancelled[1])
    people = {voter.person for voter in context.ledger.votes.roll(vote.name)}
    to = [reached.mailboxes[person] for person in sorted(people & reached.mailboxes.keys())]
    return send(context, vote, NEWS, words, lambda: fill(context.audience, vote, NEWS, to))


def cancellation_words(
    context: ChapterContext, election: Election, said: VoteCancelled
) -> EmailContent:
    """What it says."""
    facts = election_facts(context.chapter, election)
    return context.words(CANCELLATION_TEXTS, **facts, reason=said.reason, reason_es=said.reason_es)


def is_page_public(ledger: Ledger, vote: ElectionRecord) -> bool:
    """Whether the page that says so is where everybody can read it."""
    return last(ledger.votes.lines(vote.name), CancellationPublished) is not None


def publish_page(context: ChapterContext, vote: ElectionRecord) -> None:
    """Put the page that says so where the result would have been."""
    name, chapter = vote.name, context.chapter
    made = elections.folder_of(chapter.folder, name) / PAGES
    elections.write_pages(made, _pages(context.chapter, vote))
    if vote.election.has_public_pages:
        elections.publish_pages(made, chapter.path(chapter.elections.public) / name)
    event = CancellationPublished(pages=elections.pages_digest(made))
    context.ledger.votes.note(name, Act(CLERK, context.now(), event))


def _pages(chapter: Chapter, vote: ElectionRecord) -> dict[str, str]:
    cancelled = vote.changes.cancelled
    assert cancelled is not None  # noqa: S101 - this is what happened to it
    assert vote.opened is not None  # noqa: S101 - else there is no page
    line, said = cancelled
    zone, found = chapter.tz, dict[str, str]()
    for tongue in chapter.languages:
        found[pages.election_file(tongue)] = pages.cancelled_page(
            title=vote.election.title_in(tongue),
            title_language=tongue if vote.election.title_es else "en",
            language=tongue,
            languages=chapter.languages,
            chapter=chapter.name,
            opened=vote.opened.astimezone(zone).date(),
            cancelled=line.at.astimezone(zone).date(),
            by=line.who,
            reason=because("cancelled_why", said.reason, said.reason_es, tongue),
            invented=bool(chapter.google.base_url),
        )
    return found


def is_done(ledger: Ledger, vote: ElectionRecord) -> bool:
    """Whether nothing is left to do about a cancelled vote but to take its codes off the list."""
    if vote.state is not ElectionState.CANCELLED or vote.opened is None:
        return True
    return not unsent(ledger, vote) and is_told(ledger, vote) and is_page_public(ledger, vote)
