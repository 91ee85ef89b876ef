"""Bring a letter again that Mailchimp accepted and sent to nobody (VM-R4, EN-R13).

1. A person says so. The service, or somebody there, had a reason to stop it, and no clock overrules
   that.
2. Mailchimp itself shows it as stopped, and that it went to nobody. Of one that is on its way, that
   went to some, or that is gone there, nobody can know whom a second letter would reach twice.
3. It is opened again in the ledger first. A job that dies then finds the campaign by its title, and
   everything is as it was.
4. Its campaign is removed there: what is gone nobody can let go on.
5. After that it goes the way of all letters: at the next night, to whom it still concerns; of a
   vote at the next strike of the clock, while there is time to vote.
"""

from collections.abc import Iterator

from connectors.ledger import Act, Mailing
from connectors.mailchimp import Campaigns, CampaignState
from flows.context import ChapterContext
from flows.mail.delivered import GONE, OUT, look_after_nights, night_letter_name, why
from flows.mail.email_names import letter_name
from flows.votes.emails.delivered import look_after
from flows.votes.lifecycle import vote_of
from flows.votes.sending import is_cleared, letters_of
from models.votes.delivered import lost
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import LetterBroughtAgain
from models.votes.notices import Announcement, Reminder, VoteLetter, WithBallot, vote_letter

_NEXT_IN_LINE = (
    "another email of this kind is sent with the next nightly run; run this again after that"
)
STOPPED = ("paused", "canceled", CampaignState.SAVE)
"""Mailchimp's words for what nobody but a person lets go on."""


def of_nights(context: ChapterContext) -> Iterator[str]:
    """Open the nights' letters again that went to nobody; of each lost one a line says how it is.

    Raises:
        TryAgainLater: Mailchimp does not answer, or another job is at work.
    """
    with context.ledger.alone():
        missing = {one.mailing: one.day for one in look_after_nights(context) if one.word != OUT}
        since = min(missing.values(), default=context.today)
        under_way = {one.letter for one in context.ledger.mailings.open_of_nights()}
        for mailing in context.ledger.mailings.gone_of_nights(since):
            if mailing.id in missing:
                refused = (
                    _NEXT_IN_LINE
                    if mailing.letter in under_way
                    else _refused(context.campaigns, mailing)
                )
                if not refused:
                    _reopen(context, mailing)
                    under_way.add(mailing.letter)
                called = night_letter_name(mailing.letter, mailing.day)
                yield f"{called}: {refused or 'it is sent with the next nightly run'}"
        look_after_nights(context)


def of_vote(context: ChapterContext, name: str, by: str) -> Iterator[str]:
    """The same of a vote's letters; each that is brought again is a line of its record."""
    with context.ledger.alone():
        vote = vote_of(context, name)
        look_after(context, vote)
        for text in lost(context.ledger.votes.lines(name)):
            letter = vote_letter(text)
            mailing = letters_of(context.ledger, name)[letter]
            refused = _too_late(context, vote, letter) or _refused(context.campaigns, mailing)
            if not refused:
                _reopen(context, mailing, Act(by, context.now(), LetterBroughtAgain(letter=text)))
            yield (
                f"{letter_name(vote, letter)}: "
                f"{refused or 'it is sent with the next scheduled check'}"
            )


def _too_late(context: ChapterContext, vote: ElectionRecord, letter: VoteLetter) -> str:
    """Why a letter is of no use any more; "" if it is."""
    if isinstance(letter, WithBallot):
        if vote.state is not ElectionState.OPEN or context.now() >= vote.election.closes:
            return "voting is over"
        begun = [
            one.number for one in letters_of(context.ledger, vote.name) if isinstance(one, Reminder)
        ]
        if isinstance(letter, Reminder) and letter.number < max(begun):
            return "a later reminder has been sent"
    elif isinstance(letter, Announcement) or is_cleared(context.ledger, vote.name):
        return (
            "the program no longer stores who it was for; the result page says the same, and so "
            "can a campaign that you send in Mailchimp"
        )
    return ""


def _refused(campaigns: Campaigns, mailing: Mailing) -> str:
    """Why a letter cannot be brought again; "" if it can."""
    campaign = campaigns.get(mailing.campaign_id or "")
    if campaign is None:
        return why(GONE)
    if campaign.state not in STOPPED:
        return f"{why(campaign.state)}; if you can cancel it there, cancel it and run this again"
    if campaign.sent != 0:
        return "Mailchimp does not confirm that it reached no one; resume it there"
    return ""


def _reopen(context: ChapterContext, mailing: Mailing, act: Act | None = None) -> None:
    context.ledger.mailings.reopen(mailing.id, act)
    context.campaigns.delete(mailing.campaign_id or "")
