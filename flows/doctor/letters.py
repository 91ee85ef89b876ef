"""What doctor says of letters that Mailchimp accepted: whether they are out."""

from collections.abc import Iterator
from functools import partial

from connectors.ledger import Ledger
from flows.context import ChapterContext
from flows.doctor.checks import Look
from flows.mail.delivered import NightLetter, known_of_nights, night_letter_name, why
from flows.mail.email_names import letter_name
from flows.votes.watch_emails import is_fresh
from models.errors import Refused
from models.votes.delivered import lost, short
from models.votes.election_record import ElectionRecord
from models.votes.notices import vote_letter


def letters_that_went(context: ChapterContext) -> Iterator[Look]:
    """The letters of the nights, and of each vote whose letters are still looked after."""
    yield "nightly emails", partial(_of_nights, context.ledger)
    for vote in context.ledger.votes.all():
        if is_fresh(context, vote):
            yield f"election {vote.name}: emails", partial(_of_vote, context.ledger, vote)


def _of_nights(ledger: Ledger) -> str:
    found = known_of_nights(ledger)
    _all_are_out([_said(one) for one in found if not one.is_short], "clerk emails again")
    return "; ".join(map(_said, found)) or "all sent, as far as the program has checked"


def _said(one: NightLetter) -> str:
    called = night_letter_name(one.letter, one.day)
    if one.is_short:
        return f"{called} was sent to {one.people} of {one.booked} people"
    return f"{called} was not sent: {why(one.word)}"


def _of_vote(ledger: Ledger, vote: ElectionRecord) -> str:
    lines = ledger.votes.lines(vote.name)
    _all_are_out(
        [
            f"{letter_name(vote, vote_letter(text))} was not sent: {why(one.campaign)}"
            for text, one in lost(lines).items()
        ],
        f"clerk emails again --election {vote.name} --by …",
    )
    fewer = [
        f"{letter_name(vote, vote_letter(text))} was sent to {one.people} of {one.booked} people"
        for text, one in short(lines).items()
    ]
    return "; ".join(fewer) or "all sent, as far as the program has checked"


def _all_are_out(wrong: list[str], command: str) -> None:
    """Complain of letters that are not."""
    if wrong:
        raise Refused(
            "; ".join(wrong),
            rule="EN-R13",
            next_step="look in Mailchimp for a message about an account review: what is paused "
            "there might continue afterward; to send again what was stopped "
            f"permanently and reached no one, run `{command}`",
        )
