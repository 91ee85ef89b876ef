"""What became of the letters that the mailing service accepted (EN-R13).

"Accepted" is all it says when one is sent. Afterwards a person can stop it there, the service can
hold it back for a review of its own, or it never ends; one that is paused may go on later. So each
is asked about until it is known to be out, and to how many it went. Of a vote's letter the record
says it, of a night's a note.
"""

from contextlib import suppress
from datetime import date, timedelta

from pydantic import TypeAdapter

from connectors.ledger import Ledger, Mailing, MailingState
from connectors.mailchimp import CampaignState
from connectors.mailchimp.campaigns import OVER, Campaign
from flows.clock import Clock
from flows.context import ChapterContext
from flows.mail.mailing import segment_of
from flows.notes import noted
from models.base import Value
from models.errors import ClerkError
from models.text import formats

PATIENCE = timedelta(hours=3)
"""A letter to a chapter is out within minutes; one that is still on its way then hangs."""
LOOKED_AFTER = timedelta(days=14)
"""So long after a night its letters are asked about; one that is lost, as long as it is."""
OUT, GONE = "", "gone"
"""Our own words for a letter that is out, and for one that was removed there before it was seen to
be out: whom it reached nobody can say."""
WENT = (MailingState.SENT, MailingState.STOPPED)
_NIGHTS = "letters of the nights"
_LOOKED = "letters of the nights were asked about on"


class Fate(Value):
    """What became of a letter, as Mailchimp shows it."""

    word: str
    """Mailchimp's word for why it is not out, which may be new to us; `OUT`: it is."""
    people: int | None
    """To how many it went; None where Mailchimp does not say."""


class NightLetter(Fate):
    """A letter of a night whose fate is known."""

    mailing: int
    letter: str
    day: date
    booked: int
    """To how many it was sent."""

    @property
    def missed(self) -> int:
        """How many fewer it went to than it was sent to, once it is out."""
        gone = self.booked if self.people is None else self.people
        return max(0, self.booked - gone) if self.word == OUT else 0

    @property
    def is_short(self) -> bool:
        """Whether it went to fewer than it was sent to."""
        return self.missed > 0


def fate(context: ChapterContext, letter: Mailing) -> Fate | None:
    """What became of a letter; None: that is not known yet.

    Raises:
        TryAgainLater: the service does not answer.
    """
    campaign = context.campaigns.get(letter.campaign_id or "")
    if campaign is None:
        return Fate(word=GONE, people=None)
    if campaign.state == CampaignState.SENT:
        # Of one that was stopped at once the ledger does not know for how many it was.
        if campaign.sent is None or campaign.sent >= max(1, letter.people):
            return Fate(word=OUT, people=campaign.sent)
        word = OUT if campaign.sent else campaign.state
        return Fate(word=word, people=campaign.sent) if is_late(context.now, letter) else None
    if hangs(context.now, letter, campaign):
        return Fate(word=campaign.state, people=campaign.sent)
    return None


def hangs(now: Clock, letter: Mailing, campaign: Campaign) -> bool:
    """Whether a campaign that is not out does not go on by itself, as far as anybody can see."""
    return campaign.is_stopped or is_late(now, letter)


def is_late(now: Clock, letter: Mailing) -> bool:
    """Whether a letter was accepted so long ago that whoever it has not reached is missing."""
    return letter.ended is not None and now() - letter.ended > PATIENCE


# A vote's letters


# The nights' letters


def look_after_nights(context: ChapterContext) -> list[NightLetter]:
    """Ask about the nights' letters, and note what became of them.

    Returns:
        Those that are lost, or went to fewer than they were sent to.

    Raises:
        TryAgainLater: as above.
    """
    before = _noted(context.ledger)
    known = {one.mailing: one for one in before}
    may_go_on = [one.day for one in before if one.word not in (OUT, GONE)]
    # Of one that went out shortly before the last look nobody may know yet what became of it.
    looked = context.ledger.note(_LOOKED)
    last = date.fromisoformat(looked) if looked else context.today
    since = min([last - LOOKED_AFTER, context.today - LOOKED_AFTER, *may_go_on])
    letters = context.ledger.mailings.gone_of_nights(since)
    found = [_of_a_night(context, letter, known.get(letter.id)) for letter in letters]
    kept = [one for one in found if one]
    if kept != before:
        context.ledger.set_note(_NIGHTS, _KEPT.dump_json(kept).decode())
    if looked != str(context.today):
        context.ledger.set_note(_LOOKED, str(context.today))
    return [one for one in kept if one.word != OUT or one.is_short]


def ask_after_nights(context: ChapterContext) -> None:
    """The same at a night's end: where nobody answers, the next strike asks."""
    with suppress(ClerkError):
        look_after_nights(context)


def _of_a_night(
    context: ChapterContext, letter: Mailing, before: NightLetter | None
) -> NightLetter | None:
    """What became of it; asked only as long as that can change."""
    if before and before.word in (OUT, GONE):
        return before
    if now := fate(context, letter):
        if now.word in OVER and now.people:  # canceled on its way: nobody can let it go on
            now = Fate(word=OUT, people=now.people)
        if now.word in (OUT, GONE):  # nothing goes to it any more
            context.audience.remove_segment(segment_of(letter))
        return NightLetter(
            mailing=letter.id,
            letter=letter.letter,
            day=letter.day,
            booked=letter.people,
            word=now.word,
            people=now.people,
        )
    return None


def known_of_nights(ledger: Ledger) -> list[NightLetter]:
    """The same as it was last found, without asking."""
    return [one for one in _noted(ledger) if one.word != OUT or one.is_short]


_KEPT = TypeAdapter(list[NightLetter])


def _noted(ledger: Ledger) -> list[NightLetter]:
    return noted(ledger, _NIGHTS, _KEPT, [])


# In words


def why(word: str) -> str:
    """Why a letter is not out, and no more than anybody knows of that."""
    if word in _GOES:
        return f"Mailchimp has shown it as “{word}” for hours; Mailchimp might be reviewing it"
    if word == GONE:
        return "it was deleted in Mailchimp, so no one can tell who got it"
    if word == CampaignState.SENT:
        return "Mailchimp shows it as “sent” to no one"
    return f"Mailchimp shows it as “{word}”: a person or Mailchimp's own review stopped it"


def night_letter_name(letter: str, day: date) -> str:
    """What a letter of a night is called."""
    return f"“{letter}” of {formats.day(day)}"


_GOES = (CampaignState.SENDING, CampaignState.SCHEDULE)
